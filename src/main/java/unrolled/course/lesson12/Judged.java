package unrolled.course.lesson12;

import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.train.Batch;

/**
 * How well scores for two classes tell them apart: with the network's own threshold, and without any.
 *
 * @param right share of right answers
 * @param second share of answers that name class 1
 * @param pairs of all pairs of an example of class 1 and one of class 0, the share in which the score for class 1 is higher in the first;
 *     equal scores count one half. 0.5 is a guess, 1 is full knowledge, also where all scores are shifted.
 */
public record Judged(double right, double second, double pairs) {

    /** Of scores y [B,2] for the last step of a batch that has both classes. */
    public static Judged of(Matrix y, Batch exam) {
        Matrix d = Null.refuse(exam, "Judged: exam", "a batch").d().at(exam.d().T - 1);
        int B = Null.refuse(y, "Judged: y", "scores [B,2]").rows();
        double right = 0, second = 0, pairs = 0, all = 0;
        for (int k = 0; k < B; k++) {
            double score = y.get(k, 1) - y.get(k, 0);
            second += score > 0 ? 1 : 0;
            right += score > 0 == (d.get(k, 0) == 1) ? 1 : 0;
            for (int n = 0; n < B; n++) {
                if (d.get(k, 0) > d.get(n, 0)) {
                    double other = y.get(n, 1) - y.get(n, 0);
                    pairs += score > other ? 1 : score == other ? 0.5 : 0;
                    all++;
                }
            }
        }
        return new Judged(right / B, second / B, pairs / all);
    }
}
