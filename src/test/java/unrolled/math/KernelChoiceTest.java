package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which kernels a Java process gets, in real processes started with and without the vector module. */
class KernelChoiceTest {
    /** What the child process runs: says which kernels it got, and computes with them. */
    public static final class Child {
        public static void main(String[] args) {
            System.out.println(Kernels.get().name());
            Matrix a = Matrix.rowOf(1.0, 2), b = Matrix.columnOf(3.0, 4);
            System.out.println(new Matrix(1, 1).dot(a, b).get(0, 0) + " " + new Matrix(1, 2).tanh(a).get(0, 1));
        }
    }

    private record Result(int exit, List<String> out, List<String> err) { }

    private static Result run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process p = new ProcessBuilder(command).start();
        try {
            List<String> out = new String(p.getInputStream().readAllBytes()).lines().toList();
            List<String> err = new String(p.getErrorStream().readAllBytes()).lines().toList();
            assertTrue(p.waitFor(30, TimeUnit.SECONDS));
            return new Result(p.exitValue(), out, err);
        } finally {
            p.destroyForcibly();
        }
    }

    private static final String RESULTS = "11.0 " + Exp.tanh(2);

    @Test void withoutTheModuleScalarAndOneLineWithTheRemedy() throws Exception {
        Result r = run();
        assertEquals(List.of("scalar", RESULTS), r.out);
        assertEquals(1, r.err.size(), r.err.toString());
        assertTrue(r.err.get(0).startsWith("unrolled: ") && r.err.get(0).contains("--add-modules jdk.incubator.vector"),
                r.err.get(0));
    }

    @Test void withTheModuleVectorAndNoLine() throws Exception {
        Result r = run("--add-modules", "jdk.incubator.vector");
        assertTrue(r.out.get(0).matches("vector, \\d+ lanes"), r.out.toString());
        assertEquals(RESULTS, r.out.get(1));
        assertTrue(r.err.stream().noneMatch(line -> line.startsWith("unrolled")), r.err.toString());
    }

    @Test void scalarByWishWithoutALine() throws Exception {
        Result r = run("-Dunrolled.kernels=scalar");
        assertEquals(List.of("scalar", RESULTS), r.out);
        assertEquals(List.of(), r.err);
    }

    @Test void vectorByWishWithoutTheModuleNamesTheRemedy() throws Exception {
        Result r = run("-Dunrolled.kernels=vector");
        assertEquals(1, r.exit);
        assertTrue(String.join("\n", r.err).contains("start Java with --add-modules jdk.incubator.vector, or with "
                + "-Dunrolled.kernels=scalar"), r.err.toString());
    }

    @Test void wrongWishIsNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> KernelChoice.choose("fast")).getMessage();
        assertEquals("system property unrolled.kernels is 'fast', expected auto, scalar or vector", message);
        assertEquals("scalar", KernelChoice.choose("scalar").name());
        assertTrue(KernelChoice.choose("vector").name().startsWith("vector"));
    }
}
