package unrolled.optim;

/**
 * How the learning rate changes while training: step n (0, 1, 2, ..., counted by the optimizer) moves with rate α · factor(n).
 * Give one to {@link Optimizer#schedule}; any function of the step will do. To count in epochs, multiply by the minibatches of an
 * epoch: {@code Schedule.step(10 * batches.count(), 0.5)} halves the rate every ten epochs.
 */
@FunctionalInterface
public interface Schedule {
    /** What the learning rate is multiplied by at step n; at least 0. */
    double factor(long n);

    /** 1, always. */
    static Schedule constant() {
        return Schedules.Constant.ONE;
    }

    /** γ^⌊n / every⌋: times γ after each so many steps. */
    static Schedule step(int every, double gamma) {
        return new Schedules.Step(every, gamma);
    }

    /** γ^n: times γ after each step. */
    static Schedule exponential(double gamma) {
        return new Schedules.Exponential(gamma);
    }

    /**
     * (1 + cos(π n / steps)) / 2: from 1 down to 0 along half a wave, and 0 after that.
     * Source: Loshchilov and Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017.
     */
    static Schedule cosine(long steps) {
        return new Schedules.Cosine(steps);
    }

    /** This schedule behind a linear warm-up: (n + 1) / (steps + 1) for the first steps, then this one, from its own step 0. */
    default Schedule warmUp(int steps) {
        return new Schedules.WarmUp(steps, this);
    }
}
