package unrolled.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import sun.misc.Signal;

/** Starts the Java kernel of the course. */
public final class Main {
    private static final long LAST_WORDS_MS = 200;

    private Main() {
    }

    /** @param args the path of the connection file that Jupyter has written: ports, key and transport */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        if (args.length != 1 || !Files.isReadable(Path.of(args[0]))) {
            System.err.println("The kernel is started by Jupyter, with the path of a connection file; "
                    + (args.length == 0 ? "none was given." : args[0] + " cannot be read.") + " To open the course: ./unrolled lab");
            System.exit(2);
        }
        JavaKernel kernel = new JavaKernel(new Connection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0])))));
        // Jupyter asks by a message; whoever sends the signal instead, from a script or a terminal, means the same.
        Signal.handle(new Signal("INT"), signal -> kernel.interrupt());
        kernel.listen();
    }

    static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process when the answer that says so is on its way. */
    static void endSoon() {
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(LAST_WORDS_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        }, "end");
        end.start();
    }
}
