package unrolled.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import unrolled.math.Kernels;

/**
 * Times training steps. Arguments: cell, B, T, D, H, seconds to warm up, seconds to measure, f64 or f32, and perhaps "turns": then it says
 * when it is warm, and measures for each line of standard input, else once. Prints a line of JSON each time: median and
 * quartiles in milliseconds; bytes allocated in the median step (by the thread that trains), how many steps allocated anything, and
 * the bytes of all steps by all Java threads through their number; collections of garbage with their milliseconds. The few steps that
 * allocate are those in which the compiler replaces a method: until the new code is there, each vector is an object.
 */
public final class StepBench {
    private static final int FEWEST = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private StepBench() { }

    public static void main(String[] args) throws IOException {
        Workload.precision(args[7]);
        Workload work = new Workload(args[0], number(args[1]), number(args[2]), number(args[3]), number(args[4]));
        double warmUp = Double.parseDouble(args[5]), measure = Double.parseDouble(args[6]);
        double[] times = new double[1 << 20];
        long[] bytes = new long[times.length];
        WarmUp.run(work::step, warmUp);
        Turns.take(args.length > 8, () -> measure(work, measure, times, bytes));
    }

    private static void measure(Workload work, double seconds, double[] times, long[] bytes) {
        long collections = collections(false), collecting = collections(true);
        long[] threads = THREADS.getAllThreadIds();
        long first = allocated(threads), before = allocated(threads), asking = before - first;
        int count = steps(work, times, bytes, seconds);
        long all = Math.max(0, allocated(threads) - before - asking);
        collections = collections(false) - collections;
        collecting = collections(true) - collecting;
        Arrays.sort(times, 0, count);
        Arrays.sort(bytes, 0, count);
        long allocating = Arrays.stream(bytes, 0, count).filter(b -> b > 0).count();
        System.out.printf(Locale.ROOT, "{\"median\": %.5f, \"low\": %.5f, \"high\": %.5f, \"steps\": %d, "
                + "\"bytes\": %d, \"allocating\": %d, \"mean bytes\": %d, "
                + "\"collections\": %d, \"collecting\": %d, \"kernels\": \"%s\"}%n",
                times[count / 2], times[count / 4], times[count * 3 / 4], count,
                bytes[count / 2], allocating, all / count, collections, collecting, Kernels.get().name());
    }

    private static int number(String argument) {
        return Integer.parseInt(argument);
    }

    /** Steps for so many seconds, at least a few, each one's milliseconds and bytes into the arrays; how many there were. */
    private static int steps(Workload work, double[] times, long[] bytes, double seconds) {
        long thread = Thread.currentThread().getId();
        int count = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (count < times.length && (count < FEWEST || System.nanoTime() < end)) {
            long before = THREADS.getThreadAllocatedBytes(thread), start = System.nanoTime();
            work.step();
            times[count] = (System.nanoTime() - start) / 1e6;
            bytes[count++] = THREADS.getThreadAllocatedBytes(thread) - before;
        }
        return count;
    }

    private static long allocated(long[] threads) {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).filter(bytes -> bytes > 0).sum();
    }

    private static long collections(boolean milliseconds) {
        long sum = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            sum += milliseconds ? collector.getCollectionTime() : collector.getCollectionCount();
        }
        return sum;
    }
}
