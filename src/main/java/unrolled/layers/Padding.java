package unrolled.layers;

import java.util.ArrayList;
import java.util.List;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Padding changes no state: behind the end of a sequence each step repeats its last one, and what comes back passes by the cell. */
final class Padding {
    private final List<Sequence> values, gradients;
    private final List<Matrix> held = new ArrayList<>();

    /** For the states in these lists, which may still grow. */
    Padding(List<Sequence> values, List<Sequence> gradients) {
        this.values = values;
        this.gradients = gradients;
    }

    void clear() {
        held.clear();
    }

    /** Makes room for what is taken out of one more state. */
    void add(Sequence s) {
        held.add(new Matrix(s.B, s.F));
    }

    /** Step t repeats step t-1 where a sequence of x has ended. */
    void hold(Sequence x, int t) {
        for (int b = 0; x.hasLengths() && b < x.B; b++) {
            if (t >= x.length(b)) {
                for (int n = 0; n < values.size(); n++) {
                    values.get(n).at(t).copyRow(b, values.get(n).at(t - 1), b);
                }
            }
        }
    }

    /** The mirror of {@link #hold}, first half: takes the gradient of repeated states out of step t, so that the cell sees none. */
    void take(Sequence x, int t) {
        for (int b = 0; x.hasLengths() && b < x.B; b++) {
            if (t >= x.length(b)) {
                for (int n = 0; n < gradients.size(); n++) {
                    held.get(n).copyRow(b, gradients.get(n).at(t), b);
                    gradients.get(n).at(t).fillRow(b, 0);
                }
            }
        }
    }

    /** Second half: adds it at step t-1. */
    void give(Sequence x, int t) {
        for (int b = 0; x.hasLengths() && b < x.B; b++) {
            if (t >= x.length(b)) {
                for (int n = 0; n < gradients.size(); n++) {
                    gradients.get(n).at(t - 1).addToRow(b, held.get(n), b);
                }
            }
        }
    }
}
