package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One chart per moment, moved by a slider; Plotly animates in the browser, so no kernel is needed. */
final class Film implements Graphic {
    private final Map<String, Chart<?>> charts = new LinkedHashMap<>();

    Film(Map<String, ? extends Chart<?>> moments) {
        if (moments == null || moments.isEmpty() || moments.containsValue(null)) {
            throw new IllegalArgumentException("A film needs at least one chart, and none of them null.");
        }
        charts.putAll(moments);
    }

    @Override public ObjectNode plotly() {
        Chart<?> first = charts.values().iterator().next();
        List<JsonNode> all = new ArrayList<>();
        charts.forEach((name, chart) -> {
            JsonNode data = chart.plotly(Look.NARROW).get("data");
            int series = all.isEmpty() ? data.size() : first.plotly(Look.NARROW).get("data").size();
            if (data.size() != series) {
                throw new IllegalArgumentException("In a film every chart must have the same series: the first has " + series + ", \"" + name
                        + "\" has " + data.size() + ".");
            }
            data.forEach(all::add);
        });
        double[] x = ends(all, "x", first.isLogX());
        double[] y = ends(all, "y", first.isLogY());
        ObjectNode figure = first.plotly(Look.NARROW, x, y);
        ArrayNode frames = figure.putArray("frames");
        ArrayNode steps = Chart.JSON.arrayNode();
        int top = 0;
        for (Map.Entry<String, Chart<?>> moment : charts.entrySet()) {
            ObjectNode each = moment.getValue().plotly(Look.NARROW, x, y);
            String name = Text.plotly(moment.getKey(), 60);
            ObjectNode frame = frames.addObject().put("name", name);
            frame.set("data", each.get("data"));
            ObjectNode moves = frame.putObject("layout");
            for (String key : new String[] {"title", "annotations", "shapes"}) {
                moves.set(key, each.at("/layout/" + key));
            }
            top = Math.max(top, each.at("/layout/margin/t").asInt());
            ObjectNode step = steps.addObject().put("label", name).put("method", "animate");
            step.putArray("args").add(Chart.JSON.arrayNode().add(name)).add(now());
        }
        ObjectNode layout = (ObjectNode) figure.get("layout");
        controls(layout, steps, top);
        ObjectNode narrow = layout.deepCopy();
        layout.putObject("meta").set("narrow", narrow); // its frames are for the narrowest anyway
        return figure;
    }

    /** Fixed axes, so that what moves is the data. Null for names, and where there are no numbers. */
    private static double[] ends(List<JsonNode> traces, String key, boolean log) {
        boolean bars = traces.stream().anyMatch(trace -> trace.path("type").asText().equals("bar"));
        boolean maps = traces.stream().anyMatch(trace -> trace.has("z"));
        double[] ends = Look.extent(traces, key, log);
        if (Double.isNaN(ends[0]) || maps) {
            return null;
        }
        double low = bars && !log ? Math.min(0, ends[0]) : ends[0];
        double high = bars && !log ? Math.max(0, ends[1]) : ends[1];
        if (log) {
            high = high > low ? high : high * 3;
            return new double[] {low / Math.pow(high / low, 0.05), high * Math.pow(high / low, 0.05)};
        }
        double pad = high > low ? 0.05 * (high - low) : low == 0 ? 1 : Math.abs(low) / 2;
        return new double[] {bars && low == 0 ? 0 : low - pad, high + pad};
    }

    private static ObjectNode now() {
        ObjectNode options = Chart.JSON.objectNode().put("mode", "immediate");
        options.putObject("frame").put("duration", 0).put("redraw", true);
        options.putObject("transition").put("duration", 0);
        return options;
    }

    private static void controls(ObjectNode layout, ArrayNode steps, int top) {
        ObjectNode slider = layout.putArray("sliders").addObject().put("active", 0)
                .put("x", 0).put("xanchor", "left").put("len", 1).put("y", 0).put("yanchor", "top");
        // The last label stands below the end of the slider, half of it beyond.
        int last = Text.width(steps.get(steps.size() - 1).get("label").asText());
        slider.putObject("pad").put("l", 96).put("r", Math.max(12, 4 * last - 20)).put("t", 64).put("b", 6);
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
        ObjectNode margin = (ObjectNode) layout.get("margin");
        layout.put("height", layout.get("height").asInt() + 76 + top - margin.get("t").asInt());
        margin.put("b", 128).put("t", top);
    }

    @Override public String altText() {
        return "A film of " + charts.size() + " pictures (" + String.join(", ", charts.keySet()) + "). The first: "
                + charts.values().iterator().next().altText();
    }

    @Override public String toString() {
        return altText();
    }
}
