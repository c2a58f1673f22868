package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.BubblePlot;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.ContourTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.PieTrace;
import tech.tablesaw.plotly.traces.Scatter3DTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;
import tech.tablesaw.plotly.traces.ViolinTrace;

/** What Tablesaw writes becomes JSON with the same numbers and the same words. */
class PlotlyJsonTest {
    private static final double[] XS = {1, 2, 3};
    private static final double[] YS = {0.123456789, -2e-9, 3e7};

    private static JsonNode figure(String title, Trace... traces) {
        Layout layout = Layout.builder(title, title + " x", title + " y").titleFont(Font.builder().size(30).build()).build();
        return new TablesawFigure(new Figure(layout, traces)).plotly();
    }

    @Test void titlesAreObjectsBecausePlotly3IgnoresStrings() {
        JsonNode json = figure("Loss", ScatterTrace.builder(XS, YS).build());
        assertEquals("Loss", json.at("/layout/title/text").textValue());
        assertEquals(30, json.at("/layout/title/font/size").intValue());
        assertEquals("Loss x", json.at("/layout/xaxis/title/text").textValue());
        assertEquals("Loss y", json.at("/layout/yaxis/title/text").textValue());
    }

    @Test void wordsSurvive() {
        for (String words : List.of("it's", "a < b & c > d", "say \"h\"", "∂L/∂W für Ω", "C:\\new\\b",
                "{x: 'y', }", "100 %, 5e-3", "a, ]}", "")) {
            JsonNode json = figure(words, ScatterTrace.builder(XS, YS).name(words).build());
            assertEquals((words + " x").strip(), shown(json.at("/layout/xaxis/title/text")));
            assertEquals(words, shown(json.at("/data/0/name")));
            JsonNode bars = figure("bars", BarTrace.builder(new String[] {words, "other"}, new double[] {1, 2}).build());
            assertEquals(words.isEmpty() ? "(missing)" : words, shown(bars.at("/data/0/x/0")));
        }
    }

    /** What Plotly makes of a text: entities are characters again. */
    private static String shown(JsonNode text) {
        return text.textValue().replace("&#36;", "$").replace("&lt;", "<").replace("&amp;", "&");
    }

    @Test void numbersKeepAllTheirDigits() {
        JsonNode data = figure("n", ScatterTrace.builder(XS, YS).build()).at("/data/0");
        assertEquals(0.123456789, data.at("/y/0").doubleValue());
        assertEquals(-2e-9, data.at("/y/1").doubleValue());
        assertEquals(3e7, data.at("/y/2").doubleValue());
        assertTrue(data.at("/x/0").isNumber());
    }

    @Test void whatIsNoNumberIsAGap() throws Exception {
        double[] ys = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4};
        for (Trace trace : List.of(ScatterTrace.builder(new double[] {1, 2, 3, 4}, ys).build(),
                BarTrace.builder(new Object[] {"a", "b", "c", "d"}, ys).build())) {
            JsonNode y = figure("gaps", trace).at("/data/0/y");
            assertTrue(y.get(0).isNull() && y.get(1).isNull() && y.get(2).isNull(), y::toString);
            assertEquals(4, y.get(3).doubleValue());
        }
        JsonNode z = figure("z", HeatmapTrace.builder(new Object[] {"a"}, new Object[] {"b"}, new double[][] {{Double.NaN}}).build());
        assertTrue(z.at("/data/0/z/0/0").isNull());
        new ObjectMapper().readTree(z.toString()); // strict JSON
    }

    @Test void labelsThatLookLikeNumbersStayLabels() {
        JsonNode json = figure("2024", ScatterTrace.builder(XS, YS).name("1").text(new String[] {"007", "08", "9"}).build());
        assertEquals("2024", json.at("/layout/title/text").textValue());
        assertEquals("1", json.at("/data/0/name").textValue());
        assertEquals("007", json.at("/data/0/text/0").textValue());
        JsonNode mixed = figure("m", BarTrace.builder(new Object[] {"1", "two"}, new double[] {1, 2}).build()).at("/data/0/x");
        assertEquals("1", mixed.get(0).textValue());
    }

    @Test void everyKindOfTraceConverts() {
        Object[] labels = {"a", "b"};
        double[][] z = {{1, 2}, {3, 4}};
        List<Trace> traces = List.of(
                ScatterTrace.builder(XS, YS).mode(ScatterTrace.Mode.LINE_AND_MARKERS).opacity(0.5).fill(ScatterTrace.Fill.TO_NEXT_Y)
                        .line(Line.builder().dash(Line.Dash.DOT).build()).marker(Marker.builder().color("red").size(9).build()).build(),
                BarTrace.builder(labels, new double[] {1, 2}).build(), HeatmapTrace.builder(labels, labels, z).build(),
                ContourTrace.builder(labels, labels, z).build(), HistogramTrace.builder(YS).nBinsX(5).build(),
                BoxTrace.builder(labels, new double[] {1, 2}).build(), PieTrace.builder(labels, new double[] {1, 2}).build(),
                ViolinTrace.builder(labels, new double[] {1, 2}).build(), Scatter3DTrace.builder(XS, YS, XS).build());
        List<String> types = List.of("scatter", "bar", "heatmap", "contour", "histogram", "box", "pie", "violin", "scatter3d");
        for (int i = 0; i < types.size(); i++) {
            assertEquals(types.get(i), PlotlyJson.of(traces.get(i)).get("type").textValue());
        }
        assertEquals(0.5, PlotlyJson.of(traces.get(0)).get("opacity").doubleValue());
        assertEquals("dot", PlotlyJson.of(traces.get(0)).at("/line/dash").textValue());
        assertEquals(4, PlotlyJson.of(traces.get(2)).at("/z/1/1").doubleValue());
    }

    @Test void tablesawsOwnPlotsConvert() {
        Table table = Table.create("t", StringColumn.create("who", "Ann", "O'Neil"), DoubleColumn.create("x", 1, 2),
                DoubleColumn.create("y", 3, Double.NaN));
        for (Figure figure : List.of(LinePlot.create("Lines", table, "x", "y"), VerticalBarPlot.create("Bars", table, "who", "y"),
                BubblePlot.create("Bubbles", table, "x", "y", "x"))) {
            Graphic graphic = Plots.graphic(figure).orElseThrow();
            assertFalse(graphic.plotly().at("/layout/title/text").asText().isEmpty());
            assertTrue(graphic.altText().contains("\"" + graphic.plotly().at("/layout/title/text").asText() + "\""));
        }
    }

    @Test void aFigureWithoutLayoutAndAnAxisOfDates() {
        Figure bare = new Figure(ScatterTrace.builder(XS, YS).build());
        assertTrue(new TablesawFigure(bare).plotly().get("layout").isObject());
        Layout dates = Layout.builder("d").xAxis(Axis.builder().type(Axis.Type.LOG).autoRange(Axis.AutoRange.REVERSED).build()).build();
        JsonNode axis = new TablesawFigure(new Figure(dates, ScatterTrace.builder(XS, YS).build())).plotly().at("/layout/xaxis");
        assertEquals("log", axis.get("type").textValue());
        assertEquals("reversed", axis.get("autorange").textValue());
    }
}
