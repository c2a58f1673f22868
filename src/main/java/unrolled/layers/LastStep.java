package unrolled.layers;

import unrolled.math.Sequence;

/**
 * The last step of each sequence, for one output a sequence, such as its class: y = h_{n-1}, with n the sequence's own length, so that
 * padding never counts. Backward: dh_{n-1} = dy, and 0 at all other steps. Shapes: h [T,B,F], y [1,B,F]; so targets are [1,B,·].
 *
 * <p>{@link #bothEnds} is for a {@link Bidirectional}: y = [h_{n-1}, h_0], each of the two directions where it has read all.
 * {@link #ofBackwards} is for {@link Backwards}: y = h_0. In PyTorch: {@code h_n} of a recurrent module, and
 * {@code torch.cat([h_n[-2], h_n[-1]], 1)} of a bidirectional one.
 * Errors: {@link IllegalArgumentException} for both ends of an output that has no numbers of a second direction.
 */
public final class LastStep extends Layer {
    private final int forth;                    // so many numbers are of the last step, the others of step 0
    private Sequence y, dh;

    /** y = h_{n-1}. */
    public LastStep() {
        this(Integer.MAX_VALUE);
    }

    private LastStep(int forth) {
        this.forth = forth;
    }

    /** The first H numbers of the last step, as the direction that reads forth gave them, and all others of step 0. */
    public static LastStep bothEnds(int H) {
        return new LastStep(Sizes.check("LastStep.bothEnds", "H", H));
    }

    /** y = h_0, which is where a layer that reads backwards has read all. */
    public static LastStep ofBackwards() {
        return new LastStep(0);
    }

    @Override public Sequence forward(Sequence h) {
        checkInput(h);
        if (forth >= h.F && forth < Integer.MAX_VALUE) {
            throw new IllegalArgumentException("forward of " + this + ": the input " + h.shape() + " has no numbers behind the first " + forth
                    + "; expected those of both directions side by side, as Bidirectional.of gives them (a sum cannot be taken apart)");
        }
        if (dh == null || !dh.sameShape(h)) {
            dh = new Sequence(h.T, h.B, h.F);
            y = new Sequence(1, h.B, h.F);
        }
        dh.lengthsOf(h);
        for (int b = 0; b < h.B; b++) {
            for (int j = 0; j < h.F; j++) {
                y.at(0).set(b, j, h.at(step(b, j)).get(b, j));             // y = h_{n-1}, or h_0
            }
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dh.fill(0);
        for (int b = 0; b < dh.B; b++) {
            for (int j = 0; j < dh.F; j++) {
                dh.at(step(b, j)).set(b, j, dy.at(0).get(b, j));           // dh_{n-1} = dy, or dh_0
            }
        }
        return dh;
    }

    private int step(int b, int j) {
        return j < forth ? dh.length(b) - 1 : 0;
    }

    @Override public int inputs() {
        return 0;
    }

    @Override public int outputs() {
        return 0;
    }

    @Override public String toString() {
        return forth == 0 ? "LastStep of backwards" : forth == Integer.MAX_VALUE ? "LastStep" : "LastStep, both ends, " + forth + " forth";
    }
}
