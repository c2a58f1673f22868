package unrolled.course;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where a learner goes on: the first open exercise behind the last one that is done, else the first open one of all. */
record NextExercise(Lesson lesson, Exercise<?> exercise) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of these lessons, in their order; empty when everything is done. */
    static Optional<NextExercise> of(List<Lesson> lessons, Set<String> done) {
        List<NextExercise> all = lessons.stream().flatMap(l -> l.exercises().stream().map(e -> new NextExercise(l, e))).toList();
        int last = all.size();
        while (last > 0 && !done.contains(all.get(last - 1).exercise.id())) {
            last--;
        }
        return Stream.concat(all.stream().skip(last), all.stream()).filter(e -> !done.contains(e.exercise.id())).findFirst();
    }

    /** Its place in the lesson's notebook in this folder, from the nearest heading above it; empty when the notebook is not there. */
    Optional<String> link(Path folder) {
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            Optional<Path> notebook = files.filter(f -> f.getFileName().toString().matches(lesson.name() + "-[^.]*\\.ipynb"))
                .min(Comparator.comparingInt(f -> f.getFileName().toString().length())); // the dated ones are set aside
            return notebook.isEmpty() ? Optional.empty() : Optional.of(notebook.get().getFileName() + heading(notebook.get()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** As JupyterLab names its headings: spaces become hyphens. */
    private String heading(Path notebook) throws IOException {
        String heading = "";
        for (JsonNode cell : JSON.readTree(notebook.toFile()).path("cells")) {
            StringBuilder source = new StringBuilder();
            cell.path("source").forEach(line -> source.append(line.asText()));
            String text = source.toString();
            if (text.startsWith("// Exercise " + exercise.id() + ":")) {
                return heading;
            }
            if (cell.path("cell_type").asText().equals("markdown")) {
                for (String line : text.split("\n")) {
                    if (line.matches("#+ [^$`*\\[\\]]+")) {
                        heading = "#" + line.replaceFirst("#+ ", "").strip().replace(" ", "-");
                    }
                }
            }
        }
        return "";
    }
}
