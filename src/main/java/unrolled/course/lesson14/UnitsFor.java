package unrolled.course.lesson14;

/** A learner's function: how many units a cell may have. */
@FunctionalInterface
public interface UnitsFor {
    /** The most units with D inputs and K outputs and at most so many weights. */
    double of(int D, int K, int weights);
}
