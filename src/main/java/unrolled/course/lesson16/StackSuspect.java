package unrolled.course.lesson16;

import unrolled.course.Planted;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * The stack of lesson 16, two plain layers of one unit each, with one planted bug, for its laboratory: the learner sees the upper state at
 * two steps and must tell which bug it is. No biases.
 */
public final class StackSuspect {
    private static final double w1 = 0.8, u1 = 0.5, w2 = -1.2, u2 = 0.6;

    private final char name;

    private StackSuspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B" or "C". */
    public static StackSuspect named(String name) {
        return new StackSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** What this suspect takes for the upper state at each step, from the inputs x and the two states before the first step. */
    public double[] upper(double[] x, double lower, double upper) {
        Null.refuse(x, "upper: x", "inputs, one a step");
        double[] all = new double[x.length];
        double h1 = lower, h2 = upper;
        for (int t = 0; t < x.length; t++) {
            double next = Math.tanh(x[t] * w1 + (name == 'C' ? h2 : h1) * u1);     // C gives the lower layer the memory of the upper
            double a = (name == 'B' ? h1 : next) * w2 + h2 * u2;                   // B reads the lower layer a step late
            h1 = next;
            h2 = name == 'A' ? a : Math.tanh(a);                                   // A forgot the tanh of the upper layer
            all[t] = h2;
        }
        return all;
    }

    /** Three probes, this suspect's upper state beside that of {@code right}, two layers of the library with the same weights. */
    public Rows beside(Sequential right) {
        Null.refuse(right, "beside: right", "two layers of one unit each");
        Rows rows = Display.table("probe", "step 0, theirs", "step 0, right", "step 1, theirs", "step 1, right");
        probe(rows, right, "empty memory, x = 1, 0", new double[] {1, 0}, 0, 0);
        probe(rows, right, "lower memory 0.5, x = 0, 0", new double[2], 0.5, 0);
        probe(rows, right, "upper memory 0.5, x = 0, 0", new double[2], 0, 0.5);
        return rows.caption(this + ": the upper state");
    }

    private void probe(Rows rows, Sequential right, String probe, double[] x, double lower, double upper) {
        right.start(Matrix.rowOf(lower), Matrix.rowOf(upper));
        Sequence ours = right.forward(Sequence.ofSteps(Matrix.of(new double[][] {{x[0]}, {x[1]}})));
        double[] theirs = upper(x, lower, upper);
        rows.row(probe, theirs[0], ours.at(0).get(0, 0), theirs[1], ours.at(1).get(0, 0));
        right.recurrent().forEach(cell -> cell.reset());
    }

    @Override public String toString() {
        return "Suspect " + name;
    }
}
