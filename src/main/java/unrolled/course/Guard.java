package unrolled.course;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a check that may call a learner's code: whatever that does, a verdict comes back in time. */
final class Guard {

    static final int SECONDS = 10;
    private static final int LONGEST = 300;
    /** On a busy machine, such as a server of a class, a check may last this many times as long: its own processor seconds count. */
    static final int PATIENCE = 6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Guard() { }

    static Verdict within(double seconds, Callable<Verdict> check) {
        AtomicReference<Verdict> verdict = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                verdict.set(check.call());
            } catch (Throwable e) {
                verdict.set(Verdict.wrong("your code stopped with " + cause(e).getClass().getSimpleName() + "."));
                verdict.set(Verdict.wrong(sentence(e))); // may fail itself: the exception can be the learner's own
            }
        }, "check");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> { }); // the verdict is set; no red trace in the notebook
        try {
            thread.start();
            await(thread, seconds);
        } catch (InterruptedException e) {
            // The stop button asked for the prompt back, and gets it: the flag is not set again, because the kernel's own
            // sockets close when they are used by an interrupted thread.
            abandon(thread);
            return Verdict.wrong("the check was stopped before your code gave an answer.");
        } catch (Throwable e) {
            return Verdict.wrong("the check could not start: " + sentence(e));
        }
        Verdict result = verdict.get();
        if (result == null) {
            abandon(thread);
            return Verdict.wrong("your code gave no answer within " + Words.digits(seconds) + " seconds. Is there a loop that never ends? "
                + "It may still be running: restart the kernel to be rid of it.");
        }
        return result;
    }

    private static void await(Thread thread, double seconds) throws InterruptedException {
        long begin = System.nanoTime();
        thread.join((long) (1000 * seconds));
        while (computes(thread, seconds) && System.nanoTime() - begin < PATIENCE * seconds * 1e9) {
            thread.join(100);
        }
    }

    /** Whether it runs and had less of the processor than its seconds; -1 is the time of a thread that has ended, or that none measures. */
    @SuppressWarnings("deprecation") // getId has another name from Java 19 on
    private static boolean computes(Thread thread, double seconds) {
        long nanos = THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.getId()) : -1;
        return thread.getState() == Thread.State.RUNNABLE && nanos >= 0 && nanos < 1e9 * seconds;
    }

    private static void abandon(Thread thread) {
        thread.interrupt();
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** What went wrong in a learner's code, as a sentence. */
    private static String sentence(Throwable thrown) {
        Throwable e = cause(thrown);
        String name = e.getClass().getSimpleName();
        if (e instanceof StackOverflowError) {
            return "your code called itself without end (StackOverflowError). When does it stop?";
        }
        if (e instanceof OutOfMemoryError) {
            return "your code asked for more memory than there is (OutOfMemoryError).";
        }
        String message = e.getMessage();
        if (message != null && message.length() > LONGEST) {
            message = message.substring(0, LONGEST) + "…";
        }
        String input = thrown instanceof Stumbled s && !s.input.isEmpty() ? ", for the input " + s.input : "";
        return "your code stopped with " + name + (message == null || message.isBlank() ? "" : ": " + message) + where(e) + input + ".";
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof Stumbled ? thrown.getCause() : thrown;
    }

    /**
     * The learner's method, when the trace shows it: the kernel compiles each snippet into a class {@code REPL.$JShell$n}. The line
     * is left out, because the imports that stand above the snippet there shift it by a number that differs from session to session.
     */
    private static String where(Throwable e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("REPL.$JShell$")) {
                String place = frame.getClassName().replaceFirst("REPL\\.\\$JShell\\$\\w+\\$?", "");
                boolean named = !frame.getMethodName().startsWith("lambda$") && !frame.getMethodName().startsWith("do_it$")
                    && !place.matches(".*\\d.*");
                return named ? " (in " + (place.isEmpty() ? "" : place + ".") + frame.getMethodName() + ")" : "";
            }
        }
        return "";
    }
}
