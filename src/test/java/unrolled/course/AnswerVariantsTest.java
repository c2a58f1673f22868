package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Every exercise of every lesson takes its right answer rounded, in any container, and as a function of any functional type; and
 * refuses what is made wrong by machine: NaN, an infinite number, another sign, an entry 5 % off, rows and columns exchanged.
 */
class AnswerVariantsTest {

    @TestFactory
    Stream<DynamicNode> rightAnswers() {
        return each(AnswerVariantsTest::rightAnswersOf, (exercise, answer) -> {
            Verdict verdict = exercise.judge(answer);
            assertEquals(Verdict.State.PASSED, verdict.state(), () -> exercise.id() + ": " + verdict.message());
        });
    }

    @TestFactory
    Stream<DynamicNode> wrongAnswers() {
        return each(AnswerVariantsTest::wrongAnswersOf, (exercise, answer) -> {
            Verdict verdict = exercise.judge(answer);
            assertEquals(Verdict.State.WRONG, verdict.state(), () -> exercise.id() + ": " + verdict.message());
            assertTrue(verdict.message().length() >= 20, verdict.message());
        });
    }

    private interface Judge {
        void judge(Exercise<?> exercise, Object answer);
    }

    private interface Variants {
        Map<String, Object> of(Exercise<?> exercise) throws Exception;
    }

    private static Stream<DynamicNode> each(Variants variants, Judge judge) {
        return Lessons.all().stream().map(lesson -> dynamicContainer(lesson.name() + " " + lesson.title(),
            lesson.exercises().stream().flatMap(exercise -> {
                try {
                    return variants.of(exercise).entrySet().stream().map(answer -> dynamicTest(exercise.id() + " " + answer.getKey(),
                        () -> judge.judge(exercise, answer.getValue())));
                } catch (Exception e) {
                    throw new IllegalStateException(exercise.id(), e);
                }
            })));
    }

    // ---- right ----

    private static Map<String, Object> rightAnswersOf(Exercise<?> exercise) throws Exception {
        Map<String, Object> answers = new LinkedHashMap<>();
        if (!exercise.options().isEmpty()) {
            String letter = (String) exercise.right();
            answers.put("capital", letter.toUpperCase(Locale.ROOT));
            answers.put("with a bracket", " " + letter + ") ");
            answers.put("a character", letter.charAt(0));
        } else if (exercise.isFunction()) {
            functions(exercise, answers);
        } else {
            View right = exercise.view(exercise.right());
            if (Arrays.stream(right.values()).allMatch(v -> v == 0 || Math.abs(v) >= 1e-3)) {
                double[] rounded = Arrays.stream(right.values()).map(v -> new BigDecimal(v).setScale(4, RoundingMode.HALF_UP).doubleValue()).toArray();
                containers(exercise, with(right, rounded), "four decimals", answers);
            }
            if (exercise.roundedTo() > 0 || Arrays.stream(right.values()).allMatch(v -> Math.abs(v) < 1)) {
                int digits = exercise.roundedTo() > 0 ? exercise.roundedTo() : 4;
                double[] rounded = Arrays.stream(right.values()).map(v -> new BigDecimal(v).round(new MathContext(digits)).doubleValue()).toArray();
                containers(exercise, with(right, rounded), digits + " digits", answers);
            }
            containers(exercise, right, "exact", answers);
        }
        return answers;
    }

    private static View with(View view, double[] values) {
        return new View(view.rows(), view.cols(), view.flat(), values);
    }

    private static double[][] rows(View v) {
        return IntStream.range(0, v.rows()).mapToObj(i -> Arrays.copyOfRange(v.values(), i * v.cols(), (i + 1) * v.cols())).toArray(double[][]::new);
    }

    private static void containers(Exercise<?> exercise, View v, String name, Map<String, Object> answers) {
        double[] x = v.values();
        Map<String, Object> made = new LinkedHashMap<>();
        if (x.length == 1) {
            made.put("Double", x[0]);
            made.put("BigDecimal", BigDecimal.valueOf(x[0]));
            made.put("DoubleSupplier", (DoubleSupplier) () -> x[0]);
            made.put("OptionalDouble", OptionalDouble.of(x[0]));
        }
        made.put("double[]", x.clone());
        made.put("Double[]", Arrays.stream(x).boxed().toArray(Double[]::new));
        made.put("Object[]", Arrays.stream(x).boxed().toArray());
        made.put("List", Arrays.stream(x).boxed().toList());
        made.put("List of BigDecimal", Arrays.stream(x).mapToObj(BigDecimal::valueOf).toList());
        made.put("double[][]", rows(v));
        made.put("SimpleMatrix", new SimpleMatrix(rows(v)));
        made.put("DMatrixRMaj", new SimpleMatrix(rows(v)).getDDRM());
        made.put("Matrix", Matrix.of(rows(v)));
        made.put("Sequence", Sequence.of(Matrix.of(rows(v))));
        made.put("Supplier", (Supplier<double[]>) x::clone);
        made.put("DoubleColumn", DoubleColumn.create("x", x));
        made.put("Table", Table.create(IntStream.range(0, v.cols()).mapToObj(j -> DoubleColumn.create("c" + j,
            Arrays.stream(rows(v)).mapToDouble(row -> row[j]).toArray()))));
        if (v.flat() || v.rows() == 1) {
            made.put("column", Matrix.columnOf(x));
        }
        if (!name.equals("exact") || exercise.tolerance() > 1e-7) {    // else more digits are asked for than a float has
            float[] floats = new float[x.length];
            IntStream.range(0, x.length).forEach(i -> floats[i] = (float) x[i]);
            made.put("float[]", floats);
        }
        if (Arrays.stream(x).allMatch(n -> n == Math.rint(n))) {
            made.put("int[]", Arrays.stream(x).mapToInt(n -> (int) n).toArray());
            made.put("long[]", Arrays.stream(x).mapToLong(n -> (long) n).toArray());
        }
        made.forEach((container, answer) -> answers.put(name + ", " + container, answer));
        answers.put(name + ", DoubleStream", DoubleStream.of(x));
    }

    // ---- functions ----

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void functions(Exercise<?> exercise, Map<String, Object> answers) {
        Class<?> type = exercise.type();
        Object right = exercise.right();
        if (type == DoubleUnaryOperator.class) {
            DoubleUnaryOperator f = (DoubleUnaryOperator) right;
            answers.put("Function", (Function<Double, Double>) f::applyAsDouble);
            answers.put("UnaryOperator", (UnaryOperator<Double>) f::applyAsDouble);
            answers.put("ToDoubleFunction", (ToDoubleFunction<Double>) f::applyAsDouble);
            answers.put("DoubleFunction", (DoubleFunction<Double>) f::applyAsDouble);
            answers.put("Function to an array", (Function<Double, double[]>) x -> new double[] {f.applyAsDouble(x)});
            answers.put("Function to BigDecimal", (Function<Double, BigDecimal>) x -> new BigDecimal(f.applyAsDouble(x)));
        } else if (type == DoubleBinaryOperator.class) {
            DoubleBinaryOperator f = (DoubleBinaryOperator) right;
            answers.put("BinaryOperator", (BinaryOperator<Double>) f::applyAsDouble);
            answers.put("BiFunction", (BiFunction<Double, Double, Double>) f::applyAsDouble);
            answers.put("ToDoubleBiFunction", (ToDoubleBiFunction<Double, Double>) f::applyAsDouble);
            if (recorded(exercise).stream().allMatch(x -> x instanceof Double n && n == Math.rint(n))) {     // sizes and counts
                answers.put("LongBinaryOperator", (LongBinaryOperator) (a, b) -> Math.round(f.applyAsDouble(a, b)));
                answers.put("BiFunction of Integer", (BiFunction<Integer, Integer, Integer>) (a, b) -> (int) Math.round(f.applyAsDouble(a, b)));
                answers.put("BinaryOperator of Long", (BinaryOperator<Long>) (a, b) -> Math.round(f.applyAsDouble(a, b)));
            }
        } else if (type == Supplier.class) {
            Object supplied = ((Supplier<?>) right).get();
            answers.put("what it supplies", supplied);
            answers.put("Callable", (Callable<Object>) () -> supplied);
            if (supplied instanceof double[] x) {
                answers.put("List", Arrays.stream(x).boxed().toList());
                answers.put("Supplier of a List", (Supplier<List<Double>>) () -> Arrays.stream(x).boxed().toList());
                answers.put("Supplier of Double[]", (Supplier<Double[]>) () -> Arrays.stream(x).boxed().toArray(Double[]::new));
                answers.put("Matrix", Matrix.rowOf(x));
                float[] floats = new float[x.length];
                IntStream.range(0, x.length).forEach(i -> floats[i] = (float) x[i]);
                answers.put("float[]", floats);
            }
        } else if (type == UnaryOperator.class || type == Function.class || type == ToDoubleFunction.class) {
            Function f = type == ToDoubleFunction.class ? x -> ((ToDoubleFunction) right).applyAsDouble(x) : (Function) right;
            answers.put("Function", (Function) x -> f.apply(x));
            answers.put("UnaryOperator", (UnaryOperator) x -> f.apply(x));
            answers.put("Function to a list", (Function) x -> f.apply(x) instanceof double[] a ? Arrays.stream(a).boxed().toList() : f.apply(x));
            answers.put("Function to a matrix", (Function) x -> f.apply(x) instanceof double[] a ? Matrix.columnOf(a) : f.apply(x));
        } else if (type == BiFunction.class || type == ToDoubleBiFunction.class) {
            BiFunction f = type == BiFunction.class ? (BiFunction) right : (a, b) -> ((ToDoubleBiFunction) right).applyAsDouble(a, b);
            answers.put("BiFunction", (BiFunction) (a, b) -> f.apply(a, b));
            if (recorded(exercise).stream().anyMatch(x -> x instanceof Double)) {
                answers.put("ToDoubleBiFunction", (ToDoubleBiFunction) (a, b) -> (double) f.apply(a, b));
                answers.put("BiFunction to Float", (BiFunction) (a, b) -> BigDecimal.valueOf((double) f.apply(a, b)));
            }
        }
        answers.put("as it is", right);
    }

    /** All numbers and objects that go into the right function and come out of it. */
    private static List<Object> recorded(Exercise<?> exercise) {
        List<Object> all = new ArrayList<>();
        exercise.judge(Proxy.newProxyInstance(AnswerVariantsTest.class.getClassLoader(), new Class<?>[] {exercise.type()}, (self, method, args) -> {
            Object result = method.invoke(exercise.right(), args);
            all.addAll(Arrays.asList(args));
            all.add(result);
            return result;
        }));
        return all;
    }

    // ---- wrong ----

    private static Map<String, Object> wrongAnswersOf(Exercise<?> exercise) throws Exception {
        Map<String, Object> answers = new LinkedHashMap<>();
        if (!exercise.options().isEmpty()) {
            exercise.options().keySet().stream().filter(letter -> !letter.equals(exercise.right())).forEach(letter -> answers.put(letter, letter));
            answers.put("number", 2);
            answers.put("two letters", "a b");
            answers.put("far letter", "z");
        } else if (exercise.isFunction()) {
            wrongFunctions(exercise, answers);
        } else {
            View right = exercise.view(exercise.right());
            double[] y = right.values();
            for (int i : new int[] {0, y.length / 2, y.length - 1}) {
                if (y.length > 1) {
                    answers.put("NaN at " + i, changed(right, i, Double.NaN));
                }
                answers.put("infinite at " + i, changed(right, i, Double.POSITIVE_INFINITY));
                answers.put("minus infinite at " + i, changed(right, i, Double.NEGATIVE_INFINITY));
                answers.put("5 % more at " + i, changed(right, i, y[i] == 0 ? 0.05 : 1.05 * y[i]));
                answers.put("5 % less at " + i, changed(right, i, y[i] == 0 ? -0.05 : 0.95 * y[i]));
                if (y[i] != 0) {                                            // beside a zero it is a rounding error
                    answers.put("tiny at " + i, changed(right, i, 1e-300));
                }
                answers.put("huge at " + i, changed(right, i, 1e300));
            }
            if (Arrays.stream(y).anyMatch(v -> v != 0)) {
                answers.put("sign", shaped(right, Arrays.stream(y).map(v -> -v).toArray()));
                answers.put("zeros", shaped(right, new double[y.length]));
            }
            double[] reversed = IntStream.range(0, y.length).mapToDouble(i -> y[y.length - 1 - i]).toArray();
            if (!Arrays.equals(reversed, y)) {
                answers.put("reversed", shaped(right, reversed));
            }
            if (!right.isLine()) {
                View turned = right.transposed();
                if (!Arrays.equals(turned.values(), y)) {
                    answers.put("transposed", rows(turned));
                    answers.put("column by column", turned.values());
                }
            }
            answers.put("one number more", Arrays.copyOf(y, y.length + 1));
            answers.put("a text", Arrays.toString(y));
            answers.put("the number as a text", "" + y[0]);
            answers.put("a function", (DoubleUnaryOperator) x -> x);
        }
        return answers;
    }

    private static Object changed(View right, int i, double value) {
        double[] values = right.values().clone();
        values[i] = value;
        return shaped(right, values);
    }

    private static Object shaped(View right, double[] values) {
        return right.values().length == 1 ? (Object) values[0] : right.flat() ? values : rows(with(right, values));
    }

    private interface Change {
        double of(double right, int call);
    }

    /** The right function with its numbers changed on their way out. */
    private static void wrongFunctions(Exercise<?> exercise, Map<String, Object> answers) {
        answers.put("a number", 0.5);
        answers.put("a text", "x -> x");
        if (exercise.type() == Supplier.class || Functional.method(exercise.type()).isEmpty()) {
            return;                                                 // a design: other numbers may be as good
        }
        int calls = calls(exercise);
        for (int k : new int[] {0, calls / 2, calls - 1}) {
            changes().forEach((name, change) -> answers.put(name + " at call " + k, around(exercise, change, k)));
        }
        changes().forEach((name, change) -> answers.put(name + " everywhere", around(exercise, change, -1)));
    }

    private static Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("5 % more", (y, n) -> Math.abs(y) < 1e-9 ? 0.05 : 1.05 * y);
        changes.put("infinite", (y, n) -> Double.POSITIVE_INFINITY);
        changes.put("minus infinite", (y, n) -> Double.NEGATIVE_INFINITY);
        changes.put("a constant", (y, n) -> 12345.678);
        return changes;
    }

    private static int calls(Exercise<?> exercise) {
        AtomicInteger calls = new AtomicInteger();
        assertEquals(Verdict.State.PASSED, exercise.judge(proxy(exercise, (result, n) -> {
            calls.incrementAndGet();
            return result;
        })).state());
        return calls.get() / 2;                                     // a right function is tried twice
    }

    private static Object around(Exercise<?> exercise, Change change, int call) {
        return proxy(exercise, (result, n) -> {
            if (call >= 0 && n != call) {
                return result;
            }
            if (result instanceof double[] a) {
                return a.length == 0 ? a : Arrays.stream(a).map(v -> change.of(v, n)).toArray();
            }
            if (result instanceof double[][] rows) {
                return Arrays.stream(rows).map(row -> Arrays.stream(row).map(v -> change.of(v, n)).toArray()).toArray(double[][]::new);
            }
            return result instanceof Number v ? (Object) change.of(v.doubleValue(), n) : null;
        });
    }

    private static Object proxy(Exercise<?> exercise, BiFunction<Object, Integer, Object> change) {
        int[] calls = {0};
        return Proxy.newProxyInstance(AnswerVariantsTest.class.getClassLoader(), new Class<?>[] {exercise.type()}, (self, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(exercise.right(), args);
            }
            try {
                return change.apply(method.invoke(exercise.right(), args), calls[0]++);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** A message about a function names an input whenever it speaks of one value. */
    @TestFactory
    Stream<DynamicNode> theInputIsNamed() {
        List<DynamicNode> tests = new ArrayList<>();
        for (Lesson lesson : Lessons.all()) {
            for (Exercise<?> exercise : lesson.exercises()) {
                if (exercise.isFunction() && Functional.method(exercise.type()).isPresent() && exercise.type() != Supplier.class) {
                    tests.add(dynamicTest(exercise.id(), () -> {
                        int last = calls(exercise) - 1;
                        String off = exercise.judge(around(exercise, (y, n) -> 1.3 * y + 0.731, last)).message();
                        assertTrue(off.startsWith("for "), off);
                        String stopped = exercise.judge(proxy(exercise, (result, n) -> {
                            if (n == last) {
                                throw new IllegalStateException("stop");
                            }
                            return result;
                        })).message();
                        assertTrue(stopped.startsWith("your code stopped with IllegalStateException: stop, for the input "), stopped);
                    }));
                }
            }
        }
        return tests.stream();
    }
}
