package unrolled.train;

import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import unrolled.layers.Layer;
import unrolled.losses.Loss;
import unrolled.math.Sequence;

/** The loss on examples that are not trained on, and what else is measured there. */
final class HeldOut {
    private HeldOut() { }

    /**
     * The mean of the loss, and of each metric by its name, over all steps that count, with the network as it is used, not as it is
     * trained. An interrupt ends it early.
     */
    static double measure(Layer net, Loss loss, Batches heldOut, Carried carried,
                          Map<String, ToDoubleBiFunction<Sequence, Batch>> metrics, Map<String, Double> measured) {
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
                Sequence y = net.forward(batch.x());
                double L = loss.forward(y, batch.d(), batch.mask());
                int weight = heldOut.count() == 1 ? 1 : loss.steps();
                metrics.forEach((name, metric) -> measured.merge(name, weight * metric.applyAsDouble(y, batch), Double::sum));
                sum += L * weight;
                steps += weight;
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
            if (steps == 0 && !Thread.currentThread().isInterrupted()) {
                throw new IllegalArgumentException("the mask hides every step of the held-out examples; at least one must count");
            }
            long all = steps;
            measured.replaceAll((name, total) -> total / all);
            return sum / steps;
        } finally {
            net.training(true);
        }
    }
}
