package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.losses.CrossEntropy;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.GradientCheck;

/** One step of many, reading backwards, learned starts: gradients, padding, equal ways, and who computes what nobody needs. */
class OverTimeTest {
    private static final int T = 5, B = 4, D = 3, H = 4, K = 2;
    private static final int[] LENGTHS = {5, 1, 3, 4};

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }

    private static Sequence random(int T, int B, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random(seed));
        return s;
    }

    private static Sequence random(Sequence shape, long seed) {
        return random(shape.T, shape.B, shape.F, seed);
    }

    private static Dense head(int D) {
        return new Dense(D, K, random(9));
    }

    private static Map<String, Supplier<Layer>> nets() {
        Map<String, Supplier<Layer>> nets = new LinkedHashMap<>();
        nets.put("last step", () -> Sequential.of(new Lstm(D, H, random(1)), new LastStep(), head(H)));
        nets.put("last step of the input", () -> Sequential.of(new LastStep(), head(D)));
        nets.put("last step of two layers", () -> Sequential.of(new Gru(D, H, random(1)), new Elman(H, H, random(2)), new LastStep(), head(H)));
        nets.put("mean", () -> Sequential.of(new Gru(D, H, random(1)), new MeanOverTime(), head(H)));
        nets.put("mean of the input", () -> Sequential.of(new MeanOverTime(), head(D)));
        nets.put("max", () -> Sequential.of(new Elman(D, H, random(1)), new MaxOverTime(), head(H)));
        nets.put("max of a convolution", () -> Sequential.of(Conv.causal(D, H, 2, random(1)), new MaxOverTime(), head(H)));
        nets.put("both ends", () -> Sequential.of(Bidirectional.of(new Lstm(D, H, random(1)), new Gru(D, 3, random(2))), LastStep.bothEnds(H), head(H + 3)));
        nets.put("backwards", () -> Sequential.of(Backwards.of(new Lstm(D, H, random(1))), LastStep.ofBackwards(), head(H)));
        nets.put("learned start", () -> Sequential.of(started(LearnedStart.of(new Lstm(D, H, random(1)))), new LastStep(), head(H)));
        nets.put("learned start of a network", () -> Sequential.of(started(LearnedStart.of(Sequential.of(new Gru(D, H, random(1)),
                Bidirectional.sum(new Elman(H, H, random(2)), new Lstm(H, H, random(3)))))), new MeanOverTime(), head(H)));
        return nets;
    }

    /** Starts other than zero, which would hide mistakes. */
    private static LearnedStart started(LearnedStart layer) {
        layer.named().forEach((name, p) -> {
            if (name.startsWith("start.")) {
                Init.normal(0.5).fill(p.value, random(7));
            }
        });
        return layer;
    }

    @TestFactory
    Stream<DynamicTest> gradientsOnTheSecondPass() {
        return nets().entrySet().stream().flatMap(n -> Stream.of(new int[][] {null, LENGTHS}).map(lengths ->
                DynamicTest.dynamicTest(n.getKey() + (lengths == null ? "" : ", lengths"), () -> {
                    Layer net = n.getValue().get();
                    Sequence d = random(1, B, K, 3);
                    GradientCheck check = GradientCheck.of(net, SquaredError.half(), random(T, B, D, 4).lengths(lengths), d, null);
                    assertTrue(check.rows().size() >= net.size() + T * B * D, "every parameter and input is checked");
                    assertTrue(check.worst() <= 1e-6, check::toString);
                })));
    }

    /** A batch of different lengths gives each sequence what it gets alone, without padding; garbage in the padding changes nothing. */
    @TestFactory
    Stream<DynamicTest> aBatchEqualsItsSinglesWithoutPadding() {
        return nets().entrySet().stream().map(n -> DynamicTest.dynamicTest(n.getKey(), () -> {
            Layer net = n.getValue().get(), alone = n.getValue().get();
            Sequence x = random(T, B, D, 5).lengths(LENGTHS), dy = random(1, B, K, 6);
            for (int b = 0; b < B; b++) {
                for (int t = LENGTHS[b]; t < T; t++) {
                    x.at(t).fillRow(b, 1e6);
                }
            }
            Sequence y = net.forward(x);
            assertEquals(1, y.T);
            assertFalse(y.hasLengths());
            Sequence dx = net.backward(dy);
            for (int b = 0; b < B; b++) {
                Sequence one = Sequence.ofSteps(x.one(b).rows(0, LENGTHS[b]));
                assertEquals(0, alone.forward(one).at(0).maxDifference(y.at(0).row(b)), 1e-12, "y of sequence " + b);
                Sequence dOne = alone.backward(Sequence.of(dy.at(0).row(b)));
                assertEquals(0, dOne.all().maxDifference(dx.one(b).rows(0, LENGTHS[b]).copy()), 1e-12, "dx of sequence " + b);
                for (int t = LENGTHS[b]; t < T; t++) {
                    assertEquals(0, dx.at(t).row(b).maxAbs(), "no gradient at padding");
                }
            }
            alone.named().forEach((name, p) -> assertEquals(0, p.grad.maxDifference(net.param(name).grad), 1e-9, "d" + name));
        }));
    }

    /** A pass with longer sequences before leaves nothing in the padding of this one. */
    @TestFactory
    Stream<DynamicTest> longerSequencesBeforeLeaveNoTrace() {
        return nets().entrySet().stream().map(n -> DynamicTest.dynamicTest(n.getKey(), () -> {
            Layer used = n.getValue().get(), fresh = n.getValue().get();
            Sequence dy = random(1, B, K, 6), x = random(T, B, D, 7).lengths(LENGTHS);
            used.forward(random(T, B, D, 5));
            used.backward(dy);
            used.zeroGrad();
            assertEquals(0, fresh.forward(x).all().maxDifference(used.forward(x).all()));
            assertEquals(0, fresh.backward(dy).all().maxDifference(used.backward(dy).all()), "dx");
            fresh.named().forEach((name, p) -> assertEquals(0, p.grad.maxDifference(used.param(name).grad), "d" + name));
        }));
    }

    @Test void theEndsOfBothDirectionsAreTheEndStates() {
        Bidirectional both = Bidirectional.of(new Gru(D, H, random(1)), new Gru(D, H, random(2)));
        Sequence x = random(T, B, D, 7).lengths(LENGTHS), y = LastStep.bothEnds(H).forward(both.forward(x));
        assertEquals(0, y.at(0).cols(0, H).maxDifference(both.end().get(0)), 0);
        assertEquals(0, y.at(0).cols(H, 2 * H).maxDifference(both.end().get(1)), 0);
        Backwards back = Backwards.of(new Gru(D, H, random(2)));
        assertEquals(0, LastStep.ofBackwards().forward(back.forward(x)).at(0).maxDifference(both.end().get(1)), 0);
        assertEquals(0, back.end().get(0).maxDifference(both.end().get(1)), 0);
        assertEquals("LastStep, LastStep, both ends, 4 forth, LastStep of backwards",
                new LastStep() + ", " + LastStep.bothEnds(H) + ", " + LastStep.ofBackwards());
    }

    @Test void theMaximumIsTheFirstOfEqualsAndNaNStays() {
        MaxOverTime max = new MaxOverTime();
        Sequence x = Sequence.timeFirst(new double[][][] {{{1, 5}}, {{3, 5}}, {{3, 2}}}), dy = Sequence.of(Matrix.rowOf(10, 20));
        assertEquals(0, max.forward(x).at(0).maxDifference(Matrix.rowOf(3, 5)));
        Sequence dx = max.backward(dy);
        assertEquals(0, dx.one(0).maxDifference(Matrix.of(3, 2, 0, 20, 10, 0, 0, 0)));
        x.at(1).set(0, 0, Double.NaN);
        assertTrue(Double.isNaN(max.forward(x).at(0).get(0, 0)) && max.forward(x).at(0).get(0, 1) == 5);
    }

    // ---- learned starts ----

    @Test void aLearnedStartIsThatOfEverySequenceUnlessOneIsGivenOrCarried() {
        Lstm cell = new Lstm(D, H, random(1));
        LearnedStart net = LearnedStart.of(cell);
        assertEquals(List.of("net.Wx", "net.Wh", "net.b", "start.h", "start.c"), List.copyOf(net.named().keySet()));
        assertEquals(cell.size() + 2 * H, net.size());
        assertEquals(5, net.params().size());
        started(net);
        Matrix h0 = net.param("start.h").value, c0 = net.param("start.c").value, ones = new Matrix(B, 1).fill(1);
        Sequence x = random(T, B, D, 2);
        Lstm plain = new Lstm(D, H, random(1));
        Matrix[] start = {new Matrix(B, H).dot(ones, h0), new Matrix(B, H).dot(ones, c0)};
        assertEquals(0, plain.start(start).forward(x).all().maxDifference(net.forward(x).all()));
        assertTrue(cell.carried().isEmpty(), "the cell is as it was");

        Matrix[] given = {filled(start[0], 4), filled(start[1], 5)};
        assertEquals(0, plain.start(given).forward(x).all().maxDifference(net.start(given).forward(x).all()), "a start that is given comes first");
        net.zeroGrad();
        net.backward(random(T, B, H, 6));
        assertEquals(0, net.param("start.h").grad.maxAbs(), "and then nothing is learned about the other");

        cell.carry(true).reset();
        Recurrent carried = new Lstm(D, H, random(1)).carry(true).start(start);
        for (int block = 0; block < 3; block++) {
            assertEquals(0, carried.forward(x).all().maxDifference(net.forward(x).all()), "block " + block);
        }
    }

    private static Matrix filled(Matrix shape, long seed) {
        Matrix m = new Matrix(shape.rows(), shape.cols());
        Init.normal(0.5).fill(m, random(seed));
        return m;
    }

    @Test void aNetworkWithALearnedStartWritesFromThere() {
        Layer net = Sequential.of(started(LearnedStart.of(new Gru(K, H, random(1)))), head(H));
        Generator generator = new Generator(net, random(2));
        Matrix first = generator.read(1), second = generator.read(0);
        Sequence y = net.forward(Sequence.timeFirst(new double[][][] {{{0, 1}}, {{1, 0}}}));
        assertEquals(0, new Matrix(1, K).softmax(y.at(0)).maxDifference(first), 1e-15);
        assertEquals(0, new Matrix(1, K).softmax(y.at(1)).maxDifference(second), 1e-15, "the second step goes on");
    }

    // ---- what is not computed where nobody needs it ----

    @Test void noGradientOfTheInputWhereNobodyNeedsIt() {
        Gru forth = new Gru(D, H, random(1)), back = new Gru(D, H, random(2)), alone = new Gru(D, H, random(3)), start = new Gru(D, H, random(4));
        for (Layer first : new Layer[] {Bidirectional.of(forth, back), Backwards.of(alone), LearnedStart.of(start), Conv.causal(D, H, 2, random(1)),
                new Tdnn(D, H, 2, random(1))}) {
            Layer net = Sequential.of(first, head(first.outputs()));
            assertNull(net.inputGradient(false).backward(random(net.forward(random(T, B, D, 1)), 2)));
            net.params().forEach(p -> assertTrue(p.grad.maxAbs() > 0, p.name));
            assertFalse(first.inputGradient());
        }
        for (Recurrent cell : List.of(forth, back, alone, start)) {
            assertFalse(cell.inputGradient(), "no cell computes it");
        }
        Embedding source = new Embedding(3, D, random(1)), target = new Embedding(3, D, random(2));
        Gru encoder = new Gru(D, H, random(5)), decoder = new Gru(D, H, random(6));
        EncoderDecoder plain = new EncoderDecoder(encoder, decoder, head(H));
        EncoderDecoder embedded = new EncoderDecoder(new Gru(D, H, random(5)), new Gru(D, H, random(6)), head(H)).embed(source, target);
        plain.inputGradient(false);
        embedded.inputGradient(false);
        assertFalse(encoder.inputGradient() || decoder.inputGradient() || source.inputGradient() || target.inputGradient());
        assertNull(plain.backward(random(plain.forward(EncoderDecoder.join(random(T, B, D, 1), random(T, B, D, 2))), 3)));
        Sequence symbols = new Sequence(T, B, 1);
        assertNull(embedded.backward(random(embedded.forward(symbols, symbols), 3)));
        assertTrue(source.param("W").grad.maxAbs() > 0 && target.param("W").grad.maxAbs() > 0);
    }

    @Test void aPartThatKeepsItsGradientToItselfIsNamed() {
        Gru cell = new Gru(D, H, random(1)), second = new Gru(H, H, random(2)), encoder = new Gru(D, H, random(3)), inner = new Gru(D, H, random(4));
        Dense last = head(H);
        says(IllegalStateException.class, () -> run(Bidirectional.of(cell, new Gru(D, H, random(2))), cell), "Gru(3 -> 4)", "inputGradient(false)");
        says(IllegalStateException.class, () -> run(Bidirectional.of(new Gru(D, H, random(2)), cell), cell), "Gru(3 -> 4)");
        says(IllegalStateException.class, () -> run(Sequential.of(new Dense(D, H, random(1)), second), second), "Gru(4 -> 4)");
        says(IllegalStateException.class, () -> run(Sequential.of(new Dense(D, H, random(1)), Bidirectional.sum(second, new Gru(H, H, random(5)))), second), "Gru(4 -> 4)");
        says(IllegalStateException.class, () -> run(Sequential.of(new Dense(D, D, random(1)), Backwards.of(inner)), inner), "Gru(3 -> 4)");
        EncoderDecoder net = new EncoderDecoder(encoder, new Gru(D, H, random(5)), last).embed(new Dense(D, D, random(1)), null);
        says(IllegalStateException.class, () -> run(net, last), "Dense(4 -> 2)");
        last.inputGradient(true);
        says(IllegalStateException.class, () -> run(net, encoder), "Gru(3 -> 4)");
    }

    private static void run(Layer net, Layer part) {
        part.inputGradient(false);
        Sequence x = net instanceof EncoderDecoder ? EncoderDecoder.join(random(T, B, D, 1), random(T, B, D, 2)) : random(T, B, D, 1);
        net.backward(random(net.forward(x), 2));
    }

    // ---- sentences ----

    @Test void misuseGetsASentence() {
        Class<IllegalArgumentException> bad = IllegalArgumentException.class;
        says(bad, () -> LastStep.bothEnds(0), "H = 0");
        says(bad, () -> LastStep.bothEnds(H).forward(new Sequence(T, B, H)), "no numbers behind the first 4", "sum");
        says(bad, () -> LearnedStart.of(new Dense(2, 2, random(1))), "no memory");
        says(bad, () -> new Lstm(0, 4, random(1)), "Lstm", "D = 0");
        says(bad, () -> new Gru(3, -1, random(1)), "Gru", "H = -1");
        says(bad, () -> new Jordan(3, 0, 2, random(1)), "Jordan", "H = 0");
        says(bad, () -> new Jordan(3, 2, 0, random(1)), "Jordan", "K = 0");
        says(bad, () -> new Embedding(0, 2, random(1)), "Embedding", "V = 0");
        says(bad, () -> Conv.causal(0, 2, 3, random(1)), "Conv", "D = 0");
        says(bad, () -> Attention.dot(0), "Attention", "H = 0");
        says(bad, () -> Init.gates(3, Init.zeros()).fill(new Matrix(2, 7), random(1)), "[2,7]", "3 gates");
        says(bad, () -> Init.gates(0, Init.zeros()).fill(new Matrix(2, 7), random(1)), "0 gates");
        says(bad, () -> new EncoderDecoder(new Lstm(D, H, random(1)), new Gru(D, H, random(1)), head(H)), "{h=4, c=4}", "{h=4}");
        says(bad, () -> new EncoderDecoder(new Dense(D, H, random(1)), new Dense(D, H, random(1)), head(H)), "{}");
        says(IllegalStateException.class, () -> new EncoderDecoder(Backwards.of(new Gru(D, H, random(1))), Backwards.of(new Gru(D, H, random(1))), head(H)),
                "one step at a time");
        for (Layer whole : new Layer[] {new MeanOverTime(), new MaxOverTime(), Backwards.of(new Gru(D, D, random(1)))}) {
            says(IllegalStateException.class, () -> new Generator(Sequential.of(new Dense(D, D, random(1)), whole), random(1)), "one step at a time");
        }
        new Generator(Sequential.of(new Gru(D, D, random(1)), new LastStep()), random(1)).read(1);
        says(bad, () -> new CrossEntropy().forward(new Sequence(T, B, K), new Sequence(1, B, 1)), "one target a sequence", "LastStep");
    }

    private static void says(Class<? extends RuntimeException> type, Runnable run, String... words) {
        String message = assertThrows(type, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
