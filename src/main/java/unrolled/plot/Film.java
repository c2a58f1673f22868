package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** One chart per moment, moved by a slider; Plotly animates in the browser, so no kernel is needed. */
final class Film implements Graphic {
    private final Map<String, Chart<?>> charts = new LinkedHashMap<>();

    Film(Map<String, ? extends Chart<?>> moments) {
        if (moments.isEmpty()) {
            throw new IllegalArgumentException("A film needs at least one chart.");
        }
        charts.putAll(moments);
    }

    @Override public ObjectNode plotly() {
        ObjectNode figure = null;
        ArrayNode frames = Chart.JSON.arrayNode();
        ArrayNode steps = Chart.JSON.arrayNode();
        double[][] bounds = {{Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}};
        for (Map.Entry<String, Chart<?>> moment : charts.entrySet()) {
            ObjectNode each = moment.getValue().plotly();
            if (figure == null) {
                figure = each;
            } else if (each.get("data").size() != figure.get("data").size()) {
                throw new IllegalArgumentException("In a film every chart must have the same series: the first has "
                        + figure.get("data").size() + ", \"" + moment.getKey() + "\" has " + each.get("data").size() + ".");
            }
            String name = Text.plotly(moment.getKey(), 60);
            ObjectNode frame = frames.addObject().put("name", name);
            frame.set("data", each.get("data").deepCopy());
            ObjectNode layout = frame.putObject("layout");
            for (String key : new String[] {"title", "annotations", "shapes"}) {
                layout.set(key, each.at("/layout/" + key).deepCopy());
            }
            ObjectNode step = steps.addObject().put("label", name).put("method", "animate");
            step.putArray("args").add(Chart.JSON.arrayNode().add(name)).add(now());
            each.get("data").forEach(trace -> {
                widen(bounds[0], trace.get("x"));
                widen(bounds[1], trace.get("y"));
            });
        }
        fix(figure.at("/layout/xaxis"), bounds[0]);
        fix(figure.at("/layout/yaxis"), bounds[1]);
        controls((ObjectNode) figure.get("layout"), steps);
        figure.set("frames", frames);
        return figure;
    }

    private static ObjectNode now() {
        ObjectNode options = Chart.JSON.objectNode().put("mode", "immediate");
        options.putObject("frame").put("duration", 0).put("redraw", true);
        options.putObject("transition").put("duration", 0);
        return options;
    }

    private static void controls(ObjectNode layout, ArrayNode steps) {
        ObjectNode slider = layout.putArray("sliders").addObject().put("active", 0)
                .put("x", 0.12).put("len", 0.88).put("y", 0).put("yanchor", "top");
        slider.putObject("pad").put("t", 64).put("b", 6);
        slider.putObject("currentvalue").put("visible", false);
        slider.set("steps", steps);
        ObjectNode menu = layout.putArray("updatemenus").addObject().put("type", "buttons").put("direction", "left")
                .put("showactive", false).put("x", 0).put("xanchor", "left").put("y", 0).put("yanchor", "top");
        menu.putObject("pad").put("t", 66);
        ObjectNode play = now();
        play.put("fromcurrent", true).putObject("frame").put("duration", 600).put("redraw", true);
        ArrayNode buttons = menu.putArray("buttons");
        buttons.addObject().put("label", "▶").put("method", "animate").putArray("args").addNull().add(play);
        ArrayNode all = Chart.JSON.arrayNode().addNull();
        buttons.addObject().put("label", "❚❚").put("method", "animate").putArray("args").add(all).add(now());
        layout.put("height", layout.get("height").asInt() + 70);
        ((ObjectNode) layout.get("margin")).put("b", 128);
    }

    private static void widen(double[] bound, JsonNode values) {
        if (values != null) {
            for (JsonNode value : values) {
                if (value.isNumber()) {
                    bound[0] = Math.min(bound[0], value.asDouble());
                    bound[1] = Math.max(bound[1], value.asDouble());
                }
            }
        }
    }

    /** Fixed axes, so that what moves is the data. */
    private static void fix(JsonNode axis, double[] bound) {
        boolean own = axis.has("range") || axis.path("autorange").asText().equals("reversed")
                || axis.path("type").asText().equals("category");
        if (own || bound[0] > bound[1]) {
            return;
        }
        boolean log = axis.path("type").asText().equals("log");
        double low = log ? Math.log10(bound[0]) : bound[0];
        double high = log ? Math.log10(bound[1]) : bound[1];
        double pad = high > low ? 0.05 * (high - low) : 0.5;
        ((ObjectNode) axis).putArray("range").add(low - pad).add(high + pad);
    }

    @Override public String altText() {
        return "A film of " + charts.size() + " pictures (" + String.join(", ", charts.keySet()) + "). The first: "
                + charts.values().iterator().next().altText();
    }

    @Override public String toString() {
        return altText();
    }
}
