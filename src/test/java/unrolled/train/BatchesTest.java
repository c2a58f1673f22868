package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.losses.SquaredError;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;

/** Minibatches hold every example once, with its length, mask and target; streams go on where they ended. */
class BatchesTest {
    private static final int N = 23, T = 9;

    /** Example n has n + 1 everywhere in its input, its negative in its target, and 1 + n % T steps; odd steps are masked. */
    private static Batch examples() {
        Sequence x = new Sequence(T, N, 2), d = new Sequence(T, N, 1), mask = new Sequence(T, N, 1);
        for (int t = 0; t < T; t++) {
            for (int n = 0; n < N; n++) {
                x.at(t).fillRow(n, n + 1);
                d.at(t).fillRow(n, -n - 1);
                mask.at(t).fillRow(n, t % 2 == 0 ? 1 : 0);
            }
        }
        for (int n = 0; n < N; n++) {
            x.at(-1).fillRow(n, 100 + n);
        }
        return new Batch(x.lengths(IntStream.range(0, N).map(n -> 1 + n % T).toArray()), d, mask);
    }

    private static Batch one(int steps) {
        Sequence x = new Sequence(steps, 1, 1), d = new Sequence(steps, 1, 1);
        for (int t = 0; t < steps; t++) {
            x.at(t).fill(t);
            d.at(t).fill(t + 0.5);
        }
        return new Batch(x, d, null);
    }

    @Test void everyExampleComesOnceAnEpochWithAllThatBelongsToIt() {
        for (RandomGenerator random : new RandomGenerator[] {null, new SplitMix(1)}) {
            for (Batches batches : List.of(new Batches(examples(), 4, random), Batches.bucketed(examples(), 4, random))) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    List<Integer> seen = new ArrayList<>();
                    List<Batch> list = batches.epoch();
                    assertEquals(6, list.size());
                    assertEquals(6, batches.count());
                    for (Batch batch : list) {
                        for (int b = 0; b < batch.x().B; b++) {
                            int n = (int) batch.x().at(0).get(b, 0) - 1;
                            seen.add(n);
                            assertEquals(1 + n % T, batch.x().length(b), "its length");
                            assertEquals(100 + n, batch.x().at(-1).get(b, 1), "its initial state");
                            for (int t = 0; t < batch.x().T; t++) {
                                assertEquals(-n - 1, batch.d().at(t).get(b, 0), "its target");
                                assertEquals(t % 2 == 0 ? 1 : 0, batch.mask().at(t).get(b, 0), "its mask");
                            }
                        }
                    }
                    assertEquals(IntStream.range(0, N).boxed().toList(), seen.stream().sorted().toList());
                }
            }
        }
    }

    @Test void bucketsHoldSimilarLengthsAndNoPaddingBeyondTheLongest() {
        Batches batches = Batches.bucketed(examples(), 4, new SplitMix(2));
        List<String> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 2; epoch++) {
            int padding = 0;
            StringBuilder order = new StringBuilder();
            for (Batch batch : batches.epoch()) {
                int longest = IntStream.range(0, batch.x().B).map(batch.x()::length).max().orElseThrow();
                assertEquals(longest, batch.x().T);
                padding += IntStream.range(0, batch.x().B).map(b -> longest - batch.x().length(b)).sum();
                order.append(longest).append(' ');
            }
            assertTrue(padding < 23, "padded steps " + padding + " of " + N * T);
            orders.add(order.toString());
        }
        assertNotEquals(orders.get(0), orders.get(1), "the order of the minibatches changes");
        assertFalse(orders.get(0).equals("1 2 4 6 7 9 "), "short ones do not come first");
    }

    /** In the buckets nothing but padding is missing: the gradient of all steps together is the same. */
    @Test void trimmedPaddingChangesNoLoss() {
        Batch whole = examples();
        Layer net = Sequential.of(new Lstm(2, 3, new SplittableRandom(1)), new Dense(3, 1, new SplittableRandom(2)));
        SquaredError loss = SquaredError.mean();
        double sum = 0;
        int steps = 0;
        for (Batch b : Batches.bucketed(whole, 4, null).epoch()) {
            sum += loss.forward(net.forward(b.x()), b.d(), b.mask()) * loss.steps();
            steps += loss.steps();
        }
        assertEquals(loss.forward(net.forward(whole.x()), whole.d(), whole.mask()), sum / steps, 1e-12);
        assertEquals(loss.steps(), steps);
    }

    @Test void aStreamGoesOnWhereItEnded() {
        List<Batch> blocks = Batches.streams(one(32), 3, 4).epoch();
        assertEquals(3, blocks.size());
        assertEquals(List.of(4, 4, 2), blocks.stream().map(b -> b.x().T).toList());
        for (int b = 0; b < 3; b++) {
            int expected = 10 * b;                                     // each row has 10 steps; the last two are left out
            for (Batch block : blocks) {
                for (int t = 0; t < block.x().T; t++, expected++) {
                    assertEquals(expected, block.x().at(t).get(b, 0));
                    assertEquals(expected + 0.5, block.d().at(t).get(b, 0));
                }
            }
            assertEquals(10 * (b + 1), expected);
        }
    }

    @Test void withCarriedStateBlocksGiveTheOutputsOfWholeRows() {
        Batch one = one(24);
        one.x().all().scale(0.1);
        Recurrent whole = new Lstm(1, 3, new SplittableRandom(1)), carried = new Lstm(1, 3, new SplittableRandom(1)).carry(true);
        Sequence rows = Batches.streams(one, 2, 12).epoch().get(0).x();
        Sequence y = whole.forward(rows).copy();
        for (int epoch = 0; epoch < 2; epoch++) {
            carried.reset();
            int t = 0;
            for (Batch block : Batches.streams(one, 2, 5).epoch()) {
                Sequence part = carried.forward(block.x());
                for (int k = 0; k < part.T; k++, t++) {
                    assertEquals(0, y.at(t).maxDifference(part.at(k)), 1e-15, "step " + t);
                }
            }
            assertEquals(12, t);
        }
    }

    @Test void freshMinibatchesAreDrawnAnewAndRepeatWithTheSeed() {
        List<List<Double>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Batches batches = Batches.fresh(3, new SplitMix(1), random -> new Batch(one(2).x(), one((int) random.nextLong(2, 3)).d(), null));
            SplitMix random = (SplitMix) batches.random();
            List<Double> states = new ArrayList<>();
            for (int epoch = 0; epoch < 2; epoch++) {
                assertEquals(batches.count(), batches.epoch().size());
                states.add((double) random.state());
            }
            assertNotEquals(states.get(0), states.get(1));
            runs.add(states);
        }
        assertEquals(runs.get(0), runs.get(1));
    }

    @Test void equalMinibatchesHaveEqualFingerprints() {
        String text = new Batches(examples(), 4, null).toString();
        assertEquals(text, new Batches(examples(), 4, null).toString());
        Batch changed = examples();
        changed.mask().at(8).fillRow(22, 0);
        assertNotEquals(text, new Batches(changed, 4, null).toString());
        Batch longer = examples();
        longer.x().lengths(IntStream.range(0, N).map(n -> n == 0 ? 2 : 1 + n % T).toArray());
        assertNotEquals(text, new Batches(longer, 4, null).toString());
    }

    /** The minibatches of a mixed order are cut to their own longest sequence too, and nothing but padding is missing. */
    @Test void everyMinibatchEndsWithItsLongestSequence() {
        Batch whole = examples();
        for (RandomGenerator random : new RandomGenerator[] {null, new SplitMix(3)}) {
            for (Batch batch : new Batches(whole, 4, random).epoch()) {
                int longest = IntStream.range(0, batch.x().B).map(batch.x()::length).max().orElseThrow();
                assertEquals(longest, batch.x().T);
                assertEquals(longest, batch.d().T);
                assertEquals(longest, batch.mask().T);
            }
        }
    }

    @Test void oneTargetASequenceComesWithItsSequence() {
        Batch steps = examples();
        Sequence d = new Sequence(1, N, 1), mask = new Sequence(1, N, 1);
        for (int n = 0; n < N; n++) {
            d.at(0).set(n, 0, -n - 1);
            mask.at(0).set(n, 0, n % 2);
        }
        for (Batches batches : List.of(new Batches(new Batch(steps.x(), d, mask), 4, new SplitMix(1)), Batches.bucketed(new Batch(steps.x(), d, mask), 4, new SplitMix(1)))) {
            int seen = 0;
            for (Batch batch : batches.epoch()) {
                for (int b = 0; b < batch.x().B; b++, seen++) {
                    int n = (int) batch.x().at(0).get(b, 0) - 1;
                    assertEquals(-n - 1, batch.d().at(0).get(b, 0));
                    assertEquals(n % 2, batch.mask().at(0).get(b, 0));
                    assertEquals(1, batch.d().T);
                }
            }
            assertEquals(N, seen);
        }
        Batch classes = Batch.of(steps.x(), IntStream.range(0, N).toArray()), part = classes.range(3, 5);
        assertEquals("[T=1,B=23,F=1]", classes.d().shape());
        assertEquals(4, part.d().at(0).get(1, 0));
        assertEquals(5, part.x().at(0).get(1, 0));
        assertEquals(List.of(4, 5), List.of(part.x().length(0), part.x().length(1)));
    }

    @Test void mostlyPaddingIsSaidOnce() {
        int[] lengths = IntStream.range(0, 64).map(b -> b % 16 == 0 ? 100 : 5).toArray();
        Sequence x = new Sequence(100, 64, 1).lengths(lengths);
        Batch batch = Batch.of(x, new int[64]);
        assertEquals(1, said(new Batches(batch, 16, new SplitMix(1)), 3).size());
        assertTrue(said(new Batches(batch, 16, new SplitMix(1)), 1).get(0).matches("\\d\\d % of the steps .* padding; Batches.bucketed .*"));
        assertEquals(List.of(), said(Batches.bucketed(batch, 16, new SplitMix(1)), 3));
        assertEquals(List.of(), said(new Batches(examples(), 4, new SplitMix(1)), 3));
    }

    private static List<String> said(Batches batches, int epochs) {
        return Logged.sentences(() -> {
            for (int epoch = 0; epoch < epochs; epoch++) {
                batches.epoch();
            }
        });
    }

    @Test void lengthsBelongToTheInputs() {
        Sequence x = new Sequence(4, 2, 1), d = new Sequence(4, 2, 1), mask = new Sequence(4, 2, 1).fill(1), xLengths = x.copy().lengths(2, 4);
        says(() -> new Batch(x, d.copy().lengths(2, 4), null), "sequence 0 has 2 steps in the targets, but 4 in the inputs, which have no lengths");
        says(() -> new Batch(x, d, mask.copy().lengths(4, 1)), "sequence 1 has 1 steps in the mask, but 4");
        says(() -> new Batch(xLengths, d.copy().lengths(3, 4), null), "sequence 0 has 3 steps in the targets, but 2");
        says(() -> new Batch(xLengths, d, mask.copy().lengths(2, 3)), "sequence 1 has 3 steps in the mask, but 4");
        new Batch(xLengths, d, mask);
        new Batch(xLengths, d.copy().lengths(2, 4), mask.copy().lengths(2, 4));
        new Batch(xLengths, new Sequence(1, 2, 1).lengths(1, 1), null);
    }

    @Test void refusals() {
        says(() -> Batches.streams(new Batch(one(4).x(), one(1).d(), null), 2, 2), "[T=1,B=1,F=1]", "each of the 4 steps");
        says(() -> new Batch(one(3).x(), one(2).d(), null), "[T=3,B=1,F=1]", "[T=2,B=1,F=1]", "[T=1,B=1,F=1]");
        says(() -> new Batch(one(3).x(), one(1).d(), new Sequence(3, 1, 1)), "mask", "[T=1,B=1,F=1]");
        says(() -> examples().range(2, 24), "range(2,24)", "23");
        says(() -> new Batches(null, 1, null), "examples is null");
        says(() -> Batches.bucketed(examples(), 0, null), "B = 0");
        says(() -> Batches.streams(examples(), 2, 2), "[T=9,B=23,F=2]", "one long sequence");
        says(() -> Batches.streams(one(4), 5, 2), "B = 5", "N = 4");
        says(() -> Batches.streams(one(4), 2, 0), "T = 0");
        says(() -> Batches.fresh(0, new SplitMix(1), random -> one(1)), "count = 0");
        says(() -> Batches.fresh(1, null, random -> one(1)), "random null");
        says(() -> new Batch(one(3).x(), one(3).d(), new Sequence(3, 1, 2)), "mask", "F=2");
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
