package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Jordan;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.losses.CrossEntropy;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;
import unrolled.optim.Sgd;

/** Recurrent layers equal PyTorch in double precision, see {@code src/test/golden/make_recurrent.py}. */
class RecurrentGoldenTest {
    private static final double TOLERANCE = 1e-10;
    private static final int D = 4, H = 5;

    @TestFactory
    Stream<DynamicTest> outputsEndStatesAndGradients() {
        return Golden.elements(Golden.read("recurrent.json").get("cases"))
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> compare(c)));
    }

    @TestFactory
    Stream<DynamicTest> tenTrainingLosses() {
        return Golden.elements(Golden.read("recurrent.json").get("trainings"))
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> train(c)));
    }

    private void compare(JsonNode c) {
        boolean both = c.get("bidirectional").asBoolean();
        List<Layer> cells = new ArrayList<>();
        for (int n = 0; n < (both ? 2 : 1); n++) {
            Layer cell = cell(c.get("kind").asText(), D);
            set(cell, c.get("cells").get(n));
            if (cell instanceof Recurrent recurrent) {
                recurrent.start(states(c.get("start"), n));
            }
            cells.add(cell);
        }
        Layer net = both ? Bidirectional.of((Recurrent) cells.get(0), (Recurrent) cells.get(1)) : cells.get(0);
        Sequence x = Golden.sequence(c.get("x")).lengths(lengths(c)), dy = Golden.sequence(c.get("dy"));
        for (int pass = 0; pass < 2; pass++) {                // the second pass finds what the first left behind
            net.zeroGrad();
            Sequence y = net.forward(x);
            assertValid("y", Golden.sequence(c.get("y")), y, c.get("valid"));
            List<Matrix> dEnd = List.of(states(c.get("dend"), 0));
            Sequence dx = net instanceof Recurrent r ? r.backward(dy, dEnd) : net.backward(dy);
            assertNear("dx", Golden.sequence(c.get("dx")).all(), dx.all());
            for (int n = 0; n < cells.size(); n++) {
                Layer cell = cells.get(n);
                c.get("grads").get(n).fields().forEachRemaining(g ->
                        assertNear("d" + g.getKey(), Golden.matrix(g.getValue()), cell.param(g.getKey()).grad));
                if (cell instanceof Recurrent r) {
                    Matrix[] end = states(c.get("end"), n), dStart = states(c.get("dstart"), n);
                    for (int s = 0; s < end.length; s++) {
                        assertNear("end state " + s, end[s], r.end().get(s));
                        assertNear("gradient of start state " + s, dStart[s], r.startGradient().get(s));
                    }
                }
            }
        }
    }

    private void train(JsonNode c) {
        List<Layer> layers = new ArrayList<>();
        for (JsonNode kind : c.get("kinds")) {
            Layer cell = cell(kind.asText(), layers.isEmpty() ? D : H);
            set(cell, c.get("start").get("cells").get(layers.size()));
            layers.add(cell);
        }
        layers.add(new Dense(H, 3, new SplittableRandom(1)));
        set(layers.get(layers.size() - 1), c.get("start").get("head"));
        Layer net = Sequential.of(layers.toArray(new Layer[0]));
        Optimizer optimizer = c.get("name").asText().endsWith("Adam") ? new Adam(net.params(), 0.02) : new Sgd(net.params(), 0.3);
        CrossEntropy loss = new CrossEntropy();
        Sequence x = Golden.sequence(c.get("x")).lengths(lengths(c)), d = Golden.sequence(c.get("d"));
        for (int n = 0; n < 10; n++) {
            assertEquals(c.get("losses").get(n).asDouble(), loss.forward(net.forward(x), d), TOLERANCE, "loss of step " + n);
            net.zeroGrad();
            net.backward(loss.backward());
            optimizer.step();
        }
        for (int n = 0; n < layers.size() - 1; n++) {
            Layer cell = layers.get(n);
            c.get("end").get(n).fields().forEachRemaining(p ->
                    assertNear(p.getKey() + " after ten steps", Golden.matrix(p.getValue()), cell.param(p.getKey()).value));
        }
    }

    private static Layer cell(String kind, int inputs) {
        SplittableRandom random = new SplittableRandom(1);
        return switch (kind) {
            case "elman" -> new Elman(inputs, H, random);
            case "elman relu" -> new Elman(inputs, H, true, Init.xavier(), Init.xavier(), random);
            case "lstm" -> new Lstm(inputs, H, random);
            case "lstm peepholes" -> Lstm.peepholes(inputs, H, random);
            case "lstm 1997" -> new Lstm1997(inputs, H, random);
            case "gru" -> new Gru(inputs, H, random);
            case "gru 2014" -> Gru.of2014(inputs, H, random);
            case "jordan" -> new Jordan(inputs, 7, H, random);
            case "tdnn" -> new Tdnn(inputs, H, 3, random);
            default -> throw new AssertionError(kind);
        };
    }

    private static void set(Layer cell, JsonNode values) {
        assertEquals(cell.params().size(), values.size());
        values.fields().forEachRemaining(v -> cell.param(v.getKey()).value.set(Golden.matrix(v.getValue())));
    }

    private static Matrix[] states(JsonNode states, int direction) {
        return Golden.elements(states).map(s -> Golden.matrix(s.get(direction))).toArray(Matrix[]::new);
    }

    private static int[] lengths(JsonNode c) {
        return c.get("lengths").isNull() ? null : Golden.elements(c.get("lengths")).mapToInt(JsonNode::asInt).toArray();
    }

    /** Behind the end of a sequence PyTorch gives zeros and we repeat the last state: only the steps that exist are compared. */
    private static void assertValid(String what, Sequence expected, Sequence actual, JsonNode valid) {
        for (int t = 0; t < expected.T; t++) {
            for (int b = 0; b < expected.B; b++) {
                if (valid.get(t).get(b).get(0).asDouble() == 1) {
                    assertNear(what + " at step " + t, expected.at(t).row(b), actual.at(t).row(b));
                }
            }
        }
    }

    private static void assertNear(String what, Matrix expected, Matrix actual) {
        assertEquals(0, expected.maxDifference(actual), TOLERANCE, what);
    }
}
