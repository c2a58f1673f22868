package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.traces.BarTrace;

/** Grouped bars, with error bars if the spread is given. */
public final class BarChart extends Chart<BarChart> {
    private final List<Group> groups = new ArrayList<>();
    private boolean numbers;

    private record Group(String name, String[] labels, double[] values, double[] errors) {
    }

    BarChart(String title, String xTitle, String yTitle) {
        super(title, xTitle, yTitle);
    }

    /** One bar per label; several calls stand side by side. */
    public BarChart add(String name, String[] labels, double[] values) {
        return add(name, labels, values, null);
    }

    /** Bars with whiskers from value - error to value + error: say in the caption what they are (one standard deviation over seeds?). */
    public BarChart add(String name, String[] labels, double[] values, double[] errors) {
        sameLength(name, labels.length, needed(name, values).length);
        if (errors != null) {
            sameLength(name, labels.length, errors.length);
        }
        groups.add(new Group(name, labels.clone(), values.clone(), errors == null ? null : errors.clone()));
        return this;
    }

    /** Writes each value on its bar. */
    public BarChart numbers() {
        numbers = true;
        return this;
    }

    @Override List<ObjectNode> traces() {
        return IntStream.range(0, groups.size()).mapToObj(i -> trace(groups.get(i), Palette.series(i))).toList();
    }

    private ObjectNode trace(Group group, String colour) {
        ObjectNode trace = PlotlyJson.of(BarTrace.builder(group.labels, group.values).name("").build());
        trace.put("name", group.name);
        trace.putObject("marker").put("color", colour);
        // The labels as typed: "1" and "2" are names here, not places on a number line.
        ArrayNode x = trace.putArray("x");
        for (String label : group.labels) {
            x.add(Text.plotly(label, 18));
        }
        if (group.errors != null) {
            ObjectNode error = trace.putObject("error_y").put("type", "data").put("visible", true).put("color", Palette.INK);
            ArrayNode array = error.putArray("array");
            for (double e : group.errors) {
                array.add(PlotlyJson.number(e));
            }
        }
        if (numbers) {
            String place = group.errors == null ? "outside" : "inside";
            ArrayNode text = trace.put("textposition", place).put("cliponaxis", false).putArray("text");
            for (double value : group.values) {
                text.add(Numbers.format(value, 3));
            }
        }
        return trace;
    }

    @Override void style(ObjectNode layout) {
        layout.put("barmode", "group").put("bargap", 0.25);
        ((ObjectNode) layout.get("xaxis")).put("type", "category");
    }

    @Override String kind() {
        return "Bar chart";
    }

    @Override String summary() {
        return groups.stream().map(g -> g.name + ": " + IntStream.range(0, g.labels.length)
                .mapToObj(i -> g.labels[i] + " " + Numbers.format(g.values[i], 3)).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ", "", "."));
    }
}
