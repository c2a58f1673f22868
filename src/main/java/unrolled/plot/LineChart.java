package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
        String dash;
        String colour;
        double jitterX;
        double jitterY;

        Series(String name, double[] x, double[] y) {
            this.name = name(name);
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
        if (f == null || !Values.canDraw(from) || !Values.canDraw(to)) {
            throw new IllegalArgumentException("The curve \"" + name(name) + "\" needs a function and two finite ends, not "
                    + (f == null ? "null" : Numbers.format(from) + " and " + Numbers.format(to)) + ".");
        }
        double[] xs = IntStream.rangeClosed(0, SAMPLES).mapToDouble(i -> isLogX() && from > 0 && to > 0
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

    /** Draws the series added last with dashes, and all others without; otherwise each line has dashes of its own, so that it is known in grey. */
    public LineChart dashed() {
        last().dash = "dash";
        return this;
    }

    /** Draws the series added last in this colour (see {@link Palette}). */
    public LineChart colour(String colour) {
        last().colour = colour;
        return this;
    }

    /**
     * Moves each point of the series added last by up to dx and dy to either side, always the same way, so that equal points lie
     * beside each other: {@code points(name, values, rows).jitter(0, 0.2)} is a strip. The mouse shows the true values.
     */
    public LineChart jitter(double dx, double dy) {
        if (!(dx >= 0 && dy >= 0 && Values.canDraw(dx) && Values.canDraw(dy))) {
            throw new IllegalArgumentException("jitter(" + Numbers.format(dx) + ", " + Numbers.format(dy) + "): both must be 0 or larger.");
        }
        last().jitterX = dx;
        last().jitterY = dy;
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
        series.stream().filter(s -> s.low == null).forEach(s -> traces.add(line(s, colour(s, names), names.indexOf(s.name))));
        return traces;
    }

    private String colour(Series s, List<String> names) {
        return series.stream().filter(each -> each.name.equals(s.name) && each.colour != null).map(each -> each.colour).findFirst()
                .orElse(Palette.series(names.indexOf(s.name)));
    }

    private ObjectNode line(Series s, String colour, int number) {
        double[] x = jittered(s.x, s.jitterX, isLogX());
        double[] y = jittered(s.y, s.jitterY, isLogY());
        ObjectNode trace = PlotlyJson.of(ScatterTrace.builder(x, y).name("").mode(ScatterTrace.Mode.LINE).build());
        trace.put("name", s.name).put("mode", s.mode);
        trace.putObject("line").put("color", colour).put("width", 2.2).put("dash", dash(s, number));
        trace.putObject("marker").put("color", colour).put("size", 7).put("symbol", Palette.symbol(number));
        if (s.jitterX > 0 || s.jitterY > 0) {
            ArrayNode text = trace.put("hoverinfo", "text").putArray("text");
            for (int i = 0; i < s.x.length; i++) {
                text.add("(" + Numbers.format(s.x[i], 15) + ", " + Numbers.format(s.y[i], 15) + ")");
            }
        }
        if (s.mode.equals("lines")) {
            Look.markLonely(trace);
        }
        return trace;
    }

    /** What a logarithmic axis does not have becomes a gap: Plotly would draw a line towards it, down to the edge. */
    private static double[] jittered(double[] values, double most, boolean log) {
        double[] out = values.clone();
        SplittableRandom random = new SplittableRandom(values.length);
        for (int i = 0; i < out.length; i++) {
            out[i] += most > 0 ? random.nextDouble(-most, most) : 0;
            out[i] = log && out[i] <= 0 ? Double.NaN : out[i];
        }
        return out;
    }

    private String dash(Series s, int number) {
        boolean own = series.stream().anyMatch(each -> each.dash != null);
        return s.dash != null ? s.dash : own || s.mode.equals("markers") ? "solid" : Palette.dash(number);
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

    @Override boolean widensEqual() {
        return true;
    }

    @Override List<String> leftOut() {
        return series.stream().map(s -> {
            LeftOut out = new LeftOut(s.name, "points");
            for (int i = 0; i < s.x.length; i++) {
                out.see(s.x[i], isLogX(), s.y[i], isLogY());
                if (s.high != null) {
                    out.see(s.x[i], isLogX(), s.high[i], isLogY());
                }
            }
            return out.sentence();
        }).filter(sentence -> !sentence.isEmpty()).distinct().toList();
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
        String[] texts = Numbers.distinct(3, low, high, y[0], y[y.length - 1]);
        String range = low == high ? "all " + texts[0] : texts[0].equals(texts[1]) ? "all near " + texts[0] : "between " + texts[0] + " and " + texts[1];
        return s.name + ": " + (s.mode.equals("markers") ? y.length + " points " + range
                : "from " + texts[2] + " to " + texts[3] + ", " + range);
    }
}
