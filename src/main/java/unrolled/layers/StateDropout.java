package unrolled.layers;

import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/** What a cell reads of its state: hm_{t-1} = m ∘ h_{t-1}, with one mask m [B,H] for all steps; see {@link Recurrent#dropState}. */
final class StateDropout {
    private final double p;
    private final RandomGenerator random;
    private Sequence h, dh, hm, dhm;
    private Matrix m;
    private boolean drawn;                                   // whether m holds a mask that was drawn

    /** With p = 0 the cell reads h itself, and nothing here does anything. */
    StateDropout(double p, RandomGenerator random) {
        this.p = p;
        this.random = random;
    }

    boolean drops() {
        return p > 0;
    }

    /** What the products read in place of h [T,B,H]. */
    Sequence read(Sequence h, Sequence dh) {
        Null.refuse(h, "read: h", "a state [T,B,H]");
        Null.refuse(dh, "read: dh", "the gradient of a state [T,B,H]");
        this.h = h;
        this.dh = dh;
        hm = p == 0 ? h : new Sequence(h.T, h.B, h.F);
        dhm = p == 0 ? dh : new Sequence(h.T, h.B, h.F);
        m = p == 0 ? null : new Matrix(h.B, h.F);
        drawn = false;
        return hm;
    }

    Sequence readGradient() {
        return dhm;
    }

    void draw(Recurrent layer) {
        if (p > 0) {
            if (m == null) {
                throw new IllegalStateException("dropState: " + layer + " does not read its state by read(h, dh), so that nothing would "
                        + "be dropped; let its allocate() do so");
            }
            if (!(drawn && layer.keepsDraws() && layer.training())) {
                Dropout.draw(m, layer.training() ? p : 0, random);
            }
            drawn = layer.training();
        }
    }

    /** Before step t. */
    void apply(int t) {
        if (p > 0) {
            hm.at(t - 1).times(h.at(t - 1), m);              // hm_{t-1} = m ∘ h_{t-1}
        }
    }

    void beginBack() {
        if (p > 0) {
            dhm.fill(0);
        }
    }

    /** After step t on the way back. */
    void applyBack(int t) {
        if (p > 0) {
            dh.at(t - 1).addTimes(dhm.at(t - 1), m);         // dh_{t-1} += m ∘ dhm_{t-1}
        }
    }
}
