package unrolled.notebook.kernel;

import java.util.function.Function;

/** What the code of cells calls in place of methods of the JDK that do not fit a notebook; {@link StopChecks} exchanges the calls. */
public final class Instead {
    private static volatile Function<Throwable, String> teller = String::valueOf;

    private Instead() {
    }

    /** How an error is told in cells and lines. */
    static void tellBy(Function<Throwable, String> how) {
        teller = how;
    }

    /** In place of {@code System.exit}, which would end the kernel, and all variables with it. */
    public static void exit(int status) {
        throw new Stop.Stopped("System.exit(" + status + ") would end the notebook's kernel and lose all variables: only this cell has ended.");
    }

    /** In place of {@code printStackTrace()}, which would show the machinery that runs cells. */
    public static void printStackTrace(Throwable error) {
        System.err.println(teller.apply(error));
    }
}
