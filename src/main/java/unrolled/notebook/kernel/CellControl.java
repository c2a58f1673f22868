package unrolled.notebook.kernel;

import java.lang.instrument.ClassDefinition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs the code of cells in this process, so that values are objects and not texts, so that the stop button ends it, whatever it
 * does, and so that a definition made anew keeps what was computed before it.
 *
 * <p>How a stop goes: first the thread is interrupted: code that waits, and code that asks {@code Thread.interrupted()} (as training
 * does), ends by itself and keeps what it has. What still runs after {@value #PATIENCE_MS} ms gets an error at its next loop or call.
 * What even then does not end is inside library code that never looks up; it is left behind, and the reader gets the prompt back.
 */
final class CellControl extends DirectExecutionControl {
    static final long PATIENCE_MS = 300;
    private static final long LAST_MS = 500;
    /** For the other threads of a parallel stream, which would go on for ever if only the cell's own thread ended. */
    private static final long OTHERS_MS = 100;

    /** Held by a stop until it is done: what comes next must not be stopped by it. */
    private final Object stopping = new Object();

    /** Values that code came to, until they are taken; JShell passes on only the key. */
    private final Map<String, Object> results = new HashMap<>();
    private final Set<String> loaded = new HashSet<>();
    private int keys;
    private volatile Running running;
    private volatile boolean stopped;
    private volatile Throwable thrown;

    /** What a piece of code came to: a value, or what it threw. */
    private record Outcome(Object value, Throwable error) {
    }

    /** One piece of code on a thread of its own; a daemon, so that a restart need not wait for it. */
    private static final class Running implements Runnable {
        private final Method code;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final Thread thread = new Thread(this, "cell");

        Running(Method code) {
            this.code = code;
            thread.setContextClassLoader(code.getDeclaringClass().getClassLoader());
            thread.setDaemon(true);
            thread.start();
        }

        @Override public void run() {
            Outcome result;
            try {
                result = new Outcome(code.invoke(null), null);
            } catch (InvocationTargetException e) {
                Reserve.release(e.getCause());
                result = new Outcome(null, e.getCause());
            } catch (Throwable e) {
                Reserve.release(e);
                result = new Outcome(null, e);
            }
            Stop.ended(thread);
            outcome.complete(result);
        }

        void stop() {
            thread.interrupt();
            if (endsWithin(PATIENCE_MS)) {
                return;
            }
            Stop.demand();
            boolean ended = endsWithin(LAST_MS);
            pause();
            Stop.withdraw(ended ? null : thread);
            outcome.complete(new Outcome(null, new Stop.Stopped("left behind")));
        }

        private static void pause() {
            try {
                Thread.sleep(OTHERS_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean endsWithin(long millis) {
            try {
                outcome.get(millis, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e); // an outcome is never an exception, and nobody interrupts the listener
            }
        }
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(Arrays.stream(classes).map(c -> new ClassBytecodes(c.name(), StopChecks.into(c.bytecodes()))).toArray(ClassBytecodes[]::new));
        Arrays.stream(classes).forEach(c -> loaded.add(c.name()));
    }

    /** New code for loaded classes. Where that cannot be, JShell makes new classes, whose variables begin empty. */
    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        ClassDefinition[] definitions = new ClassDefinition[classes.length];
        try {
            for (int i = 0; i < classes.length; i++) {
                definitions[i] = new ClassDefinition(findClass(classes[i].name()), StopChecks.into(classes[i].bytecodes()));
            }
        } catch (ClassNotFoundException e) {
            throw new ClassInstallException("not loaded: " + e.getMessage(), new boolean[classes.length]);
        }
        if (!Redefiner.redefine(definitions)) {
            throw new ClassInstallException("their shape has changed", new boolean[classes.length]);
        }
    }

    @Override protected String invoke(Method code) throws Exception {
        if (stopped) {
            throw new UserException("Stopped by you.", Stop.Stopped.class.getName(), new StackTraceElement[0]);
        }
        Running mine = new Running(code);
        running = mine;
        try {
            if (stopped) {
                mine.stop(); // the stop came just before this piece could be seen
            }
            Outcome outcome = mine.outcome.get();
            thrown = outcome.error;
            if (outcome.error instanceof SPIResolutionException unresolved) {
                throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
            }
            if (outcome.error != null) {
                throw new UserException("", outcome.error.getClass().getName(), outcome.error.getStackTrace());
            }
            String key = "value " + keys++;
            results.put(key, outcome.value);
            return key;
        } finally {
            running = null;
        }
    }

    /** A new cell begins: a stop that came before it is forgotten, and so are values that nobody took. */
    void begin() {
        synchronized (stopping) {
            stopped = false;
        }
        thrown = null;
        results.clear();
        loaded.clear();
    }

    /** What the last piece of code threw; null if it came to its end. */
    Throwable thrown() {
        return thrown;
    }

    /** Classes that were loaded since {@link #begin}: their variables are new. */
    Set<String> loaded() {
        return loaded;
    }

    /** The value under the key that JShell got from {@link #invoke}. */
    Object take(String key) {
        return results.remove(key);
    }

    /** Ends the code that runs now, and what is left of its cell. */
    void interrupt() {
        synchronized (stopping) {
            stopped = true;
            Running now = running;
            if (now != null) {
                now.stop();
            }
        }
    }

    /** Whether the reader has pressed stop during this cell. */
    boolean isStopped() {
        return stopped;
    }

    /** Whether a piece of code runs now. */
    boolean isRunning() {
        return running != null;
    }

    /** Whether the error is the stop itself, perhaps wrapped, and not something the code has to say. */
    boolean isStop(Throwable error) {
        boolean interrupted = error instanceof InterruptedException || error instanceof ClosedByInterruptException;
        return error instanceof Stop.Stopped || stopped && interrupted
                || error.getCause() != null && error.getCause() != error && isStop(error.getCause());
    }
}
