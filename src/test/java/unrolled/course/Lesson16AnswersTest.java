package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers to lesson 16 as a person might write them: wrong ones that are not listed, and right ones in unusual clothes. */
class Lesson16AnswersTest {
    private static final double h10 = Math.tanh(-0.5 * 0.8 + Math.tanh(0.9) * 0.5 + 0.1);
    private static final double h20 = Math.tanh(h10 * -1.2 + Math.tanh(Math.tanh(0.9) * -1.2 + 0.2) * 0.6 + 0.2);
    private static final double low = Math.tanh(0.4 * 0.8 + h10 * 0.5 + 0.1), high = Math.tanh(low * -1.2 + h20 * 0.6 + 0.2);

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

    private static SizeFormula size(SizeFormula formula) {
        return formula;
    }

    private static DoubleBinaryOperator grid(DoubleBinaryOperator rounds) {
        return rounds;
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments("16.1", "both", "one of a, b, c or d"), arguments("16.1", "a) a step before", "a step later"), arguments("16.1", 2, "letter"),
            arguments("16.2", new double[] {low}, "How many numbers"), arguments("16.2", new double[] {low, low}, ""), arguments("16.2", new double[] {-low, high}, ""),
            arguments("16.3", grid((T, P) -> T + 2 * P), "T = "), arguments("16.3", grid((T, P) -> T + 1), "T = "), arguments("16.3", grid((T, P) -> Math.min(T, P)), "T = "),
            arguments("16.4", size((T, D, H, K) -> T * (D * H + 4 * H * H + H * K)), "T = "), arguments("16.4", size((T, D, H, K) -> T * H * (D + H + K)), "T = "),
            arguments("16.4", size((T, D, H, K) -> 3 * T * (5 * H * H)), "T = "),
            arguments("16.5", 21, ""), arguments("16.5", 15, ""), arguments("16.5", -20, "not it yet"),
            arguments("16.6", new double[][] {{0.4, 1.5}, {0, 0.3}}, ""), arguments("16.6", new double[][] {{0.4, 1.5}}, ""),
            arguments("16.6", new double[][] {{0, 1.5}, {0, 0}}, ""),
            arguments("16.7", 10.74, ""), arguments("16.7", 0.5, ""), arguments("16.7", Math.pow(1.2, -10), ""),
            arguments("16.8", "late", "a, b, c"), arguments("16.8", "a", "third probe"), arguments("16.8", "d or e", "a, b, c"),
            arguments("16.9", "memory", "a, b, c"), arguments("16.9", "d", "passes"), arguments("16.9", 'e' + "b", "a, b, c"));
    }

    static Stream<Arguments> right() {
        return Stream.of(
            arguments("16.1", "B", "a capital"), arguments("16.1", "b) the state of layer 1 at step t", "letter and text"),
            arguments("16.2", new BigDecimal[] {new BigDecimal(low).setScale(4, java.math.RoundingMode.HALF_UP),
                new BigDecimal(high).setScale(4, java.math.RoundingMode.HALF_UP)}, "four decimals"), arguments("16.2", List.of(low, high), "a list"),
            arguments("16.3", (IntBinaryOperator) (T, P) -> P - 1 + T, "whole numbers"), arguments("16.3", grid((T, P) -> (T - 1) + (P - 1) + 1), "arrows and one"),
            arguments("16.4", size((T, D, H, K) -> T * H * (D + H + 2 * (H + H) + K)), "by layers"), arguments("16.4", size((T, D, H, K) -> {
                double sum = 0;
                for (int t = 0; t < T; t++) {
                    sum += H * (D + H) + 2 * H * (H + H) + K * H;
                }
                return sum;
            }), "a loop"),
            arguments("16.5", 20L, "whole"), arguments("16.5", Math.sqrt(60 * 60 / 9), "a root"),
            arguments("16.6", List.of(List.of(0.4, 1.5), List.of(0.0, -0.3)), "lists"),
            arguments("16.6", new double[] {0.4, 1.5, 0, -0.3}, "one row"),
            arguments("16.7", 0.1074, "four decimals"), arguments("16.7", Math.exp(10 * Math.log(0.8)), "by logarithms"),
            arguments("16.8", " D ", "a capital"), arguments("16.8", "d) layer 2 reads layer 1 a step late", "letter and text"),
            arguments("16.9", "b.", "a full stop"), arguments("16.9", "B", "a capital"));
    }
}
