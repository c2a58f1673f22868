package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kernels that are no elementwise function of whole runs: copies, sums, the largest of something, the steps of optimizers. In both
 * precisions, scalar and vector, against formulas in which every operation is rounded. A formula in doubles, rounded to single after each
 * operation, gives the bits of single: for +, -, ·, / and √ the 53 bits of a double are enough.
 */
class OtherKernelsTest {
    private static final double[] SPECIAL = {0, -0.0, 1, -1, 1e-40, -1e-40, 1e30, -1e30, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, Double.NaN};
    private static final double MARGIN = 12345;

    /** Kernels, and the rounding of their precision. */
    private record Kind<A>(Kernels<A> k, DoubleUnaryOperator rounded) {
        double r(double x) {
            return rounded.applyAsDouble(x);
        }

        A array(double... values) {
            A a = k.numbers(values.length);
            for (int i = 0; i < values.length; i++) {
                k.set(a, i, values[i]);
            }
            return a;
        }

        double[] back(A a, int n) {
            double[] values = new double[n];
            Arrays.setAll(values, i -> k.get(a, i));
            return values;
        }

        double[] draw(Random random, int n, boolean special) {
            double[] values = new double[n];
            Arrays.setAll(values, i -> r(special && random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian()));
            return values;
        }

        @Override public String toString() {
            return k.getClass().getSimpleName();
        }
    }

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(new ScalarKernels(), x -> x), new Kind<>(new VectorKernels(), x -> x),
            new Kind<>(new SingleScalarKernels(), x -> (float) x), new Kind<>(new SingleVectorKernels(), x -> (float) x));

    private interface Check {
        <A> void run(Kind<A> kind, Random random, int n);
    }

    private static Stream<DynamicTest> each(Check check) {
        return KINDS.stream().map(kind -> DynamicTest.dynamicTest(kind.toString(), () -> {
            Random random = new Random(1);
            for (int n = 1; n <= 67; n++) {
                for (int again = 0; again < 5; again++) {
                    check.run(kind, random, n);
                }
            }
        }));
    }

    /** Bits, every NaN alike. */
    private static void same(Object what, double[] expected, double[] actual) {
        assertArrayEquals(Arrays.stream(expected).mapToLong(Double::doubleToLongBits).toArray(),
                Arrays.stream(actual).mapToLong(Double::doubleToLongBits).toArray(),
                () -> what + ": expected " + Arrays.toString(expected) + ", got " + Arrays.toString(actual));
    }

    private static void same(Object what, double expected, double actual) {
        same(what, new double[] {expected}, new double[] {actual});
    }

    @TestFactory
    Stream<DynamicTest> getSetFillMinusAndClamp() {
        return each(OtherKernelsTest::plain);
    }

    private static <A> void plain(Kind<A> kind, Random random, int n) {
        int at = random.nextInt(9), from = random.nextInt(9), step = 1 + random.nextInt(3);
        double[] d = kind.draw(random, at + n * step + 3, true), a = kind.draw(random, from + n, true);
        double s = random.nextGaussian(), low = -0.3 * random.nextDouble(), high = 0.3 * random.nextDouble();
        A filled = kind.array(d), minus = kind.array(d), clamped = kind.array(d), argument = kind.array(a);
        same(kind, d, kind.back(filled, d.length));                      // set rounds, get gives it back
        kind.k.set(filled, 0, s);
        same(kind, kind.r(s), kind.k.get(filled, 0));
        kind.k.set(filled, 0, d[0]);
        double[] expected = d.clone(), less = d.clone(), between = d.clone();
        for (int j = 0; j < n; j++) {
            expected[at + j] = kind.r(s);
            less[at + j] = kind.r(a[from + j] - kind.r(s));
            between[at + j * step] = Math.min(Math.max(d[at + j * step], kind.r(low)), kind.r(high));
        }
        kind.k.fill(filled, at, s, n);
        kind.k.minus(minus, at, argument, from, s, n);
        kind.k.clamp(clamped, at, step, low, high, n);
        same(kind + " fill", expected, kind.back(filled, d.length));
        same(kind + " minus", less, kind.back(minus, d.length));
        same(kind + " clamp", between, kind.back(clamped, d.length));
        same(kind + " argument", a, kind.back(argument, a.length));
    }

    @TestFactory
    Stream<DynamicTest> copy() {
        return each(OtherKernelsTest::copy);
    }

    private static <A> void copy(Kind<A> kind, Random random, int n) {
        int at = random.nextInt(9), from = random.nextInt(9), to = 1 + random.nextInt(3), by = 1 + random.nextInt(3);
        double[] d = kind.draw(random, at + n * to + 3, true), a = kind.draw(random, from + n * by, true), expected = d.clone();
        for (int j = 0; j < n; j++) {
            expected[at + j * to] = a[from + j * by];
        }
        A copied = kind.array(d);
        kind.k.copy(copied, at, to, kind.array(a), from, by, n);
        same(kind + " copy", expected, kind.back(copied, d.length));
    }

    @TestFactory
    Stream<DynamicTest> sumsAndTheLargest() {
        return each(OtherKernelsTest::summaries);
    }

    private static <A> void summaries(Kind<A> kind, Random random, int n) {
        int from = random.nextInt(9), step = 1 + random.nextInt(3);
        for (boolean special : new boolean[] {false, true}) {
            double[] a = kind.draw(random, from + n * step + 5, special);
            double start = random.nextGaussian(), sum = start, squares = start * start, maxAbs = Math.abs(start), max = Double.NEGATIVE_INFINITY;
            int best = 0;
            for (int j = 0; j < n; j++) {
                double v = a[from + j * step];
                sum += v;                                                // in double, in order
                squares += v * v;
                maxAbs = Math.max(maxAbs, Math.abs(v));
                best = v > a[from + best * step] ? j : best;
                max = a[from + j] > max || a[from + j] == 0 && max == 0 ? Math.max(max, a[from + j]) : max;
            }
            A array = kind.array(a);
            same(kind + " sum", sum, kind.k.sum(start, array, from, step, n));
            same(kind + " sumOfSquares", squares, kind.k.sumOfSquares(start * start, array, from, step, n));
            same(kind + " maxAbs", maxAbs, kind.k.maxAbs(Math.abs(start), array, from, step, n));
            assertEquals(best, kind.k.argMax(array, from, step, n), kind + " argMax");
            assertEquals(max + 0.0, kind.k.max(array, from, n) + 0.0, kind + " max");       // of two zeros, either
            same(kind + " argument", a, kind.back(array, a.length));
        }
    }

    /** What a sum in single precision would lose: 1e8 + 1 is 1e8 there, and the square of 1e30 infinite. */
    @TestFactory
    Stream<DynamicTest> sumsAreDoubles() {
        return KINDS.stream().map(kind -> DynamicTest.dynamicTest(kind.toString(), () -> sumsAreDoubles(kind)));
    }

    private static <A> void sumsAreDoubles(Kind<A> kind) {
        double huge = kind.r(1e30), small = kind.r(1e-30);
        assertEquals(100_000_003, kind.k.sum(0, kind.array(1e8, 1, 1, 1), 0, 1, 4));
        assertEquals(huge * huge + huge * huge, kind.k.sumOfSquares(0, kind.array(huge, huge), 0, 1, 2));
        assertEquals(small * small + small * small, kind.k.sumOfSquares(0, kind.array(small, small), 0, 1, 2));
    }

    @TestFactory
    Stream<DynamicTest> stepsOfOptimizers() {
        return each((Check) OtherKernelsTest::optimizers);
    }

    private static <A> void optimizers(Kind<A> kind, Random random, int n) {
        int wAt = random.nextInt(9), mAt = random.nextInt(9), vAt = random.nextInt(9), gAt = random.nextInt(9);
        double[] w = kind.draw(random, wAt + n + 5, true), m = kind.draw(random, mAt + n + 5, true), v = kind.draw(random, vAt + n + 5, true),
                g = kind.draw(random, gAt + n + 5, true);
        for (int i = 0; i < v.length; i++) {
            v[i] = Math.abs(v[i]);
        }
        double rate = 0.01, beta1 = 0.9, beta2 = 0.999, e = 1e-8, c1 = 1 - Math.pow(beta1, 7), c2 = 1 - Math.pow(beta2, 7), lambda = 0.03;
        double[] w1 = w.clone(), m1 = m.clone(), v1 = v.clone(), w2 = w.clone(), s2 = v.clone();
        for (int j = 0; j < n; j++) {
            double d = g[gAt + j], mean = add(kind, mul(kind, beta1, m[mAt + j]), mul(kind, 1 - beta1, d));
            double square = add(kind, mul(kind, beta2, v[vAt + j]), mul(kind, mul(kind, 1 - beta2, d), d));
            m1[mAt + j] = mean;
            v1[vAt + j] = square;
            double step = mul(kind, rate, div(kind, mean, c1)), below = add(kind, kind.r(Math.sqrt(div(kind, square, c2))), e);
            w1[wAt + j] = kind.r(w[wAt + j] - div(kind, step, below));
            double decayed = add(kind, d, mul(kind, lambda, w[wAt + j]));
            double fresh = add(kind, mul(kind, beta2, v[vAt + j]), mul(kind, mul(kind, 1 - beta2, decayed), decayed));
            s2[vAt + j] = fresh;
            w2[wAt + j] = kind.r(w[wAt + j] - div(kind, mul(kind, rate, decayed), add(kind, kind.r(Math.sqrt(fresh)), e)));
        }
        A W = kind.array(w), M = kind.array(m), V = kind.array(v), G = kind.array(g), W2 = kind.array(w), S2 = kind.array(v);
        kind.k.adam(W, wAt, M, mAt, V, vAt, G, gAt, rate, beta1, beta2, e, c1, c2, n);
        same(kind + " adam w", w1, kind.back(W, w.length));
        same(kind + " adam m", m1, kind.back(M, m.length));
        same(kind + " adam v", v1, kind.back(V, v.length));
        kind.k.rmsProp(W2, wAt, S2, vAt, G, gAt, rate, beta2, e, lambda, n);
        same(kind + " rmsProp w", w2, kind.back(W2, w.length));
        same(kind + " rmsProp s", s2, kind.back(S2, v.length));
        same(kind + " gradient", g, kind.back(G, g.length));
    }

    private static double add(Kind<?> kind, double a, double b) {
        return kind.r(kind.r(a) + kind.r(b));
    }

    private static double mul(Kind<?> kind, double a, double b) {
        return kind.r(kind.r(a) * kind.r(b));
    }

    private static double div(Kind<?> kind, double a, double b) {
        return kind.r(kind.r(a) / kind.r(b));
    }
}
