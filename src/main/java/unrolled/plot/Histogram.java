package unrolled.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.traces.HistogramTrace;

/** How often values fall into each bin. */
public final class Histogram extends Chart<Histogram> {
    private final List<String> names = new ArrayList<>();
    private final List<double[]> samples = new ArrayList<>();
    private int bins = 40;

    Histogram(String title, String xTitle, String yTitle) {
        super(title, xTitle, yTitle);
    }

    /** The values to count; several sets overlap half transparent, in the same bins. */
    public Histogram add(String name, double[] values) {
        samples.add(needed(name, values));
        names.add(name(name));
        return this;
    }

    /** The number of bins, 40 unless told. */
    public Histogram bins(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A histogram needs at least one bin, not " + count + ".");
        }
        bins = count;
        return this;
    }

    @Override List<ObjectNode> traces() {
        double low = drawn().min().orElse(0);
        double high = drawn().max().orElse(1);
        double step = (high - low) / bins;
        boolean oneBin = !(step > 0) || low + step == low; // equal, or too close for bins between them
        double width = oneBin ? (low == 0 ? 1 : Math.abs(low) / 2) : step;
        double start = oneBin ? low - width / 2 : low;
        return IntStream.range(0, samples.size()).mapToObj(i -> {
            ObjectNode trace = PlotlyJson.of(HistogramTrace.builder(samples.get(i)).name("").build());
            trace.remove(List.of("nbinsx", "nbinsy", "autobinx", "autobiny", "opacity", "histnorm", "histfunc"));
            trace.put("name", names.get(i)).put("opacity", samples.size() > 1 ? 0.6 : 0.9);
            trace.putObject("marker").put("color", Palette.series(i)).putObject("pattern").put("shape", Palette.pattern(i))
                    .put("fgcolor", Palette.INK).put("solidity", 0.12).put("fillmode", "overlay");
            // The end lies a little beyond the largest value, which would otherwise open one more bin.
            trace.putObject("xbins").put("start", start).put("end", (oneBin ? start + width : high) + width * 1e-6).put("size", width * (1 + 1e-9));
            return trace;
        }).toList();
    }

    private DoubleStream drawn() {
        return samples.stream().flatMapToDouble(Arrays::stream).filter(Values::canDraw);
    }

    @Override List<String> leftOut() {
        return IntStream.range(0, samples.size()).mapToObj(i -> {
            LeftOut out = new LeftOut(names.get(i), "values");
            Arrays.stream(samples.get(i)).forEach(value -> out.see(value, isLogX()));
            return out.sentence();
        }).filter(sentence -> !sentence.isEmpty()).toList();
    }

    @Override void style(ObjectNode layout, int width) {
        layout.put("barmode", "overlay").put("bargap", 0.03);
    }

    @Override String kind() {
        return "Histogram";
    }

    @Override String summary() {
        return IntStream.range(0, samples.size()).mapToObj(i -> {
            double[] v = finite(samples.get(i));
            return names.get(i) + ": " + v.length + " values, mean " + Numbers.format(Arrays.stream(v).average().orElse(Double.NaN), 3);
        }).collect(Collectors.joining("; ", "", "."));
    }
}
