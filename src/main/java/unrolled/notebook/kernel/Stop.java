package unrolled.notebook.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The question "has the reader pressed stop?", asked in every loop of a notebook cell.
 *
 * <p>It must cost nothing. A volatile flag would: the compiler reads it in every iteration, and neither unrolls nor vectorises a
 * loop that does. So the question is a call whose target is a constant to the compiler, usually an empty method that leaves no
 * trace in the machine code. A stop changes the constant; the JVM then throws away the code that relied on it, even in the
 * middle of a loop, and the next question is answered by an error.
 */
public final class Stop {
    private static final MethodHandle GO_ON = MethodHandles.empty(MethodType.methodType(void.class));
    private static final MutableCallSite SITE = new MutableCallSite(GO_ON);
    private static final MethodHandle CHECK = SITE.dynamicInvoker();
    private static final MethodHandle ANSWER;
    /** Threads given up in the middle of library code: they end as soon as they come back to a cell's code. */
    private static final Set<Thread> ABANDONED = ConcurrentHashMap.newKeySet();
    private static volatile boolean all;

    static {
        try {
            ANSWER = MethodHandles.lookup().findStatic(Stop.class, "answer", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Ends a cell. An error, not an exception, so that a reader's {@code catch (Exception e)} does not swallow it. */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1;

        Stopped(String message) {
            super(message, null, false, true);
        }
    }

    private Stop() {
    }

    /** Called by the code of cells, see {@link StopChecks}. */
    public static void check() throws Throwable {
        CHECK.invokeExact();
    }

    private static void answer() {
        if (all || ABANDONED.contains(Thread.currentThread())) {
            throw new Stopped("Stopped by you.");
        }
    }

    /** From now on every thread that runs a cell's code ends. */
    static synchronized void demand() {
        all = true;
        set(ANSWER);
    }

    /** Normal life again; a thread that did not end in time is remembered. */
    static synchronized void withdraw(Thread stillRunning) {
        if (stillRunning != null) {
            ABANDONED.add(stillRunning);
        }
        all = false;
        settle();
    }

    /** A thread has ended. */
    static synchronized void ended(Thread thread) {
        if (ABANDONED.remove(thread)) {
            settle();
        }
    }

    private static void settle() {
        if (!all && ABANDONED.isEmpty()) {
            set(GO_ON);
        }
    }

    private static void set(MethodHandle target) {
        SITE.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }
}
