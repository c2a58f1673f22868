package unrolled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import unrolled.inspect.GradientByLag;
import unrolled.inspect.Pca;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.CrossEntropy;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Precision;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;
import unrolled.optim.Optimizer;
import unrolled.optim.RmsProp;
import unrolled.optim.Sgd;
import unrolled.train.Batch;
import unrolled.train.GradientCheck;
import unrolled.train.History;
import unrolled.train.Trainer;

/** Where floats end, at 3.4e38 and 1e-45: training stops with a sentence, or what is computed is right; as in double. */
class SingleAtTheEdgeTest {
    private static final Pattern STOPPED = Pattern.compile("Training stopped in epoch \\d+, minibatch 1: the loss is \\S+, (the gradient is \\S+ long, )?"
            + "and the (largest weight, \\S+, is in|gradient is not finite in) \\S+\\. The network keeps its last finite weights\\."
            + " Try a smaller learning rate than \\S+, clip\\(5\\), or inputs scaled to about -1 to 1\\.");

    private static Layer net() {
        SplittableRandom random = new SplittableRandom(1);
        return Sequential.of(Elman.relu(1, 3, random), new Dense(3, 1, random));
    }

    private static boolean finite(Layer net) {
        return net.params().stream().allMatch(p -> Double.isFinite(p.value.maxAbs()));
    }

    /** A learning rate that makes every step worse than the one before. */
    @Test void aTrainingThatDivergesStopsWithTheSameSentence() throws Exception {
        for (Precision precision : Precision.values()) {
            InSingle.run(precision, () -> {
                Layer net = net();
                History history = new Trainer(net, SquaredError.half(), new Sgd(net.params(), 10)).epochs(10_000).listener(s -> { })
                        .fit(Matrix.columnOf(1, -2, 3), Matrix.columnOf(1, 2, 3));
                assertTrue(STOPPED.matcher(history.stopped()).matches(), precision + ": " + history.stopped());
                assertTrue(finite(net), precision + " keeps finite weights");
            });
        }
    }

    /** Weights that are as large as floats can be make infinite sums in the forward pass. */
    @Test void anOverflowInTheForwardPassStopsTraining() throws Exception {
        InSingle.run(() -> {
            Layer net = net();
            net.params().forEach(p -> p.value.fill(3e38));
            History history = new Trainer(net, SquaredError.half(), new Sgd(net.params(), 0.1)).listener(s -> { })
                    .fit(Matrix.columnOf(1, 2), Matrix.columnOf(1, 2));
            assertTrue(STOPPED.matcher(history.stopped()).matches(), history.stopped());
            net.params().forEach(p -> assertEquals((float) 3e38, p.value.maxAbs(), "the step is not taken"));
        });
    }

    @Test void numbersThatAreNaNOrNoFloatsAreNamed() throws Exception {
        InSingle.run(() -> {
            for (double number : new double[] {Double.NaN, 1e39, -1e300}) {
                String said = assertThrows(IllegalArgumentException.class, () -> Batch.of(Matrix.columnOf(1, number), Matrix.columnOf(1, 2)))
                        .getMessage();
                assertTrue(said.contains("input of example 1, column 0 is " + (double) (float) number), said);
            }
            Layer net = net();
            net.param("1.W").value.fill(Double.NaN);
            History history = new Trainer(net, SquaredError.half(), new Adam(net.params(), 0.1)).listener(s -> { })
                    .fit(Matrix.columnOf(1, 2), Matrix.columnOf(1, 2));
            assertTrue(STOPPED.matcher(history.stopped()).matches() && history.stopped().contains("the loss is NaN"), history.stopped());
            assertEquals(0, net.param("0.Wx").value.maxDifference(net().param("0.Wx").value), "the step is not taken");
        });
    }

    /** Squares of 1e25 are no floats: what Adam and RMSProp remember would be infinite, and every later step zero, in silence. */
    @Test void aGradientWhoseSquareOverflowsStopsTrainingUnlessItIsClipped() throws Exception {
        InSingle.run(() -> {
            Matrix x = Matrix.columnOf(1e13, -1e13), d = Matrix.columnOf(1e13, 1e13);
            for (double clip : new double[] {Double.MAX_VALUE, 1}) {
                for (boolean adam : new boolean[] {true, false}) {
                    Dense net = new Dense(1, 1, new SplittableRandom(1));
                    double before = net.param("W").value.get(0, 0);
                    Optimizer optimizer = adam ? new Adam(net.params(), 0.01) : new RmsProp(net.params(), 0.01);
                    History history = new Trainer(net, SquaredError.half(), optimizer).epochs(3).clip(clip).listener(s -> { }).fit(x, d);
                    if (clip == 1) {
                        assertEquals("", history.stopped());
                        assertTrue(net.param("W").value.get(0, 0) != before);
                    } else {
                        assertTrue(STOPPED.matcher(history.stopped()).matches() && history.stopped().matches(".*the gradient is .*e\\+2\\d long, .*"),
                                history.stopped());
                        assertEquals(before, net.param("W").value.get(0, 0));
                    }
                }
            }
        });
    }

    @Test void theLengthOfGradientsOfAnySize() throws Exception {
        InSingle.run(() -> {
            for (double size : new double[] {1e-38, 1e-30, 1e-10, 1, 1e19, 1e30, 8e37}) {
                Param a = new Param("a", 1, 1), b = new Param("b", 1, 1);
                a.grad.fill(3 * size);
                b.grad.fill(-4 * size);
                assertEquals(5 * size, Clip.norm(List.of(a, b)), 1e-6 * size);
                Clip.norm(List.of(a, b), size);
                assertEquals(0.6 * size, a.grad.get(0, 0), 1e-6 * size);
                assertEquals(-0.8 * size, b.grad.get(0, 0), 1e-6 * size);
            }
        });
    }

    /** e^-200 is 0 as a float, its logarithm is -200 all the same. */
    @Test void theLossOfAProbabilityThatUnderflows() throws Exception {
        InSingle.run(() -> {
            for (double score : new double[] {-60, -80, -88, -100, -200, -1e30}) {
                Matrix y = Matrix.rowOf(0, score);
                double exact = (float) -score;
                CrossEntropy loss = new CrossEntropy();
                assertEquals(exact, loss.forward(y, Matrix.rowOf(1)), 1e-7 * exact, "class, score " + score);
                assertEquals(-1, loss.backward().all().get(0, 1));
                assertEquals(exact, loss.forward(y, Matrix.rowOf(0, 1)), 1e-7 * exact, "probabilities, score " + score);
                BinaryCrossEntropy yesOrNo = new BinaryCrossEntropy();
                assertEquals(exact, yesOrNo.forward(Matrix.rowOf(score), Matrix.rowOf(1)), 1e-7 * exact, "yes, score " + score);
                assertEquals(exact, yesOrNo.forward(Matrix.rowOf(-score), Matrix.rowOf(0)), 1e-7 * exact, "no, score " + score);
            }
        });
    }

    @Test void aGradientCheckNeedsDoubles() {
        Layer net = InSingle.get(SingleAtTheEdgeTest::net), twice = net();
        Sequence x = new Sequence(2, 1, 1), d = new Sequence(2, 1, 1);
        x.all().fill(1);
        Sequence once = x.in(Precision.SINGLE);
        for (Executable check : List.<Executable>of(() -> GradientCheck.of(net, SquaredError.half(), x, d, null),
                () -> GradientCheck.of(twice, SquaredError.half(), once, d, null))) {
            String said = assertThrows(IllegalArgumentException.class, check).getMessage();
            assertTrue(said.startsWith("GradientCheck: ") && said.contains("single precision") && said.contains("Precision.DOUBLE.use()"), said);
        }
        assertTrue(GradientCheck.of(twice, SquaredError.half(), x, d, null).passed());
    }

    // ---- what looks into a network ----

    @Test void principalComponentsOfStatesOfAnySize() throws Exception {
        double[] expected = Pca.of(NumbersAtTheEdgeTest.states(0, 1), 2).shares();
        InSingle.run(() -> {
            for (double size : new double[] {1e-36, 1e-20, 1, 1e20, 1e37}) {
                Pca pca = Pca.of(NumbersAtTheEdgeTest.states(0, size), 2);
                assertArrayEquals(expected, pca.shares(), 1e-6, "size " + size);
                assertEquals(1, pca.directions().get(0, 0), 1e-3);
                assertEquals(Precision.SINGLE, pca.project(NumbersAtTheEdgeTest.states(0, size)).precision());
            }
            assertArrayEquals(expected, Pca.of(NumbersAtTheEdgeTest.states(100, 1), 2).shares(), 1e-5);
            for (double equal : new double[] {0, 0.1, 1 / 3.0, 1e20, 1e-42}) {
                assertArrayEquals(new double[2], Pca.of(NumbersAtTheEdgeTest.states(equal, 0), 2).shares(), "all states are " + equal);
            }
        });
    }

    /** tanh'(0) Wh = 0.1 a step: after 37 steps 1e-37, whose square is no float. */
    @Test void aGradientThatVanishesIsMeasuredAsFarAsFloatsGo() throws Exception {
        InSingle.run(() -> {
            Elman cell = new Elman(1, 1, new SplittableRandom(1));
            cell.params().forEach(p -> p.value.fill(0));
            cell.param("Wh").value.fill(0.1);
            GradientByLag lags = GradientByLag.of(cell, new Sequence(60, 1, 1), Matrix.rowOf(1));
            for (int lag = 0; lag <= 37; lag++) {
                assertEquals(Math.pow(0.1, lag), lags.norms()[lag], 1e-5 * Math.pow(0.1, lag), "lag " + lag);
            }
            assertEquals(0, lags.norms()[50], "below 1e-45");
            assertEquals(0.1, lags.ratio(), 1e-6);
        });
    }
}
