package unrolled.data;

import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Delayed recall without a pause: {@code sentences} sentences of {@link Recall} in a row, and nothing that says where one begins but its
 * subject. Asked at the last word of each: was the subject of <i>this</i> sentence "cat" (class 0) or "cats" (class 1)? What was kept of
 * the sentences before it must be dropped. T = sentences · (gap + 1).
 * Shapes: x [T,B,V] one-hot, d [T,B,1], a mask that is 1 at the last word of each sentence, K = 2.
 */
public record RecallStream(int gap, int sentences) implements Task {
    public RecallStream {
        new Recall(gap);                                        // refuses a gap below 0
        if (sentences < 1) {
            throw new IllegalArgumentException("recallStream: " + sentences + " sentences; expected at least 1");
        }
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        int words = gap + 1, T = sentences * words;
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int k = 0; k < sentences; k++) {
            Batch sentence = new Recall(gap).batch(B, random);
            for (int t = 0; t < words; t++) {
                x.at(k * words + t).set(sentence.x().at(t));
                d.at(k * words + t).set(sentence.d().at(t));
                mask.at(k * words + t).set(sentence.mask().at(t));
            }
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return new Recall(gap).D();
    }

    @Override public int K() {
        return new Recall(gap).K();
    }

    @Override public double chance() {
        return 0.5;
    }

    @Override public String source() {
        return "Gers, Schmidhuber and Cummins, Learning to forget, 2000 (continual input, without resets)";
    }
}
