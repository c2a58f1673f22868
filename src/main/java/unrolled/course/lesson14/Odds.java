package unrolled.course.lesson14;

import unrolled.math.Null;

/** How sure one may be after a few runs. */
public final class Odds {
    private static final double Z = 1.96;                                 // 95 % of a normal distribution lie within so many deviations

    private Odds() { }

    /**
     * Wilson's interval: the shares that fit to {@code k} successes in {@code n} runs, at 95 %. Lowest and highest.
     * Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
     */
    public static double[] wilson(int k, int n) {
        if (k < 0 || n < 1 || k > n) {
            throw new IllegalArgumentException("wilson: " + k + " successes in " + n + " runs; expected 0 <= k <= n and n >= 1");
        }
        double p = (double) k / n, middle = p + Z * Z / (2 * n), half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
        return new double[] {Math.max(0, (middle - half) / (1 + Z * Z / n)), Math.min(1, (middle + half) / (1 + Z * Z / n))};
    }

    /** Of all pairs of one number of a and one of b: the share in which that of a is smaller; equal ones count one half. */
    public static double sooner(int[] a, int[] b) {
        Null.refuse(a, "sooner: a", "numbers of updates");
        Null.refuse(b, "sooner: b", "numbers of updates");
        double sooner = 0;
        for (int one : a) {
            for (int other : b) {
                sooner += one < other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return sooner / a.length / b.length;
    }
}
