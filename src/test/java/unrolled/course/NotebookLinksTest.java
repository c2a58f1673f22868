package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from one notebook to another lead somewhere, and the map in lesson 00 tells of the lessons that exist and of no others. */
class NotebookLinksTest {

    private static final Path NOTEBOOKS = Path.of("notebooks");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)");

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

    @Test
    void relativeLinksLeadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path notebook : notebooks()) {
            for (Matcher m = LINK.matcher(markdown(notebook)); m.find();) {
                if (m.group(1).contains(".") && !Files.exists(NOTEBOOKS.resolve(m.group(1)))) {
                    broken.add(notebook.getFileName() + " -> " + m.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void theMapListsTheLessonsThatExistWithTheirTimes() throws IOException {
        String map = markdown(NOTEBOOKS.resolve("00-start-here.ipynb"));
        for (Lesson lesson : Lessons.all()) {
            String name = String.format("%02d %s", lesson.number(), lesson.title());
            String line = map.lines().filter(l -> l.startsWith("|") && l.contains(name)).findFirst().orElse("no line with " + name);
            assertTrue(line.contains(" " + lesson.minutes() + " min "), line + ", but the lesson takes " + lesson.minutes() + " minutes");
        }
        long timed = map.lines().filter(l -> l.startsWith("|") && l.endsWith(" min |")).count();
        assertEquals(Lessons.all().size(), timed, "lessons with a time in the map");
    }
}
