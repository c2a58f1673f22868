package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Sequence;
import unrolled.train.Accuracy;
import unrolled.train.Batch;

/**
 * A made-up task whose answer is known: it draws as many fresh examples as one wants, and says how well a blind guess does and how
 * well any reader can do at best. The tasks stand in {@link Toys}.
 */
public interface Task {
    /** Numbers per step that go in. */
    int D();

    /** Numbers per step that come out: classes, or values. */
    int K();

    /** B fresh examples: x [T,B,D], d [T,B,1] class numbers (or values), and the mask of the steps that ask. Same state, same bits. */
    Batch batch(int B, RandomGenerator random);

    /** The score of the best guess without reading the input. */
    double chance();

    /** The best score that a reader of the past alone can reach (the Bayes limit). */
    double limit();

    /** The score of outputs y [T,B,K] for a batch: the share of right answers, unless the task says otherwise. */
    default double score(Sequence y, Batch batch) {
        return Accuracy.of(y, batch.d(), batch.mask());
    }

    /** Who asked this first: author, title, year. */
    String source();
}
