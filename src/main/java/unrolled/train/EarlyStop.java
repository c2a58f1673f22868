package unrolled.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import unrolled.layers.Layer;
import unrolled.math.Matrix;

/** Watches the held-out loss, keeps the weights of the best epoch, and puts them back at the end. */
final class EarlyStop {
    private final Layer net;
    private final int patience;              // 0: never stops
    private final Map<String, Matrix> weights = new LinkedHashMap<>();
    /** The lowest held-out loss and its epoch, 0 before the first; and the last epoch that was measured. */
    double best = Double.POSITIVE_INFINITY;
    int bestEpoch, epoch;

    EarlyStop(Layer net, int patience) {
        this.net = net;
        this.patience = patience;
        if (patience > 0) {
            net.named().forEach((name, p) -> weights.put(name, p.value.copy()));
        }
    }

    boolean on() {
        return patience > 0;
    }

    /** The held-out loss after this epoch. */
    void measured(int epoch, double loss) {
        this.epoch = epoch;
        if (on() && loss < best) {
            best = loss;
            bestEpoch = epoch;
            net.named().forEach((name, p) -> weights.get(name).set(p.value));
        }
    }

    boolean over() {
        return on() && epoch - bestEpoch >= patience;
    }

    /** The weights of the best epoch by name, saved and put back; those of the start before there is one. */
    Map<String, Matrix> weights() {
        return weights;
    }

    /** Puts the best weights back; says so if this is why training stopped. */
    String finish() {
        if (!on()) {
            return "";
        }
        net.named().forEach((name, p) -> p.value.set(weights.get(name)));
        if (!over()) {
            return "";
        }
        return bestEpoch == 0
                ? "Stopped after epoch " + epoch + ": the held-out loss was never a number; the network has the weights it began with."
                : String.format(Locale.ROOT, "Stopped after epoch %d: the held-out loss has not improved for %d epochs. The network has the"
                        + " weights of epoch %d again, with held-out loss %.4g.", epoch, epoch - bestEpoch, bestEpoch, best);
    }
}
