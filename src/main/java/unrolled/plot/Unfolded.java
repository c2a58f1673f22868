package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.traces.ScatterTrace;

/**
 * A network with memory, drawn once per time step: time runs to the right, each row is an input, a hidden unit or an output, the
 * first row at the bottom. A node's colour is its value in a run, blue below zero, red above, full at -1 and 1. Put several into
 * {@link Plots#frames} with growing {@link #upTo} and the run can be stepped through; then with falling {@link #downTo}, and the way back
 * of the gradients can be.
 */
public final class Unfolded extends Chart<Unfolded> {
    private static final String LATER = "#F2F2F2";

    private final Map<String, double[]> rows = new LinkedHashMap<>();
    private final Map<String, Double> starts = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> returning = new ArrayList<>();
    private int now = Integer.MAX_VALUE;
    private int reached = Integer.MIN_VALUE;

    /** From one row to another, at the same step or (memory) from step t-1 to step t. */
    private record Link(String from, String to, boolean memory) {
    }

    Unfolded(String title) {
        super(title, "time step t", "unit");
    }

    /** A row of nodes: its value at every step 0 .. T-1. */
    public Unfolded row(String name, double... values) {
        needed(name, values);
        rows.values().forEach(other -> sameLength(name, other.length, values.length));
        if (rows.put(name, values.clone()) != null) {
            throw new IllegalArgumentException("Two rows are called \"" + name + "\"; names must differ.");
        }
        return this;
    }

    /** An arrow from one row to another within each step. */
    public Unfolded link(String from, String to) {
        links.add(new Link(known(from), known(to), false));
        return this;
    }

    /** An arrow from one row at each step to another row (or itself) at the next step; the row gets a node of value 0 at t = -1. */
    public Unfolded memory(String from, String to) {
        links.add(new Link(known(from), known(to), true));
        starts.putIfAbsent(from, 0.0);
        return this;
    }

    /** Shows the run up to this step; what comes later is pale. */
    public Unfolded upTo(int t) {
        now = t;
        return this;
    }

    /** Says that this row is computed from the last step to the first: an arrow leads from each step to the one before. See {@link #downTo}. */
    public Unfolded back(String row) {
        returning.add(known(row));
        return this;
    }

    /** Shows the rows that go {@link #back} from the last step down to this one; what they have not reached yet is pale. */
    public Unfolded downTo(int t) {
        reached = t;
        return this;
    }

    private boolean shown(String row, int t) {
        return returning.contains(row) ? t >= reached : t <= now;
    }

    private String known(String name) {
        if (!rows.containsKey(name)) {
            throw new IllegalArgumentException("There is no row \"" + name + "\"; there are " + rows.keySet() + ".");
        }
        return name;
    }

    private int steps() {
        return rows.values().stream().mapToInt(values -> values.length).findFirst().orElse(0);
    }

    /** The diameter of a node in pixels: many steps need small nodes. In a narrow cell they may touch, but not hide each other. */
    private int size() {
        int wide = (Look.CELL - 110) * 8 / 10 / (steps() + 1);
        int narrow = Math.max(32, (Look.NARROW - 110) / (steps() + 1));
        return Math.max(10, Math.min(40, Math.min(wide, narrow)));
    }

    private double height(String row) {
        return List.copyOf(rows.keySet()).indexOf(row);
    }

    @Override List<ObjectNode> traces() {
        return rows.isEmpty() ? List.of() : List.of(lines(false), lines(true), nodes());
    }

    /** The arrows' lines: those of the past are dark, those to come pale. */
    private ObjectNode lines(boolean past) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Link link : links) {
            for (int t = 0; t < steps(); t++) {
                if (t <= now == past) {
                    double from = height(link.from), to = height(link.to);
                    boolean bent = !link.memory && Math.abs(to - from) > 1;          // round the nodes between them
                    x.addAll(bent ? List.of((double) t, t + 0.4, (double) t, Double.NaN)
                            : List.of(link.memory ? t - 1.0 : t, (double) t, Double.NaN));
                    y.addAll(bent ? List.of(from, (from + to) / 2, to, Double.NaN) : List.of(from, to, Double.NaN));
                }
            }
        }
        for (String row : returning) {
            for (int t = steps() - 1; t > 0; t--) {
                if (shown(row, t - 1) == past) {
                    x.addAll(List.of((double) t, t - 1.0, Double.NaN));
                    y.addAll(List.of(height(row), height(row), Double.NaN));
                }
            }
        }
        ObjectNode trace = scatter("lines");
        trace.set("x", numbers(x));
        trace.set("y", numbers(y));
        trace.put("hoverinfo", "skip").putObject("line").put("shape", "spline")
                .put("color", past ? Palette.GREY : "#E0E0E0").put("width", past ? 1.8 : 1.2);
        return trace;
    }

    private ObjectNode nodes() {
        ObjectNode trace = scatter("markers+text");
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        ArrayNode colour = JSON.arrayNode();
        ArrayNode text = JSON.arrayNode();
        ArrayNode ink = JSON.arrayNode();
        rows.forEach((name, values) -> {
            for (int t = starts.containsKey(name) ? -1 : 0; t < values.length; t++) {
                double value = t < 0 ? starts.get(name) : values[t];
                x.add((double) t);
                y.add(height(name));
                colour.add(shown(name, t) ? Palette.signed(value) : LATER);
                text.add(shown(name, t) ? Numbers.format(value, 2) : "");
                ink.add(Palette.onSigned(value));
            }
        });
        trace.set("x", numbers(x));
        trace.set("y", numbers(y));
        trace.set("text", text);
        ObjectNode marker = trace.put("hoverinfo", "text").put("cliponaxis", false).putObject("marker").put("size", size());
        marker.set("color", colour);
        marker.putObject("line").put("color", "#888888").put("width", 1.2);
        // Where nodes are small their values are seen by the mouse only.
        trace.put("mode", size() < 26 ? "markers" : "markers+text").putObject("textfont").put("size", size() < 34 ? 10 : 12).set("color", ink);
        return trace;
    }

    private static ObjectNode scatter(String mode) {
        ObjectNode trace = PlotlyJson.of(ScatterTrace.builder(new double[] {0}, new double[] {0}).name("").build());
        return trace.put("mode", mode).put("name", "");
    }

    private static ArrayNode numbers(List<Double> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(Values.number(value)));
        return array;
    }

    @Override void style(ObjectNode layout, int width) {
        int first = starts.isEmpty() ? 0 : -1;
        ObjectNode x = (ObjectNode) layout.get("xaxis");
        ObjectNode y = (ObjectNode) layout.get("yaxis");
        x.put("dtick", 1).put("showgrid", false).put("zeroline", false).putArray("range").add(first - 0.6).add(steps() - 0.4);
        y.put("showgrid", false).put("zeroline", false).put("tickmode", "array").putArray("range").add(-0.6).add(rows.size() - 0.4);
        ArrayNode places = y.putArray("tickvals");
        ArrayNode names = y.putArray("ticktext");
        rows.keySet().forEach(name -> {
            places.add(height(name));
            names.add(Text.plotly(name, 18));
        });
    }

    @Override List<String> leftOut() {
        return List.of(); // a value that is no number stands in its node
    }

    @Override String kind() {
        return "Unfolded network";
    }

    @Override String summary() {
        return rows.entrySet().stream().map(row -> row.getKey() + " " + IntStream.range(0, steps()).filter(t -> shown(row.getKey(), t))
                .mapToObj(t -> Numbers.format(row.getValue()[t], 2)).collect(Collectors.joining(" "))).collect(Collectors.joining("; ", "", "."));
    }
}
