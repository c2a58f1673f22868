package unrolled.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControl;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControlProvider;

/** Whatever a cell does, the stop button ends it, and the next cell finds all variables. */
public class StopTest {
    private static final String LOOP = "new Object() { int sum() { int s = 0; for (int i = 0; i < 5; i++) s += i; return s; } }.sum()";
    private RapaioExecutionControl control;
    private static volatile boolean released;
    private JShell shell;

    /** As the kernel makes its shell. */
    @BeforeEach void start() {
        RapaioExecutionControlProvider provider = new RapaioExecutionControlProvider();
        shell = JShell.builder().executionEngine(provider, Map.of("execution_id", "id", "timeout", "-1")).build();
        control = provider.getRegisteredControl("id");
        value("int kept = 42, x = 1;");
    }

    @AfterEach void end() {
        shell.close();
    }

    private Object value(String code) {
        Object last = null;
        for (SnippetEvent event : shell.eval(code)) {
            assertEquals(null, event.exception(), code);
            last = event.value() == null ? null : control.takeResult(event.value());
        }
        return last;
    }

    /** Runs the code, presses stop, and gives the name of what the code ended with; null if it ended by itself. */
    private String stop(String code) throws Exception {
        CompletableFuture<List<SnippetEvent>> cell = CompletableFuture.supplyAsync(() -> shell.eval(code));
        while (!((StoppableControl) control).isRunning()) {
            assertFalse(cell.isDone(), "the code ended before it could be stopped");
            Thread.sleep(20);
        }
        Thread.sleep(150);
        control.interrupt();
        control.stop();
        SnippetEvent last = cell.get(20, TimeUnit.SECONDS).stream().filter(e -> e.causeSnippet() == null).reduce((a, b) -> b).orElseThrow();
        return last.exception() instanceof EvalException e ? e.getExceptionClassName() : null;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "while (true) {}",
        "for (;;) x++;",
        "new Object() { void f() { while (true) for (int i = 0; i < 10; i++) g(i); } void g(int i) { x += i; } }.f();",
        "((Runnable) () -> { while (true) { x += 2; } }).run();",
        "java.util.stream.IntStream.iterate(0, i -> i + 1).filter(i -> i < 0).findAny();",
        "new Object() { long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } }.fib(90);",
        "do { try { Thread.sleep(5); } catch (InterruptedException e) { } } while (true);",
        "while (true) { try { x++; } catch (Exception e) { } }",
        "new Object() { void f() { for (int k = 0;;) switch (k++ % 3) { case 0: continue; case 1: k++; break; default: k--; } } }.f();",
        "Thread.sleep(100_000);",
    })
    void everyLoopEndsAndTheNextCellRuns(String code) throws Exception {
        assertEquals(RapaioExecutionControl.INTERRUPTED_MARKER, stop(code));
        assertEquals(42, value("kept"));
        assertEquals(10, value(LOOP), "loops go on after a stop");
    }

    @Test void codeThatListensKeepsItsResult() throws Exception {
        String code = "String polite = java.util.stream.Stream.of(1).map(i -> { while (!Thread.interrupted()) { } return \"so far\"; })"
                + ".findAny().get();";
        assertEquals(null, stop(code));
        assertEquals("so far", value("polite"));
    }

    @Test void libraryCodeThatNeverListensIsLeftBehind() throws Exception {
        shell.addToClasspath("target/test-classes");
        released = false;
        try {
            assertEquals(RapaioExecutionControl.INTERRUPTED_MARKER, stop("unrolled.notebook.kernel.StopTest.neverListens();"));
            assertEquals(42, value("kept"));
            assertEquals(10, value(LOOP), "a thread left behind stops no other");
        } finally {
            released = true;
        }
    }

    /** Stands for library code: it is not loaded as code of a cell. */
    public static void neverListens() {
        while (!released) {
            Thread.onSpinWait();
        }
    }

    @Test void errorsOfTheCodeAreToldAsTheyAre() {
        for (String error : List.of("java.util.concurrent.CancellationException", "IllegalStateException", "StackOverflowError")) {
            SnippetEvent event = shell.eval("throw new " + error + "(\"my words\");").get(0);
            assertTrue(event.exception() instanceof EvalException, error);
            assertTrue(((EvalException) event.exception()).getExceptionClassName().endsWith(error), error);
            assertEquals("my words", event.exception().getMessage());
        }
    }

    @Test void nothingIsAResultToo() {
        assertEquals(null, value("String nothing = null; "));
        assertEquals(null, value("nothing"));
        assertEquals(null, value("for (int i = 0; i < 3; i++) { }"));
    }

    @Test void aStopBetweenCellsDoesNothing() {
        Object before = System.out;
        control.interrupt();
        try {
            System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream())); // the kernel gives each cell its own
            assertEquals(42, value("kept"));
        } finally {
            System.setOut((java.io.PrintStream) before);
        }
    }

    @Test void codeOfAnUnknownFormatRunsUnchanged() {
        byte[] unknown = {1, 2, 3};
        assertArrayEquals(unknown, StopChecks.into(unknown));
    }
}
