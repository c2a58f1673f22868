package unrolled.notebook;

import java.io.PrintStream;

/** Where things are shown: the Java kernel in which this code runs, found at run time, or the terminal. */
public interface Kernel {
    /** From now on things are shown by this kernel: the course's own kernel says so when it starts. */
    static void use(Kernel kernel) {
        Found.kernel = kernel;
    }

    /** Shows the bundle below the running cell; under the id, if not null, it can be updated. */
    void display(Bundle bundle, String id);

    /** Replaces what was shown under the id. */
    void update(Bundle bundle, String id);

    /** Whether {@link #update} works. */
    default boolean canUpdate() {
        return true;
    }

    /** The kernel of this process. It never changes once found; before a kernel is up, the terminal answers. */
    static Kernel current() {
        if (Found.kernel == null) {
            Found.kernel = SpencerKernel.find();
        }
        return Found.kernel == null ? new Terminal(System.out) : Found.kernel;
    }

    /** Holds the kernel once found. */
    final class Found {
        private static volatile Kernel kernel;

        private Found() {
        }
    }

    /** No kernel: the text of each thing, one below the other. */
    record Terminal(PrintStream out) implements Kernel {
        @Override public void display(Bundle bundle, String id) {
            out.println(bundle.text());
        }

        @Override public void update(Bundle bundle, String id) {
            out.println(bundle.text());
        }

        @Override public boolean canUpdate() {
            return false;
        }
    }
}
