package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Evaluates the cells of one notebook with JShell: splits a cell into statements and definitions, runs one after the other, and
 * puts what goes wrong into the words of the notebook, with cell and line.
 *
 * <p>It keeps what the {@code jshell} tool keeps, and for the same reason: a definition made anew becomes new code of the class that
 * is already there. An import that is in force already is not made again, since JShell would compile the whole notebook anew.
 */
final class Evaluator implements AutoCloseable {
    /** In force from the start, as in other Java notebooks. */
    private static final List<String> IMPORTS = List.of("java.io.*", "java.math.*", "java.net.*", "java.util.*", "java.util.concurrent.*",
            "java.util.prefs.*", "java.util.regex.*");

    /** Nothing to show: the cell ends with a semicolon, or with something that has no value. */
    static final Object NOTHING = new Object();

    private final CellControl control = new CellControl();
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final Consumer<String> notes;
    private final Origins origins;

    /** @param notes hears what the reader should know although the cell goes on */
    Evaluator(Consumer<String> notes) {
        this.notes = notes;
        shell = JShell.builder().executionEngine(new InThisProcess(), Map.of())
                .compilerOptions("-classpath", System.getProperty("java.class.path"), "-g", "-parameters").build();
        analysis = shell.sourceCodeAnalysis();
        origins = new Origins(shell);
        Instead.tellBy(error -> String.join("\n", describe(error).lines()));
        IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
    }

    /** Hands our control to JShell. */
    private final class InThisProcess implements ExecutionControlProvider {
        @Override public String name() {
            return "in this process";
        }

        @Override public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }

    /**
     * Runs a cell.
     *
     * @param number the number beside the cell
     * @return the value of its last expression if no semicolon ends it, else {@link #NOTHING}
     */
    synchronized Object eval(int number, String code) throws CellError {
        control.begin();
        Map<Snippet, Origin> declared = new LinkedHashMap<>();
        Object value = NOTHING;
        String rest = code;
        try {
            while (!Source.isEmpty(rest)) {
                CompletionInfo piece = analysis.analyzeCompletion(rest);
                int from = code.length() - rest.length();
                String source = piece.source() == null ? rest : piece.source();
                String after = piece.source() == null ? "" : piece.remaining();
                String written = rest.substring(0, rest.length() - after.length());
                if (Source.isEmpty(written)) {
                    break;
                }
                int start = written.indexOf(source.strip().split("\n")[0].strip());
                value = piece(source.strip(), new Origin(number, code, from + Math.max(0, start)), declared);
                if (Source.endsWithSemicolon(written)) {
                    value = NOTHING;
                }
                rest = after;
            }
        } finally {
            unresolved(declared);
        }
        return value;
    }

    private Object piece(String source, Origin origin, Map<Snippet, Origin> declared) throws CellError {
        String normal = Source.normal(source);
        if (normal.startsWith("import ") && shell.imports().anyMatch(i -> Source.normal(i.source()).equals(normal))) {
            return NOTHING;
        }
        Snippet made = null;
        SnippetEvent own = null;
        List<SnippetEvent> events = shell.eval(source);
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null) {
                own = event;
                made = event.snippet();
                origins.add(made, origin);
            } else {
                origins.moved(event.snippet());
            }
        }
        if (own == null) {
            return NOTHING;
        }
        if (own.status() == Snippet.Status.REJECTED) {
            throw Complaint.about(shell.diagnostics(made).toList(), origin);
        }
        if (made instanceof DeclarationSnippet) {
            declared.put(made, origin);
        }
        emptied(events, made, origin);
        if (own.exception() != null) {
            throw failed(own.exception(), origin);
        }
        boolean hasValue = (made.kind() == Snippet.Kind.EXPRESSION || made.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                && own.value() != null && !own.value().isEmpty();
        Object value = hasValue ? control.take(own.value()) : NOTHING;
        return value == System.out || value == System.err ? NOTHING : value; // printf returns the stream: nothing to show
    }

    private CellError failed(JShellException told, Origin origin) {
        Throwable thrown = control.thrown();
        if (told instanceof UnresolvedReferenceException unresolved) {
            return Complaint.about(unresolved, shell, origins);
        }
        if (thrown == null || control.isStop(thrown)) {
            String said = thrown instanceof Stop.Stopped stopped && !control.isStopped() ? stopped.getMessage() : "Stopped by you.";
            return new CellError("Stopped", said, List.of(said + " All variables are as the cell left them."));
        }
        return new Trace(origins).of(thrown, origin.at(0) + ":   " + origin.text(0).strip());
    }

    /** Says which variables had to begin anew, and why. */
    private void emptied(List<SnippetEvent> events, Snippet cause, Origin origin) {
        List<String> names = new ArrayList<>();
        for (SnippetEvent event : events) {
            if (event.causeSnippet() != null && event.snippet() instanceof VarSnippet variable && event.status() == Snippet.Status.VALID
                    && event.previousStatus() == Snippet.Status.VALID && control.loaded().contains(origins.className(variable))) {
                names.add(variable.name());
            }
        }
        if (!names.isEmpty()) {
            notes.accept("cell [" + origin.cell() + "]: " + Complaint.name(cause) + " has changed its shape. What was made with the old one cannot be used with the new one, so "
                    + String.join(", ", names) + (names.size() == 1 ? " is" : " are") + " empty again (null or 0): run the cell that makes "
                    + (names.size() == 1 ? "it" : "them") + " once more.");
        }
    }

    /** After a cell: definitions that still lack something, by the name of what they lack. */
    private void unresolved(Map<Snippet, Origin> declared) {
        declared.forEach((snippet, origin) -> {
            Snippet.Status status = shell.status(snippet);
            if (status == Snippet.Status.RECOVERABLE_DEFINED || status == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                notes.accept(Complaint.lacks((DeclarationSnippet) snippet, origin, shell));
            }
        });
    }

    /** The stop button. */
    void interrupt() {
        control.interrupt();
    }

    /** Whether code runs now. */
    boolean isRunning() {
        return control.isRunning();
    }

    /** For completion and documentation. */
    JShell shell() {
        return shell;
    }

    /** How an error that is not the cell's own, such as one in a thread, is shown. */
    CellError describe(Throwable error) {
        return new Trace(origins).of(error);
    }

    @Override public void close() {
        shell.close();
    }
}
