package unrolled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.data.Series;
import unrolled.data.Windows.Scale;
import unrolled.inspect.GradientByLag;
import unrolled.inspect.GradientLedger;
import unrolled.inspect.Pca;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Param;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;
import unrolled.train.Accuracy;
import unrolled.train.History;
import unrolled.train.Trainer;

/** Means, deviations and lengths of numbers that are equal, huge or tiny: right, or refused in a sentence, never silently wrong. */
class NumbersAtTheEdgeTest {
    private static void says(Runnable run, String... words) {
        String message = assertThrows(RuntimeException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test void valuesThatAreEqualHaveNoScale() {
        says(() -> Scale.fit(new double[] {0.1, 0.1, 0.1}), "equal, 0.1", "nothing to scale");
        says(() -> Scale.fit(new double[] {1e200, 1e200}), "equal");
        says(() -> Scale.fit(new double[] {-0.0, 0.0}), "equal");
        says(() -> Scale.fit(new double[] {7}), "all 1 values are equal");
        says(() -> Scale.fit(new double[] {0.1 + 0.2, 0.3, 0.3}), "equal but for their last digits");
        double[] drift = new double[1000];
        Arrays.setAll(drift, i -> 101325.1 + (i % 3) * Math.ulp(101325.1));
        says(() -> Scale.fit(drift), "last digits");
        says(() -> Scale.fit(null), "null", "values to train on");
        says(() -> Scale.fit(new double[] {1, 2, Double.NEGATIVE_INFINITY}), "value 2", "-Infinity");
        says(() -> Series.of(new double[] {2, 2, 2, 2, 3, 4}, 0.6, 1, 1, 1), "equal, 2.0");
        says(() -> new Scale(0, 0), "deviation 0");
        says(() -> new Scale(Double.NaN, 1), "mean NaN");
    }

    @Test void valuesOfAnySizeAreScaledAlike() {
        double[] v = {1, 2, 4, 7}, expected = Scale.fit(v).apply(v);
        for (double size : new double[] {1e-310, 1e-200, 1e-30, 1e30, 1e200, 2e307}) {
            double[] w = Arrays.stream(v).map(x -> x * size).toArray();
            Scale scale = Scale.fit(w);
            assertArrayEquals(expected, scale.apply(w), size < 1e-307 ? 1e-12 : 1e-14, "size " + size);
            assertEquals(w[3], scale.invert(expected[3]), 1e-12 * w[3]);
        }
        double[] poles = {-1.7e308, 1.7e308};
        assertArrayEquals(new double[] {-1, 1}, Scale.fit(poles).apply(poles), 1e-14);
        double[] offset = {1e9, 1e9 + 1e-3, 1e9 + 2e-3};
        assertEquals(1e-3 * Math.sqrt(2 / 3.0), Scale.fit(offset).deviation(), 1e-6);
    }

    @Test void theLengthOfGradientsOfAnySize() {
        for (double size : new double[] {1e-320, 1e-250, 1e-160, 1, 1e160, 1e200, 3e307}) {
            assertEquals(5 * size, Clip.norm(List.of(param(3 * size), param(4 * size))), 1e-3 * size < 1e-300 ? 1e-322 : 5e-15 * size);
            assertEquals(5 * size, Matrix.of(new double[][] {{3 * size}, {-4 * size}}).norm(), 1e-3 * size < 1e-300 ? 1e-322 : 5e-15 * size);
        }
        assertEquals(0, Clip.norm(List.of(param(0))));
        assertEquals(0, new Matrix(2, 2).norm());
        assertTrue(Double.isNaN(Clip.norm(List.of(param(1), param(Double.NaN)))));
        assertTrue(Double.isNaN(Matrix.of(new double[][] {{1, Double.NaN}}).norm()));
        assertEquals(Double.POSITIVE_INFINITY, Matrix.of(new double[][] {{1, Double.NEGATIVE_INFINITY}}).norm());
        Param a = param(3e200), b = param(-4e200);
        assertEquals(5e200, Clip.norm(List.of(a, b), 1), 1e186);
        assertEquals(0.6, a.grad.get(0, 0), 1e-15, "clipped");
        assertEquals(-0.8, b.grad.get(0, 0), 1e-15);
    }

    private static Param param(double grad) {
        Param p = new Param("W", 1, 1);
        p.grad.fill(grad);
        return p;
    }

    /** Adam's v = dW² would be infinite, and every later step zero, in silence. */
    @Test void aGradientWhoseSquareOverflowsStopsTrainingUnlessItIsClipped() {
        Matrix x = Matrix.columnOf(1e100, -1e100), d = Matrix.columnOf(1e100, 1e100);
        for (double clip : new double[] {Double.MAX_VALUE, 1}) {
            Dense net = new Dense(1, 1, new SplittableRandom(1));
            double before = net.param("W").value.get(0, 0);
            History history = new Trainer(net, SquaredError.half(), new Adam(net.params(), 0.01)).epochs(3).clip(clip).fit(x, d);
            if (clip == 1) {
                assertEquals("", history.stopped());
                assertTrue(net.param("W").value.get(0, 0) != before);
            } else {
                assertTrue(history.stopped().matches(".*minibatch 1: the loss is .*, the gradient is .*e\\+(199|200) long, .*clip\\(5\\).*"), history.stopped());
                assertEquals(before, net.param("W").value.get(0, 0));
            }
        }
    }

    /** tanh'(0) Wh = 1e-3 a step: after 60 steps 1e-180, whose square is no double. */
    @Test void aGradientThatVanishesIsStillMeasured() {
        Elman cell = new Elman(1, 1, new SplittableRandom(1));
        cell.params().forEach(p -> p.value.fill(0));
        cell.param("Wh").value.fill(1e-3);
        int T = 101;
        GradientByLag lags = GradientByLag.of(cell, new Sequence(T, 1, 1), Matrix.rowOf(1));
        assertEquals(1e-180, lags.norms()[60], 1e-190);
        assertEquals(1e-300, lags.shares()[100], 1e-310);
        assertEquals(1e-3, lags.ratio(), 1e-12);
        Sequence x = new Sequence(T, 1, 1), dy = new Sequence(T, 1, 1);
        x.all().fill(1e-5);
        cell.param("Wx").value.fill(1);
        dy.at(T - 1).fill(1);
        Matrix norms = GradientLedger.of(cell, x, dy).norms();
        assertEquals(1e-3, norms.get(T - 1, T - 70) / norms.get(T - 1, T - 69), 1e-9);
        says(() -> GradientByLag.of(cell, x, Matrix.rowOf(0)).shares(), "length 0", "another dLast");
        cell.param("Wh").value.fill(1e6);
        cell.param("Wx").value.fill(0);
        says(() -> GradientByLag.of(cell, new Sequence(T, 1, 1), Matrix.rowOf(1)).ratio(), "is Infinity", "exploded");
    }

    static Sequence states(double offset, double size) {
        SplittableRandom random = new SplittableRandom(3);
        Sequence h = new Sequence(10, 5, 3);
        for (int r = 0; r < 50; r++) {
            double a = random.nextDouble() - 0.5, b = random.nextDouble() - 0.5;
            for (int j = 0; j < 3; j++) {
                h.all().set(r, j, offset + size * (j == 0 ? a : j == 1 ? b / 10 : 0));
            }
        }
        return h;
    }

    @Test void principalComponentsOfStatesOfAnySize() {
        double[] expected = Pca.of(states(0, 1), 2).shares();
        assertTrue(expected[0] > 0.9 && expected[0] < 0.999);
        for (double size : new double[] {1e-310, 1e-200, 1e-100, 1e100, 1e200, 1e307}) {
            Pca pca = Pca.of(states(0, size), 2);
            assertArrayEquals(expected, pca.shares(), 1e-9, "size " + size);
            assertEquals(1, pca.directions().get(0, 0), 1e-3);
        }
        assertArrayEquals(expected, Pca.of(states(1e3, 1), 2).shares(), 1e-9);
        for (double equal : new double[] {0, 0.1, 1 / 3.0, 1e200, 1e-310}) {
            assertArrayEquals(new double[2], Pca.of(states(equal, 0), 2).shares(), "all states are " + equal);
        }
        Sequence broken = states(0, 1);
        broken.at(3).set(1, 1, Double.NaN);
        says(() -> Pca.of(broken, 2), "NaN or infinite", "[T=10,B=5,F=3]");
    }

    @Test void scoresThatAreNaNAreNoAnswer() {
        Matrix scores = Matrix.of(new double[][] {{1, 2}, {Double.NaN, Double.NaN}}), classes = Matrix.columnOf(1, 0);
        says(() -> Accuracy.of(scores, classes), "score 0 of example 1 is NaN");
        says(() -> Accuracy.of(Sequence.of(scores), Sequence.of(classes), null), "is NaN");
        assertEquals(1, Accuracy.of(Matrix.of(new double[][] {{Double.NEGATIVE_INFINITY, -1e300}}), Matrix.columnOf(1)));
    }
}
