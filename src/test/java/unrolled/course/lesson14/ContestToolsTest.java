package unrolled.course.lesson14;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unrolled.data.Toys;
import unrolled.layers.Lstm;
import unrolled.math.SplitMix;

/** What lesson 14 compares cells with. */
class ContestToolsTest {

    @Test void theWeightsAreThoseOfTheFormulas() {
        int D = 3, H = 5, K = 2;
        assertEquals(H * (D + H + 1) + H * K + K, Kind.PLAIN.weights(D, H, K));
        assertEquals(3 * H * (D + H + 1) + H + H * K + K, Kind.GRU.weights(D, H, K));
        assertEquals(4 * H * (D + H + 1) + H * K + K, Kind.LSTM.weights(D, H, K));
    }

    @Test void oneUnitMoreWouldBeTooMany() {
        for (Kind kind : Kind.values()) {
            for (int most = 60; most < 700; most += 37) {
                int H = kind.units(4, 4, most);
                assertTrue(kind.weights(4, H, 4) <= most && kind.weights(4, H + 1, 4) > most);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Kind.LSTM.units(4, 4, 10));
    }

    @Test void aCellBeginsAsItIsTold() {
        Lstm keeps = (Lstm) Kind.LSTM.cell(2, 3, true, new SplitMix(1)), loose = (Lstm) Kind.LSTM.cell(2, 3, false, new SplitMix(1));
        assertEquals(3, keeps.param("b").value.get(0, 3));
        assertEquals(1, loose.param("b").value.get(0, 3));
    }

    @Test void aRunIsTheSameAgainAndDependsOnItsSeed() {
        Contest counting = new Contest("counting", Toys.counting(3), 400);
        Setting setting = new Setting(0.03, true);
        int[] runs = counting.updates(Kind.LSTM, 6, setting, 1, 4);
        assertArrayEquals(IntStream.rangeClosed(1, 4).map(seed -> counting.train(Kind.LSTM, 6, setting, seed)).toArray(), runs);
        assertArrayEquals(runs, counting.updates(Kind.LSTM, 6, setting, 1, 4));
        assertTrue(IntStream.of(runs).distinct().count() > 1);
        assertTrue(IntStream.of(runs).allMatch(n -> n >= 40 && n <= 400));
        assertEquals(Contest.NEVER, new Contest("too short", Toys.recall(60), 40).updates(Kind.PLAIN, 4, setting, 1));
    }

    @Test void wilsonsIntervalHoldsTheShareAndShrinks() {
        assertArrayEquals(new double[] {1 / (1 + 1.96 * 1.96 / 5), 1}, Odds.wilson(5, 5), 1e-12);
        assertArrayEquals(new double[] {0, 1 - Odds.wilson(5, 5)[0]}, Odds.wilson(0, 5), 1e-12);
        double[] few = Odds.wilson(4, 5), many = Odds.wilson(80, 100);
        assertTrue(few[0] < many[0] && many[0] < 0.8 && 0.8 < many[1] && many[1] < few[1]);
        assertThrows(IllegalArgumentException.class, () -> Odds.wilson(6, 5));
    }

    @Test void equalOnesCountOneHalf() {
        int never = Contest.NEVER;
        assertEquals(11.5 / 16, Odds.sooner(new int[] {60, 80, 100, never}, new int[] {80, 120, never, never}), 1e-12);
        assertEquals(0.5, Odds.sooner(new int[] {never}, new int[] {never, never}), 1e-12);
    }

    @Test void theMiddleAndItsText() {
        assertEquals(80, Contest.middle(100, 60, 80));
        assertEquals(Contest.NEVER, Contest.middle(Contest.NEVER, 60, Contest.NEVER));
        assertEquals("–", Contest.text(Contest.NEVER));
        assertEquals("80", Contest.text(80));
    }
}
