package unrolled.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
     * @param stepsPerSecond how many steps of sequences (tokens) were trained on in a second; padding and masked steps do not count
     */
    public record Entry(int epoch, double loss, double heldOut, double gradientNorm, double seconds, double stepsPerSecond) { }

    private final List<Entry> entries = new ArrayList<>();
    private String stopped = "";

    void add(Entry entry) {
        entries.add(entry);
    }

    void stopped(String why) {
        stopped = why;
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

    /** The last epoch. */
    public Entry last() {
        if (entries.isEmpty()) {
            throw new IllegalStateException("no epoch was finished" + (stopped.isEmpty() ? "" : ": " + stopped));
        }
        return entries.get(entries.size() - 1);
    }

    /** Why training ended early, in a sentence; empty if it did not. */
    public String stopped() {
        return stopped;
    }

    @Override public String toString() {
        if (entries.isEmpty()) {
            return "no epoch finished. " + stopped;
        }
        Entry e = last();
        return String.format(Locale.ROOT, "%d epochs in %.1f s: loss %.4g -> %.4g%s%s", e.epoch, e.seconds, entries.get(0).loss, e.loss,
                Double.isNaN(e.heldOut) ? "" : String.format(Locale.ROOT, ", held-out %.4g", e.heldOut),
                stopped.isEmpty() ? "" : ". " + stopped);
    }
}
