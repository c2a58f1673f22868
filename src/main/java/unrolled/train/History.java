package unrolled.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import unrolled.math.Null;

/** What happened while training, one entry an epoch. */
public final class History {
    /**
     * One epoch.
     *
     * @param epoch its number, from 1
     * @param loss the mean loss of its minibatches
     * @param heldOut the loss on held-out examples after it, or NaN without any
     * @param gradientNorm the mean length of the gradients, before clipping
     * @param seconds since training began
     * @param stepsPerSecond how many steps with a target (tokens; sequences, where each has one target) were trained on in a second;
     *     padding and masked steps do not count
     * @param metrics what else was measured on held-out examples, by name, see {@link Trainer#metric}
     */
    public record Entry(int epoch, double loss, double heldOut, double gradientNorm, double seconds, double stepsPerSecond,
                        Map<String, Double> metrics) {
        public Entry {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(Null.refuse(metrics, "Entry: metrics", "a map; Map.of() for none")));
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private String stopped = "";
    private int kept;                        // 0: the last epoch

    void add(Entry entry) {
        entries.add(entry);
    }

    void stopped(String why) {
        stopped = why;
    }

    /** The network got the weights of this epoch back. */
    void kept(int epoch) {
        kept = epoch;
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Epoch numbers 1, 2, ... */
    public double[] epochs() {
        return entries.stream().mapToDouble(Entry::epoch).toArray();
    }

    public double[] losses() {
        return entries.stream().mapToDouble(Entry::loss).toArray();
    }

    public double[] heldOut() {
        return entries.stream().mapToDouble(Entry::heldOut).toArray();
    }

    public double[] gradientNorms() {
        return entries.stream().mapToDouble(Entry::gradientNorm).toArray();
    }

    /** What was measured under this name after each epoch, see {@link Trainer#metric}. */
    public double[] metric(String name) {
        Null.refuse(name, "metric: name", "the name of a metric");
        for (Entry entry : entries) {
            if (!entry.metrics.containsKey(name)) {
                throw new IllegalArgumentException("metric: nothing was measured under the name '" + name + "'; there is " + entry.metrics.keySet());
            }
        }
        return entries.stream().mapToDouble(entry -> entry.metrics.get(name)).toArray();
    }

    /** The last epoch. */
    public Entry last() {
        if (entries.isEmpty()) {
            throw new IllegalStateException("no epoch was finished" + (stopped.isEmpty() ? "" : ": " + stopped));
        }
        return entries.get(entries.size() - 1);
    }

    /** The epoch whose weights the network has: the best one where {@link Trainer#patience} put them back, else the last. */
    public Entry kept() {
        return entries.stream().filter(entry -> entry.epoch == kept).findFirst().orElseGet(this::last);
    }

    /** Why training ended early, in a sentence; empty if it did not. */
    public String stopped() {
        return stopped;
    }

    /** One line, with the numbers of the epoch whose weights the network has, see {@link #kept}. */
    @Override public String toString() {
        if (entries.isEmpty()) {
            return "no epoch finished. " + stopped;
        }
        Entry e = kept();
        String metrics = e.metrics.entrySet().stream().map(m -> String.format(Locale.ROOT, ", %s %.4g", m.getKey(), m.getValue()))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "%d epoch%s in %.1f s%s: loss %.4g -> %.4g%s%s%s", last().epoch, last().epoch == 1 ? "" : "s",
                last().seconds, e == last() ? "" : ", the weights are those of epoch " + e.epoch, entries.get(0).loss, e.loss,
                Double.isNaN(e.heldOut) ? "" : String.format(Locale.ROOT, ", held-out %.4g", e.heldOut),
                metrics, stopped.isEmpty() ? "" : ". " + stopped);
    }
}
