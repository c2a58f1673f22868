package unrolled.notebook.kernel;

/** Java source as text: what is left of it without its comments. */
final class Source {
    private Source() {
    }

    /** The code with a blank in place of each comment; texts between quotes stay as they are. */
    static String withoutComments(String code) {
        StringBuilder rest = new StringBuilder();
        int i = 0;
        while (i < code.length()) {
            int end = end(code, i);
            boolean comment = code.startsWith("//", i) || code.startsWith("/*", i);
            rest.append(comment ? " " : code.substring(i, end));
            i = end;
        }
        return rest.toString();
    }

    /** Where the comment, the text between quotes, or else the one character ends that begins at {@code i}. */
    private static int end(String code, int i) {
        if (code.startsWith("//", i)) {
            int line = code.indexOf('\n', i);
            return line < 0 ? code.length() : line;
        }
        if (code.startsWith("/*", i)) {
            return after(code, "*/", i + 2);
        }
        if (code.startsWith("\"\"\"", i)) {
            return quoted(code, "\"\"\"", i + 3);
        }
        char c = code.charAt(i);
        return c == '"' || c == '\'' ? quoted(code, String.valueOf(c), i + 1) : i + 1;
    }

    private static int quoted(String code, String quote, int from) {
        for (int i = from; i < code.length(); i++) {
            if (code.charAt(i) == '\\') {
                i++;
            } else if (code.startsWith(quote, i)) {
                return i + quote.length();
            }
        }
        return code.length();
    }

    private static int after(String code, String mark, int from) {
        int at = code.indexOf(mark, from);
        return at < 0 ? code.length() : at + mark.length();
    }

    /** Whether the last thing that is no comment is a semicolon. */
    static boolean endsWithSemicolon(String code) {
        return withoutComments(code).stripTrailing().endsWith(";");
    }

    /** Whether there is nothing but comments and white space. */
    static boolean isEmpty(String code) {
        return withoutComments(code).isBlank();
    }

    /** A statement in one line with single blanks, without comments: the same for all ways of writing it. */
    static String normal(String code) {
        return withoutComments(code).strip().replaceAll("\\s+", " ").replaceAll("\\s*([.;*])\\s*", "$1");
    }
}
