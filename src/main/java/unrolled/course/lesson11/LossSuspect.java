package unrolled.course.lesson11;

import java.util.Arrays;
import unrolled.course.Planted;
import unrolled.math.Null;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * A loss of a padded minibatch with one planted bug, for the laboratory of lesson 11: the learner sees its numbers and must tell which
 * bug it is.
 */
public final class LossSuspect implements MeanLoss {
    private final char name;

    private LossSuspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B" or "C". */
    public static LossSuspect named(String name) {
        return new LossSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** The same without a bug: the sum over the steps that exist, by their number. */
    public static MeanLoss honest() {
        return new LossSuspect('-');
    }

    @Override public double of(double[][] losses, int[] lengths) {
        Null.refuse(losses, "LossSuspect: losses", "losses[b][t]");
        Null.refuse(lengths, "LossSuspect: lengths", "the length of each sequence");
        double sum = 0, means = 0;
        int steps = 0, places = 0;
        for (int b = 0; b < losses.length; b++) {
            int end = name == 'A' ? losses[b].length : lengths[b];          // A counts padding in
            double own = Arrays.stream(losses[b], 0, end).sum();
            sum += own;
            means += own / lengths[b];
            steps += end;
            places += losses[b].length;
        }
        return switch (name) {
            case 'B' -> sum / places;                                       // B divides by all places
            case 'C' -> means / losses.length;                              // C takes the mean of the sequences' means
            default -> sum / steps;
        };
    }

    /** Five probes, this suspect's loss beside the right one. */
    public Rows probes() {
        Rows rows = Display.table("probe", "theirs", "right", "ratio");
        probe(rows, "4 steps, no padding", new double[][] {{2, 1, 3, 6}}, 4);
        probe(rows, "4 steps, 4 places of padding with loss 0", new double[][] {{2, 1, 3, 6, 0, 0, 0, 0}}, 4);
        probe(rows, "4 steps, 4 places of padding with loss 9", new double[][] {{2, 1, 3, 6, 9, 9, 9, 9}}, 4);
        probe(rows, "two sequences of 4 steps", new double[][] {{2, 1, 3, 6}, {4, 4, 8, 4}}, 4, 4);
        probe(rows, "4 steps, and 1 step with 3 places of padding", new double[][] {{2, 1, 3, 6}, {8, 0, 0, 0}}, 4, 1);
        return rows.caption(toString());
    }

    private void probe(Rows rows, String probe, double[][] losses, int... lengths) {
        double theirs = of(losses, lengths), right = honest().of(losses, lengths);
        rows.row(probe, theirs, right, theirs / right);
    }

    @Override public String toString() {
        return name == '-' ? "no suspect" : "Suspect " + name;
    }
}
