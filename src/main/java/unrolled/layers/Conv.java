package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Convolution over time, the same weights on every window of n steps: y_t = Σ_k x_{t-k+a} W_k + b, k = 0 .. n-1, with zeros before
 * the first step and behind the last of each sequence (see {@link Sequence#lengths}). A causal window ends at its step, a = 0; a
 * centred one looks a = (n-1)/2 steps ahead and as many back.
 * Shapes: x [T,B,D], y [T,B,K], W [n·D,K] (the rows of W_k from k·D on), b [1,K].
 * Errors: {@link IllegalArgumentException} for a window without steps, or a centred one of even width.
 * Source: Waibel, Hanazawa, Hinton, Shikano and Lang, "Phoneme recognition using time-delay neural networks", 1989; LeCun and
 * Bengio, "Convolutional networks for images, speech, and time series", 1995.
 */
public final class Conv extends Layer {
    private final int D, n, ahead;
    private final Param W, b;
    private Sequence x, y, dx;

    private Conv(int D, int K, int n, int ahead, RandomGenerator random) {
        if (n < 1) {
            throw new IllegalArgumentException("Conv: a window of " + n + " steps; expected at least 1");
        }
        this.D = Sizes.check("Conv", "D", D, "K", K);
        this.n = n;
        this.ahead = ahead;
        W = new Param("W", n * D, K);
        b = new Param("b", 1, K);
        Init.xavier().fill(W.value, random);
    }

    /** Step t sees the steps t-n+1 .. t; Xavier weights, zero bias. */
    public static Conv causal(int D, int K, int n, RandomGenerator random) {
        return new Conv(D, K, n, 0, random);
    }

    /** Step t sees n steps with itself in the middle, n odd; Xavier weights, zero bias. */
    public static Conv centred(int D, int K, int n, RandomGenerator random) {
        if (n % 2 == 0) {
            throw new IllegalArgumentException("Conv.centred: a window of " + n + " steps has no middle; expected an odd number");
        }
        return new Conv(D, K, n, n / 2, random);
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        if (x == null || x.T != input.T || x.B != input.B) {
            x = new Sequence(input.T, input.B, D);
            y = new Sequence(input.T, input.B, outputs());
            dx = new Sequence(input.T, input.B, D);
        }
        clearPadding(x.set(input));                                                // zeros behind the end of a sequence
        y.lengthsOf(x).all().fill(0).addRow(b.value);                              // y_t = b
        for (int k = 0; k < n; k++) {
            int s = k - ahead;
            if (Math.abs(s) < x.T) {
                steps(y, s).addDot(steps(x, -s), block(W.value, k));               // y_t += x_{t-s} W_k
            }
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dx.lengthsOf(x).fill(0);
        for (int k = 0; k < n; k++) {
            int s = k - ahead;
            if (Math.abs(s) < x.T) {
                block(W.grad, k).addDot(steps(x, -s).transposed(), steps(dy, s));  // dW_k += Σ_t x_{t-s}ᵀ dy_t
                if (inputGradient()) {
                    steps(dx, -s).addDot(steps(dy, s), block(W.value, k).transposed());   // dx_{t-s} += dy_t W_kᵀ
                }
            }
        }
        b.grad.addRowsOf(dy.all());                                                // db += Σ_t dy_t
        clearPadding(dx);
        return inputGradient() ? dx : null;
    }

    private Matrix block(Matrix m, int k) {
        return m.rows(k * D, (k + 1) * D);
    }

    /** The steps t whose partner t-s exists; beside them stand the partners, steps(·,-s). */
    private static Matrix steps(Sequence q, int s) {
        return q.all().rows(Math.max(s, 0) * q.B, (q.T + Math.min(s, 0)) * q.B);
    }

    private static void clearPadding(Sequence q) {
        for (int r = 0; q.hasLengths() && r < q.T * q.B; r++) {
            if (r / q.B >= q.length(r % q.B)) {
                q.all().fillRow(r, 0);
            }
        }
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return D;
    }

    @Override public int outputs() {
        return W.value.cols();
    }

    @Override public List<Param> params() {
        return List.of(W, b);
    }

    @Override public int multiplications() {
        return W.size();
    }

    @Override public String toString() {
        return "Conv(" + D + " -> " + outputs() + ", window " + n + (ahead > 0 ? ", centred" : "") + ")";
    }
}
