package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What all charts share: a title, two axes with titles, a caption, marks on top of the data, and a look.
 *
 * <p>Every chart needs its three titles, because a figure must be readable without the text around it. Write units into the
 * axis titles. Texts may use {@code <sub> <sup> <b> <i> <br>}.
 *
 * @param <C> the kind of chart, so that calls can be chained
 */
public abstract class Chart<C extends Chart<C>> implements Graphic {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
    private static final int LEGEND_WIDTH = 22;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final List<ObjectNode> shapes = new ArrayList<>();
    private final List<Runnable> marks = new ArrayList<>();
    private final List<ObjectNode> notes = new ArrayList<>();
    private final ObjectNode xAxis = JSON.objectNode();
    private final ObjectNode yAxis = JSON.objectNode();
    private String caption = "";
    private int width = 760;
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

    /** Logarithmic x axis; values must be positive. */
    public C logX() {
        xLog = true;
        return self();
    }

    /** Logarithmic y axis; values must be positive. */
    public C logY() {
        yLog = true;
        return self();
    }

    /** Shows x from low to high instead of all data. */
    public C xRange(double low, double high) {
        range(xAxis, low, high);
        return self();
    }

    /** Shows y from low to high instead of all data. */
    public C yRange(double low, double high) {
        range(yAxis, low, high);
        return self();
    }

    private static void range(ObjectNode axis, double low, double high) {
        axis.putArray("range").add(low).add(high);
    }

    /** Size in pixels; 760 x 400 fits a notebook cell. */
    public C size(int width, int height) {
        this.width = width;
        this.height = height;
        return self();
    }

    /** A horizontal line at y, with its meaning in words. */
    public C hline(double y, String label) {
        line("x domain", 0, 1, "y", y, y, label).put("yanchor", "bottom");
        return self();
    }

    /** A vertical line at x, with its meaning in words. */
    public C vline(double x, String label) {
        line("x", x, x, "y domain", 0, 1, label).put("textangle", 0).put("xanchor", "left").put("yanchor", "top");
        return self();
    }

    private ObjectNode line(String xref, double x0, double x1, String yref, double y0, double y1, String label) {
        ObjectNode shape = JSON.objectNode().put("type", "line").put("xref", xref).put("yref", yref)
                .put("x0", x0).put("x1", x1).put("y0", y0).put("y1", y1);
        shape.putObject("line").put("color", Palette.SOFT).put("width", 1.5).put("dash", "dash");
        shapes.add(shape);
        ObjectNode words = shape.putObject("label").put("text", Text.plotly(label, 60)).put("textposition", "end");
        words.putObject("font").put("size", 12).put("color", Palette.SOFT);
        return words;
    }

    /** Words beside the point (x, y), with a short arrow to it. */
    public C note(double x, double y, String text) {
        marks.add(() -> mark(x, y, text).put("ax", 30).put("ay", -32));
        return self();
    }

    /** An arrow from (x0, y0) to (x1, y1) in the units of the axes, its label at the beginning; for a step of gradient descent. */
    public C arrow(double x0, double y0, double x1, double y1, String label) {
        marks.add(() -> mark(x1, y1, label).put("axref", "x").put("ayref", "y")
                .put("ax", xLog ? Math.log10(x0) : x0).put("ay", yLog ? Math.log10(y0) : y0));
        return self();
    }

    /** Plotly wants the logarithm of a mark's place on a logarithmic axis, and on no other. */
    private ObjectNode mark(double x, double y, String text) {
        ObjectNode note = JSON.objectNode().put("xref", "x").put("yref", "y")
                .put("x", xLog ? Math.log10(x) : x).put("y", yLog ? Math.log10(y) : y)
                .put("text", Text.plotly(text, 30)).put("showarrow", true).put("arrowhead", 2).put("arrowwidth", 1.5)
                .put("arrowcolor", Palette.INK).put("bgcolor", "rgba(255,255,255,0.85)").put("borderpad", 2);
        notes.add(note);
        return note;
    }

    /** The traces of this chart, each made by Tablesaw. */
    abstract List<ObjectNode> traces();

    /** What the data say, in words, for {@link #altText}. */
    abstract String summary();

    /** The kind of chart, in words. */
    abstract String kind();

    /** What this kind of chart adds to the layout. */
    void style(ObjectNode layout) {
    }

    boolean isLogX() {
        return xLog;
    }

    boolean isLogY() {
        return yLog;
    }

    @Override public final ObjectNode plotly() {
        return plotly(width);
    }

    /** The figure with its texts broken for another width. */
    final ObjectNode plotly(int width) {
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
            trace.put("name", Text.plotly(name, LEGEND_WIDTH)).put("showlegend", shown);
            data.add(trace);
        }
        figure.set("layout", layout(width, named > 1));
        return figure;
    }

    private ObjectNode layout(int width, boolean legend) {
        String heading = Text.plotly(title, width / 10);
        String sub = Text.plotly(caption, width / 7);
        int top = 28 + 22 * Text.lines(heading) + (sub.isEmpty() ? 0 : 6 + 17 * Text.lines(sub));
        ObjectNode layout = JSON.objectNode();
        layout.put("width", width).put("height", height + (sub.isEmpty() ? 0 : 17 * Text.lines(sub)));
        layout.put("paper_bgcolor", "#ffffff").put("plot_bgcolor", "#ffffff").put("hovermode", "closest").put("showlegend", legend);
        layout.putObject("font").put("family", FONT).put("size", 13).put("color", Palette.INK);
        layout.putObject("margin").put("l", 72).put("r", 24).put("t", top).put("b", 58);
        ObjectNode head = layout.putObject("title").put("text", heading).put("xref", "paper").put("x", 0).put("xanchor", "left")
                .put("yref", "container").put("y", 1 - 14.0 / layout.get("height").asInt()).put("yanchor", "top");
        head.putObject("font").put("size", 17);
        if (!sub.isEmpty()) {
            head.putObject("subtitle").put("text", sub).putObject("font").put("size", 13).put("color", Palette.SOFT);
        }
        layout.putObject("legend").put("x", 1.02).put("xanchor", "left").put("y", 1).put("yanchor", "top")
                .put("traceorder", "normal");
        layout.set("xaxis", axis(xTitle, xLog, xAxis));
        layout.set("yaxis", axis(yTitle, yLog, yAxis));
        layout.putArray("shapes").addAll(shapes.stream().map(ObjectNode::deepCopy).toList());
        notes.clear();
        marks.forEach(Runnable::run);
        layout.putArray("annotations").addAll(notes);
        style(layout);
        return layout;
    }

    private static ObjectNode axis(String title, boolean log, ObjectNode own) {
        ObjectNode axis = JSON.objectNode();
        axis.putObject("title").put("text", Text.plotly(title, 60)).put("standoff", 10);
        axis.put("automargin", true).put("gridcolor", Palette.GRID).put("zeroline", true).put("zerolinecolor", "#BBBBBB")
                .put("linecolor", "#999999").put("showline", true).put("ticks", "outside").put("tickcolor", "#999999");
        axis.setAll(own.deepCopy());
        if (log) {
            // Only powers of ten get a label: plotly.js would write a bare 2 and 5 between them.
            axis.put("type", "log").put("exponentformat", "power").put("dtick", 1);
            if (axis.get("range") instanceof ArrayNode range) {
                range(axis, Math.log10(range.get(0).asDouble()), Math.log10(range.get(1).asDouble()));
            }
        }
        return axis;
    }

    @Override public final String altText() {
        String lead = caption.isEmpty() ? "" : Text.plain(caption) + " ";
        return lead + kind() + " \"" + Text.plain(title) + "\": " + Text.plain(yTitle) + " over " + Text.plain(xTitle) + ". "
                + Text.plain(summary());
    }

    @Override public String toString() {
        return altText();
    }

    // ---- checks and small tools for the kinds of charts

    static void sameLength(String name, int xs, int ys) {
        if (xs != ys) {
            throw new IllegalArgumentException("The series \"" + name + "\" has " + xs + " x values but " + ys + " y values.");
        }
    }

    static double[] needed(String name, double[] values) {
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException("The series \"" + name + "\" has no values.");
        }
        return values.clone();
    }

    static double[] finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }
}
