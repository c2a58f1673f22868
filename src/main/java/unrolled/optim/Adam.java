package unrolled.optim;

import java.util.List;
import unrolled.layers.Param;
import unrolled.math.Matrix;
import unrolled.math.Precision;

/**
 * Adam: running means of the gradient and of its square give every weight a step of its own size.
 * m = β1 m + (1 - β1) dW,  v = β2 v + (1 - β2) dW²,  W -= α (m / (1 - β1^n)) / (√(v / (1 - β2^n)) + ε) at step n = 1, 2, ...,
 * with β1 = 0.9, β2 = 0.999, ε = 1e-8 unless said otherwise. Source: Kingma and Ba, "Adam: A method for stochastic optimization", 2015.
 * With a weight decay λ every step begins with W -= α λ W (AdamW).
 */
public final class Adam extends Optimizer {
    private static final double BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-8;
    private final double beta1, beta2, epsilon;
    private final List<Matrix> m, v;
    private final Matrix powers;                                 // β1^n, β2^n

    /** Learning rate α = rate; 0.001 to 0.01 is usual. */
    public Adam(List<Param> params, double rate) {
        this(params, rate, BETA1, BETA2, EPSILON);
    }

    /** Learning rate α = rate; β1 and β2 in [0, 1), how long the two means remember; ε above 0. */
    public Adam(List<Param> params, double rate, double beta1, double beta2, double epsilon) {
        super(params, rate);
        this.beta1 = share("β1", beta1);
        this.beta2 = share("β2", beta2);
        this.epsilon = positive("ε", epsilon);
        m = memory("m");
        v = memory("v");
        powers = memory("powers", Precision.DOUBLE, 1, 2).fill(1);
    }

    @Override void before() {
        powers.set(0, 0, powers.get(0, 0) * beta1).set(0, 1, powers.get(0, 1) * beta2);
    }

    @Override void move(int i, Matrix W, Matrix dW, double alpha, double lambda) {
        if (lambda > 0) {
            W.scale(1 - alpha * lambda);                         // W -= α λ W
        }
        W.adam(m.get(i), v.get(i), dW, alpha, beta1, beta2, epsilon, 1 - powers.get(0, 0), 1 - powers.get(0, 1));
    }

    @Override String name() {
        return "Adam" + (beta1 == BETA1 ? "" : ", β1 " + beta1) + (beta2 == BETA2 ? "" : ", β2 " + beta2)
                + (epsilon == EPSILON ? "" : ", ε " + epsilon);
    }
}
