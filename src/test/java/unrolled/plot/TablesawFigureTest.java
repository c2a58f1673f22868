package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.*;
import tech.tablesaw.plotly.api.*;
import tech.tablesaw.plotly.components.*;
import tech.tablesaw.plotly.traces.*;

/** Each kind of figure that Tablesaw makes says what the table says. */
class TablesawFigureTest {
    private static final String[] NAMES = {"1e5", "2020-01-01", "007", "NaN", ""};

    private static Table table() {
        Table t = Table.create("t", StringColumn.create("name", NAMES), DoubleColumn.create("y", 101325.1, 101325.4, Double.NaN, 101325.2, 3),
                IntColumn.create("n", 1, 2, 3, 4, 5), ShortColumn.create("s", new short[] {1, 2, 3, 4, 5}), LongColumn.create("l", 1, 2, 3, 4, 5),
                FloatColumn.create("f", 0.1f, 0.2f, 0.3f, 0.4f, 0.5f), BooleanColumn.create("b", true, false, true, false, true),
                DateColumn.create("day", IntStream.range(1, 6).mapToObj(i -> LocalDate.of(2020, 1, i)).toArray(LocalDate[]::new)),
                DateTimeColumn.create("when", IntStream.range(1, 6).mapToObj(i -> LocalDateTime.of(2020, 1, 1, i, 30)).toArray(LocalDateTime[]::new)),
                InstantColumn.create("instant", IntStream.range(1, 6).mapToObj(i -> Instant.ofEpochSecond(i * 3600L)).toArray(Instant[]::new)),
                TimeColumn.create("time", IntStream.range(1, 6).mapToObj(i -> LocalTime.of(i, 30)).toArray(LocalTime[]::new)));
        t.columns().forEach(column -> {
            if (!List.of("name", "y").contains(column.name())) {
                column.setMissing(2);
            }
        });
        return t;
    }

    private static JsonNode json(Figure figure) {
        try {
            JsonNode json = Plots.graphic(figure).orElseThrow().plotly();
            new ObjectMapper().readTree(json.toString());
            return json;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode scatter(String x) {
        Table t = table();
        return json(new Figure(Layout.builder("s", x, "n").build(), ScatterTrace.builder(t.column(x), t.column("n")).build()));
    }

    private static String note(JsonNode json) {
        return json.at("/layout/title/subtitle/text").asText("").replace("<br>", " ").replaceAll("<[^>]*>", "");
    }

    @Test void eachTypeOfColumnHasItsAxisAndItsGap() {
        String[][] expected = {{"y", "linear", "101325.1"}, {"n", "linear", "1.0"}, {"s", "linear", "1.0"}, {"l", "linear", "1.0"}, {"f", "linear", "0.1"},
            {"b", "category", "\"true\""}, {"day", "date", "\"2020-01-01\""}, {"when", "date", "\"2020-01-01T01:30\""},
            {"instant", "date", "\"1970-01-01T01:00\""}, {"time", "date", "\"1970-01-01T01:30\""}};
        for (String[] each : expected) {
            JsonNode json = scatter(each[0]);
            assertEquals(each[1], json.at("/layout/xaxis/type").textValue(), each[0]);
            assertEquals(each[2], json.at("/data/0/x/0").toString(), each[0]);
            assertTrue(each[0].equals("b") ? json.at("/data/0/x/2").asText().equals("(missing)") : json.at("/data/0/x/2").isNull(), each[0]);
            assertTrue(note(json).startsWith("Not drawn: 1 of 5 points"), note(json));
        }
        assertEquals("%H:%M:%S", scatter("time").at("/layout/xaxis/tickformat").textValue());
    }

    @Test void namesThatLookLikeNumbersAreNames() {
        Table t = table();
        for (Figure figure : List.of(VerticalBarPlot.create("b", t, "name", "n"), ParetoPlot.create("p", t, "name", "n"), BoxPlot.create("x", t, "name", "n"),
                ViolinPlot.create("v", t, "name", "n", true, true),
                new Figure(ScatterTrace.builder(t.column("name"), t.column("n")).build()), Heatmap.create("h", t, "n", "name"))) {
            JsonNode json = json(figure);
            assertEquals("category", json.at("/layout/xaxis/type").textValue(), figure.getTraces()[0].getClass().getSimpleName());
            json.at("/data/0/x").forEach(name -> assertTrue(name.isTextual(), name::toString));
            assertTrue(json.at("/data/0/x").toString().contains("\"1e5\""));
            assertTrue(json.at("/data/0/x").toString().contains("\"(missing)\""));
        }
        assertEquals("category", json(HorizontalBarPlot.create("h", t, "name", "n")).at("/layout/yaxis/type").textValue());
        assertEquals("\"007\"", json(PiePlot.create("p", t, "name", "n")).at("/data/0/labels/2").toString());
        assertEquals("category", json(ContourPlot.create("c", t, "name", "n")).at("/layout/yaxis/type").textValue());
    }

    @Test void numbersAreNumbersInEveryKind() {
        Table t = table();
        for (Figure figure : List.of(LinePlot.create("l", t, "n", "y"), ScatterPlot.create("s", t, "n", "y"), AreaPlot.create("a", t, "n", "y"),
                TimeSeriesPlot.create("d", t, "day", "y"), VerticalBarPlot.create("b", t, "name", "y"), BoxPlot.create("x", t, "name", "y"),
                Histogram2D.create("h", t, "n", "y"))) {
            JsonNode json = json(figure);
            assertEquals(101325.4, json.at("/data/0/y/1").doubleValue());
            assertEquals("linear", json.at("/layout/yaxis/type").textValue());
            assertTrue(note(json).contains("1 of 5"), note(json));
        }
        assertEquals(101325.4, json(tech.tablesaw.plotly.api.Histogram.create("h", t, "y")).at("/data/0/x/1").doubleValue());
        assertEquals(101325.4, json(QuantilePlot.create("q", t, "y")).at("/data/0/y/3").doubleValue());
        JsonNode candles = json(CandlestickPlot.create("c", t, "day", "y", "y", "y", "y"));
        assertEquals(101325.4, candles.at("/data/0/close/1").doubleValue());
        assertEquals("date", candles.at("/layout/xaxis/type").textValue());
        assertTrue(note(candles).contains("1 of 5"));
        assertEquals("ohlc", json(OHLCPlot.create("c", t, "day", "y", "y", "y", "y")).at("/data/0/type").textValue());
        assertEquals(4, json(Scatter3DPlot.create("3", t, "n", "y", "n")).at("/data/0/z/3").doubleValue());
        assertEquals(2, json(QQPlot.create("q", t, "n", "n")).get("data").size());
        assertEquals(2, json(TukeyMeanDifferencePlot.create("q", "m", t, "n", "n")).get("data").size());
        assertEquals(5, json(BubblePlot.create("b", t.dropWhere(t.numberColumn("n").isMissing()), "l", "y", "n")).at("/data/0/marker/size/3").intValue());
    }

    @Test void whatTablesawDropsIsFound() {
        var error = assertThrows(IllegalArgumentException.class, () -> json(new Figure(ScatterTrace.builder(new double[] {1}, new double[] {1, 2}).build())));
        assertTrue(error.getMessage().contains("1 values of x, but 2 of y"), error::getMessage);
        assertThrows(IllegalArgumentException.class, () -> json(new Figure(BarTrace.builder(new Object[] {"a"}, new double[] {1, 2}).build())));
        assertThrows(IllegalArgumentException.class, () -> json(new Figure(PieTrace.builder(new Object[] {"a"}, new double[] {1, 2}).build())));
        assertThrows(IllegalArgumentException.class, () -> json(new Figure(HeatmapTrace.builder(new Object[] {"a"}, new Object[] {"b"}, new double[][] {{1, 2}}).build())));
        assertThrows(IllegalArgumentException.class, () -> json(new Figure(BoxTrace.builder(new Object[] {"a", "b"}, new double[] {1}).build())));
        assertTrue(note(json(new Figure(PieTrace.builder(new Object[] {"a", "b"}, new double[] {1, -2}).build()))).contains("1 of 2 slices"));
        assertTrue(note(json(new Figure(BarTrace.builder(new Object[] {"a", "a", "b"}, new double[] {1, 2, 3}).build()))).contains("cover each other"));
    }

    @Test void anAxisIsOfOneKind() {
        Table t = table();
        ScatterTrace numbers = ScatterTrace.builder(new double[] {1}, new double[] {1}).build();
        for (String other : List.of("name", "day", "time", "b")) {
            var error = assertThrows(IllegalArgumentException.class, () -> json(new Figure(numbers, ScatterTrace.builder(t.column(other), t.column("n")).build())));
            assertTrue(error.getMessage().contains("do not fit on one x axis"), error::getMessage);
        }
        Layout log = Layout.builder("l").xAxis(Axis.builder().type(Axis.Type.LOG).build()).build();
        assertThrows(IllegalArgumentException.class, () -> json(new Figure(log, ScatterTrace.builder(t.column("name"), t.column("n")).build())));
        JsonNode json = json(new Figure(log, ScatterTrace.builder(new double[] {0, 1, -1}, new double[] {1, 2, 3}).build()));
        assertTrue(note(json).contains("2 of 3 points, not above 0"), note(json));
    }

    @Test void emptyTablesAndLonelyPoints() {
        Table t = table();
        assertEquals("No points to draw.", note(json(LinePlot.create("e", t.emptyCopy(), "n", "y"))));
        assertEquals("No bars to draw.", note(json(VerticalBarPlot.create("e", t.emptyCopy(), "name", "y"))));
        assertEquals("This figure has no series.", note(json(new Figure())));
        JsonNode line = json(LinePlot.create("l", "x", new double[] {1, 2, 3}, "y", new double[] {1, Double.NaN, 3})).at("/data/0");
        assertEquals("lines+markers", line.get("mode").textValue());
        assertEquals("[7,0,7]", line.at("/marker/size").toString());
    }

    @Test void wordsAreShownAsTyped() {
        String words = "a<b & c>d \"e\" 'f' \\ $g$ </script> 😀 שלום";
        Table t = Table.create("t", StringColumn.create("name", words, "x"), DoubleColumn.create("y", 1, 2));
        JsonNode json = json(VerticalBarPlot.create(words, t, "name", "y"));
        String expected = "a&lt;b &amp; c>d \"e\" 'f' \\ &#36;g&#36; &lt;/script> 😀 שלום";
        assertEquals(expected, json.at("/layout/title/text").textValue());
        assertEquals(expected, json.at("/data/0/x/0").textValue());
        assertEquals("one<br>two", json(LinePlot.create("one\ntwo", "x", new double[] {1}, "y", new double[] {1})).at("/layout/title/text").textValue());
        assertTrue(Plots.graphic(VerticalBarPlot.create(words, t, "name", "y")).orElseThrow().altText().contains(words));
    }

    @Test void ownTicksAndColoursAreKept() {
        Axis axis = Axis.builder().title("x").tickSettings(TickSettings.builder().arrayTicks(new double[] {1, 2}, new String[] {"a'b", "<c>"}).build()).build();
        Marker marker = Marker.builder().size(3, 500).color(new double[] {1, 2.5}).build();
        JsonNode json = json(new Figure(Layout.builder("t").xAxis(axis).build(), ScatterTrace.builder(new double[] {1, 2}, new double[] {3, 4})
                .marker(marker).text(new String[] {"007", "a<b"}).build()));
        assertEquals("array", json.at("/layout/xaxis/tickmode").textValue());
        assertEquals("[\"a'b\",\"&lt;c>\"]", json.at("/layout/xaxis/ticktext").toString());
        assertEquals("[\"007\",\"a&lt;b\"]", json.at("/data/0/text").toString());
        assertEquals(2.5, json.at("/data/0/marker/color/1").doubleValue());
        assertEquals(500 / 60.0, json.at("/data/0/marker/sizeref").doubleValue(), 1e-9, "a bubble fits into the figure");
    }

    @Test void theFigureFollowsItsCell() {
        Table t = table();
        for (Figure figure : List.of(VerticalBarPlot.create("wide", t, "name", "n"), Scatter3DPlot.create("3", t, "n", "y", "n"), QQPlot.create("q", t, "n", "n"))) {
            JsonNode layout = json(figure).get("layout");
            assertFalse(layout.has("width"));
            assertTrue(layout.get("autosize").booleanValue());
            assertEquals("h", layout.at("/legend/orientation").textValue());
            assertFalse(layout.at("/meta/narrow").has("width"));
        }
    }
}
