package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Data at the edge: a figure that shows what is there and counts what is not, or one clear sentence. */
class EdgeDataTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final ObjectMapper STRICT = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static LineChart lines() {
        return Plots.lines("t", "x", "y");
    }

    private static String note(Graphic chart) {
        return chart.plotly().at("/layout/title/subtitle/text").asText("").replace("<br>", " ").replaceAll("<[^>]*>", "");
    }

    private static void refused(String part, Executable code) {
        String said = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(said.contains(part) && !said.contains("null pointer") && said.length() < 260, said);
    }

    @Test void whatIsNotDrawnIsCountedByReason() {
        assertEquals("Not drawn of “a”: 4 of 6 points, 1 missing (NaN); 2 infinite; 1 too large to draw.",
                note(lines().add("a", new double[] {1, NAN, INF, -INF, 1e301, 2})));
        assertEquals("Not drawn of “a”: 2 of 3 points, not above 0, which a logarithmic axis does not have.",
                note(lines().logY().add("a", new double[] {0, -1, 5})));
        assertEquals("Not drawn of “a”: 1 of 2 points, not above 0, which a logarithmic axis does not have.",
                note(lines().logX().add("a", new double[] {3, 5})));
        assertEquals("Not drawn of “a”: 1 of 2 bars, missing (NaN).",
                note(Plots.bars("t", "x", "y").add("a", new String[] {"p", "q"}, new double[] {1, NAN})));
        assertEquals("Not drawn of “a”: 2 of 3 values, 1 missing (NaN); 1 infinite.",
                note(Plots.histogram("t", "x", "y").add("a", new double[] {1, NAN, INF})));
        assertEquals("Not drawn: 1 of 4 cells, missing (NaN).", note(Plots.heatmap("t", "x", "y", 0, new double[][] {{1, 2}, {3, NAN}})));
        assertEquals("", note(lines().add("a", new double[] {1, 2})));
        assertTrue(lines().add("a", new double[] {NAN, NAN}).altText().contains("2 of 2 points"));
        assertEquals("It falls. Not drawn of “a”: 1 of 2 points, missing (NaN).", note(lines().caption("It falls.").add("a", new double[] {1, NAN})));
    }

    @Test void aPointWithoutNeighboursIsSeen() {
        for (double[] values : List.of(new double[] {5}, new double[] {NAN, 5, NAN}, new double[] {5, NAN, 1, 2}, new double[] {1, 2, INF, 5})) {
            JsonNode trace = lines().add("a", values).plotly().at("/data/0");
            assertEquals("lines+markers", trace.get("mode").textValue());
            int sum = 0;
            for (int i = 0; i < values.length; i++) {
                int size = trace.at("/marker/size/" + i).intValue();
                assertEquals(values[i] == 5 ? 7 : 0, size);
                sum += size;
            }
            assertEquals(7, sum);
        }
        assertEquals("lines", lines().add("a", new double[] {1, 2, NAN, 3, 4}).plotly().at("/data/0/mode").textValue());
        assertEquals("lines+markers", lines().logY().add("a", new double[] {0, 5, -1}).plotly().at("/data/0/mode").textValue());
    }

    @Test void everyFigureIsStrictJson() throws Exception {
        double[] odd = {NAN, INF, -INF, 1e308, Double.MIN_VALUE, -0.0, 0};
        String[] names = {"NaN", "1e5", "007", "", "null", "true", "2020-01-01"};
        Map<String, LineChart> film = new LinkedHashMap<>();
        film.put("a", lines().add("a", odd));
        film.put("b", lines().add("a", new double[] {1}));
        for (Graphic each : List.of(lines().add("a", odd).logX().logY(), lines().points("a", odd, odd).jitter(0.1, 0.1), lines().band("b", odd, odd, odd),
                Plots.bars("t", "x", "y").numbers().add("a", names, odd, new double[] {NAN, INF, 0, 1, 2, 3, 4}),
                Plots.histogram("t", "x", "y").add("a", odd), Plots.heatmap("t", "x", "y", names, names, new double[][] {odd, odd, odd, odd, odd, odd, odd}).numbers(),
                Plots.unfolded("t").row("x", odd).row("h", odd).memory("x", "h"), Plots.frames(film), Plots.row(lines().add("a", odd), lines().add("b", odd)))) {
            String json = each.plotly().toString();
            STRICT.readTree(json);
            assertFalse(each.altText().isEmpty());
        }
    }

    @Test void namesStayNames() {
        String[] names = {"1e5", "2020-01-01", "007", "NaN", "true"};
        JsonNode bars = Plots.bars("t", "x", "y").add("a", names, new double[5]).plotly();
        JsonNode map = Plots.heatmap("t", "x", "y", names, names, new double[5][5]).plotly();
        for (int i = 0; i < 5; i++) {
            assertEquals(names[i], bars.at("/data/0/x/" + i).textValue());
            assertEquals(names[i], map.at("/data/0/y/" + i).textValue());
        }
        assertEquals("category", bars.at("/layout/xaxis/type").textValue());
        assertEquals("category", map.at("/layout/yaxis/type").textValue());
        assertEquals("linear", lines().add("a", new double[] {1, 2}).plotly().at("/layout/xaxis/type").textValue());
    }

    @Test void theSameNameTwiceIsTwoPlaces() {
        JsonNode map = Plots.heatmap("t", "word", "y", new String[] {"the", "cat", "the"}, new String[] {"h"}, new double[][] {{1, 2, 3}}).plotly();
        assertEquals(3, IntStream.range(0, 3).mapToObj(i -> map.at("/data/0/x/" + i).textValue()).distinct().count());
        JsonNode bars = Plots.bars("t", "word", "y").add("a", new String[] {"the", "the"}, new double[] {1, 2})
                .add("b", new String[] {"the", "the"}, new double[] {3, 4}).plotly();
        assertEquals(bars.at("/data/0/x"), bars.at("/data/1/x"), "the groups stand beside each other");
        assertFalse(bars.at("/data/0/x/0").equals(bars.at("/data/0/x/1")));
    }

    @Test void mistakesAreOneSentence() {
        refused("has 2 x values but 3 y values", () -> lines().add("a", new double[2], new double[3]));
        refused("they are null", () -> lines().add("a", (double[]) null));
        refused("needs a name", () -> lines().add(null, new double[] {1}));
        refused("no values", () -> lines().add("a", new double[0]));
        refused("need labels", () -> Plots.bars("t", "x", "y").add("a", null, new double[1]));
        refused("2 labels but 3 values", () -> Plots.bars("t", "x", "y").add("a", new String[2], new double[3]));
        refused("label that is null", () -> Plots.bars("t", "x", "y").add("a", new String[2], new double[2]));
        refused("must not be negative", () -> Plots.bars("t", "x", "y").add("a", new String[] {"p"}, new double[] {1}, new double[] {-1}));
        refused("null or empty", () -> Plots.heatmap("t", "x", "y", new String[0], new String[0], new double[0][]));
        refused("not null", () -> Plots.heatmap("t", "x", "y", 0, null));
        refused("Are they transposed", () -> Plots.heatmap("t", "x", "y", 0, new double[][] {{1, 2}, {3}}));
        refused("two x and two y", () -> Plots.contour("t", "x", "y", new double[] {1}, new double[] {1}, new double[][] {{1}}));
        refused("two different finite numbers", () -> lines().xRange(1, 1));
        refused("two different finite numbers", () -> lines().yRange(0, INF));
        refused("must be above 0", () -> lines().add("a", new double[] {1, 2}).logY().yRange(0, 1).plotly());
        refused("where the axis has no place", () -> lines().add("a", new double[] {1, 2}).logY().hline(0, "zero").plotly());
        refused("where the axis has no place", () -> lines().add("a", new double[] {1, 2}).note(NAN, 1, "n").plotly());
        refused("where the axis has no place", () -> lines().add("a", new double[] {1, 2}).logX().arrow(0, 1, 1, 1, "n").plotly());
        refused("where the axis has no place", () -> lines().add("a", new double[] {1, 2}).vline(INF, "").plotly());
        refused("two finite ends", () -> lines().add("f", x -> x, 0, INF));
        refused("none of them null", () -> Plots.row(lines(), null));
        refused("at least one chart", () -> Plots.frames(Map.of()));
        refused("the smaller first", () -> Plots.heatmap("t", "x", "y", 0, new double[][] {{1}}).between(2, 1));
        refused("needs a title", () -> Drawing.of(" "));
        refused("to itself", () -> Drawing.of("d").node("a", 0, 0).edge("a", "a"));
        refused("null or empty", () -> Drawing.network("d", new String[][] {{}}, List.of()));
        refused("a name and a finite place", () -> Drawing.of("d").node("a", NAN, 0));
    }

    @Test void anInfiniteWeightIsDrawn() {
        String svg = Drawing.of("d").node("a", 0, 0).node("b", 1, 0).edge("a", "b", INF).value("a", NAN).svg();
        assertFalse(svg.contains("Infinity"), svg);
        assertTrue(svg.contains(">∞<") && svg.contains(">NaN<"), svg);
    }

    @Test void aHundredThousandPointsAreAllThere() {
        double[] many = IntStream.range(0, 100_000).mapToDouble(i -> Math.sin(i * 1e-3)).toArray();
        assertTimeout(Duration.ofSeconds(20), () -> {
            JsonNode figure = lines().add("a", many).note(50_000, many[50_000], "here").plotly();
            assertEquals(100_000, figure.at("/data/0/y").size());
            assertEquals(many[99_999], figure.at("/data/0/y/99999").doubleValue());
        });
    }
}
