package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import unrolled.InSingle;

/**
 * No operation on views with contiguous rows allocates once it is compiled, nor does the copy of a transposed view. Each precision has
 * a JVM of its own ({@link SingleAllocationTest}): where double has run before, one vector of Adam's sometimes stays an object in single.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    Precision precision() {
        return Precision.DOUBLE;
    }

    @Test void operationsAllocateNothing() {
        InSingle.get(precision(), () -> {
            operations();
            return null;
        });
    }

    private static void operations() {
        for (int B : new int[] {1, 6}) {
            Matrix z = new Matrix(B, 80), w = new Matrix(20, 80), row = new Matrix(1, 20);
            Matrix wt = new Matrix(80, 20), wTransposed = w.transposed(), hTransposed = new Matrix(B, 20).transposed();
            Matrix i = z.cols(0, 20), f = z.cols(20, 40), g = z.cols(40, 60), o = z.cols(60, 80), h = new Matrix(B, 20);
            free("set", () -> i.set(f));
            free("set transposed", () -> wt.set(wTransposed));
            free("fill", () -> i.fill(0.5));
            free("plus, minus", () -> i.plus(f, g).minus(f, g));
            free("times, add", () -> i.times(f, g).times(o).addTimes(f, g).add(f).addScaled(0.5, o).scale(0.1));
            free("addRow", () -> h.addRow(row));
            free("addRowsOf", () -> row.addRowsOf(h));
            free("dot", () -> z.dot(h, w));
            free("addDot", () -> z.addDot(h, w));
            free("addDot transposed", () -> w.addDot(hTransposed, z));
            free("addDot by a transposed", () -> h.addDot(z, wTransposed));
            Packed packed = new Packed();
            free("packed", () -> z.addDot(h, packed.set(w)));
            free("packed transposed", () -> h.addDot(z, packed.set(wTransposed)));
            free("exp", () -> i.exp(f));
            free("sigmoid", () -> i.sigmoid().sigmoid(f));
            free("tanh", () -> i.tanh().tanh(f));
            free("relu", () -> i.relu().relu(f));
            free("slopes", () -> i.timesSigmoidSlope(f).timesTanhSlope(g).timesReluSlope(o).addTimesTanhSlope(f, g, o));
            free("gates", () -> i.sumOfTimes(f, g, o, f).timesSigmoidSlope(f, g, o).timesTanhSlope(f, g, o));
            free("softmax", () -> h.softmax(h));
            free("rows", () -> z.copyRow(0, z, B - 1).addToRow(0, z, B - 1).fillRow(0, 0.5).scaleRow(0, 0.5).clamp(-1, 1));
            Matrix m = new Matrix(B, 80), v = new Matrix(B, 80), s = new Matrix(B, 80);
            free("optimizers", () -> z.adam(m, v, s, 0.01, 0.9, 0.999, 1e-8, 0.5, 0.5).rmsProp(v, s, 0.01, 0.9, 1e-8, 0.1));
            double[] sink = new double[1];
            free("summaries", () -> sink[0] += z.sum() + z.sumOfSquares() + z.norm() + z.maxAbs() + z.argMax(0) + z.get(0, 1));
        }
        Matrix large = new Matrix(2_000, 300), wide = new Matrix(1, 300);
        free("rows of a large matrix", () -> wide.addRowsOf(large.fill(1).set(large).addRow(wide).softmax(large)));
        Sequence s = new Sequence(3, 2, 4);
        free("steps", () -> s.at(0).add(s.at(-1)));
        free("sequence fill", () -> s.fill(1).all().add(s.all()));
    }

    /** Above the size from which a product is computed by several threads. */
    @Test void aLargeProductAllocatesNothing() {
        Matrix d = new Matrix(precision(), 80, 300), a = new Matrix(precision(), 80, 120), b = new Matrix(precision(), 120, 300);
        free("a product of several threads", () -> d.addDot(a, b));
    }

    /** Runs until 200 calls in a row allocate nothing: the compiler needs some thousands of calls to get there. */
    private static void free(String name, Runnable operation) {
        long end = System.nanoTime() + 10_000_000_000L, bytes = -1;
        while (bytes != 0 && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                operation.run();
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes, name + ": bytes allocated by 200 calls, after 10 s of them");
    }
}
