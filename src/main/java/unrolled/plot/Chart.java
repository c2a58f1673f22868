package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all charts share: a title, two axes with titles, a caption, marks on top of the data, and a look.
 *
 * <p>Every chart needs its three titles, because a figure must be readable without the text around it. Write units into the
 * axis titles. Texts may use {@code <sub> <sup> <b> <i> <br>}. A figure follows the width of its cell; its legend stands below it.
 * What cannot be drawn (NaN, infinities, numbers without a logarithm) is counted in a note under the title.
 *
 * @param <C> the kind of chart, so that calls can be chained
 */
public abstract class Chart<C extends Chart<C>> implements Graphic {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LEGEND_WIDTH = 40;
    private static final int SMALL = 600;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final Marks marks = new Marks();
    private final ObjectNode xAxis = JSON.objectNode();
    private final ObjectNode yAxis = JSON.objectNode();
    private String caption = "";
    private int width;
    private int height = 400;
    private boolean xLog;
    private boolean yLog;

    Chart(String title, String xTitle, String yTitle) {
        this.title = needed("a title", title);
        this.xTitle = needed("a title of the x axis", xTitle);
        this.yTitle = needed("a title of the y axis", yTitle);
    }

    private static String needed(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("A chart needs " + what + ": (title, x title with unit, y title with unit).");
        }
        return text;
    }

    @SuppressWarnings("unchecked")
    final C self() {
        return (C) this;
    }

    /** A sentence under the title: what to look for. It is also the beginning of the alternative text. */
    public C caption(String text) {
        caption = text == null ? "" : text;
        return self();
    }

    /** Logarithmic x axis; a note in the figure counts the values that are not above 0. */
    public C logX() {
        xLog = true;
        return self();
    }

    /** Logarithmic y axis; a note in the figure counts the values that are not above 0. */
    public C logY() {
        yLog = true;
        return self();
    }

    /** Shows x from low to high instead of all data. */
    public C xRange(double low, double high) {
        range("xRange", xAxis, low, high);
        return self();
    }

    /** Shows y from low to high instead of all data. */
    public C yRange(double low, double high) {
        range("yRange", yAxis, low, high);
        return self();
    }

    private static void range(String call, ObjectNode axis, double low, double high) {
        if (!Values.canDraw(low) || !Values.canDraw(high) || low == high) {
            throw new IllegalArgumentException(call + "(" + Numbers.format(low) + ", " + Numbers.format(high)
                    + "): needs two different finite numbers.");
        }
        axis.putArray("range").add(low).add(high);
    }

    /** Turns the labels along the x axis by 45 degrees, for long names that would run into each other. */
    public C turnLabels() {
        xAxis.put("tickangle", -45);
        return self();
    }

    /**
     * Height in pixels, and the width for a small figure. A figure wider than 600 pixels follows the width of its cell instead, since
     * on a narrow screen it would be cut off.
     */
    public C size(int width, int height) {
        if (width < 100 || height < 100) {
            throw new IllegalArgumentException("size(" + width + ", " + height + "): a figure needs at least 100 pixels each way.");
        }
        this.width = width <= SMALL ? width : 0;
        this.height = height;
        return self();
    }

    /** A horizontal line at y, with its meaning in words. */
    public C hline(double y, String label) {
        marks.line(true, y, label);
        return self();
    }

    /** A vertical line at x, with its meaning in words, which stand above the plot. */
    public C vline(double x, String label) {
        marks.line(false, x, label);
        return self();
    }

    /** Words beside the point (x, y), where nothing is drawn, with a short arrow to it. */
    public C note(double x, double y, String text) {
        marks.note(x, y, text);
        return self();
    }

    /** An arrow from (x0, y0) to (x1, y1) in the units of the axes, its label at the beginning; for a step of gradient descent. */
    public C arrow(double x0, double y0, double x1, double y1, String label) {
        marks.arrow(x0, y0, x1, y1, label);
        return self();
    }

    /** The traces of this chart, each made by Tablesaw. */
    abstract List<ObjectNode> traces();

    /** What the data say, in words, for {@link #altText}. */
    abstract String summary();

    /** The kind of chart, in words. */
    abstract String kind();

    /** What this kind of chart adds to the layout of a figure of this width. */
    void style(ObjectNode layout, int width) {
    }

    /** Whether values that are all equal get an axis to both sides of them. */
    boolean widensEqual() {
        return false;
    }

    boolean isLogX() {
        return xLog;
    }

    boolean isLogY() {
        return yLog;
    }

    /** What cannot be drawn, a sentence for each series that has such values. */
    abstract List<String> leftOut();

    @Override public final ObjectNode plotly() {
        ObjectNode figure = plotly(width > 0 ? width : Look.CELL);
        ((ObjectNode) figure.get("layout")).putObject("meta").set("narrow", plotly(Look.NARROW).get("layout"));
        return figure;
    }

    /** The figure with its words placed for this width or a larger one. */
    final ObjectNode plotly(int width) {
        return plotly(width, null, null);
    }

    /** The same with the given ends of the axes, unless the chart has been told its own. */
    final ObjectNode plotly(int width, double[] xEnds, double[] yEnds) {
        List<ObjectNode> traces = traces();
        if (traces.isEmpty()) {
            throw new IllegalStateException("The chart \"" + Text.plain(title) + "\" has no data yet: call add(name, values) first.");
        }
        ObjectNode figure = JSON.objectNode();
        ArrayNode data = figure.putArray("data");
        int named = 0;
        for (ObjectNode trace : traces) {
            String name = trace.path("name").asText("");
            boolean shown = !name.isEmpty() && trace.path("showlegend").asBoolean(true);
            named += shown ? 1 : 0;
            trace.put("name", Text.plotly(name, Math.min(LEGEND_WIDTH, (width - 80) / 7))).put("showlegend", shown);
            data.add(trace);
        }
        figure.set("layout", layout(width, traces, named > 1, xEnds, yEnds));
        return figure;
    }

    private ObjectNode layout(int width, List<ObjectNode> traces, boolean legend, double[] xEnds, double[] yEnds) {
        ObjectNode layout = JSON.objectNode();
        Look.apply(layout);
        if (this.width > 0 && width == this.width) {
            layout.put("width", width);
        }
        int top = Look.title(layout, title, caption, leftOut(), width, height);
        layout.set("xaxis", axis("x", xTitle, xLog, ends(xAxis, xEnds), traces, width));
        // The title of the y axis may be as long as the axis and what lies below it: above it stand other words.
        layout.set("yaxis", axis("y", yTitle, yLog, ends(yAxis, yEnds), traces, layout.get("height").asInt() - top));
        style(layout, width);
        Room room = new Room(traces, layout.get("xaxis"), layout.get("yaxis"), Math.max(80, width - 110), Math.max(60, height - top - 70));
        int above = marks.draw(layout, room, xLog, yLog);
        layout.putObject("margin").put("l", 64).put("r", 28).put("t", top + above).put("b", 52);
        boolean inLegend = layout.get("shapes").findValues("showlegend").size() > 0;
        layout.put("height", layout.get("height").asInt() + Look.legendHeight(traces, width));
        layout.put("showlegend", legend || inLegend || layout.path("showlegend").asBoolean());
        return layout;
    }

    private static ObjectNode ends(ObjectNode axis, double[] ends) {
        if (ends == null || axis.has("range")) {
            return axis;
        }
        ObjectNode fixed = axis.deepCopy();
        fixed.putArray("range").add(ends[0]).add(ends[1]);
        return fixed;
    }

    private ObjectNode axis(String key, String title, boolean log, ObjectNode own, List<ObjectNode> traces, int length) {
        boolean equal = widensEqual() && !marks.has(key.equals("y"));
        ObjectNode axis = JSON.objectNode();
        axis.putObject("title").put("text", Text.plotly(title, (length - 60) / 7)).put("standoff", 10);
        axis.put("automargin", true).put("gridcolor", Palette.GRID).put("zeroline", true).put("zerolinecolor", "#BBBBBB")
                .put("linecolor", "#999999").put("showline", true).put("ticks", "outside").put("tickcolor", "#999999");
        double[] extent = Look.extent(traces, key, log);
        axis.setAll(own.deepCopy());
        if (log) {
            logarithmic(axis, key, extent);
        } else {
            axis.put("type", "linear");
            Look.ticks(axis, Math.max(Math.abs(extent[0]), Math.abs(extent[1])));
            if (equal && extent[0] == extent[1] && !axis.has("range")) {
                // Plotly would show one to each side, where 1e-9 looks like 0 and a large number has no neighbours.
                double pad = extent[0] == 0 ? 1 : Math.abs(extent[0]) / 2;
                axis.putArray("range").add(extent[0] - pad).add(extent[0] + pad);
            }
        }
        return axis;
    }

    /** Plotly wants logarithms as the range. Powers of ten get a label; where there are not two of them, plotly.js chooses. */
    private static void logarithmic(ObjectNode axis, String key, double[] extent) {
        axis.put("type", "log").put("exponentformat", "power");
        double low = extent[0];
        double high = extent[1];
        if (axis.get("range") instanceof ArrayNode range) {
            low = range.get(0).asDouble();
            high = range.get(1).asDouble();
            if (!(low > 0 && high > 0)) {
                throw new IllegalArgumentException(key + "Range(" + Numbers.format(low) + ", " + Numbers.format(high)
                        + ") on a logarithmic axis: both ends must be above 0.");
            }
            axis.putArray("range").add(Math.log10(low)).add(Math.log10(high));
        }
        if (high / low >= 100) {
            axis.put("dtick", Math.max(1, Math.ceil(Math.log10(high / low) / 8)));
        } else {
            axis.put("minexponent", 4).put("nticks", 6);
        }
    }

    @Override public final String altText() {
        String lead = caption.isEmpty() ? "" : Text.plain(caption) + " ";
        return lead + kind() + " \"" + Text.plain(title) + "\": " + Text.plain(yTitle) + " over " + Text.plain(xTitle) + ". "
                + Text.plain(summary()) + leftOut().stream().map(note -> " " + Text.plain(note)).collect(Collectors.joining());
    }

    @Override public String toString() {
        return altText();
    }

    // ---- checks and small tools for the kinds of charts

    static void sameLength(String name, int xs, int ys) {
        sameLength(name, "x values", xs, "y values", ys);
    }

    static void sameLength(String name, String what, int first, String others, int second) {
        if (first != second) {
            throw new IllegalArgumentException("The series \"" + name + "\" has " + first + " " + what + " but " + second + " " + others + ".");
        }
    }

    static double[] needed(String name, double[] values) {
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException("The series \"" + name(name) + "\" has no values" + (values == null ? ": they are null." : "."));
        }
        return values.clone();
    }

    static String name(String name) {
        if (name == null) {
            throw new IllegalArgumentException("A series needs a name, not null; \"\" if it shall have no entry in the legend.");
        }
        return name;
    }

    static double[] finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }
}
