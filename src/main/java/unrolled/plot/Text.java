package unrolled.plot;

/** Texts inside a figure: plain words, with Plotly's few tags ({@code <sub> <sup> <b> <i> <br>}) allowed and all else shown as typed. */
final class Text {
    private static final String TAG = "/?(?:sub|sup|b|i|br)/?>";

    private Text() {
    }

    /** For Plotly: escaped, and broken into lines of at most the given number of characters. */
    static String plotly(String text, int width) {
        return wrap(text.replaceAll("&(?!#?\\w+;)", "&amp;").replaceAll("<(?!" + TAG + ")", "&lt;"), width);
    }

    /** For a reader of plain text: without tags. */
    static String plain(String text) {
        return text.replaceAll("<br>", " ").replaceAll("<sub>", "_").replaceAll("<sup>", "^").replaceAll("<" + TAG, "");
    }

    /** How many lines a text made by {@link #plotly} has. */
    static int lines(String text) {
        return text.split("<br>", -1).length;
    }

    private static String wrap(String text, int width) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            int length = plain(word).length();
            if (out.length() > 0) {
                boolean fits = column + 1 + length <= width;
                out.append(fits ? " " : "<br>");
                column = fits ? column + 1 : 0;
            }
            out.append(word);
            column = word.contains("<br>") ? 0 : column + length;
        }
        return out.toString();
    }
}
