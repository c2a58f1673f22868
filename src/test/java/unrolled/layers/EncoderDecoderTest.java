package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static unrolled.layers.RecurrentTest.near;
import static unrolled.layers.RecurrentTest.part;
import static unrolled.layers.RecurrentTest.random;
import static unrolled.layers.RecurrentTest.says;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.GradientCheck;

/** From one sequence to another of its own length, with and without attention: end to end gradients, masks, training, writing. */
class EncoderDecoderTest {
    private static final int B = 3, D = 2, H = 4, K = 3, SOURCE = 5, TARGET = 4;
    private static final int[] LENGTHS = {5, 1, 3}, TARGET_LENGTHS = {2, 4, 3};

    private static Map<String, Supplier<EncoderDecoder>> nets() {
        Map<String, Supplier<EncoderDecoder>> nets = new LinkedHashMap<>();
        for (String score : List.of("no attention", "dot", "additive")) {
            nets.put("Elman, " + score, () -> net(new Elman(D, H, random(1)), new Elman(D, H, random(2)), score));
            nets.put("LSTM, " + score, () -> net(new Lstm(D, H, random(1)), new Lstm(D, H, random(2)), score));
            nets.put("GRU, " + score, () -> net(new Gru(D, H, random(1)), new Gru(D, H, random(2)), score));
            nets.put("GRU, " + score + ", layers before", () -> net(new Gru(D, H, random(1)), new Gru(D, H, random(2)), score)
                    .embed(new Dense(4, D, random(5)), new Dense(1, D, random(6))));
        }
        return nets;
    }

    private static EncoderDecoder net(Recurrent encoder, Recurrent decoder, String score) {
        boolean none = score.equals("no attention");
        EncoderDecoder net = new EncoderDecoder(encoder, decoder, new Dense(none ? H : 2 * H, K, random(3)));
        return none ? net : net.attend(score.equals("dot") ? Attention.dot(H) : Attention.additive(H, random(4)));
    }

    private static Stream<DynamicTest> forEach(java.util.function.Consumer<Supplier<EncoderDecoder>> test) {
        return nets().entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> test.accept(c.getValue())));
    }

    private static Sequence sequence(int T, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random(seed));
        return s;
    }

    private static Sequence source(EncoderDecoder net) {
        return sequence(SOURCE, net.inputs() == 7 ? 4 : D, 7).lengths(LENGTHS);
    }

    private static Sequence target(EncoderDecoder net) {
        return sequence(TARGET, net.inputs() == 7 ? 1 : D, 8).lengths(TARGET_LENGTHS);
    }

    @TestFactory
    Stream<DynamicTest> gradientsEndToEnd() {
        return forEach(make -> {
            EncoderDecoder net = make.get();
            net.params().forEach(p -> Init.normal(1).fill(p.value, random(15)));     // fresh weights would give tiny gradients of attention
            Sequence x = EncoderDecoder.join(source(net), target(net)), d = sequence(TARGET, K, 16);
            GradientCheck check = GradientCheck.of(net, SquaredError.half(), x, EncoderDecoder.fill(d, x), null);
            assertTrue(check.worst() <= 1e-6, check::toString);
        });
    }

    @TestFactory
    Stream<DynamicTest> joinedEqualsTwoArguments() {
        return forEach(make -> {
            EncoderDecoder two = make.get(), one = make.get();
            Sequence source = source(two), target = target(two), x = EncoderDecoder.join(source, target);
            Sequence y = two.forward(source, target), joined = one.forward(x), dy = sequence(TARGET, K, 9);
            assertEquals(SOURCE, joined.T);
            near(y.all(), part(joined, 0, TARGET).all(), "y");
            Sequence dTarget = two.backward(dy), dx = one.backward(EncoderDecoder.fill(dy, x));
            near(dTarget.all(), part(dx, 0, TARGET).all().cols(source.F, source.F + target.F), "dtarget");
            near(two.sourceGradient().all(), dx.all().cols(0, source.F), "dsource");
            assertEquals(0, dx.all().cols(dx.F - 2, dx.F).maxAbs(), "no gradient for what marks the steps");
            two.named().forEach((name, p) -> near(p.grad, one.param(name).grad, "d" + name));
        });
    }

    @TestFactory
    Stream<DynamicTest> aBatchEqualsItsSinglesWithoutPadding() {
        return forEach(make -> {
            EncoderDecoder net = make.get();
            Sequence source = source(net), target = target(net), y = net.forward(source, target);
            for (int b = 0; b < B; b++) {
                Sequence single = make.get().forward(single(source, b), single(target, b));
                near(single.all(), y.one(b).rows(0, TARGET_LENGTHS[b]), "sequence " + b);
            }
        });
    }

    private static Sequence single(Sequence s, int b) {
        Sequence single = new Sequence(s.length(b), 1, s.F);
        single.all().set(s.one(b).rows(0, s.length(b)));
        return single;
    }

    @TestFactory
    Stream<DynamicTest> paddingIsNotSeenAndHasNoGradient() {
        return forEach(make -> {
            EncoderDecoder net = make.get();
            Sequence source = source(net), target = target(net), dy = sequence(TARGET, K, 10);
            dy.one(0).rows(2, TARGET).fill(0);
            dy.one(2).rows(3, TARGET).fill(0);
            Sequence y = net.forward(source, target).copy();
            source.one(1).rows(1, SOURCE).fill(55);
            target.one(0).rows(2, TARGET).fill(55);
            Sequence again = net.forward(source, target);
            for (int b = 0; b < B; b++) {
                near(y.one(b).rows(0, TARGET_LENGTHS[b]), again.one(b).rows(0, TARGET_LENGTHS[b]), "sequence " + b);
            }
            Sequence dTarget = net.backward(dy);
            assertEquals(0, dTarget.one(0).rows(2, TARGET).maxAbs(), "dtarget");
            assertEquals(0, net.sourceGradient().one(1).rows(1, SOURCE).maxAbs(), "dsource");
            assertTrue(net.sourceGradient().one(1).row(0).maxAbs() > 1e-6, "the one step there is has a gradient");
        });
    }

    @TestFactory
    Stream<DynamicTest> argumentsStayAsTheyWereAndAreNotKept() {
        return forEach(make -> {
            EncoderDecoder net = make.get(), twin = make.get();
            Sequence x = EncoderDecoder.join(source(net), target(net)), original = x.copy(), dy = sequence(SOURCE, K, 11), dyOriginal = dy.copy();
            net.forward(x);
            near(original.all(), x.all(), "x");
            x.fill(Double.NaN);
            Matrix dx = net.backward(dy).all().copy();
            near(dyOriginal.all(), dy.all(), "dy");
            twin.forward(original);
            near(twin.backward(dyOriginal).all(), dx, "dx");
        });
    }

    @TestFactory
    Stream<DynamicTest> afterOtherShapesItEqualsAFreshOne() {
        return forEach(make -> {
            EncoderDecoder used = make.get();
            for (int[] n : new int[][] {{5, 4, 3}, {3, 4, 3}, {3, 6, 3}, {3, 6, 2}, {5, 4, 3}}) {
                EncoderDecoder fresh = make.get();
                Sequence source = new Sequence(n[0], n[2], source(used).F), target = new Sequence(n[1], n[2], target(used).F);
                Init.normal(1).fill(source.all(), random(30));
                Init.normal(1).fill(target.all(), random(31));
                Sequence y = fresh.forward(source, target), dy = new Sequence(n[1], n[2], K);
                Init.normal(1).fill(dy.all(), random(32));
                near(y.all(), used.forward(source, target).all(), "y");
                used.zeroGrad();
                near(fresh.backward(dy).all(), used.backward(dy).all(), "dtarget");
                near(fresh.sourceGradient().all(), used.sourceGradient().all(), "dsource");
                fresh.named().forEach((name, p) -> near(p.grad, used.param(name).grad, "d" + name));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsAddUpUntilTheyAreCleared() {
        return forEach(make -> {
            EncoderDecoder net = make.get();
            Sequence dy = sequence(TARGET, K, 33);
            Map<String, Matrix> once = new LinkedHashMap<>();
            for (int pass = 0; pass < 2; pass++) {
                net.forward(source(net), target(net));
                net.backward(dy);
                if (pass == 0) {
                    net.named().forEach((name, p) -> once.put(name, p.grad.copy()));
                }
            }
            once.forEach((name, grad) -> near(grad.scale(2), net.param(name).grad, "d" + name));
        });
    }

    @Test void oneMemoryServesDecodersOfAnyLength() {
        Attention attention = Attention.dot(H).memory(sequence(SOURCE, H, 12).lengths(LENGTHS));
        Sequence h = sequence(TARGET, H, 13);
        Matrix y = attention.forward(h).all().copy();
        attention.forward(sequence(TARGET + 2, H, 14));
        near(y, attention.forward(h).all(), "y");
    }

    @TestFactory
    Stream<DynamicTest> attentionAlone() {
        return Stream.of(Attention.dot(H), Attention.additive(H, random(4))).map(attention -> DynamicTest.dynamicTest(attention.toString(), () -> {
            Sequence e = sequence(SOURCE, H, 12).lengths(LENGTHS), h = sequence(TARGET, H, 13).lengths(TARGET_LENGTHS);
            Sequence d = new Sequence(TARGET, B, 2 * H).fill(0.2);
            SquaredError loss = SquaredError.half();
            attention.memory(e);
            GradientCheck check = GradientCheck.of(attention, loss, h, d, null);
            assertTrue(check.worst() <= 1e-6, check::toString);
            for (int pass = 0; pass < 2; pass++) {
                loss.forward(attention.forward(h), d);
                attention.backward(loss.backward());
            }
            Matrix de = attention.memoryGradient().all().copy();
            for (int i = 0; i < de.rows(); i++) {
                for (int j = 0; j < H; j++) {
                    double w = e.all().get(i, j), step = 1e-5;
                    e.all().set(i, j, w + step);
                    double above = loss.forward(attention.memory(e).forward(h), d);
                    e.all().set(i, j, w - step);
                    double below = loss.forward(attention.memory(e).forward(h), d);
                    e.all().set(i, j, w);
                    assertEquals((above - below) / (2 * step), de.get(i, j), 1e-9, "e [" + i + "," + j + "]");
                }
            }
            Sequence a = attention.traces().get("a");
            for (int b = 0; b < B; b++) {
                Matrix row = new Matrix(TARGET, 1).dot(a.one(b), new Matrix(SOURCE, 1).fill(1));
                near(new Matrix(TARGET, 1).fill(1), row, "weights sum to 1");
                if (LENGTHS[b] < SOURCE) {
                    assertEquals(0, a.one(b).cols(LENGTHS[b], SOURCE).maxAbs(), "none behind the end");
                }
            }
            assertTrue(a.one(0).maxDifference(new Matrix(TARGET, SOURCE).fill(1.0 / SOURCE)) > 1e-3, "weights differ from step to step");
        }));
    }

    @Test void theMemoryIsCopied() {
        Attention attention = Attention.dot(H);
        Sequence e = sequence(SOURCE, H, 12), h = sequence(TARGET, H, 13);
        Matrix y = attention.memory(e).forward(h).all().copy();
        attention.memory(e);
        e.fill(Double.NaN);
        near(y, attention.forward(h).all(), "y");
    }

    // ---- symbols ----

    private static final int V = 6, START = 1;

    private static EncoderDecoder translator(String score) {
        SplittableRandom random = random(20);
        boolean none = score.equals("no attention");
        EncoderDecoder net = new EncoderDecoder(new Gru(8, 24, random), new Gru(8, 24, random), new Dense(none ? 24 : 48, V, random))
                .embed(new Embedding(V, 8, random), new Embedding(V, 8, random));
        return none ? net : net.attend(score.equals("dot") ? Attention.dot(24) : Attention.additive(24, random));
    }

    private static Sequence symbols(int[]... words) {
        Sequence s = new Sequence(java.util.Arrays.stream(words).mapToInt(w -> w.length).max().orElse(0), words.length, 1);
        for (int b = 0; b < words.length; b++) {
            for (int t = 0; t < words[b].length; t++) {
                s.at(t).set(b, 0, words[b][t]);
            }
        }
        return s.lengths(java.util.Arrays.stream(words).mapToInt(w -> w.length).toArray());
    }

    @TestFactory
    Stream<DynamicTest> writingEqualsReadingWhatWasWritten() {
        return Stream.of("no attention", "dot", "additive").map(score -> DynamicTest.dynamicTest(score, () -> {
            int[][] words = {{2, 3, 4}, {5, 2}, {3, 3, 2, 5}};
            EncoderDecoder net = translator(score);                         // untrained: writes on and on
            Sequence source = symbols(words);
            int[][] written = net.generate(source, START, 6, V + 1);
            Sequence inputs = new Sequence(6, 3, 1);
            for (int b = 0; b < 3; b++) {
                assertEquals(6, written[b].length, "no end symbol, so all steps");
                for (int t = 0; t < 6; t++) {
                    inputs.at(t).set(b, 0, t == 0 ? START : written[b][t - 1]);
                }
                assertArrayEquals(written[b], net.generate(symbols(words[b]), START, 6, V + 1)[0], "alone");
            }
            Sequence y = net.forward(source, inputs);
            for (int b = 0; b < 3; b++) {
                for (int t = 0; t < 6; t++) {
                    assertEquals(written[b][t], y.at(t).argMax(b), "step " + t + " of sequence " + b);
                }
            }
            for (int end = 0; end < V; end++) {
                int[][] cut = net.generate(source, START, 6, end);
                for (int b = 0; b < 3; b++) {
                    int first = 0;
                    while (first < 6 && written[b][first] != end) {
                        first++;
                    }
                    assertArrayEquals(java.util.Arrays.copyOf(written[b], first), cut[b], "cut at the end symbol, whatever comes behind it");
                }
            }
            says(() -> net.backward(y), "forward(x) first");
        }));
    }

    @Test void writesWithOneHotInputsToo() {
        EncoderDecoder net = new EncoderDecoder(new Elman(V, H, random(1)), new Elman(V, H, random(2)), new Dense(H, V, random(3)));
        assertEquals(4, net.generate(new Sequence(3, 2, V).fill(0.1), START, 4, V + 1)[1].length);
    }

    /** A dropout takes any width, so that the width is that of the cell behind it. */
    @Test void aLayerOfAnyWidthMayStandBeforeACell() {
        EncoderDecoder plain = nets().get("GRU, dot").get(), dropped = nets().get("GRU, dot").get()
                .embed(new Dropout(0.5, random(1)), new Dropout(0.5, random(2)));
        assertEquals(plain.inputs(), dropped.inputs());
        Sequence x = EncoderDecoder.join(source(plain), target(plain));
        near(plain.forward(x).all(), dropped.forward(x).all(), "y");
        assertEquals(1, dropped.generate(sequence(SOURCE, D, 7), 1, 1, V + 1)[0].length);
    }

    @Test void aJoinedInputIsAsLongAsTheLongerOfItsTwo() {
        Sequence x = EncoderDecoder.join(sequence(SOURCE, D, 7).lengths(LENGTHS), sequence(TARGET, D, 8).lengths(TARGET_LENGTHS));
        assertArrayEquals(new int[] {5, 4, 3}, new int[] {x.length(0), x.length(1), x.length(2)});
    }

    @Test void partsHaveNames() {
        EncoderDecoder net = translator("additive");
        assertEquals("[source.W, encoder.Wx, encoder.Wh, encoder.b, encoder.bq, target.W, decoder.Wx, decoder.Wh, decoder.b, decoder.bq, "
                + "attention.Wq, attention.Wk, attention.v, head.W, head.b]", net.named().keySet().toString());
        net.forward(new Sequence(3, 2, 1), new Sequence(5, 2, 1));
        assertEquals("[T=5,B=2,F=3]", net.traces().get("attention.a").shape());
        assertTrue(net.traces().containsKey("decoder.h"));
        assertTrue(net.toString().contains("attention  Attention(additive, 24)"), net.toString());
        Dropout dropout = new Dropout(0.5, random(1));
        new EncoderDecoder(new Elman(D, H, random(1)), new Elman(D, H, random(2)), Sequential.of(dropout, new Dense(H, K, random(3)))).training(true);
        assertTrue(dropout.training(), "training reaches every part");
    }

    @Test void misuseGetsASentence() {
        Recurrent cell = new Elman(D, H, random(1));
        Layer head = new Dense(H, K, random(1));
        says(() -> new EncoderDecoder(cell, cell, head), "layer decoder, Elman(", "same object as layer encoder");
        says(() -> new EncoderDecoder(cell, new Elman(D, H + 1, random(1)), head), "{h=" + H + "}", "{h=" + (H + 1) + "}");
        says(() -> new EncoderDecoder(cell, new Lstm(D, H, random(1)), head), "states {h=" + H + "}", "c=" + H);
        EncoderDecoder net = nets().get("GRU, dot").get();
        says(() -> net.forward(new Sequence(2, 1, D)), "D = 6");
        says(() -> net.forward(new Sequence(2, 1, 6)), "column 4", "EncoderDecoder.join");
        says(() -> EncoderDecoder.join(new Sequence(2, 1, D), new Sequence(2, 2, D)), "differ in B");
        says(() -> EncoderDecoder.fill(new Sequence(3, 1, 1), new Sequence(2, 1, 6)), "3 steps", "2");
        says(() -> net.backward(new Sequence(2, 1, K)), "before any forward");
        net.generate(new Sequence(2, 1, D), 0, 1, -1);
        says(() -> net.backward(new Sequence(1, 1, K)), "before any forward");
        says(() -> net.generate(new Sequence(2, 1, D), 7, 1, -1), "symbol 7", "0 to 1");
        says(() -> net.generate(new Sequence(2, 1, D), 0, 0, -1), "steps = 0");
        says(() -> net.forward(new Sequence(2, 1, D), new Sequence(2, 2, D)), "differ in B");
        says(() -> nets().get("GRU, dot").get().sourceGradient(), "before any backward");
        EncoderDecoder twice = nets().get("GRU, dot").get();
        twice.forward(new Sequence(2, 1, D), new Sequence(3, 1, D));
        twice.backward(new Sequence(3, 1, K));
        assertEquals("[T=2,B=1,F=2]", twice.sourceGradient().shape());
        twice.forward(new Sequence(2, 1, D), new Sequence(3, 1, D));
        says(twice::sourceGradient, "before any backward");
        says(() -> Attention.dot(H).memory(new Sequence(1, 1, H)).memoryGradient(), "before any backward");
        Embedding shared = new Embedding(V, D, random(1));
        says(() -> new EncoderDecoder(cell, new Elman(D, H, random(1)), head).embed(shared, shared), "layer target", "same object as layer source");
        says(() -> new EncoderDecoder(cell, new Elman(D, H, random(1)), cell), "layer head", "same object as layer encoder");
        says(() -> Attention.dot(H).forward(new Sequence(1, 1, H)), "memory(e)");
        says(() -> Attention.dot(H).memory(new Sequence(1, 1, H + 1)), "H = 4");
        says(() -> Attention.dot(H).memory(new Sequence(1, 1, H)).forward(new Sequence(1, 2, H)), "B = 2");
        says(() -> Attention.dot(H).backward(new Sequence(1, 1, 2 * H)), "before any forward");
    }
}
