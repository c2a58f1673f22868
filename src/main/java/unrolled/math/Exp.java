package unrolled.math;

import static unrolled.math.Doubles.*;

/**
 * e^x, σ(x) and tanh(x) from multiplications and additions (fused, see {@link Fused}), one division and shifts of bits, so that
 * every JVM and both kernel implementations give the same bits.
 *
 * <p>With k the whole number nearest to x / ln 2 and r = x - k ln 2 (so |r| ≤ 0.347), e^x = 2^k e^r, and e^r - 1 is its Taylor
 * series up to r^13/13!, whose next term is below 1e-17 of the result. The constants stand in {@link Doubles}.
 */
final class Exp {
    private Exp() { }

    private static double fma(double a, double b, double c) {
        return Fused.multiplyAdd(a, b, c);
    }

    /** e^r - 1 for |r| ≤ 0.347: pairs of terms first, so that a processor can work on several at once. */
    private static double series(double r) {
        double r2 = r * r, r4 = r2 * r2;
        double low = fma(fma(C5, r, C4), r2, fma(C3, r, C2)), middle = fma(fma(C9, r, C8), r2, fma(C7, r, C6));
        double high = fma(fma(C13, r, C12), r2, fma(C11, r, C10));
        return fma(fma(fma(high, r4, middle), r4, low), r2, r);
    }

    /** The power of two whose exponent stands in the lowest bits. */
    private static double power2(double t) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(t) << EXPONENT);
    }

    static double exp(double x) {
        double v = Math.max(Math.min(x, HIGH_END), LOW_END);
        double t = fma(v, LOG2E, ROUND);
        double k = t - ROUND;
        double r = fma(k, MINUS_LN2_LOW, fma(k, MINUS_LN2_HIGH, v));
        return (series(r) + 1) * power2(t);
    }

    static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    static double tanh(double x) {
        double v = -2 * Math.min(Math.abs(x), TANH_ONE);
        double t = fma(v, LOG2E, ROUND);
        double k = t - ROUND;
        double r = fma(k, MINUS_LN2_LOW, fma(k, MINUS_LN2_HIGH, v));
        double s = power2(t);
        double e = fma(s, series(r), s - 1);            // e^-2|x| - 1, exact to its last bits also near 0
        return Math.copySign((0 - e) / (e + 2), x);
    }
}
