package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every exercise of every lesson: the right answer passes, each listed mistake gets its own message, a blank says so. */
class ExercisesTest {

    /** Lessons whose exercises are still being written; a lesson with five is finished and must leave this set. */
    private static final Set<String> UNFINISHED = Set.of();

    @TestFactory
    Stream<DynamicNode> exercises() {
        return Lessons.all().stream().map(lesson -> dynamicContainer(lesson.name() + " " + lesson.title(),
            lesson.exercises().stream().map(exercise -> dynamicTest(exercise.id(), () -> examine(exercise)))));
    }

    private static void examine(Exercise<?> exercise) throws Exception {
        Verdict right = exercise.judge(exercise.right());
        assertEquals(Verdict.State.PASSED, right.state(), () -> "the right answer of " + exercise.id() + ": " + right.message());

        assertFalse(exercise.mistakes().isEmpty(), "at least one mistake is named");
        Set<String> messages = new HashSet<>();
        for (Exercise.Mistake<?> mistake : exercise.mistakes()) {
            Verdict verdict = exercise.judge(mistake.answer());
            assertEquals(Verdict.State.WRONG, verdict.state(), () -> "a mistake that passes: " + mistake.message());
            assertEquals(mistake.message(), verdict.message());
            assertTrue(mistake.message().length() >= 20, () -> "a message that helps: " + mistake.message());
            assertTrue(messages.add(mistake.message()), () -> "said twice: " + mistake.message());
        }
        for (Object blank : blanks(exercise)) {
            Verdict verdict = exercise.judge(blank);
            assertEquals(Verdict.State.BLANK, verdict.state(), () -> "a blank of " + exercise.id() + ": " + verdict.message());
            assertTrue(verdict.message().startsWith("not answered yet"), verdict.message());
        }
        if (!exercise.options().isEmpty()) {
            assertEquals(exercise.options().size() - 1, exercise.mistakes().size(), "each wrong option has its message");
        }
        assertFalse(exercise.title().isBlank());
        assertFalse(exercise.title().contains("\n"), "a title is one line");
        assertEquals(2, new HashSet<>(exercise.hints()).size(), "two different hints");
        assertTrue(exercise.hints().stream().noneMatch(String::isBlank));
        assertFalse(exercise.code().isBlank(), "a solution");
        assertFalse(exercise.code().contains("check("), "the check line stays in the notebook");
        assertFalse(exercise.explanation().isBlank(), "why the solution is right");
    }

    private static List<Object> blanks(Exercise<?> exercise) throws Exception {
        List<Object> blanks = new ArrayList<>();
        blanks.add(null);
        if (!exercise.options().isEmpty()) {
            blanks.addAll(List.of("?", "", " ", '?'));
        } else if (exercise.isFunction()) {
            blanks.addAll(blankFunction(exercise.right()));
        } else {
            View right = exercise.view(exercise.right());
            double[][] nan = new double[right.rows()][right.cols()];
            for (double[] row : nan) {
                java.util.Arrays.fill(row, Double.NaN);
            }
            blanks.add(nan);
            blanks.add(right.values().length == 1 ? Double.NaN : nan.clone());
        }
        return blanks;
    }

    /** An object of the exercise's interface whose every method returns NaN or null; none when a method returns a whole number. */
    private static List<Object> blankFunction(Object right) {
        Class<?>[] types = right.getClass().getInterfaces();
        Object blank = Proxy.newProxyInstance(right.getClass().getClassLoader(), types, (proxy, method, args) ->
            method.getReturnType() == double.class || method.getReturnType() == Double.class ? Double.NaN
                : method.getReturnType() == float.class ? (Object) Float.NaN : null);
        boolean canBeBlank = Stream.of(types).flatMap(t -> Stream.of(t.getMethods()))
            .noneMatch(m -> m.getReturnType() == int.class || m.getReturnType() == long.class);
        return canBeBlank ? List.of(blank) : List.of();
    }

    @Test
    void idsAreThoseOfTheirLessonAndUnique() {
        Set<String> seen = new HashSet<>();
        for (Lesson lesson : Lessons.all()) {
            int place = 1;
            for (Exercise<?> exercise : lesson.exercises()) {
                assertEquals(lesson.prefix() + "." + place++, exercise.id(), "exercises are numbered in order");
                assertTrue(seen.add(exercise.id()), exercise.id());
            }
            place = 1;
            for (Prediction prediction : lesson.predictions()) {
                assertEquals(lesson.prefix() + ".p" + place++, prediction.id(), "predictions are numbered in order");
                assertTrue(seen.add(prediction.id()), prediction.id());
            }
        }
    }

    @Test
    void predictionsAreComplete() {
        for (Lesson lesson : Lessons.all()) {
            for (Prediction prediction : lesson.predictions()) {
                assertTrue(prediction.options().size() >= 2, prediction.id());
                assertTrue(prediction.options().containsKey(prediction.right()), prediction.id());
                assertFalse(prediction.question().isBlank() || prediction.usual().isBlank(), prediction.id());
            }
        }
    }

    @Test
    void lessonsAreInOrderWithFiveToTenExercises() {
        assertEquals(List.of(), Lessons.problems());
        String before = "";
        for (Lesson lesson : Lessons.all()) {
            assertTrue(lesson.letter().matches("[b-z]?"), lesson.letter());
            assertTrue(lesson.name().compareTo(before) > 0, () -> "lesson " + lesson.name() + " twice");
            before = lesson.name();
            assertFalse(lesson.title().isBlank());
            assertTrue(lesson.minutes() > 0);
            int count = lesson.exercises().size();
            assertEquals(!UNFINISHED.contains(lesson.name()), count >= 5 && count <= 10,
                () -> "lesson " + lesson.name() + " has " + count + " exercises");
        }
    }
}
