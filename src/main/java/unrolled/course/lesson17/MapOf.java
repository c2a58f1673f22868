package unrolled.course.lesson17;

/** A learner's convolution: from a picture and a filter to a map. */
@FunctionalInterface
public interface MapOf {
    /** The map of a picture x under a square filter W, only where the whole window fits, without a bias. */
    double[][] of(double[][] x, double[][] W);
}
