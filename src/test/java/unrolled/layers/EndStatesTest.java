package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Start and end states of whole networks, and their gradients. */
class EndStatesTest {
    private static final int T = 5, B = 4, D = 3, H = 4;
    private static final int[] LENGTHS = {5, 1, 3, 4};

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }

    private static Sequence random(int T, int B, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random(seed));
        return s;
    }

    private static Map<String, Supplier<Layer>> withMemory() {
        Map<String, Supplier<Layer>> nets = new LinkedHashMap<>();
        nets.put("cell", () -> new Lstm(D, H, random(1)));
        nets.put("Sequential", () -> Sequential.of(new Lstm(D, H, random(1)), new Dense(H, 3, random(2)), new Gru(3, 2, random(3))));
        nets.put("Bidirectional", () -> Bidirectional.of(new Gru(D, H, random(1)), new Lstm(D, 3, random(2))));
        nets.put("Bidirectional sum", () -> Bidirectional.sum(new Elman(D, H, random(1)), new Elman(D, H, random(2))));
        nets.put("Backwards", () -> Backwards.of(new Lstm(D, H, random(1))));
        nets.put("one in another", () -> Sequential.of(Bidirectional.of(new Gru(D, H, random(1)), new Gru(D, H, random(2))),
                Sequential.of(new Lstm(2 * H, 3, random(3)), Backwards.of(new Elman(3, 2, random(4))))));
        return nets;
    }

    /** L = ½ |y|² + Σ c ∘ end, whose gradients need dEnd; starts by central differences. */
    @TestFactory
    Stream<DynamicTest> gradientsOfStartsWithGradientsOfEnds() {
        return withMemory().entrySet().stream().flatMap(n -> Stream.of(new int[][] {null, LENGTHS}).map(lengths -> DynamicTest.dynamicTest(
                n.getKey() + (lengths == null ? "" : ", lengths"), () -> {
                    Layer net = n.getValue().get();
                    Sequence x = random(T, B, D, 8).lengths(lengths);
                    net.forward(x);
                    Matrix[] start = net.end().stream().map(s -> filled(s, 9)).toArray(Matrix[]::new);
                    List<Matrix> c = net.end().stream().map(s -> filled(s, 10)).toList();
                    SquaredError loss = SquaredError.half();
                    for (int pass = 0; pass < 2; pass++) {
                        Sequence y = net.start(start).forward(x);
                        loss.forward(y, new Sequence(y.T, y.B, y.F));
                        net.backward(loss.backward(), c);
                    }
                    List<Matrix> gradients = net.startGradient().stream().map(Matrix::copy).toList();
                    assertEquals(start.length, gradients.size());
                    for (int s = 0; s < start.length; s++) {
                        for (int b = 0; b < B; b++) {
                            double w = start[s].get(b, 1), e = 1e-5;
                            start[s].set(b, 1, w + e);
                            double above = L(net, start, x, c);
                            start[s].set(b, 1, w - e);
                            double below = L(net, start, x, c);
                            start[s].set(b, 1, w);
                            assertEquals((above - below) / (2 * e), gradients.get(s).get(b, 1), 1e-8, "state " + s + " of sequence " + b);
                        }
                    }
                })));
    }

    private static Matrix filled(Matrix shape, long seed) {
        Matrix m = new Matrix(shape.rows(), shape.cols());
        Init.normal(0.5).fill(m, random(seed));
        return m;
    }

    private static double L(Layer net, Matrix[] start, Sequence x, List<Matrix> c) {
        Sequence y = net.start(start).forward(x);
        SquaredError loss = SquaredError.half();
        double L = loss.forward(y, new Sequence(y.T, y.B, y.F));
        for (int s = 0; s < c.size(); s++) {
            L += new Matrix(B, c.get(s).cols()).times(c.get(s), net.end().get(s)).sum();
        }
        return L;
    }

    @Test void theirOrderIsCellAfterCell() {
        Lstm first = new Lstm(D, H, random(1));
        Gru second = new Gru(H, 2, random(2));
        Layer net = Sequential.of(first, second);
        net.forward(random(T, B, D, 1));
        assertEquals(List.of("[4,4]", "[4,4]", "[4,2]"), net.end().stream().map(Matrix::shape).toList());
        assertSame(first.end().get(0), net.end().get(0));
        assertSame(first.end().get(1), net.end().get(1));
        assertSame(second.end().get(0), net.end().get(2));
        assertEquals(List.of(), new Dense(2, 2, random(1)).end());
    }

    /** Two halves, the second starting where the first ended, are one run: outputs, and gradients through the states between them. */
    @Test void twoHalvesAreOneRun() {
        Layer whole = stacked(), halves = stacked();
        Sequence x = random(6, B, D, 1), dy = random(6, B, 2, 2);
        Sequence y = whole.forward(x);
        Matrix dx = whole.backward(dy).all();
        Sequence first = RecurrentTest.part(x, 0, 3), second = RecurrentTest.part(x, 3, 3);
        halves.forward(first);
        Matrix[] between = halves.end().stream().map(Matrix::copy).toArray(Matrix[]::new);
        assertEquals(0, RecurrentTest.part(y, 3, 3).all().maxDifference(halves.start(between).forward(second).all()), 1e-14);
        assertEquals(0, dx.rows(3 * B, 6 * B).copy().maxDifference(halves.backward(RecurrentTest.part(dy, 3, 3)).all()), 1e-14);
        List<Matrix> dBetween = halves.startGradient().stream().map(Matrix::copy).toList();
        halves.start().forward(first);
        assertEquals(0, dx.rows(0, 3 * B).copy().maxDifference(halves.backward(RecurrentTest.part(dy, 0, 3), dBetween).all()), 1e-14);
        whole.named().forEach((name, p) -> assertEquals(0, p.grad.maxDifference(halves.param(name).grad), 1e-13, name));
    }

    private static Layer stacked() {
        return Sequential.of(new Lstm(D, H, random(1)), new Gru(H, 2, random(2)));
    }

    /** The gradients of the end states belong to one backward pass, also where it was refused. */
    @Test void gradientsOfEndsAreForgotten() {
        Layer net = stacked(), twin = stacked();
        Sequence x = random(T, B, D, 1), dy = random(T, B, 2, 2);
        net.forward(x);
        twin.forward(x);
        List<Matrix> dEnd = net.end().stream().map(s -> filled(s, 3)).toList();
        assertThrows(IllegalArgumentException.class, () -> net.backward(random(T, B, 3, 2), dEnd));
        assertEquals(0, twin.backward(dy).all().maxDifference(net.backward(dy).all()));
        assertTrue(net.backward(dy, dEnd).all().maxDifference(twin.backward(dy).all()) > 1e-3);
        assertEquals(0, twin.backward(dy).all().maxDifference(net.backward(dy).all()));
    }

    /** Layers of cells as encoder and decoder: teacher-forced in one pass equals writing step by step, so the states arrive. */
    @Test void aNetworkOfCellsEncodesAndDecodes() {
        EncoderDecoder net = new EncoderDecoder(Sequential.of(new Lstm(D, H, random(1)), new Gru(H, H, random(2))),
                Sequential.of(new Lstm(3, H, random(3)), new Gru(H, H, random(4))), new Dense(H, 3, random(5)));
        Sequence source = random(T, 2, D, 6).lengths(5, 2);
        int[][] written = net.generate(source, 0, 4, -1);
        for (int b = 0; b < 2; b++) {
            Sequence inputs = new Sequence(4, 2, 3);
            for (int t = 0; t < 4; t++) {
                inputs.at(t).set(b, t == 0 ? 0 : written[b][t - 1], 1);
            }
            Sequence y = net.forward(source, inputs);
            for (int t = 0; t < 4; t++) {
                assertEquals(written[b][t], y.at(t).argMax(b));
            }
        }
        Sequence joined = EncoderDecoder.join(source, random(3, 2, 3, 7)), d = new Sequence(joined.T, 2, 3);
        unrolled.train.GradientCheck check = unrolled.train.GradientCheck.of(net, SquaredError.half(), joined, d, null);
        assertTrue(check.rows().stream().filter(r -> !r.name().equals("x") || r.j() < D + 3).mapToDouble(unrolled.train.GradientCheck.Row::error).max()
                .orElseThrow() <= 1e-6, check::toString);
    }

    @Test void misuseGetsASentence() {
        Class<IllegalArgumentException> bad = IllegalArgumentException.class;
        Lstm cell = new Lstm(D, H, random(1));
        says(IllegalStateException.class, cell::startGradient, "call forward(x) first");
        cell.forward(random(T, B, D, 1));
        Sequence dy = random(T, B, H, 2);
        says(bad, () -> cell.backward(dy, List.of(new Matrix(B, H), new Matrix(B, H + 1))), "end state c is [4,5]", "expected [4,4]");
        says(bad, () -> cell.backward(dy, List.of(new Matrix(B, H))), "got 1 state", "2, [h, c]");
        says(bad, () -> cell.start(new Matrix(B, H + 1), new Matrix(B, H)).forward(random(T, B, D, 1)), "state h is [4,5]", "another order");
        Layer two = stacked();
        says(bad, () -> two.start(new Matrix(B, H)), "got 1 state", "[0.h, 0.c, 1.h]");
        says(bad, () -> new Dense(2, 2, random(1)).start(new Matrix(B, H)), "it has none");
        says(IllegalStateException.class, two::end, "call forward(x) first");
        two.start(new Matrix(1, H), new Matrix(1, H), new Matrix(1, 2));
        says(IllegalStateException.class, () -> two.backward(new Sequence(1, 1, 2)), "before any forward");
        two.start();
        two.forward(random(T, B, D, 1));
        two.forward(random(2, 1, D, 1));
    }

    private static void says(Class<? extends RuntimeException> type, Runnable run, String... words) {
        String message = assertThrows(type, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
