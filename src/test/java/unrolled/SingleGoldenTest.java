package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;

/** Ten losses of a training in single precision are those of PyTorch in float32, but for rounding, see {@code src/test/golden/make_single.py}. */
class SingleGoldenTest {
    /** Relative. Measured at worst: 1.8e-7, which is 1.5 ulp of a float. */
    private static final double TOLERANCE = 1e-6;

    @TestFactory
    Stream<DynamicTest> tenTrainingLosses() {
        return Golden.elements(Golden.read("single.json").get("trainings"))
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> InSingle.run(() -> train(c))));
    }

    private static void train(JsonNode c) {
        Sequence x = Golden.sequence(c.get("x")), d = Golden.sequence(c.get("d"));
        Layer cell = cell(c.get("kind").asText(), x.F, c.get("cell").get("Wh").size());
        Dense head = new Dense(Golden.matrix(c.get("head").get("W")), Golden.matrix(c.get("head").get("b")));
        c.get("cell").fields().forEachRemaining(v -> cell.param(v.getKey()).value.set(Golden.matrix(v.getValue())));
        Layer net = Sequential.of(cell, head);
        CrossEntropy loss = new CrossEntropy();
        Adam adam = new Adam(net.params(), 0.01);
        double worst = 0;
        for (int n = 0; n < 10; n++) {
            double expected = c.get("losses").get(n).asDouble(), L = loss.forward(net.forward(x), d);
            worst = Math.max(worst, Math.abs(L / expected - 1));
            net.zeroGrad();
            net.backward(loss.backward());
            Clip.norm(net.params(), 5);
            adam.step();
        }
        assertEquals(0, worst, TOLERANCE, "largest relative difference of a loss");
    }

    private static Layer cell(String kind, int D, int H) {
        SplittableRandom random = new SplittableRandom(1);
        return switch (kind) {
            case "RNN" -> new Elman(D, H, random);
            case "LSTM" -> new Lstm(D, H, random);
            case "GRU" -> new Gru(D, H, random);
            default -> throw new AssertionError(kind);
        };
    }
}
