package unrolled.math;

import java.util.List;
import java.util.stream.IntStream;

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
    private volatile Matrix[][] shares = {};  // of each share of the batch its steps, made when they are needed
    private int[] lengths;              // null: every sequence has T steps

    /** Zeros, [T,B,F], in the precision of {@link Precision#current}. */
    public Sequence(int T, int B, int F) {
        this(Precision.current(), T, B, F);
    }

    /** Zeros, [T,B,F], in this precision. */
    public Sequence(Precision precision, int T, int B, int F) {
        this(T, B, matrix(precision, T, B, F));
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

    private static Matrix matrix(Precision precision, int T, int B, int F) {
        String shape = "[T=" + T + ",B=" + B + ",F=" + F + "]";
        Shape.size("sequence", shape, T, B, F);
        Shape.size("sequence", shape, T + 1, B, F);    // with the initial state
        return new Matrix(precision, (T + 1) * B, F);
    }

    /** One step, [1,B,F], with a copy of x, [B,F]: the input of a feedforward network, or one target for each of B sequences. */
    public static Sequence of(Matrix x) {
        Null.refuse(x, "Sequence.of: x", "a matrix [B,F]");
        Sequence s = new Sequence(x.precision(), 1, x.rows(), x.cols());
        s.at(0).set(x);
        return s;
    }

    /** One sequence, [T,1,F], with a copy of x, [T,F]: row t is step t. */
    public static Sequence ofSteps(Matrix x) {
        Null.refuse(x, "Sequence.ofSteps: x", "a matrix [T,F], one row a step");
        Sequence s = new Sequence(x.precision(), x.rows(), 1, x.cols());
        s.all().set(x);
        return s;
    }

    /** A copy of x[t][b], F numbers for each step t of each sequence b: time first, as this class has it itself. */
    public static Sequence timeFirst(double[][][] x) {
        Null.refuse(x, "Sequence.timeFirst: x", "numbers x[t][b][f]");
        for (int t = 0; t < x.length; t++) {
            equal("timeFirst", "step", t, Null.refuse(x[t], "Sequence.timeFirst: x[" + t + "]", "the B sequences at this step").length, x[0].length,
                    "sequences; every step needs the same");
        }
        int B = x.length == 0 ? 0 : x[0].length;
        double[][][] turned = new double[B][x.length][];
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < x.length; t++) {
                turned[b][t] = x[t][b];
            }
        }
        return padded("timeFirst", List.of(turned));
    }

    /** A copy of x[b][t], F numbers for each step t of each sequence b: batch first. All have T steps; if not, see {@link #padded}. */
    public static Sequence batchFirst(double[][][] x) {
        Null.refuse(x, "Sequence.batchFirst: x", "numbers x[b][t][f]");
        for (int b = 0; b < x.length; b++) {
            equal("batchFirst", "sequence", b, Null.refuse(x[b], "Sequence.batchFirst: x[" + b + "]", "the steps of this sequence").length, x[0].length,
                    "steps; Sequence.padded takes sequences of different lengths");
        }
        return padded("batchFirst", List.of(x));
    }

    /**
     * Sequences of different lengths side by side, [T,B,F] with T steps of the longest: the others are filled with zeros at the end,
     * and {@link #lengths} say where each one ends. Each sequence is an array of its steps, F numbers each.
     */
    public static Sequence padded(List<double[][]> sequences) {
        return padded("padded", sequences);
    }

    /** Sequences of symbol numbers, each of its own length, as an embedding takes them: [T,B,1], padded like {@link #padded}. */
    public static Sequence symbols(List<int[]> sequences) {
        Null.refuseIn(sequences, "Sequence.symbols: sequences", "a list of arrays of symbol numbers");
        return padded("symbols", sequences.stream().map(s -> IntStream.of(s).mapToObj(v -> new double[] {v}).toArray(double[][]::new)).toList());
    }

    private static Sequence padded(String name, List<double[][]> sequences) {
        Null.refuseIn(sequences, "Sequence." + name + ": sequences", "arrays of steps, each an array of F numbers");
        int B = sequences.size(), T = sequences.stream().mapToInt(s -> s.length).max().orElse(0);
        int[] lengths = new int[B];
        Sequence padded = null;
        for (int b = 0; b < B; b++) {
            double[][] steps = sequences.get(b);
            lengths[b] = steps.length;
            if (steps.length == 0) {
                throw new IllegalArgumentException("Sequence." + name + ": sequence " + b + " has no step; expected at least one; leave it out");
            }
            for (int t = 0; t < steps.length; t++) {
                Null.refuse(steps[t], "Sequence." + name + ": step " + t + " of sequence " + b, "an array of F numbers");
                padded = padded == null ? new Sequence(T, B, steps[t].length) : padded;
                equal(name, "step " + t + " of sequence", b, steps[t].length, padded.F, "numbers; every step needs the same");
                for (int f = 0; f < padded.F; f++) {
                    padded.at(t).set(b, f, steps[t][f]);
                }
            }
        }
        if (padded == null) {
            throw new IllegalArgumentException("Sequence." + name + ": got no sequence; expected at least one");
        }
        return IntStream.of(lengths).allMatch(n -> n == T) ? padded : padded.lengths(lengths);
    }

    private static void equal(String name, String what, int number, int found, int expected, String unit) {
        if (found != expected) {
            throw new IllegalArgumentException("Sequence." + name + ": " + what + " " + number + " has " + found + ", but the first has " + expected
                    + " " + unit);
        }
    }

    /** Step t, [B,F]; t = -1 is the initial state. */
    public Matrix at(int t) {
        if (t < -1 || t >= T) {
            throw new IllegalArgumentException("step " + t + " does not exist; steps go from 0 to " + (T - 1)
                    + ", and -1 is the initial state");
        }
        Shares mine = Shares.mine();
        return mine == null ? steps[t + 1] : shares(mine.parts())[mine.part()][t + 1];
    }

    private Matrix[][] shares(int parts) {
        return shares.length == parts ? shares : makeShares(parts);
    }

    private synchronized Matrix[][] makeShares(int parts) {
        if (shares.length != parts) {
            Matrix[][] made = new Matrix[parts][T + 1];
            for (int part = 0; part < parts; part++) {
                for (int i = 0; i <= T; i++) {
                    made[part][i] = steps[i].rows(Shares.border(part, parts, B), Shares.border(part + 1, parts, B));
                }
            }
            shares = made;
        }
        return shares;
    }

    /** The threads that compute with its numbers. */
    Team team() {
        return data.team();
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

    /** The columns from (inclusive) to (exclusive) of every step, as a view with the same lengths: one gate of a larger array, or some features of the data. */
    public Sequence cols(int from, int to) {
        return new Sequence(T, B, data.cols(from, to)).lengthsOf(this);
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
        Null.refuse(s, "lengthsOf: s", "a sequence of equal sizes");
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
        same("reverse", "a", a);
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
        same("set", "s", s);
        all.set(s.all);
        return lengthsOf(s);
    }

    /** Every entry = value, the initial state too. */
    public Sequence fill(double value) {
        data.fill(value);
        return this;
    }

    /** How exactly it keeps its numbers. */
    public Precision precision() {
        return data.precision();
    }

    /** A sequence of its own with the same numbers, the initial state too, in the same precision. */
    public Sequence copy() {
        return in(precision());
    }

    /** A sequence of its own with the same numbers, the initial state too, in this precision. */
    public Sequence in(Precision precision) {
        Sequence c = new Sequence(precision, T, B, F);
        c.data.set(data);
        return c.lengthsOf(this);
    }

    /** Whether both have the same sizes. */
    public boolean sameShape(Sequence s) {
        Null.refuse(s, "sameShape: s", "a sequence");
        return T == s.T && B == s.B && F == s.F;
    }

    private void same(String name, String argument, Sequence s) {
        if (s == null) {
            throw new IllegalArgumentException(name + ": " + argument + " is null; expected a sequence " + shape());
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
