package unrolled.losses;

import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Cross entropy behind a sigmoid, for yes or no: p = σ(y), L = -Σ_k (d_k ln p_k + (1 - d_k) ln(1 - p_k)), a mean over steps;
 * ∂L/∂y = p - d. The outputs y [T,B,K] are the scores before the sigmoid (logits), one question a column; targets d [T,B,K] lie
 * between 0 and 1. Computed as max(y, 0) - y d - ln σ(|y|), which stays finite for every finite y. Unit: nats.
 */
public final class BinaryCrossEntropy extends Loss {
    @Override void prepare(Matrix y, Matrix dy) {
        dy.sigmoid(y);                                                            // p
    }

    @Override double row(Matrix y, Matrix d, Matrix dy, int r, double weight) {
        double loss = 0;
        for (int k = 0; k < y.cols(); k++) {
            double score = y.get(r, k), target = d.get(r, k), p = dy.get(r, k);
            if (!(target >= 0 && target <= 1)) {
                throw new IllegalArgumentException(this + ": target row " + r + " has " + target + " for output " + k
                        + "; expected a value between 0 (no) and 1 (yes)");
            }
            loss += Math.max(score, 0) - score * target - StrictMath.log(Math.max(p, 1 - p));
            dy.set(r, k, (p - target) * weight);                                  // dy = p - d
        }
        return loss;
    }

    @Override boolean targetWidthFits(int targetWidth, int outputWidth) {
        return targetWidth == outputWidth;
    }

    @Override String targetShape(Sequence y) {
        return y.shape();
    }

    @Override public String toString() {
        return "binary cross entropy";
    }
}
