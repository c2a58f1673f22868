package unrolled.course;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The options of a choice or a prediction, lettered a, b, c ... */
final class Options {

    private Options() { }

    static Map<String, String> lettered(String... texts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String text : texts) {
            options.put(String.valueOf((char) ('a' + options.size())), text);
        }
        return Collections.unmodifiableMap(options);
    }

    /** "a, b or c". */
    static String letters(Map<String, String> options) {
        List<String> all = List.copyOf(options.keySet());
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** A letter that marks an option, "b)". */
    private static final Pattern MARKED = Pattern.compile("(?<![a-z0-9])([a-z])\\s*\\)");

    /**
     * The letter in an answer such as {@code "B"}, {@code " b) "}, {@code 'b'} or {@code "b) many-to-one"}; empty when there is none yet.
     */
    static String letter(Object answer) {
        String text = answer instanceof String || answer instanceof Character ? answer.toString() : "";
        text = (text.length() > 1000 ? text.substring(0, 1000) : text).toLowerCase(Locale.ROOT);
        List<MatchResult> marked = MARKED.matcher(text).results().toList();
        return marked.size() == 1 && text.substring(0, marked.get(0).start()).isBlank() ? marked.get(0).group(1)
            : text.replaceAll("[\\s().:?\"']", "");
    }

    /** The place of the chosen option, from 0. */
    static int index(Map<String, String> options, Object answer) throws NotAnAnswer {
        if (!(answer instanceof String || answer instanceof Character)) {
            throw new NotAnAnswer("the answer is a letter in quotes, " + letters(options) + "; yours is " + Words.describe(answer) + ".");
        }
        String letter = letter(answer);
        if (letter.isEmpty()) {
            throw NotAnAnswer.blank();
        }
        if (!options.containsKey(letter)) {
            throw new NotAnAnswer("the answer is one of " + letters(options) + "; yours is " + Words.describe(answer) + ".");
        }
        return List.copyOf(options.keySet()).indexOf(letter);
    }
}
