package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ContourTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.PieTrace;
import tech.tablesaw.plotly.traces.Trace;
import unrolled.plot.Values.Kind;

/**
 * The data of a Tablesaw trace as they are in its table. Tablesaw's text writes the name "1e5" and the number 100000, a missing
 * value and the name "null" alike, so what the trace holds is read instead.
 */
final class TraceData {
    private static final List<String> KEYS = List.of("x", "y", "z", "open", "high", "low", "close", "labels", "values");

    private final Trace trace;
    private final ObjectNode json;
    private final boolean swapped;
    private final boolean named;
    private final JsonNode bubbles;

    /** @param json what the trace's text says; its data are replaced */
    TraceData(Trace trace, ObjectNode json) {
        this.trace = trace;
        this.json = json;
        this.swapped = trace instanceof BarTrace && json.path("orientation").asText().equals("h");
        this.named = !json.path("name").asText().isEmpty();
        for (String key : KEYS) {
            Object data = data(key);
            if (data != null && Array.getLength(data) == 0) {
                json.putArray(key);
            } else if (data != null) {
                json.set(key, Values.of(data, key.equals("labels") ? Kind.NAMES : Values.kind(data)));
            }
        }
        bubbles = json.at("/marker/size").deepCopy();
        sameLengths();
        sizes();
    }

    /** What the trace holds under this key of Plotly; null if it has no such data. */
    private Object data(String key) {
        String field = !swapped ? key : key.equals("x") ? "y" : key.equals("y") ? "x" : key;
        try {
            Field found = trace.getClass().getDeclaredField(field);
            found.setAccessible(true);
            Object held = found.get(trace);
            return held != null && held.getClass().isArray() ? held : null;
        } catch (ReflectiveOperationException e) {
            return null; // another kind of trace: its text has to do
        }
    }

    /** What kind of axis the data along x or y need; null if there are none. */
    Kind kind(String axis) {
        Object data = data(axis.equals("y") && json.has("open") ? "open" : axis);
        return data == null || json.has("labels") ? null : Values.kind(data);
    }

    /** Tablesaw cuts the longer of two lists or fills the shorter with nothing, without a word. */
    private void sameLengths() {
        if (trace instanceof HeatmapTrace || trace instanceof ContourTrace) {
            int rows = json.get("z").size();
            boolean fits = rows == json.get("y").size();
            for (var row : json.get("z")) {
                fits &= row.size() == json.get("x").size();
            }
            if (!fits) {
                throw new IllegalArgumentException("The " + who() + " has " + json.get("x").size() + " x values and " + json.get("y").size()
                        + " y values, but its z has shape [" + rows + "," + (rows == 0 ? 0 : json.at("/z/0").size())
                        + "]: a row for each y, a column for each x is needed. Is z transposed?");
            }
            return;
        }
        int length = -1;
        String first = "";
        for (String key : KEYS) {
            if (json.get(key) instanceof ArrayNode array) {
                if (length >= 0 && array.size() != length) {
                    throw new IllegalArgumentException("The " + who() + " has " + length + " values of " + first + ", but "
                            + array.size() + " of " + key + ". Give both the same length.");
                }
                length = array.size();
                first = key;
            }
        }
    }

    private String who() {
        return json.path("type").asText() + " trace" + (named ? " \"" + json.get("name").asText() + "\"" : "");
    }

    /** Bubbles are as large in pixels as the numbers say; larger ones than the figure are scaled down together. */
    private void sizes() {
        if (json.at("/marker/size") instanceof ArrayNode sizes) {
            double most = 0;
            for (var size : sizes) {
                most = Math.max(most, size.asDouble());
            }
            if (most > 100) {
                ((ObjectNode) json.get("marker")).put("sizeref", most / 60);
            }
        }
    }

    /** A sentence about points that cannot be drawn; empty if all are. */
    String leftOut(boolean xLog, boolean yLog) {
        String type = json.path("type").asText();
        LeftOut out = new LeftOut(json.path("name").asText(), type.equals("bar") ? "bars" : type.equals("pie") ? "slices"
                : type.equals("heatmap") || type.equals("contour") ? "cells" : type.equals("scatter") ? "points" : "values");
        if (data("z") instanceof double[][] rows) {
            for (double[] row : rows) {
                for (double value : row) {
                    out.see(value, false);
                }
            }
            return out.sentence();
        }
        boolean pie = trace instanceof PieTrace;
        List<Object> places = new ArrayList<>();
        for (String key : pie ? List.of("values") : List.of("x", "y", "z", "open", "high", "low", "close")) {
            if (data(key) != null) {
                places.add(data(key));
            }
        }
        int length = places.isEmpty() ? 0 : Array.getLength(places.get(0));
        double[][] at = places.stream().map(TraceData::positions).toArray(double[][]::new);
        for (int i = 0; i < length; i++) {
            double across = at[0][i];
            double up = at.length > 1 ? at[1][i] : 1;
            for (int k = 2; k < at.length && Double.isFinite(up); k++) {
                up = Double.isFinite(at[k][i]) ? up : at[k][i];
            }
            if (bubbles.isArray() && !(bubbles.path(i).asDouble() > 0) || pie && across < 0) {
                up = Double.NaN;
            }
            out.see(across, xLog, up, yLog);
        }
        return (out.sentence() + " " + covered()).strip();
    }

    /** Bars with the same name lie in the same place, and only the longest is seen. */
    private String covered() {
        Object names = trace instanceof BarTrace ? data(swapped ? "y" : "x") : null;
        if (names == null) {
            return "";
        }
        long distinct = IntStream.range(0, Array.getLength(names)).mapToObj(i -> String.valueOf(Array.get(names, i))).distinct().count();
        return distinct == Array.getLength(names) ? "" : Array.getLength(names) + " bars have only " + distinct
                + " names: those with the same name cover each other. Summarize the table by name first.";
    }

    /** Where each value lies. A missing name is drawn, as "(missing)"; other missing values are not. */
    private static double[] positions(Object data) {
        boolean names = Values.kind(data) == Kind.NAMES;
        double[] positions = new double[Array.getLength(data)];
        Arrays.setAll(positions, i -> names ? 1 : Values.measure(Array.get(data, i)));
        return positions;
    }
}
