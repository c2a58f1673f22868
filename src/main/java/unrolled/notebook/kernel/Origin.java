package unrolled.notebook.kernel;

/**
 * Where a piece of code stands in the notebook.
 *
 * @param cell   the number of the cell, as it stands in square brackets beside it
 * @param code   the whole cell
 * @param offset where in the cell the piece begins
 */
record Origin(int cell, String code, int offset) {

    /** The line of the cell, from 1, that holds this position of the piece. */
    int line(int position) {
        int end = Math.max(0, Math.min(code.length(), offset + position));
        return 1 + (int) code.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** The text of that line. */
    String text(int position) {
        return code.lines().skip(line(position) - 1L).findFirst().orElse("");
    }

    /** The column of that position in its line, from 0. */
    int column(int position) {
        int at = Math.max(0, Math.min(code.length(), offset + position));
        return at - (code.lastIndexOf('\n', at - 1) + 1);
    }

    /** {@code cell [3], line 2}. */
    String at(int position) {
        return "cell [" + cell + "], line " + line(position);
    }
}
