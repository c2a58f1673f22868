package unrolled.math;

/**
 * e^x, σ(x) and tanh(x) to about 30 digits, to measure the error of the kernels in units of the last place (ulp). Numbers are
 * unevaluated sums hi + lo of two doubles; a value is (hi + lo) · 2^exponent, so that results too small for a double can be
 * judged too.
 */
final class Precise {
    private static final int TERMS = 30;
    private static final double LN2 = 0.6931471805599453, LN2_REST = 2.3190468138462996e-17, LN2_REST2 = 5.707708438416212e-34;
    /** 1/n! as hi and lo. */
    private static final double[] HIGH = new double[TERMS], LOW = new double[TERMS];

    static {
        Precise p = new Precise();
        p.put(1, 0);
        for (int n = 0; n < TERMS; n++) {
            if (n > 1) {
                p.divideBy(n, 0);
            }
            HIGH[n] = p.hi;
            LOW[n] = p.lo;
        }
    }

    double hi, lo;
    int exponent;

    private void put(double h, double l) {
        hi = h + l;
        lo = l - (hi - h);
    }

    private void add(double h, double l) {
        double s = hi + h, v = s - hi, rest = (hi - (s - v)) + (h - v);
        put(s, rest + (lo + l));
    }

    private void times(double h, double l) {
        double p = hi * h, rest = Math.fma(hi, h, -p);
        put(p, rest + (hi * l + lo * h));
    }

    private void divideBy(double h, double l) {
        double q = hi / h;
        double remainder = Math.fma(-q, h, hi) + (lo - q * l);
        put(q, remainder / h);
    }

    /** e^x - 1 = (hi + lo) 2^exponent - (exponent counts only the 2^k of e^x): leaves e^r - 1 in hi, lo. */
    private void reduced(double x) {
        exponent = (int) Math.rint(x / LN2);
        double p = exponent * LN2, rest = Math.fma(exponent, LN2, -p);
        double q = exponent * LN2_REST, restQ = Math.fma(exponent, LN2_REST, -q);
        put(x - p, 0);
        add(-rest, 0);
        add(-q, -restQ - exponent * LN2_REST2);
        double r = hi, s = lo;
        put(HIGH[TERMS - 1], LOW[TERMS - 1]);
        for (int n = TERMS - 2; n >= 1; n--) {
            times(r, s);
            add(HIGH[n], LOW[n]);
        }
        times(r, s);
    }

    Precise exp(double x) {
        reduced(x);
        add(1, 0);
        return this;
    }

    Precise sigmoid(double x) {         // e^x / (1 + e^x) for x < 0, 1 / (1 + e^-x) else
        exp(-Math.abs(x));
        double h = hi, l = lo;
        int k = exponent;
        put(Math.scalb(h, k), Math.scalb(l, k));
        add(1, 0);
        double sumHigh = hi, sumLow = lo;
        if (x < 0) {
            put(h, l);
            exponent = k;
        } else {
            put(1, 0);
            exponent = 0;
        }
        divideBy(sumHigh, sumLow);
        return this;
    }

    Precise tanh(double x) {            // (1 - e^-2|x|) / (1 + e^-2|x|)
        if (Math.abs(x) < 1e-100) {
            put(x, 0);
            exponent = 0;
            return this;
        }
        reduced(-2 * Math.min(Math.abs(x), 40));
        double scale = Math.scalb(1, exponent);
        exponent = 0;
        put(scale * hi, scale * lo);
        if (scale != 1) {
            add(scale, 0);
            add(-1, 0);
        }                               // e^-2|x| - 1
        double h = hi, l = lo;
        add(2, 0);
        double sumHigh = hi, sumLow = lo;
        put(-h, -l);
        divideBy(sumHigh, sumLow);
        if (x < 0) {
            put(-hi, -lo);
        }
        return this;
    }

    /** |value - this| in units of the last place of this. */
    double ulps(double value) {
        double scaled = Math.scalb(value, -exponent);                // exact: away from the small end of the doubles
        double ulp = Math.max(Math.ulp(hi), Math.scalb(Double.MIN_VALUE, -exponent));
        return Math.abs((scaled - hi) - lo) / ulp;
    }
}
