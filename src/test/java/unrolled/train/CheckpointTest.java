package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import unrolled.InSingle;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;
import unrolled.optim.RmsProp;
import unrolled.optim.Schedule;
import unrolled.optim.Sgd;

/** A run that broke off after any step, and went on from its file in fresh objects, ends with the same bits as one that did not. */
class CheckpointTest {
    /** Everything one run needs, made anew from the same seeds. */
    private static final class Setup {
        final SplitMix order = new SplitMix(1);
        SplitMix noise = new SplitMix(0);
        final Layer net;
        final Optimizer optimizer;
        final Batches batches;
        final Trainer trainer;
        int steps;

        Setup(Layer net, java.util.function.Function<Layer, Optimizer> optimizer, java.util.function.Function<Setup, Batches> batches) {
            this.net = net;
            this.optimizer = optimizer.apply(net);
            this.batches = batches.apply(this);
            trainer = new Trainer(net, SquaredError.mean(), this.optimizer).epochs(4).clip(1);
        }
    }

    /** Noise while training, as a dropout makes it: draws in every forward pass. */
    private static final class Noise extends Through {
        private final SplitMix random;
        private boolean training;

        Noise(SplitMix random) {
            this.random = random;
        }

        @Override public Layer training(boolean training) {
            this.training = training;
            return this;
        }

        @Override public Sequence forward(Sequence x) {
            Sequence y = x.copy();
            for (int r = 0; training && r < y.all().rows(); r++) {
                y.all().set(r, 0, y.all().get(r, 0) + 0.1 * random.nextDouble());
            }
            return y;
        }
    }

    private static Sequence noise(int T, int B, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < T * B; r++) {
            for (int j = 0; j < F; j++) {
                s.all().set(r, j, random.nextDouble(-1, 1));
            }
        }
        return s;
    }

    private static Batch examples() {
        return new Batch(noise(5, 7, 2, 3).lengths(5, 1, 3, 2, 5, 4, 2), noise(5, 7, 1, 4), null);
    }

    private static Batch one(int N) {
        return new Batch(noise(N, 1, 2, 5), noise(N, 1, 1, 6), null);
    }

    private static Layer lstm() {
        SplittableRandom random = new SplittableRandom(7);
        return Sequential.of(new Lstm(2, 3, random), new Dense(3, 1, random));
    }

    private static Layer carrying() {
        SplittableRandom random = new SplittableRandom(8);
        return Sequential.of(new Lstm(2, 3, random).carry(true), new Gru(3, 2, random).carry(true), new Dense(2, 1, random));
    }

    private static final Map<String, Supplier<Setup>> RUNS = new LinkedHashMap<>();

    static {
        RUNS.put("momentum, mixed", () -> new Setup(lstm(), n -> new Sgd(n.params(), 0.1, 0.9), s -> new Batches(examples(), 2, s.order)));
        RUNS.put("RMSProp, by length", () -> new Setup(lstm(), n -> new RmsProp(n.params(), 0.01).weightDecay(0.01),
                s -> Batches.bucketed(examples(), 2, s.order)));
        RUNS.put("Adam, streams with carried state, a schedule", () -> {
            Setup s = new Setup(carrying(), n -> new Adam(n.params(), 0.05).schedule(Schedule.cosine(14).warmUp(3)), x -> Batches.streams(one(23), 2, 3));
            s.trainer.heldOut(Batches.streams(one(11), 3, 2));
            return s;
        });
        RUNS.put("streams with carried state, and blocks that the mask hides", () -> {
            Sequence mask = new Sequence(23, 1, 1);                // rows of 11 steps, each a block: four of them count
            for (int t : new int[] {2, 5, 17, 18}) {
                mask.at(t).fill(1);
            }
            return new Setup(carrying(), n -> new Adam(n.params(), 0.05), x -> Batches.streams(new Batch(one(23).x(), one(23).d(), mask), 2, 1));
        });
        RUNS.put("Adam, fresh examples", () -> new Setup(lstm(), n -> new Adam(n.params(), 0.05).weightDecay(0.1),
                s -> Batches.fresh(4, s.order, random -> new Batch(noise(3, 2, 2, random.nextLong()), noise(3, 2, 1, random.nextLong()), null))));
        RUNS.put("early stopping", () -> {
            Setup s = new Setup(lstm(), n -> new Sgd(n.params(), 3), x -> new Batches(examples(), 3, x.order));
            s.trainer.epochs(30).heldOut(one(6)).patience(2);
            return s;
        });
        RUNS.put("noise, both directions, a rate that is changed by hand", () -> {
            SplittableRandom random = new SplittableRandom(9);
            SplitMix noise = new SplitMix(2);
            Layer net = Sequential.of(new Noise(noise), Bidirectional.of(new Elman(2, 2, random), new Elman(2, 2, random)), new Dense(4, 1, random));
            Setup s = new Setup(net, n -> new Adam(n.params(), 0.05), x -> new Batches(examples(), 3, x.order));
            s.trainer.heldOut(one(6)).report(r -> s.optimizer.rate(s.optimizer.rate() * 0.7));
            s.noise = noise;
            return s;
        });
    }

    private static Checkpoint file(Path file, Setup s) {
        return Checkpoint.in(file, s.noise);
    }

    private static final class Broken extends RuntimeException { }

    /** All bits that may differ: weights, what the optimizer remembers, losses, generators. */
    private static List<long[]> bits(Setup s, History history) {
        List<long[]> bits = new ArrayList<>();
        s.net.params().forEach(p -> bits.add(bits(p.value)));
        s.optimizer.memory().values().forEach(m -> bits.add(bits(m)));
        for (double[] column : List.of(history.losses(), history.heldOut(), history.gradientNorms(), history.epochs())) {
            bits.add(java.util.Arrays.stream(column).mapToLong(Double::doubleToRawLongBits).toArray());
        }
        bits.add(new long[] {s.order.state(), s.noise.state(), s.optimizer.steps(), Double.doubleToRawLongBits(s.optimizer.rate()), history.stopped().hashCode()});
        return bits;
    }

    private static long[] bits(Matrix m) {
        long[] bits = new long[m.rows() * m.cols()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(m.get(i / m.cols(), i % m.cols()));
        }
        return bits;
    }

    private static void assertSame(List<long[]> expected, List<long[]> actual, String what) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), what + ", item " + i);
        }
    }

    @TestFactory
    Stream<DynamicTest> aRunThatBrokeOffGoesOnToTheSameBits(@TempDir Path folder) {
        return RUNS.entrySet().stream().map(run -> DynamicTest.dynamicTest(run.getKey(), () -> breakOff(folder, run.getKey(), run.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> aRunInSinglePrecisionDoesToo(@TempDir Path folder) {
        return RUNS.entrySet().stream().map(run -> DynamicTest.dynamicTest(run.getKey(),
                () -> InSingle.run(() -> breakOff(folder, run.getKey(), run.getValue()))));
    }

    private static void breakOff(Path folder, String name, Supplier<Setup> run) {
        Setup whole = run.get();
        whole.trainer.afterStep(step -> whole.steps++);
        History history = whole.trainer.fit(whole.batches);
        List<long[]> expected = bits(whole, history);
        assertTrue(whole.steps > 10, "too short to show anything");
        for (int first = 1; first <= whole.steps; first++) {
            Path file = folder.resolve(name + first);
            int second = whole.steps - first;                    // broken twice, and the last time it may end
            for (int end : new int[] {first, second == 0 ? 1 : second}) {
                Setup broken = run.get();
                broken.trainer.checkpoint(file(file, broken).everySteps(3)).afterStep(step -> {
                    if (++broken.steps == end) {
                        throw new Broken();
                    }
                });
                try {
                    broken.trainer.fit(broken.batches);
                } catch (Broken e) {
                    assertEquals(end, broken.steps);
                }
            }
            Setup again = run.get();
            History resumed = again.trainer.checkpoint(file(file, again)).fit(again.batches);
            assertSame(expected, bits(again, resumed), "broken after step " + first);
        }
    }

    /** They are of times when there was no other. */
    @Test void filesThatDoNotTellTheirPrecisionAreDouble(@TempDir Path folder) throws Exception {
        Supplier<Setup> run = RUNS.get("momentum, mixed");
        Path file = folder.resolve("old");
        Setup saved = run.get(), again = run.get();
        History history = saved.trainer.checkpoint(file(file, saved)).fit(saved.batches);
        Weights.Content content = Weights.read(file);
        Map<String, String> texts = new LinkedHashMap<>(content.metadata());
        assertEquals("double", texts.remove("precision"));
        Weights.write(file, content.tensors(), texts);
        InSingle.run(() -> refused(file, run.get(), "precision", "was 'double', but now it is 'single'"));
        assertSame(bits(saved, history), bits(again, again.trainer.checkpoint(file(file, again)).fit(again.batches)), "an older file");
    }

    /** A run must not go on in the other precision in silence. */
    @Test void aRunOfTheOtherPrecisionIsRefused(@TempDir Path folder) throws Exception {
        for (Map.Entry<String, Supplier<Setup>> run : RUNS.entrySet()) {
            Path twice = folder.resolve("double of " + run.getKey()), once = folder.resolve("single of " + run.getKey());
            Setup saved = run.getValue().get();
            saved.trainer.epochs(1).checkpoint(file(twice, saved)).fit(saved.batches);
            InSingle.run(() -> {
                Setup s = run.getValue().get();
                s.trainer.epochs(1).checkpoint(file(once, s)).fit(s.batches);
                refused(twice, run.getValue().get(), "precision", "was 'double', but now it is 'single'");
            });
            refused(once, run.getValue().get(), "precision", "was 'single', but now it is 'double'");
        }
    }

    /** All but the order of the minibatches is right after a file: so the test above can fail. */
    @Test void aGeneratorThatIsForgottenShows(@TempDir Path folder) {
        String name = "noise, both directions, a rate that is changed by hand";
        Setup whole = RUNS.get(name).get(), broken = RUNS.get(name).get(), again = RUNS.get(name).get();
        List<long[]> expected = bits(whole, whole.trainer.fit(whole.batches));
        broken.trainer.checkpoint(Checkpoint.in(folder.resolve("c")).everySteps(1)).afterStep(step -> {
            if (++broken.steps == 4) {
                throw new Broken();
            }
        });
        assertThrows(Broken.class, () -> broken.trainer.fit(broken.batches));
        List<long[]> actual = bits(again, again.trainer.checkpoint(Checkpoint.in(folder.resolve("c"))).fit(again.batches));
        assertFalse(java.util.Arrays.equals(expected.get(0), actual.get(0)));
    }

    @Test void aRunThatEndedIsNotRepeatedAndCanGoOn(@TempDir Path folder) {
        Path file = folder.resolve("c");
        for (String name : List.of("early stopping", "momentum, mixed")) {
            Setup whole = RUNS.get(name).get(), again = RUNS.get(name).get();
            History history = whole.trainer.checkpoint(Checkpoint.in(file)).fit(whole.batches);
            History loaded = again.trainer.checkpoint(Checkpoint.in(file)).afterStep(s -> again.steps++).fit(again.batches);
            assertEquals(0, again.steps);
            assertEquals(history.entries(), loaded.entries());
            assertSame(bits(whole, history), bits(again, loaded), name);
            assertTrue(file.toFile().delete());
        }
        Setup longer = RUNS.get("momentum, mixed").get(), first = RUNS.get("momentum, mixed").get(), second = RUNS.get("momentum, mixed").get();
        History expected = longer.trainer.epochs(9).fit(longer.batches);
        first.trainer.epochs(5).checkpoint(Checkpoint.in(file)).fit(first.batches);
        History actual = second.trainer.epochs(9).checkpoint(Checkpoint.in(file)).fit(second.batches);
        assertSame(bits(longer, expected), bits(second, actual), "five epochs, then four more");
    }

    @Test void anInterruptSavesAtOnce(@TempDir Path folder) {
        Path file = folder.resolve("c");
        Setup whole = RUNS.get("momentum, mixed").get(), stopped = RUNS.get("momentum, mixed").get(), again = RUNS.get("momentum, mixed").get();
        List<long[]> expected = bits(whole, whole.trainer.fit(whole.batches));
        History history = stopped.trainer.checkpoint(Checkpoint.in(file)).afterStep(s -> {
            if (++stopped.steps == 6) {
                Thread.currentThread().interrupt();
            }
        }).fit(stopped.batches);
        assertTrue(history.stopped().contains("Stopped by you in epoch 2"), history.stopped());
        History resumed = again.trainer.checkpoint(Checkpoint.in(file)).afterStep(s -> again.steps++).fit(again.batches);
        assertEquals(16 - 6, again.steps, "no step is done twice");
        assertSame(expected, bits(again, resumed), "after an interrupt");
    }

    @Test void aFileOfAnotherRunIsRefusedAndNothingIsHalfLoaded(@TempDir Path folder) {
        Path file = folder.resolve("run.checkpoint");
        Setup saved = RUNS.get("momentum, mixed").get();
        saved.trainer.epochs(2).checkpoint(Checkpoint.in(file)).fit(saved.batches);
        SplittableRandom random = new SplittableRandom(1);
        refused(file, new Setup(Sequential.of(new Gru(2, 3, random), new Dense(3, 1, random)), n -> new Sgd(n.params(), 0.1, 0.9),
                s -> new Batches(examples(), 2, s.order)), "network", "Gru(2 -> 3)", "Lstm(2 -> 3)");
        refused(file, new Setup(lstm(), n -> new Sgd(n.params(), 0.2, 0.9), s -> new Batches(examples(), 2, s.order)), "optimizer", "rate 0.2");
        refused(file, new Setup(lstm(), n -> new Adam(n.params(), 0.1), s -> new Batches(examples(), 2, s.order)), "optimizer", "Adam");
        refused(file, new Setup(lstm(), n -> new Sgd(n.params(), 0.1, 0.9), s -> new Batches(examples(), 3, s.order)), "minibatches", "B = 3");
        Batch changed = examples();
        changed.d().at(2).set(0, 0, 0.123);
        refused(file, new Setup(lstm(), n -> new Sgd(n.params(), 0.1, 0.9), s -> new Batches(changed, 2, s.order)), "minibatches", "fingerprint");
        Setup clipped = RUNS.get("momentum, mixed").get();
        clipped.trainer.clip(2);
        refused(file, clipped, "longest gradient");
        Setup more = RUNS.get("momentum, mixed").get();
        more.trainer.checkpoint(Checkpoint.in(file, new SplitMix(9)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> more.trainer.fit(more.batches)).getMessage().contains("1 generators, but now there are 2"));
        Setup weights = RUNS.get("momentum, mixed").get();
        Weights.save(file, weights.net);
        refused(file, RUNS.get("momentum, mixed").get(), "no checkpoint");
    }

    private static void refused(Path file, Setup s, String... words) {
        List<long[]> before = bits(s, new History());
        String message = assertThrows(IllegalArgumentException.class, () -> s.trainer.checkpoint(Checkpoint.in(file)).fit(s.batches)).getMessage();
        assertTrue(message.contains(file.toString()), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
        assertSame(before, bits(s, new History()), "nothing is loaded");
    }

    /** Run "c" may begin while another process writes the file of run "c.2". */
    @Test void onlyLeftoversOfTheSameFileAreDeleted(@TempDir Path folder) throws java.io.IOException {
        Path own = Files.createFile(folder.resolve("c.123.part")), other = Files.createFile(folder.resolve("c.2.456.part"));
        Setup s = RUNS.get("momentum, mixed").get();
        s.trainer.epochs(1).checkpoint(Checkpoint.in(folder.resolve("c"))).fit(s.batches);
        assertFalse(Files.exists(own));
        assertTrue(Files.exists(other));
    }

    /** The same generator for the minibatches and the noise, named once, twice or not at all, is one state. */
    @Test void oneGeneratorForEverything(@TempDir Path folder) {
        List<List<long[]>> all = new ArrayList<>();
        for (int stop : new int[] {0, 5}) {
            for (int named = 0; named < 3; named++) {
                Path file = folder.resolve("c" + stop + named);
                for (int part = stop == 0 ? 1 : 0; part < 2; part++) {
                    SplitMix random = new SplitMix(3);
                    Layer net = Sequential.of(new Noise(random), new Dense(2, 1, new SplittableRandom(1)));
                    Setup s = new Setup(net, n -> new Sgd(n.params(), 0.1), x -> new Batches(examples(), 2, random));
                    s.trainer.checkpoint(Checkpoint.in(file, java.util.Collections.nCopies(named, random).toArray(SplitMix[]::new))
                            .everySteps(1));
                    int last = part == 0 ? stop : -1;
                    s.trainer.afterStep(step -> {
                        if (s.steps++ == last) {
                            throw new Broken();
                        }
                    });
                    if (part == 0) {
                        assertThrows(Broken.class, () -> s.trainer.fit(s.batches));
                    } else {
                        all.add(bits(s, s.trainer.fit(s.batches)));
                    }
                }
            }
        }
        all.forEach(bits -> assertSame(all.get(0), bits, "one generator"));
    }

    @Test void refusals(@TempDir Path folder) {
        Setup s = RUNS.get("momentum, mixed").get();
        Batches other = new Batches(examples(), 2, new SplittableRandom(1));
        Path file = folder.resolve("c");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> s.trainer.checkpoint(Checkpoint.in(file)).fit(other)).getMessage().contains("SplitMix"));
        assertFalse(Files.exists(file));
        assertTrue(assertThrows(UncheckedIOException.class, () -> s.trainer.checkpoint(Checkpoint.in(folder.resolve("no/folder"))).fit(s.batches))
                .getMessage().contains("cannot be written"), "before the first step");
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.in(file).everySteps(0));
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.in(file).everySeconds(0));
    }
}
