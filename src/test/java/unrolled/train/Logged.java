package unrolled.train;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What {@link Listener#standard} says outside of a notebook: it goes to the logger. */
final class Logged {
    private Logged() { }

    /** Every record of the logger while the work is done. */
    static List<LogRecord> records(Runnable work) {
        List<LogRecord> records = new ArrayList<>();
        Logger logger = Logger.getLogger("unrolled");
        Handler handler = new Handler() {
            @Override public void publish(LogRecord record) {
                records.add(record);
            }

            @Override public void flush() { }

            @Override public void close() { }
        };
        Level level = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(Level.INFO);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
        }
        return records;
    }

    static List<String> sentences(Runnable work) {
        return records(work).stream().map(LogRecord::getMessage).toList();
    }
}
