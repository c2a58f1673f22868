package unrolled.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import unrolled.math.Matrix;
import unrolled.plot.Drawing;
import unrolled.plot.Plots;

/** What each kind of thing looks like, in every MIME type that we send. */
@ResourceLock(Resources.SYSTEM_OUT)
class DisplayTest {
    private static final double[][] ROWS = {{1, -0.5}, {1.0 / 3, 0}};

    private static String printed(Runnable code) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            code.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String html(Object thing) {
        return (String) Bundle.of(thing).data().get(Bundle.HTML);
    }

    @Test void outsideOfAKernelTheTextIsPrinted() {
        assertEquals("[2,2]\n     1  -0.5\n0.3333     0\n", printed(() -> Display.show(ROWS)));
        assertEquals("hello\nnull\n3\n", printed(() -> Display.show("hello", null, 3)));
        assertEquals("the words\n", printed(() -> Display.html("<b>no</b>", "the words")));
        assertTrue(printed(() -> Display.show(Plots.lines("Loss", "epoch", "loss").add("a", new double[] {1, 2}))).contains("from 1 to 2"));
    }

    @Test void everyMatrixLooksTheSame() {
        String expected = html(ROWS);
        assertTrue(expected.contains(">0.3333</td>") && expected.contains("text-align:right"), expected);
        assertEquals(expected, html(new SimpleMatrix(ROWS)));
        assertEquals(expected, html(Matrix.of(ROWS)));
        assertTrue(html(new double[] {1, 2}).contains("[1,2]"));
    }

    @Test void aChartIsPlotlyJsonWithWords() {
        Map<String, Object> data = Bundle.of(Plots.lines("Loss", "epoch", "loss").add("a", new double[] {1, Double.NaN})).data();
        Map<?, ?> figure = (Map<?, ?>) data.get(Bundle.PLOTLY);
        assertTrue(figure.containsKey("data") && figure.containsKey("layout"));
        assertTrue(data.get(Bundle.TEXT).toString().contains("Line chart \"Loss\""));
        assertEquals(2, data.size());
    }

    @Test void aDrawingIsSvgWithWords() {
        Map<String, Object> data = Bundle.of(Drawing.of("d").node("x1", 0, 0).node("y1", 1, 0).edge("x1", "y1", 2)).data();
        assertTrue(data.get(Bundle.SVG).toString().startsWith("<svg"));
        assertTrue(data.get(Bundle.TEXT).toString().contains("x1 -> y1 2"));
    }

    @Test void labelsNamesAndColours() {
        MatrixView view = Display.matrix("∂L/∂W <now>", ROWS).rows("x1", "x2").columns("h1", "h2").coloured();
        String html = html(view);
        assertTrue(html.contains("∂L/∂W &lt;now&gt; [2,2]") && html.contains(">x2</th>"), html);
        assertTrue(html.contains("background:#b2181b") || html.contains("background:#b2182b"), html);
        assertTrue(html.contains("background:#ffffff;color:#000000"), html);
        assertEquals("∂L/∂W <now> [2,2]\n        h1    h2\nx1       1  -0.5\nx2  0.3333     0", view.toString());
        var error = assertThrows(IllegalArgumentException.class, () -> Display.matrix("W", ROWS).rows("x1"));
        assertEquals("The matrix W has 2 rows, but 1 names were given.", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Display.matrix("W", "text"));
    }

    @Test void aHugeMatrixIsCut() {
        String html = html(new double[5000][300]);
        assertTrue(html.contains("[5000,300]") && html.contains("…"));
        assertEquals(15 * 15, html.split("<td", -1).length - 1);
        assertTrue(Bundle.of(new double[5000][300]).text().lines().count() == 16);
    }

    @Test void oddMatricesDoNotFail() {
        for (Object odd : new Object[] {new double[0][0], new double[0],
            new double[][] {{1}, {1, 2}, null}, new double[][] {{Double.NaN}}}) {
            assertFalse(Bundle.of(odd).text().isEmpty());
            assertFalse(html(Display.matrix("odd", odd).coloured()).isEmpty());
        }
    }

    @Test void aTableAlignsItsNumbersAndHidesItsMiddle() {
        Table table = Table.create("runs", IntColumn.create("seed", IntStream.range(0, 1000).toArray()),
                DoubleColumn.create("loss", IntStream.range(0, 1000).mapToDouble(i -> i == 3 ? Double.NaN : i / 7.0).toArray()));
        String html = html(table);
        assertTrue(html.contains("1000 rows, 2 columns (983 rows left out)"), html);
        assertTrue(html.contains(">0.1429</td>") && html.contains(">999</td>"), html);
        assertEquals(19, html.split("<tr>", -1).length - 1);
        assertTrue(Bundle.of(table).text().lines().count() == 20);
    }

    @Test void rowsCheckTheirLength() {
        Rows rows = Display.table("symbol", "analytic", "error").row("dW11", 0.123456, 1e-9).row("<b>", 2.0, 0).caption("Check");
        assertEquals("Check\nsymbol  analytic  error\ndW11      0.1235  1e-09\n<b>            2      0", rows.toString());
        assertTrue(html(rows).contains("&lt;b&gt;"));
        assertThrows(IllegalArgumentException.class, () -> rows.row(1, 2));
    }

    @Test void aLivePlacePrintsOnlyItsLastContentWhereItCannotReplace() {
        assertEquals("third\n", printed(() -> {
            try (Live live = Display.live()) {
                live.show("first");
                live.show("second");
                live.show("third");
            }
        }));
    }

    @Test void progressPrintsOneLine() {
        String text = printed(() -> {
            try (Progress p = Progress.of("training", 3)) {
                for (int i = 0; i < 3; i++) {
                    p.step("loss " + i);
                }
            }
        });
        assertTrue(text.matches("training: 3 of 3 in 0\\.\\d s, loss 2\n"), text);
        assertThrows(IllegalArgumentException.class, () -> Progress.of("nothing", 0));
    }

    @Test void progressEndsTheLoopOfAStoppedThread() {
        String text = printed(() -> {
            var error = assertThrows(CancellationException.class, () -> {
                try (Progress p = Progress.of("training", 200)) {
                    for (int i = 0; i < 200; i++) {
                        if (i == 36) {
                            Thread.currentThread().interrupt();
                        }
                        p.step();
                    }
                }
            });
            assertEquals("Stopped by you after 37 of 200 steps.", error.getMessage());
        });
        assertFalse(Thread.interrupted());
        assertTrue(text.startsWith("training: stopped after 37 of 200"), text);
        try (Progress p = Progress.of("polite", 2)) {
            Thread.currentThread().interrupt();
            assertTrue(p.stopped() && p.stopped());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test void timesAreReadable() {
        assertEquals(List.of("0.4 s", "12 s", "3 min 5 s"), List.of(Progress.time(0.42), Progress.time(12.3), Progress.time(185)));
    }
}
