package unrolled.course.lesson11;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import unrolled.data.Text;
import unrolled.layers.EncoderDecoder;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Real words and their secret writing: backwards, without the vowels a, e, i, o, u. Letters are numbered 0 to 25; written are
 * letters or the end, and read by the decoder letters or the beginning.
 *
 * @param words the words, mixed
 */
public record Secret(List<String> words) {
    /** Symbols behind the 26 letters. */
    public static final int LETTERS = 26, END = 26, OUTPUTS = 27, BEGIN = 27, INPUTS = 28;

    public Secret {
        words = List.copyOf(words);
    }

    /** All words of 2 to 8 letters in the names of emoji, English and French, that have a consonant; each once. */
    public static Secret load() {
        TreeSet<String> words = new TreeSet<>();
        for (String line : Text.load("emoji_names_en_fr.tsv").lines().skip(1).toList()) {
            words.addAll(List.of(EmojiNames.plain(line.replace('\t', ' ')).split(" ")));
        }
        words.removeIf(word -> !word.matches("[a-z]{2,8}") || write(word).isEmpty());
        List<String> mixed = new ArrayList<>(words);
        Collections.shuffle(mixed, new Random(11));
        return new Secret(mixed);
    }

    /** The secret writing: "heart" becomes "trh". */
    public static String write(String word) {
        return new StringBuilder(word.replaceAll("[aeiou]", "")).reverse().toString();
    }

    /** How many words are for training. */
    public int cut() {
        return words.size() * 4 / 5;
    }

    private static int[] encode(String text) {
        return text.chars().map(c -> c - 'a').toArray();
    }

    /** The text of letters. */
    public static String decode(int... letters) {
        StringBuilder text = new StringBuilder();
        IntStream.of(letters).forEach(n -> text.append((char) ('a' + n)));
        return text.toString();
    }

    /** What is read, [T',B,26], with lengths. */
    public static Sequence source(List<String> words) {
        return Text.oneHot(Sequence.symbols(words.stream().map(Secret::encode).toList()), LETTERS);
    }

    /** What the decoder reads in training, the beginning and then the right letters, each one step late: [T,B,28], with lengths. */
    public static Sequence targetInputs(List<String> words) {
        return Text.oneHot(Sequence.symbols(words.stream().map(word ->
            IntStream.concat(IntStream.of(BEGIN), IntStream.of(encode(write(word)))).toArray()).toList()), INPUTS);
    }

    /** What it is to write, the letters and then the end: [T,B,1]. */
    public static Sequence targets(List<String> words) {
        return Sequence.symbols(words.stream().map(word ->
            IntStream.concat(IntStream.of(encode(write(word))), IntStream.of(END)).toArray()).toList());
    }

    /** All three in one batch, as {@link EncoderDecoder} takes it. */
    public Batch batch() {
        Sequence x = EncoderDecoder.join(source(words), targetInputs(words)), d = targets(words), mask = new Sequence(x.T, x.B, 1);
        for (int b = 0; b < x.B; b++) {
            for (int t = 0; t < d.length(b); t++) {
                mask.at(t).set(b, 0, 1);
            }
        }
        return new Batch(x, EncoderDecoder.fill(d, x), mask);
    }

    /** What the network writes for each of these words, by itself. */
    public static List<String> written(EncoderDecoder net, List<String> words) {
        return Arrays.stream(net.generate(source(words), BEGIN, 10, END)).map(Secret::decode).toList();
    }

    /** Share of words whose letter number n, counted from 0, is right, among those whose secret has so many letters or more, and letter n. */
    public static double right(List<String> words, List<String> written, int n, int atLeast) {
        int right = 0, all = 0;
        for (int b = 0; b < words.size(); b++) {
            String wanted = write(words.get(b)), got = written.get(b);
            if (wanted.length() >= Math.max(n + 1, atLeast)) {
                all++;
                right += n < got.length() && got.charAt(n) == wanted.charAt(n) ? 1 : 0;
            }
        }
        return right / (double) all;
    }
}
