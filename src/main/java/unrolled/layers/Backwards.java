package unrolled.layers;

import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * A cell that reads each sequence from its last step to its first: y_t is what it gave when it read x_t, after x_{n-1} .. x_{t+1}.
 * Padding stays at the end. It has read all at step 0, see {@link LastStep#ofBackwards}, and its {@link #end} is the state there.
 * For both directions at once: {@link Bidirectional}.
 */
public final class Backwards extends Composite {
    private final Recurrent cell;
    private Sequence reversed, dx, y, d, dReversed;

    private Backwards(Recurrent cell) {
        this.cell = Null.refuse(cell, "Backwards.of: cell", "a recurrent cell");
        part("cell", cell);
    }

    /** This cell, reading backwards. */
    public static Backwards of(Recurrent cell) {
        return new Backwards(cell);
    }

    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        if (reversed == null || reversed.T != x.T || reversed.B != x.B) {
            reversed = new Sequence(x.T, x.B, inputs());
            dx = new Sequence(x.T, x.B, inputs());
            y = new Sequence(x.T, x.B, outputs());
            d = new Sequence(x.T, x.B, outputs());
            dReversed = new Sequence(x.T, x.B, outputs());
        }
        return y.reverse(cell.forward(reversed.reverse(x)));
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dReversed.reverse(d.set(dy).lengthsOf(y));
        Sequence back = cell.backward(dReversed);
        return inputGradient() ? dx.reverse(reversed.set(needed(cell, back)).lengthsOf(y)) : null;
    }

    @Override public Backwards inputGradient(boolean needed) {
        super.inputGradient(needed);
        cell.inputGradient(needed);
        return this;
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return cell.inputs();
    }

    @Override public int outputs() {
        return cell.outputs();
    }

    @Override public String toString() {
        return "Backwards(" + cell + ")";
    }
}
