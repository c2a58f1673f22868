package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a plot there is room for words: no line, point or bar lies there, and no other words. Reckons in the pixels of the
 * narrowest plot; in a wider one everything else moves apart, so that what is free stays free.
 */
final class Room {
    private static final int STEP = 5;
    private static final int MOST = 200_000;
    private static final double OUTSIDE = 1e6;

    private final double width;
    private final double height;
    private final Scale x;
    private final Scale y;
    private final List<double[]> ink = new ArrayList<>();
    private final List<Box> taken = new ArrayList<>();

    /** A rectangle around its middle. */
    record Box(double x, double y, double width, double height) {
        boolean has(double[] point) {
            return Math.abs(point[0] - x) <= width / 2 + 3 && Math.abs(point[1] - y) <= height / 2 + 3;
        }

        Box at(double x, double y) {
            return new Box(x, y, width, height);
        }

        boolean touches(Box other) {
            return Math.abs(other.x - x) < (width + other.width) / 2 && Math.abs(other.y - y) < (height + other.height) / 2;
        }
    }

    /** From numbers, or names, on an axis to pixels. */
    private record Scale(double low, double high, boolean log, double length, Map<String, Integer> names) {
        double pixel(double value) {
            double place = log ? Math.log10(value) : value;
            return high > low ? (place - low) / (high - low) * length : length / 2;
        }

        double pixel(JsonNode value) {
            Integer name = value.isTextual() ? names.get(value.textValue()) : null;
            return name != null ? pixel(name.doubleValue()) : value.isNumber() ? pixel(value.doubleValue()) : Double.NaN;
        }
    }

    Room(List<ObjectNode> traces, JsonNode xAxis, JsonNode yAxis, double width, double height) {
        this.width = width;
        this.height = height;
        boolean bars = traces.stream().anyMatch(trace -> trace.path("type").asText().equals("bar"));
        x = scale(traces, xAxis, "x", width, !traces.stream().allMatch(Room::isLine));
        y = scale(traces, yAxis, "y", height, true);
        if (bars) {
            bars(traces.stream().filter(trace -> trace.path("type").asText().equals("bar")).toList());
        }
        traces.stream().filter(trace -> trace.path("type").asText().equals("scatter")).forEach(this::draw);
    }

    private static boolean isLine(JsonNode trace) {
        return trace.path("mode").asText().equals("lines");
    }

    private static Scale scale(List<ObjectNode> traces, JsonNode axis, String key, double length, boolean padded) {
        boolean log = axis.path("type").asText().equals("log");
        Map<String, Integer> names = new LinkedHashMap<>();
        traces.forEach(trace -> trace.path(key).forEach(value -> {
            if (value.isTextual()) {
                names.putIfAbsent(value.textValue(), names.size());
            }
        }));
        if (axis.get("range") instanceof ArrayNode range) {
            return new Scale(range.get(0).asDouble(), range.get(1).asDouble(), log, length, names);
        }
        if (!names.isEmpty()) {
            return new Scale(-0.5, names.size() - 0.5, false, length, names);
        }
        double[] extent = Look.extent(traces, key, log);
        double low = log ? Math.log10(Math.max(extent[0], Double.MIN_NORMAL)) : extent[0];
        double high = log ? Math.log10(Math.max(extent[1], Double.MIN_NORMAL)) : extent[1];
        boolean bars = key.equals("y") && traces.stream().anyMatch(trace -> trace.path("type").asText().equals("bar"));
        low = bars && !log ? Math.min(0, low) : low;
        high = bars && !log ? Math.max(0, high) : high;
        double pad = padded ? 0.055 * (high - low) : 0;
        return new Scale(low - pad, high + pad, log, length, names);
    }

    private double up(double pixel) {
        return height - pixel;
    }

    /** Nothing may stand on this vertical line. */
    void line(double at) {
        line(new double[] {x.pixel(at), 0}, new double[] {x.pixel(at), height});
    }

    private void draw(ObjectNode trace) {
        boolean line = trace.path("mode").asText("lines").contains("lines");
        double[] before = null;
        JsonNode xs = trace.path("x");
        JsonNode ys = trace.path("y");
        for (int i = 0; i < xs.size() && ink.size() < MOST; i++) {
            double[] here = {x.pixel(xs.get(i)), up(y.pixel(ys.path(i)))};
            if (!Double.isFinite(here[0]) || !Double.isFinite(here[1])) {
                before = null;
                continue;
            }
            if (line && before != null) {
                line(before, here);
            }
            ink.add(here);
            before = here;
        }
    }

    private void line(double[] from, double[] to) {
        double length = Math.hypot(to[0] - from[0], to[1] - from[1]);
        double steps = Math.min(400, Math.ceil(length / STEP));
        for (int k = 1; k < steps; k++) {
            double share = k / steps;
            ink.add(new double[] {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])});
        }
    }

    private void bars(List<ObjectNode> groups) {
        for (int g = 0; g < groups.size(); g++) {
            JsonNode xs = groups.get(g).path("x");
            double bar = x.length / Math.max(1, x.names.size()) * 0.75 / groups.size();
            for (int i = 0; i < xs.size(); i++) {
                double left = x.pixel(xs.get(i)) + (g - groups.size() / 2.0) * bar;
                double whisker = groups.get(g).at("/error_y/array/" + i).asDouble(0);
                double value = groups.get(g).path("y").path(i).asDouble(Double.NaN);
                double end = up(y.pixel(value + Math.copySign(whisker, value)));
                double foot = y.log ? height : up(y.pixel(0));
                for (double across = left; Double.isFinite(end) && across <= left + bar; across += STEP) {
                    line(new double[] {across, foot}, new double[] {across, end});
                }
            }
        }
    }

    double x(double value) {
        return x.pixel(value);
    }

    double y(double value) {
        return up(y.pixel(value));
    }

    double width() {
        return width;
    }

    /** How much a place would cover: 0 is free. */
    double covered(Box box) {
        double out = Math.max(0, Math.max(box.width / 2 - box.x, box.x + box.width / 2 - width))
                + Math.max(0, Math.max(box.height / 2 - box.y, box.y + box.height / 2 - height));
        return ink.stream().filter(box::has).count() + 1000.0 * taken.stream().filter(box::touches).count() + (out > 1 ? OUTSIDE + out : 0);
    }

    /** The index of the first of these places that covers least; it is taken from now on. */
    int best(List<Box> places) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < places.size() && least > 0; i++) {
            double covers = covered(places.get(i));
            if (covers < least) {
                least = covers;
                best = i;
            }
        }
        taken.add(places.get(best));
        return best;
    }

    /** The size that words take. */
    static Box box(String words) {
        return new Box(0, 0, 7.2 * Text.width(words) + 8, 16.0 * Text.lines(words) + 4);
    }
}
