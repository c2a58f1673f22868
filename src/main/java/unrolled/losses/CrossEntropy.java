package unrolled.losses;

import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Cross entropy behind a softmax, for one of K classes: p = softmax(y), L = -Σ_k d_k ln p_k, a mean over steps; ∂L/∂y = p - d
 * where the d_k sum to 1. The outputs y [T,B,K] are the scores before the softmax (logits); the two are one operation so that
 * no logarithm ever sees a zero: ln p_k = y_k - max - ln Σ_j e^(y_j - max).
 *
 * <p>Targets: class numbers 0 .. K-1, [T,B,1], or probabilities, [T,B,K]. Unit: nats.
 */
public final class CrossEntropy extends Loss {
    @Override void prepare(Matrix y, Matrix dy) {
        dy.softmax(y);                                                            // p
    }

    @Override double row(Matrix y, Matrix d, Matrix dy, int r, double weight) {
        int K = y.cols();
        checkClass(d, r, K);
        if (d.cols() == 1) {
            int k = (int) d.get(r, 0);
            double p = dy.get(r, k), loss = p < dy.precision().tiny() ? logSum(y, dy, r) - y.get(r, k) : -StrictMath.log(p);   // L = -ln p_k; a tiny p has lost digits
            dy.scaleRow(r, weight).set(r, k, (p - 1) * weight);                   // dy = p - d, with d_k = 1
            return loss;
        }
        double loss = 0, total = 0, logSum = logSum(y, dy, r);
        for (int k = 0; k < K; k++) {
            double target = probability(d, r, k);
            if (target != 0) {
                loss -= target * (y.get(r, k) - logSum);                          // L = -Σ d ln p
            }
            total += target;
        }
        for (int k = 0; k < K; k++) {
            dy.set(r, k, (total * dy.get(r, k) - d.get(r, k)) * weight);      // dy = p - d
        }
        return loss;
    }

    /** ln Σ e^y, since p_best = e^(y_best) / Σ e^y. */
    private static double logSum(Matrix y, Matrix p, int r) {
        int best = y.argMax(r);
        return y.get(r, best) - StrictMath.log(p.get(r, best));
    }

    private void checkClass(Matrix d, int r, int K) {
        double k = d.get(r, 0);
        if (d.cols() == 1 && !(k >= 0 && k < K && k == Math.rint(k))) {
            throw new IllegalArgumentException(this + ": target row " + r + " is " + k + "; expected a class number 0 to " + (K - 1)
                    + ", since the output has K = " + K + " scores" + (k == K ? "; classes count from 0" : ""));
        }
    }

    private double probability(Matrix d, int r, int k) {
        double p = d.get(r, k);
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(this + ": target row " + r + " has " + p + " for class " + k
                    + "; a probability lies between 0 and 1");
        }
        return p;
    }

    @Override boolean targetWidthFits(int targetWidth, int outputWidth) {
        return outputWidth > 1 && (targetWidth == 1 || targetWidth == outputWidth);
    }

    @Override String targetShape(Sequence y) {
        return y.F == 1 ? "at least two outputs per step; for one output that means yes or no use BinaryCrossEntropy"
                : "class numbers [T=" + y.T + ",B=" + y.B + ",F=1] or probabilities " + y.shape();
    }

    @Override public String toString() {
        return "cross entropy";
    }
}
