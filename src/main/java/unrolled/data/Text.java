package unrolled.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * A text as numbers, cut in two: the first part to train on, the rest held out. The vocabulary knows the first part alone.
 * The task is to say the next symbol: x_t and d_t = x_{t+1} are numbers 0 to V-1, as an embedding or {@link #oneHot} takes them.
 *
 * @param vocabulary the symbols, numbered by how often the training part holds them
 * @param training the numbers of the training part, in order
 * @param heldOut the numbers of the rest, in order
 */
public record Text(Vocabulary vocabulary, int[] training, int[] heldOut) {
    /** A word, with apostrophes and hyphens inside it, or a single other sign. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’-][\\p{L}\\p{M}\\p{N}]+)*|\\S");

    public Text {
        Null.refuse(vocabulary, "Text: vocabulary", "the vocabulary of the training part");
        Null.refuse(training, "Text: training", "symbol numbers");
        Null.refuse(heldOut, "Text: heldOut", "symbol numbers");
    }

    /** A text file of the folder {@code data/}, in UTF-8. */
    public static String load(String name) {
        return new String(DataFolder.open().bytes(Null.refuse(name, "Text.load: name", "the name of a file in data/")), StandardCharsets.UTF_8);
    }

    /** A text file of your own, in UTF-8. Errors: {@link IllegalArgumentException} naming the file if it is missing or of another encoding. */
    public static String load(Path file) {
        Null.refuse(file, "Text.load: file", "the path of a text file");
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file " + file.toAbsolutePath() + " does not exist; expected a text file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file " + file.toAbsolutePath() + " is not in UTF-8; save it in this encoding, or read it with"
                    + " Files.readString(file, charset)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file.toAbsolutePath() + " cannot be read (" + e + "); expected a text file", e);
        }
    }

    /** The characters of a text, blanks and line ends too. */
    public static List<String> characters(String text) {
        Null.refuse(text, "Text.characters: text", "a text");
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** The words of a text, and each punctuation mark as a word of its own; all in small letters if lowerCase. */
    public static List<String> words(String text, boolean lowerCase) {
        Null.refuse(text, "Text.words: text", "a text");
        List<String> words = new ArrayList<>();
        Matcher m = WORD.matcher(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
        while (m.find()) {
            words.add(m.group());
        }
        return words;
    }

    /**
     * The first {@code share} of the symbols (0.9: nine tenths) to train on, the rest held out; symbols that the training part holds
     * less than {@code atLeast} times become {@link Vocabulary#UNKNOWN}.
     */
    public static Text of(List<String> symbols, double share, int atLeast) {
        int cut = (int) Math.round(Null.refuseIn(symbols, "Text.of: symbols", "characters or words").size() * share);
        if (!(share > 0 && share < 1) || cut < 1 || cut == symbols.size()) {
            throw new IllegalArgumentException("Text.of: a share of " + share + " of " + symbols.size()
                    + " symbols; expected a share between 0 and 1 that leaves symbols to train on and symbols to hold out");
        }
        Vocabulary vocabulary = Vocabulary.of(symbols.subList(0, cut), atLeast);
        return new Text(vocabulary, vocabulary.encode(symbols.subList(0, cut)), vocabulary.encode(symbols.subList(cut, symbols.size())));
    }

    /** Runs of T numbers, one after another, each with what follows at every step: x, d [T,B,1]. What fills no run is left out. */
    public static Batch examples(int[] numbers, int T) {
        Null.refuse(numbers, "Text.examples: numbers", "symbol numbers");
        if (T < 1 || numbers.length <= T) {
            throw new IllegalArgumentException("Text.examples: " + numbers.length + " symbols give no run of T = " + T
                    + " steps with a symbol after it; expected 1 <= T < number of symbols");
        }
        int B = (numbers.length - 1) / T;
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                x.at(t).set(b, 0, numbers[b * T + t]);
                d.at(t).set(b, 0, numbers[b * T + t + 1]);
            }
        }
        return new Batch(x, d, null);
    }

    /** All numbers as one long sequence, to be read with a state that is carried along: x, d [T,1,1], T one less than there are numbers. */
    public static Batch stream(int[] numbers) {
        return examples(numbers, Null.refuse(numbers, "Text.stream: numbers", "symbol numbers").length - 1);
    }

    /** Numbers [T,B,1] as rows of zeros with a one at the place of the number, [T,B,V]; padding stays zero. */
    public static Sequence oneHot(Sequence numbers, int V) {
        Null.refuse(numbers, "Text.oneHot: numbers", "symbol numbers [T,B,1]");
        if (numbers.F != 1) {
            throw new IllegalArgumentException("oneHot: the numbers " + numbers.shape() + " are " + numbers.F + " a step; expected one");
        }
        Sequence x = new Sequence(numbers.T, numbers.B, V).lengthsOf(numbers);
        for (int b = 0; b < numbers.B; b++) {
            for (int t = 0; t < numbers.length(b); t++) {
                double number = numbers.at(t).get(b, 0);
                if (!(number >= 0 && number < V && number == Math.rint(number))) {
                    throw new IllegalArgumentException("oneHot: step " + t + " of sequence " + b + " is " + number
                            + "; expected a whole number 0 to " + (V - 1) + ", since V = " + V);
                }
                x.at(t).set(b, (int) number, 1);
            }
        }
        return x;
    }

    @Override public String toString() {
        return "Text, " + training.length + " symbols to train on, " + heldOut.length + " held out; " + vocabulary;
    }
}
