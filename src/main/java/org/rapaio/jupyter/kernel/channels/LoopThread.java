package org.rapaio.jupyter.kernel.channels;

/**
 * Runs a body again and again, with a pause after each run: stands in for the class of the same name in
 * rapaio-jupyter-kernel 3.0.1, before which it is found on the class path.
 *
 * <p>The kernel's own class sets {@code running} after it has started the thread. On a busy machine the thread looks first,
 * finds {@code false} and ends: the kernel then never answers on that channel, and the notebook waits for ever at
 * "Connecting". Here the flag is up from the beginning. Delete this class when the kernel has the same order.
 */
public final class LoopThread extends Thread {

    private final long pause;
    private final Runnable body;
    private volatile boolean running = true;

    /** Makes a thread that pauses for {@code pause} milliseconds after each run of its body. */
    public LoopThread(String name, long pause, Runnable body) {
        super(name);
        this.pause = pause;
        this.body = body;
    }

    @Override
    public void run() {
        while (running) {
            body.run();
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** Ends the loop after the run it is in. */
    public void shutdown() {
        running = false;
    }
}
