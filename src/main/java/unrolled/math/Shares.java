package unrolled.math;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sequences of a batch, shared out to the processor's cores. While a thread computes its share, {@link Sequence#at} of every sequence of
 * matrices [B,F] shows it only the rows of its share; so a time loop that touches nothing but {@code at(t)}, and parameters that it reads,
 * needs no other code for it. Each row is computed as it would be alone: the result does not depend on the number of threads.
 */
public final class Shares {
    /** Multiplications of a whole time loop from which on it is shared out: it takes some microseconds to wake a thread. */
    static final long LEAST = 2_000_000;
    /** Rows of a share: fewer leave the product's tiles half empty. */
    private static final int ROWS = 4;

    /** Threads that compute a share now, in the whole process: mostly none, and then nobody need ask for his own. */
    private static final AtomicInteger ACTIVE = new AtomicInteger();
    private static final ThreadLocal<Shares> MINE = ThreadLocal.withInitial(Shares::new);

    private int part, parts;             // parts = 0: this thread has the whole batch

    private Shares() { }

    /**
     * Does the work for all B rows of these sequences: in shares, at the same time, if that is possible and pays, else as a whole.
     *
     * @param s one of the sequences that the work writes to
     * @param multiplications of the whole work
     * @param possible whether each row is computed apart from the others
     */
    public static void compute(Sequence s, long multiplications, boolean possible, Runnable work) {
        Null.refuse(s, "Shares: s", "a sequence [T,B,F]");
        Null.refuse(work, "Shares: work", "a time loop");
        int parts = Math.min(s.B / ROWS, s.team().threads());
        if (!possible || multiplications < LEAST || parts < 2 || mine() != null || !s.team().share(work, parts)) {
            work.run();
        }
    }

    /** The share of this thread; null if it has the whole batch. */
    static Shares mine() {
        if (ACTIVE.getPlain() == 0) {
            return null;
        }
        Shares mine = MINE.get();
        return mine.parts == 0 ? null : mine;
    }

    /** One share of the work, by this thread. */
    static void compute(Runnable work, int part, int parts) {
        Shares mine = MINE.get();
        mine.part = part;
        mine.parts = parts;
        ACTIVE.incrementAndGet();
        try {
            work.run();
        } finally {
            ACTIVE.decrementAndGet();
            mine.parts = 0;
        }
    }

    int part() {
        return part;
    }

    int parts() {
        return parts;
    }

    /** Where a share of B rows begins; the last one ends at border(parts). */
    static int border(int part, int parts, int B) {
        return (int) ((long) B * part / parts);
    }
}
