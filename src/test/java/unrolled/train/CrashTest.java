package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import unrolled.optim.Schedule;

/** A training process that is killed fifty times (SIGKILL) and started again each time ends with the same file as one that is not. */
class CrashTest {
    private static final int KILLS = 50, EPOCHS = 80;

    /** What a child process does: {@code main(folder)} trains from the checkpoint there, if any, and writes {@code end} when done. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        train(Checkpoint.in(folder.resolve("run")).everySteps(1), folder.resolve("end"), () -> System.out.println("step"));
    }

    private static void train(Checkpoint checkpoint, Path end, Runnable afterStep) {
        SplitMix order = new SplitMix(1);
        RandomGenerator random = new SplittableRandom(2);
        Batch examples = new Batch(noise(6, 10, 2, random), noise(6, 10, 1, random), null), heldOut = new Batch(noise(6, 3, 2, random), noise(6, 3, 1, random), null);
        Layer net = Sequential.of(new Lstm(2, 4, random), new Dense(4, 1, random));
        Optimizer optimizer = new Adam(net.params(), 0.01).weightDecay(0.001).schedule(Schedule.cosine(5 * EPOCHS).warmUp(10));
        Trainer trainer = new Trainer(net, SquaredError.mean(), optimizer).epochs(EPOCHS).clip(0.5).heldOut(heldOut).patience(EPOCHS);
        if (checkpoint != null) {
            trainer.checkpoint(checkpoint);
        }
        History history = trainer.afterStep(step -> afterStep.run()).fit(new Batches(examples, 2, order));
        Map<String, Matrix> result = new LinkedHashMap<>();
        net.named().forEach((name, p) -> result.put(name, p.value));
        optimizer.memory().forEach((name, m) -> result.put("memory." + name, m));
        result.put("losses", Matrix.rowOf(history.losses()));
        result.put("held out", Matrix.rowOf(history.heldOut()));
        Weights.write(end, result, Map.of("generator", Long.toString(order.state())));
    }

    private static Sequence noise(int T, int B, int F, RandomGenerator random) {
        Sequence s = new Sequence(T, B, F);
        for (int r = 0; r < T * B; r++) {
            for (int j = 0; j < F; j++) {
                s.all().set(r, j, random.nextDouble(-1, 1));
            }
        }
        return s;
    }

    @Test @Timeout(240) void fiftyKillsChangeNoBit(@TempDir Path folder) throws Exception {
        Path undisturbed = folder.resolve("undisturbed"), end = folder.resolve("end"), run = folder.resolve("run");
        train(null, undisturbed, () -> { });
        SplittableRandom random = new SplittableRandom(20);
        int starting = 0, training = 0, writing = 0;
        long last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = child(folder);
            boolean reached = kill % 10 != 9;
            try {
                if (reached) {                                           // after some steps, or in the middle of the next one
                    BufferedReader lines = child.inputReader();
                    for (int steps = random.nextInt(1, 8); steps > 0; steps--) {
                        assertEquals("step", lines.readLine());
                    }
                    if (kill % 3 == 0) {
                        while (child.isAlive() && leftovers(folder) == 0) {      // until it is writing
                            Thread.onSpinWait();
                        }
                    } else {
                        LockSupport.parkNanos(random.nextInt(3_000_000));
                    }
                } else {
                    Thread.sleep(random.nextInt(300));                   // somewhere between its start and its training
                }
                assertTrue(child.isAlive(), "the run ended before it was killed " + KILLS + " times: make it longer");
            } finally {
                child.destroyForcibly().waitFor();
            }
            boolean wrote = leftovers(folder) > 0;
            long steps = Files.exists(run) ? Long.parseLong(Weights.read(run).metadata().get("optimizer steps")) : 0;
            assertTrue(steps >= last, "training goes forwards: " + steps + " steps, but " + last + " before");
            writing += wrote ? 1 : 0;
            training += !wrote && reached ? 1 : 0;
            starting += !wrote && !reached ? 1 : 0;
            last = steps;
        }
        assertTrue(!Files.exists(end) && last < 5 * EPOCHS, "killed before its end");
        Process child = child(folder);
        child.inputReader().transferTo(java.io.Writer.nullWriter());
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
        assertArrayEquals(Files.readAllBytes(undisturbed), Files.readAllBytes(end), "the same bits");
        assertEquals(0, leftovers(folder), "nothing is left behind");
        System.out.println("CrashTest: " + KILLS + " kills: " + writing + " while a checkpoint was written, " + training + " elsewhere in training, "
                + starting + " before; the checkpoint was readable each time; " + last + " of " + 5 * EPOCHS + " steps were done by then.");
        assertTrue(writing >= 5 && writing + training >= 45, writing + " while writing, " + training + " elsewhere in training");
    }

    private static long leftovers(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".part")).count();
        }
    }

    private static Process child(Path folder) throws IOException {
        return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Xshare:auto", "-Xmx64m", "-Dunrolled.kernels=scalar", "-cp", System.getProperty("java.class.path"), CrashTest.class.getName(),
                folder.toString())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
