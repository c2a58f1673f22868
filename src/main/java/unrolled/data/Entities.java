package unrolled.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import unrolled.math.Null;

/**
 * Names in tagged sentences, and how many of them were found. A name of type X begins with the tag B-X and goes on with I-X; a tag O
 * is no name. Where an I-X follows neither B-X nor I-X, it begins a name, as in the program conlleval. A found name is right only if
 * its first word, its last word and its type are all right.
 * Source: Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003 shared task", 2003.
 */
public final class Entities {
    private Entities() { }

    /**
     * A name: the words from (inclusive) to (exclusive) of a sentence.
     *
     * @param from its first word
     * @param to the word behind its last
     * @param type what stands behind B- or I-
     */
    public record Entity(int from, int to, String type) {
        public Entity {
            Null.refuse(type, "Entity: type", "a type such as PER");
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("Entity: words " + from + " to " + to + "; expected 0 <= from < to");
            }
        }

        /** Its words, with a space between them. */
        public String text(List<String> words) {
            Null.refuse(words, "text: words", "the words of its sentence");
            if (to > words.size()) {
                throw new IllegalArgumentException("text: " + this + " does not lie in a sentence of " + words.size() + " words");
            }
            return String.join(" ", words.subList(from, to));
        }
    }

    /**
     * What was found, counted. All shares lie between 0 and 1, and are 0 where nothing can be counted.
     *
     * @param right names that were found with the right words and the right type
     * @param found names that were found, right or wrong
     * @param wanted names that are there
     */
    public record Score(int right, int found, int wanted) {
        public Score {
            if (right < 0 || right > found || right > wanted) {
                throw new IllegalArgumentException("Score: " + right + " right of " + found + " found and " + wanted
                        + " wanted; expected 0 <= right, not more than either");
            }
        }

        /** The share of what was found that is right: right / found. */
        public double precision() {
            return found == 0 ? 0 : right / (double) found;
        }

        /** The share of what is there that was found: right / wanted. */
        public double recall() {
            return wanted == 0 ? 0 : right / (double) wanted;
        }

        /** The harmonic mean of precision and recall: 2 right / (found + wanted). */
        public double f1() {
            return found + wanted == 0 ? 0 : 2.0 * right / (found + wanted);
        }
    }

    /** The names that these tags mark, from left to right. Errors: {@link IllegalArgumentException} for a tag other than O, B-X and I-X. */
    public static List<Entity> of(List<String> tags) {
        Null.refuseIn(tags, "Entities.of: tags", "the tags of a sentence");
        List<Entity> names = new ArrayList<>();
        int from = -1;
        for (int t = 0; t <= tags.size(); t++) {
            String tag = t < tags.size() ? tags.get(t) : "O";
            if (!tag.equals("O") && !tag.matches("[BI]-.+")) {
                throw new IllegalArgumentException("Entities.of: tag " + t + " is '" + tag + "'; expected O, or B- or I- and a type");
            }
            boolean goesOn = from >= 0 && tag.startsWith("I-") && tag.substring(2).equals(tags.get(from).substring(2));
            if (from >= 0 && !goesOn) {
                names.add(new Entity(from, t, tags.get(from).substring(2)));
                from = -1;
            }
            if (from < 0 && !tag.equals("O")) {
                from = t;
            }
        }
        return List.copyOf(names);
    }

    /** How many names of the sentences were found by these tags, a list for each sentence. */
    public static Score score(Tagged right, List<List<String>> found) {
        return score(right, found, text -> true);
    }

    /** The same, counting only names whose words {@link Entity#text} fulfil a condition, such as not to be known from training. */
    public static Score score(Tagged right, List<List<String>> found, Predicate<String> counts) {
        Null.refuse(right, "score: right", "sentences with their right tags");
        Null.refuseIn(found, "score: found", "tags for each sentence");
        Null.refuse(counts, "score: counts", "a condition on the words of a name; text -> true for all");
        if (found.size() != right.count()) {
            throw new IllegalArgumentException("score: tags of " + found.size() + " sentences; expected " + right.count());
        }
        int hits = 0, all = 0, wanted = 0;
        for (int n = 0; n < found.size(); n++) {
            Tagged.Sentence sentence = right.sentences().get(n);
            if (found.get(n).size() != sentence.tags().size()) {
                throw new IllegalArgumentException("score: sentence " + n + " has " + found.get(n).size() + " tags; expected "
                        + sentence.tags().size() + ", one for each word");
            }
            Predicate<Entity> in = name -> counts.test(name.text(sentence.words()));
            Set<Entity> there = new HashSet<>(of(sentence.tags()).stream().filter(in).toList());
            List<Entity> guessed = of(found.get(n)).stream().filter(in).toList();
            wanted += there.size();
            all += guessed.size();
            hits += (int) guessed.stream().filter(there::contains).count();
        }
        return new Score(hits, all, wanted);
    }
}
