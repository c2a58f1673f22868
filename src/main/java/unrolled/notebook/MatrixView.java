package unrolled.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.ejml.simple.SimpleBase;
import unrolled.math.Matrix;
import unrolled.plot.Numbers;
import unrolled.plot.Palette;

/** A matrix with a label, names of rows and columns, and on demand colours: {@code show(matrix("dW", dW).coloured())}. */
public final class MatrixView implements Rich {
    static final List<Class<?>> TYPES = List.of(double[].class, double[][].class, Matrix.class, SimpleBase.class);
    /** More rows or columns than these are cut in the middle. */
    private static final int HEAD = 10;
    private static final int TAIL = 4;

    private final String label;
    private final double[][] values;
    private final String[][] texts;
    private String[] rowNames;
    private String[] columnNames;
    private boolean coloured;
    private double white;

    MatrixView(String label, Object matrix) {
        this.label = label == null ? "" : label;
        this.values = array(matrix);
        this.texts = texts();
    }

    /** Each number; those of one column that would look equal though they differ get more digits. A row alone is compared in itself. */
    private String[][] texts() {
        String[][] texts = new String[values.length][];
        Arrays.setAll(texts, i -> new String[values[i].length]);
        int[] rows = indices(values.length);
        if (values.length == 1) {
            int[] columns = Arrays.stream(indices(width())).filter(j -> j >= 0).toArray();
            String[] row = Numbers.distinct(4, Arrays.stream(columns).mapToDouble(j -> values[0][j]).toArray());
            for (int k = 0; k < columns.length; k++) {
                texts[0][columns[k]] = row[k];
            }
            return texts;
        }
        for (int j : indices(width())) {
            int[] cells = Arrays.stream(rows).filter(i -> i >= 0 && j >= 0 && j < values[i].length).toArray();
            String[] column = Numbers.distinct(4, Arrays.stream(cells).mapToDouble(i -> values[i][j]).toArray());
            for (int k = 0; k < cells.length; k++) {
                texts[cells[k]][j] = column[k];
            }
        }
        return texts;
    }

    static boolean canShow(Object thing) {
        return TYPES.stream().anyMatch(type -> type.isInstance(thing));
    }

    /** The numbers of any matrix that we know; an array is one row. */
    private static double[][] array(Object matrix) {
        if (matrix instanceof double[] row) {
            return new double[][] {row.clone()};
        }
        if (matrix instanceof double[][] rows) {
            return Arrays.stream(rows).map(row -> row == null ? new double[0] : row.clone()).toArray(double[][]::new);
        }
        if (matrix instanceof Matrix own) {
            return own.toArray();
        }
        if (matrix instanceof SimpleBase<?> ejml) {
            double[][] rows = new double[ejml.getNumRows()][ejml.getNumCols()];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    rows[i][j] = ejml.get(i, j);
                }
            }
            return rows;
        }
        throw new IllegalArgumentException("matrix(label, m): m must be a double[], double[][], Matrix or SimpleMatrix, not "
                + (matrix == null ? "null" : matrix.getClass().getSimpleName()) + ".");
    }

    /** A name for each row. */
    public MatrixView rows(String... names) {
        check("row", names.length, values.length);
        rowNames = names.clone();
        return this;
    }

    /** A name for each column. */
    public MatrixView columns(String... names) {
        check("column", names.length, width());
        columnNames = names.clone();
        return this;
    }

    private void check(String what, int names, int needed) {
        if (names != needed) {
            throw new IllegalArgumentException("The matrix " + label + " has " + needed + " " + what + "s, but "
                    + names + " names were given.");
        }
    }

    /** Colours each cell: blue below zero, white at zero, red above; the strongest colour is the largest absolute value. */
    public MatrixView coloured() {
        return coloured(0);
    }

    /** As {@link #coloured()}, but white is this value: 1 for ratios. */
    public MatrixView coloured(double white) {
        coloured = true;
        this.white = white;
        return this;
    }

    private int width() {
        return Arrays.stream(values).mapToInt(row -> row.length).max().orElse(0);
    }

    private String heading() {
        return (label.isEmpty() ? "" : label + " ") + "[" + values.length + "," + width() + "]";
    }

    /** The indices to print; -1 stands for those left out. */
    private static int[] indices(int length) {
        int[] all = new int[length <= HEAD + TAIL + 1 ? length : HEAD + 1 + TAIL];
        Arrays.setAll(all, i -> length <= HEAD + TAIL + 1 || i < HEAD ? i : i == HEAD ? -1 : length - all.length + i);
        return all;
    }

    private String cell(int i, int j) {
        return i < 0 || j < 0 ? "…" : j < values[i].length ? texts[i][j] : "";
    }

    private static String name(String[] names, int i) {
        return names == null ? "" : i < 0 ? "…" : names[i];
    }

    @Override public Bundle bundle() {
        double most = Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite).map(v -> Math.abs(v - white)).max().orElse(0);
        int[] columns = indices(width());
        StringBuilder html = new StringBuilder();
        if (columnNames != null) {
            html.append(rowOf(rowNames == null ? "" : head(""), columns, j -> head(name(columnNames, j))));
        }
        for (int i : indices(values.length)) {
            html.append(rowOf(rowNames == null ? "" : head(name(rowNames, i)), columns, j -> Html.tag("td",
                    Html.CELL + "text-align:right;" + Html.MONO + colour(i, j, most), Html.escape(cell(i, j)))));
        }
        return Bundle.of(Bundle.HTML, Html.table(heading(), html.toString()), toString());
    }

    private static String rowOf(String first, int[] columns, IntFunction<String> cell) {
        StringBuilder row = new StringBuilder("<tr>").append(first);
        for (int j : columns) {
            row.append(cell.apply(j));
        }
        return row.append("</tr>").toString();
    }

    private static String head(String name) {
        return Html.tag("th", Html.CELL + "text-align:right;font-weight:600;color:" + Html.SOFT, Html.escape(name));
    }

    private String colour(int i, int j, double most) {
        if (!coloured || i < 0 || j < 0 || j >= values[i].length || most == 0) {
            return "";
        }
        double share = Double.isNaN(values[i][j]) ? 0 : (values[i][j] - white) / most;
        return ";background:" + Palette.signed(share) + ";color:" + Palette.onSigned(share);
    }

    /** The matrix as aligned text. */
    @Override public String toString() {
        int[] columns = indices(width());
        int[] rows = indices(values.length);
        int names = rowNames == null ? 0 : Arrays.stream(rowNames).mapToInt(String::length).max().orElse(0) + 2;
        int[] widths = Arrays.stream(columns).map(j -> Math.max(name(columnNames, j).length(),
                Arrays.stream(rows).map(i -> cell(i, j).length()).max().orElse(0))).toArray();
        StringBuilder text = new StringBuilder(heading());
        if (columnNames != null) {
            text.append('\n').append(" ".repeat(names)).append(textRow(columns, widths, j -> name(columnNames, j)));
        }
        for (int i : rows) {
            String name = name(rowNames, i);
            text.append('\n').append(name).append(" ".repeat(names - name.length())).append(textRow(columns, widths, j -> cell(i, j)));
        }
        return text.toString();
    }

    private static String textRow(int[] columns, int[] widths, IntFunction<String> cell) {
        StringBuilder row = new StringBuilder();
        for (int k = 0; k < columns.length; k++) {
            String text = cell.apply(columns[k]);
            row.append(k == 0 ? "" : "  ").append(" ".repeat(widths[k] - text.length())).append(text);
        }
        return row.toString();
    }
}
