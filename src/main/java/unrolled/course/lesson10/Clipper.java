package unrolled.course.lesson10;


/** A function that shortens a gradient which is too long. */
@FunctionalInterface
public interface Clipper {
    /** The clipped gradient, as long an array as the given one, which stays unchanged; max is the most that is allowed. */
    double[] of(double[] gradient, double max);
}
