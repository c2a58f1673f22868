package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all figures share. A figure is as wide as the cell it stands in, its legend lies below it (beside it, it would take the
 * width of the plot), and it stands on a light card, which reads the same in light and dark themes.
 */
final class Look {
    /** The width for which texts are broken: a notebook cell beside the file browser in a window of 1000 pixels. */
    static final int CELL = 560;
    /**
     * The width of a figure on a telephone, and in a small window beside the file browser. A page draws the figure there with
     * {@code figure.layout.meta.narrow} as its layout; JupyterLab does it by the extension in figures.js.
     */
    static final int NARROW = 330;
    static final String CARD = "#FBFBFA";
    private static final String FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
    private static final String ALERT = "#A33B00";
    private static final int LINE = 17;
    /** To the left of a title, and to its right, where the tools are. */
    private static final int SIDES = 12 + 28;

    private Look() {
    }

    /** Card, font, margins, a legend below. */
    static void apply(ObjectNode layout) {
        layout.remove("width");
        layout.put("autosize", true).put("paper_bgcolor", CARD).put("plot_bgcolor", CARD).put("hovermode", "closest");
        layout.putObject("font").put("family", FONT).put("size", 13).put("color", Palette.INK);
        layout.set("legend", legend());
        // Upright, in the right margin, the tools cover no title.
        layout.putObject("modebar").put("orientation", "v").put("bgcolor", "rgba(0,0,0,0)").putArray("remove").add("select2d").add("lasso2d")
                .add("zoomIn2d").add("zoomOut2d").add("autoScale2d");
    }

    /** A legend along the lower edge; it breaks into as many rows as it needs and takes their height from the plot. */
    static ObjectNode legend() {
        return Chart.JSON.objectNode().put("orientation", "h").put("x", 0).put("xanchor", "left").put("yref", "container").put("y", 0.01)
                .put("yanchor", "bottom").put("traceorder", "normal");
    }

    /** Title, caption and what is not drawn, above the plot; returns the height that they take. */
    static int title(ObjectNode layout, String title, String caption, List<String> leftOut, int width, int height) {
        String heading = Text.plotly(title, (width - SIDES) * 10 / 92);
        String sub = lines(caption, leftOut, (width - SIDES) * 10 / 69);
        int count = sub.isEmpty() ? 0 : Text.lines(sub);
        int top = 30 + 22 * Text.lines(heading) + (count == 0 ? 0 : 6 + LINE * count);
        int total = height + LINE * count;
        layout.put("height", total);
        ObjectNode head = layout.putObject("title").put("text", heading).put("xref", "container").put("x", 0).put("xanchor", "left")
                .put("yref", "container").put("y", 1 - (8.0 + 6 * Text.lines(heading)) / total).put("yanchor", "top");
        head.putObject("pad").put("l", 12);
        head.putObject("font").put("size", 17);
        if (count > 0) {
            head.putObject("subtitle").put("text", sub).putObject("font").put("size", 13).put("color", Palette.SOFT);
        }
        return top;
    }

    /** The caption, and each thing that is not drawn on a line of its own in another colour. */
    private static String lines(String caption, List<String> leftOut, int letters) {
        String notes = leftOut.stream().map(note -> Text.plotly(note, letters))
                .map(note -> "<span style=\"color:" + ALERT + "\">" + note.replace("<br>", "</span><br><span style=\"color:" + ALERT + "\">")
                        + "</span>").collect(Collectors.joining("<br>"));
        String words = Text.plotly(caption, letters);
        return words + (words.isEmpty() || notes.isEmpty() ? "" : "<br>") + notes;
    }

    /** How numbers stand on an axis: in full where they are short, with a power of ten where they are not; never 5k or 3μ. */
    static void ticks(ObjectNode axis, double largest) {
        axis.put("exponentformat", "power").put("minexponent", largest >= 1e-3 && largest < 1e7 ? 7 : 3).put("separatethousands", true);
    }

    /** The smallest and the largest number of the arrays under this key, on a logarithmic axis of those above 0; NaN if there is none. */
    static double[] extent(Iterable<? extends JsonNode> traces, String key, boolean log) {
        double[] extent = {Double.NaN, Double.NaN};
        traces.forEach(trace -> trace.path(key).forEach(value -> {
            double number = value.isNumber() ? value.doubleValue() : Double.NaN;
            if (number > 0 || !log && number <= 0) {
                extent[0] = Double.isNaN(extent[0]) ? number : Math.min(extent[0], number);
                extent[1] = Double.isNaN(extent[1]) ? number : Math.max(extent[1], number);
            }
        }));
        return extent;
    }

    /** A point of a line without a neighbour has no line that would show it, so it gets a marker. */
    static void markLonely(ObjectNode trace) {
        JsonNode x = trace.path("x");
        JsonNode y = trace.path("y");
        ArrayNode sizes = Chart.JSON.arrayNode();
        boolean found = false;
        for (int i = 0; i < x.size(); i++) {
            boolean lonely = drawn(x, y, i) && !drawn(x, y, i - 1) && !drawn(x, y, i + 1);
            sizes.add(lonely ? 7 : 0);
            found |= lonely;
        }
        if (found) {
            trace.put("mode", "lines+markers").withObject("/marker").put("opacity", 1).set("size", sizes);
        }
    }

    private static boolean drawn(JsonNode x, JsonNode y, int i) {
        return i >= 0 && i < x.size() && !x.get(i).isNull() && y.has(i) && !y.get(i).isNull();
    }

    /** The height of a legend below a plot of this width. */
    static int legendHeight(Iterable<? extends JsonNode> traces, int width) {
        int letters = 0;
        int entries = 0;
        for (JsonNode trace : traces) {
            if (trace.path("showlegend").asBoolean()) {
                letters = Math.max(letters, Text.width(trace.path("name").asText()));
                entries++;
            }
        }
        int perRow = Math.max(1, (width - 90) / (50 + 7 * letters));
        return entries < 2 ? 0 : 12 + 20 * ((entries + perRow - 1) / perRow);
    }
}
