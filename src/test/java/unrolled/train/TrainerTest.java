package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Stack;
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
        return Stack.of(new Dense(2, 4, random), Activation.tanh(), new Dense(4, 2, random));
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
        Layer net = Stack.of(new Dense(2, 1, new SplittableRandom(1)));
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
        says(() -> new Trainer(net(1), new CrossEntropy(), new Sgd(net(1).params(), 1)).epochs(0), "epochs: 0");
        says(() -> Accuracy.of(X, Matrix.rowOf(1)), "[4,1]");
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
