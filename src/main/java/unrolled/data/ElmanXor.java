package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Exclusive or over time: a stream of bits in which every third is the exclusive or of the two before, x_{3i+2} = x_{3i} xor x_{3i+1},
 * and all others are drawn with equal chances. Asked at every step: the next bit, d_t = x_{t+1}. Where t mod 3 = 1 it follows from
 * two bits; elsewhere nobody can know it. So the limit is 1/2 + n/(2T) with n = (T + 1) div 3 steps of the first kind: 2/3 for
 * long streams. Elman's stream had T = 3000.
 * Shapes: x [T,B,1], d [T,B,1] class 0 or 1, K = 2. Chance 1/2: each bit alone is 0 as often as 1.
 */
record ElmanXor(int T) implements Task {
    private static final int PERIOD = 3;

    ElmanXor {
        if (T < 1) {
            throw new IllegalArgumentException("Elman's xor: T = " + T + " steps; expected at least 1");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int before = 0, last = 0;                           // x_{t-2}, x_{t-1}
            for (int t = 0; t <= T; t++) {
                int bit = t % PERIOD == PERIOD - 1 ? before ^ last : random.nextBoolean() ? 1 : 0;
                if (t < T) {
                    x.at(t).set(b, 0, bit);
                }
                if (t > 0) {
                    d.at(t - 1).set(b, 0, bit);
                }
                before = last;
                last = bit;
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

    @Override public double limit() {
        int known = (T + 1) / PERIOD;
        return 0.5 + 0.5 * known / T;
    }

    /** A reader of the whole stream sees the next bit itself; only the one behind the end may be unknown. */
    @Override public double limitWithFuture() {
        return T % PERIOD == PERIOD - 1 ? 1 : 1 - 0.5 / T;
    }

    @Override public String source() {
        return "Elman, Finding structure in time, 1990";
    }
}
