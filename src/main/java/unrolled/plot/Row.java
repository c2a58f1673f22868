package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Charts side by side in one figure: each keeps its axes, the legend is common. */
final class Row implements Graphic {
    private static final double GAP = 0.13;
    /** Fits the cell of a JupyterLab window of 1280 pixels with its side bar open. */
    private static final int WIDTH = 840;
    private final List<Chart<?>> charts;

    Row(List<Chart<?>> charts) {
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("A row needs at least one chart.");
        }
        this.charts = charts;
    }

    @Override public ObjectNode plotly() {
        int count = charts.size();
        double width = (1 - GAP * (count - 1)) / count;
        ObjectNode figure = charts.get(0).plotly(WIDTH / count);
        ObjectNode layout = (ObjectNode) figure.get("layout");
        ArrayNode data = figure.putArray("data");
        ArrayNode shapes = layout.putArray("shapes");
        ArrayNode notes = layout.putArray("annotations");
        Set<String> names = new HashSet<>();
        int height = 0;
        int top = 0;
        for (int i = 0; i < count; i++) {
            ObjectNode each = charts.get(i).plotly(WIDTH / count);
            String number = i == 0 ? "" : String.valueOf(i + 1);
            double from = i * (width + GAP);
            double to = from + width;
            for (JsonNode trace : each.get("data")) {
                ((ObjectNode) trace).put("xaxis", "x" + number).put("yaxis", "y" + number);
                String name = trace.get("name").asText();
                boolean shown = trace.get("showlegend").asBoolean() && names.add(name);
                ((ObjectNode) trace).put("legendgroup", name).put("showlegend", shown);
                if (trace.get("colorbar") instanceof ObjectNode bar) {
                    bar.put("x", to + 0.005).put("xanchor", "left").put("thickness", 12).remove("title");
                }
                data.add(trace);
            }
            JsonNode own = each.get("layout");
            height = Math.max(height, own.get("height").asInt());
            top = Math.max(top, own.at("/margin/t").asInt());
            layout.set("xaxis" + number, place((ObjectNode) own.get("xaxis"), "y" + number).set("domain", domain(from, to)));
            layout.set("yaxis" + number, place((ObjectNode) own.get("yaxis"), "x" + number));
            own.get("shapes").forEach(shape -> shapes.add(refer((ObjectNode) shape, number)));
            own.get("annotations").forEach(note -> notes.add(refer((ObjectNode) note, number)));
            notes.add(heading(own.get("title"), from));
        }
        layout.remove("title");
        layout.put("showlegend", names.size() > 1);
        layout.put("width", WIDTH).put("height", height);
        ((ObjectNode) layout.get("margin")).put("t", top);
        for (JsonNode note : notes) {
            if (note.path("yref").asText().equals("paper")) {
                ((ObjectNode) note).put("yshift", top - 14);
            }
        }
        return figure;
    }

    private static ObjectNode place(ObjectNode axis, String anchor) {
        return axis.put("anchor", anchor);
    }

    private static ArrayNode domain(double from, double to) {
        return Chart.JSON.arrayNode().add(from).add(to);
    }

    /** "x", "x domain" -> "x2", "x2 domain". */
    private static ObjectNode refer(ObjectNode mark, String number) {
        for (String key : List.of("xref", "yref", "axref", "ayref")) {
            if (mark.get(key) != null) {
                mark.put(key, mark.get(key).asText().replaceFirst("^([xy])", "$1" + number));
            }
        }
        return mark;
    }

    /** Each chart's own title stands above it, with its caption. */
    private static ObjectNode heading(JsonNode title, double from) {
        String sub = title.at("/subtitle/text").asText("");
        String text = "<b>" + title.get("text").asText() + "</b>"
                + (sub.isEmpty() ? "" : "<br><span style=\"font-size:12px;color:" + Palette.SOFT + "\">" + sub + "</span>");
        return Chart.JSON.objectNode().put("text", text).put("showarrow", false).put("align", "left").put("xref", "paper")
                .put("x", from).put("xanchor", "left").put("yref", "paper").put("y", 1).put("yanchor", "top");
    }

    @Override public String altText() {
        return charts.stream().map(Chart::altText).collect(Collectors.joining(" Beside it: "));
    }

    @Override public String toString() {
        return altText();
    }
}
