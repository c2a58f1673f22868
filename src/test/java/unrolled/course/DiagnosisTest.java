package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** What is said about answers that no exercise lists, and which spellings of a right answer pass. */
class DiagnosisTest {

    private static final Exercise<Object> NUMBER = Exercise.number("1.1", "number", 0.291312612451591);
    private static final Exercise<Object> TABLE = Exercise.matrix("1.2", "table", new double[][] {{1, 2.5}, {-3, 4}, {5, 6}});
    private static final Exercise<Object> SQUARE = Exercise.matrix("1.3", "square", new double[][] {{1, 2}, {3, 4}});
    private static final Exercise<Object> VECTOR = Exercise.vector("1.4", "vector", 1, 2, 30);
    private static final Exercise<Object> CHOICE = Exercise.choice("1.5", "choice", "b", "one", "two", "three");
    private static final Exercise<DoubleUnaryOperator> FUNCTION = Exercise.function("1.6", "function", DoubleUnaryOperator.class,
        f -> Lesson99.apply(f, -1, 0.5), x -> x * x).inputs("x = -1", "x = 0.5");

    /** Applies a learner's function from another class than the learner's, as a lesson does. */
    private static final class Lesson99 {
        static double[] apply(DoubleUnaryOperator f, double... xs) {
            return Arrays.stream(xs).map(f).toArray();
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments(NUMBER, -0.291312612451591, "the sign is not"),
            arguments(NUMBER, 2 * 0.291312612451591, "twice the right answer"),
            arguments(NUMBER, 0.291312612451591 / 2, "half the right answer"),
            arguments(NUMBER, 0.2913, "rounded too much"),
            arguments(NUMBER, 0.29, "rounded too much"),
            arguments(NUMBER, 0.29136, "very close"),
            arguments(NUMBER, 0, "integer divided by an integer"),
            arguments(NUMBER, Double.POSITIVE_INFINITY, "infinite"),
            arguments(NUMBER, 0.7, "yours is 0.7"),
            arguments(NUMBER, "0.2913", "the answer is one number; yours is the text \"0.2913\""),
            arguments(NUMBER, true, "yours is the value true"),
            arguments(NUMBER, new double[] {1, 2}, "yours is an array, double[]"),
            arguments(NUMBER, (DoubleUnaryOperator) x -> x, "yours is a function (DoubleUnaryOperator)"),
            arguments(TABLE, new double[][] {{1, -3, 5}, {2.5, 4, 6}},
                "yours is [2,3], expected [3,2]: these are the right numbers, transposed"),
            arguments(TABLE, new double[2][3], "yours is [2,3], expected [3,2]: is it transposed?"),
            arguments(TABLE, new double[] {1, 2.5, -3, 4, 5, 6}, "yours is [6], expected [3,2]"),
            arguments(TABLE, new double[][] {{1, 2}, {3}}, "row 0 has 2 numbers, row 1 has 1"),
            arguments(TABLE, new double[][] {{1, 2.5}, {-3, 7}, {5, 6}},
                "entry [1,1] of yours is 7, and that is not it yet. 5 of 6 values"),
            arguments(TABLE, new double[][] {{1, 2.5}, {-3, Double.NaN}, {5, 6}}, "entry [1,1] of yours is NaN"),
            arguments(TABLE, new String[] {"a"}, "entry 0 of yours is the text \"a\""),
            arguments(SQUARE, new SimpleMatrix(new double[][] {{1, 3}, {2, 4}}), "transposed?"),
            arguments(SQUARE, new double[][] {{4, 3}, {2, 1}}, "wrong order"),
            arguments(VECTOR, List.of(1, 30, 2), "wrong order"),
            arguments(VECTOR, new int[] {0, 0, 0}, "all your values are 0"),
            arguments(VECTOR, new int[] {1, 2}, "yours is [2], expected [3]"),
            arguments(CHOICE, "a", "another one of a, b or c"),
            arguments(CHOICE, "d", "one of a, b or c; yours is the text \"d\""),
            arguments(CHOICE, 2, "a letter in quotes, a, b or c; yours is the number 2"),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> x * x - (x > 0 ? 0.03 : 0),
                "for x = 0.5 yours gives 0.22, expected 0.25. 1 of 2 values are right."),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> x > 0 ? 1 / 0.0 : 1, "for x = 0.5 yours gives an infinite value"),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> -x * x, "the sign is not"),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> new double[0][0].length / (int) x,
                "stopped with ArithmeticException: / by zero"),
            arguments(FUNCTION, 0.25, "the answer is a function (DoubleUnaryOperator); yours is the number 0.25"));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Exercise<?> exercise, Object answer, String says) {
        Verdict verdict = exercise.judge(answer);
        assertEquals(Verdict.State.WRONG, verdict.state());
        assertTrue(verdict.message().contains(says), verdict.message());
    }

    static Stream<Arguments> right() {
        double[][] rows = {{1, 2.5}, {-3, 4}, {5, 6}};
        return Stream.of(
            arguments(NUMBER.rounded(4), 0.2913),
            arguments(NUMBER, 0.2913126125),
            arguments(NUMBER, new double[] {0.291312612451591}),
            arguments(NUMBER, new SimpleMatrix(new double[][] {{0.291312612451591}})),
            arguments(NUMBER.tolerance(0.01), 0.3f),
            arguments(Exercise.number("1.1", "count", 12), 12),
            arguments(Exercise.number("1.1", "count", 12), 12L),
            arguments(Exercise.number("1.1", "small", 0.00123456).rounded(3), 0.00123),
            arguments(TABLE, new SimpleMatrix(rows)),
            arguments(TABLE, Matrix.of(rows)),
            arguments(TABLE, Sequence.of(Matrix.of(rows))),
            arguments(TABLE, new float[][] {{1, 2.5f}, {-3, 4}, {5, 6}}),
            arguments(TABLE, List.of(new double[] {1, 2.5}, List.of(-3, 4), new int[] {5, 6})),
            arguments(VECTOR, new double[] {1, 2, 30}),
            arguments(VECTOR, new long[] {1, 2, 30}),
            arguments(VECTOR, List.of(1, 2.0, 30f)),
            arguments(VECTOR, new double[][] {{1}, {2}, {30}}),
            arguments(VECTOR, Matrix.rowOf(1, 2, 30)),
            arguments(Exercise.matrix("1.2", "row", new double[][] {{1, 2}}), new double[] {1, 2}),
            arguments(CHOICE, "b"), arguments(CHOICE, " B) "), arguments(CHOICE, 'b'),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> Math.pow(x, 2)));
    }

    @ParameterizedTest
    @MethodSource
    void right(Exercise<?> exercise, Object answer) {
        assertEquals(new Verdict(Verdict.State.PASSED, "right."), exercise.judge(answer));
    }

    static Stream<Arguments> almostRight() {
        return Stream.of(
            arguments(NUMBER, 0.291315), arguments(NUMBER.rounded(4), 0.2914), arguments(NUMBER.rounded(4), 0.2912),
            arguments(Exercise.number("1.1", "count", 12), 13),
            arguments(Exercise.matrix("1.2", "row", new double[][] {{1, 2}}), new double[][] {{1}, {2}}),
            arguments(VECTOR, new double[] {1, 2, 30.1}));
    }

    @ParameterizedTest
    @MethodSource
    void almostRight(Exercise<?> exercise, Object answer) {
        assertEquals(Verdict.State.WRONG, exercise.judge(answer).state());
    }

    @Test
    void aFunctionThatReturnsNullIsBlank() {
        Exercise<Function<Double, double[]>> exercise = function(f -> new double[] {f.apply(1.0)[0], f.apply(2.0)[0]});
        assertEquals(Verdict.State.BLANK, exercise.judge((Function<Double, double[]>) x -> null).state());
        Exercise<Function<Double, double[]>> joined = function(f -> Exercise.numbers(f.apply(1.0), f.apply(2.0)));
        assertEquals(Verdict.State.BLANK, joined.judge((Function<Double, double[]>) x -> null).state());
        Verdict three = joined.judge((Function<Double, double[]>) x -> new double[] {x, x, x});
        assertTrue(three.message().contains("6 numbers where 2 are expected"), three.message());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Exercise<Function<Double, double[]>> function(Function<Function<Double, double[]>, double[]> probe) {
        return Exercise.function("1.7", "array", (Class) Function.class, (Function) probe, (Function) x -> new double[] {(Double) x});
    }

    @Test
    void aBuilderChangesNoOtherExercise() {
        Exercise<Object> more = NUMBER.mistake(0.7, "this is the one of the other lesson.").tolerance(1);
        assertEquals(List.of(), NUMBER.mistakes());
        assertEquals(1, more.mistakes().size());
        assertEquals(Verdict.State.WRONG, NUMBER.judge(0.7).state());
        assertEquals(Verdict.State.PASSED, more.judge(0.7).state());
    }
}
