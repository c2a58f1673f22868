package unrolled.train;

import unrolled.math.Matrix;

/** The share of examples whose largest score stands at the right class. */
public final class Accuracy {
    private Accuracy() { }

    /** Scores [B,K] and class numbers [B,1] give a share from 0 to 1. */
    public static double of(Matrix scores, Matrix classes) {
        if (classes.rows() != scores.rows() || classes.cols() != 1) {
            throw new IllegalArgumentException("Accuracy: scores " + scores.shape() + " need class numbers [" + scores.rows()
                    + ",1], got " + classes.shape());
        }
        int right = 0;
        for (int i = 0; i < scores.rows(); i++) {
            right += scores.argMax(i) == classes.get(i, 0) ? 1 : 0;
        }
        return right / (double) scores.rows();
    }
}
