package unrolled.layers;

import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Two sequences of different lengths side by side in one, so that a network with two inputs takes part in everything that is made
 * for one: minibatches, training, gradient checks. Columns of x: the source's, the target input's, then a one where the source has a
 * step, and a one where the target has one, zeros elsewhere.
 */
final class Pairs {
    private Pairs() { }

    /** Source and target [·,B,·] to x, with as many steps as the longer has; so is each of the B sequences as long as its longer one. */
    static Sequence join(Sequence source, Sequence target) {
        check(source, target);
        Sequence x = beside(source, target, Math.max(source.T, target.T));
        int[] lengths = new int[x.B];
        for (int b = 0; b < x.B; b++) {
            x.one(b).cols(x.F - 2, x.F - 1).rows(0, source.length(b)).fill(1);
            x.one(b).cols(x.F - 1, x.F).rows(0, target.length(b)).fill(1);
            lengths[b] = Math.max(source.length(b), target.length(b));
        }
        return x.lengths(lengths);
    }

    static void check(Sequence source, Sequence target) {
        Null.refuse(source, "EncoderDecoder: source", "a sequence [T',B,D]");
        Null.refuse(target, "EncoderDecoder: targetInputs", "a sequence [T,B,·]");
        if (source.B != target.B) {
            throw new IllegalArgumentException("EncoderDecoder: source " + source.shape() + " and target inputs " + target.shape()
                    + " differ in B; every source needs its target");
        }
    }

    /** The columns alone, with T steps, and two columns of zeros. */
    static Sequence beside(Sequence source, Sequence target, int T) {
        Sequence x = new Sequence(T, source.B, source.F + target.F + 2);
        x.all().rows(0, source.T * x.B).cols(0, source.F).set(source.all());
        x.all().rows(0, target.T * x.B).cols(source.F, source.F + target.F).set(target.all());
        return x;
    }

    /** The columns from (inclusive) to (exclusive), with the lengths that a column of ones says, and no more steps than the longest. */
    static Sequence part(Sequence x, int from, int to, int ones) {
        int[] lengths = new int[x.B];
        int T = 0;
        for (int b = 0; b < x.B; b++) {
            for (int n = 0; n < x.T && Math.rint(x.at(n).get(b, ones)) == 1; n++) {    // a gradient check's nudge changes no length
                lengths[b] = n + 1;
            }
            if (lengths[b] == 0) {
                throw new IllegalArgumentException("EncoderDecoder: column " + ones + " of sequence " + b + " does not say which steps it "
                        + "has; make the input with EncoderDecoder.join(source, targetInputs)");
            }
            T = Math.max(T, lengths[b]);
        }
        Sequence part = new Sequence(T, x.B, to - from).lengths(lengths);
        part.all().set(x.all().rows(0, T * x.B).cols(from, to));
        return part;
    }

    /** Numbers per step where an input enters: those of the layer before a cell, unless there is none or it takes any. */
    static int inputs(Layer before, Layer cell) {
        return before == null || before.inputs() == 0 ? cell.inputs() : before.inputs();
    }

    static Sequence fill(Sequence d, Sequence x) {
        Null.refuse(d, "fill: d", "targets [T,B,·]");
        Null.refuse(x, "fill: x", "a joined input");
        if (d.T > x.T || d.B != x.B) {
            throw new IllegalArgumentException("fill: the targets " + d.shape() + " with " + d.T + " steps do not fit the input " + x.shape()
                    + "; make it from inputs with as many steps as the targets have");
        }
        return resize(d, x.T);
    }

    /** The first T steps of s, or s with zeros behind its last; lengths are not taken over. */
    static Sequence resize(Sequence s, int T) {
        Sequence r = new Sequence(T, s.B, s.F);
        int rows = Math.min(T, s.T) * s.B;
        r.all().rows(0, rows).set(s.all().rows(0, rows));
        return r;
    }
}
