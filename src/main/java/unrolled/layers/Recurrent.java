package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * A layer with memory; {@link TimeLoop} is the only time loop of the library. At each step a cell reads the input x_t and its state of step t-1, and
 * gives its output and its state of step t; every step uses the same parameters.
 *
 * <p>A cell supplies {@link #step} and its mirror {@link #stepBack}: what step(t) read at t-1, stepBack(t) writes at t-1. The
 * slab t = -1 of each state holds the initial state, zero unless {@link #start} or {@link #carry} says otherwise, and after
 * backward the same slab of its gradient holds the gradient of the initial state.
 *
 * <p>Padding (see {@link Sequence#lengths}) changes no state: behind the end of a sequence its last state is repeated, so that
 * {@link #end} is the last state of every sequence. No loss counts these repeated steps; for one output a sequence, such as its class,
 * put a {@link LastStep} behind this layer.
 */
public abstract class Recurrent extends Guarded {
    private final int D, K;
    /** Steps and sequences of the current batch. */
    protected int T, B;
    /** Input [T,B,D] and output [T,B,K], with their gradients. */
    protected Sequence x, dx, out, dOut;
    final States states = new States();
    private final TimeLoop loop = new TimeLoop(this);

    /** A cell with D inputs and K outputs a step. */
    protected Recurrent(int D, int K) {
        Sizes.check(getClass().getSimpleName(), "D", D, "H", K);
        this.D = D;
        this.K = K;
    }

    // ---- what a cell supplies ----

    /** Makes the arrays for T steps of B sequences, and names each state with its gradient by {@link #state}. */
    protected abstract void allocate();

    /** What can be computed for all steps at once, before the first. */
    protected abstract void before();

    /** Step t. */
    protected abstract void step(int t);

    /** What backward needs once, before its first step. */
    protected abstract void beforeBack();

    /** The mirror of {@link #step}: from the gradients of step t, those of step t-1 and of what was computed at t. */
    protected abstract void stepBack(int t);

    /** What can be computed for all steps at once, after the last: gradients of the parameters, and dx if {@link #inputGradient()}. */
    protected abstract void afterBack();

    /** Says that s [T,B,·] is carried from step to step, and ds its gradient. */
    protected final void state(String name, Sequence s, Sequence ds) {
        states.add(name, s, ds);
    }

    /** The state h as the products of the next step read it: h itself, or with {@link #dropState} m ∘ h. */
    protected final Sequence read(Sequence h, Sequence dh) {
        return states.dropout.read(h, dh);
    }

    /** The gradient of {@link #read}: dh itself, or what reaches dh through m. */
    protected final Sequence readGradient() {
        return states.dropout.readGradient();
    }

    /**
     * Variational dropout between steps: while {@link #training} the products read m ∘ h_{t-1} instead of h_{t-1}, at every step
     * with the same mask m [B,·], drawn anew in each forward pass; its entries are 0 with probability p, else 1/(1-p). An LSTM's
     * cell c and a GRU's direct path z ∘ h_{t-1} are not masked. 0 means none. Source: Gal and Ghahramani, "A theoretically
     * grounded application of dropout in recurrent neural networks", 2016.
     */
    public final Recurrent dropState(double p, RandomGenerator random) {
        states.dropout(p, random);
        T = 0;                                               // the next forward pass allocates anew,
        out = null;                                          // and a backward pass must wait for it
        return this;
    }

    // ---- how the state begins ----

    @Override public final Recurrent start(Matrix... states) {
        this.states.start(List.of(Null.refuseIn(states, "start: states", "matrices [B,·]")));
        return this;
    }

    /** Each forward pass goes on where the last one ended: truncated backpropagation through time. See {@link #reset}. */
    public final Recurrent carry(boolean carry) {
        states.carry = carry;
        return this;
    }

    /** Whether {@link #carry(boolean)} was switched on. */
    public final boolean carries() {
        return states.carry;
    }

    /** Copies of the states with which the next forward pass begins, for {@link #start}; none means zeros. */
    public final List<Matrix> carried() {
        return states.start();
    }

    /** The next forward pass begins with zeros, also where the state is carried. */
    public final Recurrent reset() {
        states.start(List.of());
        return this;
    }

    /** Gradients flow back only within blocks of this many steps, as if each block had been a batch with carried state. */
    public final Recurrent truncate(int steps) {
        states.truncate = Sizes.check("truncate", "steps", steps);
        return this;
    }

    /** The length of the blocks of {@link #truncate}; without it {@link Integer#MAX_VALUE}. */
    public final int truncation() {
        return states.truncate;
    }

    @Override public final List<Matrix> end() {
        return states.end(this);
    }

    @Override public final List<Matrix> startGradient() {
        return states.startGradient(this);
    }

    // ---- the time loop, and its mirror ----

    @Override final Sequence pass(Sequence input) {
        checkInput(input);
        resize(input.T, input.B);
        x.set(input);
        out.lengthsOf(input);
        states.begin(this);
        before();
        loop.run();
        states.carryOn();
        return out;
    }

    final void resize(int steps, int sequences) {
        if (T != steps || B != sequences) {
            T = steps;
            B = sequences;
            x = new Sequence(T, B, D);
            dx = new Sequence(T, B, D);
            out = new Sequence(T, B, K);
            dOut = new Sequence(T, B, K);
            states.clear();
            allocate();
        }
    }

    @Override final Sequence passBack(Sequence dy) {
        checkGradient(dy, out);
        dOut.set(dy).at(-1).fill(0);
        states.beginBack(this, dOut);
        beforeBack();
        loop.runBack(dy);
        afterBack();
        return inputGradient() ? dx : null;
    }

    @Override public final List<Recurrent> recurrent() {
        return List.of(this);
    }

    @Override public final int inputs() {
        return D;
    }

    @Override public final int outputs() {
        return K;
    }

    /** The states and their gradients; a cell adds its own signals. */
    @Override public Map<String, Sequence> traces() {
        return states.traces();
    }
}
