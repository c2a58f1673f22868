package unrolled.optim;

import java.util.List;
import unrolled.layers.Param;
import unrolled.math.Matrix;

/**
 * Gradient descent: W -= α dW. With momentum μ: v = μ v + dW, W -= α v. A weight decay λ adds λW to dW.
 * "Stochastic" because the gradient of a minibatch stands for the gradient of all data.
 */
public final class Sgd extends Optimizer {
    private final double momentum;
    private final List<Matrix> v;

    /** Learning rate α = rate, no momentum. */
    public Sgd(List<Param> params, double rate) {
        this(params, rate, 0);
    }

    /** Learning rate α = rate, momentum μ in [0, 1). */
    public Sgd(List<Param> params, double rate, double momentum) {
        super(params, rate);
        this.momentum = share("the momentum", momentum);
        this.v = momentum > 0 ? memory("v") : List.of();
    }

    @Override void move(int i, Matrix W, Matrix dW, double alpha, double lambda) {
        if (momentum == 0) {
            if (lambda > 0) {
                W.scale(1 - alpha * lambda);                     // W -= α λ W
            }
            W.addScaled(-alpha, dW);                             // W -= α dW
        } else {
            v.get(i).scale(momentum).add(dW);                    // v = μ v + dW
            if (lambda > 0) {
                v.get(i).addScaled(lambda, W);                   // v += λ W
            }
            W.addScaled(-alpha, v.get(i));                       // W -= α v
        }
    }

    @Override String name() {
        return "gradient descent" + (momentum > 0 ? ", momentum " + momentum : "");
    }
}
