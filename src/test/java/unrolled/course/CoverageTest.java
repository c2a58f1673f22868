package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each lesson and heading that notebooks/COVERAGE.md names exists, and "to come" is said of what does not. */
class CoverageTest {

    private static final Path NOTEBOOKS = Path.of("notebooks");
    private static final Pattern LINK = Pattern.compile("\\[lesson (\\d\\d[a-z]?)\\]\\(([^)]*)\\)((?:(?:, |; )\\*[^*]+\\*)*)");
    private static final Pattern HEADING = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern BARE = Pattern.compile("(?<!\\[)lesson (\\d\\d[a-z]?)( \\(to come\\))?");

    @Test
    void everyLessonAndHeadingExists() throws IOException {
        String text = Files.readString(NOTEBOOKS.resolve("COVERAGE.md"));
        List<String> problems = new ArrayList<>();
        for (Matcher m = LINK.matcher(text); m.find();) {
            Path file = NOTEBOOKS.resolve(m.group(2));
            if (!Files.exists(file) || !m.group(2).startsWith(m.group(1) + "-")) {
                problems.add("lesson " + m.group(1) + " is not " + m.group(2));
                continue;
            }
            List<String> headings = headings(file);
            HEADING.matcher(m.group(3)).results().map(h -> h.group(1)).filter(h -> headings.stream().noneMatch(heading -> heading.equals(h)))
                .forEach(h -> problems.add(m.group(2) + " has no heading \"" + h + "\""));
        }
        for (Matcher m = BARE.matcher(text); m.find();) {
            boolean exists;
            try (var files = Files.list(NOTEBOOKS)) {
                exists = files.anyMatch(f -> f.getFileName().toString().matches(m.group(1) + "-.*\\.ipynb"));
            }
            if (exists) {
                problems.add("lesson " + m.group(1) + " exists, but has no link");
            } else if (m.group(2) == null) {
                problems.add("lesson " + m.group(1) + " does not exist; write \"lesson " + m.group(1) + " (to come)\"");
            }
        }
        assertEquals(List.of(), problems);
    }

    /** The headings without their numbers. */
    private static List<String> headings(Path notebook) throws IOException {
        List<String> headings = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).path("cells")) {
            StringBuilder text = new StringBuilder();
            cell.path("source").forEach(line -> text.append(line.asText()));
            if (cell.path("cell_type").asText().equals("markdown")) {
                text.toString().lines().filter(line -> line.matches("#{2,3} .*"))
                    .forEach(line -> headings.add(line.replaceFirst("#+ (\\d+\\. )?", "")));
            }
        }
        return headings;
    }
}
