package unrolled.math;

import java.util.Arrays;

/** Plain loops: the definition of every kernel. */
class ScalarKernels implements Kernels {
    @Override public String name() {
        return "scalar";
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

    @Override public void addScaled(double[] d, int dAt, double s, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] += s * a[aAt + j];
        }
    }

    @Override public void scaled(double[] d, int dAt, double s, double[] a, int aAt, int n) {
        for (int j = 0; j < n; j++) {
            d[dAt + j] = s * a[aAt + j];
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

    @Override public void adam(double[] w, int wAt, double[] m, int mAt, double[] v, int vAt, double[] g, int gAt, double rate,
                               double beta1, double beta2, double epsilon, double correction1, double correction2, int n) {
        for (int i = 0; i < n; i++) {
            double d = g[gAt + i];
            double mean = m[mAt + i] = beta1 * m[mAt + i] + (1 - beta1) * d;
            double square = v[vAt + i] = beta2 * v[vAt + i] + (1 - beta2) * d * d;
            w[wAt + i] -= rate * (mean / correction1) / (Math.sqrt(square / correction2) + epsilon);
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
