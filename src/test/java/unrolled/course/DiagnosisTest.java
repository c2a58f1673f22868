package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
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

    private static final Exercise<Object> SMALL = Exercise.vector("1.8", "small", -0.037982, -0.40281234);
    private static final Exercise<Object> RATIO = Exercise.number("1.9", "ratio", 9.0 / 11).rounded(3);
    private static final Exercise<Object> LOSSES = Exercise.vector("1.10", "losses", 0.9212, 0.5123456, 0.3141592, 0.2718281, 0.1414213)
        .inputs("step 1", "step 2", "step 3", "step 4", "step 5").tolerance(1e-9);
    private static final Exercise<ToDoubleFunction<double[]>> LOG = Exercise.function("1.11", "logarithm", DiagnosisTest.<ToDoubleFunction<double[]>>cast(ToDoubleFunction.class),
            f -> Stream.of(new double[] {1, 2}, new double[] {0, 1000}).mapToDouble(f).toArray(), y -> y[1] - y[0])
        .mistake(y -> y[1] < 100 ? 1 : Double.POSITIVE_INFINITY, "ln 0 is infinite.")
        .mistake(y -> y[1] < 100 ? 1 : Double.NaN, "0/0 is no number.");

    @SuppressWarnings("unchecked")
    private static <F> Class<F> cast(Class<?> raw) {
        return (Class<F>) raw;
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments(NUMBER, -0.291312612451591, "the sign is not"),
            arguments(NUMBER, 2 * 0.291312612451591, "twice the right answer"),
            arguments(NUMBER, 0.291312612451591 / 2, "half the right answer"),
            arguments(NUMBER, 0.291, "rounded too much"),
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
            arguments(TABLE, new double[] {1, 2.5, -3, 4, 5}, "yours is [5], expected [3,2]"),
            arguments(TABLE, new double[] {1, -3, 5, 2.5, 4, 6}, "the right values in the wrong order, column by column"),
            arguments(TABLE, new double[][] {{1, 2}, {3}}, "row 0 has length 2, row 1 length 1"),
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
            arguments(NUMBER, 0, "yours is 0. Was the computation left out, or was an integer divided"),
            arguments(NUMBER, 1, "yours is 1, a whole number, and the right answer is not. Was an integer divided by an integer"),
            arguments(NUMBER, 2, "yours is 2, and that is not it yet"),
            arguments(NUMBER, "0.2913", ": leave the quotes away."),
            arguments(NUMBER, "about a third", "yours is the text \"about a third\"."),
            arguments(NUMBER, '3', "yours is the value 3: leave the quotes away"),
            arguments(NUMBER, new int[] {1, 2, 3}, "the answer is one number; yours is an array, int[] of 3 numbers"),
            arguments(NUMBER, "1e999", "leave the quotes away"),
            arguments(Exercise.number("1.1", "count", 9610), 9611, "yours is 9611, and that is not it yet"),
            arguments(Exercise.number("1.1", "count", 3), 6, "yours is 6, and that is not it yet"),
            arguments(Exercise.number("1.1", "count", 3), 0, "yours is 0. Was the computation left out?"),
            arguments(Exercise.number("1.1", "count", 1), -1, "yours is -1, and that is not it yet"),
            arguments(Exercise.number("1.1", "count", 795010), 795000, "that is not it yet"),
            arguments(RATIO, 1 - 2 / 11, "a whole number, and the right answer is not"),
            arguments(RATIO, 81.8, "in percent?"),
            arguments(RATIO, 0.82, "rounded too much"),
            arguments(Exercise.vector("1.1", "two", 0.63794, 0.09057).rounded(3), List.of(0.64, 0.09), "rounded too much"),
            arguments(Exercise.vector("1.1", "shape", 3, 2), new double[3][2], "2 numbers are asked for; yours is a table of 6 numbers"),
            arguments(Exercise.number("1.1", "tiny", 1e-6), 0.0000, "yours is 0"),
            arguments(Exercise.number("1.1", "tiny", 1.23456e-6), 0.0000012, "rounded too much"),
            arguments(Exercise.number("1.1", "small", 0.00012345), 0.0001, "that is not it yet"),
            arguments(Exercise.number("1.1", "count", 13), 12.9, "yours is 12.9, and the answer is a whole number."),
            arguments(Exercise.vector("1.1", "yes or no", 1, 0, 1, 1), new double[] {1, 1, 1, 0}, "entry [1] of yours is 1"),
            arguments(Exercise.vector("1.1", "yes or no", 1, 0, 1, 1, 0), new double[] {0, 1, 1, 0, 0}, "entry [0] of yours is 0"),
            arguments(Exercise.vector("1.1", "yes or no", 1, 0), new boolean[] {true, false}, "write 1 for true and 0 for false."),
            arguments(Exercise.vector("1.1", "yes or no", 1, 0), List.of(true, false), "write 1 for true and 0 for false."),
            arguments(SMALL, new double[] {-0.0381, -0.4028}, "entry [0] of yours is -0.0381, and that is not it yet. 1 of 2 values"),
            arguments(SMALL, new double[] {-0.038, -0.403}, "rounded too much"),
            arguments(LOSSES, new double[] {0.5123456, 0.3141592, 0.2718281, 0.1414213, 0.1}, "one place too early"),
            arguments(LOSSES, new double[] {1.5, 0.9212, 0.5123456, 0.3141592, 0.2718281}, "one place too late"),
            arguments(LOSSES, new double[] {0.9212, 0.5123456, 0.7, 0.2718281, 0.1414213}, "step 3: yours is 0.7"),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> 0.7189, "yours gives 0.7189 whatever its input is"),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> 1 / 0.0, "infinite value"),
            arguments(FUNCTION, (DoubleBinaryOperator) (x, y) -> x, "of 2 inputs. Keep the left side of the line as it was given"),
            arguments(FUNCTION, (IntUnaryOperator) x -> x * x, "takes whole numbers (int) only, but the exercise tries it with 0.5"),
            arguments(FUNCTION, (Function<String, Double>) x -> 1.0 * x.length(), "your code stopped with ClassCastException"),
            arguments(FUNCTION, (Function<Double, String>) x -> "" + x * x, "what your function returns is one number; yours is the text \"1.0\""),
            arguments(FUNCTION, (Function<Double, Boolean>) x -> x > 0, "yours is the value false"),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : 27.6, "for the input {0, 1000} yours gives 27.6, expected 1000"),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : 5, "for the input {0, 1000} yours gives 5"),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : 690.8, "yours gives 690.8"),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : Double.NEGATIVE_INFINITY, "an infinite value"),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : Double.POSITIVE_INFINITY, "ln 0 is infinite."),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> y[1] < 100 ? 1 : Double.NaN, "0/0 is no number."),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> new double[] {1}[(int) y[0] + 5], "for the input {1, 2}"),
            arguments(LOG, (ToDoubleFunction<double[]>) new ToDoubleFunction<double[]>() {
                private int calls;

                @Override public double applyAsDouble(double[] y) {
                    return y[1] - y[0] + (++calls > 2 ? 1 : 0);
                }
            }, "right at first, but not when it is tried once more"),
            arguments(Exercise.function("1.1", "formula", SizeFormula.class, f -> new double[] {f.of(1, 2, 3, 4)}, (T, D, H, K) -> T * D), 20,
                "the answer is a formula, (T, D, H, K) -> ... (SizeFormula); yours is the number 20."),
            arguments(Exercise.function("1.1", "supplier", DiagnosisTest.<Supplier<List<Integer>>>cast(Supplier.class), f -> new double[] {f.get().size()},
                () -> List.of(1)), 5, "the answer is a function (Supplier); yours is the number 5."),
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
            arguments(NUMBER, 0.2913), arguments(NUMBER, 0.29131), arguments(NUMBER, 0.2913f), arguments(NUMBER, new BigDecimal("0.2913")),
            arguments(NUMBER, (DoubleSupplier) () -> 0.2913), arguments(NUMBER, OptionalDouble.of(0.2913)),
            arguments(NUMBER, DoubleStream.of(0.2913)), arguments(NUMBER, (Callable<Double>) () -> 0.2913),
            arguments(SMALL, new double[] {-0.0380, -0.4028}), arguments(SMALL, List.of(-0.03798, -0.4028)),
            arguments(SMALL, DoubleColumn.create("x", -0.0380, -0.4028)), arguments(SMALL, new float[] {-0.0380f, -0.4028f}),
            arguments(SMALL, Stream.of(-0.0380, -0.4028)), arguments(SMALL, new SimpleMatrix(new double[][] {{-0.0380, -0.4028}}).getDDRM()),
            arguments(Exercise.number("1.1", "tiny", 1.23456e-6), 1.235e-6), arguments(Exercise.number("1.1", "small", 0.00123456), 0.0012),
            arguments(Exercise.number("1.1", "zero", 0.1 + 0.2 - 0.3), 0), arguments(Exercise.number("1.1", "zero", 0), 5.6e-17),
            arguments(Exercise.number("1.1", "large", 1234.56789), 1234.5679),
            arguments(Exercise.vector("1.1", "near a mistake", 0.18481).mistake(new double[] {0.18502}, "the bend is missing."), 0.1848),
            arguments(FUNCTION, (Function<Double, Double>) x -> x * x), arguments(FUNCTION, (UnaryOperator<Double>) x -> x * x),
            arguments(FUNCTION, (ToDoubleFunction<Double>) x -> x * x), arguments(FUNCTION, (DoubleFunction<float[]>) x -> new float[] {(float) (x * x)}),
            arguments(FUNCTION, (Function<Number, BigDecimal>) x -> new BigDecimal(x.doubleValue()).pow(2)),
            arguments(FUNCTION, (Mine) x -> x * x),
            arguments(LOG, (Function<double[], Double>) y -> y[1] - y[0]),
            arguments(LOG, (ToDoubleFunction<double[]>) y -> { y[1] -= y[0]; return y[1]; }),
            arguments(CHOICE, "b"), arguments(CHOICE, " B) "), arguments(CHOICE, 'b'),
            arguments(FUNCTION, (DoubleUnaryOperator) x -> Math.pow(x, 2)));
    }

    /** A functional interface of a learner's own. */
    interface Mine {
        double at(double x);
    }

    /** The right numbers, row by row, in another shape: right, and a word about the shape. */
    @Test
    void anotherShapeIsRightWithAWord() {
        Verdict row = TABLE.judge(new double[] {1, 2.5, -3, 4, 5, 6});
        assertEquals(new Verdict(Verdict.State.PASSED, "right: these are the numbers, row by row. Yours is [6]; written as asked it is [3,2]."), row);
        Verdict table = Exercise.vector("1.4", "vector", 1, 2, 3, 4).judge(new double[][] {{1, 2}, {3, 4}});
        assertEquals(new Verdict(Verdict.State.PASSED, "right: these are the numbers, row by row. Yours is [2,2]; written as asked it is [4]."), table);
        assertEquals("this is the sum.", TABLE.mistake(new double[][] {{2, 4}, {6, 8}, {9, 9}}, "this is the sum.").judge(List.of(2, 4, 6, 8, 9, 9)).message());
    }

    /** Of several that an answer fits by its rounding, the nearest speaks. */
    @Test
    void aMistakeThatIsNearerThanTheRightAnswerIsNamed() {
        Exercise<Object> two = Exercise.number("1.1", "number", 0.18481).rounded(3).mistake(0.1850, "the bend is missing.").mistake(0.1851, "b2 is missing.");
        assertEquals("the bend is missing.", two.judge(0.18503).message());
        assertEquals("b2 is missing.", two.judge(0.1851).message());
        assertEquals(Verdict.State.PASSED, two.judge(0.1848).state());
        assertEquals(Verdict.State.PASSED, two.judge(0.18489).state());
    }

    /** Numbers where something is to supply numbers. */
    @Test
    void fourNumbersAreFourNumbers() {
        Exercise<Supplier<double[]>> latch = Exercise.function("1.1", "latch", DiagnosisTest.<Supplier<double[]>>cast(Supplier.class), f -> f.get().clone(), () -> new double[] {10, -10, 4, -1});
        for (Object answer : new Object[] {new double[] {10, -10, 4, -1}, new int[] {10, -10, 4, -1}, List.of(10, -10, 4, -1),
            Matrix.rowOf(10, -10, 4, -1), (Supplier<List<Integer>>) () -> List.of(10, -10, 4, -1), DoubleStream.of(10, -10, 4, -1)}) {
            assertEquals(Verdict.State.PASSED, latch.judge(answer).state(), answer::toString);
        }
        assertEquals(Verdict.State.BLANK, latch.judge((Supplier<double[]>) () -> null).state());
        String text = latch.judge("10, -10, 4, -1").message();
        assertTrue(text.contains("yours is the text \"10, -10, 4, -1\""), text);
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
        assertEquals(Verdict.State.PASSED, more.judge(0.45).state());
        assertEquals("this is the one of the other lesson.", more.judge(0.7).message());
    }
}
