package unrolled.notebook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** {@code System.in} of the cells: each line is asked of the reader below the cell when the code wants one. */
final class Questions extends InputStream {
    private final Callable<String> ask;
    private byte[] line = {};
    private int next;

    /** @param ask asks for one line, without its end; it throws an InterruptedException when the reader presses stop */
    Questions(Callable<String> ask) {
        this.ask = ask;
    }

    private boolean ready() throws IOException {
        if (next < line.length) {
            return true;
        }
        try {
            String answer = ask.call();
            if (answer == null) {
                return false;
            }
            line = (answer + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
            next = 0;
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Stop.Stopped("Stopped by you.");
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The notebook could not be asked for a line: " + e.getMessage(), e);
        }
    }

    @Override public synchronized int read() throws IOException {
        return ready() ? line[next++] & 0xff : -1;
    }

    @Override public synchronized int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, line.length - next);
        System.arraycopy(line, next, into, offset, count);
        next += count;
        return count;
    }

    @Override public synchronized int available() {
        return line.length - next;
    }

    /** A new cell begins with an empty line. */
    synchronized void begin() {
        line = new byte[0];
        next = 0;
    }
}
