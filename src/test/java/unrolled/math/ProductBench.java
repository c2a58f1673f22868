package unrolled.math;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** D += A B at the shapes that recurrent networks are made of, and EJML's product of the same matrices. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")   // the loops wait for the compiler: a busy machine does not cut the warm-up short
public class ProductBench {
    /** Rows, sum, columns; "t" for an A that is stored transposed, as in dW += xᵀ dz. */
    @Param({"1x64x256", "16x64x256", "32x128x512", "64x256x1024", "64x512x2048", "2048x65x512", "6400x128x1024", "128x2048x512t"})
    public String shape;

    private final Kernels kernels = Kernels.get();
    private DMatrixRMaj a, b, d;
    private int m, k, n;
    private boolean transposed;

    /** Normal numbers; the sums start at zero and grow with every call, which no rate depends on. */
    @Setup public void fill() {
        transposed = shape.endsWith("t");
        String[] sizes = shape.replace("t", "").split("x");
        m = Integer.parseInt(sizes[0]);
        k = Integer.parseInt(sizes[1]);
        n = Integer.parseInt(sizes[2]);
        SplitMix random = new SplitMix(1);
        a = transposed ? new DMatrixRMaj(k, m) : new DMatrixRMaj(m, k);
        b = new DMatrixRMaj(k, n);
        d = new DMatrixRMaj(m, n);
        for (DMatrixRMaj x : new DMatrixRMaj[] {a, b}) {
            for (int i = 0; i < x.data.length; i++) {
                x.data[i] = random.nextGaussian();
            }
        }
    }

    @Benchmark public double[] ours() {
        kernels.addDot(d.data, 0, n, a.data, 0, transposed ? 1 : k, transposed ? m : 1, b.data, 0, n, 1, m, n, k);
        return d.data;
    }

    @Benchmark public double[] ejml() {
        if (transposed) {
            CommonOps_DDRM.multAddTransA(a, b, d);
        } else {
            CommonOps_DDRM.multAdd(a, b, d);
        }
        return d.data;
    }
}
