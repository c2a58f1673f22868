package unrolled.notebook.kernel;

import java.util.List;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;

/**
 * Runs a few cells without Jupyter, so that the JVM can store the classes they load ({@code -XX:ArchiveClassesAtExit}) and
 * start the next kernel from that archive.
 */
public final class Rehearsal {
    private static final List<String> CELLS = List.of(
            "int a = 1;", "import java.util.stream.*;", "System.out.println(a + 1);", "double twice(double x) { return 2 * x; }",
            "for (int i = 0; i < 3; i++) { a += i; }", "var list = List.of(1, 2, 3);", "String.valueOf(twice(a))");

    private Rehearsal() {
    }

    /** Runs the cells, then ends the process: with status 1, and so without use for an archive, if one of them fails. */
    public static void main(String[] args) {
        int status = 1;
        try {
            new Channels(new ConnectionProperties(0, 0, "tcp", "hmac-sha256", 0, 0, "127.0.0.1", 0, "key")).connect(MainApp.kernel);
            for (String cell : CELLS) {
                MainApp.kernel.eval(cell);
            }
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            System.exit(status); // the kernel's threads would keep the process alive
        }
    }
}
