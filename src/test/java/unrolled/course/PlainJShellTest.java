package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static final List<String> CLASS_PATH = classPath();
    private static final Set<String> IN_BOTH_WAYS = Set.of("00");
    private static final PrintStream OUT = System.out, ERR = System.err;
    /** Threads that a lesson starts write where it writes. */
    private static final InheritableThreadLocal<OutputStream> HEARS = new InheritableThreadLocal<>();

    @BeforeAll static void hear() {
        PrintStream ear = new PrintStream(new Ear(), true, StandardCharsets.UTF_8);
        System.setOut(ear);
        System.setErr(ear);
    }

    @AfterAll static void hearNoMore() {
        System.setOut(OUT);
        System.setErr(ERR);
    }

    /** What a lesson prints goes to the lesson: others run beside it. */
    private static final class Ear extends OutputStream {
        @Override public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override public void write(byte[] bytes, int from, int length) {
            OutputStream hears = HEARS.get() == null ? OUT : HEARS.get();
            try {
                hears.write(bytes, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TestFactory Stream<DynamicTest> lessons() throws IOException {
        return tests(lesson -> true, false);
    }

    @TestFactory Stream<DynamicTest> lessonsInTheWayOfTheTool() throws IOException {
        return tests(lesson -> IN_BOTH_WAYS.contains(lesson.name()), true);
    }

    private static Stream<DynamicTest> tests(Predicate<Lesson> of, boolean ofItsOwn) throws IOException {
        Set<String> wanted = Set.of(System.getProperty("lessons", "").split(","));
        List<DynamicTest> tests = new ArrayList<>();
        for (Lesson lesson : Lessons.all()) {
            if (of.test(lesson) && (System.getProperty("lessons") == null || wanted.contains(lesson.name()))) {
                LessonNotebooksTest.notebook(lesson.name()).ifPresent(notebook -> tests.add(
                    dynamicTest(lesson.name() + " " + lesson.title(), () -> assertEquals("", String.join("\n", new Run(lesson, ofItsOwn).problems(notebook))))));
            }
        }
        return tests.stream();
    }

    /** Neither the tests nor what only the course's own kernel needs. */
    private static List<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(place -> !place.contains("test-classes") && !place.contains("jjava") && !place.contains("jupyter")).toList();
    }

    private static URL url(String place) {
        try {
            return Path.of(place).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(place, e);
        }
    }

    /** JShell's own way to run code where it stands, on a library that is loaded for this lesson alone. */
    private static final class InThisProcess implements ExecutionControlProvider {
        @Override public String name() {
            return "in this process";
        }

        @Override public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return new LocalExecutionControl(new Loader());
        }
    }

    /** Loads what JShell compiles, and the library, anew for each shell: two lessons share nothing but the JDK. */
    private static final class Loader extends URLClassLoader implements LoaderDelegate {
        private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

        Loader() {
            super(new URL[0], ClassLoader.getPlatformClassLoader());
        }

        @Override public void load(ExecutionControl.ClassBytecodes[] classes) throws ExecutionControl.ClassInstallException {
            Stream.of(classes).forEach(c -> compiled.put(c.name(), c.bytecodes()));
            try {
                for (ExecutionControl.ClassBytecodes each : classes) {
                    Class.forName(each.name(), true, this); // as JShell's own: what a class does when it is made is done now
                }
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ExecutionControl.ClassInstallException(String.valueOf(e), new boolean[classes.length]);
            }
        }

        @Override public Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            byte[] code = compiled.get(name);
            return loaded != null ? loaded : code == null ? super.findClass(name) : defineClass(name, code, 0, code.length);
        }

        @Override public void classesRedefined(ExecutionControl.ClassBytecodes[] classes) {
            throw new UnsupportedOperationException("This way to run code never changes a class.");
        }

        @Override public void addToClasspath(String path) {
            addURL(url(path));
        }
    }

    /** One lesson in a shell of its own: in this process, as other notebook programs run it, or in a JVM of its own, as the jshell tool does. */
    private static final class Run {
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final boolean ofItsOwn;
        private final Map<String, String> solutions;
        private final List<String> problems = new ArrayList<>();

        Run(Lesson lesson, boolean ofItsOwn) {
            this.ofItsOwn = ofItsOwn;
            solutions = lesson.exercises().stream().collect(Collectors.toMap(e -> e.id(), e -> e.code()));
        }

        List<String> problems(JsonNode notebook) {
            Set<String> titles = new TreeSet<>();
            HEARS.set(printed);
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
            JShell.Builder builder = JShell.builder();
            if (ofItsOwn) {
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                builder.out(out).err(out).remoteVMOptions("--add-modules", "jdk.incubator.vector", "-Xmx768m", "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8");
            } else {
                builder.executionEngine(new InThisProcess(), Map.of());
            }
            JShell shell = builder.build();
            CLASS_PATH.forEach(shell::addToClasspath);
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
