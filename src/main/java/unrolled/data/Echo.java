package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Echo: x_t is 0 or 1 with equal chances, and the answer is the bit of {@code back} steps ago, d_t = x_{t-back}, asked at every
 * step that has one, t >= back. Shapes: x [T,B,1], d [T,B,1] class 0 or 1, mask [T,B,1], K = 2. Chance 1/2, limit 1.
 */
record Echo(int T, int back) implements Task {
    Echo {
        if (back < 0 || T <= back) {
            throw new IllegalArgumentException("echo: T = " + T + " steps and " + back + " steps back; expected 0 <= back < T");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                x.at(t).set(b, 0, random.nextBoolean() ? 1 : 0);
                if (t >= back) {
                    d.at(t).set(b, 0, x.at(t - back).get(b, 0));
                    mask.at(t).set(b, 0, 1);
                }
            }
        }
        return new Batch(x, d, mask);
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
        return "Jaeger, Short term memory in echo state networks, 2001 (the delay task)";
    }
}
