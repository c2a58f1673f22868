package unrolled.math;

import java.util.random.RandomGenerator;

/**
 * A random generator whose whole state is one number that can be read and set, so that a training run can be stopped, saved and
 * resumed with the same draws: state += γ, and each draw is a mix of the bits of the new state, with period 2^64.
 * Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014 (SplitMix64).
 */
public final class SplitMix implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;      // 2^64 / the golden ratio, made odd
    private long state;

    /** The draws of this seed. */
    public SplitMix(long seed) {
        state = seed;
    }

    @Override public long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The state: {@link #state(long)} with this number repeats the draws that follow now. */
    public long state() {
        return state;
    }

    /** Goes on from this state. */
    public void state(long state) {
        this.state = state;
    }
}
