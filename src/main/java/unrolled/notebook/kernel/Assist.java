package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
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
    private final SourceCodeAnalysis analysis;
    private final Javadocs javadocs = new Javadocs();

    Assist(JShell shell) {
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

    /** Signatures and what is written about them, of the name at the cursor or of the method whose parentheses hold it; empty if nothing is known. */
    String inspect(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int start = start(code, end);
        String piece = code.substring(start, end);
        List<Documentation> known = analysis.documentation(piece, piece.length(), true);
        if (known.isEmpty()) {
            known = analysis.documentation(piece + "(", piece.length() + 1, true); // the name of a method says nothing without its parenthesis
        }
        return known.stream().map(d -> d.signature() + "\n" + written(d)).distinct().collect(Collectors.joining("\n"));
    }

    /** The JDK's documentation comes with its sources, the library's from ours. */
    private String written(Documentation of) {
        String comment = of.javadoc() != null && !of.javadoc().isBlank() ? of.javadoc() : javadocs.of(of.signature());
        return Javadocs.text(comment).lines().map(line -> "    " + line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Whether a front end that runs code at Enter may run it. */
    boolean isComplete(String code) {
        CompletionInfo piece = analysis.analyzeCompletion(code);
        return piece.completeness() != Completeness.DEFINITELY_INCOMPLETE && piece.completeness() != Completeness.CONSIDERED_INCOMPLETE;
    }
}
