package unrolled.optim;

import java.util.List;
import unrolled.layers.Param;
import unrolled.math.Matrix;

/**
 * RMSProp: every weight moves by its gradient divided by the root of a running mean of its square.
 * s = ρ s + (1 - ρ) dW²,  W -= α dW / (√s + ε), with ρ = 0.99 and ε = 1e-8 unless said otherwise; ε stands behind
 * the root, as PyTorch has it.
 * A weight decay λ adds λW to dW.
 * Source: Tieleman and Hinton, "Lecture 6.5, RMSProp: Divide the gradient by a running average of its recent magnitude", 2012.
 */
public final class RmsProp extends Optimizer {
    private static final double RHO = 0.99, EPSILON = 1e-8;
    private final double rho, epsilon;
    private final List<Matrix> s;

    /** Learning rate α = rate; 0.001 to 0.01 is usual. */
    public RmsProp(List<Param> params, double rate) {
        this(params, rate, RHO, EPSILON);
    }

    /** Learning rate α = rate; ρ in [0, 1), how long the mean remembers (PyTorch's alpha); ε above 0. */
    public RmsProp(List<Param> params, double rate, double rho, double epsilon) {
        super(params, rate);
        this.rho = share("ρ", rho);
        this.epsilon = positive("ε", epsilon);
        s = memory("s");
    }

    @Override void move(int i, Matrix W, Matrix dW, double alpha, double lambda) {
        W.rmsProp(s.get(i), dW, alpha, rho, epsilon, lambda);
    }

    @Override String name() {
        return "RMSProp" + (rho == RHO ? "" : ", ρ " + rho) + (epsilon == EPSILON ? "" : ", ε " + epsilon);
    }
}
