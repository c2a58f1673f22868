package unrolled.bench;

import java.lang.management.ManagementFactory;

/** Runs work until the JVM has compiled it: the compiler works beside it, and on a busy machine needs longer. */
final class WarmUp {
    /** For so long the compiler must have finished nothing. */
    private static final double QUIET = 1;

    private WarmUp() { }

    /** At least so many seconds and some calls; then until the compiler is quiet, but not longer than ten times as many. */
    static void run(Runnable work, double seconds) {
        long start = System.nanoTime(), changed = start, compiled = -1;
        for (int calls = 0; ; calls++) {
            work.run();
            long now = System.nanoTime(), total = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
            if (total != compiled) {
                compiled = total;
                changed = now;
            }
            boolean quiet = now - changed > QUIET * 1e9;
            if (calls >= 5 && now - start > seconds * 1e9 && (quiet || now - start > seconds * 1e10)) {
                return;
            }
        }
    }
}
