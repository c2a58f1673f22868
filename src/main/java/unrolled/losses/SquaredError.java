package unrolled.losses;

import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Squared error, for regression. Targets d [T,B,K] like the outputs y.
 * <ul>
 *   <li>{@link #half}: L = ½ Σ_k (d_k - y_k)², a mean over steps; ∂L/∂y = y - d. The form of hand computations.</li>
 *   <li>{@link #mean}: L = 1/K Σ_k (d_k - y_k)², a mean over steps; ∂L/∂y = 2 (y - d) / K. The mean squared error, MSE.</li>
 * </ul>
 */
public final class SquaredError extends Loss {
    private final boolean half;

    private SquaredError(boolean half) {
        this.half = half;
    }

    /** L = ½ Σ_k (d_k - y_k)². */
    public static SquaredError half() {
        return new SquaredError(true);
    }

    /** L = 1/K Σ_k (d_k - y_k)², as PyTorch's MSELoss. */
    public static SquaredError mean() {
        return new SquaredError(false);
    }

    @Override double row(Matrix y, Matrix d, Matrix dy, int r, double weight) {
        int K = y.cols();
        double factor = half ? 0.5 : 1.0 / K, sum = 0;
        for (int k = 0; k < K; k++) {
            double error = y.get(r, k) - d.get(r, k);
            sum += error * error;                               // L = factor Σ (y - d)²
            dy.set(r, k, 2 * factor * error * weight);          // dy = 2 factor (y - d)
        }
        return factor * sum;
    }

    @Override boolean targetWidthFits(int targetWidth, int outputWidth) {
        return targetWidth == outputWidth;
    }

    @Override String targetShape(Sequence y) {
        return y.shape();
    }

    @Override public String toString() {
        return half ? "half squared error" : "mean squared error";
    }
}
