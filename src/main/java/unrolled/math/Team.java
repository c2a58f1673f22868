package unrolled.math;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The products of {@link Kernels} on all cores, and time loops in {@link Shares}. Of a product, D is cut into as many parts as there are threads, along its longer side. Every number
 * of D is computed as it would be alone, so the result does not depend on the number of threads.
 *
 * <p>The parts of a product lie ready; the caller and the helpers each take the next one until none is left, so that a helper that is
 * not running costs nothing but its help. A time step's product takes some microseconds, less than it takes to wake a thread. So a
 * helper waits for the next product {@value #SPIN_NANOS} ns with open eyes, then sleeps; it is woken when the products that it has
 * missed add up to a large one. Products of several callers at the same time are computed by each of them alone.
 */
final class Team {
    /** System property: how many threads compute a product; 1 means none but the caller's. */
    static final String PROPERTY = "unrolled.threads";
    /** Multiplications of a product from which on its parts are worth handing out; those missed for which a sleeping helper is woken. */
    private static final long SPLIT = 60_000, WAKE = 1_000_000;
    private static final int SPIN_NANOS = 100_000;
    /** A part has many rows from here on. */
    private static final int MANY = 128;

    private final Kernels<Object> kernels;
    private final int threads, step;
    private final Thread[] helpers;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** The number of the product, how many parts it has, and which is the next: 32, 16 and 16 bits. */
    private final AtomicLong next = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger(), awake = new AtomicInteger();
    private volatile Throwable failure;
    /** Multiplications of products computed alone since helpers fell asleep; callers may overwrite each other's. */
    private long missed;

    /** The product under way. Written before its number appears in {@link #next}, and not again before all parts are done. */
    private Object d, a, b;
    private Runnable shared;                                       // or this in its place, in shares of a batch
    private Object[] panels;                                     // b packed, or null
    private int dAt, dRow, aAt, aRow, aCol, bAt, bRow, bCol, m, n, k;
    private boolean byRows, anew;

    @SuppressWarnings("unchecked")
    Team(Kernels<?> kernels, int threads) {
        this.kernels = (Kernels<Object>) kernels;        // every array of a product is one of theirs
        this.threads = threads;
        step = kernels.step();
        helpers = new Thread[threads - 1];
    }

    /** The number of threads asked for, or the number of processors, but at most 4: more were never measured. */
    static int threads(String wish) {
        if (wish == null) {
            return Math.min(4, Runtime.getRuntime().availableProcessors());
        }
        try {
            int threads = Integer.parseInt(wish);
            if (threads >= 1 && threads <= 64) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("system property " + PROPERTY + " is '" + wish + "', expected a number of threads from 1 to 64");
    }

    /** {@link Kernels#addDot}. */
    void addDot(Object d, int dAt, int dRow, Object a, int aAt, int aRow, int aCol,
                Object b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
        if (!begin(m, n, k)) {
            kernels.addDot(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k, anew);
            return;
        }
        this.b = b;
        this.bAt = bAt;
        this.bRow = bRow;
        this.bCol = bCol;
        run(d, dAt, dRow, a, aAt, aRow, aCol, m, n, k, anew);
    }

    /** {@link Kernels#addDotPacked}. */
    void addDotPacked(Object d, int dAt, int dRow, Object a, int aAt, int aRow, int aCol, Object[] panels,
                      int m, int n, int k, boolean anew) {
        if (!begin(m, n, k)) {
            kernels.addDotPacked(d, dAt, dRow, a, aAt, aRow, aCol, panels, 0, n, m, n, k, anew);
            return;
        }
        this.panels = panels;
        run(d, dAt, dRow, a, aAt, aRow, aCol, m, n, k, anew);
    }

    /** Whether this product is for more than one thread; if so, the team is the caller's. */
    private boolean begin(int m, int n, int k) {
        long work = (long) m * n * k;
        if (threads == 1 || work < SPLIT || Math.max(m, n) < 2 * step) {
            return false;
        }
        if (awake.get() < threads - 1) {
            missed += work;
            if (missed < WAKE && awake.get() == 0) {
                return false;
            }
        }
        return busy.compareAndSet(false, true);
    }

    /** Does the work in so many shares, see {@link Shares}; false, and nothing is done, if the team is another caller's. */
    boolean share(Runnable work, int parts) {
        if (threads == 1 || !busy.compareAndSet(false, true)) {
            return false;
        }
        shared = work;
        if (awake.get() < threads - 1) {
            missed = WAKE;
        }
        Throwable failed = hand(parts);
        if (failed instanceof RuntimeException e) {
            throw e;
        } else if (failed instanceof Error e) {
            throw e;
        }
        return true;
    }

    int threads() {
        return threads;
    }

    private void run(Object d, int dAt, int dRow, Object a, int aAt, int aRow, int aCol,
                     int m, int n, int k, boolean anew) {
        this.d = d;
        this.dAt = dAt;
        this.dRow = dRow;
        this.a = a;
        this.aAt = aAt;
        this.aRow = aRow;
        this.aCol = aCol;
        this.m = m;
        this.n = n;
        this.k = k;
        this.anew = anew;
        byRows = m > n;
        // Rows cost nothing to hand out in more parts, so that a thread that was held up leaves some to the others.
        int parts = byRows && m >= 4 * threads * MANY ? 4 * threads : Math.min(threads, Math.max(m, n) / step);
        Throwable failed = hand(parts);
        if (failed != null) {
            throw new IllegalStateException("the product [" + m + "," + k + "] x [" + k + "," + n + "] failed: " + failed, failed);
        }
    }

    /** Lays so many parts ready, takes some of them, and waits for the others. Returns what one of them threw, or null. */
    private Throwable hand(int parts) {
        done.set(0);
        failure = null;
        long ticket = (next.get() >>> 32) + 1 << 32 | (long) parts << 16;
        next.set(ticket);                                          // from here on helpers may begin
        if (missed >= WAKE) {
            missed = 0;
            wake();
        }
        work();
        for (int spins = 1; done.get() < parts; spins++) {
            rest(spins);
        }
        Throwable failed = failure;
        d = a = b = null;                                          // a product keeps no array alive
        panels = null;
        shared = null;
        busy.set(false);
        return failed;
    }

    private static void rest(int spins) {
        if (spins % 1024 == 0) {
            Thread.yield();                                        // a part whose thread has lost its processor
        } else {
            Thread.onSpinWait();
        }
    }

    /** Takes parts of the product that lies ready until none is left. */
    private void work() {
        for (long ticket = next.get(); part(ticket) < parts(ticket); ticket = next.get()) {
            if (next.compareAndSet(ticket, ticket + 1)) {
                try {
                    compute(part(ticket), parts(ticket));
                } catch (Throwable e) {
                    failure = e;
                }
                done.incrementAndGet();
            }
        }
    }

    private static int part(long ticket) {
        return (int) ticket & 0xffff;
    }

    private static int parts(long ticket) {
        return (int) ticket >>> 16;
    }

    private void compute(int part, int parts) {
        if (shared != null) {
            Shares.compute(shared, part, parts);
            return;
        }
        int side = byRows ? m : n;
        int from = border(part, parts, side), length = border(part + 1, parts, side) - from;
        if (byRows && panels != null) {
            kernels.addDotPacked(d, dAt + from * dRow, dRow, a, aAt + from * aRow, aRow, aCol, panels, 0, n, length, n, k, anew);
        } else if (byRows) {
            kernels.addDot(d, dAt + from * dRow, dRow, a, aAt + from * aRow, aRow, aCol, b, bAt, bRow, bCol, length, n, k, anew);
        } else if (panels != null) {
            kernels.addDotPacked(d, dAt + from, dRow, a, aAt, aRow, aCol, panels, from, length, m, n, k, anew);
        } else {
            kernels.addDot(d, dAt + from, dRow, a, aAt, aRow, aCol, b, bAt + from * bCol, bRow, bCol, m, length, k, anew);
        }
    }

    private int border(int part, int parts, int side) {
        return part == parts ? side : (int) ((long) side * part / parts) / step * step;
    }

    // ---- the helpers ----

    private void wake() {
        for (int i = 0; i < helpers.length; i++) {
            if (helpers[i] == null) {
                helpers[i] = new Thread(this::help, "unrolled-product-" + (i + 1));
                helpers[i].setDaemon(true);
                helpers[i].start();
            } else {
                LockSupport.unpark(helpers[i]);
            }
        }
    }

    private void help() {
        while (true) {
            awake.incrementAndGet();
            long last = System.nanoTime();
            for (int spins = 1; spins % 64 != 0 || System.nanoTime() - last < SPIN_NANOS; spins++) {
                long ticket = next.get();
                if (part(ticket) < parts(ticket)) {
                    work();
                    last = System.nanoTime();
                } else {
                    Thread.onSpinWait();
                }
            }
            awake.decrementAndGet();
            LockSupport.park(this);
        }
    }
}
