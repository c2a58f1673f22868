package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** What every recurrent layer promises: gradients, and that two ways of computing the same thing agree. */
class RecurrentTest {
    private static final int T = 6, B = 3, D = 4, H = 5;

    static Map<String, Supplier<Recurrent>> cells() {
        Map<String, Supplier<Recurrent>> cells = new LinkedHashMap<>();
        cells.put("Elman", () -> new Elman(D, H, random(1)));
        cells.put("Elman, relu", () -> Elman.relu(D, H, random(1)));
        cells.put("Jordan", () -> new Jordan(D, 6, H, random(1)));
        cells.put("LSTM", () -> new Lstm(D, H, random(1)));
        cells.put("LSTM, peepholes", () -> Lstm.peepholes(D, H, random(1)));
        cells.put("LSTM, 1997", () -> new Lstm1997(D, H, random(1)));
        cells.put("GRU", () -> new Gru(D, H, random(1)));
        cells.put("GRU, 2014", () -> Gru.of2014(D, H, random(1)));
        cells.replaceAll((name, make) -> () -> {
            Recurrent cell = make.get();
            for (Param p : cell.params()) {
                if (p.name.startsWith("b") || p.name.equals("p")) {     // zeros would hide mistakes in these
                    Init.normal(0.5).fill(p.value, random(2));
                }
            }
            return cell;
        });
        return cells;
    }

    static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }

    static Sequence input(long seed) {
        Sequence x = new Sequence(T, B, D);
        Init.normal(1).fill(x.all(), random(seed));
        return x;
    }

    static Sequence gradient(long seed) {
        Sequence dy = new Sequence(T, B, H);
        Init.normal(1).fill(dy.all(), random(seed));
        return dy;
    }

    static Stream<DynamicTest> forEachCell(java.util.function.Consumer<Supplier<Recurrent>> test) {
        return cells().entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> test.accept(c.getValue())));
    }

    static void near(Matrix expected, Matrix actual, String what) {
        assertEquals(0, expected.maxDifference(actual), 1e-12, what);
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfParametersAndInputs() {
        return forEachCell(make -> {
            for (int[] lengths : new int[][] {null, {6, 2, 4}}) {
                Layer net = Sequential.of(make.get(), new Dense(H, 2, random(3)));
                Sequence d = new Sequence(T, B, 2).fill(0.3);
                GradientCheck check = GradientCheck.of(net, SquaredError.half(), input(4).lengths(lengths), d, null);
                assertTrue(check.worst() <= 1e-6, check::toString);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientOfTheInitialStateOnTheSecondPass() {
        return forEachCell(make -> {
            Recurrent cell = make.get();
            Sequence x = input(5), d = new Sequence(T, B, H).fill(0.2);
            SquaredError loss = SquaredError.half();
            cell.forward(x);
            Matrix[] start = cell.end().stream().map(s -> new Matrix(s.rows(), s.cols())).toArray(Matrix[]::new);
            for (Matrix s : start) {
                Init.normal(0.5).fill(s, random(6));
            }
            for (int pass = 0; pass < 2; pass++) {
                loss.forward(cell.start(start).forward(x), d);
                cell.backward(loss.backward());
            }
            List<Matrix> gradients = cell.startGradient().stream().map(Matrix::copy).toList();
            for (int n = 0; n < start.length; n++) {
                for (int i = 0; i < B; i++) {
                    for (int j = 0; j < start[n].cols(); j++) {
                        double w = start[n].get(i, j), e = 1e-5;
                        double above = loss.forward(cell.start(with(start, n, i, j, w + e)).forward(x), d);
                        double below = loss.forward(cell.start(with(start, n, i, j, w - e)).forward(x), d);
                        assertEquals((above - below) / (2 * e), gradients.get(n).get(i, j), 1e-9, "state " + n + " [" + i + "," + j + "]");
                    }
                }
            }
        });
    }

    private static Matrix[] with(Matrix[] start, int n, int i, int j, double value) {
        Matrix[] changed = start.clone();
        changed[n] = start[n].copy().set(i, j, value);
        return changed;
    }

    @TestFactory
    Stream<DynamicTest> aBatchEqualsItsSingles() {
        return forEachCell(make -> {
            Sequence x = input(7), y = make.get().forward(x);
            for (int b = 0; b < B; b++) {
                Sequence single = new Sequence(T, 1, D);
                for (int t = 0; t < T; t++) {
                    single.at(t).set(x.at(t).row(b));
                }
                Sequence out = make.get().forward(single);
                for (int t = 0; t < T; t++) {
                    near(out.at(t), y.at(t).row(b), "sequence " + b + ", step " + t);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> oneLongRunEqualsTwoWithCarriedState() {
        return forEachCell(make -> {
            Recurrent whole = make.get(), parts = make.get().carry(true);
            Sequence x = input(8), y = whole.forward(x);
            for (int half = 0; half < 2; half++) {
                Sequence out = parts.forward(part(x, half * 3, 3));
                for (int t = 0; t < 3; t++) {
                    near(y.at(half * 3 + t), out.at(t), "step " + t + " of half " + half);
                }
            }
            parts.reset();
            near(y.at(0), parts.forward(part(x, 0, 3)).at(0), "after reset");
        });
    }

    @TestFactory
    Stream<DynamicTest> generationStepByStepEqualsOnePass() {
        return forEachCell(make -> {
            Recurrent cell = make.get().carry(true);
            Sequence x = input(9), y = make.get().forward(x);
            for (int t = 0; t < T; t++) {
                near(y.at(t), cell.forward(part(x, t, 1)).at(0), "step " + t);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> truncationEqualsBlocksWithCarriedState() {
        return forEachCell(make -> {
            Recurrent whole = make.get().truncate(2), parts = make.get().carry(true);
            Sequence x = input(10), dy = gradient(11);
            whole.forward(x);
            Sequence dx = whole.backward(dy);
            for (int block = 0; block < 3; block++) {
                parts.forward(part(x, block * 2, 2));
                Sequence dxBlock = parts.backward(part(dy, block * 2, 2));
                near(part(dx, block * 2, 2).all(), dxBlock.all(), "dx of block " + block);
            }
            for (Param p : whole.params()) {
                near(p.grad, parts.param(p.name).grad, "d" + p.name);
            }
        });
    }

    /** The gradient of an end state comes back through any number of padded steps, and is not cut there. */
    @TestFactory
    Stream<DynamicTest> truncationCutsNothingInPadding() {
        return forEachCell(make -> {
            int n = 3;
            Recurrent padded = make.get().truncate(2), plain = make.get().truncate(2);
            Sequence x = input(12), dy = gradient(13);
            padded.forward(x.lengths(n, n, n));
            plain.forward(part(x, 0, n).lengths((int[]) null));
            List<Matrix> dEnd = plain.end().stream().map(s -> new Matrix(s.rows(), s.cols()).fill(0.3)).toList();
            for (int t = n; t < T; t++) {
                dy.at(t).fill(0);
            }
            Sequence dx = padded.backward(dy, dEnd);
            near(plain.backward(part(dy, 0, n), dEnd).all(), part(dx, 0, n).all(), "dx");
            for (Param p : plain.params()) {
                near(p.grad, padded.param(p.name).grad, "d" + p.name);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> paddedEqualsUnpadded() {
        return forEachCell(make -> {
            int n = 4;
            Recurrent padded = make.get(), plain = make.get();
            Sequence x = input(12).lengths(n, n, n), dy = gradient(13);
            x.at(n).fill(77);
            for (int t = n; t < T; t++) {
                dy.at(t).fill(0);
            }
            Sequence y = padded.forward(x), yPlain = plain.forward(part(x, 0, n).lengths((int[]) null));
            near(yPlain.all(), part(y, 0, n).all(), "y");
            for (int s = 0; s < padded.end().size(); s++) {
                near(plain.end().get(s), padded.end().get(s), "end state " + s);
            }
            Sequence dx = padded.backward(dy), dxPlain = plain.backward(part(dy, 0, n));
            near(dxPlain.all(), part(dx, 0, n).all(), "dx");
            assertEquals(0, part(dx, n, T - n).all().maxAbs(), "no gradient at padding");
            for (Param p : plain.params()) {
                near(p.grad, padded.param(p.name).grad, "d" + p.name);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theFirstInputReachesTheLastOutput() {
        return forEachCell(make -> {
            Sequence x = input(14);
            Matrix before = make.get().forward(x).at(T - 1).copy();
            x.at(0).addScaled(0.1, x.at(1).copy());
            assertTrue(make.get().forward(x).at(T - 1).maxDifference(before) > 1e-6, "the recurrence is not lost");
        });
    }

    @TestFactory
    Stream<DynamicTest> argumentsStayAsTheyWereAndAreNotKept() {
        return forEachCell(make -> {
            Recurrent cell = make.get(), twin = make.get();
            Sequence x = input(15), original = x.copy(), dy = gradient(16), dyOriginal = dy.copy();
            cell.forward(x);
            near(original.all(), x.all(), "x");
            x.fill(Double.NaN);
            Matrix dx = cell.backward(dy).all().copy();
            near(dyOriginal.all(), dy.all(), "dy");
            twin.forward(original);
            near(twin.backward(dyOriginal).all(), dx, "dx");
        });
    }

    @Test void bidirectionalEqualsTwoCellsByHand() {
        for (int[] lengths : new int[][] {null, {6, 2, 4}}) {
            Lstm forth = new Lstm(D, H, random(1)), back = new Lstm(D, H, random(2));
            Sequence x = input(17).lengths(lengths), y = Bidirectional.of(new Lstm(D, H, random(1)), new Lstm(D, H, random(2))).forward(x);
            Sequence reversed = new Sequence(T, B, D).reverse(x), again = new Sequence(T, B, D).reverse(reversed);
            near(x.all(), again.all(), "reversed twice");
            Sequence a = forth.forward(x), b = new Sequence(T, B, H).reverse(back.forward(reversed));
            near(a.all(), y.all().cols(0, H), "forth");
            near(b.all(), y.all().cols(H, 2 * H), "back");
        }
    }

    @Test void anEmbeddingEqualsAOneHotProduct() {
        Embedding table = new Embedding(7, D, random(1));
        Dense dense = new Dense(table.param("W").value, null);
        Sequence symbols = new Sequence(T, B, 1), oneHot = new Sequence(T, B, 7), dy = new Sequence(T, B, D);
        Init.normal(1).fill(dy.all(), random(3));
        for (int r = 0; r < T * B; r++) {
            symbols.all().set(r, 0, r % 5);
            oneHot.all().set(r, r % 5, 1);
        }
        near(dense.forward(oneHot).all(), table.forward(symbols).all(), "y");
        dense.backward(dy);
        assertEquals(0, table.backward(dy).all().maxAbs(), "no gradient flows to symbol numbers");
        near(dense.param("W").grad, table.param("W").grad, "dW");
    }

    @Test void aTimeDelayNetworkSeesItsWindowAndNothingElse() {
        Tdnn net = new Tdnn(D, H, 3, random(1));
        Sequence x = input(18);
        Matrix before = net.forward(x).at(4).copy();
        x.at(1).fill(9);
        near(before, net.forward(x).at(4), "outside the window");
        x.at(2).fill(9);
        assertTrue(net.forward(x).at(4).maxDifference(before) > 1e-3, "inside the window");
    }

    @Test void theBiasThatKeepsIsSetForEveryUnitOfItsGateAndNoOther() {
        assertEquals("0 0 0 0 0 2 2 2 2 2 0 0 0 0 0 0 0 0 0 0", biases(new Lstm(D, H, random(1)).forgetBias(2)));
        assertEquals("0 0 0 0 0 2 2 2 2 2 0 0 0 0 0", biases(new Gru(D, H, random(1)).updateBias(2)));
    }

    private static String biases(Recurrent cell) {
        Matrix b = cell.param("b").value;
        return java.util.stream.IntStream.range(0, b.cols()).mapToObj(j -> String.valueOf((int) b.get(0, j)))
                .collect(java.util.stream.Collectors.joining(" "));
    }

    @Test void misuseGetsASentence() {
        Elman cell = new Elman(D, H, random(1));
        says(() -> cell.forward(new Sequence(2, 1, D + 1)), "D = 4");
        says(cell::end, "before any forward");
        says(() -> cell.backward(gradient(1)), "before any forward");
        cell.carry(true).forward(input(1));
        says(() -> cell.forward(new Sequence(T, B + 1, D)), "reset()");
        says(() -> cell.reset().start(new Matrix(B, H + 1)).forward(input(1)), "state h is [3,6]", "needs [3,5]");
        says(() -> cell.reset().start(new Matrix(B + 1, H)).forward(input(1)), "state h is [4,5]", "needs [3,5]");
        says(() -> cell.reset().start(new Matrix(B, H), new Matrix(B, H)).forward(input(1)), "2 states", "[h]");
        says(() -> cell.truncate(0), "at least 1");
        says(() -> new Embedding(3, 2, random(1)).forward(new Sequence(1, 1, 1).fill(3)), "0 to 2");
        says(() -> Bidirectional.of(cell, cell), "same object");
        says(() -> new Sequence(3, 2, 1).lengths(3), "B = 2");
        says(() -> new Sequence(3, 2, 1).lengths(3, 4), "1 to T = 3");
    }

    @Test void thereIsOneTimeLoop() throws IOException {
        List<Path> with = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/unrolled/layers"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).matches("(?s).*for \\(int t = .*")) {
                    with.add(file.getFileName());
                }
            }
        }
        assertEquals(List.of(Path.of("TimeLoop.java")), with);
    }

    static Sequence part(Sequence s, int from, int steps) {
        Sequence part = new Sequence(steps, s.B, s.F);
        for (int t = 0; t < steps; t++) {
            part.at(t).set(s.at(from + t));
        }
        return part;
    }

    static void says(Runnable run, String... words) {
        String message = assertThrows(RuntimeException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test void anElmanNetworkWithGivenWeightsComputesItsEquation() {
        Matrix Wx = Matrix.rowOf(1, -0.5), Wh = Matrix.of(new double[][] {{0.5, 0.3}, {-0.4, 0.2}}), b = Matrix.rowOf(0.1, 0);
        Sequence x = new Sequence(2, 1, 1);
        x.at(0).set(0, 0, 2);
        x.at(1).set(0, 0, -1);
        Elman elman = new Elman(Wx, Wh, b);
        Wx.fill(7);                                                        // the layer has its own copy
        Sequence h = elman.forward(x);
        double h1 = Math.tanh(2 * 1 + 0.1), h2 = Math.tanh(2 * -0.5);
        assertEquals(Math.tanh(-1 * 1 + h1 * 0.5 + h2 * -0.4 + 0.1), h.at(1).get(0, 0), 1e-15);
        assertEquals(Math.tanh(-1 * -0.5 + h1 * 0.3 + h2 * 0.2), h.at(1).get(0, 1), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> new Elman(Matrix.rowOf(1, 2), Matrix.rowOf(1, 2), Matrix.rowOf(0, 0)));
    }
}
