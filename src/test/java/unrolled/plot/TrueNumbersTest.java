package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.ScatterPlot;

/** A figure has the numbers that it was given, and says them apart. */
class TrueNumbersTest {
    /** Pairs and lists that six digits make equal. */
    private static final List<double[]> CLOSE = List.of(new double[] {101325.1, 101325.4}, new double[] {1_000_000, 1_000_001, 1_000_002},
            new double[] {1.0000001, 1.0000002}, new double[] {-273.150001, -273.150002}, new double[] {1e15, 1e15 + 1},
            new double[] {0.1, 0.1000000001}, new double[] {1e-300, 1.00000001e-300}, new double[] {1, Math.nextUp(1.0)},
            new double[] {0, 101325.1, 101325.4});

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        Arrays.setAll(numbers, i -> array.get(i).doubleValue());
        return numbers;
    }

    @Test void aLineChartKeepsEveryDigit() {
        for (double[] values : CLOSE) {
            double[] count = new double[values.length];
            Arrays.setAll(count, i -> i);
            JsonNode data = Plots.lines("t", "x", "y").add("a", values, values).points("b", count, values).plotly().get("data");
            assertEquals(Arrays.toString(values), Arrays.toString(numbers(data.at("/0/x"))));
            assertEquals(Arrays.toString(values), Arrays.toString(numbers(data.at("/1/y"))));
        }
    }

    @Test void soDoBarsMapsContoursAndHistograms() {
        for (double[] values : CLOSE) {
            String[] names = new String[values.length];
            Arrays.setAll(names, i -> "n" + i);
            String expected = Arrays.toString(values);
            assertEquals(expected, Arrays.toString(numbers(Plots.bars("t", "x", "y").add("a", names, values).plotly().at("/data/0/y"))));
            assertEquals(expected, Arrays.toString(numbers(Plots.histogram("t", "x", "y").add("a", values).plotly().at("/data/0/x"))));
            assertEquals(expected, Arrays.toString(numbers(Plots.heatmap("t", "x", "y", 0, new double[][] {values}).plotly().at("/data/0/z/0"))));
            assertEquals(expected, Arrays.toString(numbers(Plots.contour("t", "x", "y", values, new double[] {0, 1},
                    new double[][] {values, values}).plotly().at("/data/0/x"))));
        }
    }

    @Test void soDoTablesawsOwnFigures() {
        for (double[] values : CLOSE) {
            Table table = Table.create("t", DoubleColumn.create("x", values), DoubleColumn.create("y", values));
            for (var figure : List.of(LinePlot.create("l", table, "x", "y"), ScatterPlot.create("s", table, "x", "y"),
                    LinePlot.create("l", "x", values, "y", values))) {
                assertEquals(Arrays.toString(values), Arrays.toString(numbers(Plots.graphic(figure).orElseThrow().plotly().at("/data/0/y"))));
            }
        }
    }

    @Test void floatsAndLongsAreWhatTheyLookLike() {
        Table table = Table.create("t", FloatColumn.create("f", 0.1f, 1e-7f), LongColumn.create("l", 9_007_199_254_740_991L, -1L));
        JsonNode data = Plots.graphic(ScatterPlot.create("s", table, "l", "f")).orElseThrow().plotly().at("/data/0");
        assertEquals(0.1, data.at("/y/0").doubleValue());
        assertEquals(1e-7, data.at("/y/1").doubleValue());
        assertEquals(9_007_199_254_740_991.0, data.at("/x/0").doubleValue());
    }

    @Test void aLossFromStepOneMillionOnIsNoVerticalLine() {
        JsonNode x = Plots.lines("Loss", "step", "loss").startAt(1_000_000).add("a", new double[] {3, 2, 1}).plotly().at("/data/0/x");
        assertEquals("[1000000.0,1000001.0,1000002.0]", x.toString());
    }

    @Test void theAlternativeTextTellsTheEndsApart() {
        assertTrue(Plots.lines("t", "x", "y").add("p", new double[] {101325.1, 101325.4}).altText().contains("between 101325.1 and 101325.4"));
        assertTrue(Plots.lines("t", "x", "y").add("p", new double[] {1000001, 1000000}).altText().contains("from 1000001 to 1000000"));
        assertTrue(Plots.bars("t", "x", "y").add("p", new String[] {"a", "b"}, new double[] {0.91234, 0.91236}).altText()
                .contains("a 0.9123, b 0.9124"));
        assertTrue(Plots.heatmap("t", "x", "y", 0, new double[][] {{5.00001, 5.00002}}).altText().contains("from 5.00001 to 5.00002"));
        assertTrue(Plots.lines("t", "x", "y").add("p", new double[] {7, 7}).altText().contains("all 7"));
        assertTrue(Drawing.of("d").node("a", 0, 0).node("b", 1, 0).node("c", 2, 0).edge("a", "b", 0.12341).edge("b", "c", 0.12342).altText()
                .contains("a -> b 0.12341"));
    }

    @Test void numbersThatDifferLookDifferent() {
        for (double[] values : CLOSE.subList(0, 7)) {
            String[] texts = Numbers.distinct(4, values);
            assertEquals(values.length, Arrays.stream(texts).distinct().count(), () -> Arrays.toString(texts));
        }
        assertEquals("[0.3, 0.3]", Arrays.toString(Numbers.distinct(4, 0.1 + 0.2, 0.3)), "a difference of rounding is none");
        assertEquals("[0.3333, NaN, NaN, ∞, 0.25]", Arrays.toString(Numbers.distinct(4, 1 / 3.0, Double.NaN, Double.NaN,
                Double.POSITIVE_INFINITY, 0.25)));
        assertEquals("[1.2346, 1.2347, 5.679]", Arrays.toString(Numbers.distinct(4, 1.2346, 1.2347, 5.6789)), "only the two that clash");
        assertEquals("101325.4", Numbers.format(101325.4, 7));
        assertEquals("101325", Numbers.format(101325.4, 3), "the digits before the point are all there");
    }

    @Test void theBarsNumbersAreApart() {
        JsonNode text = Plots.bars("t", "x", "y").numbers().add("p", new String[] {"a", "b"}, new double[] {101325.1, 101325.4}).plotly()
                .at("/data/1/text");
        assertEquals("[\"101325.1\",\"101325.4\"]", text.toString());
    }

    @Test void equalValuesHaveAnAxisToBothSides() {
        for (double value : new double[] {1e-9, 1e20, -5, 1e-300, 101325.25}) {
            JsonNode range = Plots.lines("t", "x", "y").add("a", new double[] {value, value}).plotly().at("/layout/yaxis/range");
            assertTrue(range.get(0).doubleValue() < value && value < range.get(1).doubleValue(), range::toString);
            assertTrue(Math.abs(range.get(1).doubleValue() - value) <= Math.abs(value), range::toString);
        }
        assertFalse(Plots.lines("t", "x", "y").add("a", new double[] {1, 1}).hline(9, "far").plotly().at("/layout/yaxis").has("range"));
        JsonNode bins = Plots.histogram("t", "x", "y").add("a", new double[] {1e20, 1e20}).plotly().at("/data/0/xbins");
        assertNotEquals(bins.get("start").doubleValue(), bins.get("end").doubleValue());
    }

    @Test void ticksNeverSayKOrMu() {
        JsonNode axis = Plots.lines("t", "x", "y").add("a", new double[] {101325.1, 101325.4}).plotly().at("/layout/yaxis");
        assertEquals("power", axis.get("exponentformat").textValue());
        assertEquals(7, axis.get("minexponent").intValue());
        assertEquals(3, Plots.lines("t", "x", "y").add("a", new double[] {1e-6, 2e-6}).plotly().at("/layout/yaxis/minexponent").intValue());
    }
}
