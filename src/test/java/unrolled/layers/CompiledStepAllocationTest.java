package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.InSingle;
import unrolled.math.Precision;

/** A compiled training step makes no object, in both precisions. With vectors each is one until its method is compiled. */
class CompiledStepAllocationTest {
    private static final int D = 3, H = 6, MOST = 100_000;

    private static final Map<String, Function<RandomGenerator, Recurrent>> CELLS = Map.of(
            "Elman", r -> new Elman(D, H, r), "Lstm", r -> new Lstm(D, H, r), "Gru", r -> new Gru(D, H, r));

    @TestFactory
    Stream<DynamicTest> aCompiledStepMakesNoObject() {
        return Stream.of(Precision.values()).flatMap(precision -> Stream.of(false, true).flatMap(padded -> CELLS.keySet().stream().map(name ->
                DynamicTest.dynamicTest(name + (padded ? ", padded, " : ", ") + precision,
                        () -> InSingle.run(precision, () -> {
                            RandomGenerator random = new SplittableRandom(3);
                            assertEquals(0, StepAllocationTest.bytes(CELLS.get(name).apply(random), padded, random, MOST));
                        })))));
    }
}
