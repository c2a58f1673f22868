package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** What every layer promises: a batch equals its singles, arguments stay unchanged and unkept, and misuse gets a sentence. */
class LayerTest {
    private static final List<Supplier<Layer>> LAYERS = List.of(
            () -> new Dense(3, 2, new SplittableRandom(1)), Activation::tanh, Activation::sigmoid, Activation::relu,
            () -> Sequential.of(new Dense(3, 4, new SplittableRandom(2)), Activation.relu(), new Dense(4, 3, new SplittableRandom(3))));

    private static Sequence random(int T, int B, int F) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), new SplittableRandom(9));
        return s;
    }

    @Test void aBatchEqualsItsSingles() {
        for (Supplier<Layer> make : LAYERS) {
            Sequence x = random(1, 5, 3), y = make.get().forward(x);
            for (int i = 0; i < x.B; i++) {
                Matrix single = make.get().forward(x.at(0).row(i));
                assertTrue(single.maxDifference(y.at(0).row(i)) <= 1e-15, make.get().toString());
            }
        }
    }

    @Test void stepsOfASequenceEqualNetworksWithoutTime() {
        for (Supplier<Layer> make : LAYERS) {
            Sequence x = random(4, 2, 3), y = make.get().forward(x);
            for (int t = 0; t < x.T; t++) {
                assertTrue(make.get().forward(x.at(t)).maxDifference(y.at(t)) <= 1e-15, make.get().toString());
            }
        }
    }

    @Test void argumentsAreNeitherChangedNorKept() {
        for (Supplier<Layer> make : LAYERS) {
            Layer layer = make.get(), twin = make.get();
            Sequence x = random(2, 3, 3), original = x.copy();
            Sequence y = layer.forward(x), dy = y.copy(), dyOriginal = dy.copy();
            x.fill(Double.NaN);                                   // what the caller does with its array afterwards
            Matrix dx = layer.backward(dy).all().copy();
            twin.forward(original);
            assertEquals(0, twin.backward(dyOriginal).all().maxDifference(dx), layer.toString());
            assertEquals(0, dy.all().maxDifference(dyOriginal.all()), "dy unchanged by " + layer);
        }
    }

    @Test void gradientsAddUpUntilTheyAreCleared() {
        Layer layer = new Dense(3, 2, new SplittableRandom(1));
        Matrix x = Matrix.rowOf(1, 2, 3), d = Matrix.rowOf(0, 0);
        SquaredError loss = SquaredError.half();
        loss.forward(layer.forward(x), d);
        layer.backward(loss.backward());
        Matrix once = layer.param("W").grad.copy();
        layer.backward(loss.backward());
        assertEquals(0, layer.param("W").grad.maxDifference(once.copy().scale(2)), 1e-15);
        layer.zeroGrad();
        assertEquals(0, layer.param("W").grad.maxAbs());
    }

    @Test void anotherBatchSizeIsFine() {
        for (Supplier<Layer> make : LAYERS) {
            Layer layer = make.get();
            layer.forward(random(2, 7, 3));
            Sequence x = random(3, 2, 3);
            assertEquals(0, make.get().forward(x).all().maxDifference(layer.forward(x).all()));
        }
    }

    @Test void sameSeedSameBits() {
        for (Init init : List.of(Init.xavier(), Init.normal(2), Init.uniform(0.3), Init.orthogonal(1))) {
            Dense a = new Dense(7, 4, init, new SplittableRandom(11)), b = new Dense(7, 4, init, new SplittableRandom(11));
            assertEquals(0, a.param("W").value.maxDifference(b.param("W").value));
            assertTrue(a.param("W").value.maxDifference(new Dense(7, 4, init, new SplittableRandom(12)).param("W").value) > 0);
        }
    }

    @Test void orthogonalMeansOrthonormalRowsOrColumns() {
        for (int[] shape : new int[][] {{5, 5}, {7, 4}, {4, 7}, {1, 6}}) {
            Matrix W = new Matrix(shape[0], shape[1]);
            Init.orthogonal(3).fill(W, new SplittableRandom(1));
            Matrix narrow = shape[0] < shape[1] ? W : W.transposed().copy();
            Matrix product = new Matrix(narrow.rows(), narrow.rows()).dot(narrow, narrow.transposed());
            for (int i = 0; i < product.rows(); i++) {
                product.set(i, i, product.get(i, i) - 9);
            }
            assertEquals(0, product.maxAbs(), 1e-13);
        }
    }

    @Test void xavierStaysInItsLimitAndFillsIt() {
        Matrix W = new Matrix(40, 20);
        Init.xavier().fill(W, new SplittableRandom(1));
        double limit = Math.sqrt(6.0 / 60);
        assertTrue(W.maxAbs() <= limit && W.maxAbs() > 0.99 * limit);
        assertEquals(limit * limit / 3, W.sumOfSquares() / 800, 0.002);
    }

    @Test void normalHasItsDeviation() {
        Matrix W = new Matrix(200, 200);
        Init.normal(0.5).fill(W, new SplittableRandom(1));
        assertEquals(0, W.sum() / 40000, 0.01);
        assertEquals(0.25, W.sumOfSquares() / 40000, 0.005);
    }

    @Test void namesAndCounts() {
        Sequential net = Sequential.of(new Dense(3, 4, new SplittableRandom(1)), Activation.tanh(), new Dense(Matrix.of(new double[4][2]), null));
        assertEquals(List.of("0.W", "0.b", "2.W"), List.copyOf(net.named().keySet()));
        assertEquals(3 * 4 + 4 + 8, net.size());
        assertEquals(3, net.inputs());
        assertEquals(2, net.outputs());
        assertSame(net.params().get(2), net.param("2.W"));
        assertTrue(net.toString().contains("Dense(4 -> 2, no bias)"));
    }

    @Test void misuseGetsASentence() {
        Dense layer = new Dense(3, 2, new SplittableRandom(1));
        says(IllegalArgumentException.class, () -> layer.forward(Matrix.rowOf(1, 2)), "[T=1,B=1,F=2]", "D = 3");
        says(IllegalStateException.class, () -> new Dense(3, 2, new SplittableRandom(1)).backward(new Sequence(1, 1, 2)), "forward(x) first");
        layer.forward(Matrix.rowOf(1, 2, 3));
        says(IllegalArgumentException.class, () -> layer.backward(new Sequence(1, 2, 2)), "[T=1,B=2,F=2]", "[T=1,B=1,F=2]");
        says(IllegalArgumentException.class, () -> Sequential.of(layer, new Dense(3, 1, new SplittableRandom(1))), "expects D = 3", "give 2");
        says(IllegalArgumentException.class, () -> Sequential.of(layer, Activation.tanh(), new Dense(3, 1, new SplittableRandom(1))), "layer 2", "give 2");
        Layer square = new Dense(2, 2, new SplittableRandom(1));
        says(IllegalArgumentException.class, () -> Sequential.of(square, Activation.tanh(), square), "same object");
        says(IllegalArgumentException.class, () -> Sequential.of(), "at least one layer");
        says(IllegalArgumentException.class, () -> layer.param("V"), "[W, b]");
        says(IllegalArgumentException.class, () -> new Dense(Matrix.of(new double[3][2]), Matrix.rowOf(1)), "[1,1]", "[1,2]");
        says(IllegalArgumentException.class, () -> Sequential.of(layer).layer(1), "0 to 0");
        says(IllegalArgumentException.class, () -> new Dense(0, 2, new SplittableRandom(1)), "D = 0");
    }

    private static void says(Class<? extends RuntimeException> type, Runnable run, String... words) {
        String message = assertThrows(type, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
