package unrolled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Attention;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Conv;
import unrolled.layers.Conv2d;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Frame;
import unrolled.layers.Generator;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Jordan;
import unrolled.layers.LastStep;
import unrolled.layers.Layer;
import unrolled.layers.LearnedStart;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.MaxOverTime;
import unrolled.layers.MeanOverTime;
import unrolled.layers.Param;
import unrolled.layers.Pool2d;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Precision;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;
import unrolled.optim.RmsProp;
import unrolled.optim.Sgd;

/**
 * Single precision computes what double does, but for rounding: every layer, loss and optimizer made twice from the same seed, once in each
 * precision, gets the same numbers. Of every array that comes out (outputs, gradients of inputs and of each parameter) the largest
 * difference counts, as a share of the largest number in the array of double.
 */
class SinglePrecisionTest {
    private static final int B = 4, D = 6, H = 8;
    /** From 1 to the next float. */
    private static final double EPSILON = Math.ulp(1f);

    /**
     * How far apart they may be after T steps. Each number is made by a few operations and by sums of some ten terms a step, each of which
     * rounds by ε/2 at most; the errors of steps that follow one another add up, since weights as they are at first neither blow them up nor
     * forget them, but with either sign, so that they grow with √T. Measured at worst: 4.7 ε √T for an encoder and decoder with attention,
     * where the slope of a softmax is a difference of nearly equal numbers; 2.7 for all others. The rest is to spare.
     */
    private static double bound(int T) {
        return 20 * EPSILON * Math.sqrt(T);
    }

    private static Sequence random(int T, int B, int F, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), random);
        return s.in(Precision.SINGLE).in(Precision.current());           // numbers that both have
    }

    private static Sequence symbols(int T, int B, int V, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Sequence s = new Sequence(T, B, 1);
        for (int r = 0; r < T * B; r++) {
            s.all().set(r, 0, random.nextInt(V));
        }
        return s;
    }

    /** Lengths from T down to 1. */
    private static Sequence ragged(Sequence x) {
        int[] lengths = new int[x.B];
        for (int b = 0; b < x.B; b++) {
            lengths[b] = x.T - b * (x.T - 1) / (x.B - 1);
        }
        return x.lengths(lengths);
    }

    // ---- layers ----

    private static final Map<String, Function<RandomGenerator, Layer>> LAYERS = new LinkedHashMap<>();
    private static final Map<String, IntFunction<Sequence>> INPUTS = new LinkedHashMap<>();

    private static void layer(String name, Function<RandomGenerator, Layer> make) {
        LAYERS.put(name, make);
    }

    private static void layer(String name, IntFunction<Sequence> x, Function<RandomGenerator, Layer> make) {
        layer(name, make);
        INPUTS.put(name, x);
    }

    private static final Frame FRAME = new Frame(2, 5, 6);

    static {
        layer("Dense", r -> new Dense(D, H, r));
        layer("Dense without bias", r -> new Dense(Sequence.of(random(1, D, H, 5).all()).all(), null));
        layer("Activation tanh", r -> Activation.tanh());
        layer("Activation sigmoid", r -> Activation.sigmoid());
        layer("Activation relu", r -> Activation.relu());
        layer("Sequential", r -> Sequential.of(new Dense(D, H, r), Activation.tanh(), new Dense(H, 3, r)));
        layer("Elman", r -> new Elman(D, H, r));
        layer("Elman relu", r -> Elman.relu(D, H, r));
        layer("Jordan", r -> new Jordan(D, H, 5, r));
        layer("Tdnn", r -> new Tdnn(D, H, 3, r));
        layer("Lstm", r -> new Lstm(D, H, r));
        layer("Lstm peepholes", r -> Lstm.peepholes(D, H, r));
        layer("Lstm1997", r -> new Lstm1997(D, H, r));
        layer("Gru", r -> new Gru(D, H, r));
        layer("Gru 2014", r -> Gru.of2014(D, H, r));
        layer("Lstm, padded", T -> ragged(random(T, B, D, 3)), r -> new Lstm(D, H, r));
        layer("Gru, padded", T -> ragged(random(T, B, D, 3)), r -> new Gru(D, H, r));
        layer("Elman, dropState", r -> new Elman(D, H, r).dropState(0.3, r));
        layer("Lstm, dropState", r -> new Lstm(D, H, r).dropState(0.3, r));
        layer("Gru, dropState", r -> new Gru(D, H, r).dropState(0.3, r));
        layer("two Lstm, truncated", r -> Sequential.of(new Lstm(D, H, r).truncate(7), new Lstm(H, H, r)));
        layer("Bidirectional", T -> ragged(random(T, B, D, 3)), r -> Bidirectional.of(new Elman(D, H, r), new Gru(D, H, r)));
        layer("Bidirectional sum", r -> Bidirectional.sum(new Lstm(D, H, r), new Lstm(D, H, r)));
        layer("Backwards", T -> ragged(random(T, B, D, 3)), r -> Backwards.of(new Gru(D, H, r)));
        layer("LearnedStart", r -> {
            Layer net = LearnedStart.of(new Lstm(D, H, r));
            Init.normal(1).fill(net.param("start.h").value, r);
            Init.normal(1).fill(net.param("start.c").value, r);
            return net;
        });
        layer("LastStep", T -> ragged(random(T, B, D, 3)), r -> new LastStep());
        layer("LastStep both ends", r -> Sequential.of(Bidirectional.of(new Elman(D, H, r), new Elman(D, H, r)), LastStep.bothEnds(H)));
        layer("MeanOverTime", T -> ragged(random(T, B, D, 3)), r -> new MeanOverTime());
        layer("MaxOverTime", T -> ragged(random(T, B, D, 3)), r -> new MaxOverTime());
        layer("Dropout", r -> new Dropout(0.4, r));
        layer("Dropout per sequence", r -> Dropout.perSequence(0.4, r));
        layer("Embedding", T -> symbols(T, B, 9, 3), r -> new Embedding(9, H, r));
        layer("Conv causal", T -> ragged(random(T, B, D, 3)), r -> Conv.causal(D, H, 3, r));
        layer("Conv centred", r -> Conv.centred(D, H, 3, r));
        layer("Conv2d valid", T -> random(T, B, FRAME.size(), 3), r -> Conv2d.valid(FRAME, 3, 2, r));
        layer("Conv2d same", T -> random(T, B, FRAME.size(), 3), r -> Conv2d.same(FRAME, 3, 3, r));
        layer("Pool2d max", T -> random(T, B, FRAME.size(), 3), r -> Pool2d.max(FRAME, 2));
        layer("Pool2d mean", T -> random(T, B, FRAME.size(), 3), r -> Pool2d.mean(FRAME, 2));
        layer("Attention dot", T -> random(T, B, H, 3), r -> Attention.dot(H).memory(ragged(random(7, B, H, 4))));
        layer("Attention additive", T -> random(T, B, H, 3), r -> Attention.additive(H, r).memory(ragged(random(7, B, H, 4))));
        IntFunction<Sequence> two = T -> EncoderDecoder.join(ragged(symbols(T, B, 9, 3)), ragged(symbols(T + 1, B, 9, 4)));
        layer("EncoderDecoder", two, r -> new EncoderDecoder(new Gru(D, H, r), new Gru(D, H, r), new Dense(H, 9, r))
                .embed(new Embedding(9, D, r), new Embedding(9, D, r)));
        layer("EncoderDecoder with attention", two, r -> new EncoderDecoder(new Lstm(D, H, r), new Lstm(D, H, r), new Dense(2 * H, 9, r))
                .embed(new Embedding(9, D, r), new Embedding(9, D, r)).attend(Attention.additive(H, r)));
    }

    /** Every array that comes out of one pass. */
    private static Map<String, Matrix> pass(String name, int T) {
        Layer layer = LAYERS.get(name).apply(new SplittableRandom(1));
        Sequence x = INPUTS.getOrDefault(name, n -> random(n, B, D, 3)).apply(T), y = null, dx = null;
        layer.training(true);
        Map<String, Matrix> arrays = new LinkedHashMap<>();
        y = layer.forward(x);
        arrays.put("y", y.all().copy());
        dx = layer.backward(random(y.T, y.B, y.F, 8));
        if (dx != null) {
            arrays.put("dx", dx.all().copy());
        }
        layer.named().forEach((parameter, p) -> arrays.put("d" + parameter, p.grad));
        layer.end().forEach(state -> arrays.put("state " + arrays.size(), state));
        layer.startGradient().forEach(state -> arrays.put("dstate " + arrays.size(), state));
        return arrays;
    }

    /** The largest difference, as a share of the largest number. */
    private static double apart(Map<String, Matrix> twice, Map<String, Matrix> once) {
        assertEquals(twice.keySet(), once.keySet());
        double worst = 0;
        for (Map.Entry<String, Matrix> array : twice.entrySet()) {
            Matrix d = array.getValue(), s = once.get(array.getKey());
            assertEquals(Precision.DOUBLE, d.precision());
            assertEquals(Precision.SINGLE, s.precision(), array.getKey());
            worst = Math.max(worst, d.maxDifference(s) / Math.max(d.maxAbs(), Double.MIN_NORMAL));
        }
        return worst;
    }

    @TestFactory
    Stream<DynamicTest> everyLayer() {
        return LAYERS.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            for (int T : new int[] {3, 30}) {
                double apart = apart(pass(name, T), InSingle.get(() -> pass(name, T)));
                assertTrue(apart <= bound(T), () -> name + ", T = " + T + ": apart by " + apart / EPSILON + " ε, more than " + bound(T) / EPSILON);
            }
        }));
    }

    /** By the classes that are there. */
    @Test void noLayerIsLeftOut() throws Exception {
        Set<String> public_ = new TreeSet<>(), covered = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("target/classes/unrolled/layers"))) {
            for (String name : files.map(f -> f.getFileName().toString()).filter(f -> f.matches("\\w+\\.class")).collect(Collectors.toList())) {
                Class<?> c = Class.forName("unrolled.layers." + name.replace(".class", ""));
                if (Layer.class.isAssignableFrom(c) && Modifier.isPublic(c.getModifiers()) && !Modifier.isAbstract(c.getModifiers())) {
                    public_.add(c.getSimpleName());
                }
            }
        }
        LAYERS.values().forEach(make -> covered.add(make.apply(new SplittableRandom(1)).getClass().getSimpleName()));
        assertEquals(public_, covered);
        assertTrue(public_.size() >= 20, public_.toString());
    }

    // ---- losses ----

    private static final Map<String, Loss> LOSSES = Map.of("half squared error", SquaredError.half(), "mean squared error", SquaredError.mean(),
            "cross entropy, classes", new CrossEntropy(), "cross entropy, probabilities", new CrossEntropy(),
            "binary cross entropy", new BinaryCrossEntropy());

    private static Map<String, Matrix> loss(String name, int T, double size) {
        Sequence y = ragged(random(T, B, 5, 3)), d = name.endsWith("classes") ? symbols(T, B, 5, 4) : random(T, B, 5, 4);
        y.all().scale(size);
        if (name.endsWith("probabilities")) {
            d.all().softmax(d.all());
        } else if (name.startsWith("binary")) {
            d.all().sigmoid();
        }
        Sequence mask = symbols(T, B, 2, 6);
        mask.at(0).fill(1);
        Loss loss = LOSSES.get(name);
        double L = loss.forward(y, d, mask);
        return Map.of("L", Matrix.rowOf(L), "dy", loss.backward().all().copy());
    }

    /** Scores of the size 8 too, where most probabilities are nearly 0 or 1. */
    @TestFactory
    Stream<DynamicTest> everyLoss() {
        return LOSSES.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            double worst = 0;
            for (int T : new int[] {3, 30}) {
                for (double size : new double[] {1, 8}) {
                    worst = Math.max(worst, apart(loss(name, T, size), InSingle.get(() -> loss(name, T, size))));
                }
            }
            assertTrue(worst <= 5 * EPSILON, name + ": apart by " + worst / EPSILON + " ε");     // measured: 1.2 ε
        }));
    }

    // ---- optimizers ----

    private static final Map<String, Function<List<Param>, Optimizer>> OPTIMIZERS = Map.of(
            "gradient descent", p -> new Sgd(p, 0.1), "momentum", p -> new Sgd(p, 0.1, 0.9),
            "Adam", p -> new Adam(p, 0.1), "RMSProp", p -> new RmsProp(p, 0.01),
            "gradient descent, weight decay", p -> new Sgd(p, 0.1).weightDecay(0.1),
            "momentum, weight decay", p -> new Sgd(p, 0.1, 0.9).weightDecay(0.1),
            "Adam, weight decay", p -> new Adam(p, 0.1).weightDecay(0.1), "RMSProp, weight decay", p -> new RmsProp(p, 0.01).weightDecay(0.1));

    /** Ten steps with gradients that are drawn at random, of the sizes 1e-6, 1 and 1e6 by turns of the parameter. */
    private static Map<String, Matrix> steps(String name) {
        SplittableRandom random = new SplittableRandom(2);
        Layer net = Sequential.of(new Dense(D, H, random), new Dense(H, H, random), new Dense(H, 3, random));
        Optimizer optimizer = OPTIMIZERS.get(name).apply(net.params());
        double[] sizes = {1e-6, 1, 1e6};
        for (int n = 0; n < 10; n++) {
            for (int i = 0; i < net.params().size(); i++) {
                Init.normal(sizes[i % 3]).fill(net.params().get(i).grad, random);
            }
            optimizer.step();
        }
        Map<String, Matrix> arrays = new LinkedHashMap<>();
        net.named().forEach((parameter, p) -> arrays.put(parameter, p.value));
        optimizer.memory().forEach((memory, m) -> arrays.put(memory, m.in(Precision.current())));        // Adam's powers are doubles in both
        return arrays;
    }

    @TestFactory
    Stream<DynamicTest> everyOptimizer() {
        return OPTIMIZERS.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            double apart = apart(steps(name), InSingle.get(() -> steps(name)));
            assertTrue(apart <= 24 * EPSILON, name + ": apart by " + apart / EPSILON + " ε");    // measured: 5.7 ε, without weight decay 2.2
        }));
    }

    // ---- in use ----

    @Test void aGeneratorDrawsTheSame() {
        Supplier<int[]> draws = () -> {
            SplittableRandom random = new SplittableRandom(4);
            Layer net = Sequential.of(new Embedding(9, D, random), new Gru(D, H, random), new Dense(H, 9, Init.normal(1), random));
            return new Generator(net, random).temperature(0.8).generate(new int[] {1, 2, 3}, 200);
        };
        assertArrayEquals(draws.get(), InSingle.get(draws));
    }

    /** A network works in the precision in which it was made; where that is no longer in use it says so, and nothing is computed by halves. */
    @Test void aNetworkOfThePrecisionBeforeIsRefused() throws Exception {
        Layer twice = new Lstm(D, H, new SplittableRandom(1)), once = InSingle.get(() -> new Lstm(D, H, new SplittableRandom(1)));
        Sequence x = random(3, B, D, 3);
        InSingle.run(() -> {
            String said = assertThrows(IllegalArgumentException.class, () -> twice.forward(x.in(Precision.SINGLE))).getMessage();
            assertTrue(said.contains("single") && said.contains("double") && said.contains("choose the precision before the first matrix is made"), said);
        });
        String said = assertThrows(IllegalArgumentException.class, () -> once.forward(x)).getMessage();
        assertTrue(said.contains("choose the precision before the first matrix is made"), said);
    }
}
