package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;

/**
 * A damaged file of weights or of a training run is refused, by name and with nothing half-loaded, or gives exactly what the whole one
 * gives: cut off at every byte, and with 1000 bytes changed, one at a time.
 */
class CorruptionTest {
    private static final int CHANGES = 1000;

    /** Numbers in memory before or after an attempt to load a file. */
    private record Loaded(long[] bits, String error) { }

    private static Layer net(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sequential.of(new Lstm(1, 2, random).carry(true), new Dense(2, 1, random));
    }

    private static long[] bits(Layer net, Optimizer optimizer, long... more) {
        return java.util.stream.LongStream.concat(Arrays.stream(more), java.util.stream.Stream.concat(net.params().stream().map(p -> p.value),
                optimizer == null ? java.util.stream.Stream.<Matrix>empty() : optimizer.memory().values().stream()).flatMapToLong(CorruptionTest::bits)).toArray();
    }

    private static java.util.stream.LongStream bits(Matrix m) {
        return java.util.stream.IntStream.range(0, m.rows() * m.cols())
                .mapToLong(i -> Double.doubleToRawLongBits(m.get(i / m.cols(), i % m.cols())));
    }

    private static Loaded weights(Path file) {
        Layer net = net(2);
        String error = null;
        try {
            Weights.load(file, net);
        } catch (IllegalArgumentException e) {
            error = e.getMessage();
        }
        return new Loaded(bits(net, null), error);
    }

    /** A network, an optimizer, and a run that loads the file, or the state of before it. */
    private static Loaded checkpoint(Path file) {
        Layer net = net(2);
        SplitMix random = new SplitMix(5);
        Optimizer optimizer = new Adam(net.params(), 0.01);
        Run run = run(net, optimizer, random);
        String error = null;
        try {
            Checkpoint.in(file, random).begin(run);
        } catch (IllegalArgumentException e) {
            error = e.getMessage();
        }
        long[] history = run.history.entries().stream().flatMapToLong(e -> Arrays.stream(new double[] {e.epoch(), e.loss(), e.heldOut(), e.gradientNorm()})
                .mapToLong(Double::doubleToRawLongBits)).toArray();
        long[] carried = run.carried.states(0).stream().flatMapToLong(CorruptionTest::bits).toArray();
        return new Loaded(java.util.stream.LongStream.of(bits(net, optimizer, run.epoch, run.minibatch, Double.doubleToRawLongBits(run.lossSum), random.state(),
                optimizer.steps(), Arrays.hashCode(history), Arrays.hashCode(carried), Arrays.hashCode(run.atStart), run.early.bestEpoch)).toArray(), error);
    }

    private static Run run(Layer net, Optimizer optimizer, SplitMix random) {
        return new Run(net, SquaredError.mean(), optimizer, batches(), Batches.streams(one(4), 2, 1), 1, 3, java.util.Set.of("accuracy"));
    }

    private static Batches batches() {
        return Batches.streams(one(12), 2, 2);
    }

    private static Batch one(int N) {
        Sequence x = new Sequence(N, 1, 1), d = new Sequence(N, 1, 1);
        for (int t = 0; t < N; t++) {
            x.at(t).fill(Math.sin(t));
            d.at(t).fill(Math.sin(t + 1));
        }
        return new Batch(x, d, null);
    }

    @Test void aDamagedFileOfWeights(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        Weights.save(file, net(1));
        damage("weights", file, CorruptionTest::weights);
    }

    @Test void aDamagedCheckpoint(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.checkpoint");
        Layer net = net(1);
        SplitMix random = new SplitMix(4);
        Batches heldOut = Batches.streams(one(4), 2, 1);
        int[] steps = {0};
        class Stop extends RuntimeException { }
        try {
            new Trainer(net, SquaredError.mean(), new Adam(net.params(), 0.01)).clip(1).patience(3).heldOut(heldOut).metric("accuracy", (y, batch) -> y.all().sum())
                    .checkpoint(Checkpoint.in(file, random).everySteps(1)).afterStep(step -> {
                        if (++steps[0] == 6) {
                            throw new Stop();                        // in the second epoch, after two of its three minibatches
                        }
                    }).fit(batches());
        } catch (Stop e) {
            assertEquals(6, steps[0]);
        }
        damage("checkpoint", file, CorruptionTest::checkpoint);
    }

    private static void damage(String what, Path file, Function<Path, Loaded> load) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Loaded right = load.apply(file);
        assertEquals(null, right.error);
        Files.write(file, "no such file".getBytes());
        long[] before = load.apply(file).bits;
        assertTrue(!Arrays.equals(before, right.bits));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file, load.apply(file), before, "cut off after " + length + " bytes");
        }
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int n = 0; n < CHANGES; n++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) random.nextInt(1, 256);
            Files.write(file, damaged);
            Loaded loaded = load.apply(file);
            if (loaded.error == null) {
                assertArrayEquals(right.bits, loaded.bits, "byte " + at + " changed");
            } else {
                refused(file, loaded, before, "byte " + at + " changed");
                refused++;
            }
        }
        System.out.println("CorruptionTest: " + what + ": " + whole.length + " cuts refused; of " + CHANGES + " changed bytes " + refused
                + " refused, " + (CHANGES - refused) + " loaded exactly.");
        assertTrue(refused > 0.9 * CHANGES, refused + " of " + CHANGES + " refused");
    }

    private static void refused(Path file, Loaded loaded, long[] before, String how) {
        assertTrue(loaded.error != null && loaded.error.contains(file.getFileName().toString()), how + ": " + loaded.error);
        assertArrayEquals(before, loaded.bits, how + ": nothing was half-loaded");
    }
}
