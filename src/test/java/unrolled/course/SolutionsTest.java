package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every solution in a real JShell, as a notebook's kernel does, and checks what it leaves. The exercises of a lesson share a
 * shell, as in its notebook. A solution that needs other cells of its notebook is skipped here.
 */
public class SolutionsTest {

    /** Lets the shell judge an answer without doing the exercise in the learner's name. */
    public static final class Judge {
        private static Verdict last;

        private Judge() { }

        /** As {@code Course.check}. */
        public static void check(String id, Object answer) {
            last = Lessons.exercise(id).orElseThrow().judge(answer);
        }
    }

    /** A name that the solution needs and that only its notebook has. */
    private static final class NeedsItsNotebook extends Exception {
        NeedsItsNotebook(String message) {
            super(message);
        }
    }

    private final List<Snippet> snippets = new ArrayList<>();

    /** What every kernel imports by itself. */
    private static final String KERNEL_IMPORTS = "import java.util.*;import java.io.*;import java.math.*;import java.net.*;"
        + "import java.util.concurrent.*;import java.util.regex.*;";

    private static final List<JShell> SHELLS = new ArrayList<>();

    @AfterAll
    static void close() {
        SHELLS.forEach(JShell::close);
    }

    @TestFactory
    Stream<DynamicNode> solutions() {
        return Lessons.all().stream().map(lesson -> {
            JShell[] shell = new JShell[1];
            return dynamicContainer(lesson.name() + " " + lesson.title(), lesson.exercises().stream()
                .map(exercise -> dynamicTest(exercise.id() + " " + exercise.title(), () -> {
                    if (shell[0] == null) {
                        shell[0] = shell();
                        run(shell[0], imports(lesson));
                    }
                    solve(shell[0], exercise);
                })));
        });
    }

    /** The solution of each exercise without one line of a body: a check that passes it looks at too little. */
    @TestFactory
    Stream<DynamicNode> withoutALine() {
        return Lessons.all().stream().map(lesson -> {
            JShell[] shell = new JShell[1];
            return dynamicContainer(lesson.name() + " " + lesson.title(), lesson.exercises().stream()
                .filter(exercise -> !shortened(exercise.code()).isEmpty())
                .map(exercise -> dynamicTest(exercise.id() + " " + exercise.title(), () -> {
                    if (shell[0] == null) {
                        shell[0] = shell();
                        run(shell[0], imports(lesson));
                    }
                    for (String code : shortened(exercise.code())) {
                        Judge.last = null;
                        try {
                            run(shell[0], exercise.setup());
                            run(shell[0], code);
                            run(shell[0], checkLine(exercise).replaceFirst("^check\\(", "unrolled.course.SolutionsTest.Judge.check("));
                        } catch (AssertionError | NeedsItsNotebook e) {
                            continue;                               // it does not compile, or stops: the learner sees that
                        }
                        assertNotEquals(Verdict.State.PASSED, Judge.last.state(), code);
                    }
                })));
        });
    }

    /** The code without one of its statements that are lines of a body, for each of them. */
    private static List<String> shortened(String code) {
        List<String> variants = new ArrayList<>();
        List<String> lines = code.lines().toList();
        int depth = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (depth > 0 && lines.get(i).strip().endsWith(";") && !lines.get(i).strip().startsWith("}")) {
                List<String> rest = new ArrayList<>(lines);
                rest.remove(i);
                variants.add(String.join("\n", rest));
            }
            depth += (int) (lines.get(i).chars().filter(c -> c == '{').count() - lines.get(i).chars().filter(c -> c == '}').count());
        }
        return variants;
    }

    /** The imports of the lesson's notebook; before there is one, those of every lesson and Java's function types. */
    private static String imports(Lesson lesson) throws IOException {
        return KERNEL_IMPORTS + LessonNotebooksTest.notebook(lesson.name()).map(NotebookRules::firstCell)
            .orElse(Lessons.IMPORTS + "\nimport java.util.function.*;");
    }

    private void solve(JShell shell, Exercise<?> exercise) throws Exception {
        String skipped = null;
        try {
            run(shell, exercise.setup());
            snippets.clear();
            run(shell, exercise.code());
            Judge.last = null;
            run(shell, checkLine(exercise).replaceFirst("^check\\(", "unrolled.course.SolutionsTest.Judge.check("));
        } catch (NeedsItsNotebook e) {
            skipped = e.getMessage();
        }
        assumeTrue(skipped == null, "needs its notebook: " + skipped);
        assertEquals(Verdict.State.PASSED, Judge.last.state(), Judge.last.message());
    }

    /** The check line of the notebook; before there is one, a check of what the solution declared last. */
    private String checkLine(Exercise<?> exercise) throws Exception {
        Lesson lesson = Lessons.lesson(exercise.id().replaceFirst("\\..*", "")).orElseThrow();
        List<String> lines = new ArrayList<>();
        LessonNotebooksTest.notebook(lesson.name()).ifPresent(notebook -> lines.addAll(NotebookRules.checkLine(notebook, exercise.id())));
        if (lines.isEmpty()) {
            Snippet last = snippets.get(snippets.size() - 1);
            String answer = last instanceof VarSnippet v ? v.name()
                : last instanceof TypeDeclSnippet t ? "new " + t.name() + "()" : last.source();
            lines.add("check(\"" + exercise.id() + "\", " + answer + ");");
        }
        return lines.get(0);
    }

    private static JShell shell() {
        SHELLS.add(JShell.builder().executionEngine("local").compilerOptions("-classpath", System.getProperty("java.class.path")).build());
        return SHELLS.get(SHELLS.size() - 1);
    }

    private void run(JShell shell, String code) throws NeedsItsNotebook {
        for (String rest = code; !rest.isBlank();) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            String source = next.source() == null ? rest : next.source();
            for (SnippetEvent event : shell.eval(source)) {
                if (event.causeSnippet() != null) {
                    continue; // an earlier snippet, brought up to date or replaced by this one
                }
                if (event.status() != Snippet.Status.VALID) {
                    boolean unknownName = unresolved(shell, event.snippet()) > 0
                        || shell.diagnostics(event.snippet()).anyMatch(d -> d.getCode().startsWith("compiler.err.cant.resolve"));
                    String why = source + "\n" + shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList();
                    if (unknownName) {
                        throw new NeedsItsNotebook(why);
                    }
                    throw new AssertionError(why);
                }
                if (event.exception() != null) {
                    throw new AssertionError(source, event.exception());
                }
                snippets.add(event.snippet());
            }
            rest = next.source() == null ? "" : next.remaining();
        }
    }

    private static long unresolved(JShell shell, Snippet snippet) {
        return snippet instanceof DeclarationSnippet d ? shell.unresolvedDependencies(d).count() : 0;
    }

    /** A message names the learner's method or class in which the exception arose. */
    @Test
    void anExceptionNamesItsMethod() throws Exception {
        JShell shell = shell();
        run(shell, "import java.util.function.*;");
        run(shell, "double place(double x) {\n    int[] z = new int[2];\n    return z[5];\n}");
        run(shell, "class Place implements DoubleUnaryOperator {\n    public double applyAsDouble(double x) {\n"
            + "        return 1 / (int) x;\n    }\n}");
        assertEquals("your code stopped with ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 2 (in place), for the input 0.",
            message(shell, "DoubleUnaryOperator f = x -> place(x);"));
        assertEquals("your code stopped with ArithmeticException: / by zero (in Place.applyAsDouble), for the input 0.",
            message(shell, "DoubleUnaryOperator f = new Place();"));
        assertEquals("your code stopped with ArithmeticException: / by zero, for the input 0.", message(shell, "DoubleUnaryOperator f = x -> 1 / (int) x;"));
    }

    /** What a check of a function says about {@code f}. */
    private String message(JShell shell, String declaration) throws NeedsItsNotebook {
        run(shell, declaration);
        run(shell, "unrolled.course.SolutionsTest.tried(f);");
        return tried.message();
    }

    /** Functions of a shell's own types are adapted, as they are in the kernel. */
    @Test
    void aFunctionOfAnyFunctionalTypeIsTried() throws Exception {
        JShell shell = shell();
        run(shell, "import java.util.function.*;");
        run(shell, "interface Own { double at(double x); }");
        for (String f : List.of("Function<Double, Double> f = x -> x;", "UnaryOperator<Double> f = x -> x;", "Own f = x -> x;",
            "ToDoubleFunction<Number> f = x -> x.doubleValue();", "IntUnaryOperator f = x -> x;", "Function<Integer, Double> f = x -> 1.0 * x;",
            "class Same implements DoubleUnaryOperator { public double applyAsDouble(double x) { return x; } }\nDoubleUnaryOperator f = new Same();")) {
            assertEquals("right.", message(shell, f), f);
        }
        assertEquals("your code stopped with ArithmeticException: / by zero, for the input 0.", message(shell, "IntUnaryOperator f = x -> 1 / x;"));
        assertTrue(message(shell, "DoubleBinaryOperator f = (x, y) -> x;").contains("of 2 inputs"));
    }

    private static Verdict tried;

    /** Called from the shell. */
    public static void tried(Object f) {
        tried = Exercise.function("1.1", "function", DoubleUnaryOperator.class,
            g -> new double[] {g.applyAsDouble(0), g.applyAsDouble(3)}, x -> x).judge(f);
    }
}
