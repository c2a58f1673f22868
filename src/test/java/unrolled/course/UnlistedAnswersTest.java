package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unrolled.course.lesson17.ConvSize;
import unrolled.course.lesson17.MapOf;
import unrolled.layers.Dense;
import unrolled.math.Matrix;

/**
 * Answers as learners might write them: to each exercise of lessons 01, 02, 16 and 17 plausible wrong ones, with a part of what is said to them,
 * and unusual right ones.
 */
class UnlistedAnswersTest {

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource
    void wrong(String id, Object answer, String says) {
        Verdict verdict = Lessons.exercise(id).orElseThrow().judge(answer);
        assertEquals(Verdict.State.WRONG, verdict.state(), verdict.message());
        assertTrue(verdict.message().contains(says), verdict.message());
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource
    void right(String id, Object answer, String how) {
        Verdict verdict = Lessons.exercise(id).orElseThrow().judge(answer);
        assertEquals(Verdict.State.PASSED, verdict.state(), verdict.message());
    }

    // ---- answers ----

    private static SizeFormula size(SizeFormula formula) {
        return formula;
    }

    private static DoubleBinaryOperator grid(DoubleBinaryOperator rounds) {
        return rounds;
    }

    /** The third step of exercise 16.2: layer 1, layer 2. */
    private static double[] third() {
        double h10 = Math.tanh(-0.5 * 0.8 + Math.tanh(0.9) * 0.5 + 0.1);
        double h20 = Math.tanh(h10 * -1.2 + Math.tanh(Math.tanh(0.9) * -1.2 + 0.2) * 0.6 + 0.2);
        double low = Math.tanh(0.4 * 0.8 + h10 * 0.5 + 0.1);
        return new double[] {low, Math.tanh(low * -1.2 + h20 * 0.6 + 0.2)};
    }

    /** Another type than the exercise's. */
    private interface Counts {
        long of(long T, long D, long H, long K);
    }

    private static Cell cell(DoubleBinaryOperator next) {
        return Cells.of(next, true, true);
    }

    /** Keeps every input it was given. */
    private abstract static class Archive implements Cell {
        final List<Double> all = new ArrayList<>();

        @Override public double step(double x) {
            all.add(x);
            return answer();
        }

        abstract double answer();

        @Override public void reset() {
            all.clear();
        }
    }

    /** Knows the last n inputs. */
    private static Cell window(int n) {
        return new Archive() {
            @Override double answer() {
                return all.subList(Math.max(0, all.size() - n), all.size()).contains(1.0) ? 1 : 0;
            }
        };
    }

    private static final Cell FROM_TEXT = new Cell() {
        private final StringBuilder text = new StringBuilder();

        @Override public double step(double x) {
            text.append(x == 1 ? 'a' : x == -1 ? '.' : 'c');
            return text.lastIndexOf("a") > text.lastIndexOf(".") ? 1 : 0;
        }

        @Override public void reset() {
            text.setLength(0);
        }
    };

    private static BiFunction<double[], Integer, Object> rows(BiFunction<double[], Integer, Object> rows) {
        return rows;
    }

    private static double[][] table(double[] s, int n, double before) {
        double[][] table = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                table[t][k] = t < k ? before : s[t - k];
            }
        }
        return table;
    }

    private static double[][] ragged(double[] s, int n) {
        double[][] table = table(s, n, 0);
        for (int t = 0; t < s.length; t++) {
            table[t] = Arrays.copyOf(table[t], Math.min(t + 1, n));
        }
        return table;
    }

    private static double[][] unchecked(double[] s, int n) {
        double[][] table = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                table[t][k] = s[t - k];
            }
        }
        return table;
    }

    private static ConvSize convolution(ConvSize formula) {
        return formula;
    }

    private static MapOf map(MapOf map) {
        return map;
    }

    /** Window by window, with the picture cut out first. */
    private static double[][] byWindows(double[][] x, double[][] W) {
        int k = W.length;
        double[][] y = new double[x.length - k + 1][];
        for (int i = 0; i < y.length; i++) {
            y[i] = new double[x[i].length - k + 1];
            for (int j = 0; j < y[i].length; j++) {
                double[] window = new double[k * k];
                for (int r = 0; r < k; r++) {
                    System.arraycopy(x[i + r], j, window, r * k, k);
                }
                y[i][j] = Matrix.rowOf(window).times(Matrix.rowOf(Arrays.stream(W).flatMapToDouble(Arrays::stream).toArray())).sum();
            }
        }
        return y;
    }

    private static double[][] changed(double[][] y, DoubleUnaryOperator f) {
        return Arrays.stream(y).map(row -> Arrays.stream(row).map(f).toArray()).toArray(double[][]::new);
    }

    private static final double[] UP = {0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, -1, 0};

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments("1.1", 3, "a letter in quotes"), arguments("1.1", "e", "one of a, b, c or d"), arguments("1.1", "a, c", "one of a, b, c or d"),
            arguments("1.2", 48 / 80.0, "how often good comes"), arguments("1.2", 0.609375, "do not multiply"), arguments("1.2", 1.5625, "above 1"),
            arguments("1.2", 77.5, "in percent"), arguments("1.2", 0.78, "rounded too much"), arguments("1.2", 62 / 80, "1/2 is 0 in Java"),
            arguments("1.3", 17 / 12.0, "above 1"), arguments("1.3", 4.25, "mean number of padded places"), arguments("1.3", 35.4, "that is not it yet"),
            arguments("1.3", 0.35, "rounded too much"),
            arguments("1.4", 2, "a letter in quotes"), arguments("1.4", "ab", "one of a, b, c or d"), arguments("1.4", true, "a letter in quotes"),
            arguments("1.5", size((T, D, H, K) -> D * H + H * H + H + H * K + K), "a recurrent network"),
            arguments("1.5", size((T, D, H, K) -> T * D * H + H + T * H * K + T * K), "once"),
            arguments("1.5", size((T, D, H, K) -> T * D * H + 1 + H * K + 1), "Each unit has one of its own"),
            arguments("1.5", size((T, D, H, K) -> T * D * (H + 1) + (H + 1) * K + H), "no biases"),
            arguments("1.5", size((T, D, H, K) -> (T * D + 1) * K), "hidden layer is missing"),
            arguments("1.5", size((T, D, H, K) -> T * D * H * K), "for T = 1, D = 3, H = 4, K = 1 yours gives 12, expected 21"),
            arguments("1.5", size((T, D, H, K) -> 1297), "whatever its input is"),
            arguments("1.6", cell((x, h) -> 0), "always 0"), arguments("1.6", Cells.of((x, h) -> Math.max(x, h), false, true), "`reset`"),
            arguments("1.6", cell((x, h) -> Math.max(x, 0.9999 * h)), "step 3 yours gives 0.9999, expected 1"),
            arguments("1.6", window(3), "10000 zeros more yours gives 0, expected 1"), arguments("1.6", cell((x, h) -> Math.tanh(x + h)), "step 2"),
            arguments("1.6", (DoubleUnaryOperator) x -> x, "a class that implements Cell"),
            arguments("1.7", cell((x, h) -> x == 0 ? 0 : Math.max(x, 0)), "At the input 0 the memory stays"),
            arguments("1.7", cell((x, h) -> Math.max(0, h + x)), "counts the letters of the sentence"),
            arguments("1.7", cell((x, h) -> x == 1 ? 1 : x == -1 ? h - 1 : h), "yours gives -1, expected 0"),
            arguments("1.7", cell((x, h) -> x == 1 ? 1 : x == -1 ? 0 : 0.9 * h), "step 2 yours gives 0.9, expected 1"),
            arguments("1.8", 4, "a letter in quotes"), arguments("1.8", "the last", "one of a, b, c or d"), arguments("1.8", "b, d", "one of"),
            arguments("2.1", 10, "that is not it yet"), arguments("2.1", 6.5, "a whole number"), arguments("2.1", new int[] {0, 2, 6}, "one number"),
            arguments("2.2", rows(UnlistedAnswersTest::ragged), "row 0 has length 1, row 1 length 2"),
            arguments("2.2", rows((s, n) -> table(s, n, -1)), "row 0, place 1 yours gives -1, expected 0"),
            arguments("2.2", rows(UnlistedAnswersTest::unchecked), "Index -1 out of bounds for length 5, for the input ({1, 2, 3, 4, 5}, 3)"),
            arguments("2.2", rows((s, n) -> table(s, 3, 0)), "has its result the right shape?"),
            arguments("2.2", rows((s, n) -> table(s, n, 0)[s.length - 1]), "has its result the right shape?"),
            arguments("2.3", 0.63, "rounded too much"), arguments("2.3", 5 / 8, "1/2 is 0 in Java"), arguments("2.3", 0.3125, "half the right answer"),
            arguments("2.4", new double[] {1, 1, 1, 0, 0, 0}, "task 2, one step ago: yours is 1"),
            arguments("2.4", new double[] {0, 1, 1, 0, 0, 0}, "task 1, the present bit: yours is 0"),
            arguments("2.4", new double[] {1, 0, 0, 1, 1, 0}, "task 3, a 1 so far: yours is 0"),
            arguments("2.4", new double[] {0, 0, 0, 0, 0, 0}, "no memory at all"), arguments("2.4", new double[] {1, 3, 4}, "How many numbers"),
            arguments("2.4", new boolean[] {true, false, true, true, false, false}, "write 1 for true and 0 for false"),
            arguments("2.5", 12.9, "a whole number"), arguments("2.5", 15, "that is not it yet"), arguments("2.5", 0.7, "a whole number"),
            arguments("2.6", new double[] {0.5, -0.25, -0.1}, "in the wrong order"), arguments("2.6", new double[] {0.8, -0.1, -0.25}, "LSTM of 1997: yours is 0.8"),
            arguments("2.6", new double[] {0.5, 0.2, -0.25}, "LSTM with forget gate: yours is 0.2"), arguments("2.6", new double[] {0.5, -0.1}, "How many numbers"),
            arguments("2.7", 3, "a letter in quotes"), arguments("2.7", "because it repeats", "one of"), arguments("2.7", "f", "one of a, b, c or d"),
            arguments("2.8", 6, "that is not it yet"), arguments("2.8", 4.5, "a whole number"), arguments("2.8", 0, "left out"),
            arguments("16.1", "both", "one of a, b, c or d"), arguments("16.1", "a) a step before", "a step later"), arguments("16.1", 2, "letter"),
            arguments("16.2", new double[] {third()[0]}, "How many numbers"), arguments("16.2", new double[] {third()[0], third()[0]}, "1 of 2 values"),
            arguments("16.2", new double[] {-third()[0], third()[1]}, "layer 1: yours is -0.42"),
            arguments("16.3", grid((T, P) -> T + 2 * P), "yours gives 46, expected 42"), arguments("16.3", grid((T, P) -> Math.min(T, P)), "1 of 5 values"),
            arguments("16.3", grid((T, P) -> 42), "whatever its input is"), arguments("16.3", 42, "a function"),
            arguments("16.4", size((T, D, H, K) -> T * H * (D + H + K)), "yours gives 3, expected 7"),
            arguments("16.4", size((T, D, H, K) -> T * (D * H + 5 * H * H + K)), "1 of 4 values"), arguments("16.4", size((T, D, H, K) -> 15 * T * H * H), "yours gives 15"),
            arguments("16.5", 21, "not it yet"), arguments("16.5", 24.5, "a whole number"), arguments("16.5", -20, "not it yet"),
            arguments("16.6", new double[][] {{0.4, 1.5}, {0, 0.3}}, "entry [1,1]"), arguments("16.6", new double[][] {{0.4, 1.5}}, "expected [2,2]"),
            arguments("16.6", new double[][] {{0.4, 0.7 * 1.5}, {0, -0.3}}, "entry [0,1]"),
            arguments("16.7", 10.74, "in percent"), arguments("16.7", 0.11, "rounded too much"), arguments("16.7", Math.pow(10, 0.8), "not it yet"),
            arguments("16.8", "late", "a, b, c"), arguments("16.8", "a", "third probe"), arguments("16.8", "d or e", "a, b, c"),
            arguments("16.9", "memory", "a, b, c"), arguments("16.9", "d", "passes"), arguments("16.9", "eb", "a, b, c"),
            arguments("17.1", new double[] {8, 156, 9600, 48}, "numbers after pooling"), arguments("17.1", new double[] {8, 180, 9600, 96}, "parameters"),
            arguments("17.1", new double[] {8, 156, 9600}, "4"),
            arguments("17.2", 3.25, "not it yet"), arguments("17.2", 5, "a whole number"), arguments("17.2", "4.5", "number"),
            arguments("17.3", map((x, W) -> x), "the right shape"), arguments("17.3", map((x, W) -> changed(byWindows(x, W), v -> 2 * v)), "factor 2"),
            arguments("17.3", map((x, W) -> changed(byWindows(x, W), v -> v / W.length)), "yours gives"),
            arguments("17.4", new double[] {3, 2, -1, 4}, "lower left"), arguments("17.4", new double[] {7, 7, 8, 7}, "upper left"),
            arguments("17.4", 4, "numbers"),
            arguments("17.5", new double[] {1, 8.5, 2, 0.5, 0}, "db"), arguments("17.5", new double[] {-1, -8.5, -2, -0.5, -2.5}, "sign"),
            arguments("17.5", new double[] {1, 8.5, 2, 0.5}, "5"),
            arguments("17.6", convolution((C, N, K, k) -> K * (C * k * k + k)), "yours gives"), arguments("17.6", convolution((C, N, K, k) -> 80), "whatever"),
            arguments("17.6", convolution((C, N, K, k) -> C * N * N * K), "yours gives"),
            arguments("17.7", convolution((C, N, K, k) -> K * C * k * k * (N - k + 1) * N), "yours gives"),
            arguments("17.7", convolution((C, N, K, k) -> K * N * N), "yours gives"), arguments("17.7", convolution((C, N, K, k) -> 0), "all your values are 0"),
            arguments("17.8", new double[9], "18 numbers"), arguments("17.8", new double[18], "it finds nothing"),
            arguments("17.8", new double[] {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0}, "finds down"),
            arguments("17.8", new double[] {0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 1, Double.NaN, 0, 1, 0, 0, -1, 0}, "no numbers yet"),
            arguments("17.9", 4, "a letter in quotes"), arguments("17.9", "B", "first column"), arguments("17.9", "f", "one of"),
            arguments("17.10", "turned", "one of"), arguments("17.10", true, "a letter in quotes"), arguments("17.10", "A", "backwards"));
    }

    static Stream<Arguments> right() {
        return Stream.of(
            arguments("1.1", "C)", "capital and bracket"), arguments("1.1", 'c', "character"),
            arguments("1.2", 0.6 * 0.75 + 0.4 * 0.8125, "weighted mean"), arguments("1.2", 62f / 80, "float"), arguments("1.2", (DoubleSupplier) () -> 31 / 40.0, "supplier"),
            arguments("1.3", (8 / 12.0 + 6 / 12.0 + 3 / 12.0) / 4, "mean of shares"), arguments("1.3", 1 - 7.75 / 12, "from the mean length"), arguments("1.3", 0.3542, "four decimals"),
            arguments("1.4", " B ", "blanks"), arguments("1.4", "b.", "full stop"),
            arguments("1.5", size((T, D, H, K) -> (T * D + 1) * H + (H + 1) * K), "factored"),
            arguments("1.5", (Counts) (T, D, H, K) -> T * D * H + H + H * K + K, "whole numbers"),
            arguments("1.5", size((T, D, H, K) -> new Dense((int) (T * D), (int) H, new SplittableRandom(1)).size()
                + new Dense((int) H, (int) K, new SplittableRandom(1)).size()), "asks the library"),
            arguments("1.6", cell((x, h) -> x + h - x * h), "either"), arguments("1.6", cell((x, h) -> Math.signum(x + h)), "sign of the sum"),
            arguments("1.6", window(Integer.MAX_VALUE), "keeps all inputs"),
            arguments("1.7", cell((x, h) -> Math.max(0, Math.min(1, h + x))), "clamped sum"),
            arguments("1.7", cell((x, h) -> x * x * (x + 1) / 2 + (1 - x * x) * h), "one formula"), arguments("1.7", FROM_TEXT, "keeps the text"),
            arguments("1.8", "D", "capital"), arguments("1.8", "(d)", "brackets"),
            arguments("2.1", 7L, "long"), arguments("2.1", new int[] {7}, "array of one"),
            arguments("2.2", rows((s, n) -> new SimpleMatrix(table(s, n, 0))), "EJML"),
            arguments("2.2", rows((s, n) -> Arrays.stream(table(s, n, 0)).map(row -> Arrays.stream(row).boxed().toList()).toList()), "lists"),
            arguments("2.2", rows((s, n) -> {
                double[][] table = table(s, n, 0);
                Arrays.fill(s, 9);
                return table;
            }), "writes into s afterwards"),
            arguments("2.3", new BigDecimal("0.625"), "BigDecimal"), arguments("2.3", new float[] {5 / 8f}, "array of one float"),
            arguments("2.4", new int[] {1, 0, 1, 1, 0, 0}, "int"), arguments("2.4", List.of(1, 0, 1, 1, 0, 0), "list"),
            arguments("2.5", Math.ceil(Math.log(0.01) / Math.log(0.7)), "logarithm"), arguments("2.5", BigInteger.valueOf(13), "BigInteger"),
            arguments("2.6", Matrix.rowOf(0.5, -0.1, -0.25), "matrix"), arguments("2.6", new double[] {0.8 - 0.3, 0.2 - 0.3, -0.6 + 0.25 * 1.4}, "other formulas"),
            arguments("2.7", "c)", "bracket"), arguments("2.7", 'C', "character"),
            arguments("2.8", Math.floorMod(7, 4) + 1, "remainder"), arguments("2.8", (short) 4, "short"),
            arguments("16.1", "B", "capital"), arguments("16.1", "b) the state of layer 1 at step t", "letter and text"),
            arguments("16.2", Arrays.stream(third()).mapToObj(h -> new BigDecimal(h).setScale(4, RoundingMode.HALF_UP)).toArray(), "four decimals"),
            arguments("16.2", List.of(third()[0], third()[1]), "list"), arguments("16.2", Matrix.rowOf(third()), "matrix"),
            arguments("16.3", (IntBinaryOperator) (T, P) -> P - 1 + T, "whole numbers"),
            arguments("16.3", (BiFunction<Integer, Integer, Integer>) (T, P) -> (T - 1) + (P - 1) + 1, "arrows and one"),
            arguments("16.4", size((T, D, H, K) -> T * H * (D + H + 2 * (H + H) + K)), "by layers"),
            arguments("16.4", (Counts) (T, D, H, K) -> T * (D * H + 5 * H * H + H * K), "whole numbers"), arguments("16.4", size((T, D, H, K) -> {
                double sum = 0;
                for (int t = 0; t < T; t++) {
                    sum += H * (D + H) + 2 * H * (H + H) + K * H;
                }
                return sum;
            }), "a loop"),
            arguments("16.5", 20L, "long"), arguments("16.5", (DoubleSupplier) () -> Math.sqrt(60 * 60 / 9), "supplier"),
            arguments("16.6", List.of(List.of(0.4, 1.5), List.of(0.0, -0.3)), "lists"), arguments("16.6", new double[] {0.4, 1.5, 0, -0.3}, "one row"),
            arguments("16.6", new SimpleMatrix(new double[][] {{0.4, 1.5}, {0, -0.3}}), "EJML"),
            arguments("16.7", 0.1074, "four decimals"), arguments("16.7", Math.exp(10 * Math.log(0.8)), "logarithms"),
            arguments("16.8", " D ", "capital"), arguments("16.8", "d) layer 2 reads layer 1 a step late", "letter and text"),
            arguments("16.9", "b.", "full stop"), arguments("16.9", 'B', "character"),
            arguments("17.1", List.of(8, 156, 9600, 96), "list"), arguments("17.1", Matrix.columnOf(8, 156, 9600, 96), "column"),
            arguments("17.2", new BigDecimal("4.50"), "BigDecimal"), arguments("17.2", 4.5f, "float"),
            arguments("17.3", map(UnlistedAnswersTest::byWindows), "by windows"),
            arguments("17.3", map((x, W) -> changed(changed(byWindows(x, W), v -> -v), v -> -v)), "twice turned"),
            arguments("17.4", new double[][] {{3, 2}, {0, 4}}, "as a map"), arguments("17.4", new int[] {3, 2, 0, 4}, "int"),
            arguments("17.5", new float[] {1, 8.5f, 2, 0.5f, 2.5f}, "float"), arguments("17.5", List.of(1, 8.5, 2, 0.5, 2.5), "list"),
            arguments("17.6", convolution((C, N, K, k) -> C * K * Math.pow(k, 2) + K), "pow"), arguments("17.6", convolution((C, N, K, k) -> K + k * C * k * K), "order"),
            arguments("17.7", convolution((C, N, K, k) -> C * K * Math.pow(k * (N + 1 - k), 2)), "pow"),
            arguments("17.7", convolution((C, N, K, k) -> (N - k + 1) * k * K * C * k * (N - k + 1)), "order"),
            arguments("17.8", UP, "the solution"), arguments("17.8", new double[][] {Arrays.copyOf(UP, 9), Arrays.copyOfRange(UP, 9, 18)}, "two frames"),
            arguments("17.8", new float[] {0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0}, "without -1"),
            arguments("17.8", new int[] {-1, -2, -1, -1, 1, -1, -1, 1, -1, -1, 1, -1, -1, 1, -1, -1, -2, -1}, "stricter"),
            arguments("17.9", "d)", "bracket"), arguments("17.9", 'D', "character"), arguments("17.10", " B ", "spaces"), arguments("17.10", 'b', "character"));
    }
}
