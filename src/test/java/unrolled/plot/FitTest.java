package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures follow their cell, and their words cover neither each other nor the data. */
class FitTest {
    private static final double[] YS = {1, 0.5, 0.2};
    private static final String LONG = "A title that is so long that it cannot stand in one line of a notebook cell beside the file browser";

    private static LineChart lines() {
        return Plots.lines("t", "x", "y").add("a", YS);
    }

    private static List<Graphic> all() {
        Map<String, LineChart> film = new LinkedHashMap<>();
        film.put("one", lines());
        film.put("two", lines());
        return List.of(lines().size(900, 300), Plots.row(lines(), lines(), lines()), Plots.frames(film), Plots.unfolded("u").row("x", 1, 0),
                Plots.bars("t", "x", "y").add("a", new String[] {"p"}, new double[] {1}), Plots.heatmap("t", "x", "y", 0, new double[][] {{1, 2}}),
                Plots.histogram("t", "x", "y").add("a", YS));
    }

    @Test void noFigureHasAWidth() {
        for (Graphic each : all()) {
            JsonNode layout = each.plotly().get("layout");
            for (JsonNode one : List.of(layout, layout.at("/meta/narrow"))) {
                assertFalse(one.has("width"), one::toString);
                assertTrue(one.get("autosize").booleanValue() && one.get("height").intValue() >= 200, one::toString);
                assertEquals(Look.CARD, one.get("paper_bgcolor").textValue());
            }
        }
        assertEquals(300, lines().size(300, 300).plotly().at("/layout/width").intValue(), "a small figure stays small");
        assertFalse(lines().size(300, 300).plotly().at("/layout/meta/narrow").has("width"));
    }

    @Test void titlesAndCaptionsAreBrokenForTheNarrowestCell() {
        JsonNode layout = Plots.lines(LONG, LONG, LONG).add("a", YS).caption(LONG).plotly().get("layout");
        assertTrue(Text.width(layout.at("/title/text").textValue()) * 9.2 <= Look.CELL);
        assertTrue(Text.width(layout.at("/title/subtitle/text").textValue()) * 6.9 <= Look.CELL);
        assertTrue(Text.width(layout.at("/meta/narrow/title/text").textValue()) * 9.2 <= Look.NARROW);
        assertTrue(Text.width(layout.at("/yaxis/title/text").textValue()) * 7 <= layout.get("height").intValue() - layout.at("/margin/t").intValue(),
                "above the axis stands the caption");
        int lines = Text.lines(layout.at("/title/text").textValue());
        assertTrue(layout.at("/margin/t").intValue() >= 22 * lines, "the plot begins below the title");
    }

    @Test void wrappingKeepsAllWordsAndBreaksWhatHasNoSpace() {
        for (String words : List.of("w".repeat(100), "日本語の長い説明".repeat(9), "😀".repeat(50), "a<b>bold</b>&" + "c".repeat(60), "one\ntwo", "a b  c", "",
                "שלום ".repeat(20))) {
            String wrapped = Text.plotly(words, 24);
            assertTrue(Text.width(wrapped) <= 24, wrapped);
            assertEquals(words.replaceAll("[ \\n]", ""), wrapped.replaceAll("<br>| ", "").replace("&amp;", "&"));
        }
        assertEquals("a&lt;b &amp;lt; &#36;x&#36;", Text.plotly("a<b &lt; $x$", 60));
        assertEquals(40, Text.width("日本語".repeat(6) + "日本"));
    }

    @Test void notesCoverNeitherTheLineNorEachOther() {
        double[] xs = IntStream.rangeClosed(0, 200).mapToDouble(i -> i * 0.05).toArray();
        double[] ys = IntStream.rangeClosed(0, 200).mapToDouble(i -> Math.sin(i * 0.05)).toArray();
        for (int width : new int[] {Look.CELL, Look.NARROW}) {
            String more = width == Look.CELL ? " here" : "";
            LineChart chart = Plots.lines("t", "x", "y").add("sine", xs, ys).note(1.57, 1, "top" + more).note(4.7, -1, "low" + more)
                    .note(10, ys[200], "edge").note(0, 0, "first" + more).note(7.85, 1, "again");
            JsonNode figure = chart.plotly(width);
            Room room = new Room(chart.traces(), figure.at("/layout/xaxis"), figure.at("/layout/yaxis"), width - 110, 400 - 52 - 70);
            List<Room.Box> boxes = new ArrayList<>();
            for (JsonNode note : figure.at("/layout/annotations")) {
                Room.Box box = Room.box(note.get("text").textValue()).at(room.x(note.get("x").doubleValue()) + note.get("ax").intValue(),
                        room.y(note.get("y").doubleValue()) + note.get("ay").intValue());
                assertEquals(0, room.covered(box), 1.5, note::toString);
                assertTrue(boxes.stream().noneMatch(box::touches), note::toString);
                boxes.add(box);
            }
            assertEquals(5, boxes.size());
        }
    }

    @Test void theWordsOfAHorizontalLineStandWhereNothingIs() {
        JsonNode layout = lines().hline(0.5, "chance").plotly().get("layout");
        assertEquals("chance", layout.at("/annotations/0/text").textValue());
        assertFalse(layout.get("showlegend").booleanValue());
        double[] zigzag = IntStream.range(0, 200).mapToDouble(i -> i % 2).toArray();
        layout = Plots.lines("t", "x", "y").add("a", zigzag).hline(0.5, "chance").hline(0.6, "better").plotly().get("layout");
        assertEquals(0, layout.get("annotations").size());
        assertEquals("chance", layout.at("/shapes/0/name").textValue());
        assertTrue(layout.get("showlegend").booleanValue() && layout.at("/shapes/1/showlegend").booleanValue());
        assertNotEquals(layout.at("/shapes/0/line/dash"), layout.at("/shapes/1/line/dash"), "known apart in the legend");
        JsonNode bars = Plots.bars("t", "x", "y").add("a", new String[] {"p", "q"}, new double[] {1, 0.1}).hline(0.5, "chance").plotly();
        assertTrue(bars.at("/layout/annotations/0/x").doubleValue() > 0.5, "over the short bar, not in the long one");
    }

    @Test void theWordsOfVerticalLinesStandApartAboveThePlot() {
        JsonNode layout = Plots.lines("t", "x", "y").add("a", x -> x, 0, 100).vline(40, "the best epoch").vline(42, "stopped here").vline(100, "the end")
                .vline(0, "the beginning").vline(44, "").plotly().get("layout");
        assertEquals(4, layout.get("annotations").size());
        assertNotEquals(layout.at("/annotations/0/yshift"), layout.at("/annotations/1/yshift"));
        assertEquals("right", layout.at("/annotations/2/xanchor").textValue());
        assertEquals("left", layout.at("/annotations/3/xanchor").textValue());
        layout.get("annotations").forEach(note -> assertEquals("bottom", note.get("yanchor").textValue()));
        assertTrue(layout.at("/margin/t").intValue() > lines().plotly().at("/layout/margin/t").intValue());
    }

    @Test void chartsInARowHaveACommonLegendOnlyIfItIsTrue() {
        JsonNode same = Plots.row(lines().add("b", YS), lines().add("b", YS)).plotly();
        assertEquals(List.of(true, true, false, false), same.get("data").findValues("showlegend").stream().map(JsonNode::booleanValue).toList());
        JsonNode other = Plots.row(lines().add("b", YS), lines().add("c", YS)).plotly();
        assertEquals("legend", other.at("/data/0/legend").textValue());
        assertEquals("legend2", other.at("/data/3/legend").textValue());
        assertTrue(other.at("/layout/legend2/x").doubleValue() > 0.5);
        JsonNode swapped = Plots.row(lines().add("b", YS), Plots.lines("t", "x", "y").add("b", YS).add("a", YS)).plotly();
        assertEquals("legend2", swapped.at("/data/2/legend").textValue(), "a is blue in one and red in the other: one legend would lie");
        JsonNode full = Plots.row(lines(), Plots.lines("t", "x", "y").add("a", IntStream.range(0, 200).mapToDouble(i -> i % 2).toArray()).hline(0.5, "chance")).plotly();
        assertTrue(full.at("/layout/showlegend").booleanValue(), "the words of a line that found no place");
    }

    @Test void theTitlesOfAxesInARowCoverNoOtherChart() {
        JsonNode same = Plots.row(lines(), lines(), lines()).plotly().get("layout");
        assertEquals("y", same.at("/yaxis/title/text").textValue());
        assertFalse(same.get("yaxis2").has("title") || same.get("yaxis3").has("title"), "the first chart says it for all");
        assertEquals("y", same.at("/meta/narrow/yaxis3/title/text").textValue(), "one below the other each has its own");
        JsonNode broken = Plots.row(Plots.lines("t", "x", LONG).add("a", YS), Plots.lines("t", "x", LONG).add("a", YS).caption(LONG)).plotly().get("layout");
        assertFalse(broken.get("yaxis2").has("title"), "the same words, though their lines are broken elsewhere");
        LineChart large = Plots.lines("t", "x", "another").add("a", new double[] {12345.6, 0});
        JsonNode different = Plots.row(lines(), large).plotly().get("layout");
        assertEquals("another", different.at("/yaxis2/title/text").textValue());
        double gap = different.at("/xaxis2/domain/0").doubleValue() - different.at("/xaxis/domain/1").doubleValue();
        double room = Look.CELL - different.at("/margin/l").intValue() - different.at("/margin/r").intValue();
        assertTrue(gap * room >= 6 * 8 + 40, "10,000 and the title lie between the charts: " + gap * room);
        assertTrue(gap > same.at("/xaxis2/domain/0").doubleValue() - same.at("/xaxis/domain/1").doubleValue());
    }

    @Test void aNarrowMapNumbersOnlySomeOfItsColumns() {
        GridChart map = Plots.heatmap("a", "x", "y", 0, new double[3][10]);
        assertEquals(1, map.plotly().at("/layout/xaxis/dtick").intValue());
        int step = Plots.row(map, map, map).plotly().at("/layout/xaxis/dtick").intValue();
        assertTrue(step >= 3, "ten numbers do not fit into a third of a cell: " + step);
        assertEquals(1, Plots.row(map, map, map).plotly().at("/layout/yaxis/dtick").intValue());
        assertEquals(1, Plots.heatmap("a", "x", "y", 0, new double[3][2]).plotly().at("/layout/meta/narrow/xaxis/dtick").intValue(), "no column 0.5");
    }

    @Test void theToolsStandUprightBesideTheTitle() {
        for (Graphic each : all()) {
            assertEquals("v", each.plotly().at("/layout/modebar/orientation").textValue());
            assertEquals("v", each.plotly().at("/layout/meta/narrow/modebar/orientation").textValue());
        }
    }

    @Test void onATelephoneARowIsAColumn() {
        JsonNode narrow = Plots.row(lines(), lines(), lines()).plotly().at("/layout/meta/narrow");
        double above = 1.01;
        for (String axis : List.of("yaxis", "yaxis2", "yaxis3")) {
            assertTrue(narrow.at("/" + axis + "/domain/1").doubleValue() < above);
            assertTrue(narrow.at("/" + axis + "/domain/1").doubleValue() - narrow.at("/" + axis + "/domain/0").doubleValue() > 0.15);
            above = narrow.at("/" + axis + "/domain/0").doubleValue();
        }
        assertEquals("[0.0,1.0]", narrow.at("/xaxis3/domain").toString());
    }

    @Test void mapsThatAreComparedHaveOneScale() {
        GridChart small = Plots.heatmap("a", "x", "y", 0, new double[][] {{1, 2}});
        GridChart large = Plots.heatmap("b", "x", "y", 0, new double[][] {{-4, 3}});
        JsonNode layout = Plots.compare(small, large).plotly().get("layout");
        assertEquals(layout.at("/coloraxis/cmin"), layout.at("/coloraxis2/cmin"));
        assertEquals(4, layout.at("/coloraxis/cmax").doubleValue());
        assertEquals(layout.at("/coloraxis/colorscale"), layout.at("/coloraxis2/colorscale"));
        assertFalse(layout.at("/coloraxis/showscale").booleanValue());
        assertTrue(layout.at("/coloraxis2/colorbar").isObject());
        JsonNode own = Plots.heatmap("a", "x", "y", 0, new double[][] {{1, 2}}).between(0, 10).plotly().at("/data/0");
        assertEquals(10, own.get("zmax").doubleValue());
    }

    @Test void seriesAreKnownInGrey() {
        LineChart chart = Plots.lines("t", "x", "y");
        BarChart bars = Plots.bars("t", "x", "y");
        for (int i = 0; i < 8; i++) {
            chart.add("line " + i, YS).marker();
            bars.add("group " + i, new String[] {"p"}, new double[] {i});
        }
        for (String path : List.of("/line/dash", "/marker/symbol")) {
            Set<String> looks = new HashSet<>();
            chart.plotly().get("data").forEach(trace -> looks.add(trace.at(path).textValue()));
            assertEquals(8, looks.size(), path);
        }
        Set<String> patterns = new HashSet<>();
        bars.plotly().get("data").forEach(trace -> patterns.add(trace.at("/marker/pattern/shape").textValue()));
        assertEquals(8, patterns.size());
        JsonNode own = Plots.lines("t", "x", "y").add("a", YS).add("b", YS).dashed().add("c", YS).plotly().get("data");
        assertEquals(List.of("solid", "dash", "solid"), own.findValues("dash").stream().map(JsonNode::textValue).toList(), "dashed() means something: no other dashes");
    }

    @Test void jitterIsAlwaysTheSameAndTheMouseTellsTheTruth() {
        double[] ones = new double[50];
        LineChart strip = Plots.lines("t", "x", "y").points("a", ones, ones).jitter(0, 0.2);
        assertEquals(strip.plotly(), strip.plotly());
        Set<Double> places = new HashSet<>();
        strip.plotly().at("/data/0/y").forEach(y -> places.add(y.doubleValue()));
        assertEquals(50, places.size());
        assertTrue(places.stream().allMatch(y -> Math.abs(y) <= 0.2));
        assertEquals("(0, 0)", strip.plotly().at("/data/0/text/7").textValue());
        assertTrue(strip.altText().contains("50 points all 0"), strip::altText);
    }

    @Test void everyLabelOfABarIsThere() {
        String[] labels = IntStream.range(0, 30).mapToObj(i -> "network number " + i).toArray(String[]::new);
        JsonNode figure = Plots.bars("t", "x", "y").add("a", labels, new double[30]).numbers().plotly();
        assertEquals(1, figure.at("/layout/xaxis/dtick").intValue());
        assertFalse(figure.at("/data/0/x/0").textValue().contains("<br>"), "turned labels have room for one line");
        assertEquals(-45, Plots.bars("t", "x", "y").turnLabels().add("a", labels, new double[30]).plotly().at("/layout/xaxis/tickangle").intValue());
    }

    @Test void numbersStandAboveTheWhiskers() {
        JsonNode data = Plots.bars("t", "x", "y").numbers().add("a", new String[] {"p", "q"}, new double[] {1, -1}, new double[] {0.5, 0.25}).plotly().get("data");
        assertEquals("[1.5,-1.25]", data.at("/1/y").toString());
        assertEquals("[\"1\",\"-1\"]", data.at("/1/text").toString());
        assertEquals(data.at("/0/offsetgroup"), data.at("/1/offsetgroup"));
        assertFalse(data.at("/1/showlegend").booleanValue());
    }

    @Test void aFilmHoldsItsAxesAndItsWordsStill() {
        Map<String, LineChart> film = new LinkedHashMap<>();
        film.put("flat", Plots.lines("t", "x", "y").add("a", new double[] {2, 2}));
        film.put("steep", Plots.lines("t", "x", "y").add("a", new double[] {-10, 10}));
        JsonNode json = Plots.frames(film).plotly();
        assertTrue(json.at("/layout/yaxis/range/0").doubleValue() < -10 && json.at("/layout/yaxis/range/1").doubleValue() > 10);
        assertFalse(json.at("/frames/0/layout").has("yaxis"));
        Map<String, LineChart> named = new LinkedHashMap<>();
        film.forEach((name, chart) -> named.put(name + " after a thousand epochs", chart));
        JsonNode pad = Plots.frames(named).plotly().at("/layout/sliders/0/pad/r");
        assertTrue(pad.intValue() >= 3 * named.keySet().iterator().next().length() - 30, "half of the last label stands beyond the slider: " + pad);
        Map<String, BarChart> bars = new LinkedHashMap<>();
        bars.put("a", Plots.bars("t", "x", "y").add("a", new String[] {"p"}, new double[] {5}));
        bars.put("b", Plots.bars("t", "x", "y").add("a", new String[] {"p"}, new double[] {9}));
        assertEquals(0, Plots.frames(bars).plotly().at("/layout/yaxis/range/0").doubleValue(), "bars stand on 0");
    }

    @Test void aDrawingShrinksWithItsCell() {
        String svg = Drawing.of("a < b").node("input", 0, 0).node("a very long name of a node", 4, 0).edge("input", "a very long name of a node", 1).svg();
        assertTrue(svg.contains("max-width:100%;height:auto"), svg);
        assertTrue(svg.contains("viewBox") && svg.contains("font-size=\"9\""), svg);
    }
}
