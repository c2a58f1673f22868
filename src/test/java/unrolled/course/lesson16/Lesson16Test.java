package unrolled.course.lesson16;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unrolled.layers.Elman;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.Batch;

class Lesson16Test {

    @Test void lampsAskWhetherTheNumberThatStayedOnIsOdd() {
        for (int late = 0; late < 2; late++) {
            Batch batch = new Lamps(3, late).batch(6, 40, new SplittableRandom(1));
            for (int t = 0; t < 6; t++) {
                for (int s = 0; s < 40; s++) {
                    assertEquals(t > late ? 1 : 0, batch.mask().at(t).get(s, 0));
                    if (t > late) {
                        int about = t - late, stayed = 0;
                        for (int i = 0; i < 3; i++) {
                            stayed += batch.x().at(about).get(s, i) == 1 && batch.x().at(about - 1).get(s, i) == 1 ? 1 : 0;
                        }
                        assertEquals(stayed % 2, batch.d().at(t).get(s, 0));
                    }
                }
            }
        }
    }

    @Test void evenIsRightAsOftenAsTheLampsSay() {
        Batch batch = new Lamps(3, 0).batch(200, 200, new SplittableRandom(2));
        double odd = batch.d().all().sum() / batch.mask().all().sum();
        assertEquals((1 + 1 / 8.0) / 2, 1 - odd, 0.01);
        assertThrows(IllegalArgumentException.class, () -> new Lamps(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Lamps(3, 1).batch(2, 1, new SplittableRandom(1)));
    }

    @Test void countsOfAPeriodicTextLeaveNothingOpen() {
        int[] text = IntStream.range(0, 9000).map(i -> i % 3).toArray();
        assertEquals(Math.log(3) / Math.log(2), LetterCounts.bits(text, text, 3, 0), 1e-9);
        assertTrue(LetterCounts.bits(text, text, 3, 1) < 0.001);
        assertThrows(IllegalArgumentException.class, () -> LetterCounts.bits(text, text, 27, 9));
    }

    @Test void countsAgreeWithAHandCount() {
        double p0 = (2 + 0.1) / (3 + 0.2), p1 = (1 + 0.1) / (3 + 0.2);                    // letters 0 0 1
        assertEquals(-(Math.log(p0) + Math.log(p1)) / 2 / Math.log(2), LetterCounts.bits(new int[] {0, 0, 1}, new int[] {0, 1}, 2, 0), 1e-12);
    }

    private static double[] right(double[] x, double lower, double upper) {
        Sequential two = Sequential.of(new Elman(Matrix.rowOf(0.8), Matrix.rowOf(0.5), Matrix.rowOf(0)),
            new Elman(Matrix.rowOf(-1.2), Matrix.rowOf(0.6), Matrix.rowOf(0)));
        two.start(Matrix.rowOf(lower), Matrix.rowOf(upper));
        Sequence in = new Sequence(x.length, 1, 1);
        for (int t = 0; t < x.length; t++) {
            in.at(t).set(0, 0, x[t]);
        }
        Sequence y = two.forward(in);
        return IntStream.range(0, x.length).mapToDouble(t -> y.at(t).get(0, 0)).toArray();
    }

    @Test void eachSuspectHasItsBugAndNoOther() {
        double[] impulse = right(new double[] {1, 0}, 0, 0);
        double[] a = StackSuspect.named("A").upper(new double[] {1, 0}, 0, 0), b = StackSuspect.named("B").upper(new double[] {1, 0}, 0, 0);
        assertEquals(impulse[0], Math.tanh(a[0]), 1e-12);
        assertEquals(0, b[0], 0);
        assertEquals(impulse[0], b[1], 1e-12);
        assertArrayEquals(right(new double[2], 0, 0.5), StackSuspect.named("B").upper(new double[2], 0, 0.5), 1e-12);
        assertEquals(impulse[0], StackSuspect.named("C").upper(new double[] {1, 0}, 0, 0)[0], 1e-12);
        assertEquals(0, StackSuspect.named("C").upper(new double[2], 0.5, 0)[0], 0);
        assertThrows(IllegalArgumentException.class, () -> StackSuspect.named("D"));
        assertThrows(IllegalArgumentException.class, () -> StackSuspect.named(null));
    }
}
