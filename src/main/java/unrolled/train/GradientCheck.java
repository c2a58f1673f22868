package unrolled.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Proves a gradient: every number that backward computes beside the central difference (L(w + ε) - L(w - ε)) / 2ε of the loss,
 * for every parameter and every input.
 *
 * <p>The error of an entry is |analytic - numerical| / max(|analytic|, |numerical|, 1/1000 of the largest gradient in its
 * matrix); the last keeps entries that are zero up to rounding from counting as wrong. With ε = 1e-5 in double precision a right
 * gradient stays below 1e-6. The check runs forward and backward twice and takes the second pass, since a layer that forgets to
 * clear its workspace is right only the first time.
 */
public final class GradientCheck {
    /** A right gradient stays below this error. */
    public static final double TOLERANCE = 1e-6;
    private static final double EPSILON = 1e-5;

    /**
     * One number of one gradient.
     *
     * @param name the parameter, or {@code x} for the input
     * @param i its row; {@code j} its column
     */
    public record Row(String name, int i, int j, double analytic, double numerical, double error) { }

    private final List<Row> rows = new ArrayList<>();

    private GradientCheck() { }

    /** Checks a network without time: inputs x [B,D], targets d. */
    public static GradientCheck of(Layer net, Loss loss, Matrix x, Matrix d) {
        return of(net, loss, Sequence.of(Null.refuse(x, "GradientCheck: x", "inputs [B,D]")),
                Sequence.of(Null.refuse(d, "GradientCheck: d", "targets [B,·]")), null);
    }

    /** Checks a network on sequences x [T,B,D], targets d, and a mask or null. Gradients are left as computed; values unchanged. */
    public static GradientCheck of(Layer net, Loss loss, Sequence x, Sequence d, Sequence mask) {
        Map<String, Matrix> values = new LinkedHashMap<>(), grads = new LinkedHashMap<>();
        Null.refuse(net, "GradientCheck: net", "a network");
        Null.refuse(loss, "GradientCheck: loss", "a Loss");
        Null.refuse(d, "GradientCheck: d", "targets [T,B,·]");
        Sequence input = Null.refuse(x, "GradientCheck: x", "inputs [T,B,D]").copy();
        Sequence dx = null;
        for (int pass = 0; pass < 2; pass++) {
            loss.forward(net.forward(input), d, mask);
            net.zeroGrad();
            dx = net.backward(loss.backward());
        }
        for (Map.Entry<String, Param> p : net.named().entrySet()) {
            values.put(p.getKey(), p.getValue().value);
            grads.put(p.getKey(), p.getValue().grad.copy());
        }
        values.put("x", input.all());
        grads.put("x", dx.all().copy());
        GradientCheck check = new GradientCheck();
        values.forEach((name, value) -> check.add(name, value, grads.get(name),
                () -> loss.forward(net.forward(input), d, mask)));
        return check;
    }

    private void add(String name, Matrix value, Matrix grad, java.util.function.DoubleSupplier L) {
        double floor = Math.max(grad.maxAbs() / 1000, 1e-12);
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.cols(); j++) {
                double w = value.get(i, j), analytic = grad.get(i, j);
                value.set(i, j, w + EPSILON);
                double above = L.getAsDouble();
                value.set(i, j, w - EPSILON);
                double below = L.getAsDouble();
                value.set(i, j, w);
                double numerical = (above - below) / (2 * EPSILON);
                double scale = Math.max(Math.max(Math.abs(analytic), Math.abs(numerical)), floor);
                rows.add(new Row(name, i, j, analytic, numerical, Math.abs(analytic - numerical) / scale));
            }
        }
    }

    /** Every number that was checked. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The largest error; NaN if a gradient is NaN. */
    public double worst() {
        return rows.stream().mapToDouble(Row::error).reduce(0, Math::max);
    }

    /** Whether every error is at most {@link #TOLERANCE}. */
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
        StringBuilder text = new StringBuilder(String.format("%-8s %8s %14s %14s %14s%n", "gradient", "numbers", "worst error",
                "analytic", "numerical"));
        worst.forEach((name, r) -> text.append(String.format(Locale.ROOT, "%-8s %8d %14.2e %14.6g %14.6g  at [%d,%d]%n",
                "d" + name, count.get(name), r.error, r.analytic, r.numerical, r.i, r.j)));
        return text + (passed() ? "Every gradient is right: worst error " : "A gradient is WRONG: worst error ")
                + String.format(Locale.ROOT, "%.1e, tolerance %.0e.", worst(), TOLERANCE);
    }
}
