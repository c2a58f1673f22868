package unrolled.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceTest {
    /** Features left out, gates taken out: the padding stays padding. */
    @Test void columnsKeepTheLengths() {
        Sequence s = numbered(4, 2, 3).lengths(2, 4), some = s.cols(1, 3);
        assertEquals(2, some.length(0));
        assertEquals(4, some.length(1));
        assertEquals(s.at(3).get(1, 2), some.at(3).get(1, 1));
        assertTrue(some.copy().cols(0, 1).hasLengths());
        assertFalse(numbered(4, 2, 3).cols(0, 1).hasLengths());
    }

    /** A sequence whose entry (t,b,f) is 100 (t + 1) + 10 b + f, the initial state too. */
    private static Sequence numbered(int T, int B, int F) {
        Sequence s = new Sequence(T, B, F);
        for (int t = -1; t < T; t++) {
            for (int b = 0; b < B; b++) {
                for (int f = 0; f < F; f++) {
                    s.at(t).set(b, f, 100 * (t + 1) + 10 * b + f);
                }
            }
        }
        return s;
    }

    @Test void viewsShareNumbers() {
        Sequence s = numbered(4, 3, 5);
        assertEquals("[12,5]", s.all().shape());
        assertEquals("[12,5]", s.prev().shape());
        for (int t = 0; t < 4; t++) {
            for (int b = 0; b < 3; b++) {
                for (int f = 0; f < 5; f++) {
                    assertEquals(100 * (t + 1) + 10 * b + f, s.all().get(t * 3 + b, f));
                    assertEquals(100 * t + 10 * b + f, s.prev().get(t * 3 + b, f));
                }
            }
        }
        s.all().set(7, 2, -1);                           // t = 2, b = 1
        assertEquals(-1, s.at(2).get(1, 2));
        assertEquals(-1, s.prev().get(10, 2));
        s.prev().set(0, 0, -2);                          // the initial state
        assertEquals(-2, s.at(-1).get(0, 0));
        assertSame(s.at(1), s.at(1), "a step is made once, not at every call");
    }

    @Test void gatesAreColumnsOfEveryStepAndOfTheInitialState() {
        Sequence s = numbered(3, 2, 6), gate = s.cols(2, 5), inner = gate.cols(1, 2);
        assertEquals("[T=3,B=2,F=3]", gate.shape());
        for (int t = -1; t < 3; t++) {
            assertEquals(0, gate.at(t).maxDifference(s.at(t).cols(2, 5)));
            assertEquals(0, inner.at(t).maxDifference(s.at(t).cols(3, 4)));
        }
        gate.at(-1).set(1, 0, 77);
        inner.all().fill(5);
        assertEquals(77, s.at(-1).get(1, 2));
        assertEquals(5, s.at(2).get(1, 3));
        assertEquals(314, s.at(2).get(1, 4));
    }

    @Test void startsAtZeroAndCopies() {
        Sequence s = new Sequence(2, 3, 4);
        assertEquals(0, s.at(-1).maxAbs() + s.all().maxAbs());
        Sequence n = numbered(2, 3, 4), copy = n.copy();
        n.at(-1).fill(9);
        n.all().fill(9);
        assertEquals(0, copy.at(-1).maxDifference(numbered(2, 3, 4).at(-1)));
        assertEquals(0, copy.all().maxDifference(numbered(2, 3, 4).all()));
        assertEquals(0, n.cols(1, 3).copy().all().maxDifference(n.all().cols(1, 3)));
        s.set(copy);
        assertEquals(0, s.all().maxDifference(copy.all()));
        assertEquals(0, s.at(-1).maxAbs(), "set leaves the initial state");
        s.fill(3);
        assertEquals(3 * 3 * 3 * 4, s.at(-1).sum() + s.all().sum());
        Matrix x = Matrix.of(new double[][] {{1, 2}, {3, 4}});
        Sequence one = Sequence.of(x);
        assertEquals("[T=1,B=2,F=2]", one.shape());
        assertEquals(0, one.at(0).maxDifference(x));
        one.at(0).fill(0);
        assertEquals(4, x.get(1, 1), "a copy");
    }

    @Test void oneSequenceFromItsSteps() {
        Matrix steps = Matrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Sequence s = Sequence.ofSteps(steps);
        steps.fill(0);                                   // it has its own copy
        assertEquals("[T=3,B=1,F=2]", s.shape());
        assertEquals(6, s.at(2).get(0, 1));
        assertEquals(0, s.at(-1).get(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Sequence.ofSteps(null));
    }

    @Test void comparesAndPrints() {
        Sequence s = new Sequence(5, 1, 2);
        assertTrue(s.sameShape(new Sequence(5, 1, 2)));
        assertFalse(s.sameShape(new Sequence(4, 1, 2)));
        assertFalse(s.sameShape(new Sequence(5, 2, 2)));
        assertFalse(s.sameShape(new Sequence(5, 1, 1)));
        assertTrue(s.toString().startsWith("[T=5,B=1,F=2]\nt = 0: [1,2]\n"), s.toString());
        assertTrue(s.toString().endsWith("..."));
        assertFalse(new Sequence(3, 1, 2).toString().contains("..."));
    }

    @Test void refusals() {
        Sequence s = new Sequence(3, 2, 4);
        for (int t : new int[] {-2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            refused(() -> s.at(t), "step " + t, "0 to 2");
        }
        refused(() -> s.cols(2, 5), "cols(2,5)", "of 4");
        refused(() -> s.set(new Sequence(3, 2, 5)), "set: [T=3,B=2,F=5]", "[T=3,B=2,F=4]");
        refused(() -> s.set(null), "set: ", "null");
        refused(() -> Sequence.of(null), "Sequence.of", "null");
        for (int[] n : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {-1, 1, 1}, {Integer.MIN_VALUE, 1, 1}}) {
            refused(() -> new Sequence(n[0], n[1], n[2]), "[T=" + n[0] + ",B=" + n[1] + ",F=" + n[2] + "]", "at least 1");
        }
        for (int[] n : new int[][] {{Integer.MAX_VALUE, 1, 1}, {1, 1 << 30, 2}, {1 << 20, 1 << 10, 1 << 10}}) {
            refused(() -> new Sequence(n[0], n[1], n[2]), "[T=" + n[0] + ",B=" + n[1] + ",F=" + n[2] + "]", "2^31");
        }
    }

    private static final double[][][] TIME_FIRST = {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}};

    @Test void arraysInEitherOrder() {
        double[][][] batchFirst = {{{1, 2}, {7, 8}}, {{3, 4}, {9, 10}}, {{5, 6}, {11, 12}}};
        for (Sequence s : new Sequence[] {Sequence.timeFirst(TIME_FIRST), Sequence.batchFirst(batchFirst)}) {
            assertEquals("[T=2,B=3,F=2]", s.shape());
            assertFalse(s.hasLengths());
            for (int t = 0; t < 2; t++) {
                assertEquals(0, s.at(t).maxDifference(Matrix.of(TIME_FIRST[t])));
            }
            assertEquals(0, s.at(-1).maxAbs());
        }
        Sequence copied = Sequence.timeFirst(TIME_FIRST);
        copied.at(0).fill(0);
        assertEquals(1, TIME_FIRST[0][0][0], "the array is not kept");
    }

    @Test void sequencesOfDifferentLengthsArePadded() {
        Sequence s = Sequence.padded(java.util.List.of(new double[][] {{1, 2}}, new double[][] {{3, 4}, {5, 6}, {7, 8}}, new double[][] {{9, 10}, {11, 12}}));
        assertEquals("[T=3,B=3,F=2]", s.shape());
        assertEquals("1 3 2", s.length(0) + " " + s.length(1) + " " + s.length(2));
        assertEquals(0, s.one(0).maxDifference(Matrix.of(3, 2, 1, 2, 0, 0, 0, 0)));
        assertEquals(0, s.one(1).maxDifference(Matrix.of(3, 2, 3, 4, 5, 6, 7, 8)));
        assertEquals(0, s.one(2).maxDifference(Matrix.of(3, 2, 9, 10, 11, 12, 0, 0)));
        Sequence numbers = Sequence.symbols(java.util.List.of(new int[] {4, 2}, new int[] {7}));
        assertEquals("[T=2,B=2,F=1]", numbers.shape());
        assertEquals(0, numbers.one(0).maxDifference(Matrix.columnOf(4, 2)));
        assertEquals(1, numbers.length(1));
        assertFalse(Sequence.padded(java.util.List.of(new double[][] {{1}}, new double[][] {{2}})).hasLengths(), "equally long ones need no lengths");
    }

    @Test void arraysThatAreNoSequences() {
        refused(() -> Sequence.batchFirst(new double[][][] {{{1}, {2}}, {{3}}}), "sequence 1 has 1", "first has 2 steps", "Sequence.padded");
        refused(() -> Sequence.timeFirst(new double[][][] {{{1}, {2}}, {{3}}}), "step 1 has 1", "first has 2 sequences");
        refused(() -> Sequence.batchFirst(new double[][][] {{{1, 2}, {2}}}), "step 1 of sequence 0 has 1", "first has 2 numbers");
        refused(() -> Sequence.padded(java.util.List.of(new double[][] {{1}}, new double[][] {})), "sequence 1 has no step");
        refused(() -> Sequence.padded(java.util.List.of()), "got no sequence");
        refused(() -> Sequence.timeFirst(new double[][][] {}), "timeFirst", "no sequence");
        refused(() -> Sequence.batchFirst(new double[][][] {{}}), "sequence 0 has no step");
        refused(() -> Sequence.timeFirst(new double[][][] {{null}}), "step 0 of sequence 0 is null");
        refused(() -> Sequence.batchFirst(new double[][][] {null}), "x[0] is null");
        refused(() -> Sequence.padded(java.util.Arrays.asList(new double[][] {{1}}, null)), "sequences[1] is null");
        refused(() -> Sequence.symbols(java.util.Arrays.asList((int[]) null)), "sequences[0] is null");
        refused(() -> Sequence.padded(java.util.Collections.singletonList(new double[][] {{}})), "[T=1,B=1,F=0]", "at least 1");
    }

    private static void refused(Runnable r, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, r::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' should name '" + part + "'");
        }
    }
}
