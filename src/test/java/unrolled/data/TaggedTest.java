package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.train.Batch;

/** Tagged sentences are read as they stand, errors name the line, and padding stands at the end. */
class TaggedTest {
    private static final String TEXT = "\n\nAnna\tB-PER\r\nsings O\r\n\r\nin O\nOld B-LOC\nTown\tI-LOC\n  \n\n";

    @Test void taggedSentencesOfYourOwn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("own.conll");
        Files.writeString(file, "Ann N\nruns V\n\nBob N\n");
        Tagged own = Tagged.load(file);
        assertEquals(List.of("Ann", "runs", "Bob"), own.words());
        assertEquals(2, own.count());
        Batch batch = own.batch(Vocabulary.of(own.words(), 1), Vocabulary.of(own.tags(), 1));
        assertEquals(1, batch.x().length(1));
        Files.writeString(file, "Ann N\nruns\n");
        says(() -> Tagged.load(file), "own.conll", "line 2", "'runs' has 1 fields");
        says(() -> Tagged.load(folder.resolve("none")), "none", "does not exist");
    }

    @Test void wordsAndTagsAreReadSentenceBySentence() {
        Tagged tagged = Tagged.parse("t", TEXT);
        assertEquals(List.of(new Tagged.Sentence(List.of("Anna", "sings"), List.of("B-PER", "O")),
                new Tagged.Sentence(List.of("in", "Old", "Town"), List.of("O", "B-LOC", "I-LOC"))), tagged.sentences());
        assertEquals(tagged, Tagged.parse("t", TEXT.strip()), "without a line end at the end too");
        assertEquals(List.of("Anna", "sings", "in", "Old", "Town"), tagged.words());
        assertEquals(List.of("in", "Old", "Town"), tagged.range(1, 2).words());
    }

    @Test void lineEndsOfWindowsAreLineEnds() {
        assertEquals(Tagged.parse("t", TEXT), Tagged.parse("t", TEXT.replace("\n", "\r\n")));
        says(() -> Tagged.parse("t", "a O\r\n\r\nb\r\n"), "t, line 3", "'b' has 1 fields");
    }

    @Test void errorsNameTheLine() {
        says(() -> new Tagged.Sentence(List.of("a", "b"), List.of("O")), "2 words", "1 tags");
        says(() -> Tagged.parse("t", "a O\nb\n"), "t, line 2", "'b' has 1 fields");
        says(() -> Tagged.parse("t", "a O\n\n\nb X O\n"), "t, line 4", "3 fields");
        says(() -> Tagged.parse("t", " \n"), "no sentence");
        says(() -> Tagged.parse("t", TEXT).range(1, 3), "range(1,3) of 2");
        says(() -> Tagged.parse("t", TEXT).range(1, 1), "range(1,1)");
    }

    @Test void aBatchIsPaddedAtTheEnd() {
        Tagged tagged = Tagged.parse("t", TEXT);
        Vocabulary words = Vocabulary.of(tagged.words(), 1), tags = Vocabulary.of(tagged.tags(), 1);
        Batch batch = tagged.batch(words, tags);
        assertEquals("[T=3,B=2,F=1]", batch.x().shape());
        for (int b = 0; b < 2; b++) {
            Tagged.Sentence sentence = tagged.sentences().get(b);
            assertEquals(sentence.words().size(), batch.x().length(b));
            for (int t = 0; t < 3; t++) {
                boolean word = t < sentence.words().size();
                assertEquals(word ? 1 : 0, batch.mask().at(t).get(b, 0));
                if (word) {
                    assertEquals(sentence.words().get(t), words.symbol((int) batch.x().at(t).get(b, 0)));
                    assertEquals(sentence.tags().get(t), tags.symbol((int) batch.d().at(t).get(b, 0)));
                }
            }
        }
        Vocabulary none = Vocabulary.of(List.of("O"), 1);
        says(() -> tagged.batch(words, none), "'B-PER' is not among");
    }

    /** The numbers that data/README.md gives for the file, and for a table of the commonest tag of each word. */
    @Test void theTaggedGlossesAreThere() {
        Tagged tagged = Tagged.load("wordnet_silver_ner.conll");
        assertEquals(6051, tagged.count());
        assertEquals("Tagged, 6051 sentences, 81488 words", tagged.toString());
        int cut = 4841;                                                  // four fifths
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Tagged training = tagged.range(0, cut), rest = tagged.range(cut, tagged.count());
        List<String> words = training.words(), tags = training.tags(), restWords = rest.words(), restTags = rest.tags();
        for (int i = 0; i < words.size(); i++) {
            counts.computeIfAbsent(words.get(i), w -> new HashMap<>()).merge(tags.get(i), 1, Integer::sum);
        }
        int right = 0, names = 0, rightNames = 0;
        for (int i = 0; i < restWords.size(); i++) {
            String tag = restTags.get(i);
            String guess = counts.getOrDefault(restWords.get(i), Map.of("O", 1)).entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey())).get().getKey();
            right += guess.equals(tag) ? 1 : 0;
            names += tag.equals("O") ? 0 : 1;
            rightNames += !tag.equals("O") && guess.equals(tag) ? 1 : 0;
        }
        assertEquals(91.5, 100.0 * right / restWords.size(), 0.05);
        assertEquals(67.2, 100.0 * rightNames / names, 0.05);
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
