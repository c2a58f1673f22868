package unrolled.course;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import unrolled.layers.Init;
import unrolled.layers.Layer;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Slopes of activation functions, from the library's backward pass and by a numerical check. */
public final class Slopes {
    private static final int CHAINS = 2000, PARTS = 100;
    private static final double STEP = 1e-5;

    private Slopes() { }

    /** Φ'(a) at each number of a table: a backward pass with 1 going in gives the slope coming out. */
    public static Matrix of(Layer phi, Matrix a) {
        phi.forward(a);
        return phi.backward(Sequence.of(new Matrix(a.rows(), a.cols()).fill(1))).at(0);
    }

    /** Φ' as a function. */
    public static DoubleUnaryOperator of(Layer phi) {
        return a -> of(phi, Matrix.rowOf(a)).get(0, 0);
    }

    /** (f(a + ε) - f(a - ε)) / 2ε with ε = 1e-5. */
    public static double numerical(DoubleUnaryOperator f, double a) {
        return (f.applyAsDouble(a + STEP) - f.applyAsDouble(a - STEP)) / (2 * STEP);
    }

    /** A row for a table "symbol, analytic, numerical, error". */
    public static Object[] proof(String symbol, DoubleUnaryOperator slope, DoubleUnaryOperator f, double a) {
        double analytic = slope.applyAsDouble(a), numerical = numerical(f, a);
        return new Object[] {symbol, analytic, numerical, Math.abs(analytic - numerical)};
    }

    /**
     * The mean product of the slopes of the first n units, n = 1 .. length, over 200,000 chains whose sums are drawn from the normal
     * distribution with standard deviation 1. Means of zero, at the end, are left out: they have no place on a logarithmic axis.
     */
    public static double[] product(Layer phi, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] mean = new double[length];
        Matrix a = new Matrix(CHAINS, length);
        for (int part = 0; part < PARTS; part++) {
            Init.normal(1).fill(a, random);
            for (double[] slopes : of(phi, a).toArray()) {
                double product = 1;
                for (int n = 0; n < length; n++) {
                    product *= slopes[n];
                    mean[n] += product / (CHAINS * PARTS);
                }
            }
        }
        return Arrays.stream(mean).takeWhile(m -> m > 0).toArray();
    }
}
