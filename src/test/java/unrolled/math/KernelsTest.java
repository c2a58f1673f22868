package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Scalar kernels against plain formulas, vector kernels against scalar ones to the last bit, and both against EJML. */
class KernelsTest {
    private static final Kernels<double[]> SCALAR = new ScalarKernels(), VECTOR = new VectorKernels();
    private static final double[] SPECIAL = {0, -0.0, 1, -1, 0.5, 2, Double.MIN_VALUE, -Double.MIN_VALUE, 1e-310, -1e-310,
        Double.MIN_NORMAL, 1e-17, 0.3465, 0.3466, -0.3466, 21.9, 22.1, -22, 708, 709.78, 709.79, 710, 711, -708, -744.4, -745.1,
        -745.2, -746, -800, 1e6, -1e6, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, Double.NaN};
    private static final double GUARD = 12345.678;

    /** A kernel called with every argument it might take; it ignores those that it has not. */
    private interface Run {
        void run(Kernels<double[]> k, double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, double[] y, int yAt, int n);
    }

    private interface Formula {
        double of(double d, double a, double b, double y);
    }

    private record Case(String name, Run run, Formula formula) { }

    private static final double S = -1.7;
    private static final List<Case> CASES = List.of(
            new Case("exp", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.exp(d, dAt, a, aAt, n), (d, a, b, y) -> Exp.exp(a)),
            new Case("sigmoid", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.sigmoid(d, dAt, a, aAt, n),
                    (d, a, b, y) -> Exp.sigmoid(a)),
            new Case("tanh", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.tanh(d, dAt, a, aAt, n), (d, a, b, y) -> Exp.tanh(a)),
            new Case("relu", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.relu(d, dAt, a, aAt, n), (d, a, b, y) -> Math.max(a, 0)),
            new Case("add", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.add(d, dAt, a, aAt, n), (d, a, b, y) -> d + a),
            new Case("addScaled", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.addScaled(d, dAt, S, a, aAt, n),
                    (d, a, b, y) -> d + S * a),
            new Case("scaled", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.scaled(d, dAt, S, a, aAt, n), (d, a, b, y) -> S * a),
            new Case("plus", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.plus(d, dAt, a, aAt, b, bAt, n), (d, a, b, y) -> a + b),
            new Case("minus", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.minus(d, dAt, a, aAt, b, bAt, n),
                    (d, a, b, y) -> a - b),
            new Case("times", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.times(d, dAt, a, aAt, b, bAt, n),
                    (d, a, b, y) -> a * b),
            new Case("addTimes", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.addTimes(d, dAt, a, aAt, b, bAt, n),
                    (d, a, b, y) -> d + a * b),
            new Case("timesSigmoidSlope", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.timesSigmoidSlope(d, dAt, y, yAt, n),
                    (d, a, b, y) -> d * (y * (1 - y))),
            new Case("timesTanhSlope", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.timesTanhSlope(d, dAt, y, yAt, n),
                    (d, a, b, y) -> d * (1 - y * y)),
            new Case("timesReluSlope", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.timesReluSlope(d, dAt, y, yAt, n),
                    (d, a, b, y) -> y > 0 ? d : 0),
            new Case("sumOfTimes", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.sumOfTimes(d, dAt, a, aAt, b, bAt, y, yAt, a, aAt, n),
                    (d, a, b, y) -> a * b + y * a),
            new Case("timesSigmoidSlope of two", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.timesSigmoidSlope(d, dAt, a, aAt, b, bAt,
                    y, yAt, n), (d, a, b, y) -> a * b * (y * (1 - y))),
            new Case("timesTanhSlope of two", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.timesTanhSlope(d, dAt, a, aAt, b, bAt,
                    y, yAt, n), (d, a, b, y) -> a * b * (1 - y * y)),
            new Case("addTimesTanhSlope", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.addTimesTanhSlope(d, dAt, a, aAt, b, bAt,
                    y, yAt, n), (d, a, b, y) -> d + a * b * (1 - y * y)));

    // ---- elementwise ----

    @Test void elementwiseKernelsAreTheirFormulasToTheLastBit() {
        Random random = new Random(1);
        for (Case c : CASES) {
            for (int n = 0; n <= 67; n++) {
                check(c, SCALAR, random, n);
                check(c, VECTOR, random, n);
            }
        }
    }

    /** The compiler replaces the vector operations by instructions only in code that has run often: the same checks then. */
    @Test void elementwiseKernelsKeepTheirBitsOnceCompiled() {
        Random random = new Random(2);
        double[] d = new double[4096], a = values(random, d.length), b = values(random, d.length), y = values(random, d.length);
        for (Case c : CASES) {
            for (int i = 0; i < 300; i++) {
                c.run.run(VECTOR, d, 0, a, 0, b, 0, y, 0, d.length);
            }
        }
        for (Case c : CASES) {
            for (int i = 0; i < 40; i++) {
                check(c, VECTOR, random, 1000 + random.nextInt(70));
            }
        }
    }

    @Test void elementwiseKernelsMayReplaceTheirArgument() {
        Random random = new Random(3);
        for (Case c : CASES) {
            for (int n = 1; n <= 67; n += 3) {
                double[] d = values(random, n + 5), expected = d.clone();
                for (int j = 2; j < 2 + n; j++) {
                    expected[j] = c.formula.of(d[j], d[j], d[j], d[j]);
                }
                c.run.run(VECTOR, d, 2, d, 2, d, 2, d, 2, n);
                assertBits(c.name + " on itself, n = " + n, expected, d);
            }
        }
    }

    private static void check(Case c, Kernels<double[]> kernels, Random random, int n) {
        int dAt = random.nextInt(9), aAt = random.nextInt(9), bAt = random.nextInt(9), yAt = random.nextInt(9);
        double[] d = values(random, dAt + n + 9), a = values(random, aAt + n), b = values(random, bAt + n);
        double[] y = values(random, yAt + n), aBefore = a.clone(), bBefore = b.clone(), yBefore = y.clone();
        double[] expected = d.clone();                   // everything outside the run must stay
        for (int j = 0; j < n; j++) {
            expected[dAt + j] = c.formula.of(d[dAt + j], a[aAt + j], b[bAt + j], y[yAt + j]);
        }
        c.run.run(kernels, d, dAt, a, aAt, b, bAt, y, yAt, n);
        String what = kernels.name() + " " + c.name + ", n = " + n;
        assertBits(what, expected, d);
        assertBits(what + ", argument a", aBefore, a);
        assertBits(what + ", argument b", bBefore, b);
        assertBits(what + ", argument y", yBefore, y);
    }

    private static double[] values(Random random, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = switch (random.nextInt(4)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> random.nextGaussian() * 300;
                default -> random.nextGaussian();
            };
        }
        return values;
    }

    private static void assertBits(String what, double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                assertEquals(expected[i] + " " + Double.toHexString(expected[i]), actual[i] + " " + Double.toHexString(actual[i]),
                        what + ", entry " + i);
            }
        }
    }

    // ---- the error of exp, sigmoid and tanh ----

    private interface Reference {
        Precise of(double x);
    }

    @Test void preciseReferenceAgreesWithBigDecimal() {
        Precise precise = new Precise();
        for (double x : new double[] {-745, -300.7, -20.3, -1, -0.3466, -1e-9, 1e-5, 0.2, 0.3465, 0.35, 1, 3.3, 19.9, 700.1}) {
            BigDecimal e = exp(new BigDecimal(x)), one = BigDecimal.ONE, e2 = exp(new BigDecimal(-2 * x));
            assertClose("exp " + x, e, precise.exp(x));
            assertClose("sigmoid " + x, e.divide(one.add(e), MANY), precise.sigmoid(x));
            if (Math.abs(x) < 20) {
                assertClose("tanh " + x, one.subtract(e2).divide(one.add(e2), MANY), precise.tanh(x));
            }
        }
    }

    private static final MathContext MANY = new MathContext(60);

    private static BigDecimal exp(BigDecimal x) {           // (e^(x / 4096))^4096, the inner one by its series
        BigDecimal r = x.divide(new BigDecimal(4096), MANY), term = BigDecimal.ONE, sum = term;
        for (int n = 1; n < 40; n++) {
            term = term.multiply(r).divide(new BigDecimal(n), MANY);
            sum = sum.add(term);
        }
        return sum.pow(4096, MANY);
    }

    private static void assertClose(String what, BigDecimal expected, Precise actual) {
        BigDecimal power = new BigDecimal(2).pow(Math.abs(actual.exponent));
        BigDecimal value = new BigDecimal(actual.hi).add(new BigDecimal(actual.lo));
        value = actual.exponent < 0 ? value.divide(power, MANY) : value.multiply(power);
        double error = value.subtract(expected).divide(expected, MANY).abs().doubleValue();
        assertTrue(error < 1e-29, what + ": relative error " + error);
    }

    @Test void expIsWithinItsStatedError() {
        Precise precise = new Precise();
        double worst = Math.max(worst(VECTOR::exp, precise::exp, -708.39, 709.4, 300_000),
                worst(VECTOR::exp, precise::exp, -2, 2, 300_000));
        assertTrue(worst <= EXP_ULPS, "exp: " + worst + " ulp");
        assertTrue(worst > EXP_ULPS - 0.6, "exp: stated error is too pessimistic: " + worst + " ulp");
        double[] x = {-708.8, -1e9, Double.NEGATIVE_INFINITY, 709.5, 1e9, Double.POSITIVE_INFINITY, 0, -0.0, Double.NaN};
        double inf = Double.POSITIVE_INFINITY;
        VECTOR.exp(x, 0, x, 0, x.length);
        assertArrayEquals(new double[] {0, 0, 0, inf, inf, inf, 1, 1, Double.NaN}, x);
    }

    @Test void sigmoidIsWithinItsStatedError() {
        Precise precise = new Precise();
        double worst = Math.max(worst(VECTOR::sigmoid, precise::sigmoid, -708, 40, 300_000),
                worst(VECTOR::sigmoid, precise::sigmoid, -3, 3, 300_000));
        assertTrue(worst <= SIGMOID_ULPS, "sigmoid: " + worst + " ulp");
        assertTrue(worst > SIGMOID_ULPS - 0.6, "sigmoid: stated error is too pessimistic: " + worst + " ulp");
        double[] x = {-711, -1e300, Double.NEGATIVE_INFINITY, 1e300, Double.POSITIVE_INFINITY, 0, -0.0, Double.NaN};
        VECTOR.sigmoid(x, 0, x, 0, x.length);
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, 0.5, 0.5, Double.NaN}, x);
    }

    @Test void tanhIsWithinItsStatedError() {
        Precise precise = new Precise();
        double worst = Math.max(worst(VECTOR::tanh, precise::tanh, -23, 23, 300_000),
                Math.max(worst(VECTOR::tanh, precise::tanh, -1, 1, 300_000),
                        worst(VECTOR::tanh, precise::tanh, -1e-8, 1e-8, 100_000)));
        assertTrue(worst <= TANH_ULPS, "tanh: " + worst + " ulp");
        assertTrue(worst > TANH_ULPS - 0.6, "tanh: stated error is too pessimistic: " + worst + " ulp");
        double[] x = {Double.NEGATIVE_INFINITY, -23, 23, 1e300, Double.MIN_VALUE, -1e-310, 0, -0.0, Double.NaN};
        VECTOR.tanh(x, 0, x, 0, x.length);
        assertArrayEquals(new double[] {-1, -1, 1, 1, Double.MIN_VALUE, -1e-310, 0, -0.0, Double.NaN}, x);
    }

    /** What the Javadoc of {@link Kernels} states, in ulp. */
    private static final double EXP_ULPS = 1, SIGMOID_ULPS = 2.5, TANH_ULPS = 3;

    private interface Elementwise {
        void run(double[] d, int dAt, double[] a, int aAt, int n);
    }

    private static double worst(Elementwise kernel, Reference reference, double from, double to, int points) {
        Random random = new Random(4);
        double[] x = new double[points], y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = from + random.nextDouble() * (to - from);
        }
        kernel.run(y, 0, x, 0, points);
        double worst = 0;
        for (int i = 0; i < points; i++) {
            worst = Math.max(worst, reference.of(x[i]).ulps(y[i]));
        }
        return worst;
    }

    // ---- the product ----

    /** A matrix laid out in an array: entry (i,j) stands at at + i row + j col; the rest of the array is a guard. */
    private record Layout(double[] data, int at, int row, int col, int rows, int cols) {
        static Layout of(Random random, int rows, int cols, boolean transposed) {
            int gap = random.nextInt(3) * random.nextInt(4), at = random.nextInt(5);
            int row = transposed ? 1 : cols + gap, col = transposed ? rows + gap : 1;
            double[] data = new double[at + (rows - 1) * row + (cols - 1) * col + 1 + random.nextInt(9)];
            java.util.Arrays.fill(data, GUARD);
            Layout l = new Layout(data, at, row, col, rows, cols);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    data[l.at(i, j)] = random.nextGaussian();
                }
            }
            return l;
        }

        int at(int i, int j) {
            return at + i * row + j * col;
        }

        double get(int i, int j) {
            return data[at(i, j)];
        }

        Layout copy() {
            return new Layout(data.clone(), at, row, col, rows, cols);
        }

        DMatrixRMaj ejml() {
            DMatrixRMaj m = new DMatrixRMaj(rows, cols);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    m.set(i, j, get(i, j));
                }
            }
            return m;
        }
    }

    private static void addDot(Kernels<double[]> kernels, Layout d, Layout a, Layout b, boolean anew) {
        kernels.addDot(d.data, d.at, d.row, a.data, a.at, a.row, a.col, b.data, b.at, b.row, b.col,
                d.rows, d.cols, a.cols, anew);
    }

    @Test void productAddsInOrderToTheLastBit() {
        Random random = new Random(5);
        int[] some = {1, 2, 3, 4, 7, 8, 9, 13, 33};
        for (int n = 1; n <= 67; n++) {
            for (int m : some) {
                checkProduct(random, m, n, some[random.nextInt(some.length)]);
                checkProduct(random, some[random.nextInt(some.length)], m, n);
                checkProduct(random, n, some[random.nextInt(some.length)], m);
            }
        }
    }

    /** Sizes beyond one cache block in each direction, and the compiled code. */
    @Test void productOfLargeMatricesAddsInOrderToTheLastBit() {
        Random random = new Random(6);
        for (int[] s : new int[][] {{32, 128, 512}, {103, 530, 1300}, {3, 700, 1100}, {300, 5, 3}, {130, 600, 70}, {270, 520, 13}, {1, 1500, 1},
                                    {1025, 1, 1}, {1, 1, 1025}, {4, 1025, 129}, {257, 257, 25}}) {
            checkProduct(random, s[0], s[2], s[1]);
            checkProduct(random, s[0], s[2], s[1]);
        }
    }

    private static void checkProduct(Random random, int m, int n, int k) {
        Layout a = Layout.of(random, m, k, random.nextBoolean()), b = Layout.of(random, k, n, random.nextBoolean());
        Layout d = Layout.of(random, m, n, false);
        boolean anew = random.nextBoolean();
        Layout inOrder = d.copy(), aBefore = a.copy(), bBefore = b.copy(), vector = d.copy(), scalar = d.copy();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                if (anew) {
                    inOrder.data[d.at(i, j)] = 0;
                    d.data[d.at(i, j)] = vector.data[d.at(i, j)] = scalar.data[d.at(i, j)] = Double.NaN;
                }
                for (int l = 0; l < k; l++) {
                    inOrder.data[d.at(i, j)] = Fused.multiplyAdd(a.get(i, l), b.get(l, j), inOrder.get(i, j));
                }
            }
        }
        addDot(VECTOR, vector, a, b, anew);
        addDot(SCALAR, scalar, a, b, anew);
        String what = (anew ? "" : "+= ") + "[" + m + "," + k + "] x [" + k + "," + n + "]";
        assertBits("vector " + what, inOrder.data, vector.data);
        checkPacked(what, inOrder, d, a, b, anew);
        assertBits("scalar " + what, inOrder.data, scalar.data);
        assertBits("argument a of " + what, aBefore.data, a.data);
        assertBits("argument b of " + what, bBefore.data, b.data);
        DMatrixRMaj expected = d.ejml();
        if (anew) {
            expected.zero();
        }
        CommonOps_DDRM.multAdd(a.ejml(), b.ejml(), expected);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(expected.get(i, j), vector.get(i, j), 1e-14 * (k + 10), what + " against EJML");
            }
        }
    }

    /** A packed product, whole and in parts. */
    private static void checkPacked(String what, Layout expected, Layout d, Layout a, Layout b, boolean anew) {
        int m = a.rows, k = a.cols, n = b.cols;
        double[][] panels = VECTOR.pack(null, b.data, b.at, b.row, b.col, k, n);
        Layout whole = d.copy(), parts = d.copy();
        VECTOR.addDotPacked(whole.data, whole.at, whole.row, a.data, a.at, a.row, a.col, panels, 0, n, m, n, k, anew);
        assertBits("packed " + what, expected.data, whole.data);
        for (int left = 0; left < n; left += 32) {
            VECTOR.addDotPacked(parts.data, parts.at + left, parts.row, a.data, a.at, a.row, a.col,
                    panels, left, Math.min(32, n - left), m, n, k, anew);
        }
        assertBits("packed in parts " + what, expected.data, parts.data);
    }

    @Test void productOfAPartIsThePartOfTheProduct() {
        Random random = new Random(7);
        int m = 61, n = 83, k = 45;
        Layout a = Layout.of(random, m, k, false), b = Layout.of(random, k, n, false), whole = Layout.of(random, m, n, false);
        Layout parts = whole.copy();
        addDot(VECTOR, whole, a, b, false);
        for (int i = 0; i < m; ) {
            int rows = Math.min(1 + random.nextInt(20), m - i);
            for (int j = 0; j < n; ) {
                int cols = Math.min(1 + random.nextInt(30), n - j);
                VECTOR.addDot(parts.data, parts.at(i, j), parts.row, a.data, a.at(i, 0), a.row, a.col, b.data, b.at(0, j), b.row, b.col,
                        rows, cols, k, false);
                j += cols;
            }
            i += rows;
        }
        assertBits("parts", whole.data, parts.data);
    }
}
