package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * The adding problem: each step brings a number, uniform in 0 .. 1, and a marker, 1 at two steps and 0 at all others; after the
 * last step the sum of the two marked numbers is asked, d = x_i + x_j. One mark is among the first ten steps, both are among the
 * first T/2, so that at least half of the sequence lies between the numbers and the question.
 * Shapes: x [T,B,2], d [T,B,1] a value 0 to 2, a mask that is 1 at the last step only, K = 1.
 *
 * <p>Score: the share of sums that are wrong by less than {@link #TOLERANCE}. The sum of two uniform numbers has the density
 * 1 - |d - 1|, so the best blind guess is 1; it is right with chance 2 ε - ε² = 0.1536 for ε = 0.08, and its mean squared error is
 * the variance of the sum, 2/12 = 1/6. Limit 1.
 * The paper's numbers lie in -1 .. 1, its sum is scaled to 0 .. 1, its markers are -1 at both ends, and its lengths vary by a tenth.
 */
public record Adding(int T) implements Task {
    /** How wrong a right sum may be: the paper's 0.04 of a target between 0 and 1, which is 0.08 of one between 0 and 2. */
    public static final double TOLERANCE = 0.08;
    private static final int FIRST = 10, SHORTEST = 4;

    public Adding {
        if (T < SHORTEST) {
            throw new IllegalArgumentException("adding: T = " + T + " steps; expected at least " + SHORTEST
                    + ", since both marks are in the first half");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, 2), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                x.at(t).set(b, 0, random.nextDouble());
            }
            int i = random.nextInt(Math.min(FIRST, T / 2)), j = random.nextInt(T / 2 - 1);
            j += j >= i ? 1 : 0;                                // any step of the first half but i
            x.at(i).set(b, 1, 1);
            x.at(j).set(b, 1, 1);
            d.at(T - 1).set(b, 0, x.at(i).get(b, 0) + x.at(j).get(b, 0));
            mask.at(T - 1).set(b, 0, 1);
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return 2;
    }

    @Override public int K() {
        return 1;
    }

    @Override public double chance() {
        return 2 * TOLERANCE - TOLERANCE * TOLERANCE;
    }

    /** The mean squared error of the best blind guess, which is always 1. */
    public double blindError() {
        return 1.0 / 6;
    }

    @Override public double score(Sequence y, Batch batch) {
        Null.refuse(y, "score: y", "outputs [T,B,1]");
        Null.refuse(batch, "score: batch", "the batch that was asked");
        if (!y.sameShape(batch.d())) {
            throw new IllegalArgumentException("score: the output " + y.shape() + " does not fit the target " + batch.d().shape());
        }
        Matrix last = y.at(T - 1), d = batch.d().at(T - 1);
        int right = 0;
        for (int b = 0; b < y.B; b++) {
            right += Math.abs(last.get(b, 0) - d.get(b, 0)) < TOLERANCE ? 1 : 0;
        }
        return right / (double) y.B;
    }

    @Override public Loss loss() {
        return SquaredError.mean();
    }

    @Override public String source() {
        return "Hochreiter and Schmidhuber, Long short-term memory, 1997 (experiment 4)";
    }
}
