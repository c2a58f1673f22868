package unrolled.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.layers.Param;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Precision;

/**
 * Moves parameters against their gradients. It neither computes nor changes gradients.
 *
 * <p>Two options serve every optimizer. {@link #schedule} changes the learning rate from step to step. {@link #weightDecay} pulls
 * every parameter towards zero; {@link Sgd} and {@link RmsProp} add λW to the gradient, which is the gradient of the penalty
 * λ/2 Σ W² (PyTorch's {@code weight_decay}); {@link Adam} shrinks the weights themselves, W -= αλW, which is AdamW. Source of the
 * difference: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
 */
public abstract class Optimizer {
    private final List<Param> params;
    private final Map<String, Matrix> memory = new LinkedHashMap<>();
    private double rate, decay;
    private Schedule schedule = Schedule.constant();
    private long steps;

    Optimizer(List<Param> params, double rate) {
        if (Null.refuseIn(params, "optimizer: params", "the parameters of a network").isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one parameter; does this network learn anything?");
        }
        this.params = List.copyOf(params);
        rate(rate);
    }

    /** One step: every parameter moves once. */
    public final void step() {
        double factor = schedule.factor(steps);
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the schedule '" + schedule + "' gives the factor " + factor + " at step " + steps
                    + "; expected a number of at least 0");
        }
        double alpha = rate * factor;
        before();
        for (int i = 0; i < params.size(); i++) {
            move(i, params.get(i).value, params.get(i).grad, alpha, decay);
        }
        steps++;
    }

    /** What it moves. */
    public final List<Param> params() {
        return params;
    }

    /** A share that is at least 0 and below 1. */
    static double share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected 0 <= " + name + " < 1, such as 0.9");
        }
        return value;
    }

    static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected a small positive number such as 1e-8");
        }
        return value;
    }

    /** α, the learning rate before the schedule's factor. */
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

    /** Step n of the steps to come moves with the learning rate α · factor(n); at first the factor is 1. */
    public final Optimizer schedule(Schedule schedule) {
        this.schedule = Null.refuse(schedule, "schedule", "a Schedule; for a rate that stays, Schedule.constant()");
        return this;
    }

    /** Sets λ, how strongly every parameter (biases too) is pulled towards zero; 0 at first, 0.0001 to 0.1 is usual. */
    public final Optimizer weightDecay(double lambda) {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weight decay is " + lambda + "; expected 0 (none) or a positive number such as 0.01");
        }
        this.decay = lambda;
        return this;
    }

    /** How many steps were taken: where the schedule stands. */
    public final long steps() {
        return steps;
    }

    /** Says how many steps were taken, when a saved optimizer is put back. */
    public final void steps(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps: " + steps + "; expected at least 0");
        }
        this.steps = steps;
    }

    /** What it remembers from step to step, by name; saved, and written to when a saved optimizer is put back. */
    public final Map<String, Matrix> memory() {
        return Collections.unmodifiableMap(memory);
    }

    /** Zeros of the shape of each parameter, remembered under this name. */
    final List<Matrix> memory(String name) {
        for (int i = 0; i < params.size(); i++) {
            memory(name + "." + i, params.get(i).value.precision(), params.get(i).value.rows(), params.get(i).value.cols());
        }
        return memory.entrySet().stream().filter(m -> m.getKey().startsWith(name + ".")).map(Map.Entry::getValue).toList();
    }

    final Matrix memory(String name, Precision precision, int rows, int cols) {
        Matrix zeros = new Matrix(precision, rows, cols);
        memory.put(name, zeros);
        return zeros;
    }

    /** Called once before the parameters of a step. */
    void before() { }

    /** Moves parameter i by one step of learning rate α with weight decay λ. */
    abstract void move(int i, Matrix W, Matrix dW, double alpha, double lambda);

    /** Its name with its settings. */
    abstract String name();

    @Override public final String toString() {
        return name() + ", rate " + rate + (decay > 0 ? ", weight decay " + decay : "")
                + (schedule.equals(Schedule.constant()) ? "" : ", " + schedule);
    }
}
