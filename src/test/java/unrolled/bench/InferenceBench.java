package unrolled.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import unrolled.layers.Dense;
import unrolled.layers.Generator;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.math.Sequence;

/**
 * Times one step of an LSTM at a time, its state carried, and one symbol of a {@link Generator} (the same LSTM, a dense head, softmax, a
 * draw). Arguments: D, H, seconds to warm up, seconds to measure, f64 or f32, and perhaps "turns", as {@link StepBench} takes them. Prints
 * a line of JSON each time, microseconds.
 */
public final class InferenceBench {
    /** Steps between two looks at the clock. */
    private static final int BLOCK = 20;

    private InferenceBench() { }

    public static void main(String[] args) throws IOException {
        int D = Integer.parseInt(args[0]), H = Integer.parseInt(args[1]);
        double warmUp = Double.parseDouble(args[2]), measure = Double.parseDouble(args[3]);
        Workload.precision(args[4]);
        SplittableRandom random = new SplittableRandom(1);
        Lstm lstm = new Lstm(D, H, random);
        lstm.carry(true);
        Sequence x = new Sequence(1, 1, D);
        for (int j = 0; j < D; j++) {
            x.all().set(0, j, random.nextGaussian());
        }
        Runnable step = () -> lstm.forward(x);
        Generator generator = new Generator(Sequential.of(new Lstm(D, H, random), new Dense(H, D, random)), random);
        generator.read(0);
        Runnable symbol = () -> generator.read(generator.draw());
        for (Runnable work : List.of(step, symbol)) {
            WarmUp.run(() -> block(work), warmUp);
        }
        double[] times = new double[1 << 20];
        Turns.take(args.length > 5, () -> System.out.printf(Locale.ROOT, "{\"step\": %s, \"generator\": %s}%n",
                time(step, measure, times), time(symbol, measure, times)));
    }

    private static void block(Runnable work) {
        for (int n = 0; n < BLOCK; n++) {
            work.run();
        }
    }

    private static String time(Runnable work, double seconds, double[] times) {
        int n = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (n < times.length && (n == 0 || System.nanoTime() < end)) {
            long start = System.nanoTime();
            block(work);
            times[n++] = (System.nanoTime() - start) / 1e3 / BLOCK;
        }
        Arrays.sort(times, 0, n);
        return String.format(Locale.ROOT, "{\"median\": %.4f, \"low\": %.4f, \"high\": %.4f, \"steps\": %d}", times[n / 2], times[n / 4],
                times[n * 3 / 4], n * BLOCK);
    }
}
