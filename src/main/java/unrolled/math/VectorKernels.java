package unrolled.math;

import static unrolled.math.Exp.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels that gain much from vector registers, which are all that need more than a multiplication and an addition; the
 * compiler turns the plain loops of the others into vector instructions by itself. What is left over at the end of a run (fewer
 * numbers than a register has lanes) goes to the plain loops too, which give the same bits.
 *
 * <p>This class and {@link VectorProduct} alone import jdk.incubator.vector. Two rules keep the compiler from making an object of every
 * vector: few operations per loop, some tens at most; and each loop is written out in full, since a method of our own with a vector
 * among its arguments is not always compiled into its caller.
 */
final class VectorKernels extends ScalarKernels {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    @Override public String name() {
        return "vector, " + L + " lanes";
    }

    @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        VectorProduct.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k);
    }

    @Override public int packed(int k, int n) {
        return VectorProduct.packed(k, n);
    }

    @Override public void pack(double[] panels, double[] b, int bAt, int bRow, int bCol, int k, int n) {
        VectorProduct.pack(panels, b, bAt, bRow, bCol, k, n);
    }

    @Override public void addDotPacked(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                       double[] panels, int left, int cols, int m, int n, int k) {
        VectorProduct.addDotPacked(d, dAt, dRow, a, aAt, aRow, aCol, panels, left, cols, m, n, k);
    }

    // The three functions are explained in Exp, line by line.

    @Override public void exp(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = DoubleVector.fromArray(S, a, aAt + j).min(EXP_END).max(-EXP_END);
            DoubleVector t = x.fma(LOG2E, ROUND_TWO), k = t.sub(ROUND_TWO);
            DoubleVector r = k.fma(all(MINUS_LN2_LOW), k.fma(all(MINUS_LN2_HIGH), x)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(C5, C4).fma(r2, r.fma(C3, C2)), middle = r.fma(C9, C8).fma(r2, r.fma(C7, C6));
            DoubleVector series = r.fma(C13, C12).fma(r2, r.fma(C11, C10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            LongVector bits = t.reinterpretAsLongs(), half = bits.lanewise(VectorOperators.ASHR, 1);
            series.add(1).mul(half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(bits.sub(half).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles()).intoArray(d, dAt + j);
        }
        super.exp(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void sigmoid(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = DoubleVector.fromArray(S, a, aAt + j).neg().min(HIGH_END).max(LOW_END);
            DoubleVector t = x.fma(LOG2E, ROUND), k = t.sub(ROUND);
            DoubleVector r = k.fma(all(MINUS_LN2_LOW), k.fma(all(MINUS_LN2_HIGH), x)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(C5, C4).fma(r2, r.fma(C3, C2)), middle = r.fma(C9, C8).fma(r2, r.fma(C7, C6));
            DoubleVector series = r.fma(C13, C12).fma(r2, r.fma(C11, C10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            DoubleVector e = series.add(1).mul(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles());
            all(1).div(e.add(1)).intoArray(d, dAt + j);
        }
        super.sigmoid(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void tanh(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = DoubleVector.fromArray(S, a, aAt + j), v = x.abs().min(TANH_ONE).mul(-2);
            DoubleVector t = v.fma(LOG2E, ROUND), k = t.sub(ROUND);
            DoubleVector r = k.fma(all(MINUS_LN2_LOW), k.fma(all(MINUS_LN2_HIGH), v)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(C5, C4).fma(r2, r.fma(C3, C2)), middle = r.fma(C9, C8).fma(r2, r.fma(C7, C6));
            DoubleVector series = r.fma(C13, C12).fma(r2, r.fma(C11, C10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            DoubleVector s = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            DoubleVector e = s.fma(series, s.sub(1));
            LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
            all(0).sub(e).div(e.add(2)).reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(d, dAt + j);
        }
        super.tanh(d, dAt + j, a, aAt + j, n - j);
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(S, value);
    }
}
