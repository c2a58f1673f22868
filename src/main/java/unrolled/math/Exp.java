package unrolled.math;

/**
 * e^x, σ(x) and tanh(x) from multiplications and additions (fused, see {@link Fused}), one division and shifts of bits, so that
 * every JVM and both kernel implementations give the same bits.
 *
 * <p>With k the whole number nearest to x / ln 2 and r = x - k ln 2 (so |r| ≤ 0.347), e^x = 2^k e^r, and e^r - 1 is its Taylor
 * series up to r^13/13!, whose next term is below 1e-17 of the result. The constants are shared with the vector kernels.
 */
final class Exp {
    static final double LOG2E = 1.4426950408889634;
    /** -ln 2 in two parts, the first with enough trailing zero bits that its product with k is exact. */
    static final double MINUS_LN2_HIGH = -6.93147180369123816490e-01, MINUS_LN2_LOW = -1.90821492927058770002e-10;
    /**
     * Adding 1.5 · 2^52 rounds a small number to a whole one and leaves that number in the lowest bits. Adding 1023 more, the
     * lowest bits, shifted by 52, are a double's exponent: that of 2^k.
     */
    static final double ROUND = 0x1.8p52 + 1023;
    /** Where the exponent of 2^k stands for infinity, and where it stands for 0. */
    static final double HIGH_END = 710, LOW_END = -709;
    /** Beyond this, tanh x rounds to 1. */
    static final double TANH_ONE = 22;
    /** 1/2!, 1/3!, ..., 1/13!. */
    static final double C2 = 1 / 2.0, C3 = 1 / 6.0, C4 = 1 / 24.0, C5 = 1 / 120.0, C6 = 1 / 720.0, C7 = 1 / 5040.0, C8 = 1 / 40320.0,
            C9 = 1 / 362880.0, C10 = 1 / 3628800.0, C11 = 1 / 39916800.0, C12 = 1 / 479001600.0, C13 = 1 / 6227020800.0;

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
        return Double.longBitsToDouble(Double.doubleToRawLongBits(t) << 52);
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
