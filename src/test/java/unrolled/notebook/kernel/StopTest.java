package unrolled.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a cell does, the stop button ends it, and the next cell finds all variables. */
public class StopTest {
    private static final String LOOP = "new Object() { int sum() { int s = 0; for (int i = 0; i < 5; i++) s += i; return s; } }.sum()";
    private static volatile boolean released;
    private Evaluator evaluator;

    @BeforeEach void start() throws CellError {
        evaluator = new Evaluator(note -> { });
        value("int kept = 42, x = 1;");
    }

    @AfterEach void end() {
        evaluator.close();
    }

    private Object value(String code) throws CellError {
        Object value = evaluator.eval(1, code);
        return value == Evaluator.NOTHING ? null : value;
    }

    /** Runs the code, presses stop, and gives the name of what the cell ended with; null if it ended by itself. */
    private String stop(String code) throws Exception {
        // Not the common pool: a stream of the cell may be using it.
        CompletableFuture<String> cell = CompletableFuture.supplyAsync(() -> {
            try {
                evaluator.eval(2, code);
                return null;
            } catch (CellError e) {
                return e.name();
            }
        }, task -> new Thread(task, "front end").start());
        while (!evaluator.isRunning()) {
            assertFalse(cell.isDone(), "the code ended before it could be stopped");
            Thread.sleep(20);
        }
        Thread.sleep(150);
        long start = System.nanoTime();
        evaluator.interrupt();
        String ended = cell.get(20, TimeUnit.SECONDS);
        assertTrue(System.nanoTime() - start < 1_500_000_000L, "a stop takes at most a second, and some more on a busy machine");
        return ended;
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
        "System.in.read(new byte[0]); while (true) { System.out.print(\"\"); }",
        "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel().filter(i -> i < 0).count();",
        "var all = new java.util.ArrayList<Object>(); while (true) { all.add(new byte[10]); all.clear(); }",
        "synchronized (Object.class) { Object.class.wait(); }",
        "try { while (true) { } } finally { x++; }",
    })
    void everyLoopEndsAndTheNextCellRuns(String code) throws Exception {
        assertEquals("Stopped", stop(code));
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
        released = false;
        try {
            assertEquals("Stopped", stop("unrolled.notebook.kernel.StopTest.neverListens();"));
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

    @Test void theThreadsOfAParallelStreamEndToo() throws Exception {
        assertEquals("Stopped", stop("long[] seen = new long[1]; java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel().filter(i -> i == seen[0]--).count();"));
        long before = (long) value("seen[0]");
        Thread.sleep(300);
        assertEquals(before, value("seen[0]"), "a thread of the pool still runs");
    }

    @Test void whatComesAfterTheStoppedPieceIsNotRun() throws Exception {
        assertEquals("Stopped", stop("while (true) {}\nint after = 1; x = 99;"));
        assertEquals(1, value("x"));
    }

    @Test void errorsOfTheCodeAreToldAsTheyAre() {
        for (String error : List.of("java.util.concurrent.CancellationException", "IllegalStateException", "StackOverflowError", "InterruptedException")) {
            try {
                value("throw new " + error + "(\"my words\");");
                assertTrue(false, error);
            } catch (CellError e) {
                assertTrue(error.endsWith(e.name()), error);
                assertEquals("my words", e.getMessage());
            }
        }
    }

    @Test void aStopBetweenCellsDoesNothing() throws CellError {
        evaluator.interrupt();
        assertEquals(42, value("kept"));
    }

    @Test void codeOfAnUnknownFormatRunsUnchanged() {
        byte[] unknown = {1, 2, 3};
        assertArrayEquals(unknown, StopChecks.into(unknown));
    }
}
