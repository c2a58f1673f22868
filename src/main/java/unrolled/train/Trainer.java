package unrolled.train;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.optim.Clip;
import unrolled.optim.Optimizer;

/**
 * The training loop: for every minibatch forward, loss, backward, clip, step.
 *
 * <p>Training ends early, keeping the network and the history so far, when its thread is interrupted (JupyterLab's stop button)
 * or when the loss or a gradient is NaN or infinite: that step is not taken, and {@link History#stopped} says which parameter it
 * was and what to try.
 */
public final class Trainer {
    private final Layer net;
    private final Loss loss;
    private final Optimizer optimizer;
    private int epochs = 100;
    private double clip = Double.POSITIVE_INFINITY;
    private Batch heldOut;
    private Consumer<Report> report = r -> { };

    /**
     * How far training is, for a progress bar.
     *
     * @param history the epochs so far
     * @param epochs how many there will be
     */
    public record Report(History history, int epochs) { }

    public Trainer(Layer net, Loss loss, Optimizer optimizer) {
        this.net = net;
        this.loss = loss;
        this.optimizer = optimizer;
    }

    /** How many times every example is seen; 100 unless said otherwise. */
    public Trainer epochs(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: " + epochs + "; expected at least 1");
        }
        this.epochs = epochs;
        return this;
    }

    /** The longest gradient, see {@link Clip}; no limit unless said otherwise. */
    public Trainer clip(double max) {
        this.clip = max;
        return this;
    }

    /** Examples that are not trained on, whose loss is measured after every epoch. */
    public Trainer heldOut(Batch heldOut) {
        this.heldOut = heldOut;
        return this;
    }

    /** Called after every epoch. */
    public Trainer report(Consumer<Report> report) {
        this.report = report;
        return this;
    }

    /** Trains on all examples at once: x [B,D], d [B,·], one step an epoch. */
    public History fit(Matrix x, Matrix d) {
        return fit(new Batches(Batch.of(x, d), x.rows(), null));
    }

    /** Trains on minibatches. */
    public History fit(Batches batches) {
        History history = new History();
        long start = System.nanoTime();
        net.training(true);
        try {
            return epochs(batches, history, start);
        } finally {
            net.training(false);
        }
    }

    private History epochs(Batches batches, History history, long start) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double lossSum = 0, normSum = 0;
            int number = 0;
            for (Batch batch : batches.epoch()) {
                number++;
                double L = loss.forward(net.forward(batch.x()), batch.d(), batch.mask());
                net.zeroGrad();
                net.backward(loss.backward());
                double norm = Clip.norm(net.params(), clip);
                if (!Double.isFinite(L) || !Double.isFinite(norm)) {
                    return stop(history, notFinite(L, epoch, number));
                }
                optimizer.step();
                lossSum += L;
                normSum += norm;
                if (Thread.interrupted()) {
                    return stop(history, "Stopped by you in epoch " + epoch + " of " + epochs + "; the network keeps what it learned.");
                }
            }
            double after = heldOut == null ? Double.NaN : heldOutLoss();
            history.add(new History.Entry(epoch, lossSum / number, after, normSum / number, (System.nanoTime() - start) / 1e9));
            report.accept(new Report(history, epochs));
        }
        return history;
    }

    private double heldOutLoss() {
        net.training(false);
        double L = loss.forward(net.forward(heldOut.x()), heldOut.d(), heldOut.mask());
        net.training(true);
        return L;
    }

    private static History stop(History history, String why) {
        history.stopped(why);
        System.out.println(why);
        return history;
    }

    private String notFinite(double L, int epoch, int number) {
        String worst = "", kind = "";
        double largest = -1;
        for (Map.Entry<String, Param> p : net.named().entrySet()) {
            double grad = p.getValue().grad.maxAbs(), value = p.getValue().value.maxAbs();
            double size = Double.isFinite(grad) ? value : Double.POSITIVE_INFINITY;   // a gradient that is not finite comes first
            if (size > largest) {
                largest = size;
                worst = p.getKey();
                kind = Double.isFinite(grad) ? String.format(Locale.ROOT, "the largest weight, %.1e, is in ", value) : "the gradient is not finite in ";
            }
        }
        return "Training stopped in epoch " + epoch + ", minibatch " + number + ": the loss is " + L + ", and " + kind + worst
                + ". The network keeps its last finite weights. Try a smaller learning rate than " + optimizer.rate()
                + ", clip(5), or inputs scaled to about -1 to 1.";
    }
}
