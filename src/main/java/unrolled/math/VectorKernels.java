package unrolled.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the processor's vector registers. The only class that imports jdk.incubator.vector. What is left over at the
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
                                 double[] b, int bAt, int bRow, int m, int n, int k) {
        int j = 0;
        for (; j + 2 * L <= n; j += 2 * L) {
            int i = 0;
            for (; i + 4 <= m; i += 4) {
                tile4x2(d, dAt + i * dRow + j, dRow, a, aAt + i * aRow, aRow, aCol, b, bAt + j, bRow, k);
            }
            for (; i < m; i++) {
                tile1x2(d, dAt + i * dRow + j, a, aAt + i * aRow, aCol, b, bAt + j, bRow, k);
            }
        }
        for (; j + L <= n; j += L) {
            for (int i = 0; i < m; i++) {
                tile1x1(d, dAt + i * dRow + j, a, aAt + i * aRow, aCol, b, bAt + j, bRow, k);
            }
        }
        for (; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = d[dAt + i * dRow + j];
                for (int l = 0; l < k; l++) {
                    sum = Math.fma(a[aAt + i * aRow + l * aCol], b[bAt + l * bRow + j], sum);
                }
                d[dAt + i * dRow + j] = sum;
            }
        }
    }

    private static void tile4x2(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                double[] b, int bAt, int bRow, int k) {
        int d1 = dAt + dRow, d2 = d1 + dRow, d3 = d2 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, dAt), c01 = DoubleVector.fromArray(S, d, dAt + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        int a0 = aAt, a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        for (int l = 0, bl = bAt; l < k; l++, bl += bRow, a0 += aCol, a1 += aCol, a2 += aCol, a3 += aCol) {
            DoubleVector b0 = DoubleVector.fromArray(S, b, bl), b1 = DoubleVector.fromArray(S, b, bl + L);
            DoubleVector v = DoubleVector.broadcast(S, a[a0]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = DoubleVector.broadcast(S, a[a1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = DoubleVector.broadcast(S, a[a2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = DoubleVector.broadcast(S, a[a3]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
        }
        c00.intoArray(d, dAt);
        c01.intoArray(d, dAt + L);
        c10.intoArray(d, d1);
        c11.intoArray(d, d1 + L);
        c20.intoArray(d, d2);
        c21.intoArray(d, d2 + L);
        c30.intoArray(d, d3);
        c31.intoArray(d, d3 + L);
    }

    private static void tile1x2(double[] d, int dAt, double[] a, int aAt, int aCol, double[] b, int bAt, int bRow, int k) {
        DoubleVector c0 = DoubleVector.fromArray(S, d, dAt), c1 = DoubleVector.fromArray(S, d, dAt + L);
        for (int l = 0; l < k; l++) {
            DoubleVector v = DoubleVector.broadcast(S, a[aAt + l * aCol]);
            c0 = v.fma(DoubleVector.fromArray(S, b, bAt + l * bRow), c0);
            c1 = v.fma(DoubleVector.fromArray(S, b, bAt + l * bRow + L), c1);
        }
        c0.intoArray(d, dAt);
        c1.intoArray(d, dAt + L);
    }

    private static void tile1x1(double[] d, int dAt, double[] a, int aAt, int aCol, double[] b, int bAt, int bRow, int k) {
        DoubleVector c = DoubleVector.fromArray(S, d, dAt);
        for (int l = 0; l < k; l++) {
            c = DoubleVector.broadcast(S, a[aAt + l * aCol]).fma(DoubleVector.fromArray(S, b, bAt + l * bRow), c);
        }
        c.intoArray(d, dAt);
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
