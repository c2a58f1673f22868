package unrolled.course;

import java.util.function.DoubleBinaryOperator;

/** Cells to compare a learner's with. */
public final class Cells {

    private Cells() { }

    /** A cell whose state after a step is what {@code next} makes of x and the old one; a wrong one may forget to keep or to reset it. */
    public static Cell of(DoubleBinaryOperator next, boolean resets, boolean keeps) {
        return new Cell() {
            private double h;

            @Override public double step(double x) {
                double now = next.applyAsDouble(x, h);
                h = keeps ? now : h;
                return now;
            }

            @Override public void reset() {
                h = resets ? 0 : h;
            }
        };
    }
}
