package unrolled.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unrolled.layers.Layer;
import unrolled.losses.Loss;
import unrolled.math.Precision;
import unrolled.math.SplitMix;
import unrolled.optim.Optimizer;

/** Where a training run stands: what a {@link Checkpoint} saves beside the weights and the optimizer. */
final class Run {
    final Layer net;
    private final Loss loss;
    private final Batches heldOut;
    private final double clip;
    /** The names of what is measured beside the loss. */
    final Set<String> metrics;
    final Optimizer optimizer;
    final Batches batches;
    final EarlyStop early;
    final Carried carried;
    final History history = new History();
    /** The epoch under way, from 1, and how many of its minibatches are done. */
    int epoch = 1, minibatch;
    /** How many of those had a step that counts. */
    int counted;
    /** Sums over the minibatches of this epoch. */
    double lossSum, normSum;
    long steps;
    /** Time spent: in all, and before this epoch. */
    double seconds, secondsBefore;
    /** The generators of the run: their states when this epoch began, and those to go on with after its order is drawn again. */
    List<SplitMix> randoms = List.of();
    long[] atStart = {}, goOn;
    private long clock = System.nanoTime();

    Run(Layer net, Loss loss, Optimizer optimizer, Batches batches, Batches heldOut, double clip, int patience, Set<String> metrics) {
        this.net = net;
        this.loss = loss;
        this.heldOut = heldOut;
        this.clip = clip;
        this.metrics = metrics;
        this.optimizer = optimizer;
        this.batches = batches;
        early = new EarlyStop(net, patience);
        carried = new Carried(net);
        if (!carried.layers().isEmpty() && !batches.follow()) {
            throw new IllegalStateException(carried.layers().get(0) + " carries its state from minibatch to minibatch, but these do not"
                    + " follow one another; use Batches.streams, or carry(false)");
        }
    }

    /** What must be the same for a saved run to go on, by name, as it is now. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("network", net.toString());
        // Before the minibatches: in the other precision their numbers, and so their fingerprint, differ too.
        settings.put("precision", net.params().isEmpty() ? Precision.current().toString() : net.params().get(0).value.precision().toString());
        settings.put("loss", loss.toString());
        settings.put("optimizer", optimizer.toString());
        settings.put("minibatches", batches.toString());
        settings.put("held-out examples", heldOut == null ? "none" : heldOut.toString());
        settings.put("longest gradient", Double.toString(clip));
        settings.put("early stopping", early.on() ? "on" : "off");
        if (!metrics.isEmpty()) {
            settings.put("metrics", metrics.toString());
        }
        settings.replaceAll((name, text) -> text.replaceAll("(\\$\\$Lambda\\S*|@[0-9a-f]+)", ""));    // differ from process to process
        return settings;
    }

    /** The minibatches of the epoch under way, in their order. */
    List<Batch> order() {
        if (goOn == null) {
            carried.reset();
            atStart = states();
            return batches.epoch();
        }
        states(atStart);
        List<Batch> order = batches.epoch();
        states(goOn);
        goOn = null;
        return order;
    }

    /** A minibatch without a step that counts. */
    void passed() {
        minibatch++;
        rest();
    }

    void stepped(double L, double norm) {
        minibatch++;
        counted++;
        lossSum += L;
        normSum += norm;
        steps += loss.steps();
        rest();
    }

    /** Looks at the clock. */
    void rest() {
        long now = System.nanoTime();
        seconds += (now - clock) / 1e9;
        clock = now;
    }

    void endEpoch(double heldOut, Map<String, Double> measured) {
        double speed = steps / (seconds - secondsBefore);
        rest();
        early.measured(epoch, heldOut);
        if (counted == 0) {
            throw new IllegalArgumentException("the mask hides every step of all " + minibatch + " minibatches of epoch " + epoch
                    + "; at least one must count, or there is nothing to learn");
        }
        history.add(new History.Entry(epoch, lossSum / counted, heldOut, normSum / counted, seconds, speed, measured));
        secondsBefore = seconds;
        lossSum = normSum = steps = minibatch = counted = 0;
        epoch++;
    }

    long[] states() {
        return randoms.stream().mapToLong(SplitMix::state).toArray();
    }

    void states(long[] states) {
        for (int i = 0; i < states.length; i++) {
            randoms.get(i).state(states[i]);
        }
    }
}
