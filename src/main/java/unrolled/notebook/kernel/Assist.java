package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;

/** Names to complete (Tab) and what is known of a name (Shift+Tab), for the JDK, the library, and what the notebook defines. */
final class Assist {
    private final JShell shell;
    private final SourceCodeAnalysis analysis;

    Assist(JShell shell) {
        this.shell = shell;
        this.analysis = shell.sourceCodeAnalysis();
    }

    /** Where the statement begins in which the cursor stands. */
    private int start(String code, int cursor) {
        int start = 0;
        while (start < cursor) {
            CompletionInfo piece = analysis.analyzeCompletion(code.substring(start));
            if (piece.source() == null || piece.remaining() == null || piece.remaining().isEmpty()) {
                break;
            }
            int end = code.length() - piece.remaining().length();
            if (end >= cursor || end <= start) {
                break;
            }
            start = end;
        }
        return start;
    }

    /** Names that fit at the cursor; those that fit the type that is wanted there come first. */
    ReplacementOptions complete(String code, int cursor) {
        int start = start(code, cursor);
        int[] anchor = {cursor - start};
        List<Suggestion> suggestions = analysis.completionSuggestions(code.substring(start, cursor), cursor - start, anchor);
        List<String> names = new ArrayList<>();
        for (boolean fits : new boolean[] {true, false}) {
            suggestions.stream().filter(s -> s.matchesType() == fits).map(Suggestion::continuation).filter(n -> !names.contains(n)).forEach(names::add);
        }
        return new ReplacementOptions(names, start + anchor[0], cursor);
    }

    /** Signature and documentation by MIME type; empty if nothing is known. */
    Map<String, Object> inspect(String code, int cursor) {
        return new LinkedHashMap<>();
    }

    /** Whether a front end that runs code at Enter may run it. */
    boolean isComplete(String code) {
        CompletionInfo piece = analysis.analyzeCompletion(code);
        return piece.completeness() != Completeness.DEFINITELY_INCOMPLETE && piece.completeness() != Completeness.CONSIDERED_INCOMPLETE;
    }
}
