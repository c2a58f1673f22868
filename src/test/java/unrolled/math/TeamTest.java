package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The product on several threads: the same bits whatever their number, whoever sleeps, however many call. */
@Timeout(120)
class TeamTest {
    /** Below and above what is handed out and what wakes a helper; by rows and by columns; not a multiple of anything. */
    private static final int[][] SHAPES = {{16, 64, 256}, {5, 40, 301}, {333, 21, 19}, {32, 129, 515}, {700, 65, 70}, {1, 300, 400},
                                           {150, 200, 1}};

    private record Product(int m, int k, int n, double[] a, double[] b, double[] d, boolean anew) {
        static Product of(int[] shape, Random random) {
            int m = shape[0], k = shape[1], n = shape[2];
            return new Product(m, k, n, random.doubles(m * k).toArray(), random.doubles(k * n).toArray(), random.doubles(m * n).toArray(),
                    random.nextBoolean());
        }

        double[] alone() {
            double[] result = d.clone();
            Kernels.get().addDot(result, 0, n, a, 0, k, 1, b, 0, n, 1, m, n, k, anew);
            return result;
        }

        double[] by(Team team) {
            double[] result = d.clone();
            team.addDot(result, 0, n, a, 0, k, 1, b, 0, n, 1, m, n, k, anew);
            return result;
        }

        double[] packedBy(Team team) {
            double[][] panels = Kernels.get().pack(null, b, 0, n, 1, k, n);
            if (panels == null) {
                return by(team);
            }
            double[] result = d.clone();
            team.addDotPacked(result, 0, n, a, 0, k, 1, panels, m, n, k, anew);
            return result;
        }
    }

    @Test void theResultDoesNotDependOnTheNumberOfThreads() {
        Random random = new Random(1);
        for (int threads = 1; threads <= 5; threads++) {
            Team team = new Team(Kernels.get(), threads);
            for (int i = 0; i < 210; i++) {
                Product p = Product.of(SHAPES[i % SHAPES.length], random);
                assertArrayEquals(p.alone(), p.by(team), threads + " threads");
                assertArrayEquals(p.alone(), p.packedBy(team), threads + " threads, packed");
                if (i % 3 == 0) {
                    LockSupport.parkNanos(random.nextInt(300_000));        // around the time after which helpers fall asleep
                }
            }
        }
    }

    @Test void severalCallersAtOnceGetTheirOwnResults() throws InterruptedException {
        Team team = new Team(Kernels.get(), 3);
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        List<Thread> callers = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            Random random = new Random(c);
            Thread caller = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    Product p = Product.of(SHAPES[random.nextInt(SHAPES.length)], random);
                    assertArrayEquals(p.alone(), p.by(team));
                }
            });
            caller.setUncaughtExceptionHandler((thread, e) -> wrong.set(e));
            caller.start();
            callers.add(caller);
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(null, wrong.get());
    }

    /** Notes who computes, and fails on demand. */
    private static final class Watched extends ScalarKernels {
        final ConcurrentHashMap<String, Integer> parts = new ConcurrentHashMap<>();
        volatile boolean fail;

        @Override public void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                     double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
            parts.merge(Thread.currentThread().getName(), 1, Integer::sum);
            if (fail && dAt > 0) {
                throw new ArithmeticException("asked for");
            }
            super.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k, anew);
        }
    }

    @Test void helpersHelp() {
        Watched kernels = new Watched();
        Team team = new Team(kernels, 2);
        Product large = Product.of(new int[] {256, 256, 256}, new Random(2));
        long end = System.nanoTime() + 60_000_000_000L;
        while (!kernels.parts.containsKey("unrolled-product-1") && System.nanoTime() < end) {
            assertArrayEquals(large.alone(), large.by(team));
        }
        assertTrue(kernels.parts.containsKey("unrolled-product-1"), "no part was computed by the helper: " + kernels.parts);
        Product small = Product.of(new int[] {8, 8, 8}, new Random(2));
        kernels.parts.clear();
        small.by(team);
        assertEquals(1, kernels.parts.values().stream().mapToInt(i -> i).sum(), "a small product is not cut");
    }

    @Test void aFailureReachesTheCallerAndTheTeamGoesOn() {
        Watched kernels = new Watched();
        Team team = new Team(kernels, 2);
        Product p = Product.of(new int[] {256, 256, 256}, new Random(3));
        p.by(team);
        for (int i = 0; i < 20; i++) {
            kernels.fail = true;
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> p.by(team));
            assertTrue(e.getMessage().contains("[256,256] x [256,256]") && e.getMessage().contains("asked for"), e::getMessage);
            kernels.fail = false;
            assertArrayEquals(p.alone(), p.by(team));
        }
    }

    @Test void theNumberOfThreadsIsChecked() {
        assertEquals(3, Team.threads("3"));
        assertTrue(Team.threads(null) >= 1 && Team.threads(null) <= 4);
        for (String wish : new String[] {"0", "-1", "65", "two", ""}) {
            String message = assertThrows(IllegalArgumentException.class, () -> Team.threads(wish)).getMessage();
            assertTrue(message.contains("unrolled.threads is '" + wish + "'") && message.contains("1 to 64"), message);
        }
    }
}
