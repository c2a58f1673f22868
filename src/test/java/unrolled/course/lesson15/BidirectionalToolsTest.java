package unrolled.course.lesson15;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unrolled.data.Teddy;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.Batch;

/** The questions about Teddy and the broken networks of lesson 15. */
class BidirectionalToolsTest {
    private static String read(Batch batch, int b, int to) {
        return String.join(" ", IntStream.range(0, Math.min(to, batch.x().length(b))).mapToObj(t -> Teddy.words().get(batch.x().at(t).argMax(b))).toList());
    }

    private static boolean answer(TeddyQuestion question, String text) {
        boolean name = text.contains("Roosevelt"), she = text.startsWith("She");
        return question == TeddyQuestion.NAME ? name : question == TeddyQuestion.BOTH ? name && she : name ^ she;
    }

    @Test void eachQuestionIsAnsweredByTheSentence() {
        for (TeddyQuestion question : TeddyQuestion.values()) {
            for (Batch batch : List.of(question.all(), question.batch(50, new SplitMix(1)))) {
                for (int b = 0; b < batch.x().B; b++) {
                    String text = read(batch, b, 9);
                    assertEquals(answer(question, text) ? 1 : 0, batch.d().at(Teddy.ASKED).get(b, 0), question + ": " + text);
                    for (int t = 0; t < 9; t++) {
                        assertEquals(t == Teddy.ASKED ? 1 : 0, batch.mask().at(t).get(b, 0));
                    }
                }
            }
        }
        Batch all = TeddyQuestion.NAME.all();
        assertEquals(8, IntStream.range(0, 8).mapToObj(b -> read(all, b, 9)).distinct().count());
        assertEquals("She thought , Teddy Roosevelt was a great president", read(all, 7, 9));
        for (int b = 0; b < 8; b += 2) {
            assertEquals(read(all, b, 4), read(all, b + 1, 4));
        }
    }

    /** The eight sentences are equally likely: the limits are counted from them. */
    @Test void chanceAndLimitAreThoseOfTheEightSentences() {
        for (TeddyQuestion question : TeddyQuestion.values()) {
            Batch all = question.all();
            assertEquals(question.chance(), best(question, all, b -> ""), question + ", chance");
            assertEquals(question.limit(), best(question, all, b -> read(all, b, Teddy.ASKED + 1)), question + ", limit");
            assertEquals(question.limitWithFuture(), best(question, all, b -> read(all, b, 9)), question + ", with the future");
        }
    }

    private static double best(TeddyQuestion question, Batch all, java.util.function.IntFunction<String> seen) {
        Map<String, double[]> counts = new HashMap<>();
        for (int b = 0; b < 8; b++) {
            counts.computeIfAbsent(seen.apply(b), s -> new double[2])[(int) all.d().at(Teddy.ASKED).get(b, 0)]++;
        }
        return counts.values().stream().mapToDouble(c -> Math.max(c[0], c[1])).sum() / 8;
    }

    @Test void theShareCountsSentences() {
        Sequence y = new Sequence(9, 8, 2);
        for (int b = 0; b < 8; b++) {
            y.at(Teddy.ASKED).set(b, b < 3 ? b % 2 : 0, 1);
        }
        assertEquals(5 / 8.0, TeddyQuestion.NAME.share(y));
    }

    /** What the tables of the laboratory show, and that each differs from a right network. */
    @Test void eachSuspectHasItsBug() {
        for (String name : List.of("A", "B", "C")) {
            double[][] first = BiSuspect.named(name).reaches(0), second = BiSuspect.named(name).reaches(1);
            for (int t = 0; t < 6; t++) {
                for (int s = 0; s < 6; s++) {
                    boolean known = name.equals("A") ? s >= 5 - t : name.equals("B") || s <= t;
                    assertEquals(s <= t, first[t][s] != 0, name);
                    assertEquals(known, second[t][s] != 0, name + ", output " + t + ", input " + s);
                }
            }
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> BiSuspect.named("D")).getMessage().contains("no suspect D"));
        assertThrows(IllegalArgumentException.class, () -> BiSuspect.named(null));
    }
}
