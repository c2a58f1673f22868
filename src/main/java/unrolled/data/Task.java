package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Accuracy;
import unrolled.train.Batch;

/**
 * A made-up task whose answer is known: it draws as many fresh examples as one wants, and says how well a blind guess does and how
 * well any reader can do at best. The tasks stand in {@link Toys}. A score lies between 0 and 1, and more is better.
 */
public interface Task {
    /** Numbers per step that go in. */
    int D();

    /** Numbers per step that come out: classes, or values. */
    int K();

    /**
     * B fresh examples: x [T,B,D]; d [T,B,1] class numbers, or [T,B,K] values as {@link #loss} wants them; and the mask of the
     * steps that ask (null: all). Same state of random, same bits.
     */
    Batch batch(int B, RandomGenerator random);

    /** The score of the best guess that knows the step, but reads no input. */
    double chance();

    /**
     * The best score, on average, of a reader that knows the past and the present alone (the Bayes limit): 1, unless the
     * task says otherwise.
     */
    default double limit() {
        return 1;
    }

    /** The best score, on average, of a reader of the whole sequence: as {@link #limit}, unless the answer comes later. */
    default double limitWithFuture() {
        return limit();
    }

    /** The score of outputs y [T,B,K] for a batch: the share of right answers, unless the task says otherwise. */
    default double score(Sequence y, Batch batch) {
        Null.refuse(y, "score: y", "outputs [T,B,K]");
        Null.refuse(batch, "score: batch", "the batch that was asked");
        return Accuracy.of(y, batch.d(), batch.mask());
    }

    /** A fresh loss that fits the targets: cross entropy, unless the task says otherwise. */
    default Loss loss() {
        return new CrossEntropy();
    }

    /** Who asked this first: author, title, year. */
    String source();
}
