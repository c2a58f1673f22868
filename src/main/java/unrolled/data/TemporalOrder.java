package unrolled.data;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Temporal order: E, then letters a b c d that tell nothing, then B, where the answer is asked. At two steps, one between T/10 and
 * T/5, one between T/2 and 3T/5, stands an X or a Y instead, with equal chances: which two came, in this order? Class 2 i + j for
 * first sign i and second sign j, X = 0 and Y = 1: XX, XY, YX, YY.
 * Shapes: x [T,B,8] one-hot in the order {@link #symbols}, d [T,B,1], a mask that is 1 at the last step only, K = 4.
 * Chance 1/4, limit 1. The paper's strings have 100 to 110 symbols; here all have T.
 */
public record TemporalOrder(int T) implements Task {
    private static final List<String> SYMBOLS = List.of("a", "b", "c", "d", "X", "Y", "E", "B");
    private static final int LETTERS = 4, X = 4, START = 6, STOP = 7, SHORTEST = 10;

    public TemporalOrder {
        if (T < SHORTEST) {
            throw new IllegalArgumentException("temporal order: T = " + T + " steps; expected at least " + SHORTEST
                    + ", since the first sign stands between T/10 and T/5");
        }
    }

    /** The symbols by number. */
    public static List<String> symbols() {
        return SYMBOLS;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int first = random.nextInt(T / 10, T / 5 + 1), second = random.nextInt(T / 2, 3 * T / 5 + 1);
            int i = random.nextInt(2), j = random.nextInt(2);
            for (int t = 0; t < T; t++) {
                int symbol = t == 0 ? START : t == T - 1 ? STOP : t == first ? X + i : t == second ? X + j : random.nextInt(LETTERS);
                x.at(t).set(b, symbol, 1);
            }
            d.at(T - 1).set(b, 0, 2 * i + j);
            mask.at(T - 1).set(b, 0, 1);
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return SYMBOLS.size();
    }

    @Override public int K() {
        return 4;
    }

    @Override public double chance() {
        return 0.25;
    }

    @Override public String source() {
        return "Hochreiter and Schmidhuber, Long short-term memory, 1997 (experiment 6a)";
    }
}
