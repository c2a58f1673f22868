package unrolled.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unrolled.math.Matrix;

/** Numbers of one column that differ look different, in every kind of table. */
class TrueTablesTest {
    private static String html(Object thing) {
        return (String) Bundle.of(thing).data().get(Bundle.HTML);
    }

    @Test void aColumnOfCloseNumbers() {
        Rows rows = Display.table("hour", "pressure").row(0, 101325.1).row(1, 101325.4).row(2, 7.0);
        assertEquals("hour  pressure\n   0  101325.1\n   1  101325.4\n   2         7", rows.toString());
        assertTrue(html(rows).contains(">101325.4</td>"));
        assertEquals("a\n0.12345\n0.12346", Display.table("a").row(0.12345).row(0.12346).toString().replace(" ", ""));
        assertEquals("a\n0.3\n0.3", Display.table("a").row(0.1 + 0.2).row(0.3).toString().replace(" ", ""), "a difference of rounding is none");
        assertEquals("a\n0.1\n0.3", Display.table("a").row(0.1f).row(0.3f).toString().replace(" ", ""), "a float has no digits of its own making");
        assertEquals("a\nNaN\nNaN\n0.333", Display.table("a").row(Double.NaN).row(Double.NaN).row(0.333).toString().replace(" ", ""));
    }

    @Test void aTablesawTable() {
        Table table = Table.create("t", DoubleColumn.create("p", 101325.1, 101325.4, Double.NaN), FloatColumn.create("f", 1.00001f, 1.00002f, 3f),
                IntColumn.create("n", 1_000_000, 1_000_001, 1_000_002), StringColumn.create("s", "1e5", "", "<b>"));
        table.intColumn("n").setMissing(2);
        String html = html(table);
        for (String cell : new String[] {"101325.1", "101325.4", "1.00001", "1.00002", "1000001", "1e5", "&lt;b&gt;"}) {
            assertTrue(html.contains(">" + cell + "</td>"), cell);
        }
        assertTrue(Bundle.of(table.emptyCopy()).text().contains("0 rows, 4 columns"));
    }

    @Test void aMatrixByColumnsAndARowInItself() {
        assertEquals("[2,2]\n101325.1  1\n101325.4  2", Bundle.of(new double[][] {{101325.1, 1}, {101325.4, 2}}).text());
        assertEquals("[1,3]\n1.0001  1.0002  5", Bundle.of(new double[] {1.0001, 1.0002, 5}).text());
        assertEquals("[2,2]\n   1     1\n5.12  5.12", Bundle.of(new double[][] {{1.00001, 1.00002}, {5.12, 5.12}}).text(),
                "numbers of different columns are not compared");
        assertTrue(html(Matrix.of(new double[][] {{1e-9}, {1.00000001e-9}})).contains("1.00000001e-09"));
        assertTrue(Bundle.of(new double[][] {{1, 2}, {3}, null}).text().startsWith("[3,2]"));
    }

    @Test void aWideTableScrollsByItself() {
        assertTrue(html(new double[30][30]).startsWith("<div style=\"overflow-x:auto\"><table"));
    }
}
