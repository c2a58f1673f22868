package unrolled.course.lesson16;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * The task of lesson 16 that asks for two activations within a step: n lamps, each on or off with equal chances at every step; is the number
 * of those that are on now and were on at the step before odd? Before the first step all are off. Whoever always answers "even" is right in
 * (1 + 2<sup>-n</sup>)/2 of the steps after the first.
 *
 * @param n    lamps
 * @param late the answer to step t is asked at step t + late: 0 at once, 1 a step later
 */
public record Lamps(int n, int late) {
    public Lamps {
        if (n < 1 || late < 0) {
            throw new IllegalArgumentException("Lamps: n = " + n + " lamps, late = " + late + " steps; expected at least 1, and at least 0");
        }
    }

    /** B examples: x [T,B,n], d [T,B,1] 0 for even and 1 for odd, and a mask of the steps whose answer can be known, all but the first 1 + late. */
    public Batch batch(int T, int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        if (T < late + 2) {
            throw new IllegalArgumentException("Lamps: T = " + T + " steps; expected at least " + (late + 2) + ", or nothing is asked");
        }
        Sequence x = new Sequence(T, B, n), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int t = 0; t < T; t++) {
            for (int s = 0; s < B; s++) {
                int odd = 0;
                for (int i = 0; i < n; i++) {
                    int on = random.nextBoolean() ? 1 : 0;
                    x.at(t).set(s, i, on);
                    odd ^= t > 0 ? on * (int) x.at(t - 1).get(s, i) : 0;
                }
                if (t > 0 && t + late < T) {
                    d.at(t + late).set(s, 0, odd);
                    mask.at(t + late).set(s, 0, 1);
                }
            }
        }
        return new Batch(x, d, mask);
    }
}
