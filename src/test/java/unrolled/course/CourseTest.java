package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a notebook prints where no kernel shows HTML: the first characters are what headless runs count. */
class CourseTest {

    private static final Exercise<?> FIRST = Lessons.all().get(0).exercises().get(0);

    private static String printed(Runnable cell) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            cell.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static void assertStarts(String start, String text) {
        assertTrue(text.startsWith(start), text);
    }

    @Test
    void aCheckBeginsWithItsMark() {
        String name = FIRST.id() + " " + FIRST.title() + ": ";
        assertStarts("✓ " + name + "right. ", printed(() -> Course.check(FIRST.id(), FIRST.right())));
        assertStarts("○ " + name + "not answered yet", printed(() -> Course.check(FIRST.id(), null)));
        assertStarts("✗ " + name, printed(() -> Course.check(FIRST.id(), FIRST.mistakes().get(0).answer())));
    }

    @Test
    void hintsComeInOrderThenTheSolution() {
        assertEquals("Hint 1 of 2 for " + FIRST.id() + ": " + FIRST.hints().get(0), printed(() -> Course.hint(FIRST.id())));
        assertEquals("Hint 2 of 2 for " + FIRST.id() + ": " + FIRST.hints().get(1), printed(() -> Course.hint(FIRST.id())));
        assertTrue(printed(() -> Course.hint(FIRST.id())).contains("solution(\"" + FIRST.id() + "\")"));
        assertTrue(printed(() -> Course.solution(FIRST.id())).endsWith(FIRST.code()));
    }

    @Test
    void whatIsDoneIsCounted() {
        Course.check(FIRST.id(), FIRST.right());
        assertTrue(ProgressFile.standard().done().contains(FIRST.id()));
        assertTrue(printed(Course::progress).matches("(?s)Your progress.*: [1-9]\\d* of \\d+.*"), () -> printed(Course::progress));
    }

    @Test
    void unknownNamesGetASentence() {
        String lesson = Lessons.all().get(0).prefix();
        for (String id : new String[] {null, "", "x", "99999999999.1", "6z.1", "b.1", lesson + ".99", lesson + ".p99", "☃", "<b>"}) {
            String said = printed(() -> {
                Course.check(id, 1);
                Course.hint(id);
                Course.solution(id);
                Course.predict(id, "a");
                Course.outcome(id, "a");
            });
            assertEquals(5, said.lines().filter(line -> line.startsWith("There is no ")).count(), said);
        }
        assertTrue(printed(() -> Course.check(lesson + ".99", 1)).contains(FIRST.id()));
    }

    @Test
    void aPredictionIsNotedAndComparedWithTheOutcome() {
        Prediction p = Lessons.all().stream().flatMap(lesson -> lesson.predictions().stream()).findFirst().orElseThrow();
        String start = "predict " + p.id() + ": ";
        assertStarts(start + "no prediction yet", printed(() -> Course.predict(p.id(), "?")));
        assertStarts(start + "no prediction yet", printed(() -> Course.predict(p.id(), null)));
        assertStarts(start + "You made no prediction. It is " + p.right(), printed(() -> Course.outcome(p.id(), p.right())));
        assertStarts(start + "the choices are a, b", printed(() -> Course.predict(p.id(), "z")));
        String wrong = p.right().equals("a") ? "b" : "a";
        assertStarts(start + "noted: " + wrong + ". Run on to see.", printed(() -> Course.predict(p.id(), wrong.toUpperCase(Locale.ROOT))));
        String outcome = printed(() -> Course.outcome(p.id(), p.right()));
        assertStarts(start + "You predicted " + wrong + ". It is " + p.right(), outcome);
        assertTrue(outcome.endsWith(p.usual()), outcome);
        Course.predict(p.id(), p.right());
        assertStarts(start + "You predicted " + p.right() + ". Well seen.", printed(() -> Course.outcome(p.id(), p.right())));
        assertStarts(start + "the measured letter is one of a, b", printed(() -> Course.outcome(p.id(), null)));
    }

    @Test
    void anOutcomeThatTheLessonDidNotExpectIsSaid() {
        Prediction p = Lessons.all().stream().flatMap(lesson -> lesson.predictions().stream()).skip(1).findFirst().orElseThrow();
        String other = p.right().equals("a") ? "b" : "a";
        Course.predict(p.id(), other);
        String said = printed(() -> Course.outcome(p.id(), other));
        assertStarts("predict " + p.id() + ": You predicted " + other + ". Well seen. It is " + other + ": " + p.options().get(other), said);
        assertTrue(said.contains("came out otherwise than the runs that the lesson was written from (" + p.right() + ":"), said);
        assertTrue(!said.contains(p.usual()), said);
    }

    @Test
    void claimsAreShownOnceAndAreStrictWhenAsked() {
        Claims claims = new Claims();
        claims.add("water is dry", "humidity 100 %", true);
        claims.add("water is dry", "humidity 100 %", false);
        claims.add("fire is hot", "700 °C", true);
        String said = printed(() -> {
            Exception e = assertThrows(IllegalStateException.class, () -> claims.show(true));
            assertEquals("Claims that do not hold: water is dry", e.getMessage());
        });
        assertEquals("claim | measured here | holds\nwater is dry | humidity 100 % | ✗\nfire is hot | 700 °C | ✓", said);
        assertStarts("No claims yet", printed(() -> claims.show(true)));
        claims.add(null, null, false);
        assertTrue(printed(() -> claims.show(false)).contains("null | null | ✗"));
    }

    @Test
    void textsAreEscapedAndCodeIsMarked() {
        assertEquals("a &lt; b &amp;&amp; <code>x[0] &lt; 1</code><br><br>next", Boxes.html("a < b && `x[0] < 1`\n\nnext"));
        assertTrue(Boxes.code("List<String> a = \"b\";").contains("List&lt;String&gt; a = &quot;b&quot;;"));
    }

    @Test
    void solutionsAreOneJsonObject() throws Exception {
        Map<?, ?> read = new ObjectMapper().readValue(printed(() -> {
            try {
                Solutions.main(new String[0]);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }), Map.class);
        assertEquals(Lessons.all().stream().mapToInt(lesson -> lesson.exercises().size()).sum(), read.size());
        assertEquals(FIRST.code(), read.get(FIRST.id()));
    }
}
