package unrolled.data;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.Loss;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Counting: strings S aⁿ bⁿ E, n between 1 and {@code most} with equal chances. Asked after every symbol but the last: which may
 * come next? After S an a; after an a another a or a b; after the j-th b another b if j &lt; n, else E. To know the end, one has to count.
 * Shapes: x [T,B,4] one-hot in the order {@link #symbols}, d [T,B,4] with 1 for each symbol that may come, K = 4; T = 2 most + 1,
 * a string has 2n + 1 steps, the rest is padding ({@link Sequence#lengths}), and the mask is 1 on its steps.
 *
 * <p>Score: the share of strings in which, at every step, each legal symbol has a larger score than each illegal one. A blind
 * guess must name the step of the end, so that it is right for one n only: chance 1/most. Limit 1.
 */
public record Counting(int most) implements Task {
    private static final List<String> SYMBOLS = List.of("S", "a", "b", "E");
    private static final int START = 0, LETTER_A = 1, LETTER_B = 2, END = 3;

    public Counting {
        if (most < 1) {
            throw new IllegalArgumentException("counting: at most " + most + " letters a; expected at least 1");
        }
    }

    /** The symbols by number. */
    public static List<String> symbols() {
        return SYMBOLS;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        int[] n = new int[B];
        for (int b = 0; b < B; b++) {
            n[b] = random.nextInt(1, most + 1);
        }
        return strings(2 * most + 1, n);
    }

    /** The one string of n letters a and n letters b, of any length: is it counted beyond {@code most}? */
    public static Batch string(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("string: " + n + " letters a; expected at least 1");
        }
        return strings(2 * n + 1, n);
    }

    /**
     * How far a network counts: the largest N ≤ most such that the strings of n = 1 .. N are right, all of them.
     *
     * @param net its forward pass, such as {@code net::forward}
     */
    public static int reach(UnaryOperator<Sequence> net, int most) {
        Null.refuse(net, "reach: net", "a forward pass, such as net::forward");
        for (int n = 1; n <= most; n++) {
            Batch string = string(n);
            if (Successors.share(net.apply(string.x()), string) < 1) {
                return n - 1;
            }
        }
        return most;
    }

    private static Batch strings(int T, int... letters) {
        int B = letters.length, K = SYMBOLS.size();
        Sequence x = new Sequence(T, B, K), d = new Sequence(T, B, K), mask = new Sequence(T, B, 1);
        int[] lengths = new int[B];
        for (int b = 0; b < B; b++) {
            int n = letters[b];
            lengths[b] = 2 * n + 1;
            for (int t = 0; t < lengths[b]; t++) {
                x.at(t).set(b, t == 0 ? START : t <= n ? LETTER_A : LETTER_B, 1);
                d.at(t).set(b, LETTER_A, t <= n ? 1 : 0);
                d.at(t).set(b, LETTER_B, t > 0 && t < 2 * n ? 1 : 0);
                d.at(t).set(b, END, t == 2 * n ? 1 : 0);
                mask.at(t).set(b, 0, 1);
            }
        }
        return new Batch(x.lengths(lengths), d.lengths(lengths), mask.lengths(lengths));
    }

    @Override public int D() {
        return SYMBOLS.size();
    }

    @Override public int K() {
        return SYMBOLS.size();
    }

    @Override public double chance() {
        return 1.0 / most;
    }

    @Override public double score(Sequence y, Batch batch) {
        return Successors.share(y, batch);
    }

    @Override public Loss loss() {
        return new BinaryCrossEntropy();
    }

    @Override public String source() {
        return "Gers and Schmidhuber, LSTM recurrent networks learn simple context-free and context-sensitive languages, 2001";
    }
}
