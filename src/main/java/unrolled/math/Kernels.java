package unrolled.math;

/**
 * The loops under {@link Matrix}: each works on contiguous runs of {@code n} numbers, destination first, and writes to
 * nothing but its destination (Adam has three). Two implementations exist: {@link ScalarKernels}, plain loops that define each kernel, and
 * {@code VectorKernels}, the same on the processor's vector registers. {@link #get()} chooses once per process.
 *
 * <p>Both give the same bits, since each number is made by the same sequence of rounded operations: the product
 * {@link #addDot} sums every number over k = 0, 1, 2, ... in that order with fused multiply-adds, see {@link Fused}.
 */
public interface Kernels {
    /** The kernels of this process: vector where the module jdk.incubator.vector is readable, else scalar. */
    static Kernels get() {
        return KernelChoice.CHOSEN;
    }

    /** A short name for logs and reports, such as {@code "vector, 4 lanes"}. */
    String name();

    /**
     * {@code D += A B}, or {@code D = A B} if anew, with D [m,n], A [m,k], B [k,n]. Rows of D are contiguous; A and B may have any
     * strides, so that either may be a transposed view.
     *
     * @param aRow distance between rows of A, {@code aCol} between its columns; {@code bRow}, {@code bCol}, {@code dRow} likewise
     */
    void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew);

    /** B [k,n] in panels, as {@link #addDotPacked} reads it, in the old ones if they fit; null if these kernels read B as it is. */
    default double[][] pack(double[][] old, double[] b, int bAt, int bRow, int bCol, int k, int n) {
        return null;
    }

    /** {@link #addDot} with the columns left .. left + cols of a packed B [k,n]; left is a multiple of 16. */
    default void addDotPacked(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                              double[][] panels, int left, int cols, int m, int n, int k, boolean anew) {
        throw new UnsupportedOperationException(name() + " kernels read every matrix as it is");
    }

    /** d = e^a; error at most 1 ulp; 0 where e^a &lt; 2e-308 (a &lt; -708.7), infinity where e^a &gt; 1.2e308 (a &gt; 709.4). */
    void exp(double[] d, int dAt, double[] a, int aAt, int n);

    /** d = σ(a) = 1 / (1 + e^-a); error at most 2.5 ulp, but 0 where σ(a) &lt; 1e-308 (a &lt; -709.4). */
    void sigmoid(double[] d, int dAt, double[] a, int aAt, int n);

    /** d = tanh a; error at most 3 ulp, also near 0. */
    void tanh(double[] d, int dAt, double[] a, int aAt, int n);

    /** d = max(a, 0). */
    void relu(double[] d, int dAt, double[] a, int aAt, int n);

    /** d += a. */
    void add(double[] d, int dAt, double[] a, int aAt, int n);

    /** d += s a. */
    void addScaled(double[] d, int dAt, double s, double[] a, int aAt, int n);

    /** d = s a. */
    void scaled(double[] d, int dAt, double s, double[] a, int aAt, int n);

    /** d = a + b. */
    void plus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n);

    /** d = a - b. */
    void minus(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n);

    /** d = a ∘ b. */
    void times(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n);

    /** d += a ∘ b. */
    void addTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, int n);

    /** d = d ∘ y ∘ (1 - y): back through y = σ(z). */
    void timesSigmoidSlope(double[] d, int dAt, double[] y, int yAt, int n);

    /** d = d ∘ (1 - y²): back through y = tanh z. */
    void timesTanhSlope(double[] d, int dAt, double[] y, int yAt, int n);

    /** d = d where y > 0, else 0: back through y = max(z, 0). */
    void timesReluSlope(double[] d, int dAt, double[] y, int yAt, int n);

    /** d = a ∘ b + p ∘ q. */
    void sumOfTimes(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, double[] p, int pAt, double[] q, int qAt, int n);

    /** d = a ∘ b ∘ y ∘ (1 - y): back through b ∘ σ, with y the value of the σ. */
    void timesSigmoidSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, double[] y, int yAt, int n);

    /** d = a ∘ b ∘ (1 - y²): back through b ∘ tanh, with y the value of the tanh. */
    void timesTanhSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, double[] y, int yAt, int n);

    /** d += a ∘ b ∘ (1 - y²): back through b ∘ tanh, with y the value of the tanh. */
    void addTimesTanhSlope(double[] d, int dAt, double[] a, int aAt, double[] b, int bAt, double[] y, int yAt, int n);

    /** One step of Adam, see {@link Matrix#adam}: changes w, m and v. */
    void adam(double[] w, int wAt, double[] m, int mAt, double[] v, int vAt, double[] g, int gAt, double rate,
              double beta1, double beta2, double epsilon, double correction1, double correction2, int n);
}
