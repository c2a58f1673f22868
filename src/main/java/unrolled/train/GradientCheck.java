package unrolled.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.layers.Recurrent;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Precision;
import unrolled.math.Sequence;

/**
 * Proves a gradient: every number that backward computes beside the central difference (L(w + ε) - L(w - ε)) / 2ε of the loss,
 * for every parameter and every input.
 *
 * <p>The error of an entry is |analytic - numerical| / max(|analytic|, |numerical|, 1/1000 of the largest gradient in its
 * matrix); the last keeps entries that are zero up to rounding from counting as wrong. With ε = 1e-5 in double precision a right
 * gradient stays below 1e-6. The check runs forward and backward twice and takes the second pass, since a layer that forgets to
 * clear its workspace is right only the first time. Where ε = 1e-5 does not agree, other steps are tried: for weights that are huge
 * or tiny, losses that are large, and points beside the corner of a relu.
 *
 * <p>Every evaluation must be of the same function. So while it runs, masks of dropouts stay as they were first drawn
 * ({@link Layer#keepDraws}), and layers that carry their state begin each pass where the first pass began; afterwards they stand
 * there again. What cannot be checked is counted and told by {@link #notChecked}: inputs that backward leaves out
 * ({@link Layer#inputGradient(boolean)}) or that are symbol numbers, corners on which the loss has two slopes, and slopes that are
 * lost in the rounding of the loss. Errors: {@link IllegalArgumentException} where nothing can be checked: a loss that is not finite
 * or that differs between two equal passes, gradients cut by {@link Recurrent#truncate}, or nothing to learn and no input to check.
 */
public final class GradientCheck {
    /** A right gradient stays below this error. */
    public static final double TOLERANCE = 1e-6;
    private static final double EPSILON = 1e-5;
    /** What is tried where EPSILON does not agree, in units of max(1, |w|), and of |w|. */
    private static final double[] STEPS = {1e-6, 1e-4, 1e-7, 1e-3}, SHARES = {1e-5, 1e-3, 1e-7};
    /** Rounding errors of a loss, in units of its last digit: more than any sum here collects. */
    private static final double DIGITS = 64;

    /**
     * One number of one gradient.
     *
     * @param name the parameter, or {@code x} for the input
     * @param i its row; {@code j} its column
     */
    public record Row(String name, int i, int j, double analytic, double numerical, double error) { }

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> left = new LinkedHashMap<>();
    private final List<Recurrent> carrying;
    private final List<List<Matrix>> starts;
    private final DoubleSupplier L;
    private double level;

    private GradientCheck(Layer net, Loss loss, Sequence x, Sequence d, Sequence mask) {
        carrying = net.recurrent().stream().filter(Recurrent::carries).toList();
        starts = carrying.stream().map(Recurrent::carried).toList();
        L = () -> {
            begin();
            return loss.forward(net.forward(x), d, mask);
        };
    }

    /** Checks a network without time: inputs x [B,D], targets d. */
    public static GradientCheck of(Layer net, Loss loss, Matrix x, Matrix d) {
        return of(net, loss, Sequence.of(Null.refuse(x, "GradientCheck: x", "inputs [B,D]")),
                Sequence.of(Null.refuse(d, "GradientCheck: d", "targets [B,·]")), null);
    }

    /** Checks a network on sequences x [T,B,D], targets d, and a mask or null. Gradients are left as computed; values unchanged. */
    public static GradientCheck of(Layer net, Loss loss, Sequence x, Sequence d, Sequence mask) {
        Null.refuse(net, "GradientCheck: net", "a network");
        Null.refuse(loss, "GradientCheck: loss", "a Loss");
        Null.refuse(x, "GradientCheck: x", "inputs [T,B,D]");
        Null.refuse(d, "GradientCheck: d", "targets [T,B,·]");
        if (x.precision() == Precision.SINGLE || net.params().stream().anyMatch(p -> p.value.precision() == Precision.SINGLE)) {
            throw new IllegalArgumentException("GradientCheck: the network or its input has single precision, in which two losses that lie close"
                    + " together differ by rounding more than by the slope; say Precision.DOUBLE.use() and make both anew");
        }
        for (Recurrent cell : net.recurrent()) {
            if (cell.truncation() < x.T) {
                throw new IllegalArgumentException("GradientCheck: " + cell + " cuts its gradients every " + cell.truncation() + " steps"
                        + " (truncate), so that they differ from the slopes of the loss on purpose; check a network without truncate,"
                        + " or sequences of at most " + cell.truncation() + " steps");
            }
        }
        Sequence input = x.copy();
        GradientCheck check = new GradientCheck(net, loss, input, d, mask);
        boolean kept = net.keepsDraws();
        try {
            check.run(net, loss, input);
        } finally {
            check.begin();
            net.keepDraws(kept);
        }
        return check;
    }

    private void run(Layer net, Loss loss, Sequence input) {
        Map<String, Matrix> values = new LinkedHashMap<>(), grads = new LinkedHashMap<>();
        Sequence dx = null;
        double first = 0;
        for (int pass = 0; pass < 2; pass++) {
            level = L.getAsDouble();
            first = pass == 0 ? level : first;
            net.keepDraws(true);                                        // from the second pass on
            net.zeroGrad();
            dx = net.backward(loss.backward());
        }
        refuse(net, input, first);
        for (Map.Entry<String, Param> p : net.named().entrySet()) {
            values.put(p.getKey(), p.getValue().value);
            grads.put(p.getKey(), p.getValue().grad.copy());
        }
        if (dx != null) {
            values.put("x", input.all());
            grads.put("x", dx.all().copy());
        } else {
            leave("x: backward leaves ∂L/∂x out, as inputGradient(false) asks", input.all().rows() * input.all().cols());
        }
        values.forEach((name, value) -> check(name, value, grads.get(name)));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("GradientCheck: there is nothing to check: " + (net.params().isEmpty()
                    ? "the network has no parameters" : "no slope of a parameter can be measured") + "; " + notChecked());
        }
    }

    /** Carried states begin as before the check. */
    private void begin() {
        for (int i = 0; i < carrying.size(); i++) {
            carrying.get(i).start(starts.get(i).toArray(new Matrix[0]));
        }
    }

    private void refuse(Layer net, Sequence input, double first) {
        if (!Double.isFinite(level)) {
            StringBuilder where = new StringBuilder();
            net.named().forEach((name, p) -> where.append(Double.isFinite(p.value.maxAbs()) ? "" : " " + name));
            throw new IllegalArgumentException("GradientCheck: the loss is " + level + ", which has no slope; not finite are "
                    + (where.length() > 0 ? "the parameters" + where : Double.isFinite(input.all().maxAbs())
                            ? "neither parameters nor inputs, so that something overflows on the way: try smaller ones" : "the inputs"));
        }
        if (first != level) {
            throw new IllegalArgumentException("GradientCheck: two equal passes give the losses " + first + " and " + level
                    + ", so that no slope can be measured; is there a layer that draws at random or remembers in a way of its own?"
                    + " (Dropout and carried states are taken care of.)");
        }
    }

    private void check(String name, Matrix value, Matrix grad) {
        double floor = Math.max(grad.maxAbs() / 1000, 1e-12);
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.cols(); j++) {
                double w = value.get(i, j);
                try {
                    add(name, value, i, j, grad.get(i, j), floor);
                } catch (IllegalArgumentException e) {                  // an embedding, for one: there is no symbol number 3.00001
                    if (!name.equals("x")) {
                        throw e;
                    }
                    leave("x: inputs that the network refuses when they are moved by a little, as it does symbol numbers", 1);
                } finally {
                    value.set(i, j, w);
                }
            }
        }
    }

    private void add(String name, Matrix value, int i, int j, double analytic, double floor) {
        double w = value.get(i, j);
        Row best = row(name, value, i, j, analytic, floor, EPSILON * Math.max(1, Math.abs(w)));
        for (int n = 0; n < STEPS.length + SHARES.length && !(best.error <= TOLERANCE); n++) {
            double step = n < STEPS.length ? STEPS[n] * Math.max(1, Math.abs(w)) : SHARES[n - STEPS.length] * Math.abs(w);
            if (w + step != w && w - step != w) {
                Row other = row(name, value, i, j, analytic, floor, step);
                best = other.error < best.error || Double.isNaN(best.error) ? other : best;
            }
        }
        if (!(best.error <= TOLERANCE) && corner(value, i, j)) {
            leave(name + ": corners, where the loss has one slope to the left and another to the right", 1);
        } else if (!(best.error <= TOLERANCE) && Math.abs(analytic - best.numerical) <= noise(w)) {
            leave(name + ": slopes that are lost in the rounding of a loss of " + level, 1);
        } else {
            rows.add(best);
        }
    }

    private Row row(String name, Matrix value, int i, int j, double analytic, double floor, double step) {
        double w = value.get(i, j), numerical = (at(value, i, j, w + step) - at(value, i, j, w - step)) / ((w + step) - (w - step));
        double scale = Math.max(Math.max(Math.abs(analytic), Math.abs(numerical)), floor);
        return new Row(name, i, j, analytic, numerical, Math.abs(analytic - numerical) / scale);
    }

    /** L with another number in the place of one. */
    private double at(Matrix value, int i, int j, double w) {
        double before = value.get(i, j);
        value.set(i, j, w);
        double loss = L.getAsDouble();
        value.set(i, j, before);
        return loss;
    }

    /** How far a slope measured with the longest step may be off by rounding alone. */
    private double noise(double w) {
        return DIGITS * Math.ulp(level) / (STEPS[STEPS.length - 1] * Math.max(1, Math.abs(w)));
    }

    /**
     * Whether the two one-sided slopes at w differ by a jump: of a smooth loss their difference falls with the step, to a hundredth from
     * 1e-5 to 1e-7; at a corner it stays.
     */
    private boolean corner(Matrix value, int i, int j) {
        double far = jump(value, i, j, 1e-5), near = jump(value, i, j, 1e-7), w = value.get(i, j);
        return near > 0.5 * far && near > 2 * DIGITS * Math.ulp(level) / (1e-7 * Math.max(1, Math.abs(w)));
    }

    private double jump(Matrix value, int i, int j, double epsilon) {
        double w = value.get(i, j), step = epsilon * Math.max(1, Math.abs(w));
        return Math.abs(at(value, i, j, w + step) - 2 * level + at(value, i, j, w - step)) / step;
    }

    private void leave(String why, int numbers) {
        left.merge(why, numbers, Integer::sum);
    }

    /** Every number that was checked. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** What could not be checked, why, and how many numbers: one clause a reason; empty if everything was checked. */
    public String notChecked() {
        StringBuilder text = new StringBuilder();
        left.forEach((why, numbers) -> text.append(text.isEmpty() ? "not checked: " : "; ").append("d").append(why).append(" (")
                .append(numbers).append(numbers == 1 ? " number)" : " numbers)"));
        return text.toString();
    }

    /** The largest error; NaN if a gradient is NaN. */
    public double worst() {
        return rows.stream().mapToDouble(Row::error).reduce(0, Math::max);
    }

    /** Whether every error is at most {@link #TOLERANCE}; see also {@link #notChecked}. */
    public boolean passed() {
        return worst() <= TOLERANCE;
    }

    /** One line a parameter: how many numbers, the worst error and where. */
    @Override public String toString() {
        Map<String, Row> worst = new LinkedHashMap<>();
        Map<String, Integer> count = new LinkedHashMap<>();
        for (Row row : rows) {
            count.merge(row.name, 1, Integer::sum);
            worst.merge(row.name, row, (a, b) -> b.error > a.error || Double.isNaN(b.error) ? b : a);
        }
        StringBuilder text = new StringBuilder(String.format("%-8s %8s %12s %12s %12s%n", "gradient", "numbers", "worst error",
                "analytic", "numerical"));
        worst.forEach((name, r) -> text.append(String.format(Locale.ROOT, "%-8s %8d %12.2e %12.6g %12.6g  at [%d,%d]%n",
                "d" + name, count.get(name), r.error, r.analytic, r.numerical, r.i, r.j)));
        return text + (left.isEmpty() ? "" : notChecked() + String.format("%n"))
                + (passed() ? left.isEmpty() ? "Every gradient is right: worst error " : "Every gradient that was checked is right: worst error "
                        : "A gradient is WRONG: worst error ")
                + String.format(Locale.ROOT, "%.1e, tolerance %.0e.", worst(), TOLERANCE);
    }
}
