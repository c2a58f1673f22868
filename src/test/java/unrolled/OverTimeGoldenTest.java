package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.LastStep;
import unrolled.layers.LearnedStart;
import unrolled.layers.Lstm;
import unrolled.layers.MaxOverTime;
import unrolled.layers.MeanOverTime;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;

/** Classifiers with one output a sequence equal PyTorch's, see {@code src/test/golden/make_over_time.py}. */
class OverTimeGoldenTest {
    private static final double TOLERANCE = 1e-10;
    private static final int D = 2, H = 3, K = 3;
    private static final RandomGenerator RANDOM = new SplittableRandom(1);

    @TestFactory
    Stream<DynamicTest> scoresGradientsAndTenTrainingLosses() {
        return Golden.elements(Golden.read("over_time.json").get("cases")).map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> train(c)));
    }

    private static void train(JsonNode c) {
        Sequential net = net(c.get("kind").asText(), c.get("pool").asText());
        assertEquals(net.named().size(), c.get("values").size());
        c.get("values").fields().forEachRemaining(v -> net.param(v.getKey()).value.set(Golden.matrix(v.getValue())));
        Sequence x = Golden.sequence(c.get("x"));
        if (!c.get("lengths").isNull()) {
            x.lengths(Golden.elements(c.get("lengths")).mapToInt(JsonNode::asInt).toArray());
        }
        Sequence d = Sequence.of(Matrix.columnOf(Golden.elements(c.get("d")).mapToDouble(JsonNode::asDouble).toArray()));
        Optimizer optimizer = new Adam(net.params(), 0.02);
        CrossEntropy loss = new CrossEntropy();
        for (int n = 0; n < 10; n++) {
            Sequence y = net.forward(x);
            if (n == 0) {
                near("y", Golden.matrix(c.get("y")), y.at(0));
            }
            assertEquals(c.get("losses").get(n).asDouble(), loss.forward(y, d), TOLERANCE, "loss of step " + n);
            net.zeroGrad();
            Sequence dx = net.backward(loss.backward());
            if (n == 0) {
                near("dx", Golden.sequence(c.get("dx")).all(), dx.all());
                c.get("grads").fields().forEachRemaining(g -> near("d" + g.getKey(), Golden.matrix(g.getValue()), net.param(g.getKey()).grad));
            }
            optimizer.step();
        }
    }

    private static Sequential net(String kind, String pool) {
        return switch (pool) {
            case "last" -> Sequential.of(cell(kind), new LastStep(), new Dense(H, K, RANDOM));
            case "mean" -> Sequential.of(cell(kind), new MeanOverTime(), new Dense(H, K, RANDOM));
            case "max" -> Sequential.of(cell(kind), new MaxOverTime(), new Dense(H, K, RANDOM));
            case "both ends" -> Sequential.of(Bidirectional.of(cell(kind), cell(kind)), LastStep.bothEnds(H), new Dense(2 * H, K, RANDOM));
            case "sum, mean" -> Sequential.of(Bidirectional.sum(cell(kind), cell(kind)), new MeanOverTime(), new Dense(H, K, RANDOM));
            case "backwards" -> Sequential.of(Backwards.of(cell(kind)), LastStep.ofBackwards(), new Dense(H, K, RANDOM));
            case "learned start" -> Sequential.of(LearnedStart.of(cell(kind)), new LastStep(), new Dense(H, K, RANDOM));
            default -> throw new AssertionError(pool);
        };
    }

    private static Recurrent cell(String kind) {
        return switch (kind) {
            case "lstm" -> new Lstm(D, H, RANDOM);
            case "gru" -> new Gru(D, H, RANDOM);
            default -> new Elman(D, H, RANDOM);
        };
    }

    private static void near(String what, Matrix expected, Matrix actual) {
        assertEquals(0, expected.maxDifference(actual), TOLERANCE, what);
    }
}
