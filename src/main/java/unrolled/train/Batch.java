package unrolled.train;

import java.util.stream.IntStream;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Examples for one training step: inputs x [T,B,D], targets d [T,B,·], and a mask [T,B,1] of the steps that count (null: all). Or one
 * target a sequence, d [1,B,·], for a network that gives one step a sequence, see {@link unrolled.layers.LastStep}; the mask is
 * [1,B,1] then. The lengths of x say where its sequences end: targets and mask need none, and may have none but these. Where no
 * step counts, training only runs forward, so that a carried state goes on: no weight moves, and the loss of the epoch does not see it.
 *
 * @param x inputs; refused with its place if a number is NaN or infinite
 * @param d targets, as the loss expects them; refused likewise
 * @param mask ones where a step counts, zeros elsewhere; null if every step counts
 */
public record Batch(Sequence x, Sequence d, Sequence mask) {
    public Batch {
        Null.refuse(x, "Batch: x", "inputs [T,B,D]");
        Null.refuse(d, "Batch: d", "targets [T,B,·]");
        if (d.T != x.T && d.T != 1 || x.B != d.B) {
            throw new IllegalArgumentException("Batch: inputs " + x.shape() + " and targets " + d.shape()
                    + " differ in T or B; every step of every sequence needs its target, or every sequence one, [T=1,B=" + x.B + ",F=" + d.F + "]");
        }
        if (mask != null && (mask.T != d.T || mask.B != d.B || mask.F != 1)) {
            throw new IllegalArgumentException("Batch: the mask " + mask.shape() + " does not fit the targets " + d.shape()
                    + "; expected [T=" + d.T + ",B=" + d.B + ",F=1]");
        }
        lengths("targets", d, x);
        if (mask != null) {
            lengths("mask", mask, x);
        }
        finite("input", x);
        finite("target", d);
    }

    /** Inputs [B,D] and targets [B,·] of a network without time. */
    public static Batch of(Matrix x, Matrix d) {
        return new Batch(Sequence.of(Null.refuse(x, "Batch.of: x", "inputs [B,D]")), Sequence.of(Null.refuse(d, "Batch.of: d", "targets [B,·]")), null);
    }

    /** Inputs and targets, every step of which counts. */
    public static Batch of(Sequence x, Sequence d) {
        return new Batch(x, d, null);
    }

    /** Sequences x [T,B,D] with one class number each, 0 to K-1. */
    public static Batch of(Sequence x, int... classes) {
        return new Batch(x, Sequence.of(Matrix.columnOf(IntStream.of(Null.refuse(classes, "Batch.of: classes", "class numbers")).asDoubleStream()
                .toArray())), null);
    }

    /** A copy of the examples from (inclusive) to (exclusive). */
    public Batch range(int from, int to) {
        if (from < 0 || to > x.B || from >= to) {
            throw new IllegalArgumentException("range(" + from + "," + to + ") of " + x.B + " examples: expected 0 <= from < to <= " + x.B);
        }
        return pick(IntStream.range(0, x.B).toArray(), from, to, x.T);
    }

    private static void lengths(String what, Sequence s, Sequence x) {
        for (int b = 0; s.hasLengths() && s.T == x.T && b < x.B; b++) {
            if (s.length(b) != x.length(b)) {
                throw new IllegalArgumentException("Batch: sequence " + b + " has " + s.length(b) + " steps in the " + what + ", but " + x.length(b)
                        + " in the inputs" + (x.hasLengths() ? "" : ", which have no lengths") + "; the lengths of the inputs are what counts");
            }
        }
    }

    /** The length of the longest of the examples order[from] .. order[to-1]. */
    int longest(int[] order, int from, int to) {
        return IntStream.range(from, to).map(i -> x.length(order[i])).max().orElseThrow();
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

    private static Sequence pick(Sequence s, int[] order, int from, int to, int steps) {
        int T = Math.min(steps, s.T);
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
