package unrolled.notebook.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Memory set aside for the moment when all other is used up: an error that nobody can be told leaves a cell running for ever. It is
 * given back at the first {@link OutOfMemoryError}, so that the kernel can say what happened and run the cell that frees something.
 * If even that is not enough the process ends, and Jupyter starts it anew and says so.
 */
final class Reserve {
    static final int BYTES = 8 << 20;
    /** So much must be free before the reserve is set aside again: else the next cell would find nothing. */
    private static final long PLENTY = 8L * BYTES;
    private static final int STATUS = 3;
    /** Both made in time: with a full memory nothing can be made. */
    private static final byte[] LAST_WORDS = ("The memory of the Java kernel is full, and it could not say so below the cell. It has ended; Jupyter starts it anew. "
            + "Run the cells again, with less in them.\n").getBytes(StandardCharsets.UTF_8);
    private static final FileOutputStream TERMINAL = new FileOutputStream(FileDescriptor.err);

    private static byte[] kept = new byte[BYTES];

    static {
        try {   // What Runtime.halt needs: an agent (see Redefiner) looks at each class that is loaded, and there must be memory for that.
            Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException e) {
            // a Java that ends in another way
        }
    }

    private Reserve() {
    }

    /** Gives the memory back if this is what is lacking. Makes no object. */
    static void release(Throwable problem) {
        if (problem instanceof OutOfMemoryError) {
            kept = null;
        }
    }

    /** Sets the memory aside again, when there is plenty. */
    static void renew() {
        Runtime runtime = Runtime.getRuntime();
        if (kept == null && runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > PLENTY) {
            kept = new byte[BYTES];
        }
    }

    /** Ends the process with a word to the terminal: what is left cannot answer Jupyter any more. Makes no object. */
    static void end() {
        try {
            TERMINAL.write(LAST_WORDS);
        } catch (IOException | OutOfMemoryError silent) {
            // nothing is left to say it with
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
