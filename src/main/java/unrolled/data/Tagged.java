package unrolled.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Sentences with a tag for each word, as the CoNLL files have them: a word and its tag a line, apart by a tab or a space, and a blank
 * line between sentences.
 *
 * @param sentences in the order of the file
 */
public record Tagged(List<Sentence> sentences) {
    /**
     * A sentence.
     *
     * @param words in order
     * @param tags one for each word
     */
    public record Sentence(List<String> words, List<String> tags) {
        public Sentence {
            words = List.copyOf(Null.refuseIn(words, "Sentence: words", "the words of a sentence"));
            tags = List.copyOf(Null.refuseIn(tags, "Sentence: tags", "a tag for each word"));
            if (words.size() != tags.size()) {
                throw new IllegalArgumentException("Sentence: " + words.size() + " words and " + tags.size() + " tags; expected one tag a word");
            }
        }
    }

    /** A file of the folder {@code data/}. */
    public static Tagged load(String name) {
        return parse("data/" + Null.refuse(name, "Tagged.load: name", "the name of a file in data/"), Text.load(name));
    }

    /** A file of your own, in UTF-8; errors name the file and the line. */
    public static Tagged load(Path file) {
        return parse(Null.refuse(file, "Tagged.load: file", "the path of a file").toString(), Text.load(file));
    }

    /** This text; errors name the file and the line. */
    static Tagged parse(String name, String text) {
        List<Sentence> sentences = new ArrayList<>();
        List<String> words = new ArrayList<>(), tags = new ArrayList<>();
        int number = 0;
        for (String line : (text + "\n\n").split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length != 2) {
                    throw new IllegalArgumentException(name + ", line " + number + ": '" + line.strip() + "' has " + fields.length
                            + " fields; expected a word and its tag, apart by a tab or a space, or a blank line between sentences");
                }
                words.add(fields[0]);
                tags.add(fields[1]);
            } else if (!words.isEmpty()) {
                sentences.add(new Sentence(List.copyOf(words), List.copyOf(tags)));
                words.clear();
                tags.clear();
            }
        }
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException(name + " holds no sentence; expected lines of a word and its tag");
        }
        return new Tagged(List.copyOf(sentences));
    }

    public Tagged {
        sentences = List.copyOf(Null.refuseIn(sentences, "Tagged: sentences", "sentences with tags"));
    }

    /** How many sentences. */
    public int count() {
        return sentences.size();
    }

    /** The sentences from (inclusive) to (exclusive). */
    public Tagged range(int from, int to) {
        if (from < 0 || to > count() || from >= to) {
            throw new IllegalArgumentException("range(" + from + "," + to + ") of " + count() + " sentences: expected 0 <= from < to <= "
                    + count());
        }
        return new Tagged(sentences.subList(from, to));
    }

    /** Every word, sentence after sentence: what a {@link Vocabulary} of words is built from. */
    public List<String> words() {
        return sentences.stream().flatMap(sentence -> sentence.words.stream()).toList();
    }

    /** Every tag, sentence after sentence. */
    public List<String> tags() {
        return sentences.stream().flatMap(sentence -> sentence.tags.stream()).toList();
    }

    /**
     * All sentences side by side: x [T,B,1] numbers of words, d [T,B,1] numbers of tags, T the longest; shorter ones are padded at
     * the end with zeros ({@link Sequence#lengths}), and the mask is 1 on words.
     */
    public Batch batch(Vocabulary words, Vocabulary tags) {
        Null.refuse(words, "batch: words", "the vocabulary of the words");
        Null.refuse(tags, "batch: tags", "the vocabulary of the tags");
        int T = sentences.stream().mapToInt(sentence -> sentence.words.size()).max().orElse(0), B = count();
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        int[] lengths = new int[B];
        for (int b = 0; b < B; b++) {
            Sentence sentence = sentences.get(b);
            lengths[b] = sentence.words.size();
            for (int t = 0; t < lengths[b]; t++) {
                x.at(t).set(b, 0, words.index(sentence.words.get(t)));
                d.at(t).set(b, 0, tags.index(sentence.tags.get(t)));
                mask.at(t).set(b, 0, 1);
            }
        }
        return new Batch(x.lengths(lengths), d.lengths(lengths), mask.lengths(lengths));
    }

    @Override public String toString() {
        return "Tagged, " + count() + " sentences, " + words().size() + " words";
    }
}
