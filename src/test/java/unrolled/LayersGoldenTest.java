package unrolled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Attention;
import unrolled.layers.Conv;
import unrolled.layers.Conv2d;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Frame;
import unrolled.layers.Gru;
import unrolled.layers.Jordan;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Pool2d;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;
import unrolled.optim.Sgd;

/** Dropout, convolutions, pooling, attention and encoder-decoders equal PyTorch, see {@code src/test/golden/make_layers.py}. */
class LayersGoldenTest {
    private static final double TOLERANCE = 1e-10;
    private static final int D = 2, H = 3, V = 5, W = 4;
    private static final RandomGenerator RANDOM = new SplittableRandom(1);

    private static Stream<DynamicTest> each(String cases, java.util.function.Consumer<JsonNode> test) {
        return Golden.elements(Golden.read("layers.json").get(cases))
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> test.accept(c)));
    }

    @TestFactory
    Stream<DynamicTest> outputsAndGradients() {
        return each("cases", c -> {
            Layer layer = layer(c).training(true);
            set(layer, c.get("values"));
            Sequence x = Golden.sequence(c.get("x")), dy = Golden.sequence(c.get("dy"));
            if (layer instanceof Attention attention) {
                attention.memory(Golden.sequence(c.get("e")).lengths(lengths(c, "lengths")));
            } else {
                x.lengths(lengths(c, "lengths"));
            }
            for (int pass = 0; pass < 2; pass++) {               // the second pass finds what the first left behind
                layer.zeroGrad();
                Sequence y = layer.forward(x);
                if (y.hasLengths()) {
                    assertArrayEquals(lengths(c, "lengths"), lengths(y));
                }
                assertNear("y", Golden.sequence(c.get("y")).all(), cleared(y));
                assertNear("dx", Golden.sequence(c.get("dx")).all(), layer.backward(dy).all());
                grads(layer, c.get("grads"));
                if (layer instanceof Recurrent cell) {
                    for (int s = 0; s < cell.end().size(); s++) {
                        assertNear("end state " + s, Golden.matrix(c.get("end").get(s)), cell.end().get(s));
                        assertNear("gradient of start state " + s, Golden.matrix(c.get("dstart").get(s)), cell.startGradient().get(s));
                    }
                }
                if (layer instanceof Attention attention) {
                    assertNear("a", Golden.sequence(c.get("a")).all(), attention.traces().get("a").all());
                    assertNear("de", Golden.sequence(c.get("de")).all(), attention.memoryGradient().all());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> encoderDecoders() {
        return each("pairs", c -> {
            EncoderDecoder net = translator(c);
            Sequence source = source(c), inputs = inputs(c), dy = Golden.sequence(c.get("dy"));
            Sequence joined = EncoderDecoder.join(source, inputs);
            for (int pass = 0; pass < 4; pass++) {               // with two arguments and joined, twice each
                net.zeroGrad();
                Sequence y = pass % 2 == 0 ? net.forward(source, inputs) : net.forward(joined);
                assertNear("y", Golden.sequence(c.get("y")).all(), cleared(y).rows(0, inputs.T * inputs.B));
                net.backward(pass % 2 == 0 ? dy : EncoderDecoder.fill(dy, joined));
                grads(net, c.get("grads"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tenTrainingLossesOfEncoderDecoders() {
        return each("trainings", c -> {
            EncoderDecoder net = translator(c);
            Sequence x = EncoderDecoder.join(source(c), inputs(c));
            train(c, net, x, EncoderDecoder.fill(Golden.sequence(c.get("d")), x));
        });
    }

    @TestFactory
    Stream<DynamicTest> tenTrainingLossesOfConvolutions() {
        return each("convolutions", c -> {
            Conv2d conv = Conv2d.valid(frame(c), 2, 3, RANDOM);
            Pool2d pool = Pool2d.mean(conv.frame(), 2);
            Layer net = Sequential.of(conv, Activation.relu(), pool, new Dropout(c.get("p").asDouble(), draws(c)),
                    Conv.centred(pool.outputs(), H, 3, RANDOM), new Dense(H, 3, RANDOM)).training(true);
            set(net, c.get("values"));
            train(c, net, Golden.sequence(c.get("x")).lengths(lengths(c, "lengths")), Golden.sequence(c.get("d")));
        });
    }

    private static void train(JsonNode c, Layer net, Sequence x, Sequence d) {
        Optimizer optimizer = c.get("name").asText().endsWith("Adam") ? new Adam(net.params(), 0.02) : new Sgd(net.params(), 0.3);
        CrossEntropy loss = new CrossEntropy();
        for (int n = 0; n < 10; n++) {
            assertEquals(c.get("losses").get(n).asDouble(), loss.forward(net.forward(x), d), TOLERANCE, "loss of step " + n);
            net.zeroGrad();
            net.backward(loss.backward());
            optimizer.step();
        }
    }

    private static Layer layer(JsonNode c) {
        String kind = c.get("kind").asText();
        return switch (kind) {
            case "dropout" -> new Dropout(c.get("p").asDouble(), draws(c));
            case "dropout per sequence" -> Dropout.perSequence(c.get("p").asDouble(), draws(c));
            case "conv" -> c.get("centred").asBoolean() ? Conv.centred(D, H, c.get("n").asInt(), RANDOM) : Conv.causal(D, H, c.get("n").asInt(), RANDOM);
            case "conv2d" -> c.get("same").asBoolean() ? Conv2d.same(frame(c), c.get("channels").asInt(), c.get("k").asInt(), RANDOM)
                    : Conv2d.valid(frame(c), c.get("channels").asInt(), c.get("k").asInt(), RANDOM);
            case "pool2d" -> c.get("max").asBoolean() ? Pool2d.max(frame(c), c.get("k").asInt()) : Pool2d.mean(frame(c), c.get("k").asInt());
            case "attention" -> attention(c.get("additive"));
            default -> cell(kind, D, H).dropState(c.get("p").asDouble(), draws(c))
                    .start(Golden.elements(c.get("start")).map(Golden::matrix).toArray(Matrix[]::new));
        };
    }

    private static Recurrent cell(String kind, int inputs, int H) {
        return switch (kind) {
            case "elman" -> new Elman(inputs, H, RANDOM);
            case "jordan" -> new Jordan(inputs, 4, H, RANDOM);
            case "lstm" -> new Lstm(inputs, H, RANDOM);
            case "lstm peepholes" -> Lstm.peepholes(inputs, H, RANDOM);
            case "lstm 1997" -> new Lstm1997(inputs, H, RANDOM);
            case "gru" -> new Gru(inputs, H, RANDOM);
            case "gru 2014" -> Gru.of2014(inputs, H, RANDOM);
            default -> throw new AssertionError(kind);
        };
    }

    private static EncoderDecoder translator(JsonNode c) {
        boolean attends = !c.get("additive").isNull();
        String kind = c.get("kind").asText();
        EncoderDecoder net = new EncoderDecoder(cell(kind, D, H), cell(kind, D, H), new Dense(attends ? 2 * H : H, W, RANDOM))
                .embed(new Embedding(V, D, RANDOM), new Embedding(W, D, RANDOM));
        if (attends) {
            net.attend(attention(c.get("additive")));
        }
        set(net, c.get("values"));
        return net;
    }

    private static Attention attention(JsonNode additive) {
        return additive.asBoolean() ? Attention.additive(H, RANDOM) : Attention.dot(H);
    }

    private static Frame frame(JsonNode c) {
        JsonNode f = c.get("frame");
        return new Frame(f.get(0).asInt(), f.get(1).asInt(), f.get(2).asInt());
    }

    private static Draws draws(JsonNode c) {
        return new Draws(Golden.elements(c.get("draws")).mapToDouble(JsonNode::asDouble).toArray());
    }

    private static Sequence source(JsonNode c) {
        return Golden.sequence(c.get("source")).lengths(lengths(c, "lengths"));
    }

    private static Sequence inputs(JsonNode c) {
        return Golden.sequence(c.get("inputs")).lengths(lengths(c, "targetLengths"));
    }

    private static int[] lengths(JsonNode c, String name) {
        return !c.has(name) || c.get(name).isNull() ? null : Golden.elements(c.get(name)).mapToInt(JsonNode::asInt).toArray();
    }

    private static int[] lengths(Sequence s) {
        int[] lengths = new int[s.B];
        java.util.Arrays.setAll(lengths, s::length);
        return lengths;
    }

    /** Only steps that exist are compared: behind the end of a sequence a layer may give anything. */
    private static Matrix cleared(Sequence y) {
        Sequence c = y.copy();
        for (int b = 0; b < y.B; b++) {
            if (y.length(b) < y.T) {
                c.one(b).rows(y.length(b), y.T).fill(0);
            }
        }
        return c.all();
    }

    private static void set(Layer layer, JsonNode values) {
        assertEquals(layer.named().size(), values.size());
        values.fields().forEachRemaining(v -> layer.param(v.getKey()).value.set(Golden.matrix(v.getValue())));
    }

    private static void grads(Layer layer, JsonNode grads) {
        assertEquals(layer.named().size(), grads.size());
        grads.fields().forEachRemaining(g -> assertNear("d" + g.getKey(), Golden.matrix(g.getValue()), layer.param(g.getKey()).grad));
    }

    private static void assertNear(String what, Matrix expected, Matrix actual) {
        assertEquals(0, expected.maxDifference(actual), TOLERANCE, what);
    }
}
