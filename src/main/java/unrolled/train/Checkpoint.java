package unrolled.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Precision;
import unrolled.math.SplitMix;

/**
 * A file from which a training run goes on after its process was killed, at any moment, and ends with the same bits as a run that
 * was not. Give it to {@link Trainer#checkpoint} and call fit with a network, an optimizer and minibatches made as the first time:
 * if the file exists, training goes on from there (and a run that has ended is not repeated); delete it to begin anew.
 *
 * <p>It holds the weights, all that the optimizer remembers, where the epoch stands, the history, the best weights of early stopping,
 * the states that recurrent layers carry, and the states of the random generators; in the format of {@link Weights}, with a checksum,
 * written as a whole or not at all. One run at a time may use a file. Learning rates changed by hand are saved; clocks are not: the
 * seconds in the history are those that were spent on steps that count.
 *
 * <p>A file of another run is refused: of another network, loss, optimizer, clipping, or other minibatches or held-out examples. Epochs and
 * patience may change, to train longer. What cannot be compared has to be the same by your own care: what a network does not print
 * (dropState, truncate), schedules and fresh minibatches that are functions of your own, and generators that nobody named.
 */
public final class Checkpoint {
    private static final String FORMAT = "unrolled.checkpoint", VERSION = "1";
    private static final String NET = "net.", MEMORY = "optimizer.", BEST = "best.", CARRIED = "carried.", HISTORY = "history";
    private static final int COLUMNS = 6;

    private final Path file;
    private final List<SplitMix> randoms;
    private long everySteps = Long.MAX_VALUE, steps;
    private double everySeconds = 30;
    private long last;
    private Map<String, String> settings = Map.of();

    private Checkpoint(Path file, List<SplitMix> randoms) {
        this.file = file;
        this.randoms = randoms;
    }

    /**
     * A checkpoint in this file, written every 30 seconds, and when training ends or is stopped. It saves the generator of the
     * minibatches; name all others that training draws from, such as that of a dropout.
     */
    public static Checkpoint in(Path file, SplitMix... randoms) {
        Null.refuse(file, "Checkpoint.in: file", "the path of a file");
        return new Checkpoint(file, List.of(Null.refuseIn(randoms, "Checkpoint.in: randoms", "generators, such as new SplitMix(1)")));
    }

    /** Writes after every so many steps. */
    public Checkpoint everySteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("everySteps: " + steps + "; expected at least 1");
        }
        everySteps = steps;
        everySeconds = Double.POSITIVE_INFINITY;
        return this;
    }

    /** Writes after the first step that ends so many seconds after the last writing. */
    public Checkpoint everySeconds(double seconds) {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("everySeconds: " + seconds + "; expected a positive number such as 30");
        }
        everySeconds = seconds;
        everySteps = Long.MAX_VALUE;
        return this;
    }

    /** Goes on from the file if it exists, else writes it for the first time, so that a place that cannot be written shows at once. */
    void begin(Run run) {
        run.randoms = generators(run.batches);
        settings = run.settings();
        try {
            AtomicFile.deleteLeftovers(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of " + file + " cannot be read (" + e + ")", e);
        }
        if (Files.exists(file)) {
            load(run);
            steps = 0;
            last = System.nanoTime();
        } else {
            save(run);
        }
    }

    /** The given generators, and that of the minibatches. */
    private List<SplitMix> generators(Batches batches) {
        List<SplitMix> all = new ArrayList<>(randoms);
        if (batches.random() instanceof SplitMix random) {
            if (all.stream().noneMatch(r -> r == random)) {
                all.add(random);
            }
        } else if (batches.random() != null) {
            throw new IllegalArgumentException("a checkpoint cannot save the generator of the minibatches, a "
                    + batches.random().getClass().getSimpleName() + "; expected a SplitMix, such as new SplitMix(1)");
        }
        return all;
    }

    void afterStep(Run run) {
        steps++;
        if (steps >= everySteps || (System.nanoTime() - last) / 1e9 >= everySeconds) {
            save(run);
        }
    }

    void save(Run run) {
        Map<String, String> texts = new LinkedHashMap<>(Map.of(FORMAT, VERSION));
        settings.forEach(texts::put);
        RunNumbers.write(run).forEach(texts::put);
        Map<String, Matrix> tensors = live(run);
        for (int i = 0; i < run.carried.layers().size(); i++) {
            List<Matrix> states = run.carried.states(i);
            for (int j = 0; j < states.size(); j++) {
                tensors.put(CARRIED + i + "." + j, states.get(j));
            }
        }
        if (!run.history.entries().isEmpty()) {
            tensors.put(HISTORY, matrix(run.history.entries()));
        }
        Weights.write(file, tensors, texts);
        steps = 0;
        last = System.nanoTime();
    }

    /** The matrices of the run that a file is saved from and loaded into. */
    private static Map<String, Matrix> live(Run run) {
        Map<String, Matrix> live = new LinkedHashMap<>();
        run.net.named().forEach((name, p) -> live.put(NET + name, p.value));
        run.optimizer.memory().forEach((name, m) -> live.put(MEMORY + name, m));
        run.early.weights().forEach((name, m) -> live.put(BEST + name, m));
        return live;
    }

    /** Reads and checks everything first: nothing changes if there is an error. */
    private void load(Run run) {
        Weights.Content content = Weights.read(file);
        Map<String, String> texts = content.metadata();
        if (!VERSION.equals(texts.get(FORMAT))) {
            throw Weights.bad(file, "is no checkpoint of a training run" + (texts.containsKey(FORMAT) ? " of version " + VERSION : "")
                    + ". Give the checkpoint another name");
        }
        settings.forEach((name, now) -> {
            String then = texts.getOrDefault(name, name.equals("precision") ? "double" : null);      // older files do not tell
            if (!now.equals(then)) {
                throw Weights.bad(file, "is a checkpoint of a run whose " + name + " was '" + then + "', but now it is '" + now
                        + "'. Make all as it was, give the checkpoint another name, or delete the file to begin anew");
            }
        });
        Map<String, Matrix> tensors = new LinkedHashMap<>(content.tensors()), live = live(run);
        List<List<Matrix>> carried = new ArrayList<>();
        for (int i = 0; i < run.carried.layers().size(); i++) {
            carried.add(new ArrayList<>());
            for (int j = 0; tensors.containsKey(CARRIED + i + "." + j); j++) {
                carried.get(i).add(tensors.remove(CARRIED + i + "." + j));
            }
        }
        Matrix history = tensors.remove(HISTORY);
        int epochs = history == null ? 0 : history.rows();
        Runnable rest = RunNumbers.read(file, texts, run);
        List<String> metrics = List.copyOf(run.metrics);
        if (history != null && history.cols() != COLUMNS + metrics.size() && texts.containsKey("metrics") != !metrics.isEmpty()) {
            throw Weights.bad(file, "is a checkpoint of a run that measured " + texts.getOrDefault("metrics", "nothing else than the loss")
                    + ", but now it measures " + metrics + ". Make all as it was, or delete the file to begin anew");
        }
        if (RunNumbers.whole(file, texts, "epoch") != epochs + 1 || history != null && history.cols() != COLUMNS + metrics.size()) {
            throw Weights.bad(file, "holds a history of " + epochs + " epochs in epoch " + texts.get("epoch") + ". It is damaged");
        }
        Weights.copy(file, tensors, live);                       // the last that can fail, and it is all or nothing
        rest.run();
        for (int i = 0; i < carried.size(); i++) {
            run.carried.states(i, carried.get(i));
        }
        for (int i = 0; i < epochs; i++) {
            run.history.add(new History.Entry((int) history.get(i, 0), history.get(i, 1), history.get(i, 2), history.get(i, 3),
                    history.get(i, 4), history.get(i, 5), metrics(history, i, metrics)));
        }
    }

    private static Map<String, Double> metrics(Matrix history, int i, List<String> names) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int j = 0; j < names.size(); j++) {
            metrics.put(names.get(j), history.get(i, COLUMNS + j));
        }
        return metrics;
    }

    private static Matrix matrix(List<History.Entry> entries) {
        Matrix m = new Matrix(Precision.DOUBLE, entries.size(), COLUMNS + entries.get(0).metrics().size());
        for (int i = 0; i < entries.size(); i++) {
            History.Entry e = entries.get(i);
            double[] row = {e.epoch(), e.loss(), e.heldOut(), e.gradientNorm(), e.seconds(), e.stepsPerSecond()};
            for (int j = 0; j < COLUMNS; j++) {
                m.set(i, j, row[j]);
            }
            int column = COLUMNS;
            for (double metric : e.metrics().values()) {
                m.set(i, column++, metric);
            }
        }
        return m;
    }
}
