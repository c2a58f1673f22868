package unrolled.course;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * An answer of any type as a table of numbers, row by row: what every check compares.
 *
 * @param rows   number of rows
 * @param cols   number of columns
 * @param flat   true for a plain vector, which fits one row as well as one column
 * @param values the numbers, {@code [rows,cols]} in row-major order
 * @param places where each number comes from, such as "the input 0.5"; null if nobody knows
 */
record View(int rows, int cols, boolean flat, double[] values, List<String> places) {

    /** More numbers than any exercise asks for: such an answer is refused before it is copied. */
    static final int MOST = 100_000;

    View(int rows, int cols, boolean flat, double[] values) {
        this(rows, cols, flat, values, null);
    }

    static View number(double value) {
        return new View(1, 1, true, new double[] {value});
    }

    static View vector(double... values) {
        return new View(1, values.length, true, values.clone());
    }

    /** The numbers that a function gave, each with the place it comes from, or null. */
    static View results(double[] values, List<String> places) {
        return new View(1, values.length, true, values.clone(), places);
    }

    /** Reads a number; a table with a single entry counts as that number. */
    static View number(Object packed) throws NotAnAnswer {
        Object answer = Unpack.of(packed);
        if (answer == null) {
            throw NotAnAnswer.blank();
        }
        if (answer instanceof Number n) {
            return number(Unpack.real(n));
        }
        View view = isTable(answer) ? matrix(answer) : null;
        if (view == null || view.values.length != 1) {
            throw new NotAnAnswer("the answer is one number; yours is " + Words.describe(answer)
                + (view == null ? hint(answer) : " of " + view.values.length + " numbers") + ".");
        }
        return number(view.values[0]);
    }

    /** Reads arrays of any number type, lists of numbers, matrices, and sequences as the matrix of all their steps. */
    static View matrix(Object packed) throws NotAnAnswer {
        Object answer = Unpack.of(packed);
        if (answer == null) {
            throw NotAnAnswer.blank();
        }
        if (answer instanceof Sequence s) {
            return matrix(s.all());
        }
        if (answer instanceof SimpleMatrix m) {
            return read(m.getNumRows(), m.getNumCols(), m::get);
        }
        if (answer instanceof Matrix m) {
            return read(m.rows(), m.cols(), m::get);
        }
        if (answer instanceof Number n) {
            return number(Unpack.real(n));
        }
        if (!isTable(answer)) {
            throw new NotAnAnswer("the answer is a table of numbers; yours is " + Words.describe(answer) + hint(answer) + ".");
        }
        List<Object> rows = new ArrayList<>();
        for (Object row : elements(answer)) {
            rows.add(Unpack.of(row));
        }
        if (rows.isEmpty() || rows.stream().allMatch(r -> r == null)) {
            throw NotAnAnswer.blank();
        }
        if (!isTable(rows.get(0))) {
            return new View(1, rows.size(), true, doubles(rows));
        }
        return table(rows);
    }

    private static View table(List<?> rows) throws NotAnAnswer {
        List<double[]> read = new ArrayList<>();
        long count = 0;
        for (Object row : rows) {
            if (!isTable(row)) {
                throw new NotAnAnswer("each row of the table must be a row of numbers; row " + read.size() + " is "
                    + Words.describe(row) + ".");
            }
            read.add(doubles(elements(row)));
            count += read.get(read.size() - 1).length;
            refuseHuge(count);
        }
        int cols = read.get(0).length;
        for (int i = 1; i < read.size(); i++) {
            if (read.get(i).length != cols) {
                throw new NotAnAnswer("the rows of your table differ in length: row 0 has length " + cols + ", row " + i + " length "
                    + read.get(i).length + ".");
            }
        }
        return new View(read.size(), cols, false, read.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static String hint(Object answer) {
        if (answer instanceof Boolean || answer instanceof boolean[]) {
            return ": write 1 for true and 0 for false";
        }
        return answer instanceof String || answer instanceof Character ? Unpack.quotes(String.valueOf(answer)) : "";
    }

    private interface Entry {
        double get(int row, int col);
    }

    private static View read(int rows, int cols, Entry entry) throws NotAnAnswer {
        refuseHuge((long) rows * cols);
        double[] values = new double[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.get(i / cols, i % cols);
        }
        return new View(rows, cols, false, values);
    }

    private static boolean isTable(Object answer) {
        return isMatrix(answer) || answer instanceof Collection<?>
            || answer != null && answer.getClass().isArray() && answer.getClass() != char[].class && answer.getClass() != boolean[].class;
    }

    private static boolean isMatrix(Object answer) {
        return answer instanceof SimpleMatrix || answer instanceof Matrix || answer instanceof Sequence;
    }

    private static List<?> elements(Object table) throws NotAnAnswer {
        if (isMatrix(table)) {
            return Arrays.stream(matrix(table).values).boxed().toList();
        }
        if (table instanceof Collection<?> c) {
            refuseHuge(c.size());
            return new ArrayList<>(c);
        }
        int n = Array.getLength(table);
        refuseHuge(n);
        List<Object> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(Array.get(table, i));
        }
        return all;
    }

    private static double[] doubles(List<?> numbers) throws NotAnAnswer {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            Object x = numbers.get(i);
            if (x != null && !(x instanceof Number)) {
                throw new NotAnAnswer("the answer is made of numbers; entry " + i + " of yours is " + Words.describe(x) + hint(x) + ".");
            }
            values[i] = x == null ? Double.NaN : Unpack.real((Number) x);
        }
        return values;
    }

    private static void refuseHuge(long count) throws NotAnAnswer {
        if (count > MOST) {
            throw new NotAnAnswer("yours has more than " + MOST + " numbers, many more than this exercise asks for.");
        }
    }

    boolean isBlank() {
        return Arrays.stream(values).allMatch(Double::isNaN);
    }

    boolean isLine() {
        return rows == 1 || cols == 1;
    }

    /** A plain vector fits a row and a column of its length; anything else must have the same rows and columns. */
    boolean sameShape(View that) {
        boolean eitherFlat = flat && that.isLine() || that.flat && isLine();
        return eitherFlat ? values.length == that.values.length : rows == that.rows && cols == that.cols;
    }

    /** The same numbers, row by row, in the shape of that, if there are as many and one of the two is a plain vector; else this. */
    View as(View that) {
        return values.length == that.values.length && (flat || that.flat) ? new View(that.rows, that.cols, that.flat, values, places) : this;
    }

    View transposed() {
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % cols * rows + i / cols] = values[i];
        }
        return new View(cols, rows, flat, turned);
    }

    String shape() {
        return flat && values.length == 1 ? "one number" : flat ? "[" + values.length + "]" : "[" + rows + "," + cols + "]";
    }

    /** Names entry {@code i}, counted from 0 as in Java. */
    String label(int i) {
        return flat || isLine() ? "entry [" + i + "]" : "entry [" + i / cols + "," + i % cols + "]";
    }
}
