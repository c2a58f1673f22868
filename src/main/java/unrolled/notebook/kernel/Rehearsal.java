package unrolled.notebook.kernel;

import java.security.GeneralSecurityException;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/**
 * Runs a few cells without Jupyter, so that the JVM can store the classes they load ({@code -XX:ArchiveClassesAtExit}) and
 * start the next kernel from that archive.
 */
public final class Rehearsal {
    private static final List<String> CELLS = List.of(
            "int a = 1;", "import java.util.stream.*;", "System.out.println(a + 1);", "double twice(double x) { return 2 * x; }",
            "for (int i = 0; i < 3; i++) { a += i; }", "var list = List.of(1, 2, 3);", "String.valueOf(twice(a))",
            "import static unrolled.notebook.Display.*;", "show(new double[] {1, 2});");

    private Rehearsal() {
    }

    /** Runs the cells, then ends the process: with status 1, and so without use for an archive, if one of them fails. */
    public static void main(String[] args) throws GeneralSecurityException {
        int status = 1;
        try {
            KernelConnectionProperties anyPorts = new KernelConnectionProperties("127.0.0.1", 0, 0, 0, 0, 0, "tcp", "hmac-sha256", "key");
            JavaKernel kernel = new JavaKernel(new Connection(anyPorts));
            kernel.rehearse(CELLS);
            status = 0;
        } catch (CellError e) {
            e.lines().forEach(System.err::println);
        } finally {
            System.exit(status); // the kernel's threads would keep the process alive
        }
    }
}
