package unrolled.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.losses.Loss;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
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
    private final Layer net;
    private final Loss loss;
    private final Optimizer optimizer;
    /** Of a gradient, in the precision of the parameters. */
    private final double longest;
    private int epochs = 100, patience;
    private double clip = Double.POSITIVE_INFINITY;
    private Batches heldOut;
    private Checkpoint checkpoint;
    private final Map<String, ToDoubleBiFunction<Sequence, Batch>> metrics = new LinkedHashMap<>();
    private Listener listener = Listener.standard();
    private Consumer<Report> report = r -> { };
    private Consumer<Step> afterStep = s -> { };

    /**
     * How far training is, for a progress bar.
     *
     * @param history the epochs so far
     * @param epochs how many there will be
     */
    public record Report(History history, int epochs) {
        public Report {
            Null.refuse(history, "Report: history", "the epochs so far");
        }
    }

    /**
     * One step.
     *
     * @param epoch from 1
     * @param minibatch its number in the epoch, from 1
     * @param loss before the step
     * @param gradientNorm the length of the gradients, before clipping
     */
    public record Step(int epoch, int minibatch, double loss, double gradientNorm) { }

    /** The optimizer may move some of the network's parameters (the others stay as they are), but none of another network. */
    public Trainer(Layer net, Loss loss, Optimizer optimizer) {
        this.net = Null.refuse(net, "Trainer: net", "the network to train");
        this.loss = Null.refuse(loss, "Trainer: loss", "a Loss");
        this.optimizer = Null.refuse(optimizer, "Trainer: optimizer", "an Optimizer");
        for (Param p : optimizer.params()) {
            if (net.params().stream().noneMatch(own -> own == p)) {
                throw new IllegalArgumentException("Trainer: the optimizer moves " + p + ", which is not a parameter of this network; it was made"
                        + " for another one. Expected new " + optimizer.getClass().getSimpleName() + "(net.params(), ...)");
            }
        }
        longest = optimizer.params().stream().mapToDouble(p -> p.value.precision().longest()).min().orElseThrow();
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
        Null.refuse(heldOut, "heldOut", "examples; leave the call out to train without");
        return heldOut(new Batches(heldOut, heldOut.x().B, null));
    }

    /** The same in minibatches, when the examples are too many for one pass: the mean loss over all steps that count. */
    public Trainer heldOut(Batches heldOut) {
        Null.refuse(heldOut, "heldOut", "minibatches; leave the call out to train without");
        if (heldOut.random() != null) {
            throw new IllegalArgumentException("heldOut: the minibatches come in a random order; expected some without a generator, so that"
                    + " every epoch is measured alike");
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
        this.checkpoint = Null.refuse(checkpoint, "checkpoint", "a Checkpoint; leave the call out to train without");
        return this;
    }

    /**
     * Measures something of your own on the held-out examples after every epoch, from the network's outputs y and the minibatch, such
     * as {@code metric("accuracy", (y, batch) -> Accuracy.of(y, batch.d(), batch.mask()))}; of several minibatches the mean, each
     * weighted by the steps that count. {@link History#metric} has the results.
     */
    public Trainer metric(String name, ToDoubleBiFunction<Sequence, Batch> measure) {
        Null.refuse(name, "metric: name", "a name to find it by");
        if (metrics.put(name, Null.refuse(measure, "metric: measure", "a function of the outputs and the minibatch")) != null) {
            throw new IllegalArgumentException("metric: there are two with the name '" + name + "'; give each a name of its own");
        }
        return this;
    }

    /** Called after every epoch, with the network in evaluation mode: what is measured here is the network as it is used. */
    public Trainer report(Consumer<Report> report) {
        this.report = Null.refuse(report, "report", "what to do after every epoch; leave the call out for nothing");
        return this;
    }

    /** Called after every step, with the network in training mode. */
    public Trainer afterStep(Consumer<Step> afterStep) {
        this.afterStep = Null.refuse(afterStep, "afterStep", "what to do after every step; leave the call out for nothing");
        return this;
    }

    /** Who hears why training ended early; {@link Listener#standard} unless said otherwise. {@code s -> { }} for silence. */
    public Trainer listener(Listener listener) {
        this.listener = Null.refuse(listener, "listener", "a Listener; s -> { } for silence");
        return this;
    }

    /** Trains on all examples at once: x [B,D], d [B,·], one step an epoch. */
    public History fit(Matrix x, Matrix d) {
        return fit(new Batches(Batch.of(x, d), Integer.MAX_VALUE, null));
    }

    /** Trains on minibatches. */
    public History fit(Batches batches) {
        Null.refuse(batches, "fit: batches", "minibatches to train on");
        if ((patience > 0 || !metrics.isEmpty()) && heldOut == null) {
            throw new IllegalStateException((patience > 0 ? "patience needs" : "the metrics " + metrics.keySet() + " need")
                    + " examples that are not trained on; call heldOut(...) too");
        }
        Run run = new Run(net, loss, optimizer, batches, heldOut, clip, patience, metrics.keySet());
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
        Map<String, Double> measured = new LinkedHashMap<>();
        double after = heldOut == null ? Double.NaN : HeldOut.measure(net, loss, heldOut, run.carried, metrics, measured);
        if (!interrupted(run)) {
            run.endEpoch(after, measured);
            net.training(false);
            report.accept(new Report(run.history, epochs));
            net.training(true);
        }
    }

    /** One step; false, with the reason in the history, if its numbers are not finite: it is not taken then. */
    private boolean step(Run run, Batch batch) {
        double L = loss.forward(net.forward(batch.x()), batch.d(), batch.mask());
        net.zeroGrad();
        net.backward(loss.backward());
        double norm = Clip.norm(optimizer.params(), clip);
        if (!Double.isFinite(L) || !(Math.min(norm, clip) < longest)) {
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
            run.history.kept(run.early.bestEpoch);
        }
        if (!run.history.stopped().isEmpty()) {
            listener.say(run.history.stopped());
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
