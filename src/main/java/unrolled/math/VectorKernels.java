package unrolled.math;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static unrolled.math.Doubles.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The kernels on vector registers: e^x, σ and tanh here, the product in {@link VectorProduct}, the simple ones in {@link VectorLoops}.
 *
 * <p>These three classes alone import jdk.incubator.vector. Four rules keep the compiler from making an object of every vector. A method
 * has at most fifty operations, where a number that must become a vector counts as one: beyond that the compiler gives up in the middle.
 * It is written out in full: a method of our own that takes or returns a vector, be it one line, is not always compiled into its caller
 * (not where its "call site frequency" seems low); the JDK's own always are. A method with many operations is compiled alone, not as a
 * part of its callers: it is longer than the 325 bytes up to which the compiler does that. And an operation is called on a vector that
 * was computed from a loaded one, whose class the compiler knows; of a constant it may not know it: {@code x.neg().add(1)}, not
 * {@code one.sub(x)}.
 */
final class VectorKernels extends VectorLoops {
    /** Some of the constants of {@link Doubles} as vectors, which saves operations but costs loads. */
    private static final DoubleVector V8 = broadcast(S, C8), V9 = broadcast(S, C9), V10 = broadcast(S, C10), V11 = broadcast(S, C11),
            V12 = broadcast(S, C12), V13 = broadcast(S, C13);

    @Override public String name() {
        return "vector, " + L + " lanes";
    }

    @Override public int step() {
        return Math.max(super.step(), VectorProduct.WIDE);
    }

    @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
        VectorProduct.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k, anew);
    }

    @Override public double[][] pack(double[][] old, double[] b, int bAt, int bRow, int bCol, int k, int n) {
        return VectorProduct.pack(old, b, bAt, bRow, bCol, k, n);
    }

    @Override public void addDotPacked(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                       double[][] panels, int left, int cols, int m, int n, int k, boolean anew) {
        VectorProduct.addDotPacked(d, dAt, dRow, a, aAt, aRow, aCol, panels, left, cols, m, n, k, anew);
    }

    // The three functions are explained in Exp, line by line.

    @Override public void exp(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = fromArray(S, a, aAt + j).min(HIGH_END).max(LOW_END), round = broadcast(S, ROUND);
            DoubleVector t = x.fma(broadcast(S, LOG2E), round), k = t.sub(round);
            DoubleVector r = k.fma(broadcast(S, MINUS_LN2_LOW), k.fma(broadcast(S, MINUS_LN2_HIGH), x)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(broadcast(S, C5), broadcast(S, C4)).fma(r2, r.fma(broadcast(S, C3), broadcast(S, C2)));
            DoubleVector middle = r.fma(V9, V8).fma(r2, r.fma(broadcast(S, C7), broadcast(S, C6)));
            DoubleVector series = r.fma(V13, V12).fma(r2, r.fma(V11, V10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            DoubleVector s = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT).reinterpretAsDoubles();
            series.add(1).mul(s).intoArray(d, dAt + j);
        }
        super.exp(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void sigmoid(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = fromArray(S, a, aAt + j).neg().min(HIGH_END).max(LOW_END), round = broadcast(S, ROUND), one = broadcast(S, 1);
            DoubleVector t = x.fma(broadcast(S, LOG2E), round), k = t.sub(round);
            DoubleVector r = k.fma(broadcast(S, MINUS_LN2_LOW), k.fma(broadcast(S, MINUS_LN2_HIGH), x)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(broadcast(S, C5), broadcast(S, C4)).fma(r2, r.fma(broadcast(S, C3), broadcast(S, C2)));
            DoubleVector middle = r.fma(V9, V8).fma(r2, r.fma(broadcast(S, C7), broadcast(S, C6)));
            DoubleVector series = r.fma(V13, V12).fma(r2, r.fma(V11, V10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            DoubleVector s = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT).reinterpretAsDoubles();
            k.sub(k).add(one).div(series.add(one).mul(s).add(one)).intoArray(d, dAt + j);
        }
        super.sigmoid(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void tanh(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector x = fromArray(S, a, aAt + j), minusTwo = broadcast(S, -2), round = broadcast(S, ROUND);
            DoubleVector v = x.abs().min(TANH_ONE).mul(minusTwo), t = v.fma(broadcast(S, LOG2E), round), k = t.sub(round);
            DoubleVector r = k.fma(broadcast(S, MINUS_LN2_LOW), k.fma(broadcast(S, MINUS_LN2_HIGH), v)), r2 = r.mul(r), r4 = r2.mul(r2);
            DoubleVector low = r.fma(broadcast(S, C5), broadcast(S, C4)).fma(r2, r.fma(broadcast(S, C3), broadcast(S, C2)));
            DoubleVector middle = r.fma(V9, V8).fma(r2, r.fma(broadcast(S, C7), broadcast(S, C6)));
            DoubleVector series = r.fma(V13, V12).fma(r2, r.fma(V11, V10)).fma(r4, middle).fma(r4, low).fma(r2, r);
            DoubleVector s = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT).reinterpretAsDoubles();
            DoubleVector e = s.fma(series, s.sub(1)), y = e.abs().div(e.sub(minusTwo));
            y.min(x.add(x)).max(y.neg()).intoArray(d, dAt + j);             // the sign of x: 2|x| is larger than y = tanh |x|
        }
        super.tanh(d, dAt + j, a, aAt + j, n - j);
    }
}
