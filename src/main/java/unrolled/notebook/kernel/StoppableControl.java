package unrolled.notebook.kernel;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.jshell.spi.SPIResolutionException;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControl;
import sun.misc.Signal;

/**
 * Runs the code of cells so that JupyterLab's stop button ends it, whatever it does.
 *
 * <p>First the thread is interrupted: code that waits, and code that asks {@code Thread.interrupted()} (as training does), ends by
 * itself and keeps what it has. What still runs after {@value #PATIENCE_MS} ms gets an error at its next loop or call. What
 * even then does not end is inside library code that never looks up; it is left behind, and the reader gets the prompt back.
 */
public final class StoppableControl extends RapaioExecutionControl {
    /** Held while a message goes out: an interrupt in the middle would leave half a message and confuse the front end. */
    public static final Object OUTPUT = new Object();
    static final long PATIENCE_MS = 300;
    private static final long LAST_MS = 600;
    /** The map of results takes no null. */
    private static final Object NULL = new Object();

    private final Map<String, Object> results = new ConcurrentHashMap<>();
    private volatile Cell running;
    /** Set by a stop that came while a piece of the cell was being compiled. The kernel gives each cell a System.out of its own. */
    private volatile PrintStream stoppedCell;

    /** @param timeoutMillis after which a cell is stopped; none if not positive */
    public StoppableControl(long timeoutMillis) {
        super(timeoutMillis);
    }

    /**
     * Lets the signal INT stop the running cell; the kernelspec asks Jupyter for it ({@code interrupt_mode: signal}). The other
     * mode, a message, mixes up this kernel's answers: it keeps one "message being answered" for all channels, so that the reply
     * of the stopped cell would be sent as the reply to the interrupt, and JupyterLab would wait for the cell for ever.
     */
    public void listen() {
        Signal.handle(new Signal("INT"), signal -> interrupt());
    }

    /** What a piece of code came to: a value, or what it threw. */
    private record Outcome(Object value, Throwable error) {
    }

    /** One piece of code on a thread of its own; a daemon, so that a restart need not wait for it. */
    private static final class Cell implements Runnable {
        private final Method code;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final Thread thread = new Thread(this, "cell");
        private volatile boolean stopped;

        Cell(Method code) {
            this.code = code;
            thread.setDaemon(true);
            thread.start();
        }

        @Override public void run() {
            Outcome result;
            try {
                result = new Outcome(code.invoke(null), null);
            } catch (InvocationTargetException e) {
                result = new Outcome(null, e.getCause());
            } catch (Throwable e) {
                result = new Outcome(null, e);
            }
            Stop.ended(thread);
            outcome.complete(result);
        }

        void stop() {
            stopped = true;
            synchronized (OUTPUT) {
                thread.interrupt();
            }
            if (endsWithin(PATIENCE_MS)) {
                return;
            }
            Stop.demand();
            boolean ended = endsWithin(LAST_MS);
            Stop.withdraw(ended ? null : thread);
            outcome.complete(new Outcome(null, new Stop.Stopped("left behind")));
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

        /** Whether the error is the stop itself, perhaps wrapped, and not something the code has to say. */
        boolean isStop(Throwable error) {
            boolean interrupted = error instanceof InterruptedException || error instanceof ClosedByInterruptException;
            return error instanceof Stop.Stopped || stopped && interrupted
                    || error.getCause() != null && error.getCause() != error && isStop(error.getCause());
        }
    }

    @Override public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(Arrays.stream(classes).map(c -> new ClassBytecodes(c.name(), StopChecks.into(c.bytecodes())))
                .toArray(ClassBytecodes[]::new));
    }

    @Override protected String invoke(Method code) throws Exception {
        Cell cell = start(code);
        try {
            Outcome outcome = getTimeout() > 0 ? cell.outcome.get(getTimeout(), TimeUnit.MILLISECONDS) : cell.outcome.get();
            if (outcome.error != null) {
                throw told(cell, outcome.error);
            }
            String key = UUID.randomUUID().toString();
            results.put(key, outcome.value == null ? NULL : outcome.value);
            return key;
        } catch (TimeoutException e) {
            cell.stop();
            throw new UserException("Execution timed out", TIMEOUT_MARKER, e.getStackTrace());
        } finally {
            running = null;
        }
    }

    private synchronized Cell start(Method code) throws UserException {
        if (stoppedCell == System.out) {
            throw new UserException("Execution interrupted.", INTERRUPTED_MARKER, new StackTraceElement[0]);
        }
        running = new Cell(code);
        return running;
    }

    /** What the code threw, in the terms of JShell. */
    private static RunException told(Cell cell, Throwable error) {
        if (cell.isStop(error)) {
            return new UserException("Execution interrupted.", INTERRUPTED_MARKER, error.getStackTrace());
        }
        if (error instanceof SPIResolutionException unresolved) {
            return new ResolutionException(unresolved.id(), unresolved.getStackTrace());
        }
        return new UserException(error.getMessage(), error.getClass().getName(), error.getStackTrace());
    }

    @Override public Object takeResult(String key) {
        if (key.isEmpty()) {
            return null; // JShell's key of code without a value, such as a loop
        }
        Object value = results.remove(key);
        if (value == null) {
            throw new IllegalStateException("No result with key: " + key);
        }
        return value == NULL || value == System.out ? null : value; // printf returns System.out: nothing to show
    }

    @Override public void interrupt() {
        Cell cell;
        synchronized (this) {
            cell = running;
            if (cell == null) {
                stoppedCell = System.out;
            }
        }
        if (cell != null) {
            cell.stop();
        }
    }

    /** Whether a piece of code runs now. */
    boolean isRunning() {
        return running != null;
    }

    /** The kernel calls this after each interrupt; everything is done by then. */
    @Override public void stop() {
    }
}
