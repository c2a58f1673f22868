package unrolled.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.plotly.components.Figure;

/**
 * Figures in one to five short lines:
 * <pre>{@code show(Plots.lines("Loss while training", "epoch", "loss (mean squared error)")
 *         .add("training", losses).add("held-out", heldOut).logY()
 *         .caption("Both fall; the held-out loss stops at epoch 40."));}</pre>
 */
public final class Plots {
    private Plots() {
    }

    /** Lines, points, functions and bands. */
    public static LineChart lines(String title, String xTitle, String yTitle) {
        return new LineChart(title, xTitle, yTitle);
    }

    /** Bars, grouped by label. */
    public static BarChart bars(String title, String xTitle, String yTitle) {
        return new BarChart(title, xTitle, yTitle);
    }

    /** Counts of values. */
    public static Histogram histogram(String title, String xTitle, String yTitle) {
        return new Histogram(title, xTitle, yTitle);
    }

    /** A matrix as colours, first row on top; values[i][j] belongs to yLabels[i] and xLabels[j]. */
    public static GridChart heatmap(String title, String xTitle, String yTitle, String[] xLabels, String[] yLabels, double[][] values) {
        return new GridChart(false, title, xTitle, yTitle, xLabels, yLabels, values);
    }

    /** A matrix as colours, over numbered columns and rows (steps, units ...), both counted from {@code first}. */
    public static GridChart heatmap(String title, String xTitle, String yTitle, int first, double[][] values) {
        if (values == null) {
            throw new IllegalArgumentException("The heat map \"" + title + "\" needs values, not null.");
        }
        int columns = values.length == 0 || values[0] == null ? 0 : values[0].length;
        return new GridChart(false, title, xTitle, yTitle, count(first, columns), count(first, values.length), values);
    }

    private static Object[] count(int first, int length) {
        Object[] numbers = new Object[length];
        Arrays.setAll(numbers, i -> (double) (first + i));
        return numbers;
    }

    /** Lines of equal height of a surface; z[i][j] is the height at (xs[j], ys[i]). */
    public static GridChart contour(String title, String xTitle, String yTitle, double[] xs, double[] ys, double[][] z) {
        if (xs == null || ys == null) {
            throw new IllegalArgumentException("The contour chart \"" + title + "\" needs x and y values, not null.");
        }
        return new GridChart(true, title, xTitle, yTitle, Arrays.stream(xs).boxed().toArray(), Arrays.stream(ys).boxed().toArray(), z);
    }

    /** A network with memory drawn once per time step, its nodes coloured by the values of a run. */
    public static Unfolded unfolded(String title) {
        return new Unfolded(title);
    }

    /** Heat maps or contours that are compared, side by side, the same colour for the same value in all of them. */
    public static Graphic compare(GridChart... maps) {
        GridChart.sameColours(maps);
        return row(maps);
    }

    /** Charts side by side, for instance "without" and "with". */
    public static Graphic row(Chart<?>... charts) {
        return new Row(Arrays.asList(charts));
    }

    /**
     * A film: one chart per moment, with a slider and a play button that work without a kernel.
     * All charts must have the same series; the axes are those that fit all of them.
     */
    public static Graphic frames(Map<String, ? extends Chart<?>> charts) {
        return new Film(charts);
    }

    /** What Plotly can draw of an arbitrary object: our own charts, and any Tablesaw figure. */
    public static Optional<Graphic> graphic(Object thing) {
        return thing instanceof Graphic graphic ? Optional.of(graphic)
                : thing instanceof Figure figure ? Optional.of(new TablesawFigure(figure)) : Optional.empty();
    }

    /** The types that {@link #graphic} knows. */
    public static List<Class<?>> types() {
        return List.of(Graphic.class, Figure.class);
    }
}
