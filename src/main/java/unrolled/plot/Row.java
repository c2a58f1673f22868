package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Charts side by side in one figure; on a telephone one below the other. Each keeps its axes. The legend is common where the charts
 * show the same names in the same look, otherwise each has its own.
 */
final class Row implements Graphic {
    /** What an axis takes beside its ticks' labels, without and with its title; and a scale of colours. In pixels. */
    private static final int PLAIN = 24;
    private static final int TITLED = 52;
    private static final int SCALE = 60;
    private static final int ENTRY = 20;
    private static final int AXIS = 62;
    private static final int LEFT = 64;
    private static final int RIGHT = 28;

    private final List<Chart<?>> charts;

    /** A chart in the figure: where it lies (in shares of the plot area), and the height of its heading. */
    private record Panel(int index, ObjectNode figure, int heading, int entries) {
        String number() {
            return index == 0 ? "" : String.valueOf(index + 1);
        }

        JsonNode layout() {
            return figure.get("layout");
        }

        /** The height of its own legend, with a gap below. */
        int legend() {
            return ENTRY * entries + 12;
        }
    }

    Row(List<Chart<?>> charts) {
        if (charts.isEmpty() || charts.contains(null)) {
            throw new IllegalArgumentException("A row needs at least one chart, and none of them null.");
        }
        this.charts = charts;
    }

    @Override public ObjectNode plotly() {
        ObjectNode figure = sideBySide();
        ((ObjectNode) figure.get("layout")).putObject("meta").set("narrow", below());
        return figure;
    }

    private List<Panel> panels(int width) {
        List<Panel> panels = new ArrayList<>();
        for (Chart<?> chart : charts) {
            ObjectNode figure = chart.plotly(width);
            int entries = 0;
            for (JsonNode trace : figure.get("data")) {
                entries += trace.get("showlegend").asBoolean() ? Text.lines(trace.get("name").asText()) : 0;
            }
            for (JsonNode shape : figure.at("/layout/shapes")) {
                entries += shape.path("showlegend").asBoolean() ? 1 : 0;
            }
            panels.add(new Panel(panels.size(), figure, figure.at("/layout/margin/t").asInt() - 8, entries));
        }
        return panels;
    }

    private ObjectNode sideBySide() {
        int count = charts.size();
        List<Panel> panels = panels((Look.CELL - 24) / count);
        boolean common = common(panels);
        ObjectNode figure = Chart.JSON.objectNode();
        ArrayNode data = figure.putArray("data");
        ObjectNode layout = figure.putObject("layout");
        Look.apply(layout);
        boolean scales = panels.stream().anyMatch(panel -> panel.figure.at("/data/0").has("colorbar"));
        boolean oneScale = scales && panels.stream().map(Row::scale).distinct().count() == 1;
        // The same words, wherever their lines are broken.
        boolean oneTitle = panels.stream().map(panel -> panel.layout().at("/yaxis/title/text").asText().replace("<br>", " ")).distinct().count() == 1;
        int between = panels.stream().skip(1).mapToInt(Row::labels).max().orElse(0) + (oneTitle ? PLAIN : TITLED) + (scales && !oneScale ? SCALE : 0);
        double gap = Math.min(0.3, between / (double) (Look.CELL - LEFT - RIGHT));
        double width = (1 - gap * (count - 1)) / count;
        // A heading has the width of its plot and of the margin.
        panels = panels(Math.min((Look.CELL - 24) / count, (int) (width * (Look.CELL - LEFT - RIGHT)) + RIGHT + 36));
        int top = panels.stream().mapToInt(Panel::heading).max().orElse(0);
        int entries = common ? 0 : panels.stream().mapToInt(Panel::entries).max().orElse(0);
        int plot = 0;
        for (Panel panel : panels) {
            plot = Math.max(plot, panel.layout().get("height").asInt() - panel.heading - AXIS);
        }
        Set<String> names = new HashSet<>();
        for (Panel panel : panels) {
            double from = panel.index * (width + gap);
            place(layout, panel, new double[] {from, from + width}, new double[] {0, 1}, top - 10);
            if (oneTitle && panel.index > 0) {
                ((ObjectNode) layout.get("yaxis" + panel.number())).remove("title"); // the first chart has it
            }
            if (oneScale && panel.index < count - 1) {
                ((ObjectNode) layout.get("coloraxis" + panel.number())).put("showscale", false);
            }
            traces(data, panel, common, names);
            if (!common) {
                layout.set("legend" + panel.number(), Look.legend().put("orientation", "v").put("x", from).put("yref", "paper")
                        .put("y", -(double) AXIS / plot).put("yanchor", "top"));
            }
        }
        layout.put("showlegend", !common || names.size() > 1 || !layout.get("shapes").findValues("showlegend").isEmpty());
        layout.put("height", plot + top + AXIS + ENTRY * entries);
        layout.putObject("margin").put("l", LEFT).put("r", RIGHT).put("t", top).put("b", AXIS - 8 + ENTRY * entries);
        return figure;
    }

    /** The layout for a telephone: the same traces on the same axes, one panel below the other. */
    private ObjectNode below() {
        List<Panel> panels = panels(Look.NARROW);
        boolean common = common(panels);
        ObjectNode layout = Chart.JSON.objectNode();
        Look.apply(layout);
        int total = 0;
        for (Panel panel : panels) {
            total += panel.layout().get("height").asInt() + (common ? 0 : panel.legend());
        }
        int margin = panels.get(0).heading;
        double plot = total - margin - AXIS - (common ? 0 : panels.get(panels.size() - 1).legend());
        double y = total;
        for (Panel panel : panels) {
            double high = y - panel.heading;
            double low = y - panel.layout().get("height").asInt() + AXIS;
            double foot = total - margin - plot;
            place(layout, panel, new double[] {0, 1}, new double[] {Math.max(0, (low - foot) / plot), Math.min(1, (high - foot) / plot)},
                    panel.heading - 10);
            if (!common) {
                layout.set("legend" + panel.number(), Look.legend().put("orientation", "v").put("yref", "paper")
                        .put("y", (low - foot - AXIS) / plot).put("yanchor", "top"));
            }
            y = low - AXIS - (common ? 0 : panel.legend());
        }
        layout.put("showlegend", true).put("height", total);
        layout.putObject("margin").put("l", LEFT).put("r", RIGHT).put("t", margin).put("b", total - margin - plot);
        return layout;
    }

    /** Axes, marks, heading and colours of one panel. */
    private static void place(ObjectNode layout, Panel panel, double[] x, double[] y, int shift) {
        String number = panel.number();
        layout.set("xaxis" + number, axis(panel.layout().get("xaxis"), x, "y" + number));
        layout.set("yaxis" + number, axis(panel.layout().get("yaxis"), y, "x" + number));
        ArrayNode shapes = layout.withArray("shapes");
        ArrayNode notes = layout.withArray("annotations");
        panel.layout().get("shapes").forEach(shape -> shapes.add(refer((ObjectNode) shape, number)));
        panel.layout().get("annotations").forEach(note -> notes.add(refer((ObjectNode) note, number)));
        notes.add(heading(panel.layout().get("title")).put("x", x[0]).put("xshift", x[0] == 0 ? 12 - LEFT : 0)
                .put("y", y[1]).put("yshift", shift));
        for (JsonNode trace : panel.figure.get("data")) {
            if (trace.get("colorbar") instanceof ObjectNode bar) {
                ObjectNode colours = layout.putObject("coloraxis" + number);
                colours.set("colorscale", trace.get("colorscale"));
                if (trace.has("zmin")) {
                    colours.set("cmin", trace.get("zmin"));
                    colours.set("cmax", trace.get("zmax"));
                }
                bar = bar.deepCopy().put("x", x[1] + 0.005).put("xanchor", "left").put("thickness", 10).put("len", y[1] - y[0])
                        .put("y", (y[0] + y[1]) / 2).put("yanchor", "middle");
                bar.remove("title");
                colours.set("colorbar", bar);
            }
        }
    }

    /** The width of the labels along the y axis, in pixels: names, or the longer of the two ends. */
    private static int labels(Panel panel) {
        int letters = 1;
        for (JsonNode trace : panel.figure.get("data")) {
            for (JsonNode value : trace.path("y")) {
                letters = value.isTextual() ? Math.max(letters, Text.width(value.textValue())) : letters;
            }
        }
        JsonNode range = panel.layout().at("/yaxis/range");
        boolean log = panel.layout().at("/yaxis/type").asText().equals("log");
        double[] ends = range.isArray() && !log ? new double[] {range.get(0).asDouble(), range.get(1).asDouble()}
                : Look.extent(panel.figure.get("data"), "y", log);
        for (double end : ends) {
            letters = Double.isNaN(end) ? letters : Math.max(letters, log ? 4 : Math.min(7, Numbers.format(end, 2).length() + (Math.abs(end) >= 1000 ? 1 : 0)));
        }
        return 8 * letters;
    }

    /** What the colours of a map stand for. */
    private static String scale(Panel panel) {
        JsonNode map = panel.figure.at("/data/0");
        return map.path("colorscale") + " " + map.path("zmin") + map.path("zmax") + (map.has("zmin") ? "" : panel.index);
    }

    private static ObjectNode axis(JsonNode own, double[] domain, String anchor) {
        ObjectNode axis = own.deepCopy();
        axis.put("anchor", anchor).putArray("domain").add(domain[0]).add(domain[1]);
        return axis;
    }

    private static void traces(ArrayNode data, Panel panel, boolean common, Set<String> names) {
        for (JsonNode each : panel.figure.get("data")) {
            ObjectNode trace = (ObjectNode) each;
            trace.put("xaxis", "x" + panel.number()).put("yaxis", "y" + panel.number());
            String name = trace.get("name").asText();
            boolean shown = trace.get("showlegend").asBoolean();
            if (common) {
                trace.put("legendgroup", name).put("showlegend", shown && names.add(name));
            } else {
                trace.put("legend", "legend" + panel.number());
                names.add(name);
            }
            if (trace.has("colorbar")) {
                trace.remove(List.of("colorbar", "colorscale", "zmin", "zmax"));
                trace.put("coloraxis", "coloraxis" + panel.number());
            }
            data.add(trace);
        }
        for (JsonNode shape : panel.layout().get("shapes")) {
            if (!common && shape.path("showlegend").asBoolean()) {
                ((ObjectNode) shape).put("legend", "legend" + panel.number());
            }
        }
    }

    /** One legend serves all if the charts name the same things, and never one look differently. */
    private static boolean common(List<Panel> panels) {
        Map<String, String> looks = new HashMap<>();
        Set<Set<String>> sets = new HashSet<>();
        for (Panel panel : panels) {
            Set<String> names = new HashSet<>();
            for (JsonNode trace : panel.figure.get("data")) {
                if (!trace.get("showlegend").asBoolean()) {
                    continue;
                }
                String look = trace.path("line").path("color") + "" + trace.path("line").path("dash") + trace.path("marker").path("color")
                        + trace.path("mode");
                names.add(trace.get("name").asText());
                if (!look.equals(looks.computeIfAbsent(trace.get("name").asText(), name -> look))) {
                    return false;
                }
            }
            sets.add(names);
        }
        return sets.size() == 1;
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
    private static ObjectNode heading(JsonNode title) {
        String sub = title.at("/subtitle/text").asText("");
        String text = "<b>" + title.get("text").asText() + "</b>"
                + (sub.isEmpty() ? "" : "<br><span style=\"font-size:12px;color:" + Palette.SOFT + "\">"
                + sub.replace("<br>", "</span><br><span style=\"font-size:12px;color:" + Palette.SOFT + "\">") + "</span>");
        return Chart.JSON.objectNode().put("text", text).put("showarrow", false).put("align", "left").put("xref", "paper")
                .put("xanchor", "left").put("yref", "paper").put("yanchor", "top");
    }

    @Override public String altText() {
        return charts.stream().map(Chart::altText).collect(Collectors.joining(" Beside it: "));
    }

    @Override public String toString() {
        return altText();
    }
}
