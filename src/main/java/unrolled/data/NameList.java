package unrolled.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Null;

/**
 * All names of the training sentences, each with its commonest type, as a tagger that learns nothing: from left to right it
 * takes the longest run of words that is on the list. The rival that a network which tags names has to beat.
 */
public final class NameList {
    private final Map<String, String> types = new HashMap<>();
    private final int longest;

    private NameList(Map<String, Map<String, Integer>> counts) {
        counts.forEach((text, of) -> types.put(text, of.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow().getKey()));
        longest = types.keySet().stream().mapToInt(text -> text.split(" ").length).max().orElse(0);
    }

    /** The names of these sentences. Of types that are equally common, the one that comes first in the alphabet. */
    public static NameList of(Tagged training) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (Tagged.Sentence sentence : Null.refuse(training, "NameList.of: training", "sentences with tags").sentences()) {
            for (Entities.Entity name : Entities.of(sentence.tags())) {
                counts.computeIfAbsent(name.text(sentence.words()), text -> new HashMap<>()).merge(name.type(), 1, Integer::sum);
            }
        }
        return new NameList(counts);
    }

    /** Whether these words, with a space between them, are a name on the list. */
    public boolean knows(String text) {
        return types.containsKey(Null.refuse(text, "knows: text", "the words of a name, with a space between them"));
    }

    /** How many names. */
    public int count() {
        return types.size();
    }

    /** A tag for each word. */
    public List<String> tags(List<String> words) {
        Null.refuseIn(words, "tags: words", "the words of a sentence");
        List<String> tags = new ArrayList<>(Collections.nCopies(words.size(), "O"));
        for (int t = 0; t < words.size(); t++) {
            for (int n = Math.min(longest, words.size() - t); n > 0; n--) {
                String type = types.get(String.join(" ", words.subList(t, t + n)));
                if (type != null) {
                    tags.set(t, "B-" + type);
                    Collections.fill(tags.subList(t + 1, t + n), "I-" + type);
                    t += n - 1;
                    break;
                }
            }
        }
        return tags;
    }

    @Override public String toString() {
        return "NameList, " + count() + " names";
    }
}
