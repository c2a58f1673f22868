package unrolled.notebook.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
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
 * <p>Code of cells only adds to a list. One thread of this class sends, so an interrupted cell never breaks a message.
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

    private record Shown(ContentType<?> content, String updates, Set<String> types) implements Item {
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
    private final Deque<StringBuilder> tail = new ArrayDeque<>();
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
            linesLeftOut = displaysLeftOut = 0;
            tail.clear();
        }
    }

    /** The cell has ended: everything it gave is sent, and a word about what was left out. */
    void end() {
        synchronized (this) {
            if (linesLeftOut > 0) {
                long gone = linesLeftOut - tail.size() + (tail.isEmpty() || tail.peekLast().length() > 0 ? 0 : 1);
                StringBuilder last = new StringBuilder("\n[" + String.format("%,d", Math.max(0, gone)) + " lines left out here: a cell shows at most "
                        + String.format("%,d", MOST_LINES) + " lines or " + String.format("%,d", MOST_CHARACTERS)
                        + " characters, and the last " + TAIL_LINES + " lines]\n");
                tail.forEach(line -> last.append(line).append('\n'));
                if (tail.peekLast() != null && tail.peekLast().length() == 0) {
                    last.setLength(last.length() - 1);
                }
                add(new Text(tailStream, last));
                linesLeftOut = 0;
                tail.clear();
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
        if (linesLeftOut == 0 && characters + text.length() <= MOST_CHARACTERS && lines + newLines <= MOST_LINES) {
            characters += text.length();
            lines += newLines;
            Item last = pending.isEmpty() ? null : pending.get(pending.size() - 1);
            if (last instanceof Text open && open.stream == stream) {
                open.text.append(text);
            } else {
                add(new Text(stream, new StringBuilder(text)));
            }
        } else {
            keepTail(stream, text, newLines);
        }
    }

    private void keepTail(StreamType stream, CharSequence text, int newLines) {
        if (linesLeftOut == 0) {
            linesLeftOut = 1;
        }
        linesLeftOut += newLines;
        tailStream = stream;
        for (String line : text.toString().split("\n", -1)) {
            if (tail.isEmpty() || line != null && tail.peekLast() == OPEN) {
                tail.pollLast();
                tail.add(new StringBuilder());
            }
            StringBuilder last = tail.peekLast();
            last.append(line, 0, Math.min(line.length(), Math.max(0, TAIL_LINE - last.length())));
            tail.add(OPEN);
        }
        tail.pollLast(); // the line goes on with the next text
        while (tail.size() > TAIL_LINES + 1) {
            tail.pollFirst();
        }
    }

    private static final StringBuilder OPEN = new StringBuilder();

    private void add(Item item) {
        pending.add(item);
        notifyAll();
    }

    @Override public synchronized void display(Bundle bundle, String id) {
        if (++displays > MOST_DISPLAYS) {
            displaysLeftOut++;
            return;
        }
        add(new Shown(new PublishDisplayData(data(bundle, id)), null, Set.of()));
    }

    /** Of several renewals of one place that wait to be sent, only the last two count: a figure, and what made room for it. */
    @Override public synchronized void update(Bundle bundle, String id) {
        Set<String> types = Set.copyOf(bundle.data().keySet());
        int found = 0;
        for (Iterator<Item> items = new ArrayList<>(pending).iterator(); items.hasNext();) {
            found += items.next() instanceof Shown shown && id.equals(shown.updates) ? 1 : 0;
        }
        for (Iterator<Item> items = pending.iterator(); items.hasNext() && found >= 2;) {
            if (items.next() instanceof Shown shown && id.equals(shown.updates)) {
                items.remove();
                found--;
            }
        }
        add(new Shown(new PublishUpdateDisplayData(data(bundle, id)), id, types));
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
            add(new Shown(content, null, Set.of()));
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
            now.forEach(item -> wire.send(whose, item.content()));
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
