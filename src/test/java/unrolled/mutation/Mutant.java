package unrolled.mutation;

/**
 * One small mistake in one source file.
 *
 * @param file the class it is in
 * @param line its line
 * @param what the mistake, in words
 * @param before the source text that was replaced
 * @param after what stands there now
 * @param source the whole file with the mistake in it
 */
record Mutant(String file, long line, String what, String before, String after, String source) {
    /** How a survivor is named in the list of those that are known to change nothing. */
    String id() {
        return file + ": " + before.replaceAll("\\s+", " ") + " -> " + (after.isEmpty() ? "(nothing)" : after.replaceAll("\\s+", " "));
    }

    @Override public String toString() {
        return file + ".java:" + line + " " + what + ": " + before.replaceAll("\\s+", " ") + "  ->  " + after.replaceAll("\\s+", " ");
    }
}
