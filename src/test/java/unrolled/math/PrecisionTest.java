package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import unrolled.InSingle;

/** Matrices of single precision: where they come from, how numbers are rounded, and that the two precisions do not mix unseen. */
class PrecisionTest {
    private static final double THIRD = 1 / 3.0;

    private static Matrix random(Precision precision, int rows, int cols, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = new Matrix(precision, rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                m.set(i, j, random.nextDouble(-1, 1));
            }
        }
        return m;
    }

    private static void assertPrecision(Precision expected, Object... all) {
        for (Object o : all) {
            assertEquals(expected, o instanceof Matrix m ? m.precision() : ((Sequence) o).precision());
        }
    }

    // ---- the switch ----

    @Test void theSwitchIsForWhatIsMadeAfterwards() throws Exception {
        assertEquals(Precision.DOUBLE, Precision.current());
        Matrix before = new Matrix(2, 3);
        InSingle.run(() -> {
            assertEquals(Precision.SINGLE, Precision.current());
            assertPrecision(Precision.DOUBLE, before, before.copy(), before.row(0), new Matrix(Precision.DOUBLE, 1, 1),
                    new Sequence(Precision.DOUBLE, 1, 1, 1), Sequence.of(before), Sequence.ofSteps(before));
            assertPrecision(Precision.SINGLE, new Matrix(2, 3), Matrix.of(new double[][] {{1}}), Matrix.of(1, 2, 3, 4), Matrix.rowOf(1, 2),
                    Matrix.columnOf(1, 2), Matrix.of(before.ejml()), new Sequence(2, 3, 4),
                    Sequence.timeFirst(new double[][][] {{{1}}}));
            Thread other = new Thread(() -> assertPrecision(Precision.SINGLE, new Matrix(1, 1)));
            List<Throwable> wrong = new ArrayList<>();
            other.setUncaughtExceptionHandler((thread, e) -> wrong.add(e));
            other.start();
            other.join();
            assertEquals(List.of(), wrong, "in every thread");
        });
        assertPrecision(Precision.DOUBLE, new Matrix(1, 1), new Sequence(1, 1, 1));
        assertEquals("single", Precision.SINGLE.toString());
        assertEquals("double", Precision.DOUBLE.toString());
    }

    @Test void viewsAndCopiesKeepThePrecision() {
        Matrix m = random(Precision.SINGLE, 4, 6, 1);
        assertPrecision(Precision.SINGLE, m.row(1), m.rows(1, 3), m.cols(2, 4), m.transposed(), m.everyRow(0, 2), m.copy(), m.transposed().copy(),
                m.cols(1, 3).transposed().rows(0, 1), m.scale(2), m.transposed().scale(2));
        Sequence s = new Sequence(Precision.SINGLE, 3, 2, 4);
        assertPrecision(Precision.SINGLE, s.all(), s.at(-1), s.at(2), s.prev(), s.one(1), s.cols(1, 3), s.copy(), s.copy().reverse(s));
        assertPrecision(Precision.DOUBLE, s.in(Precision.DOUBLE), m.in(Precision.DOUBLE), m.in(Precision.DOUBLE).copy());
    }

    // ---- rounding ----

    @Test void numbersAreRoundedToTheNearest() {
        double[] numbers = {THIRD, -THIRD, 0.1, 1e-45, 0.6e-45, 0.7e-45, 1e-46, 3.4028235e38, 3.4028235677973366e38, 1e39, -1e300, 16777217,
            16777219, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Math.nextUp(1.0), 1 + 0x1p-24, 1 + 0x1.8p-24};
        Matrix d = Matrix.rowOf(numbers), s = d.in(Precision.SINGLE);
        Matrix set = new Matrix(Precision.SINGLE, 1, numbers.length).set(d);
        Matrix column = new Matrix(Precision.SINGLE, numbers.length, 1).set(d.transposed());
        Matrix turned = new Matrix(Precision.SINGLE, numbers.length, 1);
        turned.transposed().set(d);
        for (int i = 0; i < numbers.length; i++) {
            for (double actual : new double[] {s.get(0, i), set.get(0, i), column.get(i, 0), turned.get(i, 0),
                    new Matrix(Precision.SINGLE, 1, 1).fill(numbers[i]).get(0, 0), new Matrix(Precision.SINGLE, 1, 1).set(0, 0, numbers[i]).get(0, 0)}) {
                assertEquals(Float.toString((float) numbers[i]), Float.toString((float) actual));
                assertEquals((double) (float) numbers[i], actual);
            }
        }
        Matrix back = random(Precision.SINGLE, 5, 7, 2);
        assertEquals(0, back.in(Precision.DOUBLE).in(Precision.SINGLE).maxDifference(back));
        assertNotSame(back, back.in(Precision.SINGLE), "a matrix of its own");
    }

    @Test void aSequenceIsConvertedWithItsStartAndItsLengths() {
        Sequence d = new Sequence(3, 2, 1).lengths(3, 1);
        d.at(-1).fill(THIRD);
        d.at(2).fill(-THIRD);
        Sequence s = d.in(Precision.SINGLE);
        assertEquals((float) THIRD, s.at(-1).get(1, 0));
        assertEquals(-(float) THIRD, s.at(2).get(0, 0));
        assertEquals(1, s.length(1));
        assertEquals(THIRD, d.at(-1).get(0, 0), "the argument stays");
        Sequence target = new Sequence(Precision.SINGLE, 3, 2, 1).set(d);
        assertEquals(-(float) THIRD, target.at(2).get(0, 0));
    }

    // ---- precisions do not mix ----

    /** Every public method of Matrix and Sequence that takes another one: two of unequal precision are refused, and nothing changes. */
    @Test void mixingIsRefusedByEveryOperation() throws Exception {
        Set<String> mayMix = Set.of("set", "maxDifference"), tried = new TreeSet<>();
        for (Precision precision : Precision.values()) {
            Precision other = precision == Precision.SINGLE ? Precision.DOUBLE : Precision.SINGLE;
            for (Method method : Matrix.class.getMethods()) {
                List<Integer> places = new ArrayList<>();
                for (int i = 0; i < method.getParameterCount(); i++) {
                    if (method.getParameterTypes()[i] == Matrix.class || method.getParameterTypes()[i] == Packed.class) {
                        places.add(i);
                    }
                }
                if (!places.isEmpty() && method.getDeclaringClass() == Matrix.class && !Modifier.isStatic(method.getModifiers())) {
                    for (int place : places) {
                        if (!mayMix.contains(method.getName())) {
                            refused(method, place, precision, other);
                            tried.add(method.getName());
                        }
                    }
                }
            }
        }
        assertTrue(tried.containsAll(List.of("add", "dot", "addDot", "softmax", "adam", "rmsProp", "copyRow", "addToRow", "addRowsOfTimes",
                "sumOfTimes")) && tried.size() >= 25, tried.toString());
    }

    private static void refused(Method method, int place, Precision precision, Precision other) throws IllegalAccessException {
        boolean row = List.of("addRowsOf", "addRowsOfTimes").contains(method.getName());         // their destination is a row
        Matrix on = random(precision, row ? 1 : 3, 3, 3), before = on.copy();
        Object[] arguments = new Object[method.getParameterCount()];
        List<Matrix> matrices = new ArrayList<>(), copies = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            boolean oneRow = List.of("addRow").contains(method.getName()) || method.getName().equals("addTimesRow") && i == 1;
            Matrix m = random(i == place ? other : precision, oneRow ? 1 : 3, 3, 10 + i);
            if (type == Matrix.class || type == Packed.class) {
                matrices.add(m);
                copies.add(m.copy());
            }
            arguments[i] = type == Matrix.class ? m : type == Packed.class ? new Packed().set(m) : type == int.class ? (Object) 0 : (Object) 0.5;
        }
        String what = method + ", argument " + place;
        String said = "nothing";
        try {
            method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            assertEquals(IllegalArgumentException.class, e.getCause().getClass(), what + ": " + e.getCause());
            said = e.getCause().getMessage();
        }
        assertTrue(said.startsWith(method.getName() + ": "), what + " says " + said);
        assertTrue(said.contains(" single") && said.contains(" double") && said.contains("in(Precision."), what + " says " + said);
        assertEquals(0, on.maxDifference(before), what + " changed its destination");
        for (int i = 0; i < matrices.size(); i++) {
            assertEquals(0, matrices.get(i).maxDifference(copies.get(i)), what + " changed an argument");
        }
    }

    @Test void theSentence() {
        String said = assertThrows(IllegalArgumentException.class, () -> new Matrix(Precision.SINGLE, 2, 3).add(new Matrix(2, 3))).getMessage();
        assertEquals("add: the destination [2,3] has single precision, but an argument [2,3] has double; choose the precision before the first"
                + " matrix is made, or pass in(Precision.SINGLE)", said);
        Sequence once = new Sequence(Precision.SINGLE, 2, 1, 1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> once.reverse(new Sequence(2, 1, 1))).getMessage().contains("in(Precision.SINGLE)"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Matrix(2, 2).in(null)).getMessage().contains("precision"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Matrix(null, 2, 2)).getMessage().contains("precision"));
    }

    // ---- everything else is as in double ----

    @Test void textsAndDifferences() {
        Matrix d = Matrix.of(new double[][] {{1.5, -2}, {0.25, 1e6}}), s = d.in(Precision.SINGLE);
        assertEquals(d.toString(), s.toString());
        assertEquals(d.shape(), s.shape());
        assertTrue(Arrays.deepEquals(d.toArray(), s.toArray()));
        assertEquals(0, d.maxDifference(s));
        assertEquals(0, s.maxDifference(d));
        assertEquals((float) THIRD - THIRD, Matrix.rowOf(THIRD).maxDifference(Matrix.rowOf(THIRD).in(Precision.SINGLE)), 1e-20);
        assertTrue(s.ejml().isIdentical(d.ejml(), 0));
        assertEquals(Sequence.of(d).toString(), Sequence.of(d).in(Precision.SINGLE).toString());
        assertFalse(s.equals(d), "as ever, a matrix equals none but itself");
    }

    /** The squares are doubles, in which neither 1e60 nor 1e-60 is a difficulty. */
    @Test void lengthsOfHugeAndTinyNumbers() {
        for (double size : new double[] {1e-44, 1e-38, 1e-30, 1, 1e19, 1e30, 6e37}) {
            Matrix m = Matrix.of(new double[][] {{3 * size, 0}, {0, -4 * size}}).in(Precision.SINGLE);
            double a = m.get(0, 0), b = m.get(1, 1);
            assertEquals(a * a + b * b, m.sumOfSquares(), "size " + size);
            assertEquals(Math.sqrt(a * a + b * b), m.norm(), "size " + size);
            assertEquals(m.norm(), m.transposed().norm(), "size " + size);
            assertEquals(5 * size, m.norm(), size < 1e-40 ? size : 1e-6 * size);
        }
        assertEquals(0, new Matrix(Precision.SINGLE, 2, 2).norm());
        assertTrue(Double.isNaN(Matrix.rowOf(1, Double.NaN).in(Precision.SINGLE).norm()));
        assertEquals(Double.POSITIVE_INFINITY, Matrix.rowOf(1, 1e39).in(Precision.SINGLE).norm());
    }

    /** 16,777,216 + 1 is no float: a sum of as many ones is right only in double. */
    @Test void longSumsAreDoubles() {
        assertEquals(20_000_000, new Matrix(Precision.SINGLE, 4000, 5000).fill(1).sum());
        Matrix m = new Matrix(Precision.SINGLE, 100, 1000).fill(0.1);
        assertEquals(100_000 * (double) 0.1f, m.sum(), 1e-6);
    }

    @Test void softmaxOfScoresOfAnySize() {
        Matrix scores = Matrix.of(new double[][] {{1e38, -1e38, 0}, {0, -200, -87}, {-3e38, -3e38, -3e38}}).in(Precision.SINGLE);
        Matrix p = new Matrix(Precision.SINGLE, 3, 3).softmax(scores);
        assertEquals(1, p.get(0, 0));
        assertEquals(0, p.get(1, 1));
        assertTrue(p.get(1, 2) > 0);
        for (int i = 0; i < 3; i++) {
            assertEquals((float) THIRD, p.get(2, i));
        }
    }
}
