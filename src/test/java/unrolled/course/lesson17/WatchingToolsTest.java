package unrolled.course.lesson17;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.data.MovingDots;
import unrolled.layers.Conv2d;
import unrolled.layers.Frame;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** The films and the suspects of lesson 17. */
class WatchingToolsTest {

    private static String film(Sequence x, int from, int to, int b) {
        StringBuilder film = new StringBuilder();
        for (int t = from; t < to; t++) {
            film.append(Arrays.toString(x.at(t).row(b).toArray()[0]));
        }
        return film.toString();
    }

    private static int way(Batch films, int b) {
        return (int) films.d().at(0).get(b, 0);
    }

    /** What the task draws, and nothing else. */
    @Test void allFilmsAreThoseOfTheTask() {
        Batch all = Films.all(3), drawn = new MovingDots(3).batch(8_000, new SplittableRandom(1));
        Map<String, Integer> ways = new HashMap<>();
        for (int b = 0; b < 256; b++) {
            ways.put(film(all.x(), 0, 3, b), way(all, b));
        }
        assertEquals(256, ways.size());
        Set<String> seen = new HashSet<>();
        for (int b = 0; b < 8_000; b++) {
            String film = film(drawn.x(), 0, 3, b);
            seen.add(film);
            assertEquals(drawn.d().at(2).get(b, 0), ways.get(film).doubleValue());
        }
        assertEquals(256, seen.size());
    }

    @Test void eachFrameBelongsToTwoFilms() {
        Map<String, Set<Integer>> ways = new HashMap<>();
        Batch all = Films.all(1);
        for (int b = 0; b < 256; b++) {
            ways.computeIfAbsent(film(all.x(), 0, 1, b), f -> new HashSet<>()).add(way(all, b));
        }
        assertEquals(128, ways.size());
        assertTrue(ways.values().stream().allMatch(w -> w.equals(Set.of(0, 1)) || w.equals(Set.of(2, 3))));
    }

    @Test void theHalvesAreMirrorImagesAndApart() {
        Batch left = Films.within(3, 0, 4), right = Films.within(3, 4, 8);
        assertEquals(56, left.x().B);
        assertEquals(56, right.x().B);
        for (int b = 0; b < 56; b++) {
            for (int j = 0; j < 64; j++) {
                for (int t = 0; t < 3; t++) {
                    assertTrue(left.x().at(t).get(b, j) == 0 || j % 8 < 4);
                    assertTrue(right.x().at(t).get(b, j) == 0 || j % 8 >= 4);
                }
            }
        }
        assertEquals(80, Films.within(2, 0, 4).x().B);
        assertThrows(IllegalArgumentException.class, () -> Films.within(3, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> Films.pairs(Films.all(1)));
    }

    @Test void aPairHoldsTheOlderFrameFirst() {
        Batch films = Films.all(3), pairs = Films.pairs(films);
        assertTrue(pairs.x().sameShape(new Sequence(2, 256, 128)));
        for (int t = 0; t < 2; t++) {
            assertEquals(0, pairs.x().at(t).cols(0, 64).copy().maxDifference(films.x().at(t)), 0);
            assertEquals(0, pairs.x().at(t).cols(64, 128).copy().maxDifference(films.x().at(t + 1)), 0);
        }
    }

    @Test void theSecondDotGoesAnotherWay() {
        Batch two = Films.oneAfterAnother(500, new SplittableRandom(3)), all = Films.pairs(Films.all(2));
        Map<String, Integer> ways = new HashMap<>();
        for (int b = 0; b < 256; b++) {
            ways.put(film(all.x(), 0, 1, b), way(all, b));
        }
        int[] firsts = new int[4];
        for (int b = 0; b < 500; b++) {
            int first = ways.get(film(two.x(), 0, 1, b)), second = ways.get(film(two.x(), 1, 2, b));
            assertEquals(way(two, b), first);
            assertNotEquals(first, second);
            firsts[first]++;
        }
        assertTrue(Arrays.stream(firsts).allMatch(n -> n > 90), Arrays.toString(firsts));
    }

    @Test void suspectsAreWrongWhereTheyShouldBe() {
        double[][] x = {{0, 2, 1, 0, 1}, {2, 3, 0, 2, 0}, {0, 2, 2, 1, 0}, {2, 0, 1, 3, 1}, {1, 0, 0, 2, 0}};
        Conv2d conv = Conv2d.valid(new Frame(1, 5, 5), 1, 3, new SplittableRandom(1));
        conv.param("W").value.set(Matrix.columnOf(1, 0, -1, 2, 1, 0, 0, -1, 1));
        conv.param("b").value.fill(0.5);
        double[] flat = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
        double[][] right = Films.picture(conv.forward(Matrix.rowOf(flat)), 0, 0, 3, 3);
        assertArrayEquals(right, ConvSuspect.honest().map(x));
        for (String name : new String[] {"A", "B", "C"}) {
            assertNotEquals(Arrays.deepToString(right), Arrays.deepToString(ConvSuspect.named(name).map(x)));
        }
        double[][] dark = new double[5][5], one = new double[5][5];
        one[2][2] = 1;
        assertEquals(4.5, ConvSuspect.named("A").map(dark)[1][1]);
        assertArrayEquals(new double[][] {{1.5, 0.5, -0.5}, {2.5, 1.5, 0.5}, {0.5, -0.5, 1.5}}, ConvSuspect.named("B").map(one));
        assertArrayEquals(new double[][] {{1.5, 0.5, -0.5}, {-0.5, 1.5, 0.5}, {0.5, 2.5, 1.5}}, ConvSuspect.named("C").map(one));
        assertThrows(IllegalArgumentException.class, () -> ConvSuspect.named("D"));
    }
}
