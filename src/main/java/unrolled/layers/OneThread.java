package unrolled.layers;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** What one thread at a time may use, see {@link Layer}: refuses a second one where that costs nothing. */
abstract class OneThread {
    /** Unlike an AtomicReference this makes no object, not even while Java still interprets it. */
    private static final AtomicReferenceFieldUpdater<OneThread, Thread> INSIDE =
            AtomicReferenceFieldUpdater.newUpdater(OneThread.class, Thread.class, "inside");

    private volatile Thread inside;

    /**
     * Takes this layer for a pass of this thread; a pass ends with {@link #leave} in a finally block. Without a fence, which would cost a
     * small step some percent: of two threads that begin in the same few nanoseconds both come in, and one is refused at its next pass.
     */
    final void enter() {
        Thread me = Thread.currentThread(), other = inside;
        if (other != null) {
            throw new IllegalStateException(getClass().getSimpleName() + " is in use: thread '" + other.getName() + "' is in the middle of a"
                    + " pass through it, and thread '" + me.getName() + "' begins another. A layer serves one thread at a time; give each"
                    + " thread a network of its own");
        }
        INSIDE.lazySet(this, me);
    }

    /** The pass of this thread is over. */
    final void leave() {
        INSIDE.lazySet(this, null);
    }
}
