package unrolled.math;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;
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

/** D += A B at the shapes that recurrent networks are made of, also with a B packed once, and EJML's product of the same matrices. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")   // the loops wait for the compiler: a busy machine does not cut the warm-up short
public class ProductBench {
    /** Rows, sum, columns; "t" for an A that is stored transposed, as in dW += xᵀ da. */
    @Param({"1x64x256", "16x64x256", "32x128x512", "64x256x1024", "64x512x2048", "2048x65x512", "6400x128x1024", "128x2048x512t"})
    public String shape;

    private final Packed packed = new Packed();
    private Matrix a, b, d;
    private DMatrixRMaj ejmlA, ejmlB, ejmlD;
    private boolean transposed;

    /** Normal numbers; the sums start at zero and grow with every call, which no rate depends on. */
    @Setup public void fill() {
        transposed = shape.endsWith("t");
        String[] sizes = shape.replace("t", "").split("x");
        int m = Integer.parseInt(sizes[0]), k = Integer.parseInt(sizes[1]), n = Integer.parseInt(sizes[2]);
        SplitMix random = new SplitMix(1);
        ejmlA = transposed ? normal(k, m, random) : normal(m, k, random);
        ejmlB = normal(k, n, random);
        ejmlD = new DMatrixRMaj(m, n);
        a = Matrix.of(SimpleMatrix.wrap(ejmlA));
        a = transposed ? a.transposed() : a;
        b = Matrix.of(SimpleMatrix.wrap(ejmlB));
        d = new Matrix(m, n);
        packed.set(b);
    }

    private static DMatrixRMaj normal(int rows, int cols, SplitMix random) {
        DMatrixRMaj x = new DMatrixRMaj(rows, cols);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = random.nextGaussian();
        }
        return x;
    }

    @Benchmark public Matrix ours() {
        return d.addDot(a, b);
    }

    @Benchmark public Matrix packed() {
        return d.addDot(a, packed);
    }

    @Benchmark public DMatrixRMaj ejml() {
        if (transposed) {
            CommonOps_DDRM.multAddTransA(ejmlA, ejmlB, ejmlD);
        } else {
            CommonOps_DDRM.multAdd(ejmlA, ejmlB, ejmlD);
        }
        return ejmlD;
    }
}
