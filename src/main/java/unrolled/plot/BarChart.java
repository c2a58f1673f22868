package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        if (labels == null) {
            throw new IllegalArgumentException("The bars \"" + name(name) + "\" need labels, not null: one word for each bar.");
        }
        sameLength(name(name), "labels", labels.length, "values", needed(name, values).length);
        if (Arrays.asList(labels).contains(null)) {
            throw new IllegalArgumentException("The bars \"" + name + "\" have a label that is null: " + Arrays.toString(labels) + ".");
        }
        if (errors != null) {
            sameLength(name, "labels", labels.length, "errors", errors.length);
            if (Arrays.stream(errors).anyMatch(error -> error < 0)) {
                throw new IllegalArgumentException("The errors of \"" + name + "\" must not be negative: a whisker goes from value - error to value + error.");
            }
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
        List<ObjectNode> traces = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            traces.add(trace(groups.get(i), i));
        }
        for (int i = 0; numbers && i < groups.size(); i++) {
            traces.add(numbers(groups.get(i), i));
        }
        return traces;
    }

    private ObjectNode trace(Group group, int i) {
        ObjectNode trace = bars(group, group.values, i).put("name", group.name);
        ObjectNode marker = trace.putObject("marker").put("color", Palette.series(i));
        if (groups.size() > 1) {
            marker.putObject("pattern").put("shape", Palette.pattern(i)).put("fgcolor", "#ffffff").put("size", 7).put("solidity", 0.25)
                    .put("fillmode", "overlay");
        }
        if (group.errors != null) {
            trace.putObject("error_y").put("type", "data").put("visible", true).put("color", Palette.INK)
                    .set("array", Values.numbers(group.errors));
        }
        return trace;
    }

    /** Each value above its bar and whisker: on a bar that is not seen and ends where the whisker does. */
    private ObjectNode numbers(Group group, int i) {
        double[] ends = group.values.clone();
        for (int k = 0; group.errors != null && k < ends.length; k++) {
            ends[k] += Double.isNaN(group.errors[k]) ? 0 : Math.copySign(group.errors[k], ends[k]);
        }
        ObjectNode trace = bars(group, ends, i).put("hoverinfo", "skip").put("showlegend", false).put("textposition", "outside")
                .put("textangle", turned() ? -90 : 0).put("cliponaxis", false).put("constraintext", "none");
        trace.putObject("marker").put("color", "rgba(0,0,0,0)");
        ArrayNode text = trace.putArray("text");
        for (String number : Numbers.distinct(3, group.values)) {
            text.add(number);
        }
        return trace;
    }

    /** Numbers that are wider than their bars stand upright. */
    private boolean turned() {
        int letters = groups.stream().flatMap(group -> Arrays.stream(Numbers.distinct(3, group.values))).mapToInt(String::length).max().orElse(0);
        long bars = groups.size() * groups.stream().flatMap(group -> Arrays.stream(group.labels)).distinct().count();
        return 7 * letters > (Look.CELL - 100) * 0.75 / bars;
    }

    private static ObjectNode bars(Group group, double[] heights, int i) {
        ObjectNode trace = PlotlyJson.of(BarTrace.builder(group.labels, heights).name("").build());
        // The labels as typed: "1" and "2" are names here, not places on a number line.
        ArrayNode x = trace.put("offsetgroup", String.valueOf(i)).putArray("x");
        Map<String, Integer> seen = new HashMap<>();
        for (String label : group.labels) {
            // Many labels are turned, and then each has room for one line only.
            x.add(Text.unique(Text.plotly(label, group.labels.length > 8 ? 40 : 18), seen));
        }
        return trace;
    }

    @Override List<String> leftOut() {
        return groups.stream().map(group -> {
            LeftOut out = new LeftOut(group.name, "bars");
            Arrays.stream(group.values).forEach(value -> out.see(value, isLogY()));
            return out.sentence();
        }).filter(sentence -> !sentence.isEmpty()).toList();
    }

    @Override void style(ObjectNode layout, int width) {
        layout.put("barmode", "group").put("bargap", 0.25);
        ObjectNode x = (ObjectNode) layout.get("xaxis");
        x.put("type", "category");
        if (groups.stream().flatMap(group -> Arrays.stream(group.labels)).distinct().count() <= 40) {
            x.put("dtick", 1); // else Plotly leaves out labels that are close
        }
    }

    @Override String kind() {
        return "Bar chart";
    }

    @Override String summary() {
        return groups.stream().map(group -> {
            String[] numbers = Numbers.distinct(3, group.values);
            return group.name + ": " + IntStream.range(0, group.labels.length).mapToObj(i -> group.labels[i] + " " + numbers[i])
                    .collect(Collectors.joining(", "));
        }).collect(Collectors.joining("; ", "", "."));
    }
}
