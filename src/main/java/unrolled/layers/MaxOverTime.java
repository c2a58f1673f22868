package unrolled.layers;

import unrolled.math.Sequence;

/**
 * The largest number of each column over a sequence's steps, for one output a sequence: y_j = max_t h_tj, over its own steps, so that
 * padding never counts. Backward: dy_j goes to the step that gave the maximum, the first of equals. A NaN stays one.
 * Shapes: h [T,B,F], y [1,B,F]; so targets are [1,B,·].
 * Source: Collobert and Weston, "A unified architecture for natural language processing", 2008.
 */
public final class MaxOverTime extends Layer {
    private Sequence y, dh;
    private int[] best;                         // which row of h became number j of sequence b, at b · F + j

    @Override public Sequence forward(Sequence h) {
        checkInput(h);
        if (dh == null || !dh.sameShape(h)) {
            dh = new Sequence(h.T, h.B, h.F);
            y = new Sequence(1, h.B, h.F);
            best = new int[h.B * h.F];
        }
        y.at(0).set(h.at(0));                                              // y = h_0
        for (int i = 0; i < best.length; i++) {
            best[i] = i / h.F;
        }
        for (int r = h.B; r < h.T * h.B; r++) {
            int b = r % h.B;
            for (int j = 0; j < h.F && r / h.B < h.length(b); j++) {
                double value = h.all().get(r, j);
                if (value > y.at(0).get(b, j) || Double.isNaN(value)) {
                    y.at(0).set(b, j, value);                              // y = max(y, h_t)
                    best[b * h.F + j] = r;
                }
            }
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dh.fill(0);
        for (int i = 0; i < best.length; i++) {
            dh.all().set(best[i], i % dh.F, dy.at(0).get(i / dh.F, i % dh.F));   // dh_best = dy
        }
        return dh;
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
        return "MaxOverTime";
    }
}
