package unrolled.course.lesson14;

import java.util.random.RandomGenerator;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Lstm;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.math.SplitMix;

/** The three cells that lesson 14 compares. */
public enum Kind {
    PLAIN("plain cell"), GRU("GRU"), LSTM("LSTM");

    private static final double KEEP = 3;                                 // σ(3) = 0.95: the share that is kept

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /**
     * A fresh cell with D inputs and H units. {@code keep} says how it begins: true, so that it keeps (a bias of 3 for the gate that keeps;
     * orthogonal weights from state to state in the plain cell); false, with less of it (forget bias 1, update bias 0; Xavier weights).
     */
    public Recurrent cell(int D, int H, boolean keep, RandomGenerator random) {
        return switch (this) {
            case PLAIN -> keep ? new Elman(D, H, random) : new Elman(D, H, Init.xavier(), Init.xavier(), random);
            case GRU -> new Gru(D, H, random).updateBias(keep ? KEEP : 0);
            case LSTM -> new Lstm(D, H, random).forgetBias(keep ? KEEP : 1);
        };
    }

    /** Such a cell with K outputs behind it. */
    public Sequential network(int D, int H, int K, boolean keep, RandomGenerator random) {
        return Sequential.of(cell(D, H, keep, random), new Dense(H, K, random));
    }

    /** How many weights and biases such a network has: it is made, and they are counted. */
    public int weights(int D, int H, int K) {
        return network(D, H, K, true, new SplitMix(1)).size();
    }

    /** The most units with which such a network has at most so many weights. */
    public int units(int D, int K, int most) {
        if (weights(D, 1, K) > most) {
            throw new IllegalArgumentException("units: one unit needs " + weights(D, 1, K) + " weights; expected at least as many, not " + most);
        }
        int H = 1;
        while (weights(D, H + 1, K) <= most) {
            H++;
        }
        return H;
    }

    @Override public String toString() {
        return words;
    }
}
