package unrolled.course.lesson11;

/** The loss of a minibatch from the losses of its places, as learners write it. */
@FunctionalInterface
public interface MeanLoss {
    /**
     * The mean over the steps that exist.
     *
     * @param losses  losses[b][t], of sequence b at step t; all have T places, padding too
     * @param lengths how many steps each sequence has, 1 to T; the places behind them are padding
     */
    double of(double[][] losses, int[] lengths);
}
