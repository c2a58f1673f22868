package unrolled.train;

import java.util.ServiceLoader;
import unrolled.math.Null;

/** Hears what training has to say, in whole sentences: why it ended early, or that it computes mostly padding. */
@FunctionalInterface
public interface Listener {
    void say(String sentence);

    /** The one of a notebook, which shows sentences below the cell; elsewhere the logger {@code unrolled}, at level INFO. */
    static Listener standard() {
        return ServiceLoader.load(Listener.class, Listener.class.getClassLoader()).findFirst().orElse(Listener::log);
    }

    /** Writes to the logger {@code unrolled}. */
    static void log(String sentence) {
        System.getLogger("unrolled").log(System.Logger.Level.INFO, Null.refuse(sentence, "Listener.log: sentence", "a sentence"));
    }
}
