package unrolled.optim;

import java.util.List;
import unrolled.layers.Param;
import unrolled.math.Null;

/**
 * Clipping: a gradient that is too long is shortened, keeping its direction: dW *= max / ‖d‖ where ‖d‖ > max, with ‖d‖ the length of
 * all gradients taken as one vector. Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
 * networks", 2013.
 */
public final class Clip {
    /** Below this a sum of squares may have lost digits to underflow. */
    private static final double SMALLEST = 1e-280;

    private Clip() { }

    /** Shortens the gradients to at most max; returns the length before. */
    public static double norm(List<Param> params, double max) {
        if (!(max > 0)) {
            throw new IllegalArgumentException("Clip.norm: the largest length is " + max + "; expected a positive number such as 5");
        }
        double norm = norm(params);
        if (norm > max && norm < Double.POSITIVE_INFINITY) {
            for (int i = 0; i < params.size(); i++) {        // counted, as an iterator would be an object a step
                params.get(i).grad.scale(max / norm);
            }
        }
        return norm;
    }

    /** Cuts every number of the gradients to -max .. max, which may change their direction; returns the largest size before. */
    public static double value(List<Param> params, double max) {
        Null.refuseIn(params, "Clip.value: params", "the parameters of a network");
        if (!(max > 0)) {
            throw new IllegalArgumentException("Clip.value: the largest number is " + max + "; expected a positive number such as 1");
        }
        double largest = 0;
        for (Param p : params) {
            largest = Math.max(largest, p.grad.maxAbs());
            p.grad.clamp(-max, max);
        }
        return largest;
    }

    /** ‖d‖ = √ Σ dW², over all gradients; also of numbers whose squares leave the range of doubles. NaN or infinite if one of them is. */
    public static double norm(List<Param> params) {
        Null.refuse(params, "Clip.norm: params", "the parameters of a network");
        double sum = 0;
        for (int i = 0; i < params.size(); i++) {
            sum += params.get(i).grad.sumOfSquares();
        }
        return sum > SMALLEST && sum < Double.POSITIVE_INFINITY ? Math.sqrt(sum) : scaled(params);
    }

    /** The same where the squares have over- or underflowed; slower. */
    private static double scaled(List<Param> params) {
        double norm = 0;
        for (int i = 0; i < params.size(); i++) {
            norm = Math.hypot(norm, params.get(i).grad.norm());
        }
        return norm;
    }
}
