package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.optim.Adam;
import unrolled.optim.Clip;
import unrolled.train.Batch;
import unrolled.train.Batches;
import unrolled.train.Trainer;

/** Networks of this library learn what the papers say they learn, judged by the papers' criteria on fresh examples. */
class LearningTest {
    /** So many minibatches of B fresh examples; the learning rate falls to a tenth. Returns the seconds. */
    static double train(Task task, Layer net, int minibatches, int B, double rate, long seed) {
        long start = System.nanoTime();
        SplitMix random = new SplitMix(seed);
        Adam adam = new Adam(net.params(), rate);
        Loss loss = task.loss();
        for (int n = 0; n < minibatches; n++) {
            Batch batch = task.batch(B, random);
            loss.forward(net.forward(batch.x()), batch.d(), batch.mask());
            net.zeroGrad();
            net.backward(loss.backward());
            Clip.norm(net.params(), 1);
            adam.rate(rate * (1 - 0.9 * n / minibatches));
            adam.step();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    static void say(String what, Object... numbers) {
        System.out.printf(Locale.ROOT, what + "%n", numbers);
    }

    /** Elman 1990: where two bits are known the third is predicted, and nowhere else. */
    @Test void elmansErrorDipsAtEveryThirdStep() {
        long start = System.nanoTime();
        int T = 3000, run = 30, B = T / run;                     // his 3000 bits as runs of ten triples
        Task task = Toys.elmanXor(T);
        Batch stream = task.batch(1, new SplitMix(1));
        Sequence x = new Sequence(run, B, 1), d = new Sequence(run, B, 1);
        for (int t = 0; t < T; t++) {
            x.at(t % run).set(t / run, 0, stream.x().at(t).get(0, 0));
            d.at(t % run).set(t / run, 0, stream.d().at(t).get(0, 0));
        }
        SplitMix random = new SplitMix(2);
        Layer net = Sequential.of(new Elman(1, 8, random), new Dense(8, 2, random));
        var trainer = new Trainer(net, task.loss(), new Adam(net.params(), 0.01)).clip(1).epochs(60);
        trainer.fit(new Batches(new Batch(x, d, null), 10, random));

        Batch fresh = task.batch(1, new SplitMix(3));
        Sequence y = net.forward(fresh.x());
        double[] errors = new double[3];
        for (int t = 0; t < T; t++) {
            errors[t % 3] += y.at(t).argMax(0) == fresh.d().at(t).get(0, 0) ? 0 : 3.0 / T;
        }
        say("Elman's xor: wrong at t mod 3 = 0, 1, 2: %.3f %.3f %.3f; right in all %.3f, limit %.3f; %.1f s",
                errors[0], errors[1], errors[2], task.score(y, fresh), task.limit(), (System.nanoTime() - start) / 1e9);
        assertTrue(errors[1] < 0.01);
        assertEquals(0.5, errors[0], 0.05);
        assertEquals(0.5, errors[2], 0.05);
    }

    /** Hochreiter and Schmidhuber 1997, experiment 1: all of 256 fresh strings are right, whatever the seed. */
    @Test void lstmSolvesTheEmbeddedReberGrammar() {
        Task task = Toys.embeddedReber();
        Batch test = task.batch(256, new SplitMix(99));
        for (long seed = 1; seed <= 2; seed++) {
            SplitMix random = new SplitMix(seed);
            Layer net = Sequential.of(new Lstm(task.D(), 16, random), new Dense(16, task.K(), random));
            double before = task.score(net.forward(test.x()), test), seconds = train(task, net, 1500, 16, 0.01, seed);
            double score = task.score(net.forward(test.x()), test);
            say("embedded Reber, seed %d: %.3f of 256 strings right after %d, %.3f before; %.1f s",
                    seed, score, 1500 * 16, before, seconds);
            assertTrue(before <= 0.1);
            assertEquals(1, score);
        }
    }

    /**
     * Hochreiter and Schmidhuber 1997, experiment 4, 100 steps. The cell begins as a store that is shut: forget gates open (keep),
     * input gates nearly closed, so that a hundred numbers that do not matter do not drown the two that do.
     */
    @Test void lstmSolvesTheAddingProblem() {
        Adding task = Toys.adding(100);
        Batch test = task.batch(1000, new SplitMix(99));
        int H = 16;
        SplitMix random = new SplitMix(1);
        Lstm lstm = new Lstm(task.D(), H, random).forgetBias(5);
        lstm.param("b").value.cols(0, H).fill(-3);
        Layer net = Sequential.of(lstm, new Dense(H, 1, random));
        double seconds = train(task, net, 1000, 16, 0.02, 1);
        Sequence y = net.forward(test.x());
        double error = task.loss().forward(y, test.d(), test.mask());
        int strict = 0;
        for (int b = 0; b < 1000; b++) {
            strict += Math.abs(y.at(99).get(b, 0) - test.d().at(99).get(b, 0)) < 0.04 ? 1 : 0;
        }
        say("adding, T = 100: mean squared error %.5f, blind %.3f; wrong by less than 0.08: %.3f, by less than 0.04: %.3f; %.1f s",
                error, task.blindError(), task.score(y, test), strict / 1000.0, seconds);
        assertTrue(error < task.blindError() / 50);
        assertTrue(task.score(y, test) > 0.97);
    }

    /** One unit whose update gate is shut but at the subject carries it over 500 words without losing a bit. */
    @Test void aGruSetByHandRecallsOver500Words() {
        Recall task = Toys.recall(500);
        Gru gru = new Gru(task.D(), 1, new SplitMix(1));
        gru.params().forEach(p -> p.value.fill(0));
        gru.param("b").value.set(0, 1, 40);                      // z = σ(40) = 1: keep
        for (int word = 0; word < 2; word++) {
            gru.param("Wx").value.set(word, 1, -800);            // z = σ(-760) = 0 at cat and cats: take the new value
            gru.param("Wx").value.set(word, 2, word == 0 ? -40 : 40);   // n = tanh(±40) = ±1
        }
        Layer net = Sequential.of(gru, new Dense(Matrix.rowOf(-1, 1), null));
        Batch batch = task.batch(200, new SplitMix(2));
        double score = task.score(net.forward(batch.x()), batch);
        Sequence h = gru.traces().get("h");
        double lost = 0;
        for (int t = 0; t <= 500; t++) {
            for (int b = 0; b < 200; b++) {
                lost = Math.max(lost, Math.abs(h.at(t).get(b, 0) - (2 * batch.d().at(500).get(b, 0) - 1)));
            }
        }
        say("GRU set by hand: %.3f of 200 sentences right at gap 500, the state is off by at most %.1e", score, lost);
        assertEquals(1, score);
        assertEquals(0, lost);
    }
}
