package unrolled.course;

/** A learner's formula in the sizes of a recurrent network: how many multiplications, weights, or numbers to keep. */
@FunctionalInterface
public interface SizeFormula {
    /** From T time steps, D inputs, H hidden units and K outputs. */
    double of(double T, double D, double H, double K);
}
