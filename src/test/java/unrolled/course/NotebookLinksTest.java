package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links from one notebook to another lead somewhere, and the map in lesson 00 tells of the lessons that exist and of no others. */
class NotebookLinksTest {

    private static final Path NOTEBOOKS = Path.of("notebooks");

    /** The Markdown of a notebook. */
    private static String markdown(Path notebook) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).path("cells")) {
            if (cell.path("cell_type").asText().equals("markdown")) {
                cell.path("source").forEach(line -> text.append(line.asText()));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
        }
    }

    private static List<Path> texts() throws IOException {
        List<Path> all = new ArrayList<>(notebooks());
        for (String name : List.of("README.md", "CONTRIBUTING.md", "data/README.md", "data/gpl/README.md")) {
            if (Files.exists(Path.of(name))) {
                all.add(Path.of(name));
            }
        }
        return all;
    }

    private static String text(Path file) {
        try {
            return file.toString().endsWith(".ipynb") ? markdown(file) : Files.isDirectory(file) ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() throws IOException {
        return texts().stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertEquals("",
            String.join("\n", NotebookLinks.broken(text(file), name -> {
                Path target = name.isEmpty() ? file : file.resolveSibling(name);
                return Files.exists(target) ? Optional.of(name.matches("(.*\\.(md|ipynb))?") ? text(target) : "") : Optional.empty();
            })))));
    }

    /** "(to come)" stands behind the lessons that do not exist, and behind no other. */
    @TestFactory
    Stream<DynamicTest> toComeIsWhatDoesNotExist() throws IOException {
        Set<String> lessons = Lessons.all().stream().map(Lesson::name).collect(Collectors.toSet());
        return notebooks().stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
            () -> assertEquals("", String.join("\n", NotebookLinks.stale(text(file), lessons)))));
    }

    /** What the checks, hints and solutions say of other lessons. */
    @TestFactory
    Stream<DynamicTest> exercisesSayWhatIsToCome() {
        Set<String> lessons = Lessons.all().stream().map(Lesson::name).collect(Collectors.toSet());
        return Lessons.all().stream().map(lesson -> DynamicTest.dynamicTest(lesson.name() + " " + lesson.title(), () -> {
            List<String> said = new ArrayList<>();
            for (Exercise<?> e : lesson.exercises()) {
                said.addAll(e.hints());
                said.add(e.explanation());
                e.mistakes().forEach(m -> said.add(m.message()));
            }
            lesson.predictions().forEach(p -> said.addAll(List.of(p.question(), p.usual(), String.join("\n", p.options().values()))));
            assertEquals("", String.join("\n", NotebookLinks.stale(String.join("\n\n", said), lessons)));
        }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "see [05](05-b.ipynb) |",
        "see [05](05-b.ipynb#2.-The-first-step) and [here](#Anchors) and [there](#mark) |",
        "[05](05-c.ipynb) | 05-c.ipynb: there is no such file",
        "[05](05-b.ipynb#2.-The-second-step) | there is no such heading",
        "[here](#nowhere) | there is no such heading",
        "[cat]() | not a link",
        "[a paper](https://doi.org/10.1016/0893-6080(89)90020-8) |",
        "[a paper](https://doi.org/0893-6080) | no DOI",
        "[a paper](https://arxiv.org/abs/1406.1078) |",
        "[a paper](https://arxiv.org/abs/1406.107) | no number of arXiv",
        "[a page](http//karpathy.github.io) | there is no such file",
        "[a page](https://karpathy) | no host",
        "[a page](https://karpathy.github.io/a b) | no address",
        "[a page](ftp://karpathy.github.io/a) | not an address of the web",
        "at https://karpathy.github.io/2015/05/21/rnn-effectiveness/. |",
        "at https://karpathy, says | no host",
        "`x[0](1)` and ```[a](b)``` |"})
    void brokenLinksAreFound(String markdown, String wrong) {
        String self = "# Anchors\n<a id=\"mark\"></a>\n" + markdown;
        List<String> broken = NotebookLinks.broken(self, name -> name.isEmpty() ? Optional.of(self)
            : name.equals("05-b.ipynb") ? Optional.of("# Five\n## 2. The first step\n") : Optional.empty());
        assertTrue(wrong == null ? broken.isEmpty() : broken.size() == 1 && broken.get(0).contains(wrong), broken::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "as lesson 05 shows, and lesson 09 (to come) proves |",
        "Lessons 05 and 06 derive it |",
        "lesson 05 (to come) | lesson 05 exists",
        "(Lesson 05, to come, tells) | lesson 05 exists",
        "[05](05-b.ipynb), to come | lesson 05 exists",
        "LSTM: [05](05-b.ipynb); 12, to come |",
        "lesson 06b, after lessons 06 and 06b |",
        "Lessons 06, 06b and 06c | lesson 06c does not exist",
        "lesson 06b (to come) | lesson 06b exists",
        "[06b](06b-d.ipynb), to come | lesson 06b exists",
        "lesson 05b (to come) measures it |",
        "lesson 09 measures it | lesson 09 does not exist",
        "Lessons 05 and 09 derive it | lesson 09 does not exist",
        "Lessons 09 (to come) and 10 derive it | lesson 10 does not exist",
        "in lessons 09, 10 and 11 | lesson 09 does not exist",
        "(lesson 12) | lesson 12 does not exist",
        "**Next: lesson 06**, the theory | without a link",
        "**Next:** [06](06-c.ipynb), the theory |",
        "**Next: lesson 09 (to come)**; until then [13](13-gru.ipynb) |"})
    void staleMentionsAreFound(String markdown, String wrong) {
        List<String> stale = NotebookLinks.stale(markdown, Set.of("00", "04", "05", "06", "06b"));
        assertTrue(wrong == null ? stale.isEmpty() : stale.toString().contains(wrong), stale::toString);
    }

    @Test
    void theMapListsTheLessonsThatExistWithTheirTimes() throws IOException {
        String map = markdown(NOTEBOOKS.resolve("00-start-here.ipynb"));
        for (Lesson lesson : Lessons.all()) {
            String name = lesson.name() + " " + lesson.title();
            String line = map.lines().filter(l -> l.startsWith("|") && l.contains(name)).findFirst().orElse("no line with " + name);
            assertTrue(line.contains(" " + lesson.minutes() + " min "), line + ", but the lesson takes " + lesson.minutes() + " minutes");
        }
        long timed = map.lines().filter(l -> l.startsWith("|") && l.endsWith(" min |")).count();
        assertEquals(Lessons.all().size(), timed, "lessons with a time in the map");
        String readme = Files.readString(Path.of("README.md"));
        for (Lesson lesson : Lessons.all()) {
            assertTrue(readme.lines().anyMatch(l -> l.startsWith("| [" + lesson.name() + " " + lesson.title() + "](notebooks/")
                && l.endsWith(" | " + lesson.minutes() + " min |")), () -> "README.md has no row of lesson " + lesson.name() + " with its time");
        }
    }
}
