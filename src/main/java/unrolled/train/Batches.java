package unrolled.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Cuts examples into minibatches, in a new random order at every call of {@link #epoch}. */
public final class Batches {
    private final Batch all;
    private final int size;
    private final RandomGenerator random;

    /**
     * Minibatches of B examples; the last of an epoch holds what is left. The order comes from random; without one (null) the
     * examples keep theirs.
     */
    public Batches(Batch examples, int B, RandomGenerator random) {
        if (B < 1) {
            throw new IllegalArgumentException("Batches: B = " + B + " examples a minibatch; expected at least 1");
        }
        this.all = examples;
        this.size = Math.min(B, examples.x().B);
        this.random = random;
    }

    /** How many minibatches an epoch has. */
    public int count() {
        return (all.x().B + size - 1) / size;
    }

    /** Every example once. */
    public List<Batch> epoch() {
        if (size == all.x().B && random == null) {
            return List.of(all);
        }
        int[] order = order();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            int to = Math.min(from + size, order.length);
            batches.add(new Batch(gather(all.x(), order, from, to), gather(all.d(), order, from, to),
                    all.mask() == null ? null : gather(all.mask(), order, from, to)));
        }
        return batches;
    }

    private int[] order() {
        int[] order = new int[all.x().B];
        for (int i = 0; i < order.length; i++) {
            int j = random == null ? i : random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static Sequence gather(Sequence s, int[] order, int from, int to) {
        Sequence part = new Sequence(s.T, to - from, s.F);
        for (int t = -1; t < s.T; t++) {
            Matrix source = s.at(t), destination = part.at(t);
            for (int i = from; i < to; i++) {
                destination.row(i - from).set(source.row(order[i]));
            }
        }
        return part;
    }
}
