package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private double[] ends;
    private String colourTitle = "value";

    /** z[i][j] belongs to y[i] and x[j]. */
    GridChart(boolean contour, String title, String xTitle, String yTitle, Object[] x, Object[] y, double[][] z) {
        super(title, xTitle, yTitle);
        if (x == null || y == null || z == null || x.length == 0 || y.length == 0) {
            throw new IllegalArgumentException("The chart \"" + Text.plain(title) + "\" needs x labels, y labels and values, none of them null or empty.");
        }
        if (z.length != y.length || Arrays.stream(z).anyMatch(row -> row == null || row.length != x.length)) {
            throw new IllegalArgumentException("The values must have shape [" + y.length + "," + x.length
                    + "]: a row for each y, a column for each x; they have [" + z.length + ","
                    + (z.length == 0 || z[0] == null ? 0 : z[0].length) + "]. Are they transposed?");
        }
        if (contour && (x.length < 2 || y.length < 2)) {
            throw new IllegalArgumentException("A contour chart needs at least two x and two y values, not " + x.length + " and " + y.length + ".");
        }
        this.contour = contour;
        this.x = x.clone();
        this.y = y.clone();
        this.z = Arrays.stream(z).map(double[]::clone).toArray(double[][]::new);
        this.diverging = !contour && all().anyMatch(v -> v < 0);
    }

    private DoubleStream all() {
        return Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Values::canDraw);
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

    /** The values of the palest and the darkest colour; a map that diverges goes from -most to most of the two. What lies beyond has the last colour. */
    public GridChart between(double low, double high) {
        if (!Values.canDraw(low) || !Values.canDraw(high) || low >= high) {
            throw new IllegalArgumentException("between(" + Numbers.format(low) + ", " + Numbers.format(high)
                    + "): needs two finite numbers, the smaller first.");
        }
        ends = new double[] {low, high};
        return this;
    }

    /** Gives maps that are compared the same colours for the same values: diverging if one of them is, from the least to the largest value of all. */
    static void sameColours(GridChart... maps) {
        double low = Arrays.stream(maps).flatMapToDouble(GridChart::all).min().orElse(0);
        double high = Arrays.stream(maps).flatMapToDouble(GridChart::all).max().orElse(1);
        boolean signed = Arrays.stream(maps).anyMatch(map -> map.diverging);
        for (GridChart map : maps) {
            map.diverging = signed;
            map.between(low, high > low ? high : low + Math.max(1, Math.abs(low)));
        }
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
        path.put("name", name(name));
        path.putObject("line").put("color", colour).put("width", 2.2).put("dash", Palette.dash(paths.size()));
        path.putObject("marker").put("color", colour).put("size", 6).put("symbol", Palette.symbol(paths.size())).putObject("line").put("color", "#ffffff").put("width", 1);
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
            double most = ends != null ? Math.max(Math.abs(ends[0]), Math.abs(ends[1])) : all().map(Math::abs).max().orElse(1);
            grid.put("zmin", -Math.max(most, Double.MIN_NORMAL)).put("zmax", Math.max(most, Double.MIN_NORMAL));
        } else if (ends != null) {
            grid.put("zmin", ends[0]).put("zmax", ends[1]);
        }
        ObjectNode bar = grid.putObject("colorbar").put("thickness", 16).put("outlinewidth", 0).put("exponentformat", "power");
        bar.putObject("title").put("text", Text.plotly(colourTitle, 14) + "<br>\u00A0").put("side", "top"); // beside the bar it would cover the numbers
        if (contour) {
            grid.put("ncontours", 24).putObject("line").put("width", 0.6).put("color", "#888888");
        } else {
            grid.put("xgap", 1).put("ygap", 1);
        }
        if (numbers) {
            ArrayNode text = grid.put("texttemplate", "%{text}").putArray("text");
            String[] all = Numbers.distinct(3, Arrays.stream(z).flatMapToDouble(Arrays::stream).toArray());
            for (int i = 0; i < z.length; i++) {
                ArrayNode line = text.addArray();
                for (int j = 0; j < x.length; j++) {
                    line.add(all[i * x.length + j]);
                }
            }
        }
        List<ObjectNode> traces = new ArrayList<>(List.of(grid));
        paths.forEach(path -> traces.add(path.deepCopy()));
        return traces;
    }

    private static void labels(ArrayNode array, Object[] labels) {
        Map<String, Integer> seen = new HashMap<>();
        for (Object label : labels) {
            if (label instanceof Number number) {
                array.add(Values.number(number.doubleValue()));
            } else {
                array.add(Text.unique(Text.plotly(String.valueOf(label), 18), seen));
            }
        }
    }

    @Override List<String> leftOut() {
        List<LeftOut> all = new ArrayList<>();
        LeftOut cells = new LeftOut("", "cells");
        Arrays.stream(z).flatMapToDouble(Arrays::stream).forEach(value -> cells.see(value, false));
        all.add(cells);
        paths.forEach(path -> {
            LeftOut points = new LeftOut(path.get("name").asText(), "points");
            for (int i = 0; i < path.get("x").size(); i++) {
                points.see(path.get("x").get(i).asDouble(Double.NaN), isLogX(), path.get("y").get(i).asDouble(Double.NaN), isLogY());
            }
            all.add(points);
        });
        return all.stream().map(LeftOut::sentence).filter(sentence -> !sentence.isEmpty()).toList();
    }

    @Override void style(ObjectNode layout, int width) {
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
                boolean steps = Arrays.stream(labels).allMatch(label -> label instanceof Double d && d == Math.rint(d));
                if (labels[0] instanceof String && labels.length <= 40) {
                    axis.put("dtick", 1);
                } else if (steps && labels.length <= 10) {
                    // No row 0.5; in a narrow plot only some of the columns have their number.
                    int room = name.equals("xaxis") ? Math.max(1, (width - 130) / 22) : labels.length;
                    axis.put("dtick", (labels.length + room - 1) / room);
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
        String[] least = Numbers.distinct(3, all().min().orElse(Double.NaN), all().max().orElse(Double.NaN));
        String range = "The colours show " + colourTitle + ", from " + least[0] + " to " + least[1] + ".";
        String names = String.join(", ", paths.stream().map(p -> p.get("name").asText()).toList());
        return paths.isEmpty() ? range : range + " Paths: " + names + ".";
    }
}
