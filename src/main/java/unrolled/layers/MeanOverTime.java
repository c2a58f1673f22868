package unrolled.layers;

import unrolled.math.Sequence;

/**
 * The mean of each sequence's steps, for one output a sequence: y = 1/n Σ_t h_t, over its own n steps, so that padding never counts.
 * Backward: dh_t = dy / n at each of them. Shapes: h [T,B,F], y [1,B,F]; so targets are [1,B,·].
 */
public final class MeanOverTime extends Layer {
    private Sequence y, dh;

    @Override public Sequence forward(Sequence h) {
        checkInput(h);
        if (dh == null || !dh.sameShape(h)) {
            dh = new Sequence(h.T, h.B, h.F);
            y = new Sequence(1, h.B, h.F);
        }
        dh.lengthsOf(h);
        y.fill(0);
        for (int r = 0; r < h.T * h.B; r++) {
            if (exists(r)) {
                y.all().addToRow(r % h.B, h.all(), r);                     // y = Σ_t h_t
            }
        }
        for (int b = 0; b < h.B; b++) {
            y.all().scaleRow(b, 1.0 / h.length(b));                        //     / n
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dh.fill(0);
        for (int r = 0; r < dh.T * dh.B; r++) {
            if (exists(r)) {
                dh.all().copyRow(r, dy.all(), r % dh.B).scaleRow(r, 1.0 / dh.length(r % dh.B));   // dh_t = dy / n
            }
        }
        return dh;
    }

    /** Whether row r, one step of one sequence, is no padding. */
    private boolean exists(int r) {
        return r / dh.B < dh.length(r % dh.B);
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return 0;
    }

    @Override public int outputs() {
        return 0;
    }

    @Override public String toString() {
        return "MeanOverTime";
    }
}
