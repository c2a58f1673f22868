package unrolled.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * A part of a network. {@link #forward} computes outputs from inputs; {@link #backward} takes ∂L/∂output and returns ∂L/∂input,
 * adding ∂L/∂value to every parameter's gradient on its way.
 *
 * <p>Layers work on minibatches of sequences, time-major: [T,B,D] in, [T,B,K] out. A feedforward network is the case T = 1, for
 * which {@link #forward(Matrix)} takes a matrix [B,D], one example a row. A layer that makes one step of all of them, such as
 * {@link LastStep}, gives [1,B,K].
 *
 * <p>What forward and backward return belongs to the layer and holds until its next call; copy it to keep it. Arguments are
 * neither changed nor kept. Errors: {@link IllegalArgumentException} for a wrong width, {@link IllegalStateException} for a
 * backward pass without a forward pass before it.
 *
 * <p>A layer serves one thread at a time, from a forward pass to the last look at what it and its backward pass returned: it keeps
 * one set of arrays, and a second thread would write into them. The threads may change from pass to pass. A pass that begins while
 * another thread is inside the same layer is refused with an {@link IllegalStateException}; two passes that merely alternate are not
 * noticed. To work in parallel, give each thread a network of its own and copy the weights (see {@code unrolled.train.Weights}); all
 * of them may share the threads that compute products.
 */
public abstract class Layer extends OneThread {
    private boolean training, inputGradient = true, keepDraws;

    /** Numbers per step that go in; 0 means any. */
    public abstract int inputs();

    /** Numbers per step that come out; 0 means as many as went in. */
    public abstract int outputs();

    /** y = f(x): [T,B,D] to [T,B,K]. */
    public abstract Sequence forward(Sequence x);

    /** ∂L/∂x from dy = ∂L/∂y of the last forward pass: [T,B,K] to [T,B,D]. Adds to the gradient of every parameter. */
    public abstract Sequence backward(Sequence dy);

    /**
     * Says whether the passes to come are training (true) or evaluation (false, as at first). Only layers that train differently,
     * such as a dropout, care; layers made of layers pass it on.
     */
    public Layer training(boolean training) {
        this.training = training;
        return this;
    }

    /** Whether the passes to come are training, see {@link #training(boolean)}. */
    public final boolean training() {
        return training;
    }

    /**
     * Says whether the passes to come use the random draws of the last pass again, such as a dropout's mask (true), or draw anew
     * (false, as at first). A gradient check needs it: it compares passes that must differ in one weight only.
     */
    public Layer keepDraws(boolean keep) {
        keepDraws = keep;
        return this;
    }

    /** Whether the passes to come draw nothing at random, see {@link #keepDraws(boolean)}. */
    public final boolean keepsDraws() {
        return keepDraws;
    }

    /**
     * Says whether {@link #backward} has to compute ∂L/∂x (true, as at first). Nobody reads that of a network's first layer while it
     * trains, and it costs a product; where it is not needed, backward may return null.
     */
    public Layer inputGradient(boolean needed) {
        inputGradient = needed;
        return this;
    }

    /** Whether backward has to compute ∂L/∂x, see {@link #inputGradient(boolean)}. */
    public final boolean inputGradient() {
        return inputGradient;
    }

    /** dx = da Wᵀ at every step, if {@link #inputGradient()}; null if not. */
    protected final Sequence backToInput(Sequence dx, Sequence da, Param W) {
        if (!inputGradient) {
            return null;
        }
        dx.all().dot(da.all(), W.value.transposed());
        return dx;
    }

    /** Refuses a layer that cannot run one step at a time, since it looks at other steps in another way than by a carried state. */
    void checkStepwise() { }

    final IllegalStateException needsWholeSequences() {
        return new IllegalStateException(this + " cannot run one step at a time: it needs whole sequences; generate with recurrent cells");
    }

    /** What this layer learns, in a fixed order, always the same; empty if it learns nothing. */
    public List<Param> params() {
        return List.of();
    }

    /** The layers with memory in here, in a fixed order: those whose state a trainer resets and saves. */
    public List<Recurrent> recurrent() {
        return List.of();
    }

    /** The inner signals of the last pass by name, for figures and lessons. */
    public Map<String, Sequence> traces() {
        return Map.of();
    }

    /** y = f(x) for a network without time: [B,D] to [B,K], one example a row. */
    public final Matrix forward(Matrix x) {
        Null.refuse(x, "forward: x", "an input [B,D]");
        return forward(Sequence.of(x)).at(0);
    }

    /** Sets every gradient to zero. Backward adds, so call this before each training step. */
    public final void zeroGrad() {
        List<Param> params = params();
        for (int i = 0; i < params.size(); i++) {            // counted, as an iterator would be an object a step
            params.get(i).zeroGrad();
        }
    }

    /** How many numbers this layer learns. */
    public final int size() {
        int size = 0;
        for (Param p : params()) {
            size += p.size();
        }
        return size;
    }

    /**
     * How many multiplications with weights one step of one sequence takes, forward; elementwise products are left out. Backward takes
     * about twice as many: one product for the inputs, one for the weights.
     */
    public int multiplications() {
        return 0;
    }

    // ---- states: of the cells in here, one cell's after the other's ----

    /**
     * Every forward pass begins with these states (copied), each [B,·], in the order of {@link #end}; none means zeros.
     * Errors: {@link IllegalArgumentException} for another number of states than there are.
     */
    public Layer start(Matrix... states) {
        CellStates.start(this, states);
        return this;
    }

    /**
     * The states after the last step of the last forward pass, each [B,·]; they hold until the next one. Their order: cell after cell as
     * in {@link #recurrent}, for each cell its states as its class names them (h; of an LSTM h, then c). PyTorch has all h of an LSTM
     * first, then all c. A cell that reads backwards ends at step 0. Empty without memory.
     */
    public List<Matrix> end() {
        return recurrent().stream().flatMap(cell -> cell.end().stream()).toList();
    }

    /** The gradients of the initial states after a backward pass, in the order of {@link #end}. */
    public List<Matrix> startGradient() {
        return recurrent().stream().flatMap(cell -> cell.startGradient().stream()).toList();
    }

    /** Backward when the end states were used too: their gradients dEnd, in the order of {@link #end}; empty means zeros. */
    public Sequence backward(Sequence dy, List<Matrix> dEnd) {
        return CellStates.backward(this, dy, dEnd);
    }

    /** The parameters by name; a {@link Sequential} puts the number of the layer before each: {@code 0.W}. */
    public Map<String, Param> named() {
        Map<String, Param> named = new LinkedHashMap<>();
        for (Param p : params()) {
            named.put(p.name, p);
        }
        return named;
    }

    /** The parameter of this name, as in {@link #named}. */
    public final Param param(String name) {
        Null.refuse(name, "param: name", "the name of a parameter");
        Param p = named().get(name);
        if (p == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' in " + getClass().getSimpleName() + "; it has "
                    + named().keySet());
        }
        return p;
    }

    /** Refuses an input of the wrong width. */
    final void checkInput(Sequence x) {
        if (x == null) {
            throw new IllegalArgumentException("forward of " + this + ": x is null; expected an input [T,B,D]");
        }
        if (inputs() != 0 && x.F != inputs()) {
            throw new IllegalArgumentException("forward: the input " + x.shape() + " has " + x.F + " numbers per step, but "
                    + this + " expects D = " + inputs());
        }
    }

    /** Refuses a gradient that does not belong to the last output y. */
    final void checkGradient(Sequence dy, Sequence y) {
        if (y == null) {
            throw new IllegalStateException("backward of " + this + " before any forward; call forward(x) first");
        }
        if (dy == null) {
            throw new IllegalArgumentException("backward of " + this + ": dy is null; expected a gradient " + y.shape());
        }
        if (!dy.sameShape(y)) {
            throw new IllegalArgumentException("backward: the gradient " + dy.shape() + " does not fit the output " + y.shape()
                    + " of the last forward pass of " + this);
        }
    }
}
