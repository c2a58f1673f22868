package unrolled.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random generator that takes every way through a program that draws, one way a run: the draws of a run are counted up like the
 * wheels of an odometer. With the chance of each run this turns a drawing task into its exact distribution.
 */
final class EveryDraw implements RandomGenerator {
    private final List<int[]> wheels = new ArrayList<>();       // {value, bound}
    private final int most;
    private int at;

    /** Runs that draw more than {@code most} times are cut off by {@link TooLong}. */
    EveryDraw(int most) {
        this.most = most;
    }

    static final class TooLong extends RuntimeException { }

    /** Whether there is one more way. */
    boolean next() {
        at = 0;
        while (!wheels.isEmpty() && wheels.get(wheels.size() - 1)[0] + 1 == wheels.get(wheels.size() - 1)[1]) {
            wheels.remove(wheels.size() - 1);
        }
        if (wheels.isEmpty()) {
            return false;
        }
        wheels.get(wheels.size() - 1)[0]++;
        return true;
    }

    /** The chance of the way of this run. */
    double chance() {
        double chance = 1;
        for (int[] wheel : wheels) {
            chance /= wheel[1];
        }
        return chance;
    }

    @Override public int nextInt(int bound) {
        if (at == wheels.size()) {
            if (at == most) {
                throw new TooLong();
            }
            wheels.add(new int[] {0, bound});
        }
        return wheels.get(at++)[0];
    }

    @Override public int nextInt(int from, int to) {
        return from + nextInt(to - from);
    }

    @Override public boolean nextBoolean() {
        return nextInt(2) == 1;
    }

    @Override public double nextDouble() {
        throw new UnsupportedOperationException("a number between 0 and 1 has too many values to take them all");
    }

    @Override public long nextLong() {
        throw new UnsupportedOperationException("64 bits have too many values to take them all");
    }
}
