package unrolled.course;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every lesson's notebook must keep to.
 *
 * <p>How lines are counted: blank lines, lines with only a comment, and imports do not count. A cell may not have more than
 * {@value #MOST_LINES} lines, where comments and imports do count. The median is over the counted lines of all code cells that
 * have any, without the exercise cells.
 *
 * <p>What is a quote: in a Markdown cell that names a file of the library such as `layers/Gru.java`, code between backticks that ends
 * with a semicolon. It must stand in one of the files that the cell names, on one line.
 */
final class NotebookRules {

    static final int MOST_LINES = 25;
    static final double MOST_IN_MEDIAN = 4;

    /** A lesson is one sitting with two pauses; a longer one is two lessons, or holds machinery that belongs into the library. */
    static final int MOST_WORDS = 3500;
    static final int MOST_CELLS = 120;
    static final int MOST_CODE = 350;
    static final int MOST_COLUMNS = 100;

    /** What a reader needs: words and lines of code a minute, minutes for a figure, a prediction and an exercise. */
    private static final double WORDS_A_MINUTE = 150;
    private static final double LINES_A_MINUTE = 12;
    private static final double FIGURE = 0.5;
    private static final double PREDICTION = 1;
    private static final double EXERCISE_MINUTES = 5;
    private static final double ROUNDING = 5;

    private static final String PAUSE = "**A good place to stop.**";
    private static final String GOALS = "**After this lesson you can**";
    private static final String MACHINERY = "// machinery: no need to read";

    private static final Pattern EXERCISE = Pattern.compile("// Exercise (\\S+): (.*)");
    private static final Pattern CHECK = Pattern.compile("^check\\(\"([^\"]*)\"");
    private static final Pattern PREDICT = Pattern.compile("\\bpredict\\(\"([^\"]*)\", *\"([^\"]*)\"\\)");
    private static final Pattern OUTCOME = Pattern.compile("\\boutcome\\(\"([^\"]*)\", *\\S");
    private static final Pattern GIVEN_AWAY = Pattern.compile("\\b(hint|solution)\\(");
    private static final Pattern FILE = Pattern.compile("`(\\w+/\\w+\\.java)`");
    private static final Pattern QUOTE = Pattern.compile("`([^`\n]+;)`");
    private static final Path SOURCES = Path.of("src/main/java/unrolled");

    private final Lesson lesson;
    private final List<String> problems = new ArrayList<>();
    private final List<List<String>> cells = new ArrayList<>();
    private final StringBuilder prose = new StringBuilder();
    private int all;

    private NotebookRules(JsonNode notebook, Lesson lesson) {
        this.lesson = lesson;
        for (JsonNode cell : notebook.path("cells")) {
            all++;
            if (cell.path("cell_type").asText().equals("code")) {
                cells.add(source(cell).stripTrailing().lines().toList());
                for (JsonNode output : cell.path("outputs")) {
                    check(!output.path("output_type").asText().equals("error"), "cell %s has an error in its output", at(cells.size() - 1));
                }
            } else {
                quotes(source(cell));
                prose.append(source(cell)).append('\n');
            }
        }
    }

    /** The problems of a lesson's notebook in plain words; none when it keeps to the rules. */
    static List<String> problems(JsonNode notebook, Lesson lesson) {
        NotebookRules rules = new NotebookRules(notebook, lesson);
        rules.imports();
        rules.lengths();
        rules.onlyJava();
        rules.exercises();
        rules.predictions();
        rules.sitting();
        return rules.problems;
    }

    private static String source(JsonNode cell) {
        JsonNode source = cell.path("source");
        if (!source.isArray()) {
            return source.asText();
        }
        StringBuilder text = new StringBuilder();
        source.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    private void check(boolean holds, String message, Object... values) {
        if (!holds) {
            problems.add(String.format(message, values));
        }
    }

    private void quotes(String markdown) {
        List<String> files = FILE.matcher(markdown).results().map(m -> m.group(1)).toList();
        List<String> lines = files.stream().flatMap(file -> lines(file).stream()).toList();
        QUOTE.matcher(markdown).results().map(m -> m.group(1)).filter(quote -> !files.isEmpty()).forEach(quote ->
            check(lines.stream().anyMatch(line -> line.contains(quote)), "the line `%s` is not in %s", quote, files));
    }

    private List<String> lines(String file) {
        Path path = SOURCES.resolve(file);
        check(Files.exists(path), "the file %s does not exist", file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell as a reader finds it: its number among the code cells, from 1, and its first line. */
    private String at(int cell) {
        return (cell + 1) + " (" + (cells.get(cell).isEmpty() ? "empty" : cells.get(cell).get(0)) + ")";
    }

    private void imports() {
        String first = cells.isEmpty() ? "" : String.join("\n", cells.get(0)).strip();
        check(first.startsWith(Lessons.IMPORTS), "the first code cell must begin with exactly Lessons.IMPORTS");
        check(first.lines().allMatch(line -> line.startsWith("import ")), "the first code cell must hold imports only");
    }

    private static boolean counts(String line) {
        String code = line.strip();
        return !(code.isEmpty() || code.startsWith("//") || code.startsWith("/*") || code.startsWith("*") || code.startsWith("import "));
    }

    private static boolean isExercise(List<String> cell) {
        return !cell.isEmpty() && EXERCISE.matcher(cell.get(0)).matches();
    }

    private void lengths() {
        for (int i = 0; i < cells.size(); i++) {
            check(cells.get(i).size() <= MOST_LINES, "code cell %s has %d lines, more than %d", at(i), cells.get(i).size(), MOST_LINES);
        }
        double[] lines = cells.stream().filter(cell -> !isExercise(cell))
            .mapToDouble(cell -> cell.stream().filter(NotebookRules::counts).count()).filter(n -> n > 0).sorted().toArray();
        int n = lines.length;
        double median = n == 0 ? 0 : (lines[(n - 1) / 2] + lines[n / 2]) / 2;
        check(median <= MOST_IN_MEDIAN, "the median code cell has %.1f lines, more than %.0f", median, MOST_IN_MEDIAN);
    }

    private static boolean isMachinery(List<String> cell) {
        return !cell.isEmpty() && cell.get(0).startsWith(MACHINERY);
    }

    /** Words of the prose: formulas on lines of their own are looked at, not read. */
    private int words() {
        String text = prose.toString().replaceAll("(?s)\\$\\$.*?\\$\\$", " ");
        return (int) Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*").matcher(text).results().count();
    }

    /** Counted lines of the code that a reader reads. */
    private int code() {
        return (int) cells.stream().filter(cell -> !isMachinery(cell)).flatMap(List::stream).filter(NotebookRules::counts).count();
    }

    private int figures() {
        return (int) cells.stream().flatMap(List::stream).filter(line -> line.startsWith("show(")).count();
    }

    /** A lesson can be studied in the time it promises, with two pauses, and says what one can do afterwards. */
    private void sitting() {
        if (lesson.number() == 0 || lesson.number() == 99) {
            return; // lesson 00 is a tour, 99 an example of these tests
        }
        check(words() <= MOST_WORDS, "%d words, more than %d", words(), MOST_WORDS);
        check(all <= MOST_CELLS, "%d cells, more than %d", all, MOST_CELLS);
        check(code() <= MOST_CODE, "%d lines of code, more than %d", code(), MOST_CODE);
        for (int i = 0; i < cells.size(); i++) {
            for (String line : cells.get(i)) {
                check(line.length() <= MOST_COLUMNS, "code cell %s has a line of %d characters: %s", at(i), line.length(), line);
            }
        }
        int pauses = prose.toString().split(Pattern.quote(PAUSE), -1).length - 1;
        check(pauses == 2, "%d places say %s, not 2", pauses, PAUSE);
        goals();
        double minutes = words() / WORDS_A_MINUTE + code() / LINES_A_MINUTE + FIGURE * figures()
            + PREDICTION * lesson.predictions().size() + EXERCISE_MINUTES * lesson.exercises().size();
        long rounded = Math.round(minutes / ROUNDING) * (long) ROUNDING;
        check(rounded == lesson.minutes(), "it promises %d minutes, by counting it takes %d", lesson.minutes(), rounded);
    }

    /** Each line of what one can do afterwards names the exercise that shows it. */
    private void goals() {
        int start = prose.indexOf(GOALS);
        check(start >= 0, "nowhere stands %s", GOALS);
        if (start < 0) {
            return;
        }
        List<String> goals = prose.substring(start).lines().skip(1).dropWhile(String::isBlank).takeWhile(l -> l.startsWith("- ")).toList();
        check(goals.size() >= 3 && goals.size() <= 4, "%d lines after %s, not 3 or 4", goals.size(), GOALS);
        for (String goal : goals) {
            check(lesson.exercises().stream().anyMatch(e -> goal.matches(".*\\bexercises? [^)]*\\b" + Pattern.quote(e.id()) + "\\b.*")),
                "no exercise of this lesson stands in: %s", goal);
        }
    }

    private void onlyJava() {
        for (int i = 0; i < cells.size(); i++) {
            for (String line : cells.get(i)) {
                check(!line.matches("\\s*[%!].*"), "code cell %s has a magic: %s", at(i), line);
                check(!(counts(line) && GIVEN_AWAY.matcher(line).find()), "code cell %s gives away: %s", at(i), line);
            }
        }
    }

    private void exercises() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            List<String> cell = cells.get(i);
            List<Integer> checks = new ArrayList<>();
            for (int line = 0; line < cell.size(); line++) {
                if (CHECK.matcher(cell.get(line)).find()) {
                    checks.add(line);
                }
            }
            if (isExercise(cell)) {
                exercise(i, checks, found);
            } else {
                check(checks.isEmpty(), "code cell %s checks an answer, but does not begin with // Exercise id: title", at(i));
            }
        }
        List<String> registered = lesson.exercises().stream().map(e -> (String) e.id()).toList();
        check(found.equals(registered), "the exercise cells are %s, the lesson has %s", found, registered);
    }

    private void exercise(int i, List<Integer> checks, List<String> found) {
        List<String> cell = cells.get(i);
        Matcher head = EXERCISE.matcher(cell.get(0));
        check(head.matches(), "code cell %s is no exercise", at(i));
        String id = head.group(1);
        found.add(id);
        lesson.exercises().stream().filter(e -> e.id().equals(id)).forEach(e ->
            check(e.title().equals(head.group(2)), "exercise %s is called \"%s\" in the notebook and \"%s\" in the course",
                id, head.group(2), e.title()));
        check(checks.size() == 1, "exercise %s has %d lines that start with check(\", not 1", id, checks.size());
        for (int line : checks) {
            Matcher checked = CHECK.matcher(cell.get(line));
            check(checked.find() && checked.group(1).equals(id), "exercise %s checks another: %s", id, cell.get(line));
            check(cell.subList(1, line).stream().anyMatch(NotebookRules::counts), "exercise %s has no answer line", id);
            check(cell.subList(line + 1, cell.size()).stream().noneMatch(NotebookRules::counts),
                "exercise %s has code after its check", id);
        }
    }

    private void predictions() {
        List<String> predicted = new ArrayList<>();
        List<String> resolved = new ArrayList<>();
        for (List<String> cell : cells) {
            Set<String> here = new HashSet<>();
            for (String line : cell) {
                if (!counts(line)) {
                    continue;
                }
                for (Matcher m = PREDICT.matcher(line); m.find();) {
                    predicted.add(m.group(1));
                    here.add(m.group(1));
                    check(m.group(2).equals("?"), "prediction %s is given with \"%s\" instead of \"?\"", m.group(1), m.group(2));
                }
                for (Matcher m = OUTCOME.matcher(line); m.find();) {
                    resolved.add(m.group(1));
                    check(predicted.contains(m.group(1)) && !here.contains(m.group(1)),
                        "the outcome of %s must come in a later cell than its predict", m.group(1));
                }
            }
        }
        List<String> registered = lesson.predictions().stream().map(Prediction::id).toList();
        check(predicted.equals(registered), "the predict cells are %s, the lesson has %s", predicted, registered);
        check(resolved.stream().sorted().toList().equals(registered.stream().sorted().toList()), "the outcomes are %s, the lesson has %s",
            resolved, registered);
    }

    /** The imports, for tests that run cells. */
    static String firstCell(JsonNode notebook) {
        for (JsonNode cell : notebook.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                return source(cell);
            }
        }
        return "";
    }

    /** The check line of an exercise, for tests that run them. */
    static List<String> checkLine(JsonNode notebook, String id) {
        List<String> lines = new ArrayList<>();
        notebook.path("cells").forEach(cell -> Arrays.stream(source(cell).split("\n")).filter(l -> l.startsWith("check(\"" + id + "\""))
            .forEach(lines::add));
        return lines;
    }
}
