package unrolled.course.lesson12;

import unrolled.course.Planted;
import unrolled.layers.Lstm;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * One step of the LSTM of one unit of lesson 12, with one planted bug, for its laboratory: the learner sees its numbers and must tell
 * which bug it is. Weights in the order i f g o.
 */
public final class LstmSuspect {
    private static final double[] w = {0.5, -0.4, 1.2, 0.8}, u = {0.3, 0.6, -0.7, -0.5}, b = {0.1, 1.2, -0.1, 0.2};

    private final char name;

    private LstmSuspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B" or "C". */
    public static LstmSuspect named(String name) {
        return new LstmSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** What this suspect takes for the new h and c, from an input and the old h and c. */
    public double[] step(double x, double h, double c) {
        double i = sigma(0, x, h), f = sigma(1, x, h), g = Math.tanh(sum(2, x, h)), o = sigma(3, x, h);
        double next = switch (name) {
            case 'B' -> i * c + f * g;                                     // B took the weights in the order f i g o
            case 'C' -> i * g;                                             // C hands on h alone, and begins each step with an empty cell
            default -> f * c + i * g;
        };
        return new double[] {o * (name == 'A' ? next : Math.tanh(next)), next};     // A forgot the tanh of the output
    }

    private static double sum(int k, double x, double h) {
        return x * w[k] + h * u[k] + b[k];
    }

    private static double sigma(int k, double x, double h) {
        return 1 / (1 + Math.exp(-sum(k, x, h)));
    }

    /** Three probes, this suspect's new cell and output beside those of {@code right}, an LSTM of the library with the weights of section 2. */
    public Rows beside(Lstm right) {
        Null.refuse(right, "beside: right", "an Lstm of one input and one unit");
        Rows rows = Display.table("probe", "c, theirs", "c, right", "h, theirs", "h, right", "h, ratio");
        probe(rows, right, "empty cell, x = 1", 1, 0, 0);
        probe(rows, right, "empty cell, x = -3", -3, 0, 0);
        probe(rows, right, "c = 2, h = 0, x = 0", 0, 0, 2);
        return rows.caption(toString());
    }

    private void probe(Rows rows, Lstm right, String probe, double x, double h, double c) {
        right.start(Matrix.rowOf(h), Matrix.rowOf(c));
        double ours = right.forward(Matrix.rowOf(x)).get(0, 0), cell = right.end().get(1).get(0, 0);
        double[] theirs = step(x, h, c);
        right.reset();
        rows.row(probe, theirs[1], cell, theirs[0], ours, theirs[0] / ours);
    }

    @Override public String toString() {
        return "Suspect " + name;
    }
}
