package unrolled.notebook.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import unrolled.notebook.Bundle;
import unrolled.notebook.Kernel;

/**
 * All output of the cells, in the order in which it came: gathered for a tenth of a second and then sent, so that a loop that prints
 * makes ten messages a second and not one a line, which Jupyter would throw away.
 *
 * <p>Code of cells only adds to a list. The thread of this class and those of the kernel send, so an interrupted cell never breaks a
 * message.
 * What would be too much for a page is counted and said, and its end is shown.
 */
final class Outlet implements Kernel, AutoCloseable {
    static final long GATHER_MS = 100;
    /** What a cell may show: a page with more text or more figures than this stands still. */
    static final int MOST_CHARACTERS = 1_000_000;
    static final int MOST_LINES = 50_000;
    static final int MOST_DISPLAYS = 500;
    private static final int TAIL_LINES = 100;
    private static final int TAIL_LINE = 1000;

    /** The way to the front end. */
    interface Wire {
        void send(MessageContext parent, ContentType<?> content);
    }

    /** Something to send. */
    private interface Item {
        ContentType<?> content();
    }

    private record Text(StreamType stream, StringBuilder text) implements Item {
        @Override public ContentType<?> content() {
            return new PublishStream(stream, text.toString());
        }
    }

    private record Shown(ContentType<?> content, String updates) implements Item {
    }

    private final Wire wire;
    private final Thread sender = new Thread(this::sendForEver, "output");
    private final Object sending = new Object();
    private List<Item> pending = new ArrayList<>();
    private MessageContext parent;
    private volatile boolean closed;
    private int characters;
    private int lines;
    private int displays;
    /** Whether the cell has shown all that it may; then its last lines, and the one that is not ended. */
    private boolean cut;
    private final Deque<String> tail = new ArrayDeque<>();
    private final StringBuilder open = new StringBuilder();
    private long linesLeftOut;
    private long displaysLeftOut;
    private StreamType tailStream = StreamType.OUT;

    Outlet(Wire wire) {
        this.wire = wire;
        sender.setDaemon(true);
        sender.start();
    }

    /** From now on output belongs to the cell of this message. */
    void begin(MessageContext cell) {
        flush();
        synchronized (this) {
            parent = cell;
            characters = lines = displays = 0;
            displaysLeftOut = 0;
            forgetCut();
        }
    }

    /** The cell has ended: everything it gave is sent, and a word about what was left out. */
    void end() {
        synchronized (this) {
            if (cut) {
                endCut();
            }
            if (displaysLeftOut > 0) {
                add(new Text(StreamType.OUT, new StringBuilder("[" + displaysLeftOut + " more outputs left out: a cell shows at most " + MOST_DISPLAYS
                        + ". Keep one place and renew it: Live live = live(); live.show(chart);]\n")));
                displaysLeftOut = 0;
            }
        }
        flush();
    }

    /** Prints. */
    synchronized void print(StreamType stream, CharSequence text) {
        int newLines = (int) text.chars().filter(c -> c == '\n').count();
        if (!cut && characters + text.length() <= MOST_CHARACTERS && lines + newLines <= MOST_LINES) {
            characters += text.length();
            lines += newLines;
            Item last = pending.isEmpty() ? null : pending.get(pending.size() - 1);
            if (last instanceof Text same && same.stream == stream) {
                same.text.append(text);
            } else {
                add(new Text(stream, new StringBuilder(text)));
            }
        } else {
            keepTail(stream, text);
        }
    }

    /** Of what is too much the last lines are kept, and the others counted. */
    private void keepTail(StreamType stream, CharSequence text) {
        cut = true;
        tailStream = stream;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                tail.add(open.toString());
                open.setLength(0);
            } else if (open.length() < TAIL_LINE) {
                open.append(text.charAt(i));
            }
            if (tail.size() > TAIL_LINES) {
                tail.remove();
                linesLeftOut++;
            }
        }
    }

    /** A word about what was left out, and the end of it. */
    private void endCut() {
        StringBuilder last = new StringBuilder(String.format(Locale.ROOT, "%n[%,d lines left out here: a cell shows at most %,d lines or %,d characters, and its last %d lines]%n",
                linesLeftOut, MOST_LINES, MOST_CHARACTERS, TAIL_LINES));
        tail.forEach(line -> last.append(line).append('\n'));
        add(new Text(tailStream, last.append(open)));
        forgetCut();
    }

    private void forgetCut() {
        cut = false;
        linesLeftOut = 0;
        tail.clear();
        open.setLength(0);
    }

    private void add(Item item) {
        pending.add(item);
        notifyAll();
    }

    @Override public synchronized void display(Bundle bundle, String id) {
        if (++displays > MOST_DISPLAYS) {
            displaysLeftOut++;
            return;
        }
        add(new Shown(new PublishDisplayData(data(bundle, id)), null));
    }

    /** Of several renewals of one place that wait to be sent, only the last two count: a figure, and what made room for it. */
    @Override public synchronized void update(Bundle bundle, String id) {
        List<Item> waiting = pending.stream().filter(item -> item instanceof Shown shown && id.equals(shown.updates)).toList();
        pending.removeAll(waiting.subList(0, Math.max(0, waiting.size() - 1)));
        add(new Shown(new PublishUpdateDisplayData(data(bundle, id)), id));
    }

    private static DisplayData data(Bundle bundle, String id) {
        DisplayData data = new DisplayData();
        bundle.data().forEach(data::putData);
        if (id != null) {
            data.setDisplayId(id);
        }
        return data;
    }

    /** Sends something of the kernel's own, such as the result of a cell, after all that came before it. */
    void publish(ContentType<?> content) {
        synchronized (this) {
            add(new Shown(content, null));
        }
        flush();
    }

    /** Sends all that waits. */
    void flush() {
        synchronized (sending) {
            List<Item> now;
            MessageContext whose;
            synchronized (this) {
                now = pending;
                whose = parent;
                pending = new ArrayList<>();
            }
            int lost = 0;
            for (Item item : now) {
                try {
                    wire.send(whose, item.content());
                } catch (OutOfMemoryError full) {
                    Reserve.release(full);
                    lost++;
                }
            }
            if (lost > 0) {
                wire.send(whose, new PublishStream(StreamType.ERR, "[" + lost + (lost == 1 ? " output is" : " outputs are")
                        + " left out: the kernel's memory has no room to send so much. Show less, or free what you no longer need.]\n"));
            }
        }
    }

    private void sendForEver() {
        while (!closed) {
            try {
                synchronized (this) {
                    while (pending.isEmpty() && !closed) {
                        wait();
                    }
                }
                Thread.sleep(GATHER_MS);
                flush();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // The next attempt may work; an output thread that ended would silence all cells to come.
                continue;
            }
        }
    }

    @Override public void close() {
        closed = true;
        sender.interrupt();
    }
}
