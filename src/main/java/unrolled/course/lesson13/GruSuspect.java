package unrolled.course.lesson13;

import unrolled.course.Planted;
import unrolled.course.Suspect;
import unrolled.layers.Gru;
import unrolled.math.Matrix;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * One step of a GRU with one input and two units, with one planted bug, for the laboratory of lesson 13: the learner sees
 * its numbers and must tell which bug it is. All have the same weights, columns r r z z n n, and no bq.
 */
public final class GruSuspect {
    private static final int H = 2;
    private static final double[] Wx = {0.5, -0.3, 0.4, 0.6, 1.0, -0.8};
    private static final double[][] Wh = {{0.2, -0.5, -0.4, 0.1, 0.6, -0.9}, {0.7, 0.3, 0.3, 0.5, 1.1, 0.4}};
    private static final double[] b = {0.1, -0.2, 1.0, 0.5, 0.0, 0.2};

    private final char name;

    private GruSuspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B" or "C". */
    public static GruSuspect named(String name) {
        return new GruSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** What this suspect takes for the new state, from one input x and the two numbers of the old state h, which is not changed. */
    public double[] step(double x, double[] h) {
        double[] next = new double[H], r = {gate(0, x, h), gate(1, x, h)}, seen = {r[0] * h[0], r[1] * h[1]};
        for (int j = 0; j < H; j++) {
            double z = gate(H + j, x, h), in = x * Wx[2 * H + j] + b[2 * H + j];
            double sum = switch (name) {
                case 'B' -> in + past(j, seen);                      // B resets before the product, as the paper of 2014
                case 'C' -> r[j] * (in + past(j, h));                // C resets the input too
                default -> in + r[j] * past(j, h);
            };
            double n = name == 'A' ? sum : Math.tanh(sum);           // A forgot the tanh
            next[j] = (1 - z) * n + z * h[j];
        }
        return next;
    }

    /** Three probes, this suspect's new state beside that of {@code right}, a GRU of the library with the weights of section 5. */
    public Rows beside(Gru right) {
        Rows rows = Display.table("probe", "theirs, unit 0", "right, unit 0", "ratio, unit 0", "theirs, unit 1", "right, unit 1", "ratio, unit 1");
        probe(rows, right, "h = 0, x = 0.1", 0.1, 0, 0);
        probe(rows, right, "h = 0, x = 5", 5, 0, 0);
        probe(rows, right, "h = (0.5, -0.8), x = 0", 0, 0.5, -0.8);
        return rows.caption(toString());
    }

    private void probe(Rows rows, Gru right, String probe, double x, double... h) {
        right.start(Matrix.rowOf(h));
        double[] ours = right.forward(Matrix.rowOf(x)).toArray()[0], theirs = step(x, h);
        rows.row(probe, theirs[0], ours[0], theirs[0] / ours[0], theirs[1], ours[1], theirs[1] / ours[1]);
    }

    private static double gate(int column, double x, double[] h) {
        return 1 / (1 + Math.exp(-(x * Wx[column] + h[0] * Wh[0][column] + h[1] * Wh[1][column] + b[column])));
    }

    private static double past(int j, double[] h) {
        return h[0] * Wh[0][2 * H + j] + h[1] * Wh[1][2 * H + j];
    }

    @Override public String toString() {
        return "Suspect " + name;
    }
}
