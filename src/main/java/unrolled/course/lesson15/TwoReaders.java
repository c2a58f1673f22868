package unrolled.course.lesson15;

import java.util.function.DoubleBinaryOperator;

/** A learner's bidirectional layer of two units, one for each direction, both of the same simple kind. */
@FunctionalInterface
public interface TwoReaders {
    /**
     * A row for each step: what the reader that goes forth holds there, and what the one that comes back holds there.
     *
     * @param x the inputs x_0 .. x_{T-1}
     * @param cell the new memory from an input and the old memory, in this order; both readers begin with 0
     */
    double[][] read(double[] x, DoubleBinaryOperator cell);
}
