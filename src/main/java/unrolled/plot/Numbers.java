package unrolled.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers as people read them: a few significant digits, no trailing zeros. */
public final class Numbers {
    /** Numbers below this have all digits before the point: 101325.4 is not "101300". */
    private static final double EXACT = 1e7;
    private static final int MOST_DIGITS = 17;
    /** Numbers that differ by less than this share of their size, and are not whole, differ by rounding: they may look equal. */
    private static final double SAME = 1e-12;

    private Numbers() {
    }

    /** Four significant digits: {@code 0.1235}, {@code 12.35}, {@code 1.235e-05}, {@code NaN}; all digits before the point: {@code 12346}. */
    public static String format(double value) {
        return format(value, 4);
    }

    /** The given number of significant digits; very large and very small numbers with an exponent. */
    public static String format(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < EXACT) {
            return Long.toString((long) value);
        }
        int whole = size >= 1 && size < EXACT ? (int) Math.log10(size) + 1 : 0;
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(Math.max(digits, whole))).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent <= Math.max(digits + 2, whole)) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /**
     * Numbers that stand side by side, such as a column of a table: as {@link #format(double, int)}, but those that would look
     * equal though they differ get as many digits as tell them apart.
     */
    public static String[] distinct(int digits, double... values) {
        String[] texts = new String[values.length];
        Map<String, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            texts[i] = format(values[i], digits);
            alike.computeIfAbsent(texts[i], text -> new ArrayList<>()).add(i);
        }
        for (List<Integer> group : alike.values()) {
            double[] members = group.stream().mapToDouble(i -> values[i]).toArray();
            if (digits < MOST_DIGITS && differ(members)) {
                String[] finer = distinct(digits + 1, members);
                for (int k = 0; k < finer.length; k++) {
                    texts[group.get(k)] = finer[k];
                }
            }
        }
        return texts;
    }

    private static boolean differ(double[] values) {
        for (double value : values) {
            boolean whole = value == Math.rint(value) && values[0] == Math.rint(values[0]);
            if (Double.isFinite(value) && Math.abs(value - values[0]) > (whole ? 0 : SAME * Math.abs(values[0]))) {
                return true;
            }
        }
        return false;
    }
}
