package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * A fully connected layer: y = x W + b at every step.
 * Shapes: x [T,B,D], y [T,B,K], W [D,K], b [1,K]. W_ij connects input i to output j.
 */
public final class Dense extends Guarded {
    private final Param W, b;
    private final boolean biased;
    private final List<Param> params;
    private Sequence x, y, dx;

    /** Xavier weights, zero bias. */
    public Dense(int D, int K, RandomGenerator random) {
        this(D, K, Init.xavier(), random);
    }

    /** Weights from init, zero bias. */
    public Dense(int D, int K, Init init, RandomGenerator random) {
        this(D, K, true);
        Null.refuse(init, "Dense: init", "an Init, such as Init.xavier()").fill(W.value, random);
    }

    /** These weights W [D,K] and this bias b [1,K], copied; no bias at all if b is null. */
    public Dense(Matrix W, Matrix b) {
        this(Null.refuse(W, "Dense: W", "a matrix [D,K]").rows(), W.cols(), b != null);
        this.W.value.set(W);
        if (b != null) {
            this.b.value.set(b);
        }
    }

    private Dense(int D, int K, boolean biased) {
        W = new Param("W", Sizes.check("Dense", "D", D, "K", K), K);
        b = new Param("b", 1, K);
        this.biased = biased;
        params = biased ? List.of(W, b) : List.of(W);
    }

    @Override Sequence pass(Sequence input) {
        checkInput(input);
        if (y == null || y.T != input.T || y.B != input.B) {
            x = new Sequence(input.T, input.B, inputs());
            y = new Sequence(input.T, input.B, outputs());
            dx = new Sequence(input.T, input.B, inputs());
        }
        x.set(input);                                        // the caller may change its array before backward
        y.lengthsOf(input).all().dot(x.all(), W.value);      // y = x W
        if (biased) {
            y.all().addRow(b.value);                         //   + b
        }
        return y;
    }

    @Override Sequence passBack(Sequence dy) {
        checkGradient(dy, y);
        W.grad.addDot(x.all().transposed(), dy.all());       // dW += xᵀ dy
        if (biased) {
            b.grad.addRowsOf(dy.all());                      // db += Σ_rows dy
        }
        return backToInput(dx, dy, W);                       // dx = dy Wᵀ
    }

    @Override public int inputs() {
        return W.value.rows();
    }

    @Override public int outputs() {
        return W.value.cols();
    }

    @Override public List<Param> params() {
        return params;
    }

    @Override public int multiplications() {
        return W.size();
    }

    @Override public String toString() {
        return "Dense(" + inputs() + " -> " + outputs() + (biased ? "" : ", no bias") + ")";
    }
}
