package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Sequence;

/**
 * A table with one learned row a symbol: y_t = W_{x_t}, the row of W at the symbol's number. The same as a one-hot input times W,
 * without the zeros. Shapes: x [T,B,1] whole numbers 0 .. V-1, y [T,B,D], W [V,D]. No gradient flows to x.
 */
public final class Embedding extends Layer {
    private final Param W;
    private Sequence x, y, dx;

    /** Rows of V symbols, normal with deviation 1. */
    public Embedding(int V, int D, RandomGenerator random) {
        W = new Param("W", Sizes.check("Embedding", "V", V, "D", D), D);
        Init.normal(1).fill(W.value, random);
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        if (y == null || y.T != input.T || y.B != input.B) {
            x = new Sequence(input.T, input.B, 1);
            y = new Sequence(input.T, input.B, outputs());
            dx = new Sequence(input.T, input.B, 1);
        }
        x.set(input);
        y.lengthsOf(input);
        for (int r = 0; r < x.T * x.B; r++) {
            y.all().copyRow(r, W.value, symbol(r));                // y_t = W_{x_t}
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        for (int r = 0; r < x.T * x.B; r++) {
            W.grad.addToRow(symbol(r), dy.all(), r);               // dW_{x_t} += dy_t
        }
        return dx;
    }

    private int symbol(int r) {
        double v = x.all().get(r, 0);
        if (!(v >= 0 && v < W.value.rows() && v == Math.rint(v))) {
            throw new IllegalArgumentException("Embedding: step " + r / x.B + " of sequence " + r % x.B + " is " + v
                    + "; expected a symbol number 0 to " + (W.value.rows() - 1));
        }
        return (int) v;
    }

    @Override public int inputs() {
        return 1;
    }

    @Override public int outputs() {
        return W.value.cols();
    }

    @Override public List<Param> params() {
        return List.of(W);
    }

    @Override public String toString() {
        return "Embedding(" + W.value.rows() + " symbols -> " + outputs() + ")";
    }
}
