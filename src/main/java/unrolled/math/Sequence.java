package unrolled.math;

/**
 * A minibatch of sequences, [T,B,F]: T time steps, B sequences side by side, F numbers per step, time-major in one array. A slab
 * at t = -1 holds the initial state, so that no time loop needs a special first step; it is zero unless somebody writes to it.
 *
 * <p>{@link #at} gives one step as a matrix [B,F]; {@link #all} every step at once, [T·B,F]; {@link #prev} the steps one earlier,
 * -1 to T-2. All are views: writing to one writes to the sequence. A feedforward network works on sequences with T = 1.
 */
public final class Sequence {
    /** Time steps, sequences in the batch, numbers per step. */
    public final int T, B, F;
    private final Matrix data;          // [(T+1)·B,F], the slab t = -1 first
    private final Matrix all, prev;
    private final Matrix[] steps;
    private int[] lengths;              // null: every sequence has T steps

    /** Zeros, [T,B,F]. */
    public Sequence(int T, int B, int F) {
        this(T, B, matrix(T, B, F));
    }

    private Sequence(int T, int B, Matrix data) {
        this.T = T;
        this.B = B;
        this.F = data.cols();
        this.data = data;
        this.all = data.rows(B, (T + 1) * B);
        this.prev = data.rows(0, T * B);
        this.steps = new Matrix[T + 1];
        for (int t = -1; t < T; t++) {
            steps[t + 1] = data.rows((t + 1) * B, (t + 2) * B);
        }
    }

    private static Matrix matrix(int T, int B, int F) {
        String shape = "[T=" + T + ",B=" + B + ",F=" + F + "]";
        Shape.size("sequence", shape, T, B, F);
        Shape.size("sequence", shape, T + 1, B, F);    // with the initial state
        return new Matrix((T + 1) * B, F);
    }

    /** One step, [1,B,F], with a copy of x, [B,F]: the input of a feedforward network. */
    public static Sequence of(Matrix x) {
        if (x == null) {
            throw new IllegalArgumentException("Sequence.of: expected a matrix [B,F], got null");
        }
        Sequence s = new Sequence(1, x.rows(), x.cols());
        s.at(0).set(x);
        return s;
    }

    /** One sequence, [T,1,F], with a copy of x, [T,F]: row t is step t. */
    public static Sequence ofSteps(Matrix x) {
        if (x == null) {
            throw new IllegalArgumentException("Sequence.ofSteps: expected a matrix [T,F], one row a step, got null");
        }
        Sequence s = new Sequence(x.rows(), 1, x.cols());
        s.all().set(x);
        return s;
    }

    /** Step t, [B,F]; t = -1 is the initial state. */
    public Matrix at(int t) {
        if (t < -1 || t >= T) {
            throw new IllegalArgumentException("step " + t + " does not exist; steps go from 0 to " + (T - 1)
                    + ", and -1 is the initial state");
        }
        return steps[t + 1];
    }

    /** Sequence b alone, its steps 0 .. T-1 under each other, [T,F], as a view. */
    public Matrix one(int b) {
        if (b < 0 || b >= B) {
            throw new IllegalArgumentException("sequence " + b + " does not exist; this minibatch has sequences 0 to " + (B - 1));
        }
        return all.everyRow(b, B);
    }

    /** All steps 0 .. T-1 under each other, [T·B,F]. */
    public Matrix all() {
        return all;
    }

    /** The steps one earlier, -1 .. T-2, under each other, [T·B,F]: row for row the predecessors of {@link #all}. */
    public Matrix prev() {
        return prev;
    }

    /** The columns from (inclusive) to (exclusive) of every step, as a view: one gate of a larger array. */
    public Sequence cols(int from, int to) {
        return new Sequence(T, B, data.cols(from, to));
    }

    /**
     * Says how many steps each sequence has, 1 to T; the steps after that are padding, always at the end. Layers carry no state
     * through padding, and losses do not count it. Kept as a copy; null means T for all.
     */
    public Sequence lengths(int... lengths) {
        if (lengths != null) {
            if (lengths.length != B) {
                throw new IllegalArgumentException("lengths: got " + lengths.length + " for B = " + B + " sequences; expected one each");
            }
            for (int b = 0; b < B; b++) {
                if (lengths[b] < 1 || lengths[b] > T) {
                    throw new IllegalArgumentException("lengths: sequence " + b + " has length " + lengths[b] + "; expected 1 to T = " + T);
                }
            }
        }
        this.lengths = lengths == null ? null : lengths.clone();
        return this;
    }

    /** The same lengths as s. */
    public Sequence lengthsOf(Sequence s) {
        lengths = s.lengths;            // never written to, so it can be shared
        return this;
    }

    /** How many steps sequence b has. */
    public int length(int b) {
        return lengths == null ? T : lengths[b];
    }

    /** Whether {@link #lengths} were given. */
    public boolean hasLengths() {
        return lengths != null;
    }

    /** this = a with the steps of each sequence in reverse order; its padding stays at the end. Takes a's lengths. */
    public Sequence reverse(Sequence a) {
        same("reverse", a);
        if (a == this) {
            throw new IllegalArgumentException("reverse: the destination is the argument itself; write to a sequence of its own");
        }
        lengthsOf(a);
        for (int b = 0; b < B; b++) {
            int n = a.length(b);
            for (int t = 0; t < T; t++) {
                all.copyRow(t * B + b, a.all, (t < n ? n - 1 - t : t) * B + b);
            }
        }
        return this;
    }

    /** this = s, steps 0 .. T-1, and its lengths; the initial state stays. */
    public Sequence set(Sequence s) {
        same("set", s);
        all.set(s.all);
        return lengthsOf(s);
    }

    /** Every entry = value, the initial state too. */
    public Sequence fill(double value) {
        data.fill(value);
        return this;
    }

    /** A sequence of its own with the same numbers, the initial state too. */
    public Sequence copy() {
        Sequence c = new Sequence(T, B, F);
        c.data.set(data);
        return c.lengthsOf(this);
    }

    /** Whether both have the same sizes. */
    public boolean sameShape(Sequence s) {
        return T == s.T && B == s.B && F == s.F;
    }

    private void same(String name, Sequence s) {
        if (s == null) {
            throw new IllegalArgumentException(name + ": the argument is null; expected a sequence " + shape());
        }
        if (!sameShape(s)) {
            throw new IllegalArgumentException(name + ": " + s.shape() + " does not fit the destination " + shape());
        }
    }

    /** The shape as text, such as {@code [T=50,B=16,F=32]}. */
    public String shape() {
        return "[T=" + T + ",B=" + B + ",F=" + F + "]";
    }

    /** The shape, and the first three steps. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder(shape());
        for (int t = 0; t < Math.min(T, 3); t++) {
            text.append("\nt = ").append(t).append(": ").append(at(t));
        }
        return text.append(T > 3 ? "\n..." : "").toString();
    }
}
