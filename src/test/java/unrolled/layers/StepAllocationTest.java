package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import unrolled.losses.CrossEntropy;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;

/**
 * A training step makes no object once its arrays are there, not even while the JVM still interprets it. With the plain loops only: a
 * vector is an object until its method is compiled.
 */
@EnabledIfSystemProperty(named = "unrolled.kernels", matches = "scalar")
class StepAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int T = 5, B = 4, D = 3, H = 6;

    @TestFactory
    Stream<DynamicTest> aStepMakesNoObject() {
        RandomGenerator random = new SplittableRandom(3);
        Map<String, Recurrent> cells = Map.of("Elman", new Elman(D, H, random), "Lstm", new Lstm(D, H, random),
                "Gru", new Gru(D, H, random), "Gru 2014", Gru.of2014(D, H, random), "Jordan", new Jordan(D, H, H, random));
        return Stream.of(false, true).flatMap(padded -> cells.entrySet().stream().map(c -> DynamicTest.dynamicTest(
                c.getKey() + (padded ? ", padded" : ""), () -> assertEquals(0, bytes(c.getValue(), padded, random, 20)))));
    }

    /** The fewest bytes that any of so many steps allocated: the JVM may do something of its own in one of them. The first 0 ends it. */
    static long bytes(Recurrent cell, boolean padded, RandomGenerator random, int steps) {
        Layer net = Sequential.of(cell, new Dense(cell.outputs(), D, random)).training(true).inputGradient(false);
        List<Param> params = net.params();
        CrossEntropy loss = new CrossEntropy();
        Adam adam = new Adam(params, 0.001);
        Sequence x = new Sequence(T, B, D), d = new Sequence(T, B, 1);
        for (int r = 0; r < T * B; r++) {
            x.all().set(r, 0, random.nextGaussian());
            d.all().set(r, 0, random.nextInt(D));
        }
        x.lengths(padded ? new int[] {5, 1, 3, 2} : null);
        long thread = Thread.currentThread().getId(), fewest = Long.MAX_VALUE;
        for (int i = 0; i < steps && fewest > 0; i++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            loss.forward(net.forward(x), d);
            net.zeroGrad();
            net.backward(loss.backward());
            Clip.norm(params, 0.01);
            adam.step();
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        return fewest;
    }
}
