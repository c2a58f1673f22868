package unrolled.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.traces.ScatterTrace;

/** Lines, points and bands over a common x axis. */
public final class LineChart extends Chart<LineChart> {
    private static final int SAMPLES = 200;

    private final List<Series> series = new ArrayList<>();
    private int first;

    /** One line or cloud of points; low and high are null but for a band. */
    private static final class Series {
        final String name;
        final double[] x;
        final double[] y;
        double[] low;
        double[] high;
        String mode = "lines";
        String dash = "solid";
        String colour;

        Series(String name, double[] x, double[] y) {
            this.name = name;
            this.x = x;
            this.y = y;
        }
    }

    LineChart(String title, String xTitle, String yTitle) {
        super(title, xTitle, yTitle);
    }

    /** Series added without x values begin at this x (0 unless told): 1 for "epoch 1, 2, 3 ...". */
    public LineChart startAt(int x) {
        first = x;
        return this;
    }

    /** A line through (first, ys[0]), (first + 1, ys[1]) ... */
    public LineChart add(String name, double[] ys) {
        double[] y = needed(name, ys);
        return add(name, IntStream.range(0, y.length).mapToDouble(i -> first + i).toArray(), y);
    }

    /** A line through the points (xs[i], ys[i]); NaN makes a gap. */
    public LineChart add(String name, double[] xs, double[] ys) {
        sameLength(name, needed(name, xs).length, needed(name, ys).length);
        return with(new Series(name, xs.clone(), ys.clone()));
    }

    /** The curve of a function between two x values. */
    public LineChart add(String name, DoubleUnaryOperator f, double from, double to) {
        double[] xs = IntStream.rangeClosed(0, SAMPLES).mapToDouble(i -> isLogX()
                ? from * Math.pow(to / from, i / (double) SAMPLES) : from + (to - from) * i / SAMPLES).toArray();
        return add(name, xs, Arrays.stream(xs).map(f).toArray());
    }

    /** Points without a line. */
    public LineChart points(String name, double[] xs, double[] ys) {
        add(name, xs, ys);
        last().mode = "markers";
        return this;
    }

    /** The area between low and high, for instance the range over seeds; drawn in the colour of the line of that name, if there is one. */
    public LineChart band(String name, double[] xs, double[] low, double[] high) {
        sameLength(name, needed(name, xs).length, needed(name, low).length);
        sameLength(name, xs.length, needed(name, high).length);
        Series band = new Series(name, xs.clone(), low.clone());
        band.low = low.clone();
        band.high = high.clone();
        return with(band);
    }

    /** Puts a marker at each point of the series added last. */
    public LineChart marker() {
        last().mode = "lines+markers";
        return this;
    }

    /** Draws the series added last with dashes. */
    public LineChart dashed() {
        last().dash = "dash";
        return this;
    }

    /** Draws the series added last in this colour (see {@link Palette}). */
    public LineChart colour(String colour) {
        last().colour = colour;
        return this;
    }

    private LineChart with(Series s) {
        series.add(s);
        return this;
    }

    private Series last() {
        if (series.isEmpty()) {
            throw new IllegalStateException("Add a series first: add(name, values).marker().");
        }
        return series.get(series.size() - 1);
    }

    @Override List<ObjectNode> traces() {
        List<String> names = series.stream().map(s -> s.name).distinct().toList();
        List<ObjectNode> traces = new ArrayList<>();
        // Bands lie under the lines.
        series.stream().filter(s -> s.low != null).forEach(s -> addBand(traces, s, colour(s, names)));
        series.stream().filter(s -> s.low == null).forEach(s -> traces.add(line(s, colour(s, names))));
        return traces;
    }

    private String colour(Series s, List<String> names) {
        return series.stream().filter(each -> each.name.equals(s.name) && each.colour != null).map(each -> each.colour).findFirst()
                .orElse(Palette.series(names.indexOf(s.name)));
    }

    private static ObjectNode line(Series s, String colour) {
        ObjectNode trace = PlotlyJson.of(ScatterTrace.builder(s.x, s.y).name("").mode(ScatterTrace.Mode.LINE).build());
        trace.put("name", s.name).put("mode", s.mode);
        trace.putObject("line").put("color", colour).put("width", 2.2).put("dash", s.dash);
        trace.putObject("marker").put("color", colour).put("size", 7);
        return trace;
    }

    private void addBand(List<ObjectNode> traces, Series s, String colour) {
        boolean hasLine = series.stream().anyMatch(each -> each.low == null && each.name.equals(s.name));
        ObjectNode upper = PlotlyJson.of(ScatterTrace.builder(s.x, s.high).name("").mode(ScatterTrace.Mode.LINE).build());
        ObjectNode lower = PlotlyJson.of(ScatterTrace.builder(s.x, s.low).name("").mode(ScatterTrace.Mode.LINE)
                .fill(ScatterTrace.Fill.TO_NEXT_Y).fillColor(Palette.transparent(colour, 0.2)).build());
        for (ObjectNode edge : List.of(upper, lower)) {
            edge.put("hoverinfo", "skip").put("showlegend", edge == lower && !hasLine).put("name", s.name);
            edge.putObject("line").put("width", 0).put("color", colour);
            traces.add(edge);
        }
    }

    @Override String kind() {
        return series.stream().allMatch(s -> s.mode.equals("markers")) ? "Scatter chart" : "Line chart";
    }

    @Override String summary() {
        return series.stream().map(LineChart::describe).collect(Collectors.joining("; ", "", "."));
    }

    private static String describe(Series s) {
        if (s.low != null) {
            return s.name + ": a band";
        }
        double[] y = finite(s.y);
        if (y.length == 0) {
            return s.name + ": no finite value";
        }
        double low = Arrays.stream(y).min().getAsDouble();
        double high = Arrays.stream(y).max().getAsDouble();
        String range = "between " + Numbers.format(low, 3) + " and " + Numbers.format(high, 3);
        return s.name + ": " + (s.mode.equals("markers") ? y.length + " points " + range
                : "from " + Numbers.format(y[0], 3) + " to " + Numbers.format(y[y.length - 1], 3) + ", " + range);
    }
}
