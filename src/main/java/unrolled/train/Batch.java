package unrolled.train;

import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Examples for one training step: inputs x [T,B,D], targets d [T,B,·], and a mask [T,B,1] of the steps that count (null: all).
 *
 * @param x inputs; refused with its place if a number is NaN or infinite
 * @param d targets, as the loss expects them; refused likewise
 * @param mask ones where a step counts, zeros elsewhere; null if every step counts
 */
public record Batch(Sequence x, Sequence d, Sequence mask) {
    public Batch {
        if (x.T != d.T || x.B != d.B) {
            throw new IllegalArgumentException("Batch: inputs " + x.shape() + " and targets " + d.shape()
                    + " differ in T or B; every step of every sequence needs its target");
        }
        finite("input", x);
        finite("target", d);
    }

    /** Inputs [B,D] and targets [B,·] of a network without time. */
    public static Batch of(Matrix x, Matrix d) {
        return new Batch(Sequence.of(x), Sequence.of(d), null);
    }

    private static void finite(String what, Sequence s) {
        for (int t = 0; t < s.T; t++) {
            Matrix m = s.at(t);
            for (int i = 0; i < s.B; i++) {
                for (int j = 0; j < s.F; j++) {
                    if (!Double.isFinite(m.get(i, j))) {
                        throw new IllegalArgumentException("Batch: the " + what + " of example " + i + (s.T > 1 ? ", step " + t : "")
                                + ", column " + j + " is " + m.get(i, j) + "; remove or fill such rows before training");
                    }
                }
            }
        }
    }
}
