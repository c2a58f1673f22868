package unrolled.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts inside a figure: plain words, with Plotly's few tags ({@code <sub> <sup> <b> <i> <br>}) allowed and all else shown as typed. */
final class Text {
    private static final String TAG = "/?(?:sub|sup|b|i|br)/?>";
    /** What stands in a text as one piece: a tag, an entity, or one character. */
    private static final Pattern PIECE = Pattern.compile("<" + TAG + "|&\\w+;|&#\\d+;|.", Pattern.DOTALL);

    private Text() {
    }

    /**
     * For Plotly: escaped, and broken into lines that are at most so many letters wide. Also a word that is wider is broken. A line
     * break in the text stays one. (A dollar sign would begin a formula where the page has MathJax.)
     */
    static String plotly(String text, int width) {
        return wrap(escape(text), Math.max(8, width));
    }

    /** For Plotly, in one line: a category on an axis. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replaceAll("<(?!" + TAG + ")", "&lt;").replace("$", "&#36;").replaceAll("\\R|<br/>", "<br>");
    }

    /** For a reader of plain text: without tags. */
    static String plain(String text) {
        return text.replaceAll("<br/?>|\\R", " ").replaceAll("<sub>", "_").replaceAll("<sup>", "^").replaceAll("<" + TAG, "");
    }

    /** A label that no other has, and looks as it did: Plotly puts what has the same name in the same place. */
    static String unique(String label, Map<String, Integer> seen) {
        return label + "\u200B".repeat(seen.merge(label, 1, Integer::sum) - 1);
    }

    /** How many lines a text made by {@link #plotly} has. */
    static int lines(String text) {
        return text.split("<br>", -1).length;
    }

    /** The width of the widest line of a text made by {@link #plotly}, in letters. */
    static int width(String text) {
        int widest = 0;
        for (String line : text.split("<br>", -1)) {
            widest = Math.max(widest, pieces(line).stream().mapToInt(Text::letters).sum());
        }
        return widest;
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            pieces.add(piece.group());
        }
        return pieces;
    }

    /** Emoji and East Asian characters are as wide as two letters. */
    private static int letters(String piece) {
        int c = piece.codePointAt(0);
        return c == '<' && piece.length() > 1 ? 0 : c >= 0x2E80 && c <= 0xD7FF || c > 0xFFFF ? 2 : 1;
    }

    private static String wrap(String text, int width) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        String gap = "";
        for (String word : text.split(" ")) {
            int length = width(word);
            if (column > 0 && column + 1 + length > width) {
                out.append("<br>");
                column = 0;
            } else if (out.length() > 0) {
                out.append(gap);
                column += gap.length();
            }
            gap = " ";
            for (String piece : pieces(word)) {
                if (column + letters(piece) > width) {
                    out.append("<br>");
                    column = 0;
                }
                out.append(piece);
                column = piece.startsWith("<br") ? 0 : column + letters(piece);
            }
        }
        return out.toString();
    }
}
