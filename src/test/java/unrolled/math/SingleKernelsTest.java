package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The kernels of single precision, which the build derives from those of double: scalar ones against plain formulas, vector ones against
 * scalar ones to the last bit, and e^x, σ and tanh against the functions of Java in double precision. {@link KernelsTest} does the same
 * for double.
 */
class SingleKernelsTest {
    private static final Kernels<float[]> SCALAR = new SingleScalarKernels(), VECTOR = new SingleVectorKernels();
    private static final float[] SPECIAL = {0, -0f, 1, -1, 0.5f, 2, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, -1e-40f, Float.MIN_NORMAL,
        -Float.MIN_NORMAL, 1e-8f, 0.3465f, 0.3466f, -0.3466f, 9.9f, 10.1f, -10, 88, 88.3f, 88.37f, 88.38f, 88.7f, 88.8f, 89, 90, -87, -87.3f,
        -87.4f, -87.6f, -87.7f, -88, -88.1f, -89, -103.9f, -104, -105, 1e6f, -1e6f, 1e38f, -1e38f, Float.MAX_VALUE, -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    private static final float GUARD = 12345.678f;

    /** A kernel called with every argument it might take; it ignores those that it has not. */
    private interface Run {
        void run(Kernels<float[]> k, float[] d, int dAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n);
    }

    private interface Formula {
        float of(float d, float a, float b, float y);
    }

    private record Case(String name, Run run, Formula formula) { }

    private static final float S = -1.7f;
    private static final List<Case> CASES = List.of(
            new Case("exp", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.exp(d, dAt, a, aAt, n), (d, a, b, y) -> SingleExp.exp(a)),
            new Case("sigmoid", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.sigmoid(d, dAt, a, aAt, n),
                    (d, a, b, y) -> SingleExp.sigmoid(a)),
            new Case("tanh", (k, d, dAt, a, aAt, b, bAt, y, yAt, n) -> k.tanh(d, dAt, a, aAt, n), (d, a, b, y) -> SingleExp.tanh(a)),
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
        float[] d = new float[4096], a = values(random, d.length), b = values(random, d.length), y = values(random, d.length);
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
                float[] d = values(random, n + 5), expected = d.clone();
                for (int j = 2; j < 2 + n; j++) {
                    expected[j] = c.formula.of(d[j], d[j], d[j], d[j]);
                }
                c.run.run(VECTOR, d, 2, d, 2, d, 2, d, 2, n);
                assertBits(c.name + " on itself, n = " + n, expected, d);
            }
        }
    }

    private static void check(Case c, Kernels<float[]> kernels, Random random, int n) {
        int dAt = random.nextInt(9), aAt = random.nextInt(9), bAt = random.nextInt(9), yAt = random.nextInt(9);
        float[] d = values(random, dAt + n + 9), a = values(random, aAt + n), b = values(random, bAt + n);
        float[] y = values(random, yAt + n), aBefore = a.clone(), bBefore = b.clone(), yBefore = y.clone();
        float[] expected = d.clone();                   // everything outside the run must stay
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

    private static float[] values(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = switch (random.nextInt(4)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> (float) random.nextGaussian() * 40;
                default -> (float) random.nextGaussian();
            };
        }
        return values;
    }

    private static void assertBits(String what, float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                assertEquals(expected[i] + " " + Float.toHexString(expected[i]), actual[i] + " " + Float.toHexString(actual[i]),
                        what + ", entry " + i);
            }
        }
    }

    // ---- the error of exp, sigmoid and tanh ----

    /** What the Javadoc of {@link Kernels} states for single precision, in ulp of a float. */
    private static final double EXP_ULPS = 1.1, SIGMOID_ULPS = 2.5, TANH_ULPS = 2.5;

    private interface Elementwise {
        void run(float[] d, int dAt, float[] a, int aAt, int n);
    }

    private static double worst(Elementwise kernel, DoubleUnaryOperator reference, double from, double to, int points) {
        Random random = new Random(4);
        float[] x = new float[points], y = new float[points];
        for (int i = 0; i < points; i++) {
            x[i] = (float) (from + random.nextDouble() * (to - from));
        }
        kernel.run(y, 0, x, 0, points);
        double worst = 0;
        for (int i = 0; i < points; i++) {
            double exact = reference.applyAsDouble(x[i]);
            worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
        }
        return worst;
    }

    private static void within(String name, double stated, double... measured) {
        double worst = Arrays.stream(measured).max().orElseThrow();
        System.out.printf(java.util.Locale.ROOT, "%s in single precision: at most %.2f ulp%n", name, worst);
        assertTrue(worst <= stated, name + ": " + worst + " ulp");
        assertTrue(worst > stated - 0.6, name + ": stated error is too pessimistic: " + worst + " ulp");
    }

    @Test void expIsWithinItsStatedError() {
        within("exp", EXP_ULPS, worst(VECTOR::exp, Math::exp, -87.33, 88.37, 1_000_000), worst(VECTOR::exp, Math::exp, -2, 2, 1_000_000),
                worst(VECTOR::exp, Math::exp, -1e-3, 1e-3, 100_000));
    }

    @Test void sigmoidIsWithinItsStatedError() {
        DoubleUnaryOperator sigmoid = x -> 1 / (1 + Math.exp(-x));
        within("sigmoid", SIGMOID_ULPS, worst(VECTOR::sigmoid, sigmoid, -87, 20, 1_000_000), worst(VECTOR::sigmoid, sigmoid, -3, 3, 1_000_000));
    }

    @Test void tanhIsWithinItsStatedError() {
        within("tanh", TANH_ULPS, worst(VECTOR::tanh, Math::tanh, -11, 11, 1_000_000), worst(VECTOR::tanh, Math::tanh, -1, 1, 1_000_000),
                worst(VECTOR::tanh, Math::tanh, -1e-4, 1e-4, 100_000), worst(VECTOR::tanh, Math::tanh, -1e-37, 1e-37, 100_000));
    }

    /** Where floats end, e^x ends: a little before its largest and its smallest normal number. */
    @Test void whatBecomesZeroAndWhatInfinity() {
        float inf = Float.POSITIVE_INFINITY, nan = Float.NaN;
        for (Kernels<float[]> k : List.of(SCALAR, VECTOR)) {
            float[] x = pad(-87.69f, -88.1f, -104, -1e9f, -inf, 88.38f, 88.8f, 1e9f, inf, 0, -0f, nan);
            k.exp(x, 0, x, 0, x.length);
            assertBits(k.name() + " exp", pad(0, 0, 0, 0, 0, inf, inf, inf, inf, 1, 1, nan), x);
            float[] inside = pad(-87.67f, 88.37f);
            k.exp(inside, 0, inside, 0, inside.length);
            assertTrue(inside[0] > 0 && inside[0] < 1e-38f && inside[1] < inf && inside[1] > 2.3e38f, k.name() + Arrays.toString(inside));
            float[] z = pad(-88.4f, -104, -1e30f, -inf, 17.4f, 1e30f, inf, 0, -0f, nan);
            k.sigmoid(z, 0, z, 0, z.length);
            assertBits(k.name() + " sigmoid", pad(0, 0, 0, 0, 1, 1, 1, 0.5f, 0.5f, nan), z);
            float[] t = pad(-inf, -10, 10, 1e30f, Float.MIN_VALUE, -1e-40f, 0, -0f, nan);
            k.tanh(t, 0, t, 0, t.length);
            assertBits(k.name() + " tanh", pad(-1, -1, 1, 1, Float.MIN_VALUE, -1e-40f, 0, -0f, nan), t);
        }
    }

    /** To a length that vectors take. */
    private static float[] pad(float... values) {
        float[] padded = new float[64];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = values[i % values.length];
        }
        return padded;
    }

    // ---- the product ----

    /** A matrix laid out in an array: entry (i,j) stands at at + i row + j col; the rest of the array is a guard. */
    private record Layout(float[] data, int at, int row, int col, int rows, int cols) {
        static Layout of(Random random, int rows, int cols, boolean transposed) {
            int gap = random.nextInt(3) * random.nextInt(4), at = random.nextInt(5);
            int row = transposed ? 1 : cols + gap, col = transposed ? rows + gap : 1;
            float[] data = new float[at + (rows - 1) * row + (cols - 1) * col + 1 + random.nextInt(9)];
            Arrays.fill(data, GUARD);
            Layout l = new Layout(data, at, row, col, rows, cols);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    data[l.at(i, j)] = (float) random.nextGaussian();
                }
            }
            return l;
        }

        int at(int i, int j) {
            return at + i * row + j * col;
        }

        float get(int i, int j) {
            return data[at(i, j)];
        }

        Layout copy() {
            return new Layout(data.clone(), at, row, col, rows, cols);
        }
    }

    private static void addDot(Kernels<float[]> kernels, Layout d, Layout a, Layout b, boolean anew) {
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
        for (int[] s : new int[][] {{32, 128, 512}, {3, 700, 1100}, {300, 5, 3}, {130, 600, 70}, {270, 520, 13}, {1, 1500, 1},
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
                    d.data[d.at(i, j)] = vector.data[d.at(i, j)] = scalar.data[d.at(i, j)] = Float.NaN;
                }
                for (int l = 0; l < k; l++) {
                    inOrder.data[d.at(i, j)] = Math.fma(a.get(i, l), b.get(l, j), inOrder.get(i, j));
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
    }

    /** A packed product, whole and in parts. */
    private static void checkPacked(String what, Layout expected, Layout d, Layout a, Layout b, boolean anew) {
        int m = a.rows, k = a.cols, n = b.cols;
        float[][] panels = VECTOR.pack(null, b.data, b.at, b.row, b.col, k, n);
        Layout whole = d.copy(), parts = d.copy();
        VECTOR.addDotPacked(whole.data, whole.at, whole.row, a.data, a.at, a.row, a.col, panels, 0, n, m, n, k, anew);
        assertBits("packed " + what, expected.data, whole.data);
        for (int left = 0; left < n; left += VECTOR.step()) {
            VECTOR.addDotPacked(parts.data, parts.at + left, parts.row, a.data, a.at, a.row, a.col,
                    panels, left, Math.min(VECTOR.step(), n - left), m, n, k, anew);
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

    // ---- the product on several threads ----

    @Test void theProductDoesNotDependOnTheNumberOfThreads() {
        Random random = new Random(8);
        int[][] shapes = {{16, 64, 256}, {5, 40, 301}, {333, 21, 19}, {32, 129, 515}, {700, 65, 70}, {1, 300, 400}, {150, 200, 1}};
        for (Kernels<float[]> kernels : List.of(SCALAR, VECTOR)) {
            for (int threads = 1; threads <= 4; threads++) {
                Team team = new Team(kernels, threads);
                for (int i = 0; i < 70; i++) {
                    int m = shapes[i % shapes.length][0], k = shapes[i % shapes.length][1], n = shapes[i % shapes.length][2];
                    float[] a = normal(random, m * k), b = normal(random, k * n), d = normal(random, m * n), plain = d.clone(), packed = d.clone();
                    boolean anew = random.nextBoolean();
                    team.addDot(plain, 0, n, a, 0, k, 1, b, 0, n, 1, m, n, k, anew);
                    float[][] panels = kernels.pack(null, b, 0, n, 1, k, n);
                    SCALAR.addDot(d, 0, n, a, 0, k, 1, b, 0, n, 1, m, n, k, anew);
                    assertArrayEquals(d, plain, kernels.name() + ", " + threads + " threads");
                    if (panels != null) {
                        team.addDotPacked(packed, 0, n, a, 0, k, 1, panels, m, n, k, anew);
                        assertArrayEquals(d, packed, kernels.name() + ", " + threads + " threads, packed");
                    }
                    if (i % 3 == 0) {
                        LockSupport.parkNanos(random.nextInt(300_000));    // around the time after which helpers fall asleep
                    }
                }
            }
        }
    }

    private static float[] normal(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
