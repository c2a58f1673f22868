package unrolled.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cells leave behind in our kernel and in the {@code jshell} tool of the same JDK: the same values, and messages that name the
 * mistake and its place. The sequences stand in sequences.txt; the comparison is written to target/kernel-sequences.md.
 */
@ResourceLock(Resources.SYSTEM_OUT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SequencesTest {
    private static final Path FILE = Path.of("src/test/java/unrolled/notebook/kernel/sequences.txt");
    private static final String NONE = "(none)";
    private static final String MARK = "@@";
    private static final Pattern MARKED = Pattern.compile("(?m)^" + MARK + "(\\d+)\\.(\\d+)=(.*)");
    private static final Path SCRIPT = Path.of("target", "jshell-asked.jsh"), SAID = Path.of("target", "jshell-said.txt");
    private static Process asked;
    private static Map<String, String> tool;
    private static final Map<Integer, List<String>> OURS = new HashMap<>();
    private static final List<String> REPORT = new ArrayList<>();

    /** An expression, and its value afterwards. */
    private record Wanted(String expression, String value) {
    }

    private record Case(int number, String name, List<String> cells, List<Wanted> wanted, List<String> words, String differs) {
        @Override public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String part : Files.readString(FILE).split("(?m)^== ")) {
            if (cases.isEmpty() && part.startsWith("#")) {
                continue;
            }
            String[] nameAndRest = part.split("\n", 2);
            List<String> code = nameAndRest[1].lines().filter(l -> !l.matches("(\\?\\?|!!|~~) .*")).toList();
            List<Wanted> wanted = lines(nameAndRest[1], "?? ").map(l -> l.split(" => ", 2)).map(l -> new Wanted(l[0], l[1])).toList();
            cases.add(new Case(cases.size(), nameAndRest[0], List.of(String.join("\n", code).split("\n--\n")), wanted, lines(nameAndRest[1], "!! ").toList(),
                    lines(nameAndRest[1], "~~ ").collect(Collectors.joining())));
        }
        return cases;
    }

    private static Stream<String> lines(String text, String mark) {
        return text.lines().filter(l -> l.startsWith(mark)).map(l -> l.substring(mark.length()));
    }

    /** All sequences in one run of the tool, which is reset before each. It waits for a new JVM most of its time: ours run meanwhile. */
    @BeforeAll static void askTheTool() throws IOException {
        StringBuilder script = new StringBuilder();
        for (Case each : cases()) {
            script.append("/reset\n");
            each.cells.forEach(cell -> script.append(cell).append('\n'));
            for (int i = 0; i < each.wanted.size(); i++) {
                script.append("System.out.println(\"").append(MARK).append(each.number).append('.').append(i).append("=\" + java.util.Objects.toString(")
                        .append(each.wanted.get(i).expression).append("));\n");
            }
        }
        script.append("/exit\n");
        Files.writeString(SCRIPT, script);
        asked = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jshell").toString(), "-R-Dfile.encoding=UTF-8", "-J-Dfile.encoding=UTF-8",
                "-R-Dstdout.encoding=UTF-8", "-R-XX:TieredStopAtLevel=1", "-J-XX:TieredStopAtLevel=1", "--feedback", "concise", SCRIPT.toString())
                .redirectErrorStream(true).redirectOutput(SAID.toFile()).start();
        asked.getOutputStream().close();
    }

    /** What the tool printed behind the marks. */
    private static Map<String, String> told() throws IOException, InterruptedException {
        if (tool == null) {
            assertTrue(asked.waitFor(300, TimeUnit.SECONDS));
            tool = MARKED.matcher(Files.readString(SAID)).results().collect(Collectors.toMap(m -> m.group(1) + "." + m.group(2), m -> m.group(3), (a, b) -> b));
        }
        return tool;
    }

    @AfterAll static void endTheTool() {
        asked.destroyForcibly();
    }

    @AfterAll static void report() throws IOException {
        Files.write(Path.of("target", "kernel-sequences.md"), REPORT);
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("cases")
    void leavesWhatIsWanted(Case each) {
        List<String> said = new ArrayList<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> ours = new ArrayList<>();
        try (Evaluator evaluator = new Evaluator(said::add)) {
            int number = 0;
            for (String cell : each.cells) {
                run(evaluator, ++number, cell, said);
            }
            for (Wanted wanted : each.wanted) {
                List<String> ignored = new ArrayList<>();
                Object value = run(evaluator, ++number, "java.util.Objects.toString(" + wanted.expression + ")", ignored);
                ours.add(ignored.isEmpty() ? String.valueOf(value) : NONE);
            }
        } finally {
            System.setOut(before);
        }
        OURS.put(each.number, ours);
        String message = String.join("\n", said);
        assertEquals(each.wanted.stream().map(Wanted::value).toList(), ours, () -> each.name + ": " + message);
        each.words.forEach(word -> assertTrue(message.contains(word), () -> each.name + ": \"" + word + "\" is not in: " + message));
        assertTrue(!each.words.isEmpty() || message.isEmpty(), () -> each.name + " says " + message);
        assertTrue(!message.matches("(?s).*(REPL\\.|\\$JShell|do_it|unrolled\\.notebook\\.kernel).*"), () -> "machinery shows in: " + message);
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("cases")
    void theToolLeavesTheSame(Case each) throws IOException, InterruptedException {
        List<String> ours = OURS.get(each.number);
        for (int i = 0; i < each.wanted.size(); i++) {
            String theirs = told().getOrDefault(each.number + "." + i, NONE);
            REPORT.add("| " + each.name + " | `" + each.wanted.get(i).expression + "` | " + theirs + " | " + ours.get(i) + " | " + each.differs + " |");
            assertTrue(!each.differs.isEmpty() || theirs.equals(ours.get(i)), each.name + ": the tool has " + theirs + ", ours " + ours.get(i));
        }
    }

    private static Object run(Evaluator evaluator, int number, String cell, List<String> said) {
        try {
            return evaluator.eval(number, cell);
        } catch (CellError e) {
            said.addAll(e.lines());
            return null;
        }
    }

    @Test void thereAreManyOfThem() throws IOException {
        assertTrue(cases().size() >= 60, cases().size() + " sequences");
        assertEquals(cases().size(), cases().stream().map(Case::name).distinct().count());
    }
}
