package unrolled.layers;

import unrolled.math.Matrix;

/** What a layer learns: a value, and the gradient of the loss with respect to it, of the same shape. An optimizer sees only these. */
public final class Param {
    /** The symbol of the equation, such as {@code W} or {@code b}. */
    public final String name;
    public final Matrix value;
    /** ∂L/∂value, summed over every backward pass since the last {@link #zeroGrad}. */
    public final Matrix grad;

    /** Zeros, [rows,cols]. */
    public Param(String name, int rows, int cols) {
        this.name = name;
        this.value = new Matrix(rows, cols);
        this.grad = new Matrix(rows, cols);
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
