package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every notebook keeps to {@link NotebookRules}, and the rules catch what breaks them. */
class LessonNotebooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NOTEBOOKS = Path.of("notebooks");

    static Optional<JsonNode> notebook(String lesson) throws IOException {
        if (!Files.isDirectory(NOTEBOOKS)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().matches(lesson + "-.*\\.ipynb")).toList();
            assertTrue(found.size() <= 1, () -> "two notebooks for one lesson: " + found);
            return found.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(found.get(0).toFile()));
        }
    }

    @TestFactory
    Stream<DynamicTest> notebooks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Lesson lesson : Lessons.all()) {
            notebook(lesson.name()).ifPresent(notebook -> tests.add(dynamicTest(lesson.name() + " " + lesson.title(),
                () -> assertEquals("", String.join("\n", NotebookRules.problems(notebook, lesson))))));
        }
        return tests.stream();
    }

    /** A lesson with two exercises and a prediction, to try the rules on. */
    private static final Lesson LESSON = new Lesson() {
        @Override public int number() {
            return 99;
        }

        @Override public String title() {
            return "Rules";
        }

        @Override public int minutes() {
            return 15;
        }

        @Override public List<Exercise<?>> exercises() {
            return List.of(Exercise.number("99.1", "One", 1), Exercise.number("99.2", "Two", 2));
        }

        @Override public List<Prediction> predictions() {
            return List.of(Prediction.of("99.p1", "Which?", "a", "this", "that"));
        }
    };

    private static final List<String> GOOD = List.of(Lessons.IMPORTS + "\nimport java.util.function.*;", "predict(\"99.p1\", \"?\");",
        "int n = 3;\n// hint(\"99.1\") helps",
        "outcome(\"99.p1\", letter);", "// Exercise 99.1: One\nint one = -1; // your answer\ncheck(\"99.1\", one);",
        "// Exercise 99.2: Two\ndouble two = Double.NaN; // your answer\ncheck(\"99.2\", two);\n// solution(\"99.2\")");

    private static ObjectNode notebook(List<String> sources) {
        ObjectNode notebook = JSON.createObjectNode();
        ArrayNode cells = notebook.putArray("cells");
        cells.addObject().put("cell_type", "markdown").put("source", "% hint(\"99.1\") in prose is prose. About 15 minutes. "
            + "A good place to stop. Which? a) this b) that");
        for (String source : sources) {
            ObjectNode cell = cells.addObject().put("cell_type", "code");
            cell.putArray("outputs");
            ArrayNode lines = cell.putArray("source");
            source.lines().forEach(line -> lines.add(line + "\n"));
        }
        return notebook;
    }

    private static List<String> with(int cell, String source) {
        List<String> cells = new ArrayList<>(GOOD);
        cells.set(cell, source);
        return cells;
    }

    @Test
    void aGoodNotebookHasNoProblems() {
        assertEquals(List.of(), NotebookRules.problems(notebook(GOOD), LESSON));
    }

    static Stream<Arguments> broken() {
        List<String> without = new ArrayList<>(GOOD);
        without.remove(5);
        List<String> swapped = new ArrayList<>(with(4, GOOD.get(5)));
        swapped.set(5, GOOD.get(4));
        List<String> early = new ArrayList<>(with(1, GOOD.get(3)));
        early.set(3, GOOD.get(1));
        return Stream.of(
            arguments("must begin with exactly Lessons.IMPORTS", with(0, "import unrolled.math.*;")),
            arguments("must hold imports only", with(0, GOOD.get(0) + "\nint n = 1;")),
            arguments("the exercise cells are [99.1], the lesson has [99.1, 99.2]", without),
            arguments("the exercise cells are [99.2, 99.1]", swapped),
            arguments("is called \"Won\"", with(4, GOOD.get(4).replace(": One", ": Won"))),
            arguments("has 0 lines that start with check", with(4, GOOD.get(4).replace("check(", " check("))),
            arguments("checks another", with(4, GOOD.get(4).replace("check(\"99.1\"", "check(\"99.2\""))),
            arguments("has no answer line", with(4, "// Exercise 99.1: One\n// think\ncheck(\"99.1\", 1);")),
            arguments("has code after its check", with(4, GOOD.get(4) + "\nint more = 1;")),
            arguments("does not begin with // Exercise", with(2, "check(\"99.1\", 1);")),
            arguments("gives away", with(2, "hint(\"99.1\");")),
            arguments("gives away", with(2, "int n = 3; solution(\"99.1\");")),
            arguments("has a magic", with(2, "%jars lib.jar")),
            arguments("has 26 lines", with(2, "// line\n".repeat(26))),
            arguments("instead of \"?\"", with(1, "predict(\"99.p1\", \"a\");")),
            arguments("the predict cells are [99.p2]", with(1, "predict(\"99.p2\", \"?\");")),
            arguments("the outcomes are []", with(3, "int n = 1;")),
            arguments("in a later cell", with(1, "predict(\"99.p1\", \"?\");\noutcome(\"99.p1\", letter);")),
            arguments("in a later cell", early),
            arguments("must take the letter that the run measured", with(3, "outcome(\"99.p1\", \"a\");")),
            arguments("must take the letter that the run measured", with(3, "outcome(\"99.p1\");")),
            arguments("has a line of 101 columns", with(3, "outcome(\"99.p1\", letter); " + "x".repeat(75))),
            arguments("counted are 55", with(2, "int n = 1;\n".repeat(21) + "\n").stream().flatMap(c -> c.startsWith("int n") ? Stream.generate(() -> c).limit(20)
                : Stream.of(c)).toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String says, List<String> cells) {
        List<String> problems = NotebookRules.problems(notebook(cells), LESSON);
        assertTrue(problems.stream().anyMatch(p -> p.contains(says)), problems::toString);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        more than 3500                            | word     | 3490
        2 cells hold "A good place to stop"       | A good place to stop      | 1
        """)
    void tooMuchProse(String says, String words, int times) {
        ObjectNode notebook = notebook(GOOD);
        ((ArrayNode) notebook.path("cells")).addObject().put("cell_type", "markdown").put("source", (words + " ").repeat(times));
        List<String> problems = NotebookRules.problems(notebook, LESSON);
        assertTrue(problems.stream().anyMatch(p -> p.contains(says)), problems::toString);
    }

    @Test
    void tooManyCells() {
        List<String> cells = new ArrayList<>(GOOD);
        cells.addAll(java.util.Collections.nCopies(NotebookRules.MOST_CELLS, "// nothing"));
        assertTrue(NotebookRules.problems(notebook(cells), LESSON).stream().anyMatch(p -> p.contains("cells, more than 120")));
    }

    @Test
    void optionsStandAboveTheirPrediction() {
        ObjectNode notebook = notebook(GOOD);
        ((ObjectNode) notebook.at("/cells/0")).put("source", "About 15 minutes. A good place to stop. a) this");
        assertEquals(List.of("the text above prediction 99.p1 does not show its option b)"), NotebookRules.problems(notebook, LESSON));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"## 2. Second", "## 1. One\n\n## 3. Three", "## 1. One\n\n## 1. One again"})
    void noSectionIsLost(String markdown) {
        ObjectNode notebook = notebook(GOOD);
        ((ArrayNode) notebook.path("cells")).addObject().put("cell_type", "markdown").put("source", markdown);
        List<String> problems = NotebookRules.problems(notebook, LESSON);
        assertTrue(problems.size() == 1 && problems.get(0).startsWith("the sections are numbered"), problems::toString);
    }

    @Test
    void anErrorOutputIsAProblem() {
        ObjectNode notebook = notebook(GOOD);
        ((ArrayNode) notebook.at("/cells/2/outputs")).addObject().put("output_type", "error");
        assertEquals(1, NotebookRules.problems(notebook, LESSON).size());
    }

    @Test
    void theMedianIsOverCountedLines() {
        List<String> cells = new ArrayList<>(GOOD);
        for (int i = 0; i < 4; i++) {
            cells.add("int a = 1;\nint b = 2;\n\nint c = 3;\n// a comment\nint d = 4;\nint e = 5;\n");
        }
        List<String> problems = NotebookRules.problems(notebook(cells), LESSON);
        assertEquals(List.of("the median code cell has 5.0 lines, more than 4"), problems);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        ''                                       | See `layers/Gru.java`: `q.at(t).dot(hm.at(t - 1), Whnp).addRow(bq.value);`
        ''                                       | No file is named, so `a = b;` is no quote
        the line `a = b;` is not in              | See `layers/Gru.java`: `a = b;`
        the file layers/Gro.java does not exist  | See `layers/Gro.java`
        """)
    void quotedLinesStandInTheirFile(String says, String markdown) {
        ObjectNode notebook = notebook(GOOD);
        ((ArrayNode) notebook.path("cells")).addObject().put("cell_type", "markdown").put("source", markdown);
        List<String> problems = NotebookRules.problems(notebook, LESSON);
        assertEquals(says.isEmpty() ? 0 : 1, problems.size(), problems::toString);
        assertTrue(says.isEmpty() || problems.get(0).startsWith(says), problems::toString);
    }
}
