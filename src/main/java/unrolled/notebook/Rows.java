package unrolled.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Table;
import unrolled.plot.Numbers;

/** A small table with a heading per column: {@code show(table("symbol", "analytic", "numerical").row("dW11", a, n))}. */
public final class Rows implements Rich {
    /** A longer table shows only its beginning and its end. */
    static final int HEAD = 12;
    static final int TAIL = 5;

    private final String[] headings;
    private final List<Object[]> rows = new ArrayList<>();
    private String caption = "";
    private int hidden;

    Rows(String... headings) {
        this.headings = headings.clone();
    }

    /** One more row; numbers are written with 4 significant digits. */
    public Rows row(Object... values) {
        if (values.length != headings.length) {
            throw new IllegalArgumentException("The table has " + headings.length + " columns " + Arrays.toString(headings)
                    + ", but this row has " + values.length + " values.");
        }
        rows.add(values.clone());
        return this;
    }

    /** What the table shows, in words. */
    public Rows caption(String text) {
        caption = text;
        return this;
    }

    static Rows of(Table table) {
        Rows rows = new Rows(table.columnNames().toArray(String[]::new));
        rows.caption = (table.name() == null ? "" : table.name() + ": ") + table.rowCount() + " rows, " + table.columnCount() + " columns";
        boolean all = table.rowCount() <= HEAD + TAIL + 1;
        for (int i = 0; i < table.rowCount(); i++) {
            if (all || i < HEAD || i >= table.rowCount() - TAIL) {
                Object[] values = new Object[table.columnCount()];
                for (int j = 0; j < values.length; j++) {
                    values[j] = table.column(j).isMissing(i) ? "" : table.get(i, j);
                }
                rows.rows.add(values);
            }
        }
        rows.hidden = all ? 0 : table.rowCount() - HEAD - TAIL;
        return rows;
    }

    /** The rows to print; where rows are left out stands a row of "…". */
    private List<Object[]> printed() {
        boolean cut = hidden > 0 || rows.size() > HEAD + TAIL + 1;
        if (!cut) {
            return rows;
        }
        List<Object[]> printed = new ArrayList<>(rows.subList(0, HEAD));
        Object[] gap = new Object[headings.length];
        Arrays.fill(gap, "…");
        printed.add(gap);
        printed.addAll(rows.subList(rows.size() - TAIL, rows.size()));
        return printed;
    }

    private String note() {
        int left = hidden > 0 ? hidden : rows.size() > HEAD + TAIL + 1 ? rows.size() - HEAD - TAIL : 0;
        return left == 0 ? caption : (caption.isEmpty() ? "" : caption + " ") + "(" + left + " rows left out)";
    }

    /** The texts of all cells; numbers of one column that would look equal though they differ get more digits. */
    private static List<String[]> texts(List<Object[]> rows, int columns) {
        List<String[]> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(new String[columns]));
        for (int j = 0; j < columns; j++) {
            double[] reals = new double[rows.size()];
            for (int i = 0; i < reals.length; i++) {
                reals[i] = real(rows.get(i)[j]);
            }
            String[] numbers = Numbers.distinct(4, reals);
            for (int i = 0; i < reals.length; i++) {
                Object value = rows.get(i)[j];
                texts.get(i)[j] = value instanceof Double || value instanceof Float ? numbers[i]
                        : value instanceof Boolean b ? (b ? "yes" : "no") : String.valueOf(value);
            }
        }
        return texts;
    }

    /** A float of 0.1 is 0.1, not 0.10000000149. */
    private static double real(Object value) {
        return value instanceof Double d ? d : value instanceof Float f ? Double.parseDouble(f.toString()) : Double.NaN;
    }

    /** A column is a column of numbers if every value in it is one. */
    private boolean numeric(int column) {
        return rows.stream().allMatch(row -> row[column] instanceof Number || "".equals(row[column]));
    }

    @Override public Bundle bundle() {
        StringBuilder html = new StringBuilder(line("th", headings, "border-bottom:1px solid " + Html.LINE + ";font-weight:600;"));
        for (String[] row : texts(printed(), headings.length)) {
            html.append(line("td", row, ""));
        }
        return Bundle.of(Bundle.HTML, Html.table(note(), html.toString()), toString());
    }

    private String line(String tag, String[] texts, String style) {
        StringBuilder line = new StringBuilder();
        for (int j = 0; j < texts.length; j++) {
            String align = numeric(j) ? "text-align:right;" + (tag.equals("td") ? Html.MONO : "") : "text-align:left;";
            line.append(Html.tag(tag, Html.CELL + style + align, Html.escape(texts[j])));
        }
        return "<tr>" + line + "</tr>";
    }

    /** The table as aligned text. */
    @Override public String toString() {
        List<String[]> printed = texts(printed(), headings.length);
        printed.add(0, headings);
        StringBuilder text = new StringBuilder(note().isEmpty() ? "" : note() + "\n");
        int[] width = new int[headings.length];
        printed.forEach(row -> Arrays.setAll(width, j -> Math.max(width[j], row[j].length())));
        for (String[] row : printed) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < row.length; j++) {
                String pad = " ".repeat(width[j] - row[j].length());
                line.append(j == 0 ? "" : "  ").append(numeric(j) ? pad + row[j] : row[j] + pad);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
