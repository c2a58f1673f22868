package unrolled.inspect;

import unrolled.layers.Recurrent;
import unrolled.math.Matrix;
import unrolled.math.Precision;
import unrolled.math.Sequence;

/**
 * How much of the gradient of the last step reaches the steps before it: ‖∂L/∂h_{T-1-lag}‖ for lag = 0 .. T-1, taken over a whole
 * batch as one vector, where L looks at the last step only. In a plain recurrent network this falls or grows like ratio^lag.
 * Source: Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient descent is difficult", 1994.
 */
public final class GradientByLag {
    private final double[] norms;
    private final Precision precision;

    private GradientByLag(double[] norms, Precision precision) {
        this.norms = norms;
        this.precision = precision;
    }

    /**
     * Of a cell that reads x [T,B,D], for ∂L/∂h_{T-1} = dLast [B,H]. The gradients of the cell's parameters are zero afterwards.
     */
    public static GradientByLag of(Recurrent cell, Sequence x, Matrix dLast) {
        Sequence y = cell.forward(x), dy = new Sequence(x.T, x.B, y.F);
        if (!cell.traces().containsKey("dh")) {
            throw new IllegalArgumentException("GradientByLag: " + cell + " carries another state; expected a cell whose state is h, such as"
                    + " an Elman, Lstm, Lstm1997 or Gru");
        }
        dy.at(x.T - 1).set(dLast);
        cell.backward(dy);
        Sequence dh = cell.traces().get("dh");
        double[] norms = new double[x.T];
        for (int lag = 0; lag < x.T; lag++) {
            norms[lag] = dh.at(x.T - 1 - lag).norm();
        }
        cell.zeroGrad();
        return new GradientByLag(norms, dh.precision());
    }

    /** The norm at each lag, from 0. */
    public double[] norms() {
        return norms.clone();
    }

    /** The norm at each lag as a share of that at lag 0. Errors: {@link IllegalStateException} if that is 0, or not finite. */
    public double[] shares() {
        double[] shares = norms();
        if (!(norms[0] > 0 && norms[0] < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("shares: the gradient at the last step has length " + norms[0]
                    + "; a share needs a positive, finite one: give another dLast");
        }
        for (int lag = 0; lag < shares.length; lag++) {
            shares[lag] /= norms[0];
        }
        return shares;
    }

    /**
     * The ratio r of the geometric series c·r^lag that fits best: least squares of the logarithms, over the norms above 2.2e-308, in single
     * precision 1.2e-38 (what lies below has lost digits, or is 0). Errors: {@link IllegalStateException} for fewer than two of them, or one
     * that is not finite.
     */
    public double ratio() {
        double n = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        for (int lag = 0; lag < norms.length; lag++) {
            if (!Double.isFinite(norms[lag])) {
                throw new IllegalStateException("ratio: the norm at lag " + lag + " is " + norms[lag] + "; expected finite norms: has the"
                        + " gradient exploded? Take fewer steps or smaller weights");
            }
            if (norms[lag] >= precision.least()) {
                double y = Math.log(norms[lag]);
                n++;
                sumX += lag;
                sumY += y;
                sumXX += (double) lag * lag;
                sumXY += lag * y;
            }
        }
        if (n < 2) {
            throw new IllegalStateException("ratio: only " + (int) n + " of " + norms.length + " norms are above zero;"
                    + " expected at least two");
        }
        return Math.exp((n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX));
    }
}
