package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A chart says what it shows, and its marks lie where the numbers say. */
class ChartTest {
    private static final double[] YS = {1, 0.1, 0.01};

    private static LineChart lines() {
        return Plots.lines("Loss", "epoch", "loss (mean squared error)");
    }

    @Test void aChartNeedsItsTitles() {
        for (String[] titles : new String[][] {{"", "x", "y"}, {"t", null, "y"}, {"t", "x", " "}}) {
            var error = assertThrows(IllegalArgumentException.class, () -> Plots.lines(titles[0], titles[1], titles[2]));
            assertTrue(error.getMessage().contains("needs a title"), error::getMessage);
        }
    }

    @Test void titlesStandInTheFigure() {
        JsonNode layout = lines().add("training", YS).caption("It falls.").plotly().get("layout");
        assertEquals("Loss", layout.at("/title/text").textValue());
        assertEquals("It falls.", layout.at("/title/subtitle/text").textValue());
        assertEquals("epoch", layout.at("/xaxis/title/text").textValue());
        assertEquals("loss (mean squared error)", layout.at("/yaxis/title/text").textValue());
    }

    @Test void xCountsFromWhereItIsTold() {
        assertEquals(0, lines().add("a", YS).plotly().at("/data/0/x/0").doubleValue());
        assertEquals(1, lines().startAt(1).add("a", YS).plotly().at("/data/0/x/0").doubleValue());
    }

    @Test void aFunctionIsSampledFromEndToEnd() {
        JsonNode data = lines().add("square", x -> x * x, -2, 2).plotly().at("/data/0");
        assertEquals(-2, data.at("/x/0").doubleValue());
        assertEquals(4, data.get("y").get(data.get("y").size() - 1).doubleValue());
        assertEquals(0, data.get("y").get(data.get("y").size() / 2).doubleValue(), 1e-12);
    }

    @Test void marksOnALogarithmicAxisLieOnTheirNumbers() {
        JsonNode layout = lines().add("a", YS).logY().note(1, 0.1, "here").arrow(0, 1, 2, 0.01, "step").hline(0.5, "chance")
                .yRange(0.001, 10).plotly().get("layout");
        assertEquals(-1, layout.at("/annotations/0/y").doubleValue(), 1e-12);
        assertEquals(-2, layout.at("/annotations/1/y").doubleValue(), 1e-12);
        assertEquals(0, layout.at("/annotations/1/ay").doubleValue(), 1e-12);
        assertEquals(0.5, layout.at("/shapes/0/y0").doubleValue(), "plotly takes a shape's place as it is");
        assertEquals(-3, layout.at("/yaxis/range/0").doubleValue(), 1e-12);
    }

    @Test void aSecondCallGivesTheSameFigure() {
        LineChart chart = lines().add("a", YS).note(1, 0.1, "here");
        assertEquals(chart.plotly().toString(), chart.plotly().toString());
    }

    @Test void aBandTakesTheColourOfItsLineAndNoLegendEntry() {
        JsonNode data = lines().add("other", YS).add("training", YS).band("training", new double[] {0, 1, 2}, YS, new double[] {2, 1, 1})
                .plotly().get("data");
        assertEquals(4, data.size());
        assertEquals("tonexty", data.at("/1/fill").textValue());
        assertFalse(data.at("/1/showlegend").booleanValue());
        assertEquals(data.at("/3/line/color").textValue(), data.at("/1/line/color").textValue());
        assertNotEquals(data.at("/2/line/color").textValue(), data.at("/3/line/color").textValue());
    }

    @Test void theLegendAppearsWithTheSecondName() {
        assertFalse(lines().add("a", YS).plotly().at("/layout/showlegend").booleanValue());
        assertTrue(lines().add("a", YS).add("b", YS).plotly().at("/layout/showlegend").booleanValue());
        String wrapped = lines().add("a very long name of a series of numbers, too long for one line", YS).plotly().at("/data/0/name").textValue();
        assertTrue(wrapped.contains("<br>"), wrapped);
    }

    @Test void wordsAreShownAsTyped() {
        JsonNode figure = Plots.lines("h<sub>t</sub> if a<b & c", "x", "y").add("it's \"so\" ∂", YS).plotly();
        assertEquals("h<sub>t</sub> if a&lt;b &amp; c", figure.at("/layout/title/text").textValue());
        assertEquals("it's \"so\" ∂", figure.at("/data/0/name").textValue());
    }

    @Test void wrongLengthsAreNamed() {
        var error = assertThrows(IllegalArgumentException.class, () -> lines().add("training", new double[2], YS));
        assertEquals("The series \"training\" has 2 x values but 3 y values.", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> lines().add("nothing", new double[0]));
        assertTrue(assertThrows(IllegalStateException.class, () -> lines().plotly()).getMessage().contains("has no data yet"));
        assertThrows(IllegalStateException.class, () -> lines().marker());
    }

    @Test void altTextSpeaksOfTheNumbers() {
        String words = lines().add("training", YS).caption("It falls.").altText();
        assertTrue(words.startsWith("It falls. Line chart \"Loss\""), words);
        assertTrue(words.contains("training: from 1 to 0.01"), words);
    }

    @Test void barsKeepTheirLabelsAndErrors() {
        JsonNode figure = Plots.bars("Error", "steps", "error").add("RNN", new String[] {"1", "2"}, new double[] {0.5, 0.25},
                new double[] {0.1, Double.NaN}).plotly();
        assertEquals("1", figure.at("/data/0/x/0").textValue());
        assertEquals("category", figure.at("/layout/xaxis/type").textValue());
        assertEquals(0.1, figure.at("/data/0/error_y/array/0").doubleValue());
        assertTrue(figure.at("/data/0/error_y/array/1").isNull());
    }

    @Test void aHeatMapWithNegativesIsWhiteAtZero() {
        GridChart map = Plots.heatmap("Weights", "to", "from", new String[] {"h1", "h2"}, new String[] {"x1"}, new double[][] {{-3, 1}});
        JsonNode grid = map.plotly().at("/data/0");
        assertEquals(-3, grid.get("zmin").doubleValue());
        assertEquals(3, grid.get("zmax").doubleValue());
        assertEquals("#ffffff", grid.at("/colorscale/2/1").textValue());
        assertEquals("reversed", map.plotly().at("/layout/yaxis/autorange").textValue());
        var error = assertThrows(IllegalArgumentException.class, () -> Plots.heatmap("W", "to", "from", new String[] {"h1"},
                new String[] {"x1", "x2"}, new double[][] {{1, 2}}));
        assertTrue(error.getMessage().contains("[2,1]") && error.getMessage().contains("[1,2]"), error::getMessage);
    }

    @Test void aPathLiesOverTheContours() {
        JsonNode data = Plots.contour("Loss", "w1", "w2", new double[] {0, 1}, new double[] {0, 1}, new double[][] {{0, 1}, {1, 2}})
                .path("descent", new double[] {1, 0.5}, new double[] {1, 0.5}).plotly().get("data");
        assertEquals("contour", data.at("/0/type").textValue());
        assertEquals("descent", data.at("/1/name").textValue());
    }

    @Test void histogramBinsAreShared() {
        JsonNode data = Plots.histogram("Weights", "weight", "count").bins(10).add("a", new double[] {0, 1}).add("b", new double[] {2, 5})
                .plotly().get("data");
        assertEquals(data.at("/0/xbins"), data.at("/1/xbins"));
        assertEquals(0.5, data.at("/0/xbins/size").doubleValue(), 1e-6);
    }

    @Test void chartsSideBySideKeepTheirOwnAxes() {
        JsonNode row = Plots.row(lines().add("a", YS).hline(0.5, "chance"),
                Plots.lines("Accuracy", "step", "share correct").add("a", YS).vline(1, "here")).plotly();
        assertEquals("x2", row.at("/data/1/xaxis").textValue());
        assertEquals("step", row.at("/layout/xaxis2/title/text").textValue());
        assertEquals("x2", row.at("/layout/shapes/1/xref").textValue());
        assertEquals("y2 domain", row.at("/layout/shapes/1/yref").textValue());
        assertTrue(row.at("/layout/xaxis/domain/1").doubleValue() < row.at("/layout/xaxis2/domain/0").doubleValue());
        assertTrue(row.at("/layout/annotations").toString().contains("<b>Accuracy</b>"));
    }

    private static Unfolded unfolded() {
        return Plots.unfolded("A run").row("x", 1, 0).row("h", -1, 0.25).link("x", "h").memory("h", "h");
    }

    @Test void anUnfoldedNetworkHasANodePerStepAndItsStart() {
        JsonNode nodes = unfolded().plotly().at("/data/2");
        assertEquals("[0.0,1.0,-1.0,0.0,1.0]", nodes.get("x").toString(), "x at t = 0 and 1, then h from its start at t = -1");
        assertEquals("[\"1\",\"0\",\"0\",\"-1\",\"0.25\"]", nodes.get("text").toString());
        assertEquals(Palette.signed(-1), nodes.at("/marker/color/3").textValue());
        JsonNode memory = unfolded().plotly().at("/data/1/x");
        assertEquals("[0.0,0.0,null,1.0,1.0,null,-1.0,0.0,null,0.0,1.0,null]", memory.toString(), "within a step, then from t-1 to t");
        assertEquals("[\"x\",\"h\"]", unfolded().plotly().at("/layout/yaxis/ticktext").toString());
    }

    @Test void aLinkGoesRoundTheNodesBetween() {
        JsonNode lines = Plots.unfolded("A run").row("x", 1).row("h", 0).row("y", 0).link("x", "y").plotly().at("/data/1");
        assertEquals("[0.0,0.4,0.0,null]", lines.get("x").toString());
        assertEquals("[0.0,1.0,2.0,null]", lines.get("y").toString());
    }

    @Test void whatComesLaterIsNotShown() {
        JsonNode nodes = unfolded().upTo(0).plotly().at("/data/2");
        assertEquals("", nodes.at("/text/4").textValue());
        assertEquals("-1", nodes.at("/text/3").textValue());
        assertNotEquals(Palette.signed(0.25), nodes.at("/marker/color/4").textValue());
        assertFalse(unfolded().upTo(0).altText().contains("0.25"));
        assertTrue(unfolded().altText().contains("h -1 0.25"), unfolded()::altText);
    }

    @Test void aRowThatGoesBackIsShownFromItsEnd() {
        Unfolded way = unfolded().row("dh", 0.5, 0.75).back("dh").upTo(1).downTo(1);
        JsonNode nodes = way.plotly().at("/data/2");
        assertEquals("[\"1\",\"0\",\"0\",\"-1\",\"0.25\",\"\",\"0.75\"]", nodes.get("text").toString());
        assertEquals("[1.0,0.0,null]", way.plotly().at("/data/0/x").toString(), "its arrow to step 0 is still pale");
        assertTrue(way.altText().contains("dh 0.75"), way::altText);
        JsonNode all = unfolded().row("dh", 0.5, 0.75).back("dh").plotly();
        assertTrue(all.at("/data/1/x").toString().endsWith("1.0,0.0,null]"), "without downTo everything is shown");
        assertThrows(IllegalArgumentException.class, () -> unfolded().back("z"));
    }

    @Test void anUnfoldedNetworkRefusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> unfolded().row("x", 1, 2));
        assertThrows(IllegalArgumentException.class, () -> unfolded().row("y", 1));
        var error = assertThrows(IllegalArgumentException.class, () -> unfolded().link("x", "z"));
        assertTrue(error.getMessage().contains("no row \"z\""), error::getMessage);
    }

    @Test void aFilmHasOneFramePerChartAndFixedAxes() {
        Map<String, LineChart> moments = new LinkedHashMap<>();
        moments.put("step 1", lines().add("a", new double[] {1, 2}));
        moments.put("step 2", lines().add("a", new double[] {5, 9}));
        JsonNode film = Plots.frames(moments).plotly();
        assertEquals(2, film.get("frames").size());
        assertEquals("step 2", film.at("/frames/1/name").textValue());
        assertEquals(9, film.at("/frames/1/data/0/y/1").doubleValue());
        assertTrue(film.at("/layout/yaxis/range/1").doubleValue() > 9);
        moments.put("step 3", lines().add("a", YS).add("b", YS));
        assertThrows(IllegalArgumentException.class, () -> Plots.frames(moments).plotly());
    }
}
