package unrolled.math;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Measures the product against EJML's, and e^x, σ, tanh against Java's Math. Run it with the test class path and
 * {@code --add-modules jdk.incubator.vector}. Both sides take turns, each turn some milliseconds long; a figure is the median of
 * {@value #TURNS} turns, a ratio the median of the turns' ratios. Time is the processor time of the thread, so that other work on
 * the machine disturbs less.
 */
final class ProductBench {
    private static final int TURNS = 25;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Kernels KERNELS = new VectorKernels();
    private static double sink;

    private ProductBench() { }

    private interface Work {
        void run();
    }

    public static void main(String[] args) {
        System.out.printf("JDK %s, %s, peak of one core %.1f GFLOP/s%n", Runtime.version(), KERNELS.name(), peak());
        System.out.println("product                 GFLOP/s    EJML   ratio");
        // m, k, n; the second group with A transposed: dW += xᵀ dz.
        int[][] shapes = {{1, 64, 256}, {1, 256, 1024}, {4, 64, 256}, {16, 64, 256}, {16, 128, 512}, {32, 128, 512}, {32, 256, 1024},
                          {64, 512, 2048}, {2048, 128, 512}, {32, 65, 512}, {2048, 128, 65}, {2048, 128, 10}, {2048, 128, 1},
                          {32, 128, 65}, {32, 128, 10}, {32, 128, 1}, {32, 1, 512}, {32, 2, 512}, {3, 64, 256}};
        int[][] transposed = {{64, 16, 256}, {128, 32, 512}, {128, 2048, 512}, {256, 64, 1024}, {128, 2048, 65}, {128, 2048, 1},
                              {64, 1, 256}, {1, 2048, 256}};
        for (int[] s : shapes) {
            product(s[0], s[1], s[2], false);
        }
        for (int[] s : transposed) {
            product(s[0], s[1], s[2], true);
        }
        functions();
        if (sink == 42) {
            System.out.println(sink);
        }
    }

    private static void product(int m, int k, int n, boolean transposed) {
        Random random = new Random(1);
        DMatrixRMaj a = transposed ? matrix(random, k, m) : matrix(random, m, k), b = matrix(random, k, n), d = matrix(random, m, n);
        DMatrixRMaj e = new DMatrixRMaj(m, n);
        int aRow = transposed ? 1 : k, aCol = transposed ? m : 1;
        Work ours = () -> {
            Arrays.fill(d.data, 0);
            KERNELS.addDot(d.data, 0, n, a.data, 0, aRow, aCol, b.data, 0, n, 1, m, n, k);
        };
        Work ejml = transposed ? () -> CommonOps_DDRM.multTransA(a, b, e) : () -> CommonOps_DDRM.mult(a, b, e);
        double[] r = compare(ours, ejml, 2.0 * m * n * k);
        String name = "[" + m + "," + k + "]" + (transposed ? "t" : "") + " x [" + k + "," + n + "]";
        System.out.printf(Locale.ROOT, "%-22s %8.2f %7.2f %7.2f%n", name, 1 / r[0], 1 / r[1], r[2]);
        for (int i = 0; i < m * n; i++) {
            if (Math.abs(d.data[i] - e.data[i]) > 1e-9) {
                throw new IllegalStateException(name + " is wrong");
            }
        }
    }

    private static DMatrixRMaj matrix(Random random, int rows, int cols) {
        DMatrixRMaj m = new DMatrixRMaj(rows, cols);
        for (int i = 0; i < rows * cols; i++) {
            m.data[i] = random.nextGaussian();
        }
        return m;
    }

    private static void functions() {
        int n = 4096;
        double[] x = new double[n], y = new double[n], z = new double[n];
        Random random = new Random(2);
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian() * 2;
        }
        System.out.println("ns per element             ours    Math   ratio");
        function("exp", () -> KERNELS.exp(y, 0, x, 0, n), n, () -> {
            for (int i = 0; i < n; i++) {
                z[i] = Math.exp(x[i]);
            }
        });
        function("exp, StrictMath", () -> KERNELS.exp(y, 0, x, 0, n), n, () -> {
            for (int i = 0; i < n; i++) {
                z[i] = StrictMath.exp(x[i]);
            }
        });
        function("sigmoid", () -> KERNELS.sigmoid(y, 0, x, 0, n), n, () -> {
            for (int i = 0; i < n; i++) {
                z[i] = 1 / (1 + Math.exp(-x[i]));
            }
        });
        function("tanh", () -> KERNELS.tanh(y, 0, x, 0, n), n, () -> {
            for (int i = 0; i < n; i++) {
                z[i] = Math.tanh(x[i]);
            }
        });
        function("tanh, StrictMath", () -> KERNELS.tanh(y, 0, x, 0, n), n, () -> {
            for (int i = 0; i < n; i++) {
                z[i] = StrictMath.tanh(x[i]);
            }
        });
        Kernels scalar = new ScalarKernels();
        function("tanh, scalar kernel", () -> KERNELS.tanh(y, 0, x, 0, n), n, () -> scalar.tanh(z, 0, x, 0, n));
        function("times, scalar kernel", () -> KERNELS.times(y, 0, x, 0, z, 0, n), n, () -> scalar.times(y, 0, x, 0, z, 0, n));
    }

    private static void function(String name, Work ours, int n, Work theirs) {
        double[] r = compare(ours, theirs, n);
        System.out.printf(Locale.ROOT, "%-22s %8.3f %7.2f %7.2f%n", name, r[0], r[1], r[2]);
    }

    /** Median ns per unit of work of both, and the median ratio theirs / ours. */
    private static double[] compare(Work ours, Work theirs, double units) {
        int ourCalls = calls(ours), theirCalls = calls(theirs);
        double[] a = new double[TURNS], b = new double[TURNS], ratio = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            a[i] = time(ours, ourCalls) / units;
            b[i] = time(theirs, theirCalls) / units;
            ratio[i] = b[i] / a[i];
        }
        return new double[] {median(a), median(b), median(ratio)};
    }

    /** Warms up, and returns how many calls take about 5 ms. The compiler needs both: calls, and time for its own thread. */
    private static int calls(Work w) {
        long end = System.nanoTime() + 500_000_000L;
        for (int i = 0; i < 300 || System.nanoTime() < end; i++) {
            w.run();
        }
        return (int) Math.max(1, 5e6 / time(w, 10));
    }

    private static double time(Work w, int calls) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            w.run();
        }
        return (double) (THREADS.getCurrentThreadCpuTime() - start) / calls;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The multiply-add rate of the registers alone, in GFLOP/s: a product in the first-level cache can come near it. */
    private static double peak() {
        double best = 0;
        for (int i = 0; i < 60; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            sink += RegisterPeak.run(1_000_000);
            best = Math.max(best, RegisterPeak.FLOPS_PER_STEP * 1e6 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }
}
