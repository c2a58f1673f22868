package unrolled;

import java.util.random.RandomGenerator;

/** A generator that gives these numbers, again and again from the first. */
final class Draws implements RandomGenerator {
    private final double[] values;
    private int next;

    Draws(double... values) {
        this.values = values;
    }

    @Override public double nextDouble() {
        return values[next++ % values.length];
    }

    @Override public long nextLong() {
        throw new UnsupportedOperationException("only nextDouble is given");
    }
}
