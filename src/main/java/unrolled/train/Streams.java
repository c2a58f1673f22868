package unrolled.train;

import java.util.ArrayList;
import java.util.List;
import unrolled.math.Sequence;

/** One long sequence as blocks of parallel rows, see {@link Batches#streams}. */
final class Streams extends Batches {
    private final List<Batch> blocks = new ArrayList<>();

    Streams(Batch sequence, int B, int T) {
        super(sequence, 1, null);
        if (sequence.x().B != 1) {
            throw new IllegalArgumentException("Batches.streams: the inputs are " + sequence.x().shape()
                    + "; expected one long sequence, [N,1,D]. To mix several sequences, use new Batches or Batches.bucketed");
        }
        if (sequence.d().T != sequence.x().T) {
            throw new IllegalArgumentException("Batches.streams: the targets are " + sequence.d().shape() + "; expected one for each of the "
                    + sequence.x().T + " steps");
        }
        int N = sequence.x().length(0);
        if (B < 1 || T < 1 || B > N) {
            throw new IllegalArgumentException("Batches.streams: B = " + B + " rows and blocks of T = " + T + " steps from N = " + N
                    + " steps; expected 1 <= B <= N and T >= 1");
        }
        int row = N / B;                                             // steps of a row
        for (int t = 0; t < row; t += T) {
            int steps = Math.min(T, row - t);
            blocks.add(new Batch(block(sequence.x(), B, row, t, steps), block(sequence.d(), B, row, t, steps),
                    sequence.mask() == null ? null : block(sequence.mask(), B, row, t, steps)));
        }
    }

    private static Sequence block(Sequence s, int B, int row, int from, int steps) {
        Sequence block = new Sequence(steps, B, s.F);
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < B; b++) {
                block.at(t).copyRow(b, s.at(b * row + from + t), 0);
            }
        }
        return block;
    }

    @Override public int count() {
        return blocks.size();
    }

    @Override public List<Batch> epoch() {
        return List.copyOf(blocks);
    }

    @Override boolean follow() {
        return true;
    }

    @Override String kind() {
        return "streams of " + blocks.get(0).x().shape() + " from " + all.x().shape();
    }
}
