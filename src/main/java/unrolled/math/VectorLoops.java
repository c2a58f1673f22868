package unrolled.math;

import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and products, number by number, on vector registers. The compiler turns plain loops into vector instructions only where it
 * knows that every array begins at 0; rows of a matrix begin anywhere, and then its loops take four times as long. What is left over
 * at the end of a run (fewer numbers than a register has lanes) goes to the plain loops, which give the same bits.
 */
class VectorLoops extends ScalarKernels {
    static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    static final int L = S.length();

    @Override public void minus(double[] d, int dAt, double[] a, int aAt, /*wide*/ double s, int n) {
        double c = Doubles.of(s);
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).sub(c).intoArray(d, dAt + j);
        }
        super.minus(d, dAt + j, a, aAt + j, s, n - j);
    }

    @Override public /*wide*/ double max(double[] a, int aAt, int n) {
        if (n < 2 * L) {
            return super.max(a, aAt, n);
        }
        DoubleVector max = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, a, aAt + j);
            max = max.blend(v, v.compare(VectorOperators.GT, max));          // unlike max, this leaves NaN out
        }
        return Math.max(max.reduceLanes(VectorOperators.MAX), super.max(a, aAt + j, n - j));
    }

    @Override public void relu(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).max(0).intoArray(d, dAt + j);
        }
        super.relu(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void add(double[] d, int dAt, double[] a, int aAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, d, dAt + j).add(fromArray(S, a, aAt + j)).intoArray(d, dAt + j);
        }
        super.add(d, dAt + j, a, aAt + j, n - j);
    }

    @Override public void addScaled(double[] d, int dAt, /*wide*/ double s, double[] a, int aAt, int n) {
        double c = Doubles.of(s);
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, d, dAt + j).add(fromArray(S, a, aAt + j).mul(c)).intoArray(d, dAt + j);
        }
        super.addScaled(d, dAt + j, s, a, aAt + j, n - j);
    }

    @Override public void scaled(double[] d, int dAt, /*wide*/ double s, double[] a, int aAt, int n) {
        double c = Doubles.of(s);
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).mul(c).intoArray(d, dAt + j);
        }
        super.scaled(d, dAt + j, s, a, aAt + j, n - j);
    }

    @Override public void plus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).add(fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        super.plus(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void minus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).sub(fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        super.minus(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void times(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j)).intoArray(d, dAt + j);
        }
        super.times(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void addTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, d, dAt + j).add(fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j))).intoArray(d, dAt + j);
        }
        super.addTimes(d, dAt + j, a, aAt + j, b, bAt + j, n - j);
    }

    @Override public void sumOfTimes(double[] d, int dAt, double[] a, int aAt,
                                     double[] b, int bAt, double[] p, int pAt, double[] q, int qAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j))
                    .add(fromArray(S, p, pAt + j).mul(fromArray(S, q, qAt + j))).intoArray(d, dAt + j);
        }
        super.sumOfTimes(d, dAt + j, a, aAt + j, b, bAt + j, p, pAt + j, q, qAt + j, n - j);
    }

    @Override public void timesSigmoidSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, y, yAt + j);
            fromArray(S, d, dAt + j).mul(v.neg().add(1).mul(v)).intoArray(d, dAt + j);
        }
        super.timesSigmoidSlope(d, dAt + j, y, yAt + j, n - j);
    }

    @Override public void timesTanhSlope(double[] d, int dAt, double[] y, int yAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, y, yAt + j);
            fromArray(S, d, dAt + j).mul(v.mul(v).neg().add(1)).intoArray(d, dAt + j);
        }
        super.timesTanhSlope(d, dAt + j, y, yAt + j, n - j);
    }

    @Override public void timesSigmoidSlope(double[] d, int dAt, double[] a, int aAt,
                                            double[] b, int bAt, double[] y, int yAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, y, yAt + j);
            fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j)).mul(v.neg().add(1).mul(v)).intoArray(d, dAt + j);
        }
        super.timesSigmoidSlope(d, dAt + j, a, aAt + j, b, bAt + j, y, yAt + j, n - j);
    }

    @Override public void timesTanhSlope(double[] d, int dAt, double[] a, int aAt,
                                         double[] b, int bAt, double[] y, int yAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, y, yAt + j);
            fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j)).mul(v.mul(v).neg().add(1)).intoArray(d, dAt + j);
        }
        super.timesTanhSlope(d, dAt + j, a, aAt + j, b, bAt + j, y, yAt + j, n - j);
    }

    @Override public void addTimesTanhSlope(double[] d, int dAt, double[] a, int aAt,
                                            double[] b, int bAt, double[] y, int yAt, int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector v = fromArray(S, y, yAt + j);
            fromArray(S, d, dAt + j).add(fromArray(S, a, aAt + j).mul(fromArray(S, b, bAt + j)).mul(v.mul(v).neg().add(1)))
                    .intoArray(d, dAt + j);
        }
        super.addTimesTanhSlope(d, dAt + j, a, aAt + j, b, bAt + j, y, yAt + j, n - j);
    }

    @Override public void adam(double[] w, int wAt, double[] m, int mAt, double[] v, int vAt, double[] g, int gAt, /*wide*/ double rate,
                               /*wide*/ double beta1, /*wide*/ double beta2, /*wide*/ double epsilon,
                               /*wide*/ double correction1, /*wide*/ double correction2, int n) {
        double old1 = Doubles.of(beta1), new1 = Doubles.of(1 - beta1), old2 = Doubles.of(beta2), new2 = Doubles.of(1 - beta2);
        double c1 = Doubles.of(correction1), c2 = Doubles.of(correction2), alpha = Doubles.of(rate), e = Doubles.of(epsilon);
        int j = 0;
        for (; j <= n - L; j += L) {
            DoubleVector d = fromArray(S, g, gAt + j);
            DoubleVector mean = fromArray(S, m, mAt + j).mul(old1).add(d.mul(new1));
            DoubleVector square = fromArray(S, v, vAt + j).mul(old2).add(d.mul(new2).mul(d));
            mean.intoArray(m, mAt + j);
            square.intoArray(v, vAt + j);
            DoubleVector step = mean.div(c1).mul(alpha).div(square.div(c2).sqrt().add(e));
            fromArray(S, w, wAt + j).sub(step).intoArray(w, wAt + j);
        }
        super.adam(w, wAt + j, m, mAt + j, v, vAt + j, g, gAt + j, rate, beta1, beta2, epsilon, correction1, correction2, n - j);
    }
}
