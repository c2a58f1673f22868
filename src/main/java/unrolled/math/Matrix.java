package unrolled.math;

import java.util.Locale;
import org.ejml.simple.SimpleMatrix;

/**
 * A rectangle of numbers, [rows,cols]: a view on an array, so that one time step or one gate of a larger array is a matrix too.
 *
 * <p>Operations write to the matrix they are called on, allocate nothing and return it, so that code reads as its equation:
 * {@code c.times(f, cBefore).addTimes(i, g)} is c = f ∘ c' + i ∘ g. No operation changes an argument or reshapes its
 * destination. {@code dot} is the matrix product, {@code times} the elementwise one, and a plain name writes ({@code =}) where
 * a name with {@code add} adds ({@code +=}).
 *
 * <p>Errors: {@link IllegalArgumentException} naming the operation and both shapes when they do not fit, or when the
 * destination shares numbers with an argument in a way that would spoil the result. The same view may be destination and
 * argument of an elementwise operation.
 */
public final class Matrix {
    // Not final: a constant would let the compiler put every kernel into every caller, until that is too large for vector instructions.
    private static Unary ADD = Kernels::add, EXP = Kernels::exp, SIGMOID = Kernels::sigmoid, TANH = Kernels::tanh,
            RELU = Kernels::relu, SIGMOID_SLOPE = Kernels::timesSigmoidSlope, TANH_SLOPE = Kernels::timesTanhSlope,
            RELU_SLOPE = Kernels::timesReluSlope;
    private static Binary PLUS = Kernels::plus, MINUS = Kernels::minus, TIMES = Kernels::times,
            ADD_TIMES = Kernels::addTimes;
    private static Ternary TIMES_SIGMOID_SLOPE = Kernels::timesSigmoidSlope, TIMES_TANH_SLOPE = Kernels::timesTanhSlope,
            ADD_TIMES_TANH_SLOPE = Kernels::addTimesTanhSlope;

    private final Arithmetic on;
    private final Kernels<Object> kernels;      // of on, for short
    private final Object data;                  // double[] or float[], as the kernels made it
    private final int offset, rows, cols, rowStride, colStride;
    private Matrix transposed;
    private Split split;

    /** Zeros, [rows,cols], in the precision of {@link Precision#current}. */
    public Matrix(int rows, int cols) {
        this(Precision.current(), rows, cols);
    }

    /** Zeros, [rows,cols], in this precision. */
    public Matrix(Precision precision, int rows, int cols) {
        this(Null.refuse(precision, "Matrix: precision", "Precision.SINGLE or Precision.DOUBLE").arithmetic(), precision.arithmetic().kernels.numbers(Shape.size(rows, cols)), 0, rows, cols, cols, 1);
    }

    private Matrix(Arithmetic on, Object data, int offset, int rows, int cols, int rowStride, int colStride) {
        this.on = on;
        this.kernels = on.kernels;
        this.data = data;
        this.offset = offset;
        this.rows = rows;
        this.cols = cols;
        // A stride that is never walked is set so that one row, or one column, counts as contiguous.
        this.colStride = cols == 1 ? 1 : colStride;
        this.rowStride = rows == 1 && this.colStride == 1 ? cols : rowStride;
    }

    /** A copy of these rows. */
    public static Matrix of(double[][] rows) {
        Null.refuse(rows, "Matrix.of: rows", "an array of rows");
        if (rows.length == 0 || rows[0] == null || rows[0].length == 0) {
            throw new IllegalArgumentException("Matrix.of: expected at least one row with at least one number, got none");
        }
        Matrix m = new Matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null || rows[i].length != m.cols) {
                throw new IllegalArgumentException("Matrix.of: row " + i + " has " + (rows[i] == null ? 0 : rows[i].length)
                        + " numbers but row 0 has " + m.cols + "; every row needs the same length");
            }
            for (int j = 0; j < m.cols; j++) {
                m.set(i, j, rows[i][j]);
            }
        }
        return m;
    }

    /** [rows,cols] from one array, row after row. */
    public static Matrix of(int rows, int cols, double... values) {
        int size = Shape.size(rows, cols);
        if (Null.refuse(values, "Matrix.of: values", "numbers, row after row").length != size) {
            throw new IllegalArgumentException("Matrix.of: got " + values.length + " numbers for a matrix [" + rows + "," + cols + "]; expected "
                    + size + ", row after row");
        }
        Matrix m = new Matrix(rows, cols);
        for (int i = 0; i < size; i++) {
            m.kernels.set(m.data, i, values[i]);
        }
        return m;
    }

    /** One row, [1,n]. */
    public static Matrix rowOf(double... values) {
        return of(new double[][] {Null.refuse(values, "Matrix.rowOf: values", "at least one number")});
    }

    /** One column, [n,1]. */
    public static Matrix columnOf(double... values) {
        return rowOf(Null.refuse(values, "Matrix.columnOf: values", "at least one number")).transposed().copy();
    }

    /** A copy of an EJML matrix. */
    public static Matrix of(SimpleMatrix m) {
        Null.refuse(m, "Matrix.of: m", "an EJML matrix");
        Matrix copy = new Matrix(m.getNumRows(), m.getNumCols());
        for (int i = 0; i < copy.rows; i++) {
            for (int j = 0; j < copy.cols; j++) {
                copy.set(i, j, m.get(i, j));
            }
        }
        return copy;
    }

    /** A copy as an EJML matrix, for decompositions and computations by hand. */
    public SimpleMatrix ejml() {
        return new SimpleMatrix(toArray());
    }

    /** How exactly it keeps its numbers. */
    public Precision precision() {
        return on.precision;
    }

    public int rows() {
        return rows;
    }

    public int cols() {
        return cols;
    }

    public double get(int i, int j) {
        return kernels.get(data, at(i, j));
    }

    public Matrix set(int i, int j, double value) {
        kernels.set(data, at(i, j), value);
        return this;
    }

    private int at(int i, int j) {
        if (i < 0 || i >= rows || j < 0 || j >= cols) {
            throw new IllegalArgumentException("entry [" + i + "," + j + "] does not exist in a matrix " + shape()
                    + "; rows and columns count from 0");
        }
        return offset + i * rowStride + j * colStride;
    }

    // ---- views: the same numbers, seen otherwise ----

    /** Row i as a view, [1,cols]. */
    public Matrix row(int i) {
        return rows(i, i + 1);
    }

    /** Rows from (inclusive) to (exclusive) as a view. */
    public Matrix rows(int from, int to) {
        Shape.range("rows", from, to, rows);
        return new Matrix(on, data, offset + from * rowStride, to - from, cols, rowStride, colStride);
    }

    /** The rows first, first + step, first + 2 step, ... as a view. */
    Matrix everyRow(int first, int step) {
        return new Matrix(on, data, offset + first * rowStride, (rows - first + step - 1) / step, cols, step * rowStride, colStride);
    }

    /** Columns from (inclusive) to (exclusive) as a view. */
    public Matrix cols(int from, int to) {
        Shape.range("cols", from, to, cols);
        return new Matrix(on, data, offset + from * colStride, rows, to - from, rowStride, colStride);
    }

    /** The transpose as a view, [cols,rows]. */
    public Matrix transposed() {
        if (transposed == null) {                      // kept, since layers ask for it in every pass
            transposed = new Matrix(on, data, offset, cols, rows, colStride, rowStride);
            transposed.transposed = this;
        }
        return transposed;
    }

    // ---- plain values ----

    /** this = a; rounded where a is double and this single. */
    public Matrix set(Matrix a) {
        if (a != null && a.on != on) {
            fits("set", "a", a);
            return converted(a);
        }
        same("set", "a", a);
        if (colStride == 1 && a.colStride == 1) {
            split(Large.SET, this, a, 0, rows);
            return this;
        }
        return entriesFrom(a);
    }

    private Matrix converted(Matrix a) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0, to = offset + i * rowStride, from = a.offset + i * a.rowStride; j < cols; j++, to += colStride, from += a.colStride) {
                kernels.set(data, to, a.kernels.get(a.data, from));
            }
        }
        return this;
    }

    /** Row i = row r of a. */
    public Matrix copyRow(int i, Matrix a, int r) {
        checkRows("copyRow", i, a, r);
        kernels.copy(data, offset + i * rowStride, colStride, a.data, a.offset + r * a.rowStride, a.colStride, cols);
        return this;
    }

    /** Row i += row r of a. */
    public Matrix addToRow(int i, Matrix a, int r) {
        checkRows("addToRow", i, a, r);
        int p = offset + i * rowStride, q = a.offset + r * a.rowStride;
        if (colStride == 1 && a.colStride == 1) {
            kernels.add(data, p, a.data, q, cols);
            return this;
        }
        for (int j = 0; j < cols; j++, p += colStride, q += a.colStride) {
            kernels.set(data, p, kernels.get(data, p) + kernels.get(a.data, q));
        }
        return this;
    }

    /** Row i = value. */
    public Matrix fillRow(int i, double value) {
        checkRows("fillRow", i, this, i);
        for (int j = 0, p = offset + i * rowStride; j < cols; j++, p += colStride) {
            kernels.set(data, p, value);
        }
        return this;
    }

    /** Row i = s row i. */
    public Matrix scaleRow(int i, double s) {
        checkRows("scaleRow", i, this, i);
        int at = offset + i * rowStride;
        if (colStride == 1) {
            kernels.scaled(data, at, s, data, at, cols);
            return this;
        }
        for (int j = 0; j < cols; j++, at += colStride) {
            kernels.scaled(data, at, s, data, at, 1);
        }
        return this;
    }

    private void checkRows(String name, int i, Matrix a, int r) {
        given(name, "a", a);
        equallyExact(name, a);
        if (i < 0 || i >= rows || r < 0 || r >= a.rows || a.cols != cols) {
            throw new IllegalArgumentException(name + ": row " + r + " of " + a.shape() + " to row " + i + " of " + shape()
                    + "; expected rows that exist, of equal width");
        }
    }

    /** Every entry = value. */
    public Matrix fill(double value) {
        if (colStride != 1) {
            transposed().fill(value);                  // the columns are contiguous instead
            return this;
        }
        split(Large.FILL, this, this, value, rows);
        return this;
    }

    /** A matrix of its own with the same numbers, in the same precision. */
    public Matrix copy() {
        return in(on.precision);
    }

    /** A matrix of its own with the same numbers, in this precision. */
    public Matrix in(Precision precision) {
        return new Matrix(Null.refuse(precision, "in: precision", "Precision.SINGLE or Precision.DOUBLE"), rows, cols).set(this);
    }

    public double[][] toArray() {
        double[][] a = new double[rows][cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                a[i][j] = kernels.get(data, offset + i * rowStride + j * colStride);
            }
        }
        return a;
    }

    // ---- sums and products ----

    /** this = a + b. */
    public Matrix plus(Matrix a, Matrix b) {
        return apply("plus", PLUS, a, b);
    }

    /** this = a - b. */
    public Matrix minus(Matrix a, Matrix b) {
        return apply("minus", MINUS, a, b);
    }

    /** this = a ∘ b, elementwise. */
    public Matrix times(Matrix a, Matrix b) {
        return apply("times", TIMES, a, b);
    }

    /** this = this ∘ a, elementwise. */
    public Matrix times(Matrix a) {
        return apply("times", TIMES, this, a);
    }

    /** this += a ∘ b, elementwise. */
    public Matrix addTimes(Matrix a, Matrix b) {
        return apply("addTimes", ADD_TIMES, a, b);
    }

    /** this = a ∘ b + p ∘ q, elementwise. */
    public Matrix sumOfTimes(Matrix a, Matrix b, Matrix p, Matrix q) {
        same("sumOfTimes", "a", a);
        same("sumOfTimes", "b", b);
        same("sumOfTimes", "p", p);
        same("sumOfTimes", "q", q);
        Matrix d = packed(), e = a.packed(), f = b.packed(), g = p.packed(), h = q.packed();
        for (int i = 0; i < rows; i++) {
            kernels.sumOfTimes(d.data, d.offset + i * d.rowStride, e.data, e.offset + i * e.rowStride, f.data, f.offset + i * f.rowStride,
                    g.data, g.offset + i * g.rowStride, h.data, h.offset + i * h.rowStride, cols);
        }
        return takeFrom(d);
    }

    /** this += a. */
    public Matrix add(Matrix a) {
        return apply("add", ADD, a);
    }

    /** this += s a. */
    public Matrix addScaled(double s, Matrix a) {
        same("addScaled", "a", a);
        Matrix d = packed(), p = a.packed();
        for (int i = 0; i < rows; i++) {
            kernels.addScaled(d.data, d.offset + i * d.rowStride, s, p.data, p.offset + i * p.rowStride, cols);
        }
        return takeFrom(d);
    }

    /** this = s this. */
    public Matrix scale(double s) {
        Matrix d = packed();
        for (int i = 0; i < rows; i++) {
            int at = d.offset + i * d.rowStride;
            kernels.scaled(d.data, at, s, d.data, at, cols);
        }
        return takeFrom(d);
    }

    /** Adds the row b, [1,cols], to every row. */
    public Matrix addRow(Matrix b) {
        given("addRow", "b", b);
        if (b.rows != 1 || b.cols != cols) {
            throw new IllegalArgumentException("addRow: " + shape() + " needs a row [1," + cols + "], got " + b.shape());
        }
        apart("addRow", b);
        Matrix d = packed();
        split(Large.ADD_ROW, d, b.packed(), 0, rows);
        return takeFrom(d);
    }

    /** Adds every row of a, [any,cols], to this row, [1,cols]: the gradient of {@link #addRow}. */
    public Matrix addRowsOf(Matrix a) {
        given("addRowsOf", "a", a);
        if (rows != 1 || a.cols != cols) {
            throw new IllegalArgumentException("addRowsOf: " + shape() + " cannot take the rows of " + a.shape()
                    + "; expected one row as wide as the argument");
        }
        apart("addRowsOf", a);
        Matrix d = packed();
        split(Large.ADD_ROWS_OF, d, a.packed(), 0, cols);
        return takeFrom(d);
    }

    /** this += a ∘ row, where the row [1,cols] meets every row of a. */
    public Matrix addTimesRow(Matrix a, Matrix row) {
        same("addTimesRow", "a", a);
        checkRow("addTimesRow", row, cols);
        Matrix d = packed(), p = a.packed(), q = row.packed();
        for (int i = 0; i < rows; i++) {
            kernels.addTimes(d.data, d.offset + i * d.rowStride, p.data, p.offset + i * p.rowStride, q.data, q.offset, cols);
        }
        return takeFrom(d);
    }

    /** Adds every row of a ∘ b to this row, [1,cols]: the gradient of the row in {@link #addTimesRow}. */
    public Matrix addRowsOfTimes(Matrix a, Matrix b) {
        given("addRowsOfTimes", "b", b);
        b.same("addRowsOfTimes", "a", a);
        a.checkRow("addRowsOfTimes", this, a.cols);
        apart("addRowsOfTimes", b);
        Matrix d = packed(), p = a.packed(), q = b.packed();
        for (int i = 0; i < a.rows; i++) {
            kernels.addTimes(d.data, d.offset, p.data, p.offset + i * p.rowStride, q.data, q.offset + i * q.rowStride, cols);
        }
        return takeFrom(d);
    }

    private void checkRow(String name, Matrix row, int cols) {
        given(name, "row", row);
        if (row.rows != 1 || row.cols != cols) {
            throw new IllegalArgumentException(name + ": expected a row [1," + cols + "], got " + row.shape());
        }
        apart(name, row);
    }

    /** this = a b, the matrix product: [m,k] x [k,n] = [m,n]. */
    public Matrix dot(Matrix a, Matrix b) {
        checkDot("dot", a, b);
        return product(a, b, true);
    }

    /** this += a b, the matrix product. */
    public Matrix addDot(Matrix a, Matrix b) {
        checkDot("addDot", a, b);
        return product(a, b, false);
    }

    private void checkDot(String name, Matrix a, Matrix b) {
        given(name, "a", a);
        given(name, "b", b);
        if (a.cols != b.rows) {
            throw new IllegalArgumentException(name + ": " + a.shape() + " x " + b.shape() + " - inner sizes " + a.cols + " and "
                    + b.rows + " differ; is the input width of this layer " + b.rows + ", or is one of them transposed?");
        }
        if (rows != a.rows || cols != b.cols) {
            throw new IllegalArgumentException(name + ": " + a.shape() + " x " + b.shape() + " gives [" + a.rows + "," + b.cols
                    + "] but the destination is " + shape() + "; a destination is never reshaped");
        }
        apart(name, a);
        apart(name, b);
    }

    private Matrix product(Matrix a, Matrix b, boolean anew) {
        if (colStride != 1) {                          // Dᵀ += Bᵀ Aᵀ, whose destination has contiguous rows
            transposed().product(b.transposed(), a.transposed(), anew);
            return this;
        }
        on.team.addDot(data, offset, rowStride, a.data, a.offset, a.rowStride, a.colStride,
                b.data, b.offset, b.rowStride, b.colStride, rows, cols, a.cols, anew);
        return this;
    }

    /** this += a b, the matrix product with a matrix that was made ready for many products. */
    public Matrix addDot(Matrix a, Packed b) {
        checkDot("addDot", a, plain("addDot", b));
        return product(a, b, false);
    }

    /** this = a b, the matrix product with a matrix that was made ready for many products. */
    public Matrix dot(Matrix a, Packed b) {
        checkDot("dot", a, plain("dot", b));
        return product(a, b, true);
    }

    private static Matrix plain(String name, Packed b) {
        given(name, "b", b);
        return b.plain();
    }

    private Matrix product(Matrix a, Packed b, boolean anew) {
        Object[] panels = colStride == 1 ? b.panels(rows) : null;
        if (panels == null) {
            return product(a, b.plain(), anew);
        }
        on.team.addDotPacked(data, offset, rowStride, a.data, a.offset, a.rowStride, a.colStride, panels, rows, cols, a.cols, anew);
        return this;
    }

    /** {@link Kernels#pack}. */
    Object[] pack(Object[] old) {
        return kernels.pack(old, data, offset, rowStride, colStride, rows, cols);
    }

    // ---- activation functions and their slopes ----

    /** this = e^a, elementwise. */
    public Matrix exp(Matrix a) {
        return apply("exp", EXP, a);
    }

    /** this = σ(a) = 1 / (1 + e^-a), elementwise. */
    public Matrix sigmoid(Matrix a) {
        return apply("sigmoid", SIGMOID, a);
    }

    /** this = σ(this). */
    public Matrix sigmoid() {
        return sigmoid(this);
    }

    /** this = tanh a, elementwise. */
    public Matrix tanh(Matrix a) {
        return apply("tanh", TANH, a);
    }

    /** this = tanh(this). */
    public Matrix tanh() {
        return tanh(this);
    }

    /** this = max(a, 0), elementwise. */
    public Matrix relu(Matrix a) {
        return apply("relu", RELU, a);
    }

    /** this = max(this, 0). */
    public Matrix relu() {
        return relu(this);
    }

    /** this = this ∘ y ∘ (1 - y): back through y = σ(z). */
    public Matrix timesSigmoidSlope(Matrix y) {
        return apply("timesSigmoidSlope", SIGMOID_SLOPE, y);
    }

    /** this = this ∘ (1 - y²): back through y = tanh z. */
    public Matrix timesTanhSlope(Matrix y) {
        return apply("timesTanhSlope", TANH_SLOPE, y);
    }

    /** this where y > 0, else 0: back through y = max(z, 0). */
    public Matrix timesReluSlope(Matrix y) {
        return apply("timesReluSlope", RELU_SLOPE, y);
    }

    /** this = a ∘ b ∘ y ∘ (1 - y): back through b ∘ σ(z), with y = σ(z). */
    public Matrix timesSigmoidSlope(Matrix a, Matrix b, Matrix y) {
        return apply("timesSigmoidSlope", TIMES_SIGMOID_SLOPE, a, b, y);
    }

    /** this = a ∘ b ∘ (1 - y²): back through b ∘ tanh z, with y = tanh z. */
    public Matrix timesTanhSlope(Matrix a, Matrix b, Matrix y) {
        return apply("timesTanhSlope", TIMES_TANH_SLOPE, a, b, y);
    }

    /** this += a ∘ b ∘ (1 - y²): back through b ∘ tanh z, with y = tanh z. */
    public Matrix addTimesTanhSlope(Matrix a, Matrix b, Matrix y) {
        return apply("addTimesTanhSlope", ADD_TIMES_TANH_SLOPE, a, b, y);
    }

    /** Each row = softmax of a's row: e^(a_j - max) / Σ_k e^(a_k - max). The shift by the maximum keeps e^x in range. */
    public Matrix softmax(Matrix a) {
        same("softmax", "a", a);
        Matrix d = packed(), p = a.packed();
        split(Large.SOFTMAX, d, p, 0, rows);
        return takeFrom(d);
    }

    /** Operations that large matrices share out to the processor's cores, by rows or by columns; each number is computed as it would be alone. */
    private enum Large {
        SET(8) {
            @Override void compute(Matrix d, Matrix a, double value, int from, int to) {
                boolean one = d.whole() && a.whole();
                int runs = one ? 1 : to - from, run = one ? (to - from) * d.cols : d.cols;
                for (int i = from; i < from + runs; i++) {
                    d.kernels.copy(d.data, d.offset + i * d.rowStride, 1, a.data, a.offset + i * a.rowStride, 1, run);
                }
            }
        },
        FILL(8) {
            @Override void compute(Matrix d, Matrix a, double value, int from, int to) {
                for (int i = from; i < to; i++) {
                    d.kernels.fill(d.data, d.offset + i * d.rowStride, value, d.cols);
                }
            }
        },
        SOFTMAX(20) {
            @Override void compute(Matrix d, Matrix a, double value, int from, int to) {
                int some = Math.max(1, 2048 / d.cols);               // rows that stay in the first-level cache from pass to pass
                for (int first = from; first < to; first += some) {
                    d.softmax(a, first, Math.min(first + some, to));
                }
            }
        },
        ADD_ROW(4) {
            @Override void compute(Matrix d, Matrix a, double value, int from, int to) {
                for (int i = from; i < to; i++) {
                    d.kernels.add(d.data, d.offset + i * d.rowStride, a.data, a.offset, d.cols);
                }
            }
        },
        ADD_ROWS_OF(4) {
            @Override void compute(Matrix d, Matrix a, double value, int from, int to) {
                for (int i = 0; i < a.rows; i++) {
                    d.kernels.add(d.data, d.offset + from, a.data, a.offset + i * a.rowStride + from, to - from);
                }
            }
        };

        /** Multiplications that take as long as this does for one number. */
        private final int work;

        Large(int work) {
            this.work = work;
        }

        /** The rows, or columns, from .. to of d, with the matrix a or the number that it takes. */
        abstract void compute(Matrix d, Matrix a, double value, int from, int to);
    }

    /** Computes all of so many rows or columns of d, on all cores if that pays. */
    private void split(Large operation, Matrix d, Matrix a, double value, int all) {
        long numbers = (long) cols * Math.max(rows, a.rows);
        if (operation.work * numbers < Shares.LEAST || Shares.mine() != null || !shared(operation, d, a, value, all)) {
            operation.compute(d, a, value, 0, all);
        }
    }

    /** Whether the cores were free for it. */
    private boolean shared(Large operation, Matrix d, Matrix a, double value, int all) {
        if (split == null || split.d != d) {
            split = new Split(d);
        }
        split.operation = operation;
        split.a = a;
        split.value = value;
        split.all = all;
        boolean done = on.team.share(split, on.team.threads());
        split.a = null;
        return done;
    }

    /** A thread's share of such an operation; kept, so that nothing is allocated. */
    private static final class Split implements Runnable {
        private final Matrix d;
        private Large operation;
        private Matrix a;
        private double value;
        private int all;

        Split(Matrix d) {
            this.d = d;
        }

        @Override public void run() {
            Shares mine = Shares.mine();
            operation.compute(d, a, value, Shares.border(mine.part(), mine.parts(), all), Shares.border(mine.part() + 1, mine.parts(), all));
        }
    }

    /** A NaN makes the sum of its row NaN. */
    private void softmax(Matrix a, int first, int last) {
        for (int i = first; i < last; i++) {
            int to = offset + i * rowStride, from = a.offset + i * a.rowStride;
            kernels.minus(data, to, a.data, from, kernels.max(a.data, from, cols), cols);
        }
        int runs = whole() ? 1 : last - first, run = whole() ? (last - first) * cols : cols;
        for (int i = 0, at = offset + first * rowStride; i < runs; i++, at += rowStride) {
            kernels.exp(data, at, data, at, run);
        }
        for (int i = first; i < last; i++) {
            scaleRow(i, 1 / kernels.sum(0, data, offset + i * rowStride, 1, cols));
        }
    }

    /**
     * One step of Adam for these weights with gradient g: m = β1 m + (1 - β1) g, v = β2 v + (1 - β2) g²,
     * this -= rate (m / correction1) / (√(v / correction2) + ε). Changes m and v too. All four need contiguous entries.
     */
    public Matrix adam(Matrix m, Matrix v, Matrix g, double rate, double beta1, double beta2, double epsilon,
                       double correction1, double correction2) {
        sameWhole("adam", "this", this);
        sameWhole("adam", "m", m);
        sameWhole("adam", "v", v);
        sameWhole("adam", "g", g);
        kernels.adam(data, offset, m.data, m.offset, v.data, v.offset, g.data, g.offset, rate, beta1, beta2, epsilon,
                correction1, correction2, rows * cols);
        return this;
    }

    /**
     * One step of RMSProp for these weights with gradient g and weight decay λ: d = g + λ this, s = ρ s + (1 - ρ) d²,
     * this -= rate d / (√s + ε). Changes s too. All three need contiguous entries.
     */
    public Matrix rmsProp(Matrix s, Matrix g, double rate, double rho, double epsilon, double lambda) {
        sameWhole("rmsProp", "this", this);
        sameWhole("rmsProp", "s", s);
        sameWhole("rmsProp", "g", g);
        kernels.rmsProp(data, offset, s.data, s.offset, g.data, g.offset, rate, rho, epsilon, lambda, rows * cols);
        return this;
    }

    /** Every entry = low where it is less than that, high where it is more; NaN stays. */
    public Matrix clamp(double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: from " + low + " to " + high + "; expected low <= high");
        }
        for (int i = 0; i < rows; i++) {
            kernels.clamp(data, offset + i * rowStride, colStride, low, high, cols);
        }
        return this;
    }

    // ---- summaries ----

    /** Σ of all entries. */
    public double sum() {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum = kernels.sum(sum, data, offset + i * rowStride, colStride, cols);
        }
        return sum;
    }

    /** Below this a sum of squares may have lost digits to underflow. */
    private static final double SMALLEST_SQUARES = 1e-280;

    /** Σ of all squared entries. Entries beyond 1e154 overflow, below 1e-154 they underflow; see {@link #norm}. */
    public double sumOfSquares() {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum = kernels.sumOfSquares(sum, data, offset + i * rowStride, colStride, cols);
        }
        return sum;
    }

    /** √Σ of all squared entries; also of entries so large or so small that their squares leave the range of doubles. */
    public double norm() {
        double sum = sumOfSquares();
        if (sum > SMALLEST_SQUARES && sum < Double.POSITIVE_INFINITY) {
            return Math.sqrt(sum);
        }
        double max = maxAbs();
        if (max == 0 || !(max < Double.POSITIVE_INFINITY)) {
            return max;
        }
        int exponent = Math.getExponent(max);                // √Σ (entry / 2^exponent)² · 2^exponent; what underflows does not count
        sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0, p = offset + i * rowStride; j < cols; j++, p += colStride) {
                double scaled = Math.scalb(kernels.get(data, p), -exponent);
                sum += scaled * scaled;
            }
        }
        return Math.scalb(Math.sqrt(sum), exponent);
    }

    /** The largest |entry|; NaN if any entry is NaN. */
    public double maxAbs() {
        double max = 0;
        for (int i = 0; i < rows; i++) {
            max = kernels.maxAbs(max, data, offset + i * rowStride, colStride, cols);
        }
        return max;
    }

    /** The largest |entry - entry of the other|, of any precision: 0 means equal. */
    public double maxDifference(Matrix other) {
        given("maxDifference", "other", other);
        Matrix difference = in(Precision.DOUBLE);
        return difference.minus(difference, other.in(Precision.DOUBLE)).maxAbs();
    }

    /** The column of the largest entry of row i; the first of equals. */
    public int argMax(int i) {
        return kernels.argMax(data, at(i, 0), colStride, cols);
    }

    /** The shape as text, such as {@code [32,64]}. */
    public String shape() {
        return "[" + rows + "," + cols + "]";
    }

    /** Up to 8 rows and columns, four decimals, under the shape. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder(shape());
        for (int i = 0; i < Math.min(rows, 8); i++) {
            text.append('\n');
            for (int j = 0; j < Math.min(cols, 8); j++) {
                text.append(String.format(Locale.ROOT, " %9.4f", get(i, j)));
            }
            text.append(cols > 8 ? " ..." : "");
        }
        return text.append(rows > 8 ? "\n ..." : "").toString();
    }

    // ---- the row loops under the elementwise operations ----

    private interface Unary {
        void run(Kernels<Object> k, Object d, int dAt, Object a, int aAt, int n);
    }

    private interface Binary {
        void run(Kernels<Object> k, Object d, int dAt, Object a, int aAt, Object b, int bAt, int n);
    }

    private interface Ternary {
        void run(Kernels<Object> k, Object d, int dAt, Object a, int aAt, Object b, int bAt, Object y, int yAt, int n);
    }

    private Matrix apply(String name, Unary kernel, Matrix a) {
        same(name, "a", a);
        if (whole() && a.whole()) {
            kernel.run(kernels, data, offset, a.data, a.offset, rows * cols);
            return this;
        }
        Matrix d = packed(), p = a.packed();
        for (int i = 0; i < rows; i++) {
            kernel.run(kernels, d.data, d.offset + i * d.rowStride, p.data, p.offset + i * p.rowStride, cols);
        }
        return takeFrom(d);
    }

    private Matrix apply(String name, Binary kernel, Matrix a, Matrix b) {
        same(name, "a", a);
        same(name, "b", b);
        if (whole() && a.whole() && b.whole()) {
            kernel.run(kernels, data, offset, a.data, a.offset, b.data, b.offset, rows * cols);
            return this;
        }
        Matrix d = packed(), p = a.packed(), q = b.packed();
        for (int i = 0; i < rows; i++) {
            kernel.run(kernels, d.data, d.offset + i * d.rowStride, p.data, p.offset + i * p.rowStride,
                    q.data, q.offset + i * q.rowStride, cols);
        }
        return takeFrom(d);
    }

    private Matrix apply(String name, Ternary kernel, Matrix a, Matrix b, Matrix y) {
        same(name, "a", a);
        same(name, "b", b);
        same(name, "y", y);
        Matrix d = packed(), p = a.packed(), q = b.packed(), r = y.packed();
        for (int i = 0; i < rows; i++) {
            kernel.run(kernels, d.data, d.offset + i * d.rowStride, p.data, p.offset + i * p.rowStride,
                    q.data, q.offset + i * q.rowStride, r.data, r.offset + i * r.rowStride, cols);
        }
        return takeFrom(d);
    }

    Team team() {
        return on.team;
    }

    /** Whether each row is one run of the array. */
    boolean contiguousRows() {
        return colStride == 1;
    }

    /** All entries in one run of the array. */
    private boolean whole() {
        return colStride == 1 && rowStride == cols;
    }

    /** This matrix if its rows are contiguous, else a copy whose rows are. Only transposed views cost a copy. */
    private Matrix packed() {
        return colStride == 1 ? this : copy();
    }

    /** Copies back what was computed in a {@link #packed} copy of this destination. */
    private Matrix takeFrom(Matrix d) {
        return d == this ? this : entriesFrom(d);
    }

    /** this = a, entry by entry in small squares, so that the numbers of both stay in the cache when one is transposed. */
    private Matrix entriesFrom(Matrix a) {
        int side = 16;
        for (int top = 0; top < rows; top += side) {
            int bottom = Math.min(top + side, rows);
            for (int left = 0; left < cols; left += side) {
                int right = Math.min(left + side, cols);
                for (int i = top; i < bottom; i++) {
                    int to = offset + i * rowStride, from = a.offset + i * a.rowStride;
                    kernels.copy(data, to + left * colStride, colStride, a.data, from + left * a.colStride, a.colStride, right - left);
                }
            }
        }
        return this;
    }

    // ---- refusals ----

    private static void given(String name, String argument, Object a) {
        if (a == null) {
            throw new IllegalArgumentException(name + ": " + argument + " is null; make the matrix before it is used");
        }
    }

    private void fits(String name, String argument, Matrix a) {
        given(name, argument, a);
        if (a.rows != rows || a.cols != cols) {
            throw new IllegalArgumentException(name + ": " + a.shape() + " does not fit the destination " + shape()
                    + "; elementwise operations need equal shapes");
        }
    }

    private void equallyExact(String name, Matrix a) {
        if (a.on != on) {
            throw new IllegalArgumentException(name + ": the destination " + shape() + " has " + on.precision + " precision, but an argument "
                    + a.shape() + " has " + a.on.precision + "; choose the precision before the first matrix is made, or pass in(Precision."
                    + on.precision.name() + ")");
        }
    }

    private void same(String name, String argument, Matrix a) {
        fits(name, argument, a);
        equallyExact(name, a);
        if (a.data == data && !sameView(a)) {
            apart(name, a);
        }
    }

    private void sameWhole(String name, String argument, Matrix a) {
        same(name, argument, a);
        if (!a.whole()) {
            throw new IllegalArgumentException(name + ": needs matrices of their own, not views of columns or transposes");
        }
    }

    private boolean sameView(Matrix a) {
        return a.offset == offset && (a.rowStride == rowStride || rows == 1) && (a.colStride == colStride || cols == 1);
    }

    /** Equally exact, and nothing that is read would change. */
    private void apart(String name, Matrix a) {
        equallyExact(name, a);
        if (a.data == data && overlaps(a)) {
            throw new IllegalArgumentException(name + ": the destination " + shape() + " shares numbers with an argument "
                    + a.shape() + ", which would change while it is read; write to a matrix of its own, or pass a copy()");
        }
    }

    private int last() {
        return offset + (rows - 1) * rowStride + (cols - 1) * colStride;
    }

    /**
     * Whether two views on one array can share an entry: exact for two views whose rows (or whose columns) are contiguous and
     * equally far apart, such as two gates of one array; cautious for others.
     */
    private boolean overlaps(Matrix a) {
        if (last() < a.offset || a.last() < offset) {
            return false;
        }
        boolean byRows = colStride == 1 && a.colStride == 1;
        if (!byRows && (rowStride != 1 || a.rowStride != 1)) {
            return true;
        }
        // Runs of contiguous numbers: how many, how long, how far apart. The distance of a single run is free.
        int runs = byRows ? rows : cols, run = byRows ? cols : rows, distance = byRows ? rowStride : colStride;
        int aRuns = byRows ? a.rows : a.cols, aRun = byRows ? a.cols : a.rows, aDistance = byRows ? a.rowStride : a.colStride;
        if (runs == 1) {
            distance = aDistance;
        } else if (aRuns > 1 && aDistance != distance) {
            return true;
        }
        int shift = Math.floorMod(a.offset - offset, distance);        // where a's run begins within this view's distance
        return shift < run || shift + aRun > distance;
    }
}
