package unrolled.data;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Delayed recall: the first word is "cat" or "cats", then come {@code gap} words that tell nothing, and after the last of them the
 * verb is asked: "was" (class 0) or "were" (class 1)? T = gap + 1.
 * Shapes: x [T,B,V] one-hot, d [T,B,1], a mask that is 1 at the last step only, K = 2.
 */
public record Recall(int gap) implements Task {
    private static final List<String> WORDS = List.of("cat", "cats", "which", "already", "ate", "the", "fish", "and", "bread", "quietly");
    private static final int SUBJECTS = 2;

    public Recall {
        if (gap < 0) {
            throw new IllegalArgumentException("recall: a gap of " + gap + " words; expected 0 or more");
        }
    }

    /** The words by number: the two subjects, then the words between. */
    public static List<String> words() {
        return WORDS;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        int T = gap + 1;
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int subject = random.nextInt(SUBJECTS);
            x.at(0).set(b, subject, 1);
            for (int t = 1; t < T; t++) {
                x.at(t).set(b, random.nextInt(SUBJECTS, WORDS.size()), 1);
            }
            d.at(gap).set(b, 0, subject);
            mask.at(gap).set(b, 0, 1);
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return WORDS.size();
    }

    @Override public int K() {
        return 2;
    }

    @Override public double chance() {
        return 0.5;
    }

    @Override public String source() {
        return "Hochreiter and Schmidhuber, Long short-term memory, 1997 (experiment 2: a first symbol to be kept); the cat: Ng, "
                + "Sequence models, 2018";
    }
}
