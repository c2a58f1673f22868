package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every lesson, with its solutions filled in, in a plain JShell with the library on its class path and no kernel at all: its code
 * runs, all checks pass, and what a notebook would draw is said in words. {@code -Dlessons=00,05} names the lessons to try.
 */
class PlainJShellTest {
    /** What the jshell tool imports by itself. */
    private static final List<String> IMPORTS = List.of("java.io", "java.math", "java.net", "java.nio.file", "java.util", "java.util.concurrent",
        "java.util.function", "java.util.prefs", "java.util.regex", "java.util.stream");
    private static final Pattern EXERCISE = Pattern.compile("//\\s*Exercise\\s+(\\S+):");
    private static final Pattern VERDICT = Pattern.compile("^\\s*([✓○✗])\\s*(\\d+[b-z]?\\.\\d+\\w*)\\b", Pattern.MULTILINE);
    private static final Pattern TITLE = Pattern.compile("\\bPlots\\.\\w+\\(\"([^\"]+)\",");
    private static final Pattern ADDRESS = Pattern.compile("\\b[\\w.$]+@[0-9a-f]{5,}\\b");
    private static final int SHOWN = 300;

    @TestFactory Stream<DynamicTest> lessons() throws IOException {
        Set<String> wanted = Set.of(System.getProperty("lessons", "").split(","));
        List<DynamicTest> tests = new ArrayList<>();
        for (Lesson lesson : Lessons.all()) {
            if (System.getProperty("lessons") == null || wanted.contains(lesson.name())) {
                LessonNotebooksTest.notebook(lesson.name()).ifPresent(notebook -> tests.add(
                    dynamicTest(lesson.name() + " " + lesson.title(), () -> assertEquals("", String.join("\n", new Run(lesson).problems(notebook))))));
            }
        }
        return tests.stream();
    }

    /** One lesson in a shell, and so in a JVM, of its own. */
    private static final class Run {
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final Map<String, String> solutions;
        private final List<String> problems = new ArrayList<>();

        Run(Lesson lesson) {
            solutions = lesson.exercises().stream().collect(Collectors.toMap(e -> e.id(), e -> e.code()));
        }

        List<String> problems(JsonNode notebook) {
            Set<String> titles = new TreeSet<>();
            try (JShell shell = shell()) {
                for (JsonNode cell : notebook.path("cells")) {
                    if (cell.path("cell_type").asText().equals("code") && problems.isEmpty()) {
                        String code = solved(NotebookRules.source(cell));
                        TITLE.matcher(code).results().forEach(found -> titles.add(found.group(1)));
                        run(shell, code);
                    }
                }
            }
            if (problems.isEmpty()) {
                judge(titles);
            }
            return problems;
        }

        private JShell shell() {
            PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            JShell shell = JShell.builder().out(out).err(out).remoteVMOptions("--add-modules", "jdk.incubator.vector", "-Xmx768m", "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8").build();
            for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
                // Neither the tests nor what only the course's own kernel needs.
                if (!place.contains("test-classes") && !place.contains("jjava") && !place.contains("jupyter")) {
                    shell.addToClasspath(place);
                }
            }
            IMPORTS.forEach(name -> shell.eval("import " + name + ".*;"));
            return shell;
        }

        /** An exercise with its solution between its heading and its check. */
        private String solved(String code) {
            Matcher heading = EXERCISE.matcher(code);
            if (!heading.lookingAt()) {
                return code;
            }
            String id = heading.group(1);
            int check = code.indexOf("check(\"" + id + "\"");
            return code.lines().findFirst().orElse("") + "\n" + solutions.get(id) + "\n" + code.substring(check);
        }

        private void run(JShell shell, String code) {
            String rest = code;
            while (!rest.isBlank() && problems.isEmpty()) {
                CompletionInfo piece = shell.sourceCodeAnalysis().analyzeCompletion(rest);
                String source = piece.source() == null ? rest : piece.source();
                for (SnippetEvent event : shell.eval(source)) {
                    judge(shell, event, source);
                }
                rest = piece.source() == null ? "" : piece.remaining();
            }
        }

        private void judge(JShell shell, SnippetEvent event, String source) {
            if (event.causeSnippet() != null) {
                return;
            }
            if (event.status() == Snippet.Status.REJECTED) {
                problems.add("does not compile: " + source + "\n" + shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList());
            } else if (event.exception() != null) {
                problems.add("throws " + event.exception() + ": " + source);
            } else if (event.value() != null && event.snippet().kind() == Snippet.Kind.EXPRESSION) {
                printed.writeBytes((event.value() + "\n").getBytes(StandardCharsets.UTF_8)); // as the jshell tool prints it
            }
        }

        private void judge(Set<String> titles) {
            String text = printed.toString(StandardCharsets.UTF_8);
            Map<String, String> verdicts = new TreeMap<>();
            VERDICT.matcher(text).results().forEach(found -> verdicts.put(found.group(2), found.group(1)));
            solutions.keySet().stream().sorted().filter(id -> !"✓".equals(verdicts.get(id)))
                .forEach(id -> problems.add("exercise " + id + " is marked " + verdicts.getOrDefault(id, "by nothing") + "."));
            titles.stream().filter(title -> !text.contains(title)).forEach(title -> problems.add("no words for the figure \"" + title + "\"."));
            ADDRESS.matcher(text).results().limit(1).forEach(found -> problems.add("shows an address in place of words: "
                + text.substring(Math.max(0, found.start() - SHOWN), found.end())));
        }
    }
}
