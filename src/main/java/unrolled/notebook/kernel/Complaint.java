package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** What the compiler has to say about a piece of code, with cell, line and the place in it. */
final class Complaint {
    private static final int MOST = 5;
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    private Complaint() {
    }

    /** A piece that does not compile: it was not run, nor was what stands below it. */
    static CellError about(List<Diag> diagnostics, Origin origin) {
        List<Diag> errors = diagnostics.stream().filter(Diag::isError).toList();
        if (errors.isEmpty()) {
            String said = origin.at(0) + ": this piece of code is not Java that a cell can run: " + origin.text(0).strip();
            return new CellError("CompileError", said, List.of(said));
        }
        List<String> lines = new ArrayList<>();
        for (Diag error : errors.subList(0, Math.min(MOST, errors.size()))) {
            lines.addAll(lines(error, origin));
        }
        if (errors.size() > MOST) {
            lines.add("... and " + (errors.size() - MOST) + " more.");
        }
        return new CellError("CompileError", lines.get(0), lines);
    }

    private static List<String> lines(Diag error, Origin origin) {
        int at = (int) Math.max(0, error.getPosition() == Diag.NOPOS ? error.getStartPosition() : error.getPosition());
        List<String> lines = new ArrayList<>();
        lines.add(origin.at(at) + ": " + sentence(error.getMessage(Locale.ROOT)));
        lines.addAll(pointer(at, origin));
        return lines;
    }

    /** The line of that place, and a mark below it. */
    private static List<String> pointer(int at, Origin origin) {
        String text = origin.text(at);
        String line = text.stripLeading();
        int column = Math.max(0, origin.column(at) - (text.length() - line.length()));
        return List.of("    " + line, "    " + " ".repeat(Math.min(column, line.length())) + "^");
    }

    /** The compiler's message in one line, in the names of the notebook. */
    private static String sentence(String message) {
        return Trace.plain(message).lines().map(String::strip).filter(line -> !line.startsWith("location:"))
                .map(line -> line.replaceFirst("^symbol:\\s+", ": ")).collect(Collectors.joining(" ")).replace(" : ", ": ");
    }

    /** A definition that is kept, but lacks something that stands nowhere yet. */
    static String lacks(DeclarationSnippet snippet, Origin origin, JShell shell) {
        String missing = missing(snippet, shell);
        List<String> lines = new ArrayList<>();
        lines.add(origin.at(place(snippet, shell)) + ": " + name(snippet) + " is kept, but cannot be " + used(snippet) + " yet: "
                + (missing.isEmpty() ? "it does not compile." : "there is no " + missing + "." + meant(missing, snippet, shell)));
        lines.addAll(pointer(place(snippet, shell), origin));
        return String.join("\n", lines);
    }

    private static String used(Snippet snippet) {
        return snippet instanceof MethodSnippet ? "called" : "used";
    }

    /** Where in the definition the first missing name stands. */
    private static int place(DeclarationSnippet snippet, JShell shell) {
        Optional<Diag> error = shell.diagnostics(snippet).filter(Diag::isError).findFirst();
        if (error.isPresent()) {
            return (int) Math.max(0, error.get().getPosition());
        }
        String name = word(missing(snippet, shell));
        Matcher found = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(snippet.source());
        return !name.isEmpty() && found.find() ? found.start() : 0;
    }

    /** A call of such a definition. */
    static CellError about(UnresolvedReferenceException call, JShell shell, Origins origins) {
        DeclarationSnippet snippet = call.getSnippet();
        Optional<Origin> origin = origins.of(snippet);
        List<String> lines = new ArrayList<>();
        String missing = missing(snippet, shell);
        String said = name(snippet) + " cannot be " + used(snippet) + ": " + (missing.isEmpty() ? "it does not compile" : "there is no " + missing)
                + origin.map(o -> " (" + o.at(place(snippet, shell)) + ")").orElse("") + "." + meant(missing, snippet, shell);
        lines.add(said);
        origin.ifPresent(o -> lines.addAll(pointer(place(snippet, shell), o)));
        return new CellError("UnresolvedReference", said, lines);
    }

    /** {@code variable epohc and class Net}. */
    private static String missing(DeclarationSnippet snippet, JShell shell) {
        return shell.unresolvedDependencies(snippet).map(Trace::plain).collect(Collectors.joining(" and no "));
    }

    /** {@code epohc} of {@code variable epohc and no class Net}. */
    private static String word(String missing) {
        return missing.replaceFirst("^\\w+ ", "").replaceFirst("\\W.*", "");
    }

    /** A name close to the missing one, among those of the notebook and of the piece itself. */
    private static String meant(String missing, DeclarationSnippet snippet, JShell shell) {
        String name = word(missing);
        TreeSet<String> known = new TreeSet<>();
        WORD.matcher(snippet.source()).results().forEach(m -> known.add(m.group()));
        shell.snippets().filter(s -> s instanceof PersistentSnippet && shell.status(s).isActive() && s != snippet).forEach(s -> known.add(((PersistentSnippet) s).name()));
        known.remove(name);
        return name.length() < 3 ? "" : known.stream().filter(k -> distance(k, name) <= (name.length() < 5 ? 1 : 2)).min((a, b) -> distance(a, name) - distance(b, name))
                .map(k -> " Did you mean " + k + "?").orElse("");
    }

    /** How many letters must be changed, left out, put in or swapped with their neighbour to make one word the other. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /** {@code decayed(double,int)}, {@code class Net} or a name. */
    static String name(Snippet snippet) {
        if (snippet instanceof MethodSnippet method) {
            return method.name() + "(" + method.parameterTypes() + ")";
        }
        if (snippet.kind() == Snippet.Kind.TYPE_DECL) {
            return snippet.subKind().name().toLowerCase(Locale.ROOT).replace("_subkind", "").replace("annotation_type", "annotation") + " "
                    + ((DeclarationSnippet) snippet).name();
        }
        return snippet instanceof PersistentSnippet named ? named.name() : snippet.source().strip();
    }
}
