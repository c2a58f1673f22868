package unrolled.layers;

import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Dropout: y = m ∘ x, where each entry of the mask m is 0 with probability p, else 1/(1-p), so that the mean of y is x. Only while
 * {@link Layer#training}; otherwise y = x. The mask is drawn anew in every forward pass (but see {@link #keepDraws}), one number an entry from the given
 * generator; with a {@link unrolled.math.SplitMix} a stopped run can go on with the same masks. Shapes: x, y, m [T,B,F].
 *
 * <p>{@link #perSequence} draws one mask [B,F] and uses it at every step. To drop what a recurrent cell reads of its own state, see
 * {@link Recurrent#dropState}. Errors: {@link IllegalArgumentException} for p below 0, or 1 and more, or no generator.
 * Sources: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks from
 * overfitting", 2014; one mask a sequence: Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent neural
 * networks", 2016.
 */
public final class Dropout extends Layer {
    private final double p;
    private final boolean perSequence;
    private final RandomGenerator random;
    private Sequence m, y, dx;
    private boolean drawn;                                           // whether m holds a mask that was drawn

    /** Drops each number with probability p, at every step anew. */
    public Dropout(double p, RandomGenerator random) {
        this(p, false, random);
    }

    private Dropout(double p, boolean perSequence, RandomGenerator random) {
        this.p = probability("Dropout", p, random);
        this.perSequence = perSequence;
        this.random = random;
    }

    /** Drops the same numbers at every step of a sequence. */
    public static Dropout perSequence(double p, RandomGenerator random) {
        return new Dropout(p, true, random);
    }

    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        if (y == null || !y.sameShape(x)) {
            m = new Sequence(x.T, x.B, x.F);
            y = new Sequence(x.T, x.B, x.F);
            dx = new Sequence(x.T, x.B, x.F);
            drawn = false;
        }
        boolean keep = drawn && keepsDraws();
        drawn = training();
        if (!training()) {
            m.fill(1);
        } else if (keep) {
            return masked(x);
        } else if (perSequence) {
            draw(m.at(0), p, random);
            for (int r = m.B; r < m.T * m.B; r++) {
                m.all().copyRow(r, m.all(), r - m.B);                // m_t = m_{t-1}
            }
        } else {
            draw(m.all(), p, random);
        }
        return masked(x);
    }

    private Sequence masked(Sequence x) {
        y.lengthsOf(x).all().times(x.all(), m.all());                // y = m ∘ x
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dx.all().times(dy.all(), m.all());                           // dx = m ∘ dy
        return dx;
    }

    /** Each entry 0 with probability p, else 1/(1-p). */
    static void draw(Matrix m, double p, RandomGenerator random) {
        m.fill(1 / (1 - p));
        for (int i = 0; p > 0 && i < m.rows(); i++) {
            for (int j = 0; j < m.cols(); j++) {
                if (random.nextDouble() < p) {
                    m.set(i, j, 0);
                }
            }
        }
    }

    static double probability(String name, double p, RandomGenerator random) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException(name + ": p = " + p + "; expected the share that is dropped, from 0 to below 1");
        }
        if (p > 0 && random == null) {
            throw new IllegalArgumentException(name + ": the random generator is null; expected one, such as new SplitMix(1)");
        }
        return p;
    }

    @Override public int inputs() {
        return 0;
    }

    @Override public int outputs() {
        return 0;
    }

    @Override public String toString() {
        return "Dropout(" + p + (perSequence ? ", per sequence" : "") + ")";
    }
}
