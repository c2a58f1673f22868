package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Running parity: x_t is 0 or 1 with equal chances, d_t = (x_0 + ... + x_t) mod 2, asked at every step. One bit of memory is
 * enough, but no number of earlier inputs less than all of them tells anything.
 * Shapes: x [T,B,1], d [T,B,1] class 0 or 1, K = 2.
 */
record Parity(int T) implements Task {
    Parity {
        if (T < 1) {
            throw new IllegalArgumentException("parity: T = " + T + " steps; expected at least 1");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int odd = 0;
            for (int t = 0; t < T; t++) {
                int bit = random.nextBoolean() ? 1 : 0;
                odd ^= bit;
                x.at(t).set(b, 0, bit);
                d.at(t).set(b, 0, odd);
            }
        }
        return new Batch(x, d, null);
    }

    @Override public int D() {
        return 1;
    }

    @Override public int K() {
        return 2;
    }

    @Override public double chance() {
        return 0.5;
    }

    @Override public String source() {
        return "Minsky and Papert, Perceptrons, 1969; as a sequence: Elman, Finding structure in time, 1990";
    }
}
