package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DrawingTest {
    private static final String[][] LAYERS = {{"x1", "x2", "x3"}, {"h1", "h2", "h3"}, {"y1", "y2"}};
    private static final List<double[][]> WEIGHTS = List.of(
            new double[][] {{0.1, -0.25, 0.333}, {0.4, 0.55, -0.61}, {-0.7, 0.82, 0.95}},
            new double[][] {{1.1, -1.2}, {1.3, 0}, {-1.5, 1.6}});

    private static Drawing network() {
        return Drawing.network("A < B & \"C\"", LAYERS, WEIGHTS);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test void everyNodeAndEveryArrowIsDrawn() throws Exception {
        Document svg = parse(network().svg());
        assertEquals(8, svg.getElementsByTagName("circle").getLength());
        assertEquals(15, svg.getElementsByTagName("line").getLength());
        assertTrue(svg.getElementsByTagName("title").item(0).getTextContent().contains("x1 -> h2 -0.25"));
    }

    @Test void weightsDoNotCoverEachOther() {
        List<double[]> places = new ArrayList<>();
        Matcher m = Pattern.compile(
                "height=\"16\" rx=\"3\"[^>]*><text x=\"([-\\d.]+)\" y=\"([-\\d.]+)\"[^>]*>([^<]*)<").matcher(network().svg());
        while (m.find()) {
            places.add(new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2)), 7 * m.group(3).length()});
        }
        assertEquals(15, places.size());
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] a = places.get(i);
                double[] b = places.get(j);
                assertTrue(Math.abs(a[1] - b[1]) >= 13 || Math.abs(a[0] - b[0]) >= (a[2] + b[2]) / 2, i + " covers " + j);
            }
        }
    }

    @Test void highlightMakesTheRestPale() {
        assertFalse(network().svg().contains("opacity"));
        String svg = network().highlight("h1").highlightEdge("x1", "h1").svg();
        // 8 nodes but one, 15 arrows and 15 numbers but one of each
        assertEquals(7 + 14 + 14, svg.split(" opacity=\"0.22\"", -1).length - 1);
    }

    @Test void valuesStandInTheNodes() {
        Drawing drawing = network().value("h1", 0.54321);
        assertTrue(drawing.svg().contains(">0.543<"));
        assertTrue(drawing.altText().contains("h1 = 0.543"));
    }

    @Test void mistakesAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> network().highlight("h9")).getMessage()
                .contains("no node \"h9\""));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> network().highlightEdge("x1", "y1")).getMessage()
                .contains("x1 -> y1"));
        assertThrows(IllegalArgumentException.class, () -> Drawing.network("n", LAYERS, List.of()));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Drawing.network("n", new String[][] {{"a", "b"}, {"c"}},
                List.<double[][]>of(new double[][] {{1, 2}}))).getMessage().contains("transposed"));
        assertThrows(IllegalArgumentException.class, () -> Drawing.of("d").node("a", 0, 0).node("a", 1, 0));
    }
}
