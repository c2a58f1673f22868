package unrolled.train;

import java.util.List;
import java.util.function.Consumer;
import unrolled.layers.Layer;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.optim.Clip;
import unrolled.optim.Optimizer;

/**
 * The training loop: for every minibatch forward, loss, backward, clip, step.
 *
 * <p>Training ends early, keeping the network and the history so far, when its thread is interrupted (JupyterLab's stop button; the
 * minibatch under way is finished first), when the loss or a gradient is NaN, infinite or too long for any optimizer (that step is not
 * taken), or when
 * {@link #patience} is at its end. {@link History#stopped} says which it was, and what to try.
 *
 * <p>A recurrent layer that carries its state begins every epoch, and the held-out examples, with zeros; so does what comes after
 * training. It needs minibatches that follow one another, see {@link Batches#streams}. A minibatch in which the mask hides every step only
 * carries the state on: no weight moves, and the loss of the epoch does not see it.
 */
public final class Trainer {
    /** The squares of a longer gradient, which optimizers remember, would leave the range of doubles. */
    private static final double LONGEST = 1e150;

    private final Layer net;
    private final Loss loss;
    private final Optimizer optimizer;
    private int epochs = 100, patience;
    private double clip = Double.POSITIVE_INFINITY;
    private Batches heldOut;
    private Checkpoint checkpoint;
    private Consumer<Report> report = r -> { };
    private Consumer<Step> afterStep = s -> { };

    /**
     * How far training is, for a progress bar.
     *
     * @param history the epochs so far
     * @param epochs how many there will be
     */
    public record Report(History history, int epochs) { }

    /**
     * One step.
     *
     * @param epoch from 1
     * @param minibatch its number in the epoch, from 1
     * @param loss before the step
     * @param gradientNorm the length of the gradients, before clipping
     */
    public record Step(int epoch, int minibatch, double loss, double gradientNorm) { }

    public Trainer(Layer net, Loss loss, Optimizer optimizer) {
        this.net = net;
        this.loss = loss;
        this.optimizer = optimizer;
    }

    /** How many times every example is seen; 100 unless said otherwise. */
    public Trainer epochs(int epochs) {
        this.epochs = atLeastOne("epochs", epochs);
        return this;
    }

    /** The longest gradient, see {@link Clip}; no limit unless said otherwise. */
    public Trainer clip(double max) {
        if (!(max > 0)) {
            throw new IllegalArgumentException("clip: the longest gradient is " + max + "; expected a positive number such as 5");
        }
        this.clip = max;
        return this;
    }

    /** Examples that are not trained on, whose loss is measured after every epoch. */
    public Trainer heldOut(Batch heldOut) {
        if (heldOut == null) {
            throw new IllegalArgumentException("heldOut: the examples are null; leave the call out to train without");
        }
        return heldOut(new Batches(heldOut, heldOut.x().B, null));
    }

    /** The same in minibatches, when the examples are too many for one pass: the mean loss over all steps that count. */
    public Trainer heldOut(Batches heldOut) {
        if (heldOut == null || heldOut.random() != null) {
            throw new IllegalArgumentException("heldOut: the minibatches are null or come in a random order; expected some without a"
                    + " generator, so that every epoch is measured alike");
        }
        this.heldOut = heldOut;
        return this;
    }

    /**
     * Stops when the held-out loss has not improved for so many epochs. However training then ends, but for an interrupt or numbers
     * that are not finite, the network gets the weights back that it had after its best epoch.
     */
    public Trainer patience(int epochs) {
        this.patience = atLeastOne("patience", epochs);
        return this;
    }

    /** Saves all that training needs to go on, and goes on from there if the file exists. */
    public Trainer checkpoint(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        return this;
    }

    /** Called after every epoch. */
    public Trainer report(Consumer<Report> report) {
        this.report = report;
        return this;
    }

    /** Called after every step. */
    public Trainer afterStep(Consumer<Step> afterStep) {
        this.afterStep = afterStep;
        return this;
    }

    /** Trains on all examples at once: x [B,D], d [B,·], one step an epoch. */
    public History fit(Matrix x, Matrix d) {
        return fit(new Batches(Batch.of(x, d), x.rows(), null));
    }

    /** Trains on minibatches. */
    public History fit(Batches batches) {
        if (patience > 0 && heldOut == null) {
            throw new IllegalStateException("patience needs examples that are not trained on; call heldOut(...) too");
        }
        Run run = new Run(net, loss, optimizer, batches, heldOut, clip, patience);
        if (checkpoint != null) {
            checkpoint.begin(run);
        }
        net.training(true).inputGradient(false);
        try {
            while (run.epoch <= epochs && !run.early.over() && run.history.stopped().isEmpty()) {
                epoch(run);
            }
            return finish(run);
        } finally {
            net.training(false).inputGradient(true);
            run.carried.reset();
        }
    }

    /** One epoch, or what is left of it; says in the history why it ended early, if it did. */
    private void epoch(Run run) {
        List<Batch> batches = run.order();
        while (run.minibatch < batches.size()) {
            Batch batch = batches.get(run.minibatch);
            if (!batch.counts()) {
                net.forward(batch.x());                  // a carried state goes on
                run.passed();
            } else if (!step(run, batch)) {
                return;
            }
            if (checkpoint != null) {
                checkpoint.afterStep(run);
            }
            if (interrupted(run)) {
                return;
            }
        }
        run.rest();
        double after = heldOut == null ? Double.NaN : HeldOut.loss(net, loss, heldOut, run.carried);
        if (!interrupted(run)) {
            run.endEpoch(after);
            report.accept(new Report(run.history, epochs));
        }
    }

    /** One step; false, with the reason in the history, if its numbers are not finite: it is not taken then. */
    private boolean step(Run run, Batch batch) {
        double L = loss.forward(net.forward(batch.x()), batch.d(), batch.mask());
        net.zeroGrad();
        net.backward(loss.backward());
        double norm = Clip.norm(net.params(), clip);
        if (!Double.isFinite(L) || !(Math.min(norm, clip) < LONGEST)) {
            run.history.stopped(Diverged.explain(net, L, run.epoch, run.minibatch + 1, optimizer.rate()));
            return false;
        }
        optimizer.step();
        run.stepped(L, norm);
        afterStep.accept(new Step(run.epoch, run.minibatch, L, norm));
        return true;
    }

    /** Whether training shall stop; what was done since the last checkpoint is saved then. */
    private boolean interrupted(Run run) {
        if (!Thread.interrupted()) {
            return false;
        }
        if (checkpoint != null) {
            checkpoint.save(run);
        }
        run.history.stopped("Stopped by you in epoch " + run.epoch + " of " + epochs + "; the network keeps what it learned.");
        return true;
    }

    private History finish(Run run) {
        if (run.history.stopped().isEmpty()) {
            if (checkpoint != null) {
                checkpoint.save(run);                    // before the best weights come back: training can go on from here
            }
            run.history.stopped(run.early.finish());
        }
        if (!run.history.stopped().isEmpty()) {
            System.out.println(run.history.stopped());
        }
        return run.history;
    }

    private static int atLeastOne(String what, int n) {
        if (n < 1) {
            throw new IllegalArgumentException(what + ": " + n + "; expected at least 1");
        }
        return n;
    }
}
