package unrolled.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the processor's vector registers. With {@link VectorProduct} the only class that imports
 * jdk.incubator.vector. What is left over at the
 * end of a run (fewer numbers than a register has lanes) goes to {@link ScalarKernels}, which gives the same bits.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private final ScalarKernels scalar = new ScalarKernels();

    @Override public String name() {
        return "vector, " + L + " lanes";
    }

    @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        VectorProduct.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k);
    }

    /** e^r - 1, see {@link Exp}. */
    private static DoubleVector series(DoubleVector r) {
        DoubleVector p = DoubleVector.broadcast(S, Exp.TAYLOR[0]);
        for (int i = 1; i < 12; i++) {
            p = p.mul(r).add(Exp.TAYLOR[i]);
        }
        return p.mul(r.mul(r)).add(r);
    }

    private static DoubleVector power2(LongVector k) {
        return k.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector exp(DoubleVector x) {
        DoubleVector v = x.max(Exp.LOWEST).min(Exp.HIGHEST);
        DoubleVector t = v.mul(Exp.LOG2E).add(Exp.ROUND);
        DoubleVector whole = t.sub(Exp.ROUND);
        DoubleVector r = v.sub(whole.mul(Exp.LN2_HIGH)).sub(whole.mul(Exp.LN2_LOW));
        LongVector k = t.reinterpretAsLongs().sub(Exp.ROUND_BITS);
        LongVector half = k.lanewise(VectorOperators.ASHR, 1);
        return series(r).add(1).mul(power2(half)).mul(power2(k.sub(half)));
    }

    @Override public void exp(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            exp(DoubleVector.fromArray(S, a, aAt + j)).intoArray(d, dAt + j);
        }
        scalar.exp(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void sigmoid(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (; j + L <= n; j += L) {
            one.div(exp(DoubleVector.fromArray(S, a, aAt + j).neg()).add(1)).intoArray(d, dAt + j);
        }
        scalar.sigmoid(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void tanh(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector x = DoubleVector.fromArray(S, a, aAt + j);
            DoubleVector v = x.abs().min(Exp.TANH_ONE).mul(-2);
            DoubleVector t = v.mul(Exp.LOG2E).add(Exp.ROUND);
            DoubleVector whole = t.sub(Exp.ROUND);
            DoubleVector r = v.sub(whole.mul(Exp.LN2_HIGH)).sub(whole.mul(Exp.LN2_LOW));
            DoubleVector s = power2(t.reinterpretAsLongs().sub(Exp.ROUND_BITS));
            DoubleVector e = s.mul(series(r)).add(s.sub(1));
            LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
            e.neg().div(e.add(2)).reinterpretAsLongs().and(Long.MAX_VALUE).or(sign).reinterpretAsDoubles().intoArray(d, dAt + j);
        }
        scalar.tanh(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void relu(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, a, aAt + j).max(0).intoArray(d, dAt + j);
        }
        scalar.relu(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void add(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, d, dAt + j).add(DoubleVector.fromArray(S, a, aAt + j)).intoArray(d, dAt + j);
        }
        scalar.add(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void addScaled(double[] d, int dAt, double s, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, d, dAt + j).add(DoubleVector.fromArray(S, a, aAt + j).mul(s)).intoArray(d, dAt + j);
        }
        scalar.addScaled(d, dAt + j, s, a, aAt + j, n - j);
    }

    @Override public void scaled(double[] d, int dAt, double s, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, a, aAt + j).mul(s).intoArray(d, dAt + j);
        }
        scalar.scaled(d, dAt + j, s, a, aAt + j, n - j);
    }

    @Override public void plus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, a, aAt + j).add(DoubleVector.fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        scalar.plus(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void minus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, a, aAt + j).sub(DoubleVector.fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        scalar.minus(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void times(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector.fromArray(S, a, aAt + j).mul(DoubleVector.fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        scalar.times(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void addTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector product = DoubleVector.fromArray(S, a, aAt + j).mul(DoubleVector.fromArray(S, b, bAt + j));
            DoubleVector.fromArray(S, d, dAt + j).add(product).intoArray(d, dAt + j);
        }
        scalar.addTimes(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void timesSigmoidSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        int j = 0;
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (; j + L <= n; j += L) {
            DoubleVector v = DoubleVector.fromArray(S, y, yAt + j);
            DoubleVector.fromArray(S, d, dAt + j).mul(v.mul(one.sub(v))).intoArray(d, dAt + j);
        }
        scalar.timesSigmoidSlope(d, dAt + j, y, yAt + j, n - j);
    }

    @Override public void timesTanhSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        int j = 0;
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (; j + L <= n; j += L) {
            DoubleVector v = DoubleVector.fromArray(S, y, yAt + j);
            DoubleVector.fromArray(S, d, dAt + j).mul(one.sub(v.mul(v))).intoArray(d, dAt + j);
        }
        scalar.timesTanhSlope(d, dAt + j, y, yAt + j, n - j);
    }

    @Override public void timesReluSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        int j = 0;
        DoubleVector zero = DoubleVector.zero(S);
        for (; j + L <= n; j += L) {
            DoubleVector v = DoubleVector.fromArray(S, y, yAt + j);
            zero.blend(DoubleVector.fromArray(S, d, dAt + j), v.compare(VectorOperators.GT, 0)).intoArray(d, dAt + j);
        }
        scalar.timesReluSlope(d, dAt + j, y, yAt + j, n - j);
    }

    @Override public void addTimesTanhSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt,
                                            double[] y, int yAt, int n) {
        int j = 0;
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (; j + L <= n; j += L) {
            DoubleVector v = DoubleVector.fromArray(S, y, yAt + j);
            DoubleVector product = DoubleVector.fromArray(S, a, aAt + j).mul(DoubleVector.fromArray(S, b, bAt + j));
            DoubleVector.fromArray(S, d, dAt + j).add(product.mul(one.sub(v.mul(v)))).intoArray(d, dAt + j);
        }
        scalar.addTimesTanhSlope(d, dAt + j, a, aAt + j, b, bAt + j, y, yAt + j, n - j);
    }
}
