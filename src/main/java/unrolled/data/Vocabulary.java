package unrolled.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Null;

/**
 * Symbols (characters, words or tags) by number, 0 to V-1: the more often a symbol was seen, the smaller its number; of two seen
 * equally often the one that comes first in Unicode order. Build it from the training part alone, or the held-out part leaks in.
 */
public final class Vocabulary {
    /** Stands for every symbol that was seen too rarely, or never. */
    public static final String UNKNOWN = "<unknown>";
    private final List<String> symbols;
    private final Map<String, Integer> numbers = new HashMap<>();

    private Vocabulary(List<String> symbols) {
        this.symbols = List.copyOf(symbols);
        for (String symbol : symbols) {
            numbers.put(symbol, numbers.size());
        }
    }

    /**
     * The symbols that these training symbols hold {@code atLeast} times or more. From 2 on, the last number is {@link #UNKNOWN},
     * the number of all others; with 1 every symbol is kept, and one that was never seen is refused.
     */
    public static Vocabulary of(List<String> training, int atLeast) {
        if (Null.refuseIn(training, "Vocabulary.of: training", "the symbols to train on").isEmpty() || atLeast < 1) {
            throw new IllegalArgumentException("Vocabulary.of: " + training.size() + " symbols, each seen at least " + atLeast
                    + " times; expected at least one symbol and at least 1 time");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String symbol : training) {
            counts.merge(symbol, 1, Integer::sum);
        }
        List<String> symbols = new ArrayList<>(counts.keySet());
        symbols.removeIf(symbol -> counts.get(symbol) < atLeast || atLeast > 1 && symbol.equals(UNKNOWN));
        symbols.sort(Comparator.<String>comparingInt(symbol -> -counts.get(symbol)).thenComparing(Comparator.naturalOrder()));
        if (atLeast > 1) {
            symbols.add(UNKNOWN);
        }
        return new Vocabulary(symbols);
    }

    /** How many symbols. */
    public int V() {
        return symbols.size();
    }

    /** Every symbol, by number. */
    public List<String> symbols() {
        return symbols;
    }

    /** Whether this symbol has a number of its own. */
    public boolean knows(String symbol) {
        return numbers.containsKey(Null.refuse(symbol, "knows: symbol", "a symbol"));
    }

    /** The number of a symbol; of one that is not known, the number of {@link #UNKNOWN}. */
    public int index(String symbol) {
        Integer number = numbers.getOrDefault(Null.refuse(symbol, "index: symbol", "a symbol"), numbers.get(UNKNOWN));
        if (number == null) {
            String shown = symbol.codePoints().anyMatch(Character::isISOControl) ? String.format("U+%04X", symbol.codePointAt(0))
                    : "'" + symbol + "'";
            throw new IllegalArgumentException(shown + " is not among the V = " + V() + " symbols of the training part, and this "
                    + "vocabulary has no " + UNKNOWN + "; build it with atLeast = 2, so that rare and new symbols share one number");
        }
        return number;
    }

    /** The symbol of a number. */
    public String symbol(int index) {
        if (index < 0 || index >= V()) {
            throw new IllegalArgumentException("symbol " + index + " does not exist; this vocabulary has the numbers 0 to " + (V() - 1));
        }
        return symbols.get(index);
    }

    /** The numbers of symbols. */
    public int[] encode(List<String> symbols) {
        return Null.refuseIn(symbols, "encode: symbols", "symbols").stream().mapToInt(this::index).toArray();
    }

    /** The symbols of numbers. */
    public List<String> decode(int... indices) {
        List<String> symbols = new ArrayList<>();
        for (int index : Null.refuse(indices, "decode: indices", "symbol numbers")) {
            symbols.add(symbol(index));
        }
        return symbols;
    }

    @Override public String toString() {
        return "Vocabulary, V = " + V() + ": " + symbols.subList(0, Math.min(V(), 10)) + (V() > 10 ? " ..." : "");
    }
}
