package unrolled.course;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What every lesson's notebook must keep to.
 *
 * <p>How lines are counted: blank lines, lines with only a comment, and imports do not count. A cell may not have more than
 * {@value #MOST_LINES} lines, where comments and imports do count. The median is over the counted lines of all code cells that
 * have any, without the exercise cells.
 *
 * <p>How minutes are counted, for someone who reads every formula: 100 words or 10 counted lines a minute are read, an exercise takes
 * 5 minutes and a prediction 1; the sum is rounded up to the next five. Two cells hold the words "A good place to stop". A lesson of
 * fewer than 80 minutes needs one. Lesson 00, which one looks things up in, needs none and says its own minutes.
 *
 * <p>What is a quote: in a Markdown cell that names a file of the library such as `layers/Gru.java`, code between backticks that ends
 * with a semicolon. It must stand in one of the files that the cell names, on one line.
 */
final class NotebookRules {

    static final int MOST_LINES = 25;
    static final double MOST_IN_MEDIAN = 4;
    static final int MOST_COLUMNS = 100;
    static final int MOST_CELLS = 120;
    static final int MOST_WORDS = 3500;
    static final int MOST_CODE = 350;
    static final int MOST_READING = 80;
    static final int STOPS = 2;

    private static final Pattern EXERCISE = Pattern.compile("// Exercise (\\S+): (.*)");
    private static final Pattern CHECK = Pattern.compile("^check\\(\"([^\"]*)\"");
    private static final Pattern PREDICT = Pattern.compile("\\bpredict\\(\"([^\"]*)\", *\"([^\"]*)\"\\)");
    private static final Pattern OUTCOME = Pattern.compile("\\boutcome\\(\"([^\"]*)\" *(?:, *([^;]*))?\\);");
    private static final Pattern GIVEN_AWAY = Pattern.compile("\\b(hint|solution)\\(");
    private static final Pattern FILE = Pattern.compile("`(\\w+/\\w+\\.java)`");
    private static final Pattern QUOTE = Pattern.compile("`([^`\n]+;)`");
    private static final Pattern SECTION = Pattern.compile("## (\\d+)\\. ");
    private static final Path SOURCES = Path.of("src/main/java/unrolled");

    private final Lesson lesson;
    private final List<String> problems = new ArrayList<>();
    private final List<List<String>> cells = new ArrayList<>();
    private final List<String> prose = new ArrayList<>();
    private final Map<Integer, String> before = new HashMap<>();

    private NotebookRules(JsonNode notebook, Lesson lesson) {
        this.lesson = lesson;
        for (JsonNode cell : notebook.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                before.put(cells.size(), prose.isEmpty() ? "" : prose.get(prose.size() - 1));
                cells.add(source(cell).stripTrailing().lines().toList());
                for (JsonNode output : cell.path("outputs")) {
                    check(!output.path("output_type").asText().equals("error"), "cell %s has an error in its output", at(cells.size() - 1));
                }
            } else {
                prose.add(source(cell));
                quotes(source(cell));
            }
        }
    }

    /** The problems of a lesson's notebook in plain words; none when it keeps to the rules. */
    static List<String> problems(JsonNode notebook, Lesson lesson) {
        NotebookRules rules = new NotebookRules(notebook, lesson);
        rules.imports();
        rules.lengths();
        rules.sitting();
        rules.sections();
        rules.onlyJava();
        rules.exercises();
        rules.predictions();
        return rules.problems;
    }

    static String source(JsonNode cell) {
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

    /** That a lesson fits the time it states, in parts that end well. */
    private void sitting() {
        int words = (int) prose.stream().flatMap(text -> Arrays.stream(text.strip().split("\\s+"))).filter(word -> !word.isEmpty()).count();
        int lines = (int) cells.stream().flatMap(List::stream).filter(NotebookRules::counts).count();
        int all = cells.size() + prose.size();
        check(words <= MOST_WORDS, "the lesson has %d words, more than %d", words, MOST_WORDS);
        check(lines <= MOST_CODE, "the lesson has %d counted lines of code, more than %d", lines, MOST_CODE);
        check(all <= MOST_CELLS, "the lesson has %d cells, more than %d", all, MOST_CELLS);
        double reading = words / 100.0 + lines / 10.0;
        check(reading <= MOST_READING, "reading takes %.0f minutes, more than %d", reading, MOST_READING);
        int minutes = 5 * (int) Math.ceil((reading + 5 * lesson.exercises().size() + lesson.predictions().size()) / 5);
        check(lesson.number() == 0 || lesson.minutes() == minutes, "the lesson promises %d minutes, counted are %d (%d words, %d lines)", lesson.minutes(), minutes, words, lines);
        if (lesson.number() > 0) {
            check(prose.stream().anyMatch(text -> text.contains("bout " + minutes + " minutes")), "no cell says \"About %d minutes\"", minutes);
            long stops = prose.stream().filter(text -> text.contains("A good place to stop")).count();
            int wanted = minutes < 80 ? STOPS - 1 : STOPS;
            check(stops == wanted, "%d cells hold \"A good place to stop\", not %d", stops, wanted);
        }
        for (int i = 0; i < cells.size(); i++) {
            for (String line : cells.get(i)) {
                check(line.length() <= MOST_COLUMNS, "code cell %s has a line of %d columns, more than %d: %s", at(i), line.length(), MOST_COLUMNS, line);
            }
        }
    }

    /** Numbered sections count from 1 without a gap: a gap is a section that was lost. */
    private void sections() {
        List<Integer> numbers = prose.stream().flatMap(String::lines).map(SECTION::matcher).filter(Matcher::lookingAt)
            .map(m -> Integer.valueOf(m.group(1))).toList();
        check(numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList()), "the sections are numbered %s, not from 1 without a gap",
            numbers);
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
        for (int i = 0; i < cells.size(); i++) {
            Set<String> here = new HashSet<>();
            for (String line : cells.get(i)) {
                if (!counts(line)) {
                    continue;
                }
                for (Matcher m = PREDICT.matcher(line); m.find();) {
                    predicted.add(m.group(1));
                    here.add(m.group(1));
                    check(m.group(2).equals("?"), "prediction %s is given with \"%s\" instead of \"?\"", m.group(1), m.group(2));
                    optionsAbove(i, m.group(1));
                }
                for (Matcher m = OUTCOME.matcher(line); m.find();) {
                    resolved.add(m.group(1));
                    check(predicted.contains(m.group(1)) && !here.contains(m.group(1)),
                        "the outcome of %s must come in a later cell than its predict", m.group(1));
                    check(m.group(2) != null && !m.group(2).strip().matches("\"[^\"]*\""),
                        "the outcome of %s must take the letter that the run measured", m.group(1));
                }
            }
        }
        List<String> registered = lesson.predictions().stream().map(Prediction::id).toList();
        check(predicted.equals(registered), "the predict cells are %s, the lesson has %s", predicted, registered);
        check(resolved.stream().sorted().toList().equals(registered.stream().sorted().toList()), "the outcomes are %s, the lesson has %s",
            resolved, registered);
    }

    private void optionsAbove(int cell, String id) {
        lesson.predictions().stream().filter(p -> p.id().equals(id)).flatMap(p -> p.options().keySet().stream())
            .filter(letter -> !Pattern.compile("(?m)(^|[^\\w])" + letter + "\\)").matcher(before.get(cell)).find())
            .forEach(letter -> problems.add("the text above prediction " + id + " does not show its option " + letter + ")"));
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
