package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Every operation against a plain loop, on every kind of view; overlapping views; refusals and their sentences. */
class MatrixTest {
    /** An elementwise operation, and what it makes of one entry. */
    private record Op(String name, int arguments, Apply apply, Formula formula) { }

    private interface Apply {
        Matrix to(Matrix d, Matrix a, Matrix b, Matrix y);
    }

    private interface Formula {
        double of(double d, double a, double b, double y);
    }

    private static final List<Op> ELEMENTWISE = List.of(
            new Op("set", 1, (d, a, b, y) -> d.set(a), (d, a, b, y) -> a),
            new Op("fill", 0, (d, a, b, y) -> d.fill(3), (d, a, b, y) -> 3),
            new Op("plus", 2, (d, a, b, y) -> d.plus(a, b), (d, a, b, y) -> a + b),
            new Op("minus", 2, (d, a, b, y) -> d.minus(a, b), (d, a, b, y) -> a - b),
            new Op("times", 2, (d, a, b, y) -> d.times(a, b), (d, a, b, y) -> a * b),
            new Op("times", 1, (d, a, b, y) -> d.times(a), (d, a, b, y) -> d * a),
            new Op("addTimes", 2, (d, a, b, y) -> d.addTimes(a, b), (d, a, b, y) -> d + a * b),
            new Op("add", 1, (d, a, b, y) -> d.add(a), (d, a, b, y) -> d + a),
            new Op("addScaled", 1, (d, a, b, y) -> d.addScaled(-2.5, a), (d, a, b, y) -> d - 2.5 * a),
            new Op("scale", 0, (d, a, b, y) -> d.scale(0.3), (d, a, b, y) -> d * 0.3),
            new Op("exp", 1, (d, a, b, y) -> d.exp(a), (d, a, b, y) -> Math.exp(a)),
            new Op("sigmoid", 1, (d, a, b, y) -> d.sigmoid(a), (d, a, b, y) -> 1 / (1 + Math.exp(-a))),
            new Op("sigmoid", 0, (d, a, b, y) -> d.sigmoid(), (d, a, b, y) -> 1 / (1 + Math.exp(-d))),
            new Op("tanh", 1, (d, a, b, y) -> d.tanh(a), (d, a, b, y) -> Math.tanh(a)),
            new Op("tanh", 0, (d, a, b, y) -> d.tanh(), (d, a, b, y) -> Math.tanh(d)),
            new Op("relu", 1, (d, a, b, y) -> d.relu(a), (d, a, b, y) -> Math.max(a, 0)),
            new Op("relu", 0, (d, a, b, y) -> d.relu(), (d, a, b, y) -> Math.max(d, 0)),
            new Op("timesSigmoidSlope", 1, (d, a, b, y) -> d.timesSigmoidSlope(a), (d, a, b, y) -> d * a * (1 - a)),
            new Op("timesTanhSlope", 1, (d, a, b, y) -> d.timesTanhSlope(a), (d, a, b, y) -> d * (1 - a * a)),
            new Op("timesReluSlope", 1, (d, a, b, y) -> d.timesReluSlope(a), (d, a, b, y) -> a > 0 ? d : 0),
            new Op("sumOfTimes", 3, (d, a, b, y) -> d.sumOfTimes(a, b, y, a), (d, a, b, y) -> a * b + y * a),
            new Op("timesSigmoidSlope", 3, (d, a, b, y) -> d.timesSigmoidSlope(a, b, y), (d, a, b, y) -> a * b * y * (1 - y)),
            new Op("timesTanhSlope", 3, (d, a, b, y) -> d.timesTanhSlope(a, b, y), (d, a, b, y) -> a * b * (1 - y * y)),
            new Op("addTimesTanhSlope", 3, (d, a, b, y) -> d.addTimesTanhSlope(a, b, y), (d, a, b, y) -> d + a * b * (1 - y * y)));

    /** Ways to lay out a matrix of the wanted shape, each with the array (as a matrix) that it is a view of. */
    private record View(String kind, Matrix view, Matrix under) { }

    private static View view(Random random, int kind, int rows, int cols) {
        Matrix under;
        switch (kind) {
            case 0:
                under = random(random, rows, cols);
                return new View("plain", under, under);
            case 1:
                under = random(random, rows, cols + 3);
                return new View("columns", under.cols(2, 2 + cols), under);
            case 2:
                under = random(random, rows + 4, cols + 1);
                return new View("rows and columns", under.rows(3, 3 + rows).cols(0, cols), under);
            case 3:
                under = random(random, cols, rows);
                return new View("transposed", under.transposed(), under);
            default:
                under = random(random, cols + 2, rows + 3);
                return new View("transposed part", under.transposed().rows(1, 1 + rows).cols(2, 2 + cols), under);
        }
    }

    private static final int KINDS = 5;

    private static Matrix random(Random random, int rows, int cols) {
        Matrix m = new Matrix(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                m.set(i, j, random.nextGaussian());
            }
        }
        return m;
    }

    /** Sum of everything in the array outside the view: unchanged if the view alone was written to. */
    private static double outside(View v) {
        Matrix copy = v.under.copy(), view = v.view.copy();
        v.view.fill(0);
        double sum = v.under.sum();
        v.view.set(view);
        assertEquals(0, v.under.maxDifference(copy));
        return sum;
    }

    @Test void oneArrayRowAfterRow() {
        double[] values = {1, 2, 3, 4, 5, 6};
        Matrix m = Matrix.of(2, 3, values);
        assertEquals(0, m.maxDifference(Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}})));
        values[0] = 9;
        assertEquals(1, m.get(0, 0), "a copy");
        for (Runnable wrong : new Runnable[] {() -> Matrix.of(2, 3, 1, 2), () -> Matrix.of(2, 3, 1, 2, 3, 4, 5, 6, 7), () -> Matrix.of(0, 3)}) {
            assertTrue(assertThrows(IllegalArgumentException.class, wrong::run).getMessage().contains(",3]"));
        }
    }

    @Test void elementwiseOperationsOnEveryKindOfView() {
        Random random = new Random(1);
        int[][] shapes = {{1, 1}, {1, 7}, {6, 1}, {3, 5}, {17, 18}, {9, 33}};
        for (Op op : ELEMENTWISE) {
            for (int[] s : shapes) {
                for (int kind = 0; kind < KINDS; kind++) {
                    for (int other = 0; other < KINDS; other++) {
                        View d = view(random, kind, s[0], s[1]), a = view(random, other, s[0], s[1]);
                        View b = view(random, random.nextInt(KINDS), s[0], s[1]), y = view(random, random.nextInt(KINDS), s[0], s[1]);
                        checkElementwise(op, d, a, b, y);
                    }
                }
            }
        }
    }

    private static void checkElementwise(Op op, View d, View a, View b, View y) {
        String what = op.name + " of " + d.view.shape() + ", " + d.kind + " from " + a.kind + ", " + b.kind + ", " + y.kind;
        Matrix before = d.view.copy(), aBefore = a.under.copy(), bBefore = b.under.copy(), yBefore = y.under.copy();
        double outside = outside(d);
        assertSame(d.view, op.apply.to(d.view, a.view, b.view, y.view), what);
        for (int i = 0; i < before.rows(); i++) {
            for (int j = 0; j < before.cols(); j++) {
                double expected = op.formula.of(before.get(i, j), a.view.get(i, j), b.view.get(i, j), y.view.get(i, j));
                assertEquals(expected, d.view.get(i, j), 1e-14 * (1 + Math.abs(expected)), what);
            }
        }
        assertEquals(outside, outside(d), what + ": wrote outside its destination");
        assertEquals(0, a.under.maxDifference(aBefore), what);
        assertEquals(0, b.under.maxDifference(bBefore), what);
        assertEquals(0, y.under.maxDifference(yBefore), what);
    }

    @Test void productsOnEveryKindOfView() {
        Random random = new Random(2);
        int[][] sizes = {{1, 1, 1}, {1, 5, 9}, {6, 1, 4}, {3, 4, 1}, {5, 7, 13}, {18, 20, 17}};
        for (int[] s : sizes) {
            for (int kinds = 0; kinds < KINDS * KINDS * KINDS; kinds++) {
                View d = view(random, kinds % KINDS, s[0], s[2]), a = view(random, kinds / KINDS % KINDS, s[0], s[1]);
                View b = view(random, kinds / KINDS / KINDS, s[1], s[2]);
                for (boolean add : new boolean[] {false, true}) {
                    String what = (add ? "addDot " : "dot ") + d.kind + " " + d.view.shape() + " from " + a.kind + ", " + b.kind;
                    Matrix before = d.view.copy(), aBefore = a.under.copy(), bBefore = b.under.copy();
                    double outside = outside(d);
                    assertSame(d.view, add ? d.view.addDot(a.view, b.view) : d.view.dot(a.view, b.view));
                    for (int i = 0; i < s[0]; i++) {
                        for (int j = 0; j < s[2]; j++) {
                            double expected = add ? before.get(i, j) : 0;
                            for (int l = 0; l < s[1]; l++) {
                                expected += a.view.get(i, l) * b.view.get(l, j);
                            }
                            assertEquals(expected, d.view.get(i, j), 1e-13, what);
                        }
                    }
                    assertEquals(outside, outside(d), what + ": wrote outside its destination");
                    assertEquals(0, a.under.maxDifference(aBefore), what);
                    assertEquals(0, b.under.maxDifference(bBefore), what);
                }
            }
        }
    }

    @Test void rowOperationsOnEveryKindOfView() {
        Random random = new Random(3);
        for (int kind = 0; kind < KINDS; kind++) {
            for (int other = 0; other < KINDS; other++) {
                View d = view(random, kind, 5, 11), b = view(random, other, 1, 11);
                Matrix before = d.view.copy(), sum = new Matrix(1, 11), bBefore = b.under.copy();
                d.view.addRow(b.view);
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 11; j++) {
                        assertEquals(before.get(i, j) + b.view.get(0, j), d.view.get(i, j));
                        sum.set(0, j, sum.get(0, j) + d.view.get(i, j));
                    }
                }
                assertEquals(0, b.under.maxDifference(bBefore));
                sum.add(b.view);
                b.view.addRowsOf(d.view);
                assertTrue(sum.maxDifference(b.view) < 1e-14);

                View s = view(random, other, 5, 11);
                s.view.softmax(d.view);
                for (int i = 0; i < 5; i++) {
                    double total = 0;
                    for (int j = 0; j < 11; j++) {
                        total += Math.exp(d.view.get(i, j));
                    }
                    for (int j = 0; j < 11; j++) {
                        assertEquals(Math.exp(d.view.get(i, j)) / total, s.view.get(i, j), 1e-15);
                    }
                    assertEquals(1, s.view.row(i).sum(), 1e-15);
                }
                assertEquals(0, s.view.maxDifference(s.view.copy().softmax(d.view)));
                assertEquals(0, s.view.maxDifference(d.view.softmax(d.view)), "softmax in place");
            }
        }
    }

    @Test void softmaxOfLargeAndVerySmallNumbers() {
        Matrix p = new Matrix(1, 3).softmax(Matrix.rowOf(1000, 999, -1e300));
        assertEquals(1 / (1 + Math.exp(-1)), p.get(0, 0), 1e-15);
        assertEquals(1 / (1 + Math.exp(1)), p.get(0, 1), 1e-15);
        assertEquals(0, p.get(0, 2));
    }

    @Test void summaries() {
        Random random = new Random(4);
        for (int kind = 0; kind < KINDS; kind++) {
            View v = view(random, kind, 4, 5);
            double sum = 0, squares = 0, max = 0;
            for (double[] row : v.view.toArray()) {
                for (double x : row) {
                    sum += x;
                    squares += x * x;
                    max = Math.max(max, Math.abs(x));
                }
            }
            assertEquals(sum, v.view.sum(), 1e-14);
            assertEquals(squares, v.view.sumOfSquares(), 1e-13);
            assertEquals(max, v.view.maxAbs());
            assertEquals(Double.NaN, v.view.copy().set(1, 1, Double.NaN).maxAbs());
        }
        Matrix m = Matrix.of(new double[][] {{1, 7, 7}, {-3, -1, -2}});
        assertEquals(1, m.argMax(0));
        assertEquals(1, m.argMax(1));
        assertEquals(6, m.maxDifference(Matrix.of(new double[][] {{1, 7, 1}, {-3, -1, -2}})));
    }

    // ---- overlaps ----

    /** All views [rows,cols] on one array, upright and transposed. */
    private static List<UnaryOperator<Matrix>> views(int side, int rows, int cols) {
        List<UnaryOperator<Matrix>> views = new ArrayList<>();
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                int top = i, left = j;
                if (i + rows <= side && j + cols <= side) {
                    views.add(m -> m.rows(top, top + rows).cols(left, left + cols));
                }
                if (i + cols <= side && j + rows <= side) {
                    views.add(m -> m.rows(top, top + cols).cols(left, left + rows).transposed());
                }
            }
        }
        return views;
    }

    private static boolean share(UnaryOperator<Matrix> v, UnaryOperator<Matrix> w, int side) {
        Matrix m = new Matrix(side, side);
        v.apply(m).fill(1);
        return w.apply(m).maxAbs() > 0;
    }

    /** For any two views on one array the result is that of separate arrays, or the operation refuses and changes nothing. */
    @Test void overlappingElementwiseOperationsAreSafeOrRefused() {
        Random random = new Random(5);
        int side = 5, refused = 0, disjointRefused = 0, done = 0;
        Matrix numbers = random(random, side, side);
        for (int[] shape : new int[][] {{1, 1}, {2, 2}, {1, 3}, {3, 1}, {2, 3}, {5, 2}}) {
            List<UnaryOperator<Matrix>> views = views(side, shape[0], shape[1]);
            for (UnaryOperator<Matrix> v : views) {
                for (UnaryOperator<Matrix> w : views) {
                    Op op = ELEMENTWISE.get(random.nextInt(ELEMENTWISE.size()));
                    boolean shared = share(v, w, side);
                    Matrix expected = numbers.copy(), actual = numbers.copy(), a = w.apply(numbers.copy());
                    op.apply.to(v.apply(expected), a, a, a);
                    try {
                        Matrix sameArray = w.apply(actual);
                        op.apply.to(v.apply(actual), sameArray, sameArray, sameArray);
                        assertEquals(0, expected.maxDifference(actual), op.name + " gave another result on overlapping views");
                        done++;
                    } catch (IllegalArgumentException e) {
                        assertTrue(e.getMessage().startsWith(op.name + ": ") && e.getMessage().contains("copy()"), e.getMessage());
                        assertEquals(0, actual.maxDifference(numbers), op.name + " refused but wrote");
                        refused++;
                        disjointRefused += shared ? 0 : 1;
                    }
                }
            }
        }
        assertTrue(refused > 1000 && done > 1000, refused + " refused, " + done + " done");
        assertTrue(disjointRefused < refused / 2, disjointRefused + " of " + refused + " refusals were of disjoint views");
    }

    @Test void overlappingProductsAreSafeOrRefused() {
        Random random = new Random(6);
        int side = 6, refused = 0, done = 0;
        Matrix numbers = random(random, side, side), b = random(random, 3, 2), c = random(random, 2, 2);
        for (UnaryOperator<Matrix> v : views(side, 2, 2)) {
            for (UnaryOperator<Matrix> w : views(side, 2, 3)) {
                for (int which = 0; which < 4; which++) {
                    Matrix expected = numbers.copy(), actual = numbers.copy(), other = numbers.copy();
                    try {
                        product(which, v.apply(expected), w.apply(other), b, c);
                        product(which, v.apply(actual), w.apply(actual), b, c);
                        assertEquals(0, expected.maxDifference(actual), "overlapping product");
                        done++;
                    } catch (IllegalArgumentException e) {
                        assertTrue(e.getMessage().contains("copy()"), e.getMessage());
                        assertEquals(0, actual.maxDifference(numbers));
                        refused++;
                    }
                }
            }
        }
        assertTrue(refused > 1000 && done > 1000, refused + " refused, " + done + " done");
    }

    private static void product(int which, Matrix d, Matrix view, Matrix b, Matrix c) {
        switch (which) {
            case 0 -> d.dot(view, b);
            case 1 -> d.addDot(view, b);
            case 2 -> d.transposed().addDot(b.transposed(), view.transposed());
            default -> d.cols(0, 1).dot(c, view.cols(1, 2));
        }
    }

    /** What layers do: gates are columns of one array, and rows of it are steps; none of these may be refused. */
    @Test void disjointGatesOfOneArrayWorkTogether() {
        for (int rows : new int[] {1, 4}) {
            Matrix z = random(new Random(7), 3 * rows, 12), before = z.copy(), now = z.rows(rows, 2 * rows);
            Matrix i = now.cols(0, 3), f = now.cols(3, 6), o = now.cols(9, 12);
            i.times(f, o);
            f.addTimes(o, z.rows(0, rows).cols(3, 6));
            f.set(z.rows(2 * rows, 3 * rows).cols(3, 6));
            o.transposed().add(i.transposed());
            o.row(0).add(i.row(0));
            i.addRow(z.rows(0, 1).cols(9, 12));
            i.row(0).addRowsOf(now.cols(6, 9));
            i.row(0).addRowsOf(z.rows(0, rows).cols(0, 3));
            assertEquals(0, now.cols(6, 9).maxDifference(before.rows(rows, 2 * rows).cols(6, 9)));
            assertEquals(0, z.rows(0, rows).maxDifference(before.rows(0, rows)));
            assertEquals(0, z.rows(2 * rows, 3 * rows).maxDifference(before.rows(2 * rows, 3 * rows)));
        }
    }

    @Test void rowOperationsRefuseSharedNumbers() {
        Matrix m = random(new Random(8), 4, 6), before = m.copy();
        refused(() -> m.addRow(m.row(2)), "addRow: ", "copy()");
        refused(() -> m.row(3).addRowsOf(m), "addRowsOf: ", "copy()");
        refused(() -> m.cols(0, 4).softmax(m.cols(1, 5)), "copy()");
        refused(() -> m.cols(0, 4).set(m.cols(0, 4).transposed()), "copy()");
        refused(() -> m.cols(0, 4).dot(m.cols(0, 4), random(new Random(9), 4, 4)), "copy()");
        refused(() -> m.cols(0, 4).dot(random(new Random(9), 4, 4), m.cols(0, 4)), "copy()");
        assertEquals(0, m.maxDifference(before));
    }

    // ---- refusals and their sentences ----

    private static void refused(Runnable r, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, r::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' should name '" + part + "'");
        }
    }

    @Test void wrongShapesAreNamed() {
        Matrix d = new Matrix(3, 4), good = new Matrix(3, 4), before = random(new Random(10), 3, 4);
        d.set(before);
        for (Op op : ELEMENTWISE) {
            for (Matrix bad : new Matrix[] {new Matrix(3, 5), new Matrix(2, 4), new Matrix(4, 3), new Matrix(1, 4)}) {
                if (op.arguments > 0) {
                    refused(() -> op.apply.to(d, bad, good, good), op.name + ": ", "[3,4]", bad.shape());
                }
                if (op.arguments > 1) {
                    refused(() -> op.apply.to(d, good, bad, good), op.name + ": ", "[3,4]", bad.shape());
                }
                if (op.arguments > 2) {
                    refused(() -> op.apply.to(d, good, good, bad), op.name + ": ", "[3,4]", bad.shape());
                }
            }
            if (op.arguments > 0) {
                refused(() -> op.apply.to(d, null, null, null), op.name + ": ", "null");
            }
        }
        refused(() -> d.softmax(new Matrix(4, 3)), "softmax: ", "[3,4]", "[4,3]");
        refused(() -> d.dot(new Matrix(3, 64), new Matrix(128, 4)), "dot: [3,64] x [128,4]", "64 and 128");
        refused(() -> d.addDot(new Matrix(3, 64), new Matrix(128, 4)), "addDot: [3,64] x [128,4]", "64 and 128");
        refused(() -> d.addDot(new Matrix(9, 2), new Matrix(2, 9)), "addDot: [9,2] x [2,9]", "[9,9]", "[3,4]", "never reshaped");
        refused(() -> d.addDot(new Matrix(3, 2), new Matrix(2, 5)), "[3,5]", "[3,4]");
        refused(() -> d.dot(null, good), "dot: ", "null");
        refused(() -> d.dot(good, (Matrix) null), "dot: ", "null");
        Packed packed = new Packed().set(new Matrix(5, 4));
        refused(() -> d.dot(good, (Packed) null), "dot: ", "null");
        refused(() -> d.addDot(good, (Packed) null), "addDot: ", "null");
        refused(() -> d.addDot(null, packed), "addDot: ", "null");
        refused(() -> d.dot(new Matrix(3, 64), packed), "dot: [3,64] x [5,4]", "64 and 5");
        refused(() -> d.addDot(new Matrix(2, 5), packed), "addDot: [2,5] x [5,4]", "[2,4]", "[3,4]", "never reshaped");
        refused(() -> packed.set(null), "Packed.set", "null");
        assertThrows(IllegalStateException.class, () -> d.addDot(good, new Packed()));
        refused(() -> d.scaleRow(3, 2), "scaleRow: ", "[3,4]");
        refused(() -> d.addRow(new Matrix(1, 3)), "addRow: ", "[3,4]", "[1,3]");
        refused(() -> d.addRow(new Matrix(3, 4)), "addRow: ", "[1,4]");
        refused(() -> d.addRow(null), "addRow: ", "null");
        refused(() -> d.addRowsOf(good), "addRowsOf: ", "[3,4]");
        refused(() -> d.row(0).addRowsOf(new Matrix(3, 3)), "addRowsOf: ", "[1,4]", "[3,3]");
        refused(() -> d.maxDifference(new Matrix(4, 3)), "[3,4]", "[4,3]");
        assertEquals(0, d.maxDifference(before), "a refused operation must not write");
    }

    /** Few rows and many, plain and transposed on all sides, and a second matrix of another size. */
    @Test void aPackedProductIsTheProduct() {
        SplittableRandom random = new SplittableRandom(8);
        Packed packed = new Packed();
        for (int[] s : new int[][] {{1, 5, 7}, {3, 9, 33}, {4, 9, 33}, {21, 300, 18}, {21, 300, 18}, {64, 33, 130}}) {
            for (int views = 0; views < 8; views++) {
                Matrix a = random(random, s[0], s[1], (views & 1) > 0), b = random(random, s[1], s[2], (views & 2) > 0);
                Matrix d = random(random, s[0], s[2], (views & 4) > 0), expected = d.copy().addDot(a, b), bBefore = b.copy();
                assertEquals(0, d.addDot(a, packed.set(b)).maxDifference(expected));
                assertEquals(0, d.dot(a, packed).maxDifference(expected.dot(a, b)));
                assertEquals(0, d.rows(0, 1).dot(a.rows(0, 1), packed).maxDifference(expected.rows(0, 1)));
                assertEquals(0, b.maxDifference(bBefore));
                b.scale(2);
                assertEquals(0, d.dot(a, packed.set(b)).maxDifference(expected.dot(a, b)), "set again");
            }
        }
    }

    private static Matrix random(SplittableRandom random, int rows, int cols, boolean transposed) {
        if (transposed) {
            return random(random, cols, rows, false).transposed();
        }
        Matrix m = new Matrix(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                m.set(i, j, random.nextDouble(-1, 1));
            }
        }
        return m;
    }

    @Test void aScaledRowIsItsOwnOnly() {
        Matrix m = Matrix.of(new double[][] {{1, 2}, {3, -4}, {5, 6}});
        assertEquals(0, m.copy().scaleRow(1, -0.5).maxDifference(Matrix.of(new double[][] {{1, 2}, {-1.5, 2}, {5, 6}})));
        assertEquals(0, m.copy().transposed().scaleRow(1, 2).maxDifference(Matrix.of(new double[][] {{1, 3, 5}, {4, -8, 12}})));
    }

    @Test void hostileSizesAndIndicesAreRefused() {
        for (int[] s : new int[][] {{0, 3}, {3, 0}, {-1, 3}, {3, -1}, {Integer.MIN_VALUE, Integer.MIN_VALUE}}) {
            refused(() -> new Matrix(s[0], s[1]), "[" + s[0] + "," + s[1] + "]", "at least 1");
        }
        refused(() -> new Matrix(Integer.MAX_VALUE, Integer.MAX_VALUE), "2^31");
        refused(() -> new Matrix(65536, 65536), "2^31");
        Matrix m = new Matrix(3, 4);
        for (int[] p : new int[][] {{3, 0}, {0, 4}, {-1, 0}, {0, -1}}) {
            refused(() -> m.get(p[0], p[1]), "[" + p[0] + "," + p[1] + "]", "[3,4]");
            refused(() -> m.set(p[0], p[1], 1), "[" + p[0] + "," + p[1] + "]", "[3,4]");
        }
        for (int[] r : new int[][] {{-1, 2}, {0, 5}, {2, 2}, {3, 1}, {Integer.MIN_VALUE, 1}, {0, Integer.MAX_VALUE}}) {
            refused(() -> m.rows(r[0], r[1]), "rows(" + r[0] + "," + r[1] + ")", "of 3");
            refused(() -> m.cols(r[0], r[1]), "cols(" + r[0] + "," + r[1] + ")", "of 4");
        }
        refused(() -> m.row(3), "3");
        refused(() -> m.argMax(3), "3");
        refused(() -> Matrix.of(new double[][] {{1, 2}, {3}}), "row 1", "1", "2");
        refused(() -> Matrix.of(new double[][] {{1, 2}, null}), "row 1");
        refused(() -> Matrix.of(new double[][] {null, {1}}), "Matrix.of");
        refused(() -> Matrix.of(new double[0][]), "Matrix.of");
        refused(() -> Matrix.of(new double[][] {{}}), "Matrix.of");
        refused(() -> Matrix.of((double[][]) null), "Matrix.of");
        refused(() -> Matrix.of((SimpleMatrix) null), "Matrix.of");
        refused(() -> Matrix.rowOf(), "Matrix.of");
        refused(() -> Matrix.columnOf(), "Matrix.of");
    }

    // ---- making and printing ----

    @Test void madeFromArraysAndEjml() {
        double[][] rows = {{1, 2, 3}, {4, 5, 6}};
        Matrix m = Matrix.of(rows);
        rows[0][0] = 9;                                  // a copy: the caller's array is not kept
        assertEquals(1, m.get(0, 0));
        assertArrayEquals(new double[] {4, 5, 6}, m.toArray()[1]);
        SimpleMatrix e = m.transposed().ejml();
        assertEquals(3, e.getNumRows());
        assertEquals(6, e.get(2, 1));
        assertEquals(0, Matrix.of(e).transposed().maxDifference(m));
        assertEquals(0, Matrix.of(e.transpose().mult(e)).maxDifference(new Matrix(2, 2).dot(m, m.transposed())));
        assertEquals(0, Matrix.columnOf(1.0, 2).maxDifference(Matrix.rowOf(1.0, 2).transposed()));
        m.toArray()[0][0] = 7;
        assertEquals(1, m.get(0, 0));
    }

    @Test void viewsShareNumbersAndCopiesDoNot() {
        Matrix m = random(new Random(11), 4, 5);
        m.rows(1, 3).cols(2, 4).transposed().set(0, 1, 42);
        assertEquals(42, m.get(2, 2));
        m.row(3).set(0, 4, 43);
        assertEquals(43, m.get(3, 4));
        m.copy().fill(0);
        assertEquals(43, m.get(3, 4));
        assertEquals("[5,4]", m.transposed().shape());
        assertEquals(m.get(1, 3), m.transposed().get(3, 1));
    }

    /** Of this size rows or columns are shared out to the cores: each number must be what it is in a matrix of one row. */
    @Test void largeMatricesAreComputedLikeTheirRows() {
        Random random = new Random(12);
        int rows = 1_301, cols = 303;
        Matrix around = random(random, rows + 2, cols + 3), a = random(random, rows, cols), row = random(random, 1, cols);
        for (Matrix d : List.of(around.copy().rows(1, rows + 1).cols(2, cols + 2), new Matrix(rows, cols))) {
            d.set(a);
            assertEquals(0, d.maxDifference(a), "set");
            d.addRow(row).softmax(d);
            Matrix sums = row.copy().addRowsOf(d), expected = row.copy();
            for (int i = 0; i < rows; i++) {
                Matrix one = a.row(i).copy().addRow(row);
                one.softmax(one);
                assertEquals(0, d.row(i).maxDifference(one), "softmax of row " + i);
                expected.add(one);
            }
            assertEquals(0, sums.maxDifference(expected), "addRowsOf");
            assertEquals(rows * cols * -0.5, d.fill(-0.5).sum(), "fill");
        }
        Matrix kept = around.copy();
        kept.rows(1, rows + 1).cols(2, cols + 2).set(a).fill(0).set(around.rows(1, rows + 1).cols(2, cols + 2));
        assertEquals(0, kept.maxDifference(around), "nothing beside a view is written");
    }

    @Test void printsItsShapeAndFourDecimals() {
        assertEquals("[2,2]\n    1.0000   -2.5000\n    0.3333 1000.0000",
                Matrix.of(new double[][] {{1, -2.5}, {1 / 3.0, 1000}}).toString());
        String large = new Matrix(9, 10).toString();
        assertTrue(large.startsWith("[9,10]\n") && large.endsWith(" ...\n ..."), large);
        assertEquals(10, large.lines().count());
    }
}
