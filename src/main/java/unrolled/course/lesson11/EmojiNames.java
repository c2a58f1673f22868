package unrolled.course.lesson11;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import unrolled.data.Text;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Names of emoji in English and in French, in small letters without accents, so that no single sign gives French away. A pair stays
 * together: English stands at even, French at odd places. The first four fifths, {@link #cut} names, are for training.
 *
 * @param names the names, letters a to z and single blanks
 */
public record EmojiNames(List<String> names) {
    /** Symbols: 0 is the blank, 1 to 26 the letters; a writer knows the end, and the two languages as first inputs. */
    public static final int LETTERS = 27, END = 27, ENGLISH = 28, FRENCH = 29, SYMBOLS = 30;

    private static final String PLAIN = "[a-z ]{1,24}";

    public EmojiNames {
        names = List.copyOf(names);
    }

    /**
     * From the file of the folder {@code data/}; names of more than 24 letters or with other signs, and names that stand in
     * both languages or twice, are left out.
     */
    public static EmojiNames load() {
        List<String[]> pairs = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String line : Text.load("emoji_names_en_fr.tsv").lines().skip(1).toList()) {
            String[] pair = line.split("\t");
            String english = plain(pair[0]), french = plain(pair[1]);
            if (english.matches(PLAIN) && french.matches(PLAIN) && !english.equals(french) && !seen.contains(english) && !seen.contains(french)) {
                pairs.add(new String[] {english, french});
                seen.addAll(List.of(english, french));
            }
        }
        Collections.shuffle(pairs, new Random(11));
        return new EmojiNames(pairs.stream().flatMap(Arrays::stream).toList());
    }

    /** Small letters without accents; signs that join words become blanks. */
    static String plain(String name) {
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT).replace("œ", "oe"), Normalizer.Form.NFD).replaceAll("\\p{M}", "")
            .replaceAll("[’'-]", " ").replaceAll(" +", " ").strip();
    }

    /** How many names are for training. */
    public int cut() {
        return names.size() / 10 * 8;
    }

    /** Numbers of letters, one-hot, [T,B,27], with lengths. */
    public static Sequence spell(List<String> texts) {
        return Text.oneHot(Sequence.symbols(texts.stream().map(EmojiNames::encode).toList()), LETTERS);
    }

    private static int[] encode(String text) {
        return text.chars().map(c -> c == ' ' ? 0 : c - 'a' + 1).toArray();
    }

    /** The text of symbols, up to the first that is no letter. */
    public static String decode(int... symbols) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < symbols.length && symbols[n] < END; n++) {
            text.append(symbols[n] == 0 ? ' ' : (char) ('a' + symbols[n] - 1));
        }
        return text.toString();
    }

    /** To read: a name goes in, [T,B,27]; its language comes out, 0 English, 1 French, [1,B,1]. */
    public Batch reading() {
        return Batch.of(spell(names), IntStream.range(0, names.size()).map(b -> b % 2).toArray());
    }

    /** To write: at step 0 the language goes in, then the name; each target is the next letter, the last one the end. [T,B,30], [T,B,1]. */
    public Batch writing() {
        List<int[]> in = new ArrayList<>(), out = new ArrayList<>();
        for (int b = 0; b < names.size(); b++) {
            int[] letters = encode(names.get(b));
            in.add(IntStream.concat(IntStream.of(ENGLISH + b % 2), IntStream.of(letters)).toArray());
            out.add(IntStream.concat(IntStream.of(letters), IntStream.of(END)).toArray());
        }
        return Batch.of(Text.oneHot(Sequence.symbols(in), SYMBOLS), Sequence.symbols(out));
    }

    /** The same batch with the other language at step 0. */
    public static Batch otherLanguage(Batch writing) {
        Sequence x = writing.x().copy();
        for (int b = 0; b < x.B; b++) {
            boolean english = x.at(0).get(b, ENGLISH) == 1;
            x.at(0).fillRow(b, 0).set(b, english ? FRENCH : ENGLISH, 1);
        }
        return new Batch(x, writing.d(), writing.mask());
    }
}
