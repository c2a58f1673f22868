package unrolled.notebook;

import java.util.UUID;

/**
 * One place below the cell whose content is replaced: {@code Live live = Display.live(); live.show(chart); live.show(newer);}.
 * Where a front end cannot replace, only the last content is printed, at {@link #close}. Redraw a chart a few times a second at most.
 */
public final class Live implements AutoCloseable {
    private final Kernel kernel = Kernel.current();
    private final String id = UUID.randomUUID().toString();
    private boolean shown;
    private Bundle last;

    Live() {
    }

    /** Shows the thing in place of what was shown before. */
    public void show(Object thing) {
        show(Bundle.of(thing));
    }

    synchronized void show(Bundle bundle) {
        last = bundle;
        if (kernel.canUpdate()) {
            if (shown) {
                if (bundle.data().containsKey(Bundle.PLOTLY)) {
                    // JupyterLab's plotly keeps the first figure of a place for ever; another type in between makes it draw anew.
                    kernel.update(Bundle.of(Bundle.HTML, "<div style=\"height:400px\"></div>", ""), id);
                }
                kernel.update(bundle, id);
            } else {
                kernel.display(bundle, id);
            }
            shown = true;
        }
    }

    /** Prints the last content where it could not be shown in place before. */
    @Override public synchronized void close() {
        if (!shown && last != null) {
            kernel.display(last, null);
            shown = true;
        }
    }
}
