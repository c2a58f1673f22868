package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import unrolled.math.Matrix;

/** Whatever is passed to a check, a sentence comes back in time. */
class HostileAnswersTest {

    /** Lets the loops of this test end after it, so that they slow down no other. */
    private static volatile boolean over;

    @AfterAll
    static void end() {
        over = true;
    }

    private static final List<Exercise<?>> KINDS = List.of(
        Exercise.number("1.1", "number", 0.5), Exercise.number("1.1", "rounded", 0.5).rounded(3),
        Exercise.matrix("1.2", "matrix", new double[][] {{1, 2, 3}, {4, 5, 6}}).mistake(new double[][] {{1}}, "one"),
        Exercise.vector("1.3", "vector", 1, 2, 3), Exercise.choice("1.4", "choice", "a", "x", "y").mistake("b", "no"),
        Exercise.function("1.5", "function", DoubleUnaryOperator.class, f -> new double[] {f.applyAsDouble(1), f.applyAsDouble(2)}, x -> x)
            .inputs("x = 1", "x = 2").mistake(x -> 2 - x, "no"),
        Exercise.function("1.6", "object", Map.class, m -> Exercise.numbers(m.get(1)), Map.of(1, 2)));

    /** An exception that breaks whoever looks at it. */
    private static final class Spiteful extends RuntimeException {
        @Override public String getMessage() {
            throw new Spiteful();
        }

        @Override public StackTraceElement[] getStackTrace() {
            throw new Spiteful();
        }

        @Override public String toString() {
            throw new Spiteful();
        }
    }

    private static final class SpitefulNumber extends Number {
        @Override public int intValue() {
            throw new Spiteful();
        }

        @Override public long longValue() {
            throw new Spiteful();
        }

        @Override public float floatValue() {
            throw new Spiteful();
        }

        @Override public double doubleValue() {
            throw new Spiteful();
        }

        @Override public String toString() {
            throw new Spiteful();
        }

        @Override public boolean equals(Object o) {
            throw new Spiteful();
        }

        @Override public int hashCode() {
            throw new Spiteful();
        }
    }

    private static DoubleUnaryOperator f(DoubleUnaryOperator f) {
        return f;
    }

    private static double deeper(double x) {
        return deeper(x + 1) + 1;
    }

    private static List<Object> hostile() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        Object[] cyclicArray = new Object[1];
        cyclicArray[0] = cyclicArray;
        double[][] holes = new double[3][];
        List<Object> answers = new ArrayList<>(Arrays.asList(null, Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE,
            Integer.MIN_VALUE, Long.MAX_VALUE, "", "?", "a", "abc", "x".repeat(10_000_000), '\0', "\u0000", "<script>", "%s%n$1\\",
            true, new Object(), Object.class, new Thread(), new Spiteful(), new SpitefulNumber(), cyclic, cyclicArray, holes,
            new double[0], new double[0][0], new double[1][0], new double[] {Double.NaN}, new double[3_000_000], new byte[50_000_000],
            new double[2000][2000], new int[] {1}, new char[] {'a'}, new boolean[] {true}, new Object[] {null, null}, new String[] {null},
            new double[][][] {{{1}}}, new Object[] {1, "a", null}, new Object[] {new double[] {1}, 2}, new Number[] {new SpitefulNumber()},
            List.of(), List.of(List.of()), List.of(1, "b"), Arrays.asList(1, null), Collections.nCopies(Integer.MAX_VALUE, 1.0),
            Map.of(), new SimpleMatrix(0, 0), new SimpleMatrix(3, 2), new Matrix(3, 2), new java.math.BigDecimal("1e999999"),
            f(x -> Double.NaN), f(x -> 1 / 0), f(x -> deeper(x)), f(x -> new double[(int) x][Integer.MAX_VALUE].length),
            (Function<Object, Object>) x -> null));
        answers.add(f(x -> {
            throw new Spiteful();
        }));
        answers.add(f(x -> {
            throw new AssertionError("x".repeat(5_000_000));
        }));
        answers.add(f(x -> {
            Thread.currentThread().interrupt();
            return 3;
        }));
        answers.add(f(x -> {
            throw new IllegalStateException();
        }));
        answers.add(new AbstractList<Object>() {
            @Override public Object get(int i) {
                throw new Spiteful();
            }

            @Override public int size() {
                return -1;
            }
        });
        return answers;
    }

    @Test
    void everythingGetsASentenceAndNothingPasses() {
        List<Object> answers = hostile();
        for (Exercise<?> exercise : KINDS) {
            int n = 0;
            for (Object answer : answers) {
                String which = exercise.title() + ", answer " + n++;
                Verdict verdict = assertTimeoutPreemptively(Duration.ofSeconds(11), () -> exercise.judge(answer), which);
                assertFalse(verdict.message().isBlank(), which);
                assertTrue(verdict.message().length() < 1000, () -> which + ": " + verdict.message().length() + " characters");
                if (!(exercise.title().equals("choice") && "a".equals(answer))) {
                    assertNotEquals(Verdict.State.PASSED, verdict.state(), which);
                }
            }
        }
    }

    private static <X> X loop() {
        long n = 0;
        while (!over) {
            n++;
        }
        return null;
    }

    /** At once, because each takes its full ten seconds. */
    @Test
    void whatNeverEndsIsLeftAlone() throws Exception {
        List<Object> endless = List.of(
            f(x -> HostileAnswersTest.<Double>loop()),
            f(x -> {
                try {
                    Thread.sleep(100_000);
                } catch (InterruptedException e) {
                    return loop();
                }
                return 0;
            }),
            new Number() {
                @Override public int intValue() {
                    return loop();
                }

                @Override public long longValue() {
                    return loop();
                }

                @Override public float floatValue() {
                    return loop();
                }

                @Override public double doubleValue() {
                    return loop();
                }
            },
            new AbstractList<Object>() {
                @Override public Object get(int i) {
                    return loop();
                }

                @Override public Iterator<Object> iterator() {
                    return loop();
                }

                @Override public int size() {
                    return 3;
                }
            });
        List<Exercise<?>> exercises = List.of(KINDS.get(5), KINDS.get(5), KINDS.get(0), KINDS.get(2));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Verdict>> checks = new ArrayList<>();
            for (int i = 0; i < endless.size(); i++) {
                Exercise<?> exercise = exercises.get(i);
                Object answer = endless.get(i);
                checks.add(() -> exercise.judge(answer));
            }
            long start = System.nanoTime();
            for (Future<Verdict> verdict : threads.invokeAll(checks)) {
                assertTrue(verdict.get().message().contains("no answer within 10 seconds"), verdict.get().message());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds < 10 * Guard.PATIENCE + 2, () -> seconds + " s"); // many loops share the processors, so each is given its own time
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatComputesOnABusyMachineHasItsOwnSecondsAndWhatWaitsHasNot() {
        long tenth = 100_000_000, begin = System.nanoTime();
        Callable<Verdict> waits = () -> {
            Thread.sleep(5000);
            return Verdict.passed("");
        };
        assertTrue(Guard.within(0.3, waits).message().contains("no answer within 0.3 seconds"));
        assertTrue(System.nanoTime() - begin < 20 * tenth);
        begin = System.nanoTime();
        Verdict endless = Guard.within(0.3, () -> {
            while (true) {
                Thread.onSpinWait();
            }
        });
        assertTrue(endless.message().contains("no answer within 0.3 seconds"), endless.message());
        assertTrue(System.nanoTime() - begin < 20 * tenth);
    }

    @Test
    void theStopButtonGivesThePromptBack() {
        Thread.currentThread().interrupt();
        Verdict verdict = Guard.within(10, () -> {
            Thread.sleep(5000);
            return Verdict.passed("");
        });
        assertTrue(verdict.message().contains("stopped before"), verdict.message());
        assertFalse(Thread.interrupted(), "the flag is used up: the kernel's own sockets close under an interrupted thread");
    }
}
