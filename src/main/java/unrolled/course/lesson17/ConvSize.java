package unrolled.course.lesson17;

/** A learner's formula in the sizes of a convolution: how many weights, or multiplications. */
@FunctionalInterface
public interface ConvSize {
    /** From C channels of N x N pixels, K filters, and windows of k x k pixels that stay inside. */
    double of(double C, double N, double K, double k);
}
