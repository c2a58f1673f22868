package unrolled.math;

import java.util.Arrays;

/**
 * Plain loops: the definition of every kernel. From this class, too, the build derives the one for single precision; a {@code double} that
 * is one there, too, is marked as wide.
 */
class ScalarKernels implements Kernels<double[]> {
    @Override public String name() {
        return "scalar";
    }

    @Override public double[] numbers(int n) {
        return new double[n];
    }

    @Override public /*wide*/ double get(double[] a, int i) {
        return a[i];
    }

    @Override public void set(double[] d, int i, /*wide*/ double value) {
        d[i] = Doubles.of(value);
    }

    @Override public void copy(double[] d, int dAt, int dStep, double[] a, int aAt, int aStep, int n) {
        if (dStep == 1 && aStep == 1) {
            System.arraycopy(a, aAt, d, dAt, n);
            return;
        }
        for (int j = 0, to = dAt, from = aAt; j < n; j++, to += dStep, from += aStep) {
            d[to] = a[from];
        }
    }

    @Override public void fill(double[] d, int dAt, /*wide*/ double value, int n) {
        Arrays.fill(d, dAt, dAt + n, Doubles.of(value));
    }

    @Override public void minus(double[] d, int dAt, double[] a, int aAt, /*wide*/ double s, int n) {
        double c = Doubles.of(s);
        for (int j = 0; j < n; j++) {
            d[dAt + j] = a[aAt + j] - c;
        }
    }

    @Override public void clamp(double[] d, int dAt, int dStep, /*wide*/ double low, /*wide*/ double high, int n) {
        double least = Doubles.of(low), most = Doubles.of(high);
        for (int j = 0, at = dAt; j < n; j++, at += dStep) {
            d[at] = Math.min(Math.max(d[at], least), most);
        }
    }

    @Override public /*wide*/ double sum(/*wide*/ double before, double[] a, int aAt, int aStep, int n) {
        /*wide*/ double sum = before;
        for (int j = 0, at = aAt; j < n; j++, at += aStep) {
            sum += a[at];
        }
        return sum;
    }

    /** Four squares at a time, so that only the sums wait for each other. */
    @Override public /*wide*/ double sumOfSquares(/*wide*/ double before, double[] a, int aAt, int aStep, int n) {
        /*wide*/ double sum = before;
        int j = 0, at = aAt;
        for (; j < n - 3; j += 4, at += 4 * aStep) {
            /*wide*/ double v0 = a[at], v1 = a[at + aStep], v2 = a[at + 2 * aStep], v3 = a[at + 3 * aStep];
            /*wide*/ double s0 = v0 * v0, s1 = v1 * v1, s2 = v2 * v2, s3 = v3 * v3;
            sum = sum + s0 + s1 + s2 + s3;
        }
        for (; j < n; j++, at += aStep) {
            /*wide*/ double v = a[at];
            sum += v * v;
        }
        return sum;
    }

    @Override public /*wide*/ double maxAbs(/*wide*/ double before, double[] a, int aAt, int aStep, int n) {
        /*wide*/ double max = before;
        for (int j = 0, at = aAt; j < n; j++, at += aStep) {
            max = Math.max(max, Math.abs(a[at]));
        }
        return max;
    }

    /** Four at a time, since each comparison waits for the one before. */
    @Override public /*wide*/ double max(double[] a, int aAt, int n) {
        double m0 = Double.NEGATIVE_INFINITY, m1 = m0, m2 = m0, m3 = m0;
        int j = aAt, end = aAt + n;
        for (; j < end - 3; j += 4) {
            m0 = a[j] > m0 ? a[j] : m0;
            m1 = a[j + 1] > m1 ? a[j + 1] : m1;
            m2 = a[j + 2] > m2 ? a[j + 2] : m2;
            m3 = a[j + 3] > m3 ? a[j + 3] : m3;
        }
        for (; j < end; j++) {
            m0 = a[j] > m0 ? a[j] : m0;
        }
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }

    @Override public int argMax(double[] a, int aAt, int aStep, int n) {
        int best = 0;
        double max = a[aAt];
        for (int j = 1, at = aAt + aStep; j < n; j++, at += aStep) {
            if (a[at] > max) {
                max = a[at];
                best = j;
            }
        }
        return best;
    }

    @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
        for (int i = 0; i < m; i++) {
            if (anew) {
                Arrays.fill(d, dAt + i * dRow, dAt + i * dRow + n, 0);
            }
            int l = 0, to = dAt + i * dRow;
            for (; bCol == 1 && l < k - 3; l += 4) {
                int at = aAt + i * aRow + l * aCol;
                addRows(d, to, a[at], a[at + aCol], a[at + 2 * aCol], a[at + 3 * aCol], b, bAt + l * bRow, bRow, n);
            }
            for (; l < k; l++) {
                addRow(d, to, a[aAt + i * aRow + l * aCol], b, bAt + l * bRow, bCol, n);
            }
        }
    }

    /** Four at once: each number of D is read and written once for four of B. */
    static void addRows(double[] d, int dAt, double a0, double a1, double a2, double a3,
                        double[] b, int b0, int bRow, int n) {
        int b1 = b0 + bRow, b2 = b1 + bRow, b3 = b2 + bRow;
        for (int j = 0; j < n; j++) {
            double c = Fused.multiplyAdd(a1, b[b1 + j], Fused.multiplyAdd(a0, b[b0 + j], d[dAt + j]));
            d[dAt + j] = Fused.multiplyAdd(a3, b[b3 + j], Fused.multiplyAdd(a2, b[b2 + j], c));
        }
    }

    static void addRow(double[] d, int dAt, double a, double[] b, int bAt, int bCol, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = Fused.multiplyAdd(a, b[bAt + j * bCol], d[dAt + j]);
        }
    }

    @Override public void exp(double[] d, int dAt, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = Exp.exp(a[aAt + j]);
        }
    }

    @Override public void sigmoid(double[] d, int dAt, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = Exp.sigmoid(a[aAt + j]);
        }
    }

    @Override public void tanh(double[] d, int dAt, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = Exp.tanh(a[aAt + j]);
        }
    }

    @Override public void relu(double[] d, int dAt, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = Math.max(a[aAt + j], 0);
        }
    }

    @Override public void add(double[] d, int dAt, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] += a[aAt + j];
        }
    }

    @Override public void addScaled(double[] d, int dAt, /*wide*/ double s, double[] a, int aAt, int n) {
        double c = Doubles.of(s);
        for (int j = 0; j < n; j++) {
            d[dAt + j] += c * a[aAt + j];
        }
    }

    @Override public void scaled(double[] d, int dAt, /*wide*/ double s, double[] a, int aAt, int n) {
        double c = Doubles.of(s);
        for (int j = 0; j < n; j++) {
            d[dAt + j] = c * a[aAt + j];
        }
    }

    @Override public void plus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = a[aAt + j] + b[bAt + j];
        }
    }

    @Override public void minus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = a[aAt + j] - b[bAt + j];
        }
    }

    @Override public void times(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = a[aAt + j] * b[bAt + j];
        }
    }

    @Override public void addTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] += a[aAt + j] * b[bAt + j];
        }
    }

    @Override public void timesSigmoidSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            double v = y[yAt + j];
            d[dAt + j] *= v * (1 - v);
        }
    }

    @Override public void timesTanhSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            double v = y[yAt + j];
            d[dAt + j] *= 1 - v * v;
        }
    }

    @Override public void timesReluSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            if (!(y[yAt + j] > 0)) {
                d[dAt + j] = 0;
            }
        }
    }

    @Override public void sumOfTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt,
                                     double[] p, int pAt, double[] q, int qAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = a[aAt + j] * b[bAt + j] + p[pAt + j] * q[qAt + j];
        }
    }

    @Override public void timesSigmoidSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt,
                                            double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            double v = y[yAt + j];
            d[dAt + j] = a[aAt + j] * b[bAt + j] * (v * (1 - v));
        }
    }

    @Override public void timesTanhSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt,
                                         double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            double v = y[yAt + j];
            d[dAt + j] = a[aAt + j] * b[bAt + j] * (1 - v * v);
        }
    }

    @Override public void adam(double[] w, int wAt, double[] m, int mAt, double[] v, int vAt, double[] g, int gAt, /*wide*/ double rate,
                               /*wide*/ double beta1, /*wide*/ double beta2, /*wide*/ double epsilon,
                               /*wide*/ double correction1, /*wide*/ double correction2, int n) {
        double old1 = Doubles.of(beta1), new1 = Doubles.of(1 - beta1), old2 = Doubles.of(beta2), new2 = Doubles.of(1 - beta2);
        double c1 = Doubles.of(correction1), c2 = Doubles.of(correction2), alpha = Doubles.of(rate), e = Doubles.of(epsilon);
        for (int i = 0; i < n; i++) {
            double d = g[gAt + i];
            double mean = m[mAt + i] = old1 * m[mAt + i] + new1 * d;
            double square = v[vAt + i] = old2 * v[vAt + i] + new2 * d * d;
            w[wAt + i] -= alpha * (mean / c1) / (Doubles.of(Math.sqrt(square / c2)) + e);
        }
    }

    @Override public void rmsProp(double[] w, int wAt, double[] s, int sAt, double[] g, int gAt, /*wide*/ double rate,
                                  /*wide*/ double rho, /*wide*/ double epsilon, /*wide*/ double lambda, int n) {
        double alpha = Doubles.of(rate), old = Doubles.of(rho), fresh = Doubles.of(1 - rho), e = Doubles.of(epsilon), l = Doubles.of(lambda);
        for (int i = 0; i < n; i++) {
            double d = g[gAt + i] + l * w[wAt + i];
            double square = s[sAt + i] = old * s[sAt + i] + fresh * d * d;
            w[wAt + i] -= alpha * d / (Doubles.of(Math.sqrt(square)) + e);
        }
    }

    @Override public void addTimesTanhSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt,
                                            double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            double v = y[yAt + j];
            d[dAt + j] += a[aAt + j] * b[bAt + j] * (1 - v * v);
        }
    }
}
