package unrolled.math;

/** Chooses the kernels once per process, and says in one line when it must fall back to the slow ones. */
final class KernelChoice {
    /** System property: {@code auto} (the default), {@code scalar} or {@code vector}. */
    static final String PROPERTY = "unrolled.kernels";
    static final Kernels<double[]> DOUBLE = choose(System.getProperty(PROPERTY, "auto"));

    private KernelChoice() { }

    /** The kernels for single precision that are of the same kind. */
    static Kernels<float[]> single() {
        return DOUBLE.getClass() == ScalarKernels.class ? new SingleScalarKernels() : vector("unrolled.math.SingleVectorKernels");
    }

    static Kernels<double[]> choose(String wish) {
        switch (wish) {
            case "scalar":
                return new ScalarKernels();
            case "vector":
                return vector("unrolled.math.VectorKernels");
            case "auto":
                if (!Fused.AVAILABLE) {                  // an old or emulated processor: the plain loops serve it as well
                    return new ScalarKernels();
                }
                if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
                    return vector("unrolled.math.VectorKernels");
                }
                System.err.println("unrolled: computing with plain loops, several times slower than with vector instructions; "
                        + "start Java with --add-modules jdk.incubator.vector for the fast ones.");
                return new ScalarKernels();
            default:
                throw new IllegalArgumentException("system property " + PROPERTY + " is '" + wish
                        + "', expected auto, scalar or vector");
        }
    }

    @SuppressWarnings("unchecked")
    private static <A> Kernels<A> vector(String name) {
        if (!Fused.AVAILABLE) {
            throw new IllegalStateException("the vector kernels need a processor with fused multiply-add, which Java does not see here;"
                    + " start Java with -D" + PROPERTY + "=scalar or without this property");
        }
        try {   // By name, so that this class loads on a JVM that cannot load the vector module.
            return (Kernels<A>) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the vector kernels do not load (" + e + "); start Java with "
                    + "--add-modules jdk.incubator.vector, or with -D" + PROPERTY + "=scalar", e);
        }
    }
}
