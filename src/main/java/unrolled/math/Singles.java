package unrolled.math;

/** What {@link Doubles} says of double precision, for single: 24 bits of a number, 8 of its exponent. */
final class Singles {
    static final float LOG2E = 1.44269504f;
    /** The first part has 9 bits: its product with k, of up to 8 bits, is exact. */
    static final float MINUS_LN2_HIGH = -0.693359375f, MINUS_LN2_LOW = 2.12194440e-4f;
    static final float ROUND = 0x1.8p23f + 127;
    static final int EXPONENT = 23;
    static final float HIGH_END = 89, LOW_END = -88;
    static final float TANH_ONE = 10;
    static final float C2 = 1 / 2f, C3 = 1 / 6f, C4 = 1 / 24f, C5 = 1 / 120f, C6 = 1 / 720f, C7 = 1 / 5040f, C8 = 1 / 40320f,
            C9 = 1 / 362880f, C10 = 1 / 3628800f, C11 = 1 / 39916800f, C12 = 1 / 479001600f, C13 = 1 / 6227020800f;

    private Singles() { }

    static float of(double x) {
        return (float) x;
    }
}
