package unrolled.train;

import unrolled.layers.Layer;
import unrolled.losses.Loss;

/** The loss on examples that are not trained on. */
final class HeldOut {
    private HeldOut() { }

    /** The mean over all steps that count, with the network as it is used, not as it is trained. An interrupt ends it early. */
    static double loss(Layer net, Loss loss, Batches heldOut, Carried carried) {
        net.training(false);
        try {
            double sum = 0;
            long steps = 0;
            carried.reset();
            for (Batch batch : heldOut.epoch()) {
                if (!heldOut.follow()) {
                    carried.reset();
                }
                if (!batch.counts()) {
                    net.forward(batch.x());                          // a carried state goes on
                    continue;
                }
                double L = loss.forward(net.forward(batch.x()), batch.d(), batch.mask());
                if (heldOut.count() == 1) {
                    return L;
                }
                sum += L * loss.steps();
                steps += loss.steps();
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
            if (steps == 0 && !Thread.currentThread().isInterrupted()) {
                throw new IllegalArgumentException("the mask hides every step of the held-out examples; at least one must count");
            }
            return sum / steps;
        } finally {
            net.training(true);
        }
    }
}
