package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import unrolled.InSingle;
import unrolled.layers.Dense;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.math.Precision;
import unrolled.math.SplitMix;
import unrolled.train.Batch;

/**
 * What is learned in double precision is learned in single: three tasks that need a long memory, five seeds each, by the criteria and with
 * the settings of {@link LearningTest}. The two end at other weights, since a difference in the last digit grows in training, but not
 * at a lower score.
 */
class BothLearnTest {
    private static final int SEEDS = 5, H = 16;

    /** A score on 256 fresh examples. */
    private static double score(Task task, Function<RandomGenerator, Layer> make, int minibatches, double rate, long seed) {
        Batch test = task.batch(256, new SplitMix(99));
        Layer net = make.apply(new SplitMix(seed));
        LearningTest.train(task, net, minibatches, 16, rate, seed);
        return task.score(net.forward(test.x()), test);
    }

    private static void both(String name, Task task, Function<RandomGenerator, Layer> make, int minibatches, double rate, DoublePredicate learned) {
        boolean all = true;
        long[] nanos = new long[2];
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] scores = new double[2];
            for (Precision precision : Precision.values()) {
                long start = System.nanoTime(), s = seed;
                scores[precision.ordinal()] = InSingle.get(precision, () -> score(task, make, minibatches, rate, s));
                nanos[precision.ordinal()] += System.nanoTime() - start;
                all &= learned.test(scores[precision.ordinal()]);
            }
            LearningTest.say("%s, seed %d: right in double precision %.3f, in single %.3f", name, seed, scores[0], scores[1]);
        }
        LearningTest.say("%s: %.1f s in double, %.1f s in single", name, nanos[0] / 1e9, nanos[1] / 1e9);
        assertTrue(all, name + ": not every seed has learned it in both precisions, see above");
    }

    @Test void embeddedReber() {
        Task task = Toys.embeddedReber();
        both("embedded Reber", task, r -> Sequential.of(new Lstm(task.D(), H, r), new Dense(H, task.K(), r)), 1500, 0.01, score -> score == 1);
    }

    /** The cell begins as a store that is shut, see {@link LearningTest}. */
    @Test void adding() {
        Task task = Toys.adding(100);
        both("adding, T = 100", task, r -> {
            Lstm lstm = new Lstm(task.D(), H, r).forgetBias(5);
            lstm.param("b").value.cols(0, H).fill(-3);
            return Sequential.of(lstm, new Dense(H, 1, r));
        }, 1000, 0.02, score -> score > 0.97);
    }

    @Test void recall() {
        Task task = Toys.recall(40);
        both("recall, gap 40", task, r -> Sequential.of(new Gru(task.D(), H, r).updateBias(3), new Dense(H, task.K(), r)),
                300, 0.01, score -> score == 1);
    }
}
