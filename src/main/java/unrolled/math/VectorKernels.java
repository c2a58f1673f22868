package unrolled.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels that gain much from vector registers, which are all that need more than a multiplication and an addition; the
 * compiler turns the plain loops of the others into vector instructions by itself. What is left over at the end of a run (fewer
 * numbers than a register has lanes) goes to the plain loops too, which give the same bits.
 *
 * <p>This class and {@link VectorProduct} alone import jdk.incubator.vector. They keep to few operations per loop: beyond some
 * tens the compiler gives up, and every vector becomes an object.
 */
final class VectorKernels extends ScalarKernels {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    /** The constants of {@link Exp} in every lane. */
    private static final DoubleVector ZERO = all(0), ONE = all(1), TWO = all(2), MINUS_TWO = all(-2), LOG2E = all(Exp.LOG2E),
            ROUND = all(Exp.ROUND), ROUND_TWO = all(Exp.ROUND_TWO), MINUS_LN2_HIGH = all(Exp.MINUS_LN2_HIGH),
            MINUS_LN2_LOW = all(Exp.MINUS_LN2_LOW), EXP_START = all(-Exp.EXP_END), EXP_END = all(Exp.EXP_END),
            TANH_ONE = all(Exp.TANH_ONE),
            C2 = all(Exp.C2), C3 = all(Exp.C3), C4 = all(Exp.C4), C5 = all(Exp.C5), C6 = all(Exp.C6), C7 = all(Exp.C7),
            C8 = all(Exp.C8), C9 = all(Exp.C9), C10 = all(Exp.C10), C11 = all(Exp.C11), C12 = all(Exp.C12), C13 = all(Exp.C13);

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(S, value);
    }

    @Override public String name() {
        return "vector, " + L + " lanes";
    }

    @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        VectorProduct.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k);
    }

    /** e^r - 1, see {@link Exp}. */
    private static DoubleVector series(DoubleVector r) {
        DoubleVector r2 = r.mul(r), r4 = r2.mul(r2);
        DoubleVector low = fma(fma(C5, r, C4), r2, fma(C3, r, C2)), middle = fma(fma(C9, r, C8), r2, fma(C7, r, C6));
        DoubleVector high = fma(fma(C13, r, C12), r2, fma(C11, r, C10));
        return fma(fma(fma(high, r4, middle), r4, low), r2, r);
    }

    /** a b + c, see {@link Fused}. */
    static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
        return Fused.AVAILABLE ? a.fma(b, c) : a.mul(b).add(c);
    }

    private static DoubleVector power2(LongVector bits) {
        return bits.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector exp(DoubleVector x) {
        DoubleVector v = x.min(EXP_END).max(EXP_START);
        DoubleVector t = fma(v, LOG2E, ROUND_TWO);
        DoubleVector k = t.sub(ROUND_TWO);
        DoubleVector r = fma(k, MINUS_LN2_LOW, fma(k, MINUS_LN2_HIGH, v));
        LongVector bits = t.reinterpretAsLongs(), half = bits.lanewise(VectorOperators.ASHR, 1);
        return series(r).add(ONE).mul(power2(half)).mul(power2(bits.sub(half)));
    }

    @Override public void exp(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            exp(DoubleVector.fromArray(S, a, aAt + j)).intoArray(d, dAt + j);
        }
        super.exp(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void sigmoid(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            ONE.div(exp(DoubleVector.fromArray(S, a, aAt + j).neg()).add(ONE)).intoArray(d, dAt + j);
        }
        super.sigmoid(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void tanh(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j + L <= n; j += L) {
            DoubleVector x = DoubleVector.fromArray(S, a, aAt + j);
            DoubleVector v = x.abs().min(TANH_ONE).mul(MINUS_TWO);
            DoubleVector t = fma(v, LOG2E, ROUND);
            DoubleVector k = t.sub(ROUND);
            DoubleVector r = fma(k, MINUS_LN2_LOW, fma(k, MINUS_LN2_HIGH, v));
            DoubleVector s = power2(t.reinterpretAsLongs());
            DoubleVector e = fma(s, series(r), s.sub(ONE));
            LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
            ZERO.sub(e).div(e.add(TWO)).reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(d, dAt + j);
        }
        super.tanh(d, dAt + j, a, aAt + j, n - j);
    }
}
