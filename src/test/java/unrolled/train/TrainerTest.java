package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.LastStep;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.MaxOverTime;
import unrolled.layers.MeanOverTime;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Sgd;

/** The loop learns, repeats to the bit, ends in order when stopped or when numbers blow up, and refuses bad batches. */
class TrainerTest {
    private static final Matrix X = Matrix.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    private static final Matrix XOR = Matrix.columnOf(0, 1, 1, 0);

    private static Layer net(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sequential.of(new Dense(2, 4, random), Activation.tanh(), new Dense(4, 2, random));
    }

    private static Trainer trainer(Layer net) {
        return new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 1));
    }

    @Test void learnsXor() {
        Layer net = net(1);
        History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.05)).epochs(300).fit(X, XOR);
        assertEquals(300, history.entries().size());
        assertTrue(history.last().loss() < 0.05, history::toString);
        assertEquals(1, Accuracy.of(net.forward(X), XOR));
    }

    @Test void sameSeedSameBits() {
        double[][] losses = new double[2][];
        for (int run = 0; run < 2; run++) {
            Layer net = net(3);
            Batches batches = new Batches(Batch.of(X, XOR), 3, new SplittableRandom(4));
            losses[run] = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.05)).epochs(20).fit(batches).losses();
        }
        assertTrue(Arrays.equals(losses[0], losses[1]));
    }

    @Test void heldOutExamplesAreMeasuredAndNotLearned() {
        Layer a = net(5), b = net(5);
        Batch heldOut = Batch.of(Matrix.rowOf(5, 5), Matrix.rowOf(1));
        History with = new Trainer(a, new CrossEntropy(), new Sgd(a.params(), 0.1)).epochs(3).heldOut(heldOut).fit(X, XOR);
        History without = new Trainer(b, new CrossEntropy(), new Sgd(b.params(), 0.1)).epochs(3).fit(X, XOR);
        assertTrue(Arrays.equals(with.losses(), without.losses()));
        assertTrue(Double.isFinite(with.heldOut()[2]) && Double.isNaN(without.heldOut()[2]));
    }

    @Test void divergenceStopsWithAnExplanationAndKeepsFiniteWeights() {
        Layer net = Sequential.of(new Dense(2, 1, new SplittableRandom(1)));
        History history = new Trainer(net, SquaredError.half(), new Sgd(net.params(), 1e6)).epochs(1000).fit(X, XOR);
        assertTrue(history.entries().size() < 1000);
        assertTrue(history.stopped().matches(".*largest weight, .* is in 0.[Wb].*") && history.stopped().contains("smaller learning rate than 1000000.0"), history.stopped());
        assertTrue(Double.isFinite(net.param("0.W").value.maxAbs()));
    }

    @Test void anInterruptEndsTrainingWithinASecondAndKeepsTheHistory() throws InterruptedException {
        Layer net = net(6);
        History[] history = new History[1];
        Thread thread = new Thread(() -> history[0] = new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 0.1))
                .epochs(Integer.MAX_VALUE).fit(X, XOR));
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(1000);
        assertFalse(thread.isAlive());
        assertTrue(history[0].stopped().contains("Stopped by you"));
        assertTrue(history[0].entries().size() > 0);
    }

    /** The stop button is looked at after every minibatch: here one takes some tenths of a second, as in the largest networks. */
    @Test void anInterruptEndsALongStepWithinASecond() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(7);
        Layer net = Sequential.of(new Lstm(64, 256, random), new Dense(256, 4, random));
        Batch batch = new Batch(new Sequence(60, 16, 64), new Sequence(60, 16, 4), null);
        long[] steps = new long[1000];
        int[] count = {0};
        Thread thread = new Thread(() -> new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 0.01)).epochs(1000)
                .afterStep(step -> steps[count[0]++] = System.nanoTime()).heldOut(batch).fit(new Batches(batch, 16, null)));
        thread.start();
        while (count[0] < 3 && thread.isAlive()) {
            Thread.sleep(1);
        }
        double step = (steps[2] - steps[1]) / 1e9;
        long asked = System.nanoTime();
        thread.interrupt();
        thread.join();
        double waited = (System.nanoTime() - asked) / 1e9;
        System.out.printf("TrainerTest: a step of %.2f s, stopped %.2f s after an interrupt%n", step, waited);
        assertTrue(waited < Math.max(1, 3 * step), "waited " + waited + " s, with steps of " + step + " s");
    }

    @Test void earlyStoppingPutsTheBestWeightsBack() {
        Matrix[] best = new Matrix[1];
        Layer net = net(8);
        Batch heldOut = Batch.of(X, Matrix.columnOf(1, 0, 0, 1));                   // the opposite of what is trained: it gets worse
        double[] lowest = {Double.POSITIVE_INFINITY};
        History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.01)).epochs(1000).heldOut(heldOut).patience(5).report(r -> {
            if (r.history().last().heldOut() < lowest[0]) {
                lowest[0] = r.history().last().heldOut();
                best[0] = net.param("2.W").value.copy();
            }
        }).fit(X, XOR);
        int bestEpoch = 1;
        for (History.Entry e : history.entries()) {
            bestEpoch = e.heldOut() < history.heldOut()[bestEpoch - 1] ? e.epoch() : bestEpoch;
        }
        assertEquals(bestEpoch + 5, history.last().epoch());
        assertEquals(0, best[0].maxDifference(net.param("2.W").value));
        assertEquals(lowest[0], new CrossEntropy().forward(net.forward(X), heldOut.d().at(0)), 1e-15);
        assertTrue(history.stopped().contains("has not improved for 5 epochs") && history.stopped().contains("weights of epoch " + bestEpoch + " again"),
                history.stopped());
    }

    /** What the history prints are the numbers of the network that one has, not those of the last epoch. */
    @Test void theHistoryTellsOfTheWeightsThatWereKept() {
        SplittableRandom r = new SplittableRandom(3);
        double[][] xs = new double[24][], classes = new double[24][];
        for (int i = 0; i < 24; i++) {
            xs[i] = new double[] {r.nextDouble(-1, 1), r.nextDouble(-1, 1)};
            classes[i] = new double[] {r.nextInt(2)};                    // nothing to learn: the held-out loss soon rises
        }
        Batch all = Batch.of(Matrix.of(xs), Matrix.of(classes));
        Layer net = new Dense(2, 2, r);
        History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.3)).epochs(200).heldOut(all.range(12, 24)).patience(4)
                .metric("right", (y, batch) -> Accuracy.of(y, batch.d(), batch.mask())).fit(new Batches(all.range(0, 12), 12, null));
        History.Entry kept = history.kept();
        Batch heldOut = all.range(12, 24);
        assertEquals(kept.heldOut(), new CrossEntropy().forward(net.forward(heldOut.x()), heldOut.d(), null), 1e-12);
        assertEquals(kept.metrics().get("right"), Accuracy.of(net.forward(heldOut.x()), heldOut.d(), null), 1e-12);
        assertTrue(kept.epoch() < history.last().epoch());
        String said = history.toString();
        assertTrue(said.startsWith(history.last().epoch() + " epochs in ") && said.contains("the weights are those of epoch " + kept.epoch())
                && said.contains(String.format(java.util.Locale.ROOT, "held-out %.4g, right %.4g", kept.heldOut(), kept.metrics().get("right"))), said);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.3))
                .metric("a", (y, b) -> 1).metric("a", (y, b) -> 2)).getMessage().contains("two with the name 'a'"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Accuracy.of(heldOut.d(), net.forward(heldOut.x()), null)).getMessage()
                .contains("scores come first"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new CrossEntropy().forward(new Matrix(1, 2), Matrix.rowOf(2)))
                .getMessage().contains("count from 0"));
    }

    @Test void patienceThatLastsEndsWithTheBestWeightsAndNoNote() {
        Layer net = net(8);
        Batch heldOut = Batch.of(X, Matrix.columnOf(1, 0, 0, 1));
        History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.01)).epochs(20).heldOut(heldOut).patience(100).fit(X, XOR);
        assertEquals("", history.stopped());
        assertEquals(20, history.entries().size());
        assertEquals(Arrays.stream(history.heldOut()).min().orElseThrow(), new CrossEntropy().forward(net.forward(X), heldOut.d().at(0)), 1e-15);
    }

    @Test void heldOutMinibatchesGiveTheMeanOverAllSteps() {
        Sequence x = new Sequence(5, 7, 2), d = new Sequence(5, 7, 1), mask = new Sequence(5, 7, 1).fill(1);
        SplittableRandom random = new SplittableRandom(9);
        for (int r = 0; r < 35; r++) {
            x.all().set(r, 0, random.nextDouble()).set(r, 1, random.nextDouble());
            d.all().set(r, 0, random.nextDouble());
            mask.all().set(r, 0, r % 3 == 0 ? 0 : 1);
        }
        Batch all = new Batch(x.lengths(5, 1, 3, 5, 2, 4, 5), d, mask);
        double[][] losses = new double[3][];
        int n = 0;
        for (Batches heldOut : List.of(new Batches(all, 7, null), new Batches(all, 2, null), Batches.bucketed(all, 3, null))) {
            SplittableRandom seed = new SplittableRandom(10);
            Layer net = Sequential.of(new Lstm(2, 3, seed), new Dense(3, 1, seed));
            losses[n++] = new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 0.1)).epochs(3).heldOut(heldOut).fit(new Batches(all, 4, null)).heldOut();
        }
        for (int epoch = 0; epoch < 3; epoch++) {
            assertEquals(losses[0][epoch], losses[1][epoch], 1e-14);
            assertEquals(losses[0][epoch], losses[2][epoch], 1e-14);
        }
        says(() -> trainer(net(1)).heldOut(new Batches(all, 2, new SplittableRandom(1))), "random order");
    }

    /** Only the last steps of a long sequence count: blocks that the mask hides carry the state on, and do no more. */
    @Test void aBlockThatTheMaskHidesCarriesTheStateOn() {
        SplittableRandom random = new SplittableRandom(12);
        Sequence x = new Sequence(24, 1, 1), d = new Sequence(24, 1, 1), mask = new Sequence(24, 1, 1);
        for (int t = 0; t < 24; t++) {
            x.at(t).fill(random.nextDouble());
            d.at(t).fill(random.nextDouble());
        }
        mask.at(11).fill(1);
        mask.at(22).fill(1);
        mask.at(23).fill(1);
        Batch one = new Batch(x, d, mask), rows = Batches.streams(one, 2, 12).epoch().get(0);
        Lstm lstm = new Lstm(1, 3, random);
        lstm.carry(true);
        Layer net = Sequential.of(lstm, new Dense(3, 1, random));
        List<Trainer.Step> steps = new ArrayList<>();
        History history = new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 1e-300)).epochs(2)      // weights stay as they are
                .heldOut(Batches.streams(one, 2, 3)).afterStep(steps::add).fit(Batches.streams(one, 2, 4));
        double L = SquaredError.mean().forward(net.forward(rows.x()), rows.d(), rows.mask());
        assertEquals(List.of(3, 3), steps.stream().map(Trainer.Step::minibatch).toList(), "of 3 blocks one makes a step");
        for (History.Entry e : history.entries()) {
            assertEquals(L, e.loss(), 1e-14);
            assertEquals(L, e.heldOut(), 1e-14);
            assertEquals(steps.get(0).gradientNorm(), e.gradientNorm(), 1e-14);
        }
        Sequence none = new Sequence(24, 1, 1);
        says(() -> new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 1)).fit(Batches.streams(new Batch(x, d, none), 2, 4)),
                "hides every step of all 3 minibatches of epoch 1");
        says(() -> new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 1)).heldOut(Batches.streams(new Batch(x, d, none), 2, 4))
                .fit(Batches.streams(one, 2, 4)), "hides every step of the held-out examples");
    }

    /** A minibatch whose sequences are all hidden, or whose only counting steps are padding. */
    @Test void aMinibatchWithoutAStepThatCountsIsPassedOver() {
        Sequence x = new Sequence(3, 4, 1), d = new Sequence(3, 4, 1), mask = new Sequence(3, 4, 1);
        x.all().fill(0.5);
        d.all().fill(1);
        x.lengths(3, 3, 3, 2);
        mask.at(1).set(0, 0, 1);
        mask.at(2).set(3, 0, 1);                                   // padding of the last
        Layer net = Sequential.of(new Lstm(1, 2, new SplittableRandom(1)), new Dense(2, 1, new SplittableRandom(2)));
        int[] steps = {0};
        History history = new Trainer(net, SquaredError.mean(), new Adam(net.params(), 0.01)).epochs(3).afterStep(s -> steps[0]++)
                .fit(new Batches(new Batch(x, d, mask), 1, null));
        assertEquals(3, steps[0]);
        assertTrue(history.losses()[2] < history.losses()[0] && history.losses()[0] > 0.01, () -> Arrays.toString(history.losses()));
    }

    /** Each epoch of streams begins with zeros, and what is held out is measured from zeros too: like one pass over whole rows. */
    @Test void carriedStateIsResetWhereASequenceBegins() {
        SplittableRandom random = new SplittableRandom(11);
        Sequence x = new Sequence(24, 1, 1), d = new Sequence(24, 1, 1);
        for (int t = 0; t < 24; t++) {
            x.at(t).fill(random.nextDouble());
            d.at(t).fill(random.nextDouble());
        }
        Batch one = new Batch(x, d, null);
        Lstm lstm = new Lstm(1, 3, random);
        lstm.carry(true);
        Layer net = Sequential.of(lstm, new Dense(3, 1, random));
        History history = new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 1e-300)).epochs(3)       // weights stay as they are
                .heldOut(Batches.streams(one, 3, 3)).fit(Batches.streams(one, 2, 4));
        lstm.carry(false);
        Batch rows = Batches.streams(one, 2, 12).epoch().get(0), heldOut = Batches.streams(one, 3, 8).epoch().get(0);
        double L = SquaredError.mean().forward(net.forward(rows.x()), rows.d()), heldOutL = SquaredError.mean().forward(net.forward(heldOut.x()), heldOut.d());
        for (History.Entry e : history.entries()) {
            assertEquals(L, e.loss(), 1e-14);
            assertEquals(heldOutL, e.heldOut(), 1e-14);
        }
        lstm.carry(true);
        assertTrue(assertThrows(IllegalStateException.class, () -> new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 1)).fit(new Batches(rows, 1, null)))
                .getMessage().contains("use Batches.streams"));
    }

    @Test void everyStepIsToldAndCounted() {
        Layer net = net(12);
        List<String> steps = new ArrayList<>();
        History history = new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 0.1)).epochs(2)
                .afterStep(s -> steps.add(s.epoch() + "." + s.minibatch() + (s.loss() > 0 && s.gradientNorm() > 0 ? "" : "?")))
                .fit(new Batches(Batch.of(X, XOR), 3, null));
        assertEquals(List.of("1.1", "1.2", "2.1", "2.2"), steps);
        History.Entry e = history.entries().get(0);
        assertTrue(e.stepsPerSecond() * e.seconds() > 3.99 && Double.isFinite(e.stepsPerSecond()), "four examples of one step each, and a rest");
    }

    @Test void aNetworkThatTrainsLeavesOutTheGradientOfItsInputAndHasItAfterwards() {
        Layer net = net(13);
        List<Boolean> asked = new ArrayList<>();
        new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 0.1)).epochs(1).afterStep(s -> asked.add(net.inputGradient())).fit(X, XOR);
        assertEquals(List.of(false), asked);
        assertTrue(net.inputGradient());
    }

    @Test void patienceNeedsHeldOutExamples() {
        Layer net = net(1);
        assertTrue(assertThrows(IllegalStateException.class, () -> new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 1)).patience(3).fit(X, XOR))
                .getMessage().contains("heldOut"));
        says(() -> new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 1)).patience(0), "patience: 0");
    }

    @Test void batchesHoldEveryExampleOnce() {
        Matrix x = new Matrix(10, 1);
        for (int i = 0; i < 10; i++) {
            x.set(i, 0, i);
        }
        Batches batches = new Batches(Batch.of(x, x), 4, new SplittableRandom(1));
        assertEquals(3, batches.count());
        List<Double> seen = new ArrayList<>(), again = new ArrayList<>();
        for (Batch batch : batches.epoch()) {
            for (int i = 0; i < batch.x().B; i++) {
                seen.add(batch.x().at(0).get(i, 0));
                assertEquals(batch.x().at(0).get(i, 0), batch.d().at(0).get(i, 0), "inputs and targets stay together");
            }
        }
        batches.epoch().forEach(batch -> again.add(batch.x().at(0).get(0, 0)));
        assertEquals(List.of(0., 1., 2., 3., 4., 5., 6., 7., 8., 9.), seen.stream().sorted().toList());
        assertFalse(seen.equals(seen.stream().sorted().toList()), "the order is random");
    }

    @Test void badBatchesAreRefusedWithTheirPlace() {
        Matrix x = Matrix.of(new double[][] {{1, 2}, {3, Double.NaN}});
        says(() -> Batch.of(x, Matrix.columnOf(1, 2)), "input of example 1", "column 1", "NaN");
        says(() -> Batch.of(Matrix.columnOf(1, 2), Matrix.columnOf(1, Double.POSITIVE_INFINITY)), "target of example 1", "Infinity");
        says(() -> new Batch(new Sequence(2, 1, 1), new Sequence(3, 1, 1), null), "T=2", "T=3");
        says(() -> new Batches(Batch.of(X, XOR), 0, null), "B = 0");
        says(() -> trainer(net(1)).epochs(0), "epochs: 0");
        says(() -> trainer(net(1)).clip(-1), "clip", "-1");
        says(() -> trainer(net(1)).heldOut((Batch) null), "heldOut", "null");
        says(() -> Accuracy.of(X, Matrix.rowOf(1)), "[4,1]");
    }

    /** A metric of several held-out minibatches is the mean over all steps that count, from the network as it is used. */
    @Test void metricsOfYourOwnAreMeasuredOnHeldOutExamples() {
        SplittableRandom random = new SplittableRandom(12);
        Layer net = Sequential.of(new Dense(2, 4, random), new Dropout(0.5, random), new Dense(4, 2, random));
        List<Boolean> training = new ArrayList<>();
        for (int B : new int[] {4, 3}) {
            History history = trainer(net).epochs(2).heldOut(new Batches(Batch.of(X, XOR), B, null))
                    .metric("accuracy", (y, batch) -> Accuracy.of(y, batch.d(), batch.mask()))
                    .metric("first", (y, batch) -> batch.x().at(0).get(0, 0))
                    .report(r -> {
                        training.add(net.training());
                        assertEquals(Accuracy.of(net.forward(X), XOR), r.history().last().metrics().get("accuracy"), 1e-15);
                    })
                    .afterStep(s -> training.add(net.training())).fit(X, XOR);
            assertEquals(List.of("accuracy", "first"), List.copyOf(history.last().metrics().keySet()));
            assertEquals(2, history.metric("accuracy").length);
            assertEquals(B == 4 ? 0 : 0.25, history.metric("first")[1], 1e-15, "(3 · 0 + 1 · 1) / 4");
            assertTrue(history.toString().contains(", accuracy 0.") || history.toString().contains(", accuracy 1"), history::toString);
            says(() -> history.metric("recall"), "'recall'", "[accuracy, first]");
        }
        assertEquals(List.of(true, false, true, false, true, false, true, false), training, "a report sees evaluation, a step sees training");
        assertTrue(assertThrows(IllegalStateException.class, () -> trainer(net).metric("a", (y, batch) -> 0).fit(X, XOR)).getMessage()
                .contains("metrics [a] need"));
        assertEquals(0, new History().metric("any").length);
    }

    @Test void whyItEndedGoesToTheListenerAndNothingToTheConsole() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> said = new ArrayList<>();
        try {
            System.setOut(new PrintStream(printed, true));
            Layer net = net(1);
            History history = new Trainer(net, new CrossEntropy(), new Sgd(net.params(), 1e6)).epochs(50).listener(said::add).fit(X, XOR.copy().scale(1));
            assertEquals(history.stopped().isEmpty() ? List.of() : List.of(history.stopped()), said);
            Layer stopped = net(2);
            Thread.currentThread().interrupt();
            History early = trainer(stopped).listener(said::add).fit(X, XOR);
            assertEquals(early.stopped(), said.get(said.size() - 1));
            Thread.currentThread().interrupt();
            trainer(stopped).fit(X, XOR);                                   // to the log
        } finally {
            System.setOut(out);
        }
        assertEquals("", printed.toString());
    }

    @Test void theStandardListenerWritesToTheLogOutsideOfANotebook() {
        List<String> logged = Logged.records(() -> Listener.standard().say("A sentence.")).stream()
                .map(record -> record.getLevel() + " " + record.getMessage()).toList();
        assertEquals(List.of("INFO A sentence."), logged);
    }

    @Test void anOptimizerOfAnotherNetworkIsRefused() {
        Layer net = net(1), twin = net(1);
        says(() -> new Trainer(net, new CrossEntropy(), new Sgd(twin.params(), 0.1)), "W [2,4]", "not a parameter of this network", "new Sgd(net.params(), ...)");
        List<unrolled.layers.Param> mixed = new ArrayList<>(net.params());
        mixed.add(twin.params().get(3));
        says(() -> new Trainer(net, new CrossEntropy(), new Adam(mixed, 0.1)), "b [1,2]");
    }

    /** An optimizer of some parameters leaves the others as they are, and their gradients have no part in the clipping. */
    @Test void parametersThatTheOptimizerDoesNotHaveStay() {
        Layer net = net(1), twin = net(1);
        Matrix first = net.params().get(0).value.copy(), last = net.params().get(2).value.copy();
        List<Double> norms = new ArrayList<>();
        new Trainer(net, new CrossEntropy(), new Sgd(net.params().subList(2, 4), 0.1)).epochs(1).clip(100).afterStep(s -> norms.add(s.gradientNorm())).fit(X, XOR);
        assertEquals(0, net.params().get(0).value.maxDifference(first));
        assertTrue(net.params().get(2).value.maxDifference(last) > 0);
        CrossEntropy loss = new CrossEntropy();
        loss.forward(twin.forward(X), XOR);
        twin.backward(loss.backward());
        assertEquals(unrolled.optim.Clip.norm(twin.params().subList(2, 4)), norms.get(0), 1e-15);
    }

    /** Sequences of different lengths with one class each: the class is the sign of the first number, so that it has to be remembered. */
    @Test void learnsTheClassOfWholeSequences() {
        SplittableRandom random = new SplittableRandom(13);
        List<double[][]> sequences = new ArrayList<>();
        int[] classes = new int[60];
        for (int b = 0; b < classes.length; b++) {
            double[][] steps = new double[random.nextInt(1, 12)][1];
            for (double[] step : steps) {
                step[0] = random.nextDouble(-1, 1);
            }
            classes[b] = steps[0][0] > 0 ? 1 : 0;
            sequences.add(steps);
        }
        Batch all = Batch.of(Sequence.padded(sequences), classes), heldOut = all.range(40, 60);
        for (Layer pool : new Layer[] {new LastStep(), new MeanOverTime(), new MaxOverTime()}) {
            Layer net = Sequential.of(new Lstm(1, 8, random), pool, new Dense(8, 2, random));
            History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.03)).epochs(60).clip(5).heldOut(heldOut)
                    .metric("accuracy", (y, batch) -> Accuracy.of(y, batch.d(), batch.mask())).fit(new Batches(all.range(0, 40), 8, new SplittableRandom(2)));
            assertTrue(history.metric("accuracy")[59] >= 0.9, pool + ": " + history);
        }
    }

    @Test void aHistoryWithoutEpochsSaysSo() {
        assertThrows(IllegalStateException.class, () -> new History().last());
        assertTrue(new History().toString().contains("no epoch"));
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
