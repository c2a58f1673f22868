package org.rapaio.jupyter.kernel.channels;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import org.rapaio.jupyter.kernel.message.MessageId;

/**
 * Runs a body again and again, with a pause after each run: stands in for the kernel's class of the same name (see
 * {@code RapaioExecutionControlProvider}), because three faults of that one leave a kernel that starts and never answers, most
 * often on a slow or busy machine. It set {@code running} only after the thread had started, so that a quick thread found "not
 * running" and ended. It began before the kernel knew how to answer, so that JupyterLab's first question could be thrown away;
 * here no body runs before {@link #beginAll}. And it ended at the first exception, after which nobody listened.
 */
public final class LoopThread extends Thread {
    private static final CountDownLatch BEGIN = new CountDownLatch(1);
    /** The newest one; {@link Channels} makes them one after the other. */
    static LoopThread made;

    /** The message that this thread is answering, where it answers, and what it does when it has answered. */
    volatile MessageId<?> message;
    AbstractChannel answersOn;
    final Deque<Runnable> after = new ConcurrentLinkedDeque<>();

    private final long pause;
    private final Runnable body;
    private volatile boolean running = true;

    /** Runs the body, pauses so many milliseconds, and again. */
    public LoopThread(String name, long pause, Runnable body) {
        super(name);
        this.pause = pause;
        this.body = body;
        made = this;
    }

    /** Lets all loops begin, those that were started and those to come. */
    public static void beginAll() {
        BEGIN.countDown();
    }

    @Override public void run() {
        try {
            BEGIN.await();
            while (running) {
                try {
                    body.run();
                } catch (RuntimeException e) {
                    System.err.println("The kernel could not handle a message: " + e);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException stop) {
            // Ends the loop, as shutdown() does.
        }
    }

    /** Ends the loop after its current turn. */
    public void shutdown() {
        running = false;
    }
}
