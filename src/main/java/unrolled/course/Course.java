package unrolled.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a notebook says to its learner: {@code check}, {@code hint}, {@code solution}, {@code progress}, {@code predict},
 * {@code outcome}, {@code claim} and {@code claims}. Imported statically by every notebook. Nothing here throws, except
 * {@link #claims()} and {@link #outcome} in strict mode.
 */
public final class Course {

    private static final Map<String, Integer> HINTS_SHOWN = new ConcurrentHashMap<>();
    private static final Map<String, String> PREDICTED = new ConcurrentHashMap<>();
    private static final Claims CLAIMS = new Claims();
    private static final boolean STRICT = "1".equals(System.getenv("UNROLLED_STRICT"));

    private Course() { }

    /** Checks an answer of any type against the exercise, says how it stands, and remembers what is done. */
    public static void check(String id, Object answer) {
        Optional<Exercise<?>> found = Lessons.exercise(id);
        if (found.isEmpty()) {
            unknown("exercise", id);
            return;
        }
        Exercise<?> exercise = found.get();
        Verdict verdict = exercise.judge(answer);
        String headline = verdict.state().mark + " " + id + " " + exercise.title() + ":";
        String text = verdict.message();
        if (verdict.state() == Verdict.State.PASSED) {
            text += remember(id);
        }
        String colour = switch (verdict.state()) {
            case PASSED -> Boxes.GREEN;
            case BLANK -> Boxes.GREY;
            case WRONG -> Boxes.AMBER;
        };
        Boxes.show(colour, headline, text, headline + " " + text);
    }

    private static String remember(String id) {
        Optional<String> trouble = ProgressFile.standard().add(id);
        List<String> ids = exercisesOf(id);
        long done = ids.stream().filter(ProgressFile.standard().done()::contains).count();
        return (done == ids.size() ? " All " + done + " exercises of this lesson are done." : " " + done + " of " + ids.size()
            + " exercises of this lesson are done.") + trouble.map(sentence -> "\n\n" + sentence).orElse("");
    }

    /** The first hint, the second at the second call; after that the way to the solution. */
    public static void hint(String id) {
        Optional<Exercise<?>> found = Lessons.exercise(id);
        if (found.isEmpty()) {
            unknown("exercise", id);
            return;
        }
        List<String> hints = found.get().hints();
        int call = HINTS_SHOWN.merge(id, 1, Integer::sum);
        String next = "solution(\"" + id + "\")";
        String headline = call <= hints.size() ? "Hint " + call + " of " + hints.size() + " for " + id + ":"
            : "No more hints for " + id + ".";
        String text = call <= hints.size() ? hints.get(call - 1) : "`" + next + "` shows one way to do it, and why.";
        Boxes.show(Boxes.BLUE, headline, text, headline + " " + text);
    }

    /** One right way to do the exercise, and why it is right. */
    public static void solution(String id) {
        Optional<Exercise<?>> found = Lessons.exercise(id);
        if (found.isEmpty()) {
            unknown("exercise", id);
            return;
        }
        Exercise<?> exercise = found.get();
        String headline = "A solution of " + id + " " + exercise.title();
        String why = Boxes.html(exercise.explanation());
        Boxes.show(Boxes.BLUE, "<b>" + Boxes.escape(headline) + "</b><br>" + why + Boxes.code(exercise.code()),
            headline + "\n" + exercise.explanation() + "\n\n" + exercise.code());
    }

    /** What is done over the whole course, and the next open exercise with a link to its place. */
    public static void progress() {
        ProgressFile file = ProgressFile.standard();
        Optional<String> trouble = file.load();
        List<List<String>> rows = new ArrayList<>();
        StringBuilder plain = new StringBuilder("Your progress");
        int doneInAll = 0;
        int all = 0;
        for (Lesson lesson : Lessons.all()) {
            int total = lesson.exercises().size();
            int done = (int) lesson.exercises().stream().filter(e -> file.done().contains(e.id())).count();
            String name = lesson.name() + " " + lesson.title();
            rows.add(List.of(Boxes.escape(name), lesson.minutes() + "\u00a0min", done + "\u00a0/\u00a0" + total, bar(done, total)));
            plain.append(String.format(Locale.ROOT, "%n%s: %d of %d", name, done, total));
            doneInAll += done;
            all += total;
        }
        rows.add(List.of("<b>the whole course</b>", "", doneInAll + "\u00a0/\u00a0" + all, bar(doneInAll, all)));
        plain.append(String.format(Locale.ROOT, "%nthe whole course: %d of %d", doneInAll, all));
        Optional<NextExercise> next = NextExercise.of(Lessons.all(), file.done());
        String named = next.map(n -> n.exercise().id() + " " + n.exercise().title() + ", in lesson " + n.lesson().name()).orElse("");
        String place = next.flatMap(n -> n.link(Path.of(""))).map(link -> "<a href=\"" + Boxes.escape(link) + "\">" + Boxes.escape(named) + "</a>")
            .orElse(Boxes.escape(named));
        next.ifPresent(n -> plain.append("\nNext: ").append(named));
        trouble.ifPresent(sentence -> plain.append('\n').append(sentence));
        Boxes.show(next.isEmpty() ? Boxes.GREEN : Boxes.BLUE, Boxes.table(List.of("lesson", "time", "done", ""), rows)
            + next.map(n -> "<b>Next:</b> " + place + "<br>").orElse("") + trouble.map(Boxes::html).orElse(""), plain.toString());
    }

    private static String bar(int done, int total) {
        int percent = total == 0 ? 0 : 100 * done / total;
        return "<div style=\"width:12em; height:0.8em; border:1px solid " + Boxes.GREY + "\"><div style=\"width:" + percent
            + "%; height:100%; background:" + Boxes.GREEN + "\"></div></div>";
    }

    /** Notes what the learner expects of the next experiment; {@code "?"} is the blank that the notebook is given with. */
    public static void predict(String id, String choice) {
        Optional<Prediction> found = Lessons.prediction(id);
        if (found.isEmpty()) {
            unknown("prediction", id);
            return;
        }
        Prediction prediction = found.get();
        String letters = Options.letters(prediction.options());
        String letter = Options.letter(choice);
        String headline = "predict " + id + ":";
        if (prediction.options().containsKey(letter)) {
            PREDICTED.put(id, letter);
            String text = "noted: " + letter + ". Run on to see.";
            Boxes.show(Boxes.BLUE, headline, text, headline + " " + text);
            return;
        }
        if (letter.isEmpty()) {
            String text = "no prediction yet. Put " + letters + " in place of the question mark and run this cell again; "
                + "a guess you have committed to makes the result worth looking at.";
            Boxes.show(Boxes.GREY, headline, text, headline + " " + text);
            return;
        }
        String text = "the choices are " + letters + "; yours is " + Words.describe(choice) + ".";
        String all = prediction.options().entrySet().stream().map(o -> o.getKey() + ") " + o.getValue())
            .collect(Collectors.joining("\n", prediction.question() + "\n", ""));
        String asHtml = Boxes.html(all).replace("\n", "<br>");
        Boxes.show(Boxes.GREY, "<b>" + Boxes.escape(headline) + "</b> " + Boxes.html(text) + "<br><br>" + asHtml,
            headline + " " + text + "\n" + all);
    }

    /**
     * What came out, beside what was predicted, and the usual mistake. Where this run measured something else than the lesson was
     * written for, that is said in place of the mistake; with UNROLLED_STRICT=1 in the environment an IllegalStateException follows.
     *
     * @param measured the letter of the option that this run bears out
     */
    public static void outcome(String id, String measured) {
        Optional<Prediction> found = Lessons.prediction(id);
        if (found.isEmpty()) {
            unknown("prediction", id);
            return;
        }
        Prediction prediction = found.get();
        String came = Options.letter(measured);
        String headline = "predict " + id + ":";
        if (!prediction.options().containsKey(came)) {
            String text = "the measured letter is one of " + Options.letters(prediction.options()) + "; here it is " + Words.describe(measured) + ".";
            Boxes.show(Boxes.GREY, headline, text, headline + " " + text);
            return;
        }
        String predicted = PREDICTED.get(id);
        boolean hit = came.equals(predicted);
        boolean expected = came.equals(prediction.right());
        String text = (predicted == null ? "You made no prediction. " : "You predicted " + predicted + ". ") + (hit ? "Well seen. " : "")
            + "It is " + came + ": " + prediction.options().get(came) + ".\n\n"
            + (expected ? prediction.usual() : "This run came out otherwise than the runs that the lesson was written from (" + prediction.right() + ": "
            + prediction.options().get(prediction.right()) + "). If you changed numbers above, that may be why; the sentences below may not fit.");
        Boxes.show(hit ? Boxes.GREEN : predicted == null ? Boxes.GREY : Boxes.AMBER, headline, text, headline + " " + text);
        if (!expected && STRICT) {
            throw new IllegalStateException("The outcome of " + id + " is " + came + ", the lesson was written for " + prediction.right() + ".");
        }
    }

    /**
     * Collects a claim for the table that {@link #claims()} shows.
     *
     * @param sentence what the lesson says
     * @param measured what was measured in this run, with its numbers
     * @param holds    whether the measurement bears it out
     */
    public static void claim(String sentence, String measured, boolean holds) {
        CLAIMS.add(sentence, measured, holds);
    }

    /**
     * Shows the claims collected since the last call. With UNROLLED_STRICT=1 in the environment it throws an
     * IllegalStateException that names the claims which do not hold, after it has shown them.
     */
    public static void claims() {
        CLAIMS.show(STRICT);
    }

    private static List<String> exercisesOf(String id) {
        return lessonOf(id).map(lesson -> lesson.exercises().stream().map(e -> (String) e.id()).toList()).orElse(List.of());
    }

    private static Optional<Lesson> lessonOf(String id) {
        String prefix = id == null ? "" : id.strip().replaceFirst("\\..*", "").replaceFirst("^0+(?=\\d)", "");
        return Lessons.lesson(prefix.toLowerCase(Locale.ROOT));
    }

    private static void unknown(String kind, String id) {
        Optional<Lesson> lesson = lessonOf(id);
        List<String> ids = !kind.equals("exercise") && lesson.isPresent() ? lesson.get().predictions().stream().map(Prediction::id).toList()
            : exercisesOf(id);
        String text = lesson.isPresent()
            ? "lesson " + lesson.get().prefix() + " has " + (ids.isEmpty() ? "none" : String.join(", ", ids)) + "."
            : "there are lessons " + Lessons.all().stream().map(Lesson::prefix).collect(Collectors.joining(", ")) + ".";
        text += Lessons.problems().isEmpty() ? "" : "\n\n" + String.join("\n\n", Lessons.problems());
        String name = id == null ? "without a name" : Words.describe(id).replaceFirst("^the text ", "");
        String headline = "There is no " + kind + " " + name + ":";
        Boxes.show(Boxes.GREY, headline, text, headline + " " + text);
    }
}
