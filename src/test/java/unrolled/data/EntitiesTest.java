package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import unrolled.data.Entities.Entity;
import unrolled.data.Entities.Score;

/** Names are counted whole, and a list of names takes the longest. */
class EntitiesTest {
    private static List<String> words(String words) {
        return Arrays.asList(words.split(" "));
    }

    private static Tagged tagged(String... wordsAndTags) {
        List<Tagged.Sentence> sentences = new java.util.ArrayList<>();
        for (int i = 0; i < wordsAndTags.length; i += 2) {
            sentences.add(new Tagged.Sentence(words(wordsAndTags[i]), words(wordsAndTags[i + 1])));
        }
        return new Tagged(sentences);
    }

    private static Score score(String right, String found) {
        return Entities.score(tagged(right.replaceAll("\\S+", "w"), right), List.of(words(found)));
    }

    private static void names(String tags, Entity... names) {
        assertEquals(List.of(names), Entities.of(words(tags)));
    }

    @Test void aNameBeginsAndGoesOn() {
        names("O O");
        names("B-PER", new Entity(0, 1, "PER"));
        names("O B-LOC I-LOC I-LOC O B-PER", new Entity(1, 4, "LOC"), new Entity(5, 6, "PER"));
        names("B-LOC I-LOC", new Entity(0, 2, "LOC"));
        assertEquals(List.of(), Entities.of(List.of()));
    }

    @Test void twoNamesSideBySide() {
        names("B-PER B-PER I-PER", new Entity(0, 1, "PER"), new Entity(1, 3, "PER"));
        names("B-PER B-LOC", new Entity(0, 1, "PER"), new Entity(1, 2, "LOC"));
    }

    /** As conlleval reads them. */
    @Test void insideWithoutABegin() {
        names("I-PER I-PER O I-LOC", new Entity(0, 2, "PER"), new Entity(3, 4, "LOC"));
        names("B-PER I-LOC I-LOC", new Entity(0, 1, "PER"), new Entity(1, 3, "LOC"));
        names("I-PER B-PER", new Entity(0, 1, "PER"), new Entity(1, 2, "PER"));
    }

    @Test void onlyTheWholeNameOfTheRightTypeIsRight() {
        assertEquals(new Score(1, 1, 1), score("O B-LOC I-LOC O", "O B-LOC I-LOC O"));
        assertEquals(new Score(0, 1, 1), score("O B-LOC I-LOC O", "O B-PER I-PER O"), "the span right, the type wrong");
        assertEquals(new Score(0, 1, 1), score("O B-LOC I-LOC O", "O B-LOC O O"), "too short");
        assertEquals(new Score(0, 1, 1), score("O B-LOC I-LOC O", "O B-LOC I-LOC I-LOC"), "too long");
        assertEquals(new Score(0, 2, 1), score("O B-LOC I-LOC O", "O B-LOC B-LOC O"), "in two parts");
        assertEquals(new Score(0, 1, 2), score("B-PER B-PER", "B-PER I-PER"), "two in one");
        assertEquals(new Score(1, 1, 1), score("O B-LOC I-LOC O", "O I-LOC I-LOC O"), "a begin is not needed");
        assertEquals(new Score(1, 4, 3), score("O B-PER O B-PER O B-LOC I-LOC I-LOC", "B-PER I-PER O B-PER O B-LOC B-LOC I-LOC"));
    }

    @Test void theThreeShares() {
        Score score = new Score(1, 4, 3);
        assertEquals(1 / 4.0, score.precision());
        assertEquals(1 / 3.0, score.recall());
        assertEquals(2 / (1 / score.precision() + 1 / score.recall()), score.f1(), 1e-15, "the harmonic mean");
        for (Score none : List.of(new Score(0, 0, 0), new Score(0, 3, 0), new Score(0, 0, 3))) {
            assertEquals(0, none.precision() + none.recall() + none.f1(), none.toString());
        }
        assertEquals(new Score(0, 0, 0), score("O O", "O O"), "nothing there, nothing found");
        for (int[] wrong : new int[][] {{-1, 0, 0}, {2, 1, 2}, {2, 2, 1}}) {
            assertThrows(IllegalArgumentException.class, () -> new Score(wrong[0], wrong[1], wrong[2]));
        }
    }

    @Test void someNamesApart() {
        Tagged right = tagged("Anna met Bob", "B-PER O B-PER", "in Old Town", "O B-LOC I-LOC");
        List<List<String>> found = List.of(words("B-PER O B-LOC"), words("O B-LOC I-LOC"));
        assertEquals(new Score(2, 3, 3), Entities.score(right, found));
        assertEquals(new Score(1, 2, 2), Entities.score(right, found, text -> !text.equals("Old Town")));
        assertEquals(new Score(1, 1, 1), Entities.score(right, found, text -> text.equals("Old Town")));
    }

    @Test void whatDoesNotFitIsRefused() {
        says(() -> Entities.of(List.of("O", "PER")), "tag 1 is 'PER'");
        says(() -> Entities.of(List.of("B-")), "tag 0 is 'B-'");
        says(() -> Entities.score(tagged("a", "O"), List.of()), "tags of 0 sentences; expected 1");
        says(() -> Entities.score(tagged("a b", "O O"), List.of(List.of("O"))), "sentence 0 has 1 tags; expected 2");
        says(() -> new Entity(2, 2, "PER"), "expected 0 <= from < to");
        says(() -> new Entity(0, 3, "PER").text(words("a b")), "sentence of 2 words");
    }

    @Test void theListTakesTheLongestName() {
        NameList list = NameList.of(tagged("New York is in New York State", "B-LOC I-LOC O O B-LOC I-LOC I-LOC", "York", "B-PER",
                "Bill Bill Bill", "B-PER B-LOC B-LOC", "May May", "B-PER B-LOC"));
        assertEquals(5, list.count());
        assertTrue(list.knows("New York") && !list.knows("New"));
        assertEquals(words("O B-LOC I-LOC I-LOC B-PER O"), list.tags(words("in New York State York New")));
        assertEquals(words("B-LOC"), list.tags(words("Bill")), "the commonest type");
        assertEquals(words("B-LOC"), list.tags(words("May")), "the first in the alphabet of two that are equally common");
        assertEquals(words("B-LOC I-LOC B-LOC I-LOC"), list.tags(words("New York New York")));
        assertEquals(List.of(), list.tags(List.of()));
        assertEquals(words("O O"), NameList.of(tagged("a", "O")).tags(words("a b")), "a list without names");
    }

    private static void says(Runnable run, String words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        assertTrue(message.contains(words), message);
    }
}
