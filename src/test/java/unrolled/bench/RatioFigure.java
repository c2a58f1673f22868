package unrolled.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.plot.LineChart;
import unrolled.plot.Plots;

/**
 * Draws how many times longer each peer's training step takes than ours, as one HTML page that needs no network. Arguments: the ratios
 * (JSON: where, and rows of cell, peer, low, median, high), plotly.js, the page to write.
 */
public final class RatioFigure {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RatioFigure() { }

    public static void main(String[] args) throws IOException {
        JsonNode ratios = MAPPER.readTree(Path.of(args[0]).toFile());
        List<String> cells = new ArrayList<>();
        Map<String, List<JsonNode>> peers = new LinkedHashMap<>();
        for (JsonNode row : ratios.get("rows")) {
            if (!cells.contains(row.get("cell").asText())) {
                cells.add(row.get("cell").asText());
            }
            peers.computeIfAbsent(row.get("peer").asText(), name -> new ArrayList<>()).add(row);
        }
        LineChart chart = Plots.lines("A training step: the peer's time through ours", "size and cell", "ratio, above 1 ours is faster")
                .caption("Whiskers: least and largest ratio of the rounds. " + ratios.get("where").asText())
                .logY().hline(1, "equally fast").size(900, 460);
        double least = 1, largest = 1;
        for (Map.Entry<String, List<JsonNode>> peer : peers.entrySet()) {
            List<JsonNode> rows = peer.getValue();
            chart.points(peer.getKey(), rows.stream().mapToDouble(row -> cells.indexOf(row.get("cell").asText())).toArray(),
                    rows.stream().mapToDouble(row -> row.get("median").asDouble()).toArray());
            for (JsonNode row : rows) {
                least = Math.min(least, row.get("low").asDouble());
                largest = Math.max(largest, row.get("high").asDouble());
            }
        }
        chart.yRange(least / 1.3, largest * 1.3).xRange(-0.5, cells.size() + 0.5);   // room for the line's words
        ObjectNode figure = chart.plotly();
        name((ObjectNode) figure.at("/layout/xaxis"), cells);
        ticks((ObjectNode) figure.at("/layout/yaxis"));
        int n = 0;
        for (List<JsonNode> rows : peers.values()) {
            whiskers((ObjectNode) figure.get("data").get(n++), rows);
        }
        page(Path.of(args[2]), Files.readString(Path.of(args[1])), figure, chart.altText());
    }

    /** The cells' names in place of their numbers. */
    private static void name(ObjectNode axis, List<String> cells) {
        axis.put("tickmode", "array").put("tickangle", -45).put("zeroline", false);
        ArrayNode places = axis.putArray("tickvals"), names = axis.putArray("ticktext");
        for (String cell : cells) {
            places.add(names.size());
            names.add(cell);
        }
    }

    /** More than powers of ten, since most ratios lie between two of them. */
    private static void ticks(ObjectNode axis) {
        ArrayNode places = axis.put("tickmode", "array").putArray("tickvals"), names = axis.putArray("ticktext");
        for (double value : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100}) {
            places.add(value);
            names.add(value < 1 ? String.valueOf(value) : String.valueOf((int) value));
        }
    }

    private static void whiskers(ObjectNode trace, List<JsonNode> rows) {
        ObjectNode error = trace.putObject("error_y").put("type", "data").put("symmetric", false);
        ArrayNode up = error.putArray("array"), down = error.putArray("arrayminus");
        for (JsonNode row : rows) {
            up.add(row.get("high").asDouble() - row.get("median").asDouble());
            down.add(row.get("median").asDouble() - row.get("low").asDouble());
        }
    }

    private static void page(Path file, String plotly, ObjectNode figure, String text) throws IOException {
        String words = text.replace("&", "&amp;").replace("<", "&lt;");
        Files.writeString(file, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Unrolled beside its peers</title></head>
                <body><div id="figure" role="img"></div><p style="max-width:900px;font:13px sans-serif;color:#555">""" + words
                + "</p>\n<script>" + plotly + "</script>\n<script>var figure = " + MAPPER.writeValueAsString(figure)
                + ";\nPlotly.newPlot('figure', figure.data, figure.layout);</script></body></html>\n");
    }
}
