package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Sequence;

/**
 * The time delay network: a window over the last n steps instead of a memory: h_t = tanh(Σ_k x_{t-k} W_k + b), k = 0 .. n-1, with
 * zeros before the first step. A causal {@link Conv} and a tanh.
 * Shapes: x [T,B,D], h [T,B,H], W [n·D,H] (the rows of W_k from k·D on), b [1,H].
 * Source: Waibel, Hanazawa, Hinton, Shikano and Lang, "Phoneme recognition using time-delay neural networks", 1989.
 */
public final class Tdnn extends Layer {
    private final int n;
    private final Conv conv;
    private Sequence h, da;

    /** A window of n steps; Xavier weights, zero bias. */
    public Tdnn(int D, int H, int n, RandomGenerator random) {
        this.n = n;
        conv = Conv.causal(D, H, n, random);
    }

    @Override public Sequence forward(Sequence x) {
        Sequence a = conv.forward(x);                                              // a_t = Σ_k x_{t-k} W_k + b
        if (h == null || !h.sameShape(a)) {
            h = new Sequence(a.T, a.B, a.F);
            da = new Sequence(a.T, a.B, a.F);
        }
        h.lengthsOf(x).all().tanh(a.all());                                        // h_t = tanh a_t
        return h;
    }

    @Override public Sequence backward(Sequence dh) {
        checkGradient(dh, h);
        da.all().set(dh.all()).timesTanhSlope(h.all());                            // da = dh ∘ (1 - h²)
        return conv.backward(da);                                                  // dW, db, dx
    }

    @Override public Tdnn inputGradient(boolean needed) {
        super.inputGradient(needed);
        conv.inputGradient(needed);
        return this;
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return conv.inputs();
    }

    @Override public int outputs() {
        return conv.outputs();
    }

    @Override public List<Param> params() {
        return conv.params();
    }

    @Override public int multiplications() {
        return conv.multiplications();
    }

    @Override public String toString() {
        return "Tdnn(" + inputs() + " -> " + outputs() + ", window " + n + ")";
    }
}
