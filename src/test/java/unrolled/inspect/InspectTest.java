package unrolled.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Attention;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Conv;
import unrolled.layers.Conv2d;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Frame;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Jordan;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

class InspectTest {
    private static final int T = 7, B = 2, D = 3, H = 4;

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }

    private static Sequence normal(int T, int B, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random(seed));
        return s;
    }

    private static List<Recurrent> cells() {
        return List.of(new Elman(D, H, random(1)), new Lstm(D, H, random(1)), Lstm.peepholes(D, H, random(1)), new Lstm1997(D, H, random(1)),
                new Gru(D, H, random(1)), Gru.of2014(D, H, random(1)));
    }

    @TestFactory
    Stream<DynamicTest> thePartsOfTheLedgerSumToTheGradient() {
        return cells().stream().map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
            for (int steps : new int[] {T, 3}) {                     // whole, and truncated to blocks of three steps
                cell.truncate(steps).reset().forward(normal(T, B, D, 9));
                cell.start(cell.end().toArray(new Matrix[0]));          // not zeros: the use at step 0 counts, too
                Sequence x = normal(T, B, D, 2), dy = normal(T, B, H, 3);
                GradientLedger ledger = GradientLedger.of(cell, x, dy);
                assertEquals(0, cell.param("Wh").grad.maxAbs(), "gradients are cleared");
                cell.forward(x);
                cell.backward(dy);
                Matrix dWh = cell.param("Wh").grad;
                assertTrue(dWh.maxAbs() > 0.1);
                assertEquals(0, ledger.sum().maxDifference(dWh), 1e-10);
                assertEquals(dWh.get(1, 2), ledger.weight(1, 2).sum(), 1e-10);
                for (int t = 0; t < T; t++) {
                    for (int k = 0; k < T; k++) {
                        boolean inside = k <= t && k / steps == t / steps;
                        assertEquals(inside, ledger.norms().get(t, k) != 0, "loss of step " + t + ", use at step " + k);
                        assertEquals(ledger.norms().get(t, k), Math.sqrt(ledger.part(t, k).sumOfSquares()), 1e-15);
                    }
                }
                cell.zeroGrad();
            }
        }));
    }

    @Test void aLedgerNeedsWeightsFromStateToState() {
        String message = assertThrows(IllegalArgumentException.class, () -> GradientLedger.of(new Jordan(D, 5, H, random(1)),
                normal(T, B, D, 2), normal(T, B, H, 3))).getMessage();
        assertTrue(message.contains("Elman, Lstm"), message);
        GradientLedger ledger = GradientLedger.of(new Elman(D, H, random(1)), normal(T, B, D, 2), normal(T, B, H, 3));
        assertThrows(IllegalArgumentException.class, () -> ledger.part(T, 0));
    }

    /** Without inputs a linear cell multiplies the gradient by Whᵀ at each step: with Wh = 0.8 times a rotation, by 0.8 in length. */
    @Test void theGradientOfAScaledRotationFallsGeometrically() {
        Elman cell = new Elman(D, H, random(1));
        cell.param("Wx").value.fill(0);
        Init.orthogonal(0.8).fill(cell.param("Wh").value, random(2));
        GradientByLag lag = GradientByLag.of(cell, normal(20, B, D, 3), normal(1, B, H, 4).at(0));
        for (int n = 0; n < 20; n++) {
            assertEquals(Math.pow(0.8, n), lag.shares()[n], 1e-12, "lag " + n);
        }
        assertEquals(0.8, lag.ratio(), 1e-12);
        assertEquals(0, cell.param("Wh").grad.maxAbs(), "gradients are cleared");
    }

    @Test void theGradientByLagIsTheMeasuredOne() {
        for (Recurrent cell : cells()) {
            Sequence x = normal(T, 1, D, 5);
            Matrix dLast = normal(1, 1, H, 6).at(0);
            GradientByLag lag = GradientByLag.of(cell, x, dLast);
            Matrix dh0 = cell.startGradient().get(0);
            assertEquals(H, dh0.cols());
            double before = lag.norms()[T - 1], first = Math.sqrt(cell.traces().get("dh").at(0).sumOfSquares());
            assertEquals(first, before, 0, "the largest lag is the first step");
            assertEquals(Math.sqrt(dLast.sumOfSquares()), lag.norms()[0], 0);
        }
    }

    /** A Jordan network's state is y; its h is not what the loss of a later step comes back to. */
    @Test void theGradientByLagNeedsAStateH() {
        String message = assertThrows(IllegalArgumentException.class, () -> GradientByLag.of(new Jordan(D, 5, H, random(1)),
                normal(T, B, D, 2), normal(1, B, H, 3).at(0))).getMessage();
        assertTrue(message.contains("Jordan(") && message.contains("expected a cell whose state is h"), message);
    }

    @Test void noGradientNoRatio() {
        Elman cell = new Elman(D, H, random(1));
        GradientByLag lag = GradientByLag.of(cell, normal(T, B, D, 3), new Matrix(B, H));
        assertThrows(IllegalStateException.class, lag::ratio);
    }

    /** States on a line through (1, 2, 2), with a little noise: the line is found, and so is what lies across it. */
    @Test void principalComponentsFindALine() {
        Sequence h = new Sequence(50, 3, 3);
        SplittableRandom random = random(7);
        double[] along = new double[150];
        for (int r = 0; r < 150; r++) {
            along[r] = random.nextGaussian();
            for (int j = 0; j < 3; j++) {
                h.all().set(r, j, 5 + along[r] * new double[] {1, 2, 2}[j] / 3 + 0.01 * random.nextGaussian());
            }
        }
        Pca pca = Pca.of(h, 2);
        assertEquals(0, pca.directions().cols(0, 1).maxDifference(Matrix.columnOf(1 / 3.0, 2 / 3.0, 2 / 3.0)), 0.005);
        assertEquals(1, pca.shares()[0], 0.001);
        assertTrue(pca.shares()[1] < 0.001 && pca.shares()[0] + pca.shares()[1] <= 1);
        Sequence p = pca.project(h);
        assertEquals(0, p.all().cols(0, 1).sum() / 150, 1e-12, "centred");
        for (int r = 0; r < 150; r++) {
            assertEquals(along[r] - java.util.Arrays.stream(along).average().orElse(0), p.all().get(r, 0), 0.05);
        }
        Matrix product = new Matrix(2, 2).dot(pca.directions().transposed(), pca.directions());
        assertEquals(0, product.maxDifference(Matrix.of(new double[][] {{1, 0}, {0, 1}})), 1e-12, "directions of length 1, at right angles");
    }

    @Test void paddingIsNoState() {
        Sequence h = normal(6, 3, 4, 8).lengths(6, 2, 3), same = h.copy();
        for (int t = 3; t < 6; t++) {
            same.at(t).fillRow(1, 1e6);
            same.at(t).fillRow(2, 1e6);
        }
        assertEquals(0, Pca.of(h, 3).directions().maxDifference(Pca.of(same, 3).directions()));
        assertEquals(2, Pca.of(h, 3).project(h).length(1));
    }

    @Test void componentsThatDoNotExistAreRefused() {
        Sequence h = normal(6, 1, 4, 8);
        for (int n : new int[] {0, 5}) {
            assertThrows(IllegalArgumentException.class, () -> Pca.of(h, n));
        }
        assertThrows(IllegalArgumentException.class, () -> Pca.of(normal(2, 1, 4, 8), 2));
        String message = assertThrows(IllegalArgumentException.class, () -> Pca.of(h, 2).project(normal(2, 1, 3, 9))).getMessage();
        assertTrue(message.contains("of 4"), message);
    }

    @Test void multiplicationsWithWeights() {
        int d = 5, h = 7;
        assertEquals(d * h, new Dense(d, h, random(1)).multiplications());
        assertEquals(h * (d + h), new Elman(d, h, random(1)).multiplications());
        assertEquals(h * (d + 3 + 3), new Jordan(d, h, 3, random(1)).multiplications());
        assertEquals(4 * h * (d + h), new Lstm(d, h, random(1)).multiplications());
        assertEquals(4 * h * (d + h) + 3 * h, Lstm.peepholes(d, h, random(1)).multiplications());
        assertEquals(3 * h * (d + h), new Lstm1997(d, h, random(1)).multiplications());
        assertEquals(3 * h * (d + h), new Gru(d, h, random(1)).multiplications());
        assertEquals(3 * d * h, new Tdnn(d, h, 3, random(1)).multiplications());
        assertEquals(3 * d * h, Conv.centred(d, h, 3, random(1)).multiplications());
        assertEquals(2 * 9 * 4 * 6, Conv2d.same(new Frame(2, 2, 3), 4, 3, random(1)).multiplications(), "at every pixel");
        assertEquals(h * h, new Dense(h, h, random(1)).multiplications() + Attention.dot(h).multiplications(), "the dot score has no weights");
        assertEquals(2 * h * h + h, Attention.additive(h, random(1)).multiplications());
        assertEquals(2 * h * (d + h) + 3 * h, new EncoderDecoder(new Elman(d, h, random(1)), new Elman(d, h, random(1)),
                new Dense(h, 3, random(1))).multiplications());
        Layer net = Sequential.of(new Embedding(9, d, random(1)), Bidirectional.of(new Elman(d, h, random(1)), new Elman(d, h, random(2))),
                new Dense(2 * h, 3, random(1)));
        assertEquals(2 * h * (d + h) + 2 * h * 3, net.multiplications(), "a row of an embedding is looked up");
    }

    /** A triangle for a reader of the past, the other one for a reader of the future, a band for a window, a full square for both. */
    @Test void influenceIsWhatAnOutputCanKnow() {
        Sequence x = normal(T, B, D, 4), kept = x.copy();
        for (Recurrent cell : cells()) {
            knows(Influence.of(cell::forward, x, 0.1), 0, T);
            knows(Influence.of(Backwards.of(cell)::forward, x, 0.1), T, 0);
        }
        knows(Influence.of(Bidirectional.of(new Gru(D, H, random(1)), new Gru(D, H, random(2)))::forward, x, 0.1), T, T);
        knows(Influence.of(Conv.centred(D, H, 5, random(1))::forward, x, 0.1), 2, 2);
        knows(Influence.of(new Dense(D, H, random(1))::forward, x, 0.1), 0, 0);
        assertEquals(0, x.all().maxDifference(kept.all()), "the inputs stay");
        double[][] last = Influence.of(new unrolled.layers.LastStep()::forward, x, 0.25);
        assertEquals(1, last.length, "one answer for the whole sequence");
        assertEquals(0.25, last[0][T - 1], 1e-15, "how far it moves");
        assertEquals(0, last[0][T - 2]);
    }

    /** Not 0 exactly where s - t is at most {@code ahead} and t - s at most {@code past}. */
    private static void knows(double[][] influence, int ahead, int past) {
        for (int t = 0; t < T; t++) {
            for (int s = 0; s < T; s++) {
                assertEquals(s - t <= ahead && t - s <= past, influence[t][s] != 0, "output " + t + ", input " + s);
            }
        }
    }

    @Test void influenceRefusesWhatTellsNothing() {
        Sequence x = normal(T, B, D, 4);
        for (double by : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Influence.of(s -> s, x, by));
        }
        int[] calls = {0};
        String message = assertThrows(IllegalArgumentException.class, () -> Influence.of(s -> new Sequence(++calls[0], 1, 1), x, 1)).getMessage();
        assertTrue(message.contains("[T=1,B=1,F=1], then [T=2,B=1,F=1]"), message);
    }
}
