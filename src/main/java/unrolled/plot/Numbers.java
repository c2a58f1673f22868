package unrolled.plot;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: a few significant digits, no trailing zeros. */
public final class Numbers {
    /** Whole numbers below this are counts of something, and written out. */
    private static final double EXACT = 1e7;

    private Numbers() {
    }

    /** Four significant digits: {@code 0.1235}, {@code 12.35}, {@code 1.235e-05}, {@code NaN}; whole numbers in full: {@code 12345}. */
    public static String format(double value) {
        return format(value, 4);
    }

    /** The given number of significant digits; very large and very small numbers with an exponent. */
    public static String format(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
        }
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent <= digits + 2) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** The number rounded to the given significant digits; NaN and infinities stay. */
    public static double round(double value, int digits) {
        return Double.isNaN(value) || Double.isInfinite(value) ? value
                : BigDecimal.valueOf(value).round(new MathContext(digits)).doubleValue();
    }
}
