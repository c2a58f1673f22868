package unrolled.data;

import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** How predictions of a set are scored: which symbols may come next, where a grammar allows several. */
final class Successors {
    private Successors() { }

    /**
     * The share of sequences that are right at every step that asks: each legal symbol (d = 1) has a larger score than each
     * illegal one (d = 0). One wrong step makes a sequence wrong. Shapes: y, d [T,B,K].
     */
    static double share(Sequence y, Batch batch) {
        Null.refuse(y, "score: y", "outputs [T,B,K]");
        Sequence d = Null.refuse(batch, "score: batch", "the batch that was asked").d();
        if (!y.sameShape(d)) {
            throw new IllegalArgumentException("score: the output " + y.shape() + " does not fit the target " + d.shape());
        }
        int right = 0;
        for (int b = 0; b < d.B; b++) {
            boolean all = true;
            for (int t = 0; t < d.T && all; t++) {
                all = batch.mask().at(t).get(b, 0) == 0 || onTop(y.at(t), d.at(t), b);
            }
            right += all ? 1 : 0;
        }
        return right / (double) d.B;
    }

    private static boolean onTop(Matrix y, Matrix d, int b) {
        double least = Double.POSITIVE_INFINITY, most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < y.cols(); k++) {
            if (d.get(b, k) == 1) {
                least = Math.min(least, y.get(b, k));
            } else {
                most = Math.max(most, y.get(b, k));
            }
        }
        return least > most;
    }
}
