package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** What {@link Layer} promises of every layer, whatever it computes. */
class ContractTest {
    private static final int D = 4, H = 3, V = 6;

    static Map<String, Supplier<Layer>> layers() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        layers.put("Dense", () -> new Dense(D, H, random(1)));
        layers.put("Activation tanh", Activation::tanh);
        layers.put("Activation sigmoid", Activation::sigmoid);
        layers.put("Activation relu", Activation::relu);
        layers.put("Embedding", () -> new Embedding(V, H, random(1)));
        layers.put("Tdnn", () -> new Tdnn(D, H, 3, random(1)));
        layers.put("Elman", () -> new Elman(D, H, random(1)));
        layers.put("Jordan", () -> new Jordan(D, 5, H, random(1)));
        layers.put("Lstm", () -> new Lstm(D, H, random(1)));
        layers.put("Lstm peepholes", () -> Lstm.peepholes(D, H, random(1)));
        layers.put("Lstm1997", () -> new Lstm1997(D, H, random(1)));
        layers.put("Gru", () -> new Gru(D, H, random(1)));
        layers.put("Gru 2014", () -> Gru.of2014(D, H, random(1)));
        layers.put("Bidirectional", () -> Bidirectional.of(new Elman(D, H, random(1)), new Gru(D, H + 1, random(2))));
        layers.put("Bidirectional sum", () -> Bidirectional.sum(new Elman(D, H, random(1)), new Lstm(D, H, random(2))));
        layers.put("Sequential", () -> Sequential.of(new Dense(D, 5, random(1)), Activation.tanh(), new Gru(5, H, random(2))));
        layers.put("Conv causal", () -> Conv.causal(D, H, 2, random(1)));
        layers.put("Conv centred", () -> Conv.centred(D, H, 3, random(1)));
        layers.put("Conv2d valid", () -> Conv2d.valid(new Frame(2, 3, 4), 3, 2, random(1)));
        layers.put("Conv2d same", () -> Conv2d.same(new Frame(1, 3, 4), 2, 3, random(1)));
        layers.put("Pool2d max", () -> Pool2d.max(new Frame(2, 3, 4), 2));
        layers.put("Pool2d mean", () -> Pool2d.mean(new Frame(2, 3, 4), 2));
        layers.put("Dropout", () -> new Dropout(0.5, random(1)));
        layers.put("Dropout per sequence", () -> Dropout.perSequence(0.5, random(1)));
        layers.put("Backwards", () -> Backwards.of(new Lstm(D, H, random(1))));
        layers.put("LearnedStart", () -> LearnedStart.of(new Lstm(D, H, random(1))));
        layers.put("LastStep", LastStep::new);
        layers.put("LastStep of both ends", () -> LastStep.bothEnds(3));
        layers.put("LastStep of backwards", LastStep::ofBackwards);
        layers.put("MeanOverTime", MeanOverTime::new);
        layers.put("MaxOverTime", MaxOverTime::new);
        layers.put("Gru, state dropped", () -> new Gru(D, H, random(1)).dropState(0.5, random(2)));
        return layers;
    }

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }

    private static Stream<DynamicTest> forEachLayer(Consumer<Supplier<Layer>> test) {
        return layers().entrySet().stream().map(l -> DynamicTest.dynamicTest(l.getKey(), () -> test.accept(l.getValue())));
    }

    private static Sequence input(Layer layer, int T, int B, long seed) {
        SplittableRandom random = random(seed);
        Sequence x = new Sequence(T, B, layer.inputs() == 0 ? D : layer.inputs());
        for (int r = 0; r < T * B; r++) {
            for (int j = 0; j < x.F; j++) {
                x.all().set(r, j, layer instanceof Embedding ? random.nextInt(V) : random.nextGaussian());
            }
        }
        return x;
    }

    private static Sequence gradient(Sequence y, long seed) {
        Sequence dy = new Sequence(y.T, y.B, y.F);
        Init.normal(1).fill(dy.all(), random(seed));
        return dy;
    }

    /** A workspace of the wrong size, or one that was not cleared, shows when the batch changes its shape. */
    @TestFactory
    Stream<DynamicTest> afterOtherShapesALayerEqualsAFreshOne() {
        return forEachLayer(make -> {
            Layer used = make.get();
            for (int[] shape : new int[][] {{4, 2}, {6, 2}, {6, 3}, {3, 3}, {3, 2}, {3, 2}}) {
                Layer fresh = make.get();
                Sequence x = input(used, shape[0], shape[1], 5).lengths(random(4).ints(shape[1], 1, shape[0] + 1).toArray());
                Sequence y = used.forward(x), yFresh = fresh.forward(x), dy = gradient(yFresh, 6);
                assertTrue(y.sameShape(yFresh));
                assertEquals(0, yFresh.all().maxDifference(y.all()), "y");
                used.zeroGrad();
                assertEquals(0, fresh.backward(dy).all().maxDifference(used.backward(dy).all()), "dx");
                for (Map.Entry<String, Param> p : fresh.named().entrySet()) {
                    assertEquals(0, p.getValue().grad.maxDifference(used.param(p.getKey()).grad), "d" + p.getKey());
                }
                if (used instanceof Recurrent r) {
                    equal(((Recurrent) fresh).end(), r.end());
                    equal(((Recurrent) fresh).startGradient(), r.startGradient());
                }
            }
        });
    }

    private static void equal(List<Matrix> expected, List<Matrix> actual) {
        assertEquals(expected.size(), actual.size());
        for (int n = 0; n < expected.size(); n++) {
            assertEquals(0, expected.get(n).maxDifference(actual.get(n)));
        }
    }

    @TestFactory
    Stream<DynamicTest> gradientsAddUpUntilTheyAreCleared() {
        return forEachLayer(make -> {
            Layer layer = make.get();
            Sequence x = input(layer, 4, 2, 7), dy = gradient(layer.forward(x), 8);
            layer.backward(dy);
            Map<String, Matrix> once = new LinkedHashMap<>();
            layer.named().forEach((name, p) -> once.put(name, p.grad.copy()));
            layer.forward(x);
            layer.backward(dy);
            once.forEach((name, grad) -> assertEquals(0, grad.scale(2).maxDifference(layer.param(name).grad), 1e-12, "d" + name));
            layer.zeroGrad();
            layer.params().forEach(p -> assertEquals(0, p.grad.maxAbs()));
        });
    }

    @TestFactory
    Stream<DynamicTest> lengthsPassThrough() {
        return forEachLayer(make -> {
            Layer layer = make.get();
            Sequence y = layer.forward(input(layer, 4, 3, 9).lengths(2, 4, 1));
            if (y.T == 1) {
                assertTrue(!y.hasLengths(), "one step of all has no padding");
                return;
            }
            assertTrue(y.hasLengths() && y.length(0) == 2 && y.length(1) == 4 && y.length(2) == 1);
            assertTrue(!layer.forward(input(layer, 4, 3, 9)).hasLengths(), "and are forgotten with the next batch");
        });
    }

    /** What a pass writes at t = -1 of its own arrays, or leaves in those of the caller, must not reach the next pass. */
    @TestFactory
    Stream<DynamicTest> thePassBeforeLeavesNoTrace() {
        return forEachLayer(make -> {
            Layer used = make.get(), fresh = make.get();
            Sequence other = input(used, 4, 3, 10).lengths(2, 4, 1), x = input(used, 4, 3, 11);
            used.backward(gradient(used.forward(other), 12));
            used.zeroGrad();
            Sequence y = used.forward(x), yFresh = fresh.forward(x), dy = gradient(y, 13);
            assertEquals(0, yFresh.all().maxDifference(y.all()), "y");
            assertEquals(0, fresh.backward(dy).all().maxDifference(used.backward(dy).all()), "dx");
            fresh.named().forEach((name, p) -> assertEquals(0, p.grad.maxDifference(used.param(name).grad), "d" + name));
        });
    }

    @TestFactory
    Stream<DynamicTest> withoutTheGradientOfTheInputTheOthersStayTheSame() {
        return forEachLayer(make -> {
            Layer all = make.get(), some = make.get();
            assertTrue(some.inputGradient());
            Sequence x = input(all, 4, 2, 16), dy = gradient(all.forward(x), 17);
            some.inputGradient(false).forward(x);
            Sequence dx = all.backward(dy), none = some.backward(dy);
            all.named().forEach((name, p) -> assertEquals(0, p.grad.maxDifference(some.param(name).grad), "d" + name));
            assertTrue(none == null || none.all().maxDifference(dx.all()) == 0, "none, or the right one");
            boolean saves = some instanceof Dense || some instanceof Recurrent || some instanceof Composite || some instanceof Conv
                    || some instanceof Conv2d || some instanceof Tdnn;
            assertEquals(saves, none == null);
            some.zeroGrad();
            some.inputGradient(true).forward(x);
            assertEquals(0, dx.all().maxDifference(some.backward(dy).all()), "asked for again");
        });
    }

    @Test void onlyTheFirstLayerOfAStackLeavesItsInputGradientOut() {
        Dense first = new Dense(D, 5, random(1)), second = new Dense(5, H, random(2));
        Layer net = Sequential.of(first, second).inputGradient(false);
        assertTrue(!net.inputGradient() && !first.inputGradient() && second.inputGradient());
        assertEquals(null, net.backward(gradient(net.forward(input(net, 2, 3, 18)), 19)));
        assertTrue(first.param("W").grad.maxAbs() > 0);
    }

    @Test void theSumOfBothDirectionsIsTheirSum() {
        Layer sum = Bidirectional.sum(new Elman(D, H, random(1)), new Gru(D, H, random(2)));
        Layer both = Bidirectional.of(new Elman(D, H, random(1)), new Gru(D, H, random(2)));
        Sequence x = input(sum, 5, 3, 14).lengths(5, 2, 3), dy = gradient(new Sequence(5, 3, H), 15), dyBoth = new Sequence(5, 3, 2 * H);
        Matrix y = sum.forward(x).all(), yBoth = both.forward(x).all();
        assertEquals(0, new Matrix(15, H).plus(yBoth.cols(0, H), yBoth.cols(H, 2 * H)).maxDifference(y));
        dyBoth.all().cols(0, H).set(dy.all());
        dyBoth.all().cols(H, 2 * H).set(dy.all());
        assertEquals(0, both.backward(dyBoth).all().maxDifference(sum.backward(dy).all()));
    }

    @Test void trainingReachesEveryPart() {
        int[] told = new int[3];
        Layer net = Sequential.of(new Told(0, told), Bidirectional.of(new Told(1, told), new Told(2, told)));
        net.training(true);
        assertEquals(List.of(1, 1, 1), List.of(told[0], told[1], told[2]));
        net.training(false);
        assertEquals(List.of(2, 2, 2), List.of(told[0], told[1], told[2]));
    }

    /** Counts how often it was told of training. */
    private static final class Told extends Recurrent {
        private final int number;
        private final int[] told;

        Told(int number, int[] told) {
            super(2, 2);
            this.number = number;
            this.told = told;
        }

        @Override public Layer training(boolean training) {
            told[number]++;
            return this;
        }

        @Override protected void allocate() { }

        @Override protected void before() { }

        @Override protected void step(int t) { }

        @Override protected void beforeBack() { }

        @Override protected void stepBack(int t) { }

        @Override protected void afterBack() { }
    }
}
