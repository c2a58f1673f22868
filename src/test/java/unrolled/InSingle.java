package unrolled;

import java.util.function.Supplier;
import unrolled.math.Precision;

/** Runs something in single precision, and leaves double precision to the tests after it: the choice is one for the whole process. */
public final class InSingle {
    private InSingle() { }

    /** May throw anything. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    public static void run(Work work) throws Exception {
        run(Precision.SINGLE, work);
    }

    public static void run(Precision precision, Work work) throws Exception {
        precision.use();
        try {
            work.run();
        } finally {
            Precision.DOUBLE.use();
        }
    }

    public static <A> A get(Supplier<A> work) {
        return get(Precision.SINGLE, work);
    }

    public static <A> A get(Precision precision, Supplier<A> work) {
        precision.use();
        try {
            return work.get();
        } finally {
            Precision.DOUBLE.use();
        }
    }
}
