package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * The time delay network: a window over the last n steps instead of a memory: h_t = tanh(Σ_k x_{t-k} W_k + b), k = 0 .. n-1, with
 * zeros before the first step. Shapes: x [T,B,D], h [T,B,H], W [n·D,H] (the rows of W_k from k·D on), b [1,H].
 * Source: Waibel, Hanazawa, Hinton, Shikano and Lang, "Phoneme recognition using time-delay neural networks", 1989.
 */
public final class Tdnn extends Layer {
    private final int D, n;
    private final Param W, b;
    private Sequence x, h, dx, dz;

    /** A window of n steps; Xavier weights, zero bias. */
    public Tdnn(int D, int H, int n, RandomGenerator random) {
        if (n < 1) {
            throw new IllegalArgumentException("Tdnn: a window of " + n + " steps; expected at least 1");
        }
        this.D = D;
        this.n = n;
        W = new Param("W", n * D, H);
        b = new Param("b", 1, H);
        Init.xavier().fill(W.value, random);
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        if (x == null || x.T != input.T || x.B != input.B) {
            x = new Sequence(input.T, input.B, D);
            h = new Sequence(input.T, input.B, outputs());
            dx = new Sequence(input.T, input.B, D);
            dz = new Sequence(input.T, input.B, outputs());
        }
        x.set(input);
        h.lengthsOf(input).all().fill(0).addRow(b.value);
        for (int k = 0; k < Math.min(n, x.T); k++) {
            late(h, k).addDot(early(x, k), block(W.value, k));                     // z_t += x_{t-k} W_k
        }
        h.all().tanh();                                                            // h_t = tanh z_t
        return h;
    }

    @Override public Sequence backward(Sequence dh) {
        checkGradient(dh, h);
        dz.all().set(dh.all()).timesTanhSlope(h.all());                            // dz = dh ∘ (1 - h²)
        dx.fill(0);
        for (int k = 0; k < Math.min(n, x.T); k++) {
            block(W.grad, k).addDot(early(x, k).transposed(), late(dz, k));        // dW_k += Σ_t x_{t-k}ᵀ dz_t
            early(dx, k).addDot(late(dz, k), block(W.value, k).transposed());      // dx_{t-k} += dz_t W_kᵀ
        }
        b.grad.addRowsOf(dz.all());                                                // db += Σ_t dz_t
        return dx;
    }

    private Matrix block(Matrix m, int k) {
        return m.rows(k * D, (k + 1) * D);
    }

    /** The steps k .. T-1, */
    private static Matrix late(Sequence s, int k) {
        return s.all().rows(k * s.B, s.T * s.B);
    }

    /** and beside each the one k steps earlier. */
    private static Matrix early(Sequence s, int k) {
        return s.all().rows(0, (s.T - k) * s.B);
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
        return "Tdnn(" + D + " -> " + outputs() + ", window " + n + ")";
    }
}
