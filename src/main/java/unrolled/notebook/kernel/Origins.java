package unrolled.notebook.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** From the classes that JShell makes of pieces of code back to the lines of the cells in which they stand. */
final class Origins {
    private final JShell shell;
    private final Map<Snippet, Origin> origins = new WeakHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** A class made of a piece of code: the code around it, and where the piece stands. */
    private record Place(SnippetWrapper wrapper, Origin origin, Map<Integer, Integer> positions) {
        /** The place in the piece for a line of the class; where that line holds only the code around it, the next that has one. */
        int position(int line) {
            return positions.computeIfAbsent(line, this::find); // a recursion asks a thousand times
        }

        private int find(int line) {
            String text = wrapper.wrapped();
            int best = 0;
            int bestLine = Integer.MAX_VALUE;
            for (int position = 0; position < wrapper.source().length(); position++) {
                int at = wrapper.sourceToWrappedPosition(position);
                int there = 1 + (int) text.substring(0, Math.max(0, Math.min(at, text.length()))).chars().filter(c -> c == '\n').count();
                if (there >= line && there < bestLine) {
                    best = position;
                    bestLine = there;
                }
            }
            return best;
        }
    }

    Origins(JShell shell) {
        this.shell = shell;
    }

    /** A piece of code was evaluated. */
    synchronized void add(Snippet snippet, Origin origin) {
        origins.put(snippet, origin);
        moved(snippet);
    }

    /** JShell has made another class of it. */
    synchronized void moved(Snippet snippet) {
        Origin origin = origins.get(snippet);
        SnippetWrapper wrapper = origin == null ? null : wrapper(snippet);
        if (wrapper != null) {
            places.put(wrapper.fullClassName(), new Place(wrapper, origin, new ConcurrentHashMap<>()));
        }
    }

    private SnippetWrapper wrapper(Snippet snippet) {
        try {
            return shell.sourceCodeAnalysis().wrapper(snippet);
        } catch (RuntimeException e) {
            return null; // code that cannot be compiled has no class
        }
    }

    /** Where the piece stands. */
    synchronized Optional<Origin> of(Snippet snippet) {
        return Optional.ofNullable(origins.get(snippet));
    }

    /** The class that holds it now. */
    String className(Snippet snippet) {
        SnippetWrapper wrapper = wrapper(snippet);
        return wrapper == null ? "" : wrapper.fullClassName();
    }

    /** {@code cell [3], line 2} for a line of a class that JShell made, with the text of that line; empty for other classes. */
    Optional<String> line(StackTraceElement frame) {
        Place place = places.get(outer(frame.getClassName()));
        if (place == null) {
            return Optional.empty();
        }
        int position = place.position(frame.getLineNumber());
        return Optional.of(place.origin.at(position) + ":   " + place.origin.text(position).strip());
    }

    /** {@code REPL.$JShell$5B} of {@code REPL.$JShell$5B$Net$1}. */
    private static String outer(String className) {
        int end = className.indexOf('$', className.indexOf("$JShell$") + "$JShell$".length());
        return end < 0 ? className : className.substring(0, end);
    }
}
