package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unrolled.course.lesson17.ConvSize;
import unrolled.course.lesson17.MapOf;
import unrolled.math.Matrix;

/** Lesson 17: to each exercise plausible wrong answers, with a part of what is said to them, and unusual right ones. */
class UnlistedAnswers17Test {

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

    private static ConvSize size(ConvSize formula) {
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

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments("17.1", new double[] {8, 156, 9600, 48}, "numbers after pooling"), arguments("17.1", new double[] {8, 180, 9600, 96}, "parameters"),
            arguments("17.1", new double[] {8, 156, 9600}, "4"),
            arguments("17.2", 3.25, "not it yet"), arguments("17.2", 5, "a whole number"), arguments("17.2", "4.5", "number"),
            arguments("17.3", map((x, W) -> x), "the right shape"), arguments("17.3", map((x, W) -> changed(byWindows(x, W), v -> 2 * v)), "factor 2"),
            arguments("17.3", map((x, W) -> changed(byWindows(x, W), v -> v / W.length)), "yours gives"),
            arguments("17.4", new double[] {3, 2, -1, 4}, "lower left"), arguments("17.4", new double[] {7, 7, 8, 7}, "upper left"),
            arguments("17.4", 4, "numbers"),
            arguments("17.5", new double[] {1, 8.5, 2, 0.5, 0}, "db"), arguments("17.5", new double[] {-1, -8.5, -2, -0.5, -2.5}, "sign"),
            arguments("17.5", new double[] {1, 8.5, 2, 0.5}, "5"),
            arguments("17.6", size((C, N, K, k) -> K * (C * k * k + k)), "yours gives"), arguments("17.6", size((C, N, K, k) -> 80), "whatever"),
            arguments("17.6", size((C, N, K, k) -> C * N * N * K), "yours gives"),
            arguments("17.7", size((C, N, K, k) -> K * C * k * k * (N - k + 1) * N), "yours gives"),
            arguments("17.7", size((C, N, K, k) -> K * N * N), "yours gives"), arguments("17.7", size((C, N, K, k) -> 0), "all your values are 0"),
            arguments("17.8", new double[9], "18 numbers"), arguments("17.8", new double[18], "it finds nothing"),
            arguments("17.8", new double[] {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0}, "finds down"),
            arguments("17.9", 4, "a letter in quotes"), arguments("17.9", "B", "first column"), arguments("17.9", "f", "one of"),
            arguments("17.10", "turned", "one of"), arguments("17.10", true, "a letter in quotes"), arguments("17.10", "A", "backwards"));
    }

    static Stream<Arguments> right() {
        double[] up = {0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, -1, 0};
        return Stream.of(
            arguments("17.1", List.of(8, 156, 9600, 96), "list"), arguments("17.1", Matrix.columnOf(8, 156, 9600, 96), "column"),
            arguments("17.2", new BigDecimal("4.50"), "BigDecimal"), arguments("17.2", 4.5f, "float"),
            arguments("17.3", map(UnlistedAnswers17Test::byWindows), "by windows"),
            arguments("17.3", map((x, W) -> changed(changed(byWindows(x, W), v -> -v), v -> -v)), "twice turned"),
            arguments("17.4", new double[][] {{3, 2}, {0, 4}}, "as a map"), arguments("17.4", new int[] {3, 2, 0, 4}, "int"),
            arguments("17.5", new float[] {1, 8.5f, 2, 0.5f, 2.5f}, "float"), arguments("17.5", List.of(1, 8.5, 2, 0.5, 2.5), "list"),
            arguments("17.6", size((C, N, K, k) -> C * K * Math.pow(k, 2) + K), "pow"), arguments("17.6", size((C, N, K, k) -> K + k * C * k * K), "order"),
            arguments("17.7", size((C, N, K, k) -> C * K * Math.pow(k * (N + 1 - k), 2)), "pow"),
            arguments("17.7", size((C, N, K, k) -> (N - k + 1) * k * K * C * k * (N - k + 1)), "order"),
            arguments("17.8", up, "the solution"), arguments("17.8", new double[][] {Arrays.copyOf(up, 9), Arrays.copyOfRange(up, 9, 18)}, "two frames"),
            arguments("17.8", new int[] {-1, -2, -1, -1, 1, -1, -1, 1, -1, -1, 1, -1, -1, 1, -1, -1, -2, -1}, "stricter"),
            arguments("17.9", "d)", "bracket"), arguments("17.9", 'D', "character"), arguments("17.10", " B ", "spaces"), arguments("17.10", 'b', "character"));
    }
}
