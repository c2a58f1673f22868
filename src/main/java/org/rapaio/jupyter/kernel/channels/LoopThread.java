package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.CountDownLatch;

/**
 * Runs a body again and again, with a pause after each run: stands in for the class of the same name in
 * rapaio-jupyter-kernel 3.0.1, before which it is found on the class path.
 *
 * <p>The kernel's own class sets {@code running} after it has started the thread. On a busy machine the thread looks first,
 * finds {@code false} and ends: the kernel then never answers on that channel, and the notebook waits for ever at
 * "Connecting". Here the flag is up from the beginning, and no body runs before {@link #beginAll}: the kernel starts its
 * threads before it knows how to answer. Delete this class when the kernel keeps the right order.
 */
public final class LoopThread extends Thread {
    private static final CountDownLatch BEGIN = new CountDownLatch(1);

    private final long pause;
    private final Runnable body;
    private volatile boolean running = true;

    /** Makes a thread that pauses for {@code pause} milliseconds after each run of its body. */
    public LoopThread(String name, long pause, Runnable body) {
        super(name);
        this.pause = pause;
        this.body = body;
    }

    /** Lets all loops begin, those that were started and those to come. */
    public static void beginAll() {
        BEGIN.countDown();
    }

    @Override
    public void run() {
        try {
            BEGIN.await();
            while (running) {
                body.run();
                Thread.sleep(pause);
            }
        } catch (InterruptedException stop) {
            // Ends the loop, as shutdown() does.
        }
    }

    /** Ends the loop after the run it is in. */
    public void shutdown() {
        running = false;
    }
}
