package unrolled.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.Loss;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Strings of the Reber grammar, a small automaton that takes one of two ways at every node, with equal chances:
 * <pre>
 *   0 -B-> 1;   1 -T-> 2, -P-> 3;   2 -S-> 2, -X-> 4;   3 -T-> 3, -V-> 5;   4 -X-> 3, -S-> 6;   5 -P-> 4, -V-> 6;   6 -E-> end
 * </pre>
 * Embedded: B, then T or P, then a whole Reber string, then the same T or P again, then E; the second symbol must be kept over all
 * of the inner string. Asked after every symbol but the last: which symbols may come next? d_t,k = 1 if symbol k may, else 0.
 * Shapes: x [T,B,7] one-hot in the order {@link #symbols}, d [T,B,7], K = 7; T is one less than the longest string of the batch,
 * shorter ones are padded at the end ({@link Sequence#lengths}), and the mask is 1 on their steps.
 *
 * <p>Score: the share of strings in which, at every step, each legal symbol has a larger score than each illegal one. Limit 1.
 * Chance: a blind guess can be right for strings of one sequence of nodes only, at best for B T X S E or B P V V E with their
 * three choices, 1/8; embedded there is a fourth, 1/16. The papers teach the one symbol that came; here the target is
 * the set of all that may come, which is the same answer with less noise.
 */
public record Reber(boolean embedded) implements Task {
    private static final List<String> SYMBOLS = List.of("B", "T", "P", "S", "X", "V", "E");
    private static final String[] WAYS = {"B1", "T2 P3", "S2 X4", "T3 V5", "X3 S6", "P4 V6", "E7"};
    private static final int END = 7;

    /** The symbols by number. */
    public static List<String> symbols() {
        return SYMBOLS;
    }

    /** A string, symbol by symbol: what stands there, and all that might have stood there. */
    private record Place(char symbol, String legal) { }

    private List<Place> string(RandomGenerator random) {
        List<Place> string = new ArrayList<>();
        char kept = ' ';
        if (embedded) {
            kept = random.nextBoolean() ? 'T' : 'P';
            string.add(new Place('B', "B"));
            string.add(new Place(kept, "TP"));
        }
        for (int node = 0; node != END; ) {
            String[] ways = WAYS[node].split(" ");
            String way = ways[ways.length == 1 || random.nextBoolean() ? 0 : 1];
            StringBuilder legal = new StringBuilder();
            for (String other : ways) {
                legal.append(other.charAt(0));
            }
            string.add(new Place(way.charAt(0), legal.toString()));
            node = way.charAt(1) - '0';
        }
        if (embedded) {
            string.add(new Place(kept, String.valueOf(kept)));
            string.add(new Place('E', "E"));
        }
        return string;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        List<List<Place>> strings = new ArrayList<>();
        int T = 1;
        for (int b = 0; b < B; b++) {
            strings.add(string(random));
            T = Math.max(T, strings.get(b).size() - 1);
        }
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, K()), mask = new Sequence(T, B, 1);
        int[] lengths = new int[B];
        for (int b = 0; b < B; b++) {
            List<Place> string = strings.get(b);
            lengths[b] = string.size() - 1;
            for (int t = 0; t < lengths[b]; t++) {
                x.at(t).set(b, number(string.get(t).symbol), 1);
                for (char next : string.get(t + 1).legal.toCharArray()) {
                    d.at(t).set(b, number(next), 1);
                }
                mask.at(t).set(b, 0, 1);
            }
        }
        return new Batch(x.lengths(lengths), d.lengths(lengths), mask.lengths(lengths));
    }

    private static int number(char symbol) {
        return SYMBOLS.indexOf(String.valueOf(symbol));
    }

    @Override public int D() {
        return SYMBOLS.size();
    }

    @Override public int K() {
        return SYMBOLS.size();
    }

    @Override public double chance() {
        return embedded ? 1.0 / 16 : 1.0 / 8;
    }

    @Override public double score(Sequence y, Batch batch) {
        return Successors.share(y, batch);
    }

    @Override public Loss loss() {
        return new BinaryCrossEntropy();
    }

    @Override public String source() {
        return embedded ? "Hochreiter and Schmidhuber, Long short-term memory, 1997 (experiment 1), after Smith and Zipser, "
                + "Learning sequential structure with the real-time recurrent learning algorithm, 1989"
                : "Reber, Implicit learning of artificial grammars, 1967";
    }
}
