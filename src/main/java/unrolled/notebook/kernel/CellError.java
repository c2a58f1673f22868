package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.List;

/** A cell that ended with an error, as its reader is to see it. */
final class CellError extends Exception {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> lines;

    /**
     * @param name  what kind of error, in a word: {@code ArithmeticException}
     * @param said  its message
     * @param lines all that is shown, name and message included
     */
    CellError(String name, String said, List<String> lines) {
        super(said, null, false, false);
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /** The same, with one more line of advice. */
    CellError with(String advice) {
        List<String> more = new ArrayList<>(lines);
        more.add(advice);
        return new CellError(name, getMessage(), more);
    }

    String name() {
        return name;
    }

    List<String> lines() {
        return lines;
    }
}
