package unrolled.course.lesson02;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** Data of lesson 02: a stream in which old things must be forgotten, and a colleague's stream, whose secret is an exercise. */
public final class OldTasks {
    private static final int CHOICES = 8, TICKS = 3, ENOUGH = 3;
    private static final int STEPS = 40, LAG = 7, PERIOD = 4;

    private OldTasks() { }

    /**
     * B streams of T steps: at each step a reset with chance 1/8, a tick with chance 3/8, else nothing. Asked at every step: have at
     * least three ticks come since the last reset? Shapes: x [T,B,2] tick, reset; d [T,B,1] class 0 or 1; no mask.
     */
    public static Batch ticks(int T, int B, RandomGenerator random) {
        Null.refuse(random, "ticks: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, 2), d = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int count = 0;
            for (int t = 0; t < T; t++) {
                int k = random.nextInt(CHOICES);                           // 0: reset; 1, 2, 3: tick
                if (k <= TICKS) {
                    x.at(t).set(b, k == 0 ? 1 : 0, 1);
                    count = k == 0 ? 0 : count + 1;
                }
                d.at(t).set(b, 0, count >= ENOUGH ? 1 : 0);
            }
        }
        return new Batch(x, d, null);
    }

    /** B streams of 40 bits, and the question which bit came 7 steps ago. Shapes: x [T,B,1], d [T,B,1] class 0 or 1, mask [T,B,1]. */
    public static Batch colleague(int B, RandomGenerator random) {
        Null.refuse(random, "colleague: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(STEPS, B, 1), d = new Sequence(STEPS, B, 1), mask = new Sequence(STEPS, B, 1);
        for (int b = 0; b < B; b++) {
            int pattern = random.nextInt(1 << PERIOD);
            for (int t = 0; t < STEPS; t++) {
                x.at(t).set(b, 0, pattern >> t % PERIOD & 1);
                if (t >= LAG) {
                    d.at(t).set(b, 0, x.at(t - LAG).get(b, 0));
                    mask.at(t).set(b, 0, 1);
                }
            }
        }
        return new Batch(x, d, mask);
    }
}
