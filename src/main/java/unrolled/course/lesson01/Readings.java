package unrolled.course.lesson01;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import unrolled.layers.Layer;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** Made-up texts for lesson 01, as batches: letters in which ab or ba is hidden, and short opinions with and without "not". */
public final class Readings {
    /** The signs of {@link #hidden}: sign i is the row with a 1 at place i. */
    public static final String SIGNS = "abcd";

    /** The words of {@link #opinions}: word i is the row with a 1 at place i. */
    public static final List<String> WORDS = List.of("it", "was", "is", "so", "not", "very", "really", "good", "bad");

    private Readings() { }

    /**
     * B texts of T letters c and d, drawn by chance; in every second one hides {@code ab} (target 1), in the others {@code ba} (target
     * 0). The pair begins at a letter number from {@code first} to {@code last}, counted from 1. Shapes: x [T,B,4], target [1,B,1].
     * Errors: {@link IllegalArgumentException} if the pair does not fit.
     */
    public static Batch hidden(int T, int first, int last, int B, RandomGenerator random) {
        Null.refuse(random, "Readings.hidden: random", "a generator of random numbers");
        if (first < 1 || last < first || last >= T || B < 1) {
            throw new IllegalArgumentException("Readings.hidden(" + T + ", " + first + ", " + last + ", " + B
                + "): expected 1 <= first <= last < T, as the pair has two letters, and at least one text");
        }
        Sequence x = new Sequence(T, B, SIGNS.length()), target = new Sequence(1, B, 1);
        for (int i = 0; i < B; i++) {
            int start = first - 1 + random.nextInt(last - first + 1), ab = i % 2;
            for (int t = 0; t < T; t++) {
                int filler = 2 + random.nextInt(2);
                x.at(t).set(i, t == start ? 1 - ab : t == start + 1 ? ab : filler, 1);
            }
            target.at(0).set(i, 0, ab);
        }
        return Batch.of(x, target);
    }

    /** Text i of a batch of {@link #hidden}, as letters. */
    public static String text(Batch texts, int i) {
        Null.refuse(texts, "Readings.text: texts", "a batch of Readings.hidden");
        Matrix rows = texts.x().one(i);
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < rows.rows(); t++) {
            int row = t;
            text.append(SIGNS.charAt(IntStream.range(0, SIGNS.length()).filter(f -> rows.get(row, f) == 1).findFirst().orElseThrow()));
        }
        return text.toString();
    }

    /** The same texts with all steps side by side in one long row, as a feedforward network takes them: [B,T·F]. */
    public static Batch sideBySide(Batch texts) {
        Null.refuse(texts, "Readings.sideBySide: texts", "a batch of sequences");
        Sequence x = texts.x();
        Matrix rows = new Matrix(x.B, x.T * x.F);
        for (int t = 0; t < x.T; t++) {
            for (int i = 0; i < x.B; i++) {
                for (int f = 0; f < x.F; f++) {
                    rows.set(i, t * x.F + f, x.at(t).get(i, f));
                }
            }
        }
        return Batch.of(rows, texts.d().at(0));
    }

    /** The share of texts at which the sign of the network's only output agrees with the target: above 0 means 1. */
    public static double right(Layer net, Batch texts) {
        Null.refuse(net, "Readings.right: net", "a network with one output a text");
        Null.refuse(texts, "Readings.right: texts", "a batch with one target a text");
        Matrix y = net.forward(texts.x()).at(0), target = texts.d().at(0);
        return IntStream.range(0, y.rows()).filter(i -> y.get(i, 0) > 0 == target.get(i, 0) > 0.5).count() / (double) y.rows();
    }

    /** B opinions of five words, one in four with "not"; the target is 1 when the opinion is a good one. x [5,B,9], target [1,B,1]. */
    public static Batch opinions(int B, RandomGenerator random) {
        Null.refuse(random, "Readings.opinions: random", "a generator of random numbers");
        Sequence x = new Sequence(5, B, WORDS.size()), target = new Sequence(1, B, 1);
        for (int i = 0; i < B; i++) {
            boolean not = i % 4 == 0, good = i / 4 % 2 == 0;
            String[] words = {"it", random.nextBoolean() ? "was" : "is", not ? "not" : "so", random.nextBoolean() ? "very" : "really",
                good ? "good" : "bad"};
            for (int t = 0; t < 5; t++) {
                x.at(t).set(i, WORDS.indexOf(words[t]), 1);
            }
            target.at(0).set(i, 0, good != not ? 1 : 0);
        }
        return Batch.of(x, target);
    }

    /** A sentence of {@link #WORDS}, one row a word, as a sequence [T,1,9]. Errors: {@link IllegalArgumentException} naming an unknown word. */
    public static Sequence sentence(String text) {
        String[] words = Null.refuse(text, "Readings.sentence: text", "words with blanks between them").split(" ");
        Matrix rows = new Matrix(words.length, WORDS.size());
        for (int t = 0; t < words.length; t++) {
            int place = WORDS.indexOf(words[t]);
            if (place < 0) {
                throw new IllegalArgumentException("Readings.sentence: the word \"" + words[t] + "\" is none of " + WORDS);
            }
            rows.set(t, place, 1);
        }
        return Sequence.ofSteps(rows);
    }

    /** How many words a text has: parts between blanks. */
    public static int words(String text) {
        String trimmed = Null.refuse(text, "Readings.words: text", "a text").strip();
        return trimmed.isEmpty() ? 0 : (int) Arrays.stream(trimmed.split("\\s+")).count();
    }
}
