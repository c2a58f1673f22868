package unrolled.train;

import java.util.Locale;
import java.util.Map;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.optim.Clip;

/** Explains a loss or a gradient that is NaN, infinite or too long. */
final class Diverged {
    private Diverged() { }

    static String explain(Layer net, double L, int epoch, int minibatch, double rate) {
        String worst = "", kind = "";
        double largest = -1;
        for (Map.Entry<String, Param> p : net.named().entrySet()) {
            double grad = p.getValue().grad.maxAbs(), value = p.getValue().value.maxAbs();
            double size = Double.isFinite(grad) ? value : Double.POSITIVE_INFINITY;   // a gradient that is not finite comes first
            if (size > largest) {
                largest = size;
                worst = p.getKey();
                kind = Double.isFinite(grad) ? String.format(Locale.ROOT, "the largest weight, %.1e, is in ", value)
                        : "the gradient is not finite in ";
            }
        }
        double norm = Clip.norm(net.params());
        String length = Double.isFinite(norm) ? String.format(Locale.ROOT, "the gradient is %.1e long, ", norm) : "";
        return "Training stopped in epoch " + epoch + ", minibatch " + minibatch + ": the loss is " + L + ", " + length + "and " + kind + worst
                + ". The network keeps its last finite weights. Try a smaller learning rate than " + rate
                + ", clip(5), or inputs scaled to about -1 to 1.";
    }
}
