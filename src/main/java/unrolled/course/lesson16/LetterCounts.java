package unrolled.course.lesson16;

import java.util.Arrays;
import java.util.stream.IntStream;
import unrolled.math.Null;

/** The cheap rival of a language model: a table that counts which letter followed the last few letters. */
public final class LetterCounts {
    private static final double START = 0.1;                               // in each place of the table, so that nothing is impossible

    private LetterCounts() {
    }

    /**
     * Bits per letter of {@code unread} by a table counted in {@code read}: the mean of -log2 p, with p the share of the letter among those
     * that followed the same {@code memory} letters. Letters are numbers from 0 to V-1.
     */
    public static double bits(int[] read, int[] unread, int V, int memory) {
        Null.refuse(read, "bits: read", "letters as numbers");
        Null.refuse(unread, "bits: unread", "letters as numbers");
        if (V < 1 || memory < 0 || Math.pow(V, memory + 1) > 1e7 || unread.length <= memory) {
            throw new IllegalArgumentException("bits: V = " + V + ", memory = " + memory + ", " + unread.length + " letters to predict; expected"
                + " at least one letter, a table of at most ten million places, and more letters than the memory");
        }
        double[][] n = new double[(int) Math.pow(V, memory)][V];
        for (double[] counts : n) {
            Arrays.fill(counts, START);
        }
        for (int i = memory; i < read.length; i++) {
            n[row(read, i, V, memory)][read[i]]++;
        }
        return IntStream.range(memory, unread.length).mapToDouble(i -> {
            double[] counts = n[row(unread, i, V, memory)];
            return -Math.log(counts[unread[i]] / Arrays.stream(counts).sum()) / Math.log(2);
        }).average().orElseThrow();
    }

    /** The letters before place i, as one number. */
    private static int row(int[] text, int i, int V, int memory) {
        return IntStream.range(i - memory, i).reduce(0, (n, j) -> n * V + text[j]);
    }
}
