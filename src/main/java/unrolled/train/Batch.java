package unrolled.train;

import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Examples for one training step: inputs x [T,B,D], targets d [T,B,·], and a mask [T,B,1] of the steps that count (null: all). Where no
 * step counts, training only runs forward, so that a carried state goes on: no weight moves, and the loss of the epoch does not see it.
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
        if (mask != null && (mask.T != x.T || mask.B != x.B || mask.F != 1)) {
            throw new IllegalArgumentException("Batch: the mask " + mask.shape() + " does not fit the inputs " + x.shape()
                    + "; expected [T=" + x.T + ",B=" + x.B + ",F=1]");
        }
        finite("input", x);
        finite("target", d);
    }

    /** Inputs [B,D] and targets [B,·] of a network without time. */
    public static Batch of(Matrix x, Matrix d) {
        return new Batch(Sequence.of(x), Sequence.of(d), null);
    }

    /** Whether any step counts: is no padding, and not hidden by the mask. */
    boolean counts() {
        if (mask == null) {
            return true;
        }
        for (int t = 0; t < mask.T; t++) {
            for (int b = 0; b < mask.B; b++) {
                if (t < x.length(b) && mask.at(t).get(b, 0) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The examples order[from] .. order[to-1], their first T steps, with their lengths, mask and initial states. */
    Batch pick(int[] order, int from, int to, int T) {
        return new Batch(pick(x, order, from, to, T), pick(d, order, from, to, T), mask == null ? null : pick(mask, order, from, to, T));
    }

    private static Sequence pick(Sequence s, int[] order, int from, int to, int T) {
        Sequence part = new Sequence(T, to - from, s.F);
        int[] lengths = new int[to - from];
        for (int i = from; i < to; i++) {
            for (int t = -1; t < T; t++) {
                part.at(t).copyRow(i - from, s.at(t), order[i]);
            }
            lengths[i - from] = Math.min(s.length(order[i]), T);
        }
        return s.hasLengths() ? part.lengths(lengths) : part;
    }

    private static void finite(String what, Sequence s) {
        if (Double.isFinite(s.all().maxAbs())) {
            return;
        }
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
