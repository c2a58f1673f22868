package unrolled.course;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import unrolled.layers.Layer;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Streams of letters in which a word is hidden, for lesson 08: random signs of an alphabet, and with the chance 1/4 the whole word.
 *
 * @param signs the alphabet, each sign once; sign i is the row with a 1 at place i
 * @param word  the hidden word, of these signs
 */
public record Letters(String signs, String word) {

    public Letters {
        if (signs == null || word == null || word.isEmpty() || signs.chars().distinct().count() < signs.length()
            || !word.chars().allMatch(c -> signs.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("Letters(\"" + signs + "\", \"" + word + "\"): expected signs that differ and a word of them");
        }
    }

    /** One row per letter, {@code [T,signs]}, each with a single 1. */
    public Matrix oneHot(String text) {
        Matrix m = new Matrix(text.length(), signs.length());
        for (int t = 0; t < text.length(); t++) {
            int place = signs.indexOf(text.charAt(t));
            if (place < 0) {
                throw new IllegalArgumentException("the letter " + text.charAt(t) + " is none of \"" + signs + "\"");
            }
            m.set(t, place, 1);
        }
        return m;
    }

    /** A text of T letters. */
    public String stream(int T, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < T) {
            text.append(random.nextInt(4) == 0 ? word : "" + signs.charAt(random.nextInt(signs.length())));
        }
        return text.substring(0, T);
    }

    /** B streams of T letters side by side; the target of a step is 1 when {@code wanted} is true of all that was read so far, else 0. */
    public Batch streams(int T, int B, Predicate<String> wanted, RandomGenerator random) {
        Sequence x = new Sequence(T, B, signs.length()), target = new Sequence(T, B, 1);
        for (int i = 0; i < B; i++) {
            String text = stream(T, random);
            for (int t = 0; t < T; t++) {
                x.at(t).set(i, signs.indexOf(text.charAt(t)), 1);
                target.at(t).set(i, 0, wanted.test(text.substring(0, t + 1)) ? 1 : 0);
            }
        }
        return Batch.of(x, target);
    }

    /** How many steps have the target 1. */
    public static int wanted(Batch test) {
        return (int) test.d().all().sum();
    }

    /** How many steps have the target 1 and an output of at most 0. */
    public static int misses(Layer net, Batch test) {
        return wrong(net, test, 1);
    }

    /** How many steps have the target 0 and an output above 0. */
    public static int falseAlarms(Layer net, Batch test) {
        return wrong(net, test, 0);
    }

    private static int wrong(Layer net, Batch test, int target) {
        Matrix y = net.forward(test.x()).all(), targets = test.d().all();
        return (int) IntStream.range(0, y.rows()).filter(i -> targets.get(i, 0) == target && (y.get(i, 0) > 0 ? 1 : 0) != target).count();
    }
}
