package unrolled.math;

/**
 * What the computations of {@link Exp} and of the kernels need to know of double precision. {@link Singles} says the same of single
 * precision; everything else of the single kernels is derived from the double ones by the build, see src/main/derive.
 */
final class Doubles {
    static final double LOG2E = 1.4426950408889634;
    /** -ln 2 in two parts, the first with enough trailing zero bits that its product with k is exact. */
    static final double MINUS_LN2_HIGH = -6.93147180369123816490e-01, MINUS_LN2_LOW = -1.90821492927058770002e-10;
    /**
     * Adding 1.5 · 2^52 rounds a small number to a whole one and leaves that number in the lowest bits. Adding 1023 more, the
     * lowest bits, shifted by 52, are a double's exponent: that of 2^k.
     */
    static final double ROUND = 0x1.8p52 + 1023;
    static final int EXPONENT = 52;
    /** Where the exponent of 2^k stands for infinity, and where it stands for 0. */
    static final double HIGH_END = 710, LOW_END = -709;
    /** Beyond this, tanh x rounds to 1. */
    static final double TANH_ONE = 22;
    /** 1/2!, 1/3!, ..., 1/13!. */
    static final double C2 = 1 / 2.0, C3 = 1 / 6.0, C4 = 1 / 24.0, C5 = 1 / 120.0, C6 = 1 / 720.0, C7 = 1 / 5040.0, C8 = 1 / 40320.0,
            C9 = 1 / 362880.0, C10 = 1 / 3628800.0, C11 = 1 / 39916800.0, C12 = 1 / 479001600.0, C13 = 1 / 6227020800.0;

    private Doubles() { }

    /** A setting, such as a learning rate, in this precision. */
    static double of(double x) {
        return x;
    }
}
