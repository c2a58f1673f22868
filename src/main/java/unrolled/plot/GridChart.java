package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import tech.tablesaw.plotly.traces.ContourTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

/** A value for each place of a grid, as colours: a heat map of a matrix, or the contours of a surface with paths over it. */
public final class GridChart extends Chart<GridChart> {
    private final boolean contour;
    private final Object[] x;
    private final Object[] y;
    private final double[][] z;
    private final List<ObjectNode> paths = new ArrayList<>();
    private boolean diverging;
    private boolean numbers;
    private String colourTitle = "value";

    /** z[i][j] belongs to y[i] and x[j]. */
    GridChart(boolean contour, String title, String xTitle, String yTitle, Object[] x, Object[] y, double[][] z) {
        super(title, xTitle, yTitle);
        if (z == null || z.length != y.length || Arrays.stream(z).anyMatch(row -> row.length != x.length)) {
            String shape = z == null ? "null" : "[" + z.length + "," + (z.length == 0 ? 0 : z[0].length) + "]";
            throw new IllegalArgumentException("The values must have shape [" + y.length + "," + x.length
                    + "]: a row for each y, a column for each x; they have " + shape + ". Are they transposed?");
        }
        this.contour = contour;
        this.x = x.clone();
        this.y = y.clone();
        this.z = Arrays.stream(z).map(double[]::clone).toArray(double[][]::new);
        this.diverging = !contour && all().anyMatch(v -> v < 0);
    }

    private DoubleStream all() {
        return Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
    }

    /** Blue below zero, white at zero, red above; a heat map with a negative value does so by itself. */
    public GridChart diverging() {
        diverging = true;
        return this;
    }

    /** From white for the smallest value to dark blue for the largest. */
    public GridChart sequential() {
        diverging = false;
        return this;
    }

    /** What the colours mean, with the unit; stands on the colour bar. */
    public GridChart colours(String title) {
        colourTitle = title;
        return this;
    }

    /** Writes each value into its cell. */
    public GridChart numbers() {
        numbers = true;
        return this;
    }

    /** A path over the surface, a dot at each point: the steps of gradient descent. */
    public GridChart path(String name, double[] xs, double[] ys) {
        sameLength(name, needed(name, xs).length, needed(name, ys).length);
        String colour = new String[] {Palette.VERMILION, Palette.BLACK, Palette.GREEN, Palette.PURPLE}[paths.size() % 4];
        ObjectNode path = PlotlyJson.of(ScatterTrace.builder(xs, ys).name("").mode(ScatterTrace.Mode.LINE_AND_MARKERS).build());
        path.put("name", name);
        path.putObject("line").put("color", colour).put("width", 2.2);
        path.putObject("marker").put("color", colour).put("size", 6).putObject("line").put("color", "#ffffff").put("width", 1);
        paths.add(path);
        return this;
    }

    @Override List<ObjectNode> traces() {
        ObjectNode grid = PlotlyJson.of(contour ? ContourTrace.builder(x, y, z).build() : HeatmapTrace.builder(x, y, z).build());
        grid.put("name", "");
        if (!contour) {
            labels(grid.putArray("x"), x);
            labels(grid.putArray("y"), y);
        }
        grid.set("colorscale", diverging ? Palette.diverging() : Palette.sequential());
        if (diverging) {
            double most = Math.max(all().map(Math::abs).max().orElse(1), Double.MIN_NORMAL);
            grid.put("zmin", -most).put("zmax", most);
        }
        ObjectNode bar = grid.putObject("colorbar").put("thickness", 16).put("outlinewidth", 0).put("exponentformat", "power");
        bar.putObject("title").put("text", Text.plotly(colourTitle, 40)).put("side", "right");
        if (!paths.isEmpty()) {
            bar.put("len", 0.7).put("y", 0).put("yanchor", "bottom");
        }
        if (contour) {
            grid.put("ncontours", 24).putObject("line").put("width", 0.6).put("color", "#888888");
        } else {
            grid.put("xgap", 1).put("ygap", 1);
        }
        if (numbers) {
            ArrayNode text = grid.put("texttemplate", "%{text}").putArray("text");
            for (double[] row : z) {
                ArrayNode line = text.addArray();
                Arrays.stream(row).forEach(value -> line.add(Numbers.format(value, 3)));
            }
        }
        List<ObjectNode> traces = new ArrayList<>(List.of(grid));
        paths.forEach(path -> traces.add(path.deepCopy()));
        return traces;
    }

    private static void labels(ArrayNode array, Object[] labels) {
        for (Object label : labels) {
            if (label instanceof Number number) {
                array.add(PlotlyJson.number(number.doubleValue()));
            } else {
                array.add(Text.plotly(String.valueOf(label), 18));
            }
        }
    }

    @Override void style(ObjectNode layout) {
        for (String name : List.of("xaxis", "yaxis")) {
            ObjectNode axis = (ObjectNode) layout.get(name);
            axis.put("showgrid", false).put("zeroline", false);
            if (!contour) {
                Object[] labels = name.equals("xaxis") ? x : y;
                // As in a printed matrix, the first row stands on top.
                axis.put("type", labels[0] instanceof Number ? "linear" : "category").put("ticks", "");
                if (name.equals("yaxis") && !axis.has("range")) {
                    axis.put("autorange", "reversed");
                }
                if (labels[0] instanceof String && labels.length <= 40) {
                    axis.put("dtick", 1);
                }
            }
        }
        if (paths.size() == 1) {
            layout.put("showlegend", true);
        }
    }

    @Override String kind() {
        return contour ? "Contour chart" : "Heat map";
    }

    @Override String summary() {
        String range = "The colours show " + colourTitle + ", from " + Numbers.format(all().min().orElse(Double.NaN), 3) + " to "
                + Numbers.format(all().max().orElse(Double.NaN), 3) + ".";
        String names = String.join(", ", paths.stream().map(p -> p.get("name").asText()).toList());
        return paths.isEmpty() ? range : range + " Paths: " + names + ".";
    }
}
