package unrolled.layers;

import unrolled.math.Matrix;
import unrolled.math.Null;

/** What a layer learns: a value, and the gradient of the loss with respect to it, of the same shape. An optimizer sees only these. */
public final class Param {
    /** The symbol of the equation, such as {@code W} or {@code b}. */
    public final String name;
    public final Matrix value;
    /** ∂L/∂value, summed over every backward pass since the last {@link #zeroGrad}. */
    public final Matrix grad;

    /** Zeros, [rows,cols]. */
    public Param(String name, int rows, int cols) {
        this(Null.refuse(name, "Param: name", "the symbol of the equation"), new Matrix(rows, cols), new Matrix(rows, cols));
    }

    private Param(String name, Matrix value, Matrix grad) {
        this.name = name;
        this.value = value;
        this.grad = grad;
    }

    /** The columns from (inclusive) to (exclusive) of value and gradient, as views: the weights of one gate. */
    Param cols(int from, int to) {
        return new Param(name, value.cols(from, to), grad.cols(from, to));
    }

    public void zeroGrad() {
        grad.fill(0);
    }

    /** How many numbers. */
    public int size() {
        return value.rows() * value.cols();
    }

    @Override public String toString() {
        return name + " " + value.shape();
    }
}
