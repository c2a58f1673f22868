package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static unrolled.layers.RecurrentTest.input;
import static unrolled.layers.RecurrentTest.near;
import static unrolled.layers.RecurrentTest.part;
import static unrolled.layers.RecurrentTest.random;
import static unrolled.layers.RecurrentTest.says;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.GradientCheck;

/** Convolutions and pooling: gradients, what a window sees and what it does not, and padding that does not leak. */
class ConvTest {
    private static final int T = 6, B = 3, D = 4, H = 5;
    private static final Frame FRAME = new Frame(2, 5, 4);

    private static Map<String, Supplier<Layer>> layers() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        for (int n : new int[] {1, 3, 9}) {
            layers.put("causal, window " + n, () -> Conv.causal(D, H, n, random(1)));
            layers.put("centred, window " + n, () -> Conv.centred(D, H, n, random(1)));
        }
        layers.put("causal, window 2", () -> Conv.causal(D, H, 2, random(1)));
        layers.put("tdnn", () -> new Tdnn(D, H, 3, random(1)));
        layers.put("conv2d, valid", () -> Conv2d.valid(FRAME, 3, 2, random(1)));
        layers.put("conv2d, same", () -> Conv2d.same(FRAME, 3, 3, random(1)));
        layers.put("max", () -> Pool2d.max(FRAME, 2));
        layers.put("mean", () -> Pool2d.mean(FRAME, 2));
        layers.replaceAll((name, make) -> () -> {
            Layer layer = make.get();
            layer.params().stream().filter(p -> p.name.equals("b")).forEach(b -> Init.normal(0.5).fill(b.value, random(2)));
            return layer;
        });
        return layers;
    }

    private static Stream<DynamicTest> forEach(java.util.function.Consumer<Supplier<Layer>> test) {
        return layers().entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> test.accept(c.getValue())));
    }

    private static Sequence sequence(int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random(seed));
        return s;
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfParametersAndInputs() {
        return forEach(make -> {
            for (int[] lengths : new int[][] {null, {6, 2, 4}}) {
                Layer net = Sequential.of(make.get(), new Dense(make.get().outputs(), 2, random(3)));
                Sequence d = new Sequence(T, B, 2).fill(0.3);
                GradientCheck check = GradientCheck.of(net, SquaredError.half(), sequence(net.inputs(), 4).lengths(lengths), d, null);
                assertTrue(check.worst() <= 1e-6, check::toString);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aBatchEqualsItsSingles() {
        return forEach(make -> {
            Sequence x = sequence(make.get().inputs(), 7).lengths(6, 2, 4), y = make.get().forward(x);
            for (int b = 0; b < B; b++) {
                Sequence single = new Sequence(x.length(b), 1, x.F);
                single.all().set(x.one(b).rows(0, x.length(b)));
                near(make.get().forward(single).all(), y.one(b).rows(0, x.length(b)), "sequence " + b + ", without its padding");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> paddingHasNoGradient() {
        return forEach(make -> {
            int n = 4;
            Layer padded = make.get(), plain = make.get();
            Sequence x = sequence(padded.inputs(), 8).lengths(n, n, n), dy = sequence(padded.outputs(), 9);
            x.at(n).fill(77);
            for (int t = n; t < T; t++) {
                dy.at(t).fill(0);
            }
            plain.forward(part(x, 0, n));
            padded.forward(x);
            Sequence dx = padded.backward(dy);
            near(plain.backward(part(dy, 0, n)).all(), part(dx, 0, n).all(), "dx");
            assertEquals(0, part(dx, n, T - n).all().maxAbs(), "dx at padding");
            for (Param p : plain.params()) {
                near(p.grad, padded.param(p.name).grad, "d" + p.name);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> argumentsStayAsTheyWereAndAreNotKept() {
        return forEach(make -> {
            Layer layer = make.get(), twin = make.get();
            Sequence x = sequence(layer.inputs(), 10), original = x.copy(), dy = sequence(layer.outputs(), 11), dyOriginal = dy.copy();
            layer.forward(x);
            near(original.all(), x.all(), "x");
            x.fill(Double.NaN);
            Matrix dx = layer.backward(dy).all().copy();
            near(dyOriginal.all(), dy.all(), "dy");
            twin.forward(original);
            near(twin.backward(dyOriginal).all(), dx, "dx");
        });
    }

    @Test void aWindowSeesItsStepsAndNothingElse() {
        for (boolean centred : new boolean[] {false, true}) {
            Conv conv = centred ? Conv.centred(D, H, 3, random(1)) : Conv.causal(D, H, 3, random(1));
            Sequence x = input(12), y = conv.forward(x).copy();
            x.at(3).add(input(13).at(3));
            Sequence changed = conv.forward(x);
            for (int t = 0; t < T; t++) {
                boolean sees = centred ? Math.abs(t - 3) <= 1 : t >= 3 && t <= 5;
                assertEquals(sees, changed.at(t).maxDifference(y.at(t)) > 1e-6, "step " + t + " of " + conv);
            }
        }
    }

    @Test void aCentredConvolutionOfReversedSequencesIsTheReverseWithReversedWindow() {
        int n = 3;
        Conv forth = Conv.centred(D, H, n, random(1)), back = Conv.centred(D, H, n, random(1));
        for (int k = 0; k < n; k++) {
            back.param("W").value.rows(k * D, (k + 1) * D).set(forth.param("W").value.rows((n - 1 - k) * D, (n - k) * D));
        }
        Sequence x = input(14).lengths(6, 2, 4), y = forth.forward(x);
        Sequence again = new Sequence(T, B, H).reverse(back.forward(new Sequence(T, B, D).reverse(x)));
        for (int b = 0; b < B; b++) {
            near(y.one(b).rows(0, x.length(b)), again.one(b).rows(0, x.length(b)), "sequence " + b);
        }
    }

    @Test void aWindowOfOneStepIsADenseLayer() {
        Conv conv = Conv.causal(D, H, 1, random(1));
        near(new Dense(conv.param("W").value, conv.param("b").value).forward(input(15)).all(), conv.forward(input(15)).all(), "y");
    }

    @Test void framesLieChannelAfterChannel() {
        Frame frame = new Frame(2, 3, 4);
        Pool2d one = Pool2d.max(frame, 1);
        assertEquals(24, one.inputs());
        Conv2d conv = Conv2d.valid(frame, 1, 1, random(1));
        conv.param("W").value.set(0, 0, 0).set(1, 0, 1);             // only the second channel
        Matrix x = new Matrix(1, 24);
        for (int j = 0; j < 24; j++) {
            x.set(0, j, j);
        }
        near(x.cols(12, 24), conv.forward(x), "the second channel begins at height · width");
        assertEquals(2 * 4 + 3, Pool2d.max(new Frame(1, 3, 4), 3).forward(x.cols(0, 12)).get(0, 0) + 1, "row 2, column 2 of a 3 x 4 frame");
        assertEquals((0 + 1 + 4 + 5) / 4.0, Pool2d.mean(frame, 2).forward(x).get(0, 0), "rows 0 and 1, columns 0 and 1");
        assertTrue(Double.isNaN(Pool2d.max(frame, 3).forward(x.copy().set(0, 1, Double.NaN)).get(0, 0)), "NaN is not hidden");
    }

    @Test void aTimeDelayNetworkIsACausalConvolutionAndATanh() {
        Tdnn net = new Tdnn(D, H, 3, random(1));
        near(Sequential.of(Conv.causal(D, H, 3, random(1)), Activation.tanh()).forward(input(16)).all(), net.forward(input(16)).all(), "y");
    }

    @Test void ofEqualLargestNumbersTheFirstGetsTheGradient() {
        Pool2d pool = Pool2d.max(new Frame(1, 2, 2), 2);
        assertEquals(7, pool.forward(Matrix.rowOf(3, 7, 7, 7)).get(0, 0));
        near(Matrix.rowOf(0, 5, 0, 0), pool.backward(Sequence.of(Matrix.rowOf(5))).at(0), "dx");
        pool.forward(Matrix.rowOf(7, 7, 7, 7));
        near(Matrix.rowOf(5, 0, 0, 0), pool.backward(Sequence.of(Matrix.rowOf(5))).at(0), "dx");
    }

    @Test void misuseGetsASentence() {
        says(() -> Conv.causal(D, H, 0, random(1)), "window of 0 steps");
        says(() -> Conv.centred(D, H, 4, random(1)), "window of 4 steps has no middle", "odd");
        says(() -> Conv.causal(D, H, 2, random(1)).forward(new Sequence(2, 1, D + 1)), "D = 4");
        says(() -> Conv.causal(D, H, 2, random(1)).backward(input(1)), "before any forward");
        says(() -> Conv2d.same(FRAME, 3, 2, random(1)), "2 x 2 pixels has no middle", "odd");
        says(() -> Conv2d.valid(FRAME, 3, 0, random(1)), "0 x 0 pixels");
        says(() -> Conv2d.valid(FRAME, 3, 5, random(1)), "window larger than its frame");
        says(() -> Conv2d.valid(FRAME, 3, 2, random(1)).forward(new Sequence(1, 1, 39)), "39 numbers per step", "2x5x4", "D = 40");
        says(() -> Pool2d.max(FRAME, 2).forward(new Sequence(1, 1, 39)), "2x5x4", "D = 40");
        says(() -> Pool2d.max(FRAME, 5), "window larger than its frame");
        says(() -> Pool2d.mean(FRAME, 0), "0 x 0 pixels");
        says(() -> Pool2d.mean(FRAME, 2).backward(new Sequence(1, 1, 8)), "before any forward");
        says(() -> new Frame(0, 2, 2), "0 channels");
    }
}
