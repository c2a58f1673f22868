package unrolled.notebook;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import unrolled.plot.Palette;

/**
 * A progress bar for a long loop, in one line that stays when the loop has ended:
 * <pre>{@code try (Progress p = Progress.of("training", 200)) {
 *     for (int epoch = 0; epoch < 200; epoch++) {
 *         p.step("loss " + trainOneEpoch());
 *     }
 * }}</pre>
 * The stop button of JupyterLab ends the loop at the next step.
 */
public final class Progress implements AutoCloseable {
    private static final long UPDATE_NANOS = 100_000_000L;

    private final String name;
    private final int total;
    private final Live live = new Live();
    private final long start = System.nanoTime();
    private long shownAt;
    private int done;
    private boolean stopped;
    private String note = "";

    private Progress(String name, int total) {
        this.name = name;
        this.total = total;
        show();
    }

    /** A bar for a loop of {@code total} steps. */
    public static Progress of(String name, int total) {
        if (total < 1) {
            throw new IllegalArgumentException("A progress bar needs at least one step, not " + total + ".");
        }
        return new Progress(name, total);
    }

    /** One step is done; throws {@link CancellationException} if the reader pressed stop. */
    public void step() {
        step(note);
    }

    /** One step is done, with a few words about it; throws {@link CancellationException} if the reader pressed stop. */
    public void step(String words) {
        done++;
        note = words;
        if (stopped()) {
            throw new CancellationException("Stopped by you after " + done + " of " + total + " steps.");
        }
        if (System.nanoTime() - shownAt >= UPDATE_NANOS) {
            show();
        }
    }

    /**
     * Whether the reader pressed stop. Ask this before {@link #step()} in a loop that wants to end by itself and keep what it has
     * (a trainer returns its history so far). Once true it stays true, and clears the thread's interrupt.
     */
    public boolean stopped() {
        stopped |= Thread.interrupted();
        return stopped;
    }

    /** The last line: how many steps in what time. */
    @Override public void close() {
        show();
        live.close();
    }

    private void show() {
        shownAt = System.nanoTime();
        live.show(Bundle.of(Bundle.HTML, html(), text()));
    }

    private String text() {
        double seconds = (System.nanoTime() - start) * 1e-9;
        String rest = done > 0 && done < total && !stopped ? ", about " + time(seconds / done * (total - done)) + " left" : "";
        return name + ": " + (stopped ? "stopped after " : "") + done + " of " + total + " in " + time(seconds) + rest
                + (note.isEmpty() ? "" : ", " + note);
    }

    private String html() {
        String colour = stopped ? Palette.ORANGE : done >= total ? Palette.GREEN : Palette.BLUE;
        double percent = Math.min(100, 100.0 * done / total);
        String width = String.format(Locale.ROOT, "width:%.1f%%;", percent);
        String filled = Html.tag("div", width + "height:100%;border-radius:4px;background:" + colour, "");
        String bar = Html.tag("div", "flex:0 0 180px;height:8px;border-radius:4px;background:" + Html.LINE, filled);
        return Html.tag("div", "display:flex;align-items:center;gap:12px;margin:2px 0;font-size:13px;color:" + Html.INK,
                bar + Html.tag("span", "font-variant-numeric:tabular-nums", Html.escape(text())));
    }

    /** 0.4 s, 12 s, 3 min 5 s. */
    static String time(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
