package unrolled.math;

/**
 * e^x, σ(x) and tanh(x) from additions, multiplications, one division and shifts of bits, so that every JVM and both kernel
 * implementations give the same bits.
 *
 * <p>With k the whole number nearest to x / ln 2 and r = x - k ln 2 (so |r| ≤ 0.347), e^x = 2^k e^r, and e^r - 1 is its Taylor
 * series up to r^13/13!, whose next term is below 1e-17 of the result. The constants are shared with the vector kernels.
 */
final class Exp {
    static final double LOG2E = 1.4426950408889634;
    /** ln 2 in two parts, the first with enough trailing zero bits that k · LN2_HIGH is exact. */
    static final double LN2_HIGH = 6.93147180369123816490e-01;
    static final double LN2_LOW = 1.90821492927058770002e-10;
    /** Adding 1.5 · 2^52 rounds a small number to a whole one and leaves that number in the lowest bits. */
    static final double ROUND = 0x1.8p52;
    static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    /** Beyond these, e^x is 0 or infinity, and the clamp changes nothing. */
    static final double LOWEST = -746, HIGHEST = 710;
    /** Beyond this, tanh x rounds to 1. */
    static final double TANH_ONE = 22;
    /** 1/13!, 1/12!, ..., 1/2!. */
    static final double[] TAYLOR = taylor();

    private Exp() { }

    private static double[] taylor() {
        double[] c = new double[12];
        double factorial = 1;
        for (int i = 2; i <= 13; i++) {
            factorial *= i;
            c[13 - i] = 1 / factorial;
        }
        return c;
    }

    /** e^r - 1 for |r| ≤ 0.347. */
    private static double series(double r) {
        double p = TAYLOR[0];
        for (int i = 1; i < 12; i++) {
            p = p * r + TAYLOR[i];
        }
        return p * (r * r) + r;
    }

    private static double power2(long k) {
        return Double.longBitsToDouble((k + 1023) << 52);
    }

    static double exp(double x) {
        double v = Math.min(Math.max(x, LOWEST), HIGHEST);
        double t = v * LOG2E + ROUND;
        double whole = t - ROUND;
        double r = (v - whole * LN2_HIGH) - whole * LN2_LOW;
        long k = Double.doubleToRawLongBits(t) - ROUND_BITS;
        long half = k >> 1;                            // 2^k in two factors: k may lie outside a double's exponents
        return (series(r) + 1) * power2(half) * power2(k - half);
    }

    static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    static double tanh(double x) {
        double v = -2 * Math.min(Math.abs(x), TANH_ONE);
        double t = v * LOG2E + ROUND;
        double whole = t - ROUND;
        double r = (v - whole * LN2_HIGH) - whole * LN2_LOW;
        double s = power2(Double.doubleToRawLongBits(t) - ROUND_BITS);
        double e = s * series(r) + (s - 1);            // e^-2|x| - 1, exact to its last bits also near 0
        return Math.copySign(-e / (2 + e), x);
    }
}
