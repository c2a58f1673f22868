package unrolled.layers;

import java.util.List;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Two cells, one reading from the first step to the last, one from the last to the first, so that every output knows the whole
 * sequence: y_t = [forth_t, back_t] side by side, or their sum. Padding stays at the end in both directions. The first to have
 * read all is forth at the last step, and back at step 0: {@link LastStep#bothEnds} takes these two. States, see {@link #end}: those
 * of forth, then those of back.
 * Source: Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997.
 */
public final class Bidirectional extends Composite {
    private final Recurrent forth, back;
    private final boolean sum;
    private Sequence x, dx, reversed, backOut, y, dForth, dBack;

    private Bidirectional(Recurrent forth, Recurrent back, boolean sum) {
        Null.refuse(forth, "Bidirectional: forth", "a recurrent cell");
        Null.refuse(back, "Bidirectional: back", "a recurrent cell");
        if (forth.inputs() != back.inputs() || (sum && forth.outputs() != back.outputs())) {
            throw new IllegalArgumentException("Bidirectional: " + forth + " and " + back + " do not fit; expected equal inputs"
                    + (sum ? " and outputs" : ""));
        }
        this.forth = forth;
        this.back = back;
        part("forth", forth);
        part("back", back);
        this.sum = sum;
    }

    /** Outputs side by side, [T,B,H forth + H back]. */
    public static Bidirectional of(Recurrent forth, Recurrent back) {
        return new Bidirectional(forth, back, false);
    }

    /** Outputs added, [T,B,H]. */
    public static Bidirectional sum(Recurrent forth, Recurrent back) {
        return new Bidirectional(forth, back, true);
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        if (x == null || x.T != input.T || x.B != input.B) {
            x = new Sequence(input.T, input.B, inputs());
            reversed = new Sequence(input.T, input.B, inputs());
            dx = new Sequence(input.T, input.B, inputs());
            y = new Sequence(input.T, input.B, outputs());
            backOut = new Sequence(input.T, input.B, back.outputs());
            dForth = new Sequence(input.T, input.B, forth.outputs());
            dBack = new Sequence(input.T, input.B, back.outputs());
        }
        x.set(input);
        y.lengthsOf(input);
        Sequence h = forth.forward(x);
        backOut.reverse(back.forward(reversed.reverse(x)));
        if (sum) {
            y.all().plus(h.all(), backOut.all());                                // y = forth + back
        } else {
            y.all().cols(0, h.F).set(h.all());                                   // y = [forth, back]
            y.all().cols(h.F, y.F).set(backOut.all());
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dForth.all().set(dy.all().cols(0, dForth.F));
        backOut.all().set(dy.all().cols(dy.F - dBack.F, dy.F));                  // its own value is no longer needed
        dBack.reverse(backOut);
        Sequence dReversed = back.backward(dBack), dFirst = forth.backward(dForth);
        if (!inputGradient()) {
            return null;
        }
        dx.reverse(reversed.set(needed(back, dReversed)).lengthsOf(x));
        dx.all().add(needed(forth, dFirst).all());                               // dx = from forth + from back
        return dx;
    }

    @Override public Bidirectional inputGradient(boolean needed) {
        super.inputGradient(needed);
        forth.inputGradient(needed);
        back.inputGradient(needed);
        return this;
    }

    @Override public Bidirectional training(boolean training) {
        super.training(training);
        return this;
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return forth.inputs();
    }

    @Override public int outputs() {
        return sum ? forth.outputs() : forth.outputs() + back.outputs();
    }

    @Override public String toString() {
        return "Bidirectional(" + forth + ", " + back + (sum ? ", sum" : "") + ")";
    }
}
