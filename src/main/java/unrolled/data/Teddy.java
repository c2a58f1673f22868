package unrolled.data;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Is Teddy a name? "He said , Teddy bears are on sale" (class 0) or "He said , Teddy Roosevelt was a great president" (class 1), with
 * equal chances; he or she, said or thought. Asked at the word Teddy, where both still look alike: a reader of the past and
 * present cannot do better than 1/2, a reader of the whole sentence makes no mistake.
 * Shapes: x [T,B,V] one-hot in the order {@link #words}, d [T,B,1], a mask that is 1 at Teddy only, K = 2; T = 9, and the
 * sentences about bears, 8 words, are padded at the end ({@link Sequence#lengths}).
 */
public record Teddy() implements Task {
    private static final List<String> WORDS = List.of("He", "She", "said", "thought", ",", "Teddy",
            "bears", "are", "on", "sale", "Roosevelt", "was", "a", "great", "president");
    private static final List<List<String>> ENDS = List.of(List.of("bears", "are", "on", "sale"),
            List.of("Roosevelt", "was", "a", "great", "president"));
    /** The step at which Teddy stands. */
    public static final int ASKED = 3;
    private static final int T = 9;

    /** The words by number. */
    public static List<String> words() {
        return WORDS;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        int[][] choices = new int[B][];
        for (int b = 0; b < B; b++) {
            choices[b] = new int[] {random.nextInt(2), random.nextInt(2), random.nextInt(2)};
        }
        return of(choices);
    }

    /**
     * Each of the eight sentences once: sentence 2k is about bears, sentence 2k+1 about a president, and both begin with the same four
     * words.
     */
    public Batch all() {
        return of(IntStream.range(0, 8).mapToObj(b -> new int[] {b % 2, b / 4, b / 2 % 2}).toArray(int[][]::new));
    }

    /** A sentence for each row: is Teddy a name, he or she, said or thought; 0 or 1 each. */
    private Batch of(int[][] choices) {
        int B = choices.length;
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        int[] lengths = new int[B];
        for (int b = 0; b < B; b++) {
            int name = choices[b][0], t = ASKED + 1;
            x.at(0).set(b, choices[b][1], 1);                    // He, She
            x.at(1).set(b, 2 + choices[b][2], 1);                // said, thought
            x.at(2).set(b, WORDS.indexOf(","), 1);
            x.at(ASKED).set(b, WORDS.indexOf("Teddy"), 1);
            for (String word : ENDS.get(name)) {
                x.at(t++).set(b, WORDS.indexOf(word), 1);
            }
            lengths[b] = t;
            d.at(ASKED).set(b, 0, name);
            mask.at(ASKED).set(b, 0, 1);
        }
        return new Batch(x.lengths(lengths), d.lengths(lengths), mask.lengths(lengths));
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

    @Override public double limit() {
        return 0.5;
    }

    @Override public double limitWithFuture() {
        return 1;
    }

    @Override public String source() {
        return "the sentences: Ng, Sequence models, 2018; the network they call for: Schuster and Paliwal, Bidirectional recurrent "
                + "neural networks, 1997";
    }
}
