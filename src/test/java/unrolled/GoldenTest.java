package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;
import unrolled.optim.Optimizer;
import unrolled.optim.Sgd;

/** Values, gradients and ten training losses equal those of PyTorch in double precision, see {@code src/test/golden/make_golden.py}. */
class GoldenTest {
    private static final double TOLERANCE = 1e-10;

    @TestFactory
    Stream<DynamicTest> valuesAndGradients() {
        return Golden.elements(Golden.read("feedforward.json").get("cases")).map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> compare(c)));
    }

    @TestFactory
    Stream<DynamicTest> tenTrainingLosses() {
        return Golden.elements(Golden.read("feedforward.json").get("trainings")).map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> train(c)));
    }

    private void compare(JsonNode c) {
        Layer net = net(c.get("layers"), c.get("activation").asText(null));
        Loss loss = loss(c.get("lossName").asText());
        Sequence x = Golden.sequence(c.get("x")), d = Golden.sequence(c.get("d")), mask = c.get("mask").isNull() ? null : Golden.sequence(c.get("mask"));
        for (int pass = 0; pass < 2; pass++) {               // the second pass finds what the first left behind
            net.zeroGrad();
            assertNear("y", Golden.sequence(c.get("y")).all(), net.forward(x).all());
            assertEquals(c.get("loss").asDouble(), loss.forward(net.forward(x), d, mask), TOLERANCE, "loss");
            assertNear("dx", Golden.sequence(c.get("dx")).all(), net.backward(loss.backward()).all());
            for (int i = 0; i < net.params().size(); i++) {
                assertNear("gradient " + i, Golden.matrix(c.get("grads").get(i)), net.params().get(i).grad);
            }
        }
    }

    private void train(JsonNode c) {
        Layer net = net(c.get("layers"), "tanh");
        Sequence x = Golden.sequence(c.get("x")), d = Golden.sequence(c.get("d"));
        Optimizer optimizer = optimizer(c.get("name").asText(), net.params());
        Loss loss = SquaredError.mean();
        for (int n = 0; n < 10; n++) {
            double L = loss.forward(net.forward(x), d);
            net.zeroGrad();
            net.backward(loss.backward());
            double clip = c.get("clip").isNull() ? Double.POSITIVE_INFINITY : c.get("clip").asDouble();
            double norm = Clip.norm(net.params(), clip);
            optimizer.step();
            assertEquals(c.get("losses").get(n).asDouble(), L, TOLERANCE, "loss of step " + n);
            assertEquals(c.get("norms").get(n).asDouble(), norm, TOLERANCE, "gradient norm of step " + n);
        }
        for (int i = 0; i < net.params().size(); i++) {
            assertNear("parameter " + i + " after ten steps", Golden.matrix(c.get("end").get(i)), net.params().get(i).value);
        }
    }

    private static Optimizer optimizer(String name, List<Param> params) {
        return switch (name) {
            case "adam" -> new Adam(params, 0.05);
            case "momentum" -> new Sgd(params, 0.1, 0.9);
            default -> new Sgd(params, 0.3);
        };
    }

    private static Layer net(JsonNode layers, String activation) {
        List<Layer> net = new ArrayList<>();
        for (JsonNode l : layers) {
            if (!net.isEmpty() && activation != null) {
                net.add(switch (activation) {
                    case "tanh" -> Activation.tanh();
                    case "sigmoid" -> Activation.sigmoid();
                    case "relu" -> Activation.relu();
                    default -> throw new AssertionError(activation);
                });
            }
            net.add(new Dense(Golden.matrix(l.get("W")), l.get("b").isNull() ? null : Golden.matrix(l.get("b"))));
        }
        return Sequential.of(net.toArray(new Layer[0]));
    }

    private static Loss loss(String name) {
        return switch (name) {
            case "half squared error" -> SquaredError.half();
            case "mean squared error" -> SquaredError.mean();
            case "cross entropy", "cross entropy of probabilities" -> new CrossEntropy();
            case "binary cross entropy" -> new BinaryCrossEntropy();
            default -> throw new AssertionError(name);
        };
    }

    private static void assertNear(String what, Matrix expected, Matrix actual) {
        assertEquals(0, expected.maxDifference(actual), TOLERANCE, what);
    }
}
