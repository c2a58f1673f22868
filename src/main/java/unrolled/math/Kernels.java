package unrolled.math;

/**
 * The loops under {@link Matrix}: each works on contiguous runs of {@code n} numbers, destination first, and writes to
 * nothing but its destination (Adam has three). Two implementations exist: {@link ScalarKernels}, plain loops that define each kernel, and
 * {@code VectorKernels}, the same on the processor's vector registers. {@link #get()} chooses once per process.
 *
 * <p>Both give the same bits, since each number is made by the same sequence of rounded operations: the product
 * {@link #addDot} sums every number over k = 0, 1, 2, ... in that order with fused multiply-adds, see {@link Fused}.
 *
 * <p>Numbers stand in arrays of doubles or of floats. A single number that goes in or out is a double in both: a factor is rounded to the
 * precision of the array first, a sum is kept in double.
 *
 * @param <A> the arrays: {@code double[]} or {@code float[]}
 */
public interface Kernels<A> {
    /** The kernels of this process for double precision: vector where the module jdk.incubator.vector is readable, else scalar. */
    static Kernels<double[]> get() {
        return KernelChoice.DOUBLE;
    }

    /** A short name for logs and reports, such as {@code "vector, 4 lanes"}. */
    String name();

    /** Zeros. */
    A numbers(int n);

    /** a[i]. */
    double get(A a, int i);

    /** d[i] = value. */
    void set(A d, int i, double value);

    /** d = a, each in steps: d[dAt], d[dAt + dStep], ... */
    void copy(A d, int dAt, int dStep, A a, int aAt, int aStep, int n);

    /** d = value. */
    void fill(A d, int dAt, double value, int n);

    /** d = a - s. */
    void minus(A d, int dAt, A a, int aAt, double s, int n);

    /** Every d = low where it is less than that, high where it is more; NaN stays. */
    void clamp(A d, int dAt, int dStep, double low, double high, int n);

    /** sum + Σ a, in steps, from left to right. */
    double sum(double sum, A a, int aAt, int aStep, int n);

    /** sum + Σ a², in steps, from left to right; the squares are doubles. */
    double sumOfSquares(double sum, A a, int aAt, int aStep, int n);

    /** The largest of max and |a|, in steps; NaN if one of them is. */
    double maxAbs(double max, A a, int aAt, int aStep, int n);

    /** The largest number, NaN left out. */
    double max(A a, int aAt, int n);

    /** Which is the largest number, in steps; the first of equals. */
    int argMax(A a, int aAt, int aStep, int n);

    /** Parts of a product begin at multiples of this, where vectors do. */
    default int step() {
        return 16;
    }


    /**
     * {@code D += A B}, or {@code D = A B} if anew, with D [m,n], A [m,k], B [k,n]. Rows of D are contiguous; A and B may have any
     * strides, so that either may be a transposed view.
     *
     * @param aRow distance between rows of A, {@code aCol} between its columns; {@code bRow}, {@code bCol}, {@code dRow} likewise
     */
    void addDot(A d, int dAt, int dRow, A a, int aAt, int aRow, int aCol,
                A b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew);

    /** B [k,n] in panels, as {@link #addDotPacked} reads it, in the old ones if they fit (null: there are none); null if these kernels read B as it is. */
    default A[] pack(A[] old, A b, int bAt, int bRow, int bCol, int k, int n) {
        return null;
    }

    /** {@link #addDot} with the columns left .. left + cols of a packed B [k,n]; left is a multiple of {@link #step}. */
    default void addDotPacked(A d, int dAt, int dRow, A a, int aAt, int aRow, int aCol,
                              A[] panels, int left, int cols, int m, int n, int k, boolean anew) {
        throw new UnsupportedOperationException(name() + " kernels read every matrix as it is");
    }

    /**
     * d = e^a; error at most 1 ulp; 0 where e^a &lt; 2e-308 (a &lt; -708.7), infinity where e^a &gt; 1.2e308 (a &gt; 709.4).
     * In single precision 1.1 ulp, 0 where a &lt; -87.68, infinity where a &gt; 88.37.
     */
    void exp(A d, int dAt, A a, int aAt, int n);

    /**
     * d = σ(a) = 1 / (1 + e^-a); error at most 2.5 ulp, but 0 where σ(a) &lt; 1e-308 (a &lt; -709.4). In single precision 0 where
     * a &lt; -88.37.
     */
    void sigmoid(A d, int dAt, A a, int aAt, int n);

    /** d = tanh a; error at most 3 ulp, also near 0; in single precision 2.5. */
    void tanh(A d, int dAt, A a, int aAt, int n);

    /** d = max(a, 0). */
    void relu(A d, int dAt, A a, int aAt, int n);

    /** d += a. */
    void add(A d, int dAt, A a, int aAt, int n);

    /** d += s a. */
    void addScaled(A d, int dAt, double s, A a, int aAt, int n);

    /** d = s a. */
    void scaled(A d, int dAt, double s, A a, int aAt, int n);

    /** d = a + b. */
    void plus(A d, int dAt, A a, int aAt, A b, int bAt, int n);

    /** d = a - b. */
    void minus(A d, int dAt, A a, int aAt, A b, int bAt, int n);

    /** d = a ∘ b. */
    void times(A d, int dAt, A a, int aAt, A b, int bAt, int n);

    /** d += a ∘ b. */
    void addTimes(A d, int dAt, A a, int aAt, A b, int bAt, int n);

    /** d = d ∘ y ∘ (1 - y): back through y = σ(z). */
    void timesSigmoidSlope(A d, int dAt, A y, int yAt, int n);

    /** d = d ∘ (1 - y²): back through y = tanh z. */
    void timesTanhSlope(A d, int dAt, A y, int yAt, int n);

    /** d = d where y > 0, else 0: back through y = max(z, 0). */
    void timesReluSlope(A d, int dAt, A y, int yAt, int n);

    /** d = a ∘ b + p ∘ q. */
    void sumOfTimes(A d, int dAt, A a, int aAt, A b, int bAt, A p, int pAt, A q, int qAt, int n);

    /** d = a ∘ b ∘ y ∘ (1 - y): back through b ∘ σ, with y the value of the σ. */
    void timesSigmoidSlope(A d, int dAt, A a, int aAt, A b, int bAt, A y, int yAt, int n);

    /** d = a ∘ b ∘ (1 - y²): back through b ∘ tanh, with y the value of the tanh. */
    void timesTanhSlope(A d, int dAt, A a, int aAt, A b, int bAt, A y, int yAt, int n);

    /** d += a ∘ b ∘ (1 - y²): back through b ∘ tanh, with y the value of the tanh. */
    void addTimesTanhSlope(A d, int dAt, A a, int aAt, A b, int bAt, A y, int yAt, int n);

    /** One step of Adam, see {@link Matrix#adam}: changes w, m and v. */
    void adam(A w, int wAt, A m, int mAt, A v, int vAt, A g, int gAt, double rate,
              double beta1, double beta2, double epsilon, double correction1, double correction2, int n);

    /** One step of RMSProp, see {@link Matrix#rmsProp}: changes w and s. */
    void rmsProp(A w, int wAt, A s, int sAt, A g, int gAt, double rate, double rho, double epsilon, double lambda, int n);
}
