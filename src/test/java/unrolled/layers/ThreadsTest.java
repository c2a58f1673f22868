package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** A layer serves one thread at a time and says so when a second one comes; it may pass from thread to thread. */
class ThreadsTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(1);
    private static final int PATIENCE_SECONDS = 5;

    private static Sequence input(int F, long seed) {
        Sequence x = new Sequence(20, 4, F);
        Init.normal(1).fill(x.all(), new SplittableRandom(seed));
        return x;
    }

    /** Waits in the middle of a pass until it is let go on. */
    private static final class Gate extends Layer {
        final CountDownLatch inside = new CountDownLatch(1), open = new CountDownLatch(1);

        @Override public Sequence forward(Sequence x) {
            inside.countDown();
            try {
                assertTrue(open.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return x;
        }

        @Override public Sequence backward(Sequence dy) {
            return forward(dy);
        }

        @Override public int inputs() {
            return 0;
        }

        @Override public int outputs() {
            return 0;
        }
    }

    @Test void aSecondThreadIsRefusedWhileTheFirstIsInside() throws Exception {
        for (boolean back : new boolean[] {false, true}) {
            Gate gate = new Gate();
            Dense dense = new Dense(3, 3, RANDOM);
            Sequential net = Sequential.of(dense, gate), around = Sequential.of(net);
            ExecutorService first = Executors.newSingleThreadExecutor(r -> new Thread(r, "first"));
            try {
                if (back) {
                    dense.forward(input(3, 1));
                }
                Future<Sequence> pass = first.submit(() -> back ? around.backward(input(3, 1)) : around.forward(input(3, 1)));
                assertTrue(gate.inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
                for (Layer busy : List.of(around, net)) {
                    for (Runnable second : List.<Runnable>of(() -> busy.forward(input(3, 2)), () -> busy.backward(input(3, 2)))) {
                        String message = assertThrows(IllegalStateException.class, second::run).getMessage();
                        assertTrue(message.contains("Sequential is in use: thread 'first'") && message.contains("a network of its own"), message);
                    }
                }
                gate.open.countDown();
                pass.get();
                net.forward(input(3, 2));                              // it is free again
            } finally {
                first.shutdownNow();
            }
        }
    }

    @Test void everyCellAndTheDenseLayerRefuseASecondThread() {
        for (Layer layer : List.of(new Elman(3, 3, RANDOM), new Lstm(3, 3, RANDOM), new Gru(3, 3, RANDOM), new Lstm1997(3, 3, RANDOM),
                new Jordan(3, 3, 3, RANDOM), new Dense(3, 3, RANDOM))) {
            layer.forward(input(3, 1));
            layer.enter();
            Throwable[] thrown = new Throwable[2];
            Thread other = new Thread(() -> {
                thrown[0] = assertThrows(IllegalStateException.class, () -> layer.forward(input(3, 1)));
                thrown[1] = assertThrows(IllegalStateException.class, () -> layer.backward(input(3, 1)));
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            layer.leave();
            for (Throwable t : thrown) {
                assertTrue(t.getMessage().startsWith(layer.getClass().getSimpleName() + " is in use"), t.getMessage());
            }
            layer.backward(layer.forward(input(3, 1)));
        }
    }

    @Test void aPassThatFailsLeavesTheLayerFree() throws Exception {
        Sequential net = Sequential.of(new Elman(3, 4, RANDOM), new Dense(4, 2, RANDOM));
        assertThrows(IllegalArgumentException.class, () -> net.forward(input(2, 1)));
        assertThrows(IllegalStateException.class, () -> net.backward(input(2, 1)));
        Matrix[] y = new Matrix[1];
        Thread other = new Thread(() -> y[0] = net.forward(input(3, 1)).all().copy());
        other.start();
        other.join();
        assertEquals(0, y[0].maxDifference(net.forward(input(3, 1)).all()));
    }

    /** Two loops over one network: one of them is refused soon, and before that no number of the other is wrong for long. */
    @Test void twoLoopsOverOneNetworkAreSoonRefused() throws Exception {
        Sequential net = Sequential.of(new Lstm(3, 8, RANDOM), new Dense(8, 2, RANDOM));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> loops = new ArrayList<>();
            long start = System.nanoTime();
            for (int n = 0; n < 2; n++) {
                loops.add(threads.submit(() -> {
                    while (!Thread.currentThread().isInterrupted() && System.nanoTime() - start < 20e9) {
                        net.forward(input(3, 1));
                    }
                }));
            }
            Throwable refused = null;
            while (refused == null && System.nanoTime() - start < 20e9) {
                for (Future<?> loop : loops) {
                    if (loop.isDone()) {
                        refused = assertThrows(java.util.concurrent.ExecutionException.class, loop::get).getCause();
                    }
                }
                Thread.sleep(1);
            }
            assertTrue(refused instanceof IllegalStateException && refused.getMessage().contains("is in use"), String.valueOf(refused));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Cells of a notebook run in different threads: forward in one, backward in another. */
    @Test void aLayerMayPassFromThreadToThread() throws Exception {
        Supplier<Sequential> make = () -> Sequential.of(new Gru(3, 4, new SplittableRandom(2)), new Dense(4, 2, new SplittableRandom(3)));
        Sequential alone = make.get(), moved = make.get();
        alone.forward(input(3, 1));
        alone.backward(input(2, 2));
        Thread one = new Thread(() -> moved.forward(input(3, 1))), two = new Thread(() -> moved.backward(input(2, 2)));
        one.start();
        one.join();
        two.start();
        two.join();
        for (int i = 0; i < alone.params().size(); i++) {
            assertEquals(0, alone.params().get(i).grad.maxDifference(moved.params().get(i).grad));
        }
    }

    /** Networks of their own share the threads that compute products, and all numbers are those of one thread alone. */
    @Test void networksOfTheirOwnRunSideBySide() throws Exception {
        Supplier<Matrix> work = () -> {
            Sequential net = Sequential.of(new Lstm(40, 64, new SplittableRandom(2)), new Dense(64, 40, new SplittableRandom(3)));
            Matrix sum = new Matrix(20 * 4, 40);
            for (int i = 0; i < 20; i++) {
                Sequence y = net.forward(input(40, i));
                sum.add(y.all());
                net.backward(y);
            }
            return sum;
        };
        Matrix expected = work.get();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Matrix>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(work::get));
            }
            for (Future<Matrix> one : all) {
                assertEquals(0, expected.maxDifference(one.get()));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
