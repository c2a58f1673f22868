package unrolled.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Cuts examples into minibatches. {@link #Batches} mixes them anew at every {@link #epoch}; {@link #bucketed} also puts sequences of
 * similar length together; {@link #streams} cuts one long sequence into blocks that follow one another; {@link #fresh} draws new
 * examples every time.
 */
public class Batches {
    final Batch all;
    final int size;
    private final RandomGenerator random;
    private boolean said;

    /**
     * Minibatches of B examples, each as many steps long as the longest in it; the last of an epoch holds what is left. The order comes
     * from random; without one (null) the examples keep theirs. Where lengths differ much, one long sequence makes its minibatch mostly
     * padding (which is said once, see {@link Listener}): {@link #bucketed} computes less.
     */
    public Batches(Batch examples, int B, RandomGenerator random) {
        Null.refuse(examples, "Batches: examples", "a Batch");
        if (B < 1) {
            throw new IllegalArgumentException("Batches: B = " + B + " examples a minibatch; expected at least 1");
        }
        this.all = examples;
        this.size = Math.min(B, examples.x().B);
        this.random = random;
    }

    /** Minibatches that are not cut from examples. */
    Batches(RandomGenerator random) {
        this.all = null;
        this.size = 0;
        this.random = random;
    }

    /**
     * Minibatches of B sequences of similar length, each as many steps long as the longest in it, so that little is padding. Every
     * sequence once an epoch; which of equal length come together, and the order of the minibatches, comes from random (null: always
     * the same, short ones first).
     */
    public static Batches bucketed(Batch examples, int B, RandomGenerator random) {
        return new Bucketed(examples, B, random);
    }

    /**
     * One long sequence, x [N,1,D], as B rows that are read at the same time, T steps a minibatch: row b of a minibatch goes on where
     * row b of the one before it ended. So a recurrent layer that carries its state sees every row as one sequence, while gradients
     * flow back T steps at most (truncated backpropagation through time). The last block of an epoch is shorter where T does not
     * divide the rows; the last N mod B steps are left out. A block in which the mask hides every step carries the state on, and no more.
     */
    public static Batches streams(Batch sequence, int B, int T) {
        return new Streams(sequence, B, T);
    }

    /** So many minibatches an epoch, each made by draw from random when its epoch begins. */
    public static Batches fresh(int count, RandomGenerator random, Function<RandomGenerator, Batch> draw) {
        return new Fresh(count, random, draw);
    }

    /** How many minibatches an epoch has. */
    public int count() {
        return (all.x().B + size - 1) / size;
    }

    /** The minibatches of one epoch; every example once. */
    public List<Batch> epoch() {
        if (size == all.x().B && random == null) {
            return List.of(all);
        }
        int[] order = order();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            int to = Math.min(from + size, order.length);
            batches.add(all.pick(order, from, to, all.longest(order, from, to)));
        }
        sayOnceIfMostlyPadding(batches);
        return batches;
    }

    private void sayOnceIfMostlyPadding(List<Batch> batches) {
        long computed = 0, real = 0;
        for (Batch batch : batches) {
            computed += (long) batch.x().T * batch.x().B;
            real += IntStream.range(0, batch.x().B).mapToLong(batch.x()::length).sum();
        }
        if (!said && computed > 2 * real) {
            said = true;
            Listener.standard().say(String.format(Locale.ROOT, "%.0f %% of the steps that these minibatches compute are padding;"
                    + " Batches.bucketed puts sequences of similar length together.", 100 - 100.0 * real / computed));
        }
    }

    /** Whether each minibatch goes on where the one before it ended. */
    boolean follow() {
        return false;
    }

    /** Where the order comes from; null if it is always the same. */
    final RandomGenerator random() {
        return random;
    }

    /** The numbers 0 .. n-1 in an order drawn from random, or in theirs without one. */
    final int[] order() {
        int[] order = new int[all.x().B];
        for (int i = 0; i < order.length; i++) {
            int j = random == null ? i : random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** What these are, with a fingerprint of every number: equal for equal minibatches. */
    @Override public String toString() {
        return kind() + ", fingerprint " + fingerprint(all);
    }

    String kind() {
        return (random == null ? "minibatches" : "mixed minibatches") + " of B = " + size + " from " + all.x().shape();
    }

    static String fingerprint(Batch batch) {
        long bits = 0;
        for (Sequence s : batch.mask() == null ? List.of(batch.x(), batch.d()) : List.of(batch.x(), batch.d(), batch.mask())) {
            for (int t = 0; t < s.T; t++) {
                for (int b = 0; b < s.B; b++) {
                    bits = 31 * bits + s.length(b);
                    for (int j = 0; j < s.F; j++) {
                        bits = Long.rotateLeft(bits, 5) * 31 + Double.doubleToLongBits(s.at(t).get(b, j));
                    }
                }
            }
        }
        return Long.toHexString(bits);
    }
}
