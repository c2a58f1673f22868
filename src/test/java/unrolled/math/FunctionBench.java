package unrolled.math;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** e^x, σ(x) and tanh x, nanoseconds per number: ours on vectors, our plain loops, and Java's Math. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FunctionBench.N)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")   // the loops wait for the compiler: a busy machine does not cut the warm-up short
public class FunctionBench {
    static final int N = 4096;

    @Param({"vector", "scalar", "Math"})
    public String by;

    private final double[] x = new double[N], y = new double[N];
    private Kernels kernels;

    @Setup public void fill() {
        kernels = by.equals("Math") ? null : KernelChoice.choose(by);
        SplitMix random = new SplitMix(2);
        for (int i = 0; i < N; i++) {
            x[i] = 2 * random.nextGaussian();
        }
    }

    @Benchmark public double[] exp() {
        if (kernels == null) {
            for (int i = 0; i < N; i++) {
                y[i] = Math.exp(x[i]);
            }
        } else {
            kernels.exp(y, 0, x, 0, N);
        }
        return y;
    }

    @Benchmark public double[] sigmoid() {
        if (kernels == null) {
            for (int i = 0; i < N; i++) {
                y[i] = 1 / (1 + Math.exp(-x[i]));
            }
        } else {
            kernels.sigmoid(y, 0, x, 0, N);
        }
        return y;
    }

    @Benchmark public double[] tanh() {
        if (kernels == null) {
            for (int i = 0; i < N; i++) {
                y[i] = Math.tanh(x[i]);
            }
        } else {
            kernels.tanh(y, 0, x, 0, N);
        }
        return y;
    }
}
