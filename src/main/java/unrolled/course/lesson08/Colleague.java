package unrolled.course.lesson08;

import java.util.function.UnaryOperator;

/**
 * A program for running parity with one planted bug, for the laboratory of lesson 08: from the bits of a sequence to an output at
 * each step, positive for odd. Its answers can be seen, its bug is found by tests.
 */
public final class Colleague implements UnaryOperator<double[]> {
    private final boolean resetsAtEveryStep;
    private double[] h = {0, 0};

    private Colleague(boolean resetsAtEveryStep) {
        this.resetsAtEveryStep = resetsAtEveryStep;
    }

    /** Colleague "A" or "B". */
    public static Colleague named(String name) {
        if (name == null || !name.matches("[AB]")) {
            throw new IllegalArgumentException("there is no colleague " + name + "; expected \"A\" or \"B\"");
        }
        return new Colleague(name.equals("A"));
    }

    /** One output a step. B's state goes on from sequence to sequence, A's not even from step to step. */
    @Override public double[] apply(double[] bits) {
        double[] y = new double[bits.length];
        for (int t = 0; t < bits.length; t++) {
            if (resetsAtEveryStep) {
                h = new double[2];
            }
            h = ParityUnits.step(bits[t], h);
            y[t] = h[0] - h[1] - 1;
        }
        return y;
    }

    @Override public String toString() {
        return "Colleague " + (resetsAtEveryStep ? "A" : "B");
    }
}
