package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.layers.Dense;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** The streams of lesson 08, and how mistakes are counted on them. */
class LettersTest {
    private final Letters cabs = new Letters("abcd.", "cab");

    @Test void aRowForEachLetter() {
        assertArrayEquals(new double[][] {{0, 0, 1, 0, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 1}}, cabs.oneHot("ca.").toArray());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> cabs.oneHot("cax")).getMessage().contains("x"));
    }

    @Test void signsDifferAndSpellTheWord() {
        assertThrows(IllegalArgumentException.class, () -> new Letters("abca", "cab"));
        assertThrows(IllegalArgumentException.class, () -> new Letters("abc", "cad"));
        assertThrows(IllegalArgumentException.class, () -> new Letters("abc", ""));
        assertThrows(IllegalArgumentException.class, () -> new Letters(null, "a"));
        assertThrows(IllegalArgumentException.class, () -> new Letters("abc", null));
    }

    /** A draw is 1.5 letters on average and the whole word in one of four, so a sixth of the letters ends a drawn word. */
    @Test void aStreamHasItsLengthAndTheWordOften() {
        for (int T : new int[] {0, 1, 2, 60}) {
            assertEquals(T, cabs.stream(T, new SplittableRandom(1)).length());
        }
        String text = cabs.stream(60_000, new SplittableRandom(2));
        assertTrue(text.chars().allMatch(c -> "abcd.".indexOf(c) >= 0));
        assertEquals(10_000, text.split("cab", -1).length - 1, 500);
        assertEquals(text, cabs.stream(60_000, new SplittableRandom(2)));
    }

    /** The targets are read again from the inputs, by another way. */
    @Test void theTargetLooksAtAllThatWasRead() {
        Batch batch = cabs.streams(50, 4, read -> read.endsWith("cab"), new SplittableRandom(3));
        int ends = 0;
        for (int i = 0; i < 4; i++) {
            Matrix x = batch.x().one(i), target = batch.d().one(i);
            for (int t = 0; t < 50; t++) {
                assertEquals(1, x.row(t).sum());
                boolean end = t >= 2 && x.get(t - 2, 2) == 1 && x.get(t - 1, 0) == 1 && x.get(t, 1) == 1;
                assertEquals(end ? 1 : 0, target.get(t, 0), "stream " + i + ", t = " + t);
                ends += end ? 1 : 0;
            }
        }
        assertTrue(ends > 0);
        assertEquals(ends, Letters.wanted(batch));
    }

    /** A detector of the letter b on the text "b a b a": wanted are the steps 0 and 1, so one is missed and one is a false alarm. */
    @Test void missesAndFalseAlarms() {
        Letters ab = new Letters("ab", "a");
        Batch test = Batch.of(Sequence.ofSteps(ab.oneHot("baba")), Sequence.ofSteps(Matrix.columnOf(1, 1, 0, 0)));
        Dense everyB = new Dense(Matrix.columnOf(-1, 1), Matrix.rowOf(0));
        assertEquals(2, Letters.wanted(test));
        assertEquals(1, Letters.misses(everyB, test));
        assertEquals(1, Letters.falseAlarms(everyB, test));
        Dense zero = new Dense(new Matrix(2, 1), Matrix.rowOf(0));           // an output of exactly 0 does not fire
        assertEquals(2, Letters.misses(zero, test));
        assertEquals(0, Letters.falseAlarms(zero, test));
    }
}
