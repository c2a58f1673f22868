package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.traces.Trace;
import unrolled.plot.Values.Kind;

/**
 * A figure that a learner made with Tablesaw itself, as today's Plotly draws it: names stay names and numbers numbers, what cannot
 * be drawn is counted in a note, and it follows the width of its cell.
 */
final class TablesawFigure implements Graphic {
    private static final int HEIGHT = 400;

    private final List<ObjectNode> traces = new ArrayList<>();
    private final ObjectNode layout;
    private final List<String> leftOut = new ArrayList<>();
    private final String title;

    TablesawFigure(Figure figure) {
        layout = PlotlyJson.of(figure.getLayout());
        title = layout.at("/title/text").asText("");
        List<TraceData> data = new ArrayList<>();
        for (Trace trace : figure.getTraces()) {
            ObjectNode json = PlotlyJson.parse(trace.asJavascript(traces.size()));
            data.add(new TraceData(trace, json));
            if (json.path("type").asText().equals("scatter") && json.path("mode").asText().equals("lines")) {
                Look.markLonely(json);
            }
            traces.add(json);
        }
        Map<String, Kind> axes = new TreeMap<>();
        for (int i = 0; i < traces.size(); i++) {
            for (String letter : List.of("x", "y")) {
                kind(axes, axis(traces.get(i), letter), data.get(i).kind(letter));
            }
        }
        axes.forEach(this::axis);
        for (int i = 0; i < traces.size(); i++) {
            String note = data.get(i).leftOut(isLog(axis(traces.get(i), "x")), isLog(axis(traces.get(i), "y")));
            if (!note.isEmpty()) {
                leftOut.add(note);
            }
        }
        if (traces.isEmpty()) {
            leftOut.add("This figure has no series.");
        }
        looks();
        texts();
    }

    /** "y2" of a trace is the axis "yaxis2". */
    private static String axis(JsonNode trace, String letter) {
        String named = trace.path(letter + "axis").asText("");
        return letter + "axis" + (named.isEmpty() ? "" : named.substring(1));
    }

    private boolean isLog(String axis) {
        return layout.at("/" + axis + "/type").asText().equals("log");
    }

    /** Series on one axis must be of one kind: Plotly would quietly turn the numbers of one into names, or drop the names of the other. */
    private static void kind(Map<String, Kind> axes, String axis, Kind kind) {
        Kind before = axes.get(axis);
        if (kind == null || kind == Kind.NOTHING) {
            return;
        }
        if (before != null && before != kind) {
            throw new IllegalArgumentException("Two series of this figure do not fit on one " + axis.charAt(0) + " axis: one has " + words(before)
                    + ", the other has " + words(kind) + ". Draw them in two figures, or turn one column into the kind of the other.");
        }
        axes.put(axis, kind);
    }

    private static String words(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void axis(String name, Kind kind) {
        ObjectNode axis = layout.get(name) instanceof ObjectNode found ? found : layout.putObject(name);
        String type = axis.path("type").asText("");
        if (type.equals("log") && kind != Kind.NUMBERS) {
            throw new IllegalArgumentException("The " + name.charAt(0) + " axis is logarithmic, but its values are " + words(kind)
                    + ": give it numbers, or the type DEFAULT.");
        }
        if (type.isEmpty() || type.equals("-")) {
            axis.put("type", kind == Kind.NUMBERS ? "linear" : kind == Kind.NAMES ? "category" : "date");
        }
        if (kind == Kind.TIMES && !axis.has("tickformat")) {
            axis.put("tickformat", "%H:%M:%S").put("hoverformat", "%H:%M:%S");
        }
        if (kind == Kind.NUMBERS && !axis.has("exponentformat")) {
            double[] extent = Look.extent(traces, name.substring(0, 1), type.equals("log"));
            Look.ticks(axis, Math.max(Math.abs(extent[0]), Math.abs(extent[1])));
        }
        if (axis.has("tickvals")) {
            axis.put("tickmode", "array"); // Tablesaw says linear, and Plotly then ignores the ticks
            escape(axis.get("ticktext"));
        }
        axis.put("automargin", true);
        if (axis.at("/title/text").asText("").isEmpty()) {
            axis.remove("title");
        } else {
            ((ObjectNode) axis.get("title")).put("standoff", 10);
        }
    }

    /** What the learner left open gets our colours, and dashes and markers that are known in grey. */
    private void looks() {
        for (int i = 0; i < traces.size(); i++) {
            ObjectNode trace = traces.get(i);
            String type = trace.path("type").asText();
            if (type.equals("scatter") && trace.path("mode").asText().contains("lines") && !trace.has("line")) {
                trace.putObject("line").put("dash", Palette.dash(i));
            }
            if (type.equals("scatter") && trace.path("mode").asText().contains("markers") && !trace.at("/marker/symbol").isTextual()) {
                trace.withObject("/marker").put("symbol", Palette.symbol(i));
            }
            if (List.of("heatmap", "contour", "histogram2d").contains(type) && !trace.has("colorscale")) {
                trace.set("colorscale", Palette.sequential());
            }
        }
        ArrayNode colours = layout.putArray("colorway");
        for (int i = 0; i < 8; i++) {
            colours.add(Palette.series(i));
        }
    }

    /** All words are shown as typed. Plotly would take what stands between < and > for a tag, and drop it. */
    private void texts() {
        for (ObjectNode trace : traces) {
            String name = trace.path("name").asText("");
            boolean missing = name.isEmpty() && traces.size() > 1 && trace.path("showlegend").asBoolean();
            trace.put("name", missing ? "(missing)" : Text.plotly(name, 40));
            escape(trace.get("text"));
        }
        layout.findParents("title").forEach(parent -> {
            if (parent.at("/title/text") instanceof TextNode words) {
                ((ObjectNode) parent.get("title")).put("text", Text.plotly(words.textValue(), 60));
            }
        });
    }

    private static void escape(JsonNode texts) {
        if (texts instanceof ArrayNode words) {
            for (int i = 0; i < words.size(); i++) {
                words.set(i, TextNode.valueOf(Text.escape(words.get(i).asText())));
            }
        }
    }

    @Override public ObjectNode plotly() {
        ObjectNode figure = Chart.JSON.objectNode();
        ArrayNode data = figure.putArray("data");
        traces.forEach(trace -> data.add(trace.deepCopy()));
        ObjectNode wide = layout(Look.CELL);
        wide.putObject("meta").set("narrow", layout(Look.NARROW));
        figure.set("layout", wide);
        return figure;
    }

    private ObjectNode layout(int width) {
        ObjectNode own = layout.deepCopy();
        JsonNode font = own.at("/title/font");
        Look.apply(own);
        int top = Look.title(own, title, "", leftOut, width, Math.min(own.path("height").asInt(HEIGHT), 600));
        if (font.isObject()) {
            ((ObjectNode) own.get("title")).set("font", font);
        }
        if (!own.has("margin")) {
            own.put("height", own.get("height").asInt() + Look.legendHeight(traces, width));
            own.putObject("margin").put("l", 60).put("r", 24).put("t", top).put("b", 50);
        }
        return own;
    }

    @Override public String altText() {
        List<String> names = traces.stream().map(trace -> trace.get("name").asText()).filter(name -> !name.isEmpty()).toList();
        return Text.plain("Figure" + (title.isEmpty() ? "" : " \"" + title + "\"") + (names.isEmpty() ? "" : " of " + String.join(", ", names))
                + (leftOut.isEmpty() ? "" : ". " + String.join(" ", leftOut)));
    }

    @Override public String toString() {
        return altText();
    }
}
