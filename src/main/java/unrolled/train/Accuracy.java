package unrolled.train;

import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/** The share of examples whose largest score stands at the right class. Scores that are NaN have no largest one, and are refused. */
public final class Accuracy {
    private static final String ONE_HOT = "; of one-hot targets, or scores, argMax gives the class number (scores come first, classes second)";

    private Accuracy() { }

    /** Scores [B,K] and class numbers [B,1] give a share from 0 to 1. */
    public static double of(Matrix scores, Matrix classes) {
        Null.refuse(scores, "Accuracy: scores", "scores [B,K]");
        Null.refuse(classes, "Accuracy: classes", "class numbers [B,1]");
        if (classes.rows() != scores.rows() || classes.cols() != 1) {
            throw new IllegalArgumentException("Accuracy: scores " + scores.shape() + " need class numbers [" + scores.rows()
                    + ",1], got " + classes.shape() + ONE_HOT);
        }
        int right = 0;
        for (int i = 0; i < scores.rows(); i++) {
            right += best(scores, i) == classes.get(i, 0) ? 1 : 0;
        }
        return right / (double) scores.rows();
    }

    private static int best(Matrix scores, int i) {
        int best = scores.argMax(i);
        for (int k = 0; k < scores.cols(); k++) {
            if (Double.isNaN(scores.get(i, k))) {
                throw new IllegalArgumentException("Accuracy: score " + k + " of example " + i + " is NaN, so that none is the largest;"
                        + " did the training of this network end well?");
            }
        }
        return best;
    }

    /** Scores [T,B,K] and class numbers [T,B,1], over the steps where mask [T,B,1] is 1 (null: all) that are no padding of the scores. */
    public static double of(Sequence scores, Sequence classes, Sequence mask) {
        Null.refuse(scores, "Accuracy: scores", "scores [T,B,K]");
        Null.refuse(classes, "Accuracy: classes", "class numbers [T,B,1]");
        if (mask != null && (mask.T != scores.T || mask.B != scores.B)) {
            throw new IllegalArgumentException("Accuracy: the mask " + mask.shape() + " does not fit the scores " + scores.shape());
        }
        if (classes.T != scores.T || classes.B != scores.B || classes.F != 1) {
            throw new IllegalArgumentException("Accuracy: scores " + scores.shape() + " need class numbers [T=" + scores.T + ",B="
                    + scores.B + ",F=1], got " + classes.shape() + ONE_HOT);
        }
        int right = 0, count = 0;
        for (int b = 0; b < scores.B; b++) {
            int ones = 0, before = count;
            for (int t = 0; t < scores.T; t++) {
                boolean asked = mask == null || mask.at(t).get(b, 0) == 1;
                ones += asked ? 1 : 0;
                if (asked && t < scores.length(b)) {
                    count++;
                    right += best(scores.at(t), b) == classes.at(t).get(b, 0) ? 1 : 0;
                }
            }
            if (ones > 0 && count == before) {
                throw new IllegalArgumentException("Accuracy: the mask of sequence " + b + " is 1 behind its end only, where padding never counts; it"
                        + " has " + scores.length(b) + " of " + scores.T + " steps. For the last step of each sequence, use a LastStep");
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("Accuracy: the mask hides every step; at least one must count");
        }
        return right / (double) count;
    }
}
