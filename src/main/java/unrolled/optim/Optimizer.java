package unrolled.optim;

import java.util.List;
import unrolled.layers.Param;
import unrolled.math.Matrix;

/** Moves parameters against their gradients. It neither computes nor clears gradients. */
public abstract class Optimizer {
    private final List<Param> params;
    private double rate;

    Optimizer(List<Param> params, double rate) {
        if (params.isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one parameter; does this network learn anything?");
        }
        this.params = List.copyOf(params);
        rate(rate);
    }

    /** One step: every parameter moves once. */
    public final void step() {
        before();
        for (int i = 0; i < params.size(); i++) {
            move(i, params.get(i).value, params.get(i).grad);
        }
    }

    /** α, the learning rate. */
    public final double rate() {
        return rate;
    }

    /** Sets the learning rate α for the steps to come; positive and finite. */
    public final void rate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate is " + rate + "; expected a positive number such as 0.01");
        }
        this.rate = rate;
    }

    /** Zeros of the shape of each parameter, for what an optimizer remembers. */
    final List<Matrix> memory() {
        return params.stream().map(p -> new Matrix(p.value.rows(), p.value.cols())).toList();
    }

    /** Called once before the parameters of a step. */
    void before() { }

    /** Moves parameter i. */
    abstract void move(int i, Matrix value, Matrix grad);
}
