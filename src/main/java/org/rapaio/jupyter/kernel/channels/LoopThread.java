package org.rapaio.jupyter.kernel.channels;

/**
 * Stands in for the kernel's class of the same name (see {@code RapaioExecutionControlProvider}), because two faults of that one
 * leave a kernel that starts and never answers, most often on a slow or busy machine. It set {@code running} only after the
 * thread had started, so that a quick thread found "not running" and ended. And it ended at the first exception, which the
 * kernel throws if a message arrives while its handlers are still being put in place; clients ask again, but nobody listened.
 */
public final class LoopThread extends Thread {
    private volatile boolean running;
    private final long sleep;
    private final Runnable body;

    /** Runs the body, sleeps so many milliseconds, and again. */
    public LoopThread(String name, long sleep, Runnable body) {
        super(name);
        this.sleep = sleep;
        this.body = body;
    }

    @Override public void run() {
        while (running) {
            try {
                body.run();
                Thread.sleep(sleep);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                System.err.println("The kernel could not handle a message: " + e);
            }
        }
    }

    @Override public synchronized void start() {
        running = true;
        super.start();
    }

    /** Ends the loop after its current turn. */
    public void shutdown() {
        running = false;
    }
}
