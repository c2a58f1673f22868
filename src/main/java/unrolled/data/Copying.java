package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Copying: {@code count} symbols, each one of eight with equal chances, then {@code gap} blanks, then a sign to go; the symbols are
 * asked in their order at the steps that begin with the sign. T = 2 count + gap.
 * Shapes: x [T,B,10] one-hot, eight symbols, the blank, the sign; d [T,B,1], a mask that is 1 at the last {@code count} steps,
 * K = 8. Chance 1/8, limit 1. The paper also asks for a blank at all other steps, which is easy and tells little.
 */
record Copying(int count, int gap) implements Task {
    private static final int SYMBOLS = 8, BLANK = 8, GO = 9;

    Copying {
        if (count < 1 || gap < 0) {
            throw new IllegalArgumentException("copying: " + count + " symbols and a gap of " + gap
                    + " steps; expected at least 1 symbol and a gap of 0 or more");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        int T = 2 * count + gap, go = count + gap;
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                if (t < count) {
                    int symbol = random.nextInt(SYMBOLS);
                    x.at(t).set(b, symbol, 1);
                    d.at(go + t).set(b, 0, symbol);
                    mask.at(go + t).set(b, 0, 1);
                } else {
                    x.at(t).set(b, t == go ? GO : BLANK, 1);
                }
            }
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return SYMBOLS + 2;
    }

    @Override public int K() {
        return SYMBOLS;
    }

    @Override public double chance() {
        return 1.0 / SYMBOLS;
    }

    @Override public String source() {
        return "Arjovsky, Shah and Bengio, Unitary evolution recurrent neural networks, 2016, after Hochreiter and Schmidhuber, "
                + "Long short-term memory, 1997";
    }
}
