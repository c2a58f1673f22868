package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.InSingle;
import unrolled.losses.CrossEntropy;
import unrolled.math.Precision;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;

/** A compiled training step makes no object, in both precisions. With vectors each is one until its method is compiled. */
class CompiledStepAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int T = 5, B = 4, D = 3, H = 6, MOST = 100_000;

    private static final Map<String, Function<RandomGenerator, Recurrent>> CELLS = Map.of(
            "Elman", r -> new Elman(D, H, r), "Lstm", r -> new Lstm(D, H, r), "Gru", r -> new Gru(D, H, r));

    @TestFactory
    Stream<DynamicTest> aCompiledStepMakesNoObject() {
        return Stream.of(Precision.values()).flatMap(precision -> Stream.of(false, true).flatMap(padded -> CELLS.keySet().stream().map(name ->
                DynamicTest.dynamicTest(name + (padded ? ", padded, " : ", ") + precision,
                        () -> assertEquals(0, InSingle.get(precision, () -> bytes(name, padded)))))));
    }

    /** The fewest bytes that any of many steps allocated: the JVM may do something of its own in one of them. The first 0 ends it. */
    private static long bytes(String name, boolean padded) {
        RandomGenerator random = new SplittableRandom(3);
        Recurrent cell = CELLS.get(name).apply(random);
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
        for (int i = 0; i < MOST && fewest > 0; i++) {
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
