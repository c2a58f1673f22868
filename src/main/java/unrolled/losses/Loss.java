package unrolled.losses;

import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * How far outputs y are from desired outputs d, as one number L, a mean over the steps that count; and ∂L/∂y.
 *
 * <p>A mask [T,B,1] of ones and zeros says which steps count; null means all. Padding, by the output's
 * {@link Sequence#lengths}, never counts. Steps that do not count change neither the loss nor the gradient. Errors:
 * {@link IllegalArgumentException} for shapes that do not fit, targets out of range, a mask without a one, or a sequence whose
 * mask is 1 at padding only: for the last step of each sequence, use a {@link unrolled.layers.LastStep} instead.
 */
public abstract class Loss {
    private Sequence dy;
    private int steps;

    /** L for outputs y [T,B,K] and targets d. */
    public final double forward(Sequence y, Sequence d) {
        return forward(y, d, null);
    }

    /** L for outputs y [B,K] and targets d of a network without time. */
    public final double forward(Matrix y, Matrix d) {
        return forward(Sequence.of(Null.refuse(y, "loss: y", "outputs [B,K]")), Sequence.of(Null.refuse(d, "loss: d", "targets [B,·]")), null);
    }

    /** L for outputs y [T,B,K] and targets d, over the steps where mask [T,B,1] is 1. */
    public final double forward(Sequence y, Sequence d, Sequence mask) {
        Null.refuse(y, "loss: y", "outputs [T,B,K]");
        Null.refuse(d, "loss: d", "targets [T,B,·]");
        if (d.T != y.T || d.B != y.B || !targetWidthFits(d.F, y.F)) {
            throw new IllegalArgumentException(this + ": the target " + d.shape() + " does not fit the output " + y.shape()
                    + "; expected " + targetShape(y) + (d.T == 1 && y.T > 1 ? ". For one target a sequence, the network has to give one step a"
                    + " sequence: put a LastStep, MeanOverTime or MaxOverTime before its last layer" : ""));
        }
        if (dy == null || !dy.sameShape(y) || dy.precision() != y.precision()) {
            dy = new Sequence(y.precision(), y.T, y.B, y.F);
        }
        steps = count(y, mask);
        double sum = 0;
        prepare(y.all(), dy.all());
        for (int r = 0; r < y.T * y.B; r++) {
            if (counts(y, mask, r)) {
                sum += row(y.all(), d.all(), dy.all(), r, 1.0 / steps);
            } else {
                dy.all().fillRow(r, 0);
            }
        }
        return sum / steps;
    }

    /** dy = ∂L/∂y of the last forward pass, [T,B,K]; holds until the next one. */
    public final Sequence backward() {
        if (dy == null) {
            throw new IllegalStateException(this + ": backward before any forward; call forward(y, d) first");
        }
        return dy;
    }

    /** How many steps counted in the last forward pass: what L is the mean of. */
    public final int steps() {
        return steps;
    }

    /** Fills dy for all rows at once with what {@link #row} needs, if anything. */
    void prepare(Matrix y, Matrix dy) { }

    /** The loss of row r, one step of one sequence; sets row r of dy to its gradient times weight. */
    abstract double row(Matrix y, Matrix d, Matrix dy, int r, double weight);

    abstract boolean targetWidthFits(int targetWidth, int outputWidth);

    abstract String targetShape(Sequence y);

    /** Whether row r, one step of one sequence, counts: no padding, and not hidden by the mask. */
    private static boolean counts(Sequence y, Sequence mask, int r) {
        return r / y.B < y.length(r % y.B) && (mask == null || mask.all().get(r, 0) == 1);
    }

    private int count(Sequence y, Sequence mask) {
        if (mask != null && (mask.T != y.T || mask.B != y.B || mask.F != 1)) {
            throw new IllegalArgumentException(this + ": the mask " + mask.shape() + " does not fit the output " + y.shape()
                    + "; expected [T=" + y.T + ",B=" + y.B + ",F=1]");
        }
        int count = 0;
        for (int b = 0; b < y.B; b++) {
            int ones = 0, before = count;
            for (int r = b; r < y.T * y.B; r += y.B) {
                double m = mask == null ? 1 : mask.all().get(r, 0);
                if (m != 0 && m != 1) {
                    throw new IllegalArgumentException(this + ": the mask has " + m + " at step " + r / y.B + " of sequence " + b
                            + "; a mask is made of zeros and ones");
                }
                ones += m == 1 ? 1 : 0;
                count += counts(y, mask, r) ? 1 : 0;
            }
            if (ones > 0 && count == before) {
                throw new IllegalArgumentException(this + ": the mask of sequence " + b + " is 1 behind its end only, where padding never counts,"
                        + " so that it would be left out; it has " + y.length(b) + " of " + y.T + " steps. For the last step of each sequence, put"
                        + " a LastStep into the network; to leave it out, let its mask be 0");
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException(this + ": the mask hides every step; at least one must count");
        }
        return count;
    }
}
