package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** A text becomes numbers and comes back; the vocabulary knows the training part alone; runs hold what they say. */
class TextTest {
    @Test void aTextFileOfYourOwn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, "naïve\n");
        assertEquals("naïve\n", Text.load(file));
        Files.write(file, new byte[] {'n', 'a', (byte) 0xef, 'v', 'e'});
        says(() -> Text.load(file), "text.txt", "UTF-8");
        says(() -> Text.load(folder.resolve("none.txt")), "none.txt", "does not exist");
        says(() -> Text.load(folder), folder.toString(), "cannot be read");
        says(() -> Text.load((Path) null), "file is null");
    }

    @Test void wordsAndPunctuationStandApart() {
        assertEquals(List.of("`", "Oh", "dear", "!", "'", "said", "the", "Rabbit-Hole", ",", "don't", "-", "-", "it's", "3", "o", "'",
                "clock"), Text.words("`Oh dear!' said the\n Rabbit-Hole, don't--it's 3 o' clock", false));
        assertEquals(List.of("ça", "straße", "e\u0301té", "😀", "!"), Text.words("Ça STRAßE E\u0301TÉ 😀!", true));
        assertEquals(List.of("I", "İ"), Text.words("I İ", false), "Turkish letters are as good as any");
        assertEquals(List.of(), Text.words(" \n\t", true));
        assertEquals(List.of("a", "😀", "\n"), Text.characters("a😀\n"));
    }

    @Test void theOftenestSymbolHasTheSmallestNumberAndTiesAreAlphabetical() {
        List<String> training = List.of("b", "a", "c", "c", "b", "c", "d");
        assertEquals(List.of("c", "b", "a", "d"), Vocabulary.of(training, 1).symbols());
        assertEquals(List.of("c", "b", Vocabulary.UNKNOWN), Vocabulary.of(training, 2).symbols());
        List<String> shuffled = new ArrayList<>(training);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(shuffled, new Random(i));
            assertEquals(List.of("c", "b", "a", "d"), Vocabulary.of(shuffled, 1).symbols(), "the order of the text plays no part");
        }
    }

    @Test void encodingComesBack() {
        Vocabulary v = Vocabulary.of(List.of("x", "y", "y"), 1);
        assertArrayEquals(new int[] {0, 1, 0}, v.encode(List.of("y", "x", "y")));
        assertEquals(List.of("y", "x", "y"), v.decode(0, 1, 0));
        says(() -> v.index("z"), "'z'", "V = 2", "atLeast = 2");
        says(() -> v.index("\u001a"), "U+001A is not among");
        says(() -> v.symbol(2), "symbol 2", "0 to 1");
        says(() -> v.symbol(-1), "symbol -1");
        Vocabulary rare = Vocabulary.of(List.of("x", "y", "y", Vocabulary.UNKNOWN, Vocabulary.UNKNOWN), 2);
        assertEquals(2, rare.V());
        assertEquals(List.of("y", Vocabulary.UNKNOWN, Vocabulary.UNKNOWN), rare.decode(rare.encode(List.of("y", "x", "new"))));
        assertTrue(rare.knows("y") && !rare.knows("x"));
        says(() -> Vocabulary.of(List.of(), 1), "0 symbols");
        says(() -> Vocabulary.of(List.of("a"), 0), "at least 0 times");
    }

    @Test void theVocabularyKnowsTheTrainingPartAlone() {
        List<String> symbols = new ArrayList<>(Collections.nCopies(9, "a"));
        symbols.add("b");
        says(() -> Text.of(symbols, 0.9, 1), "'b' is not among");
        Text text = Text.of(symbols, 0.9, 2);
        assertEquals(List.of("a", Vocabulary.UNKNOWN), text.vocabulary().symbols());
        assertArrayEquals(new int[] {1}, text.heldOut());
        assertEquals(9, text.training().length);
        assertEquals("Text, 9 symbols to train on, 1 held out; Vocabulary, V = 2: [a, <unknown>]", text.toString());
        for (double share : new double[] {0, 1, -1, 0.01, 0.99, Double.NaN}) {
            says(() -> Text.of(symbols, share, 1), "share of " + share);
        }
    }

    @Test void eachStepIsFollowedByItsTarget() {
        Batch batch = Text.examples(numbers(10), 3);
        assertEquals("[T=3,B=3,F=1]", batch.x().shape());
        for (int b = 0; b < 3; b++) {
            for (int t = 0; t < 3; t++) {
                assertEquals(3 * b + t, batch.x().at(t).get(b, 0));
                assertEquals(3 * b + t + 1, batch.d().at(t).get(b, 0));
            }
        }
        says(() -> Text.examples(numbers(3), 3), "3 symbols", "T = 3");
        says(() -> Text.examples(numbers(3), 0), "T = 0");
        Batch stream = Text.stream(numbers(10));
        assertEquals("[T=9,B=1,F=1]", stream.x().shape());
        assertEquals(8, stream.x().at(8).get(0, 0));
        assertEquals(9, stream.d().at(8).get(0, 0));
        says(() -> Text.stream(numbers(1)), "1 symbols");
    }

    @Test void oneHotHasAOneAtTheNumber() {
        Sequence numbers = new Sequence(2, 2, 1);
        numbers.at(0).set(0, 0, 2);
        Sequence x = Text.oneHot(numbers.lengths(2, 1), 3);
        assertEquals(3, x.all().sum());
        assertEquals(1, x.at(0).get(0, 2));
        assertEquals(0, x.at(1).row(1).maxAbs(), "padding");
        assertEquals(1, x.length(1));
        says(() -> Text.oneHot(numbers, 2), "step 0 of sequence 0 is 2.0", "V = 2");
        says(() -> Text.oneHot(new Sequence(1, 1, 2), 2), "2 a step");
    }

    @Test void aliceIsWhole() {
        String text = Text.load("alice_in_wonderland.txt");
        Text characters = Text.of(Text.characters(text), 0.9, 1);
        assertEquals(148_480, characters.training().length + characters.heldOut().length);
        assertEquals(" ", characters.vocabulary().symbol(0));
        assertEquals(text, String.join("", characters.vocabulary().decode(characters.training()))
                + String.join("", characters.vocabulary().decode(characters.heldOut())));
        List<String> words = Text.words(text, true);
        assertEquals(398, Collections.frequency(words, "alice") + words.stream().filter(w -> w.matches("alice's")).count());
        assertEquals(",", Text.of(words, 0.9, 2).vocabulary().symbol(0));
    }

    private static int[] numbers(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
