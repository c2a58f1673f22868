package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Colours that stay apart for colour-blind readers (Okabe and Ito, 2008), and the two colour scales. */
public final class Palette {
    public static final String BLUE = "#0072B2";
    public static final String VERMILION = "#D55E00";
    public static final String GREEN = "#009E73";
    public static final String PURPLE = "#CC79A7";
    public static final String ORANGE = "#E69F00";
    public static final String SKY = "#56B4E9";
    public static final String BLACK = "#000000";
    public static final String GREY = "#7F7F7F";

    /** Ink of texts and axes. */
    static final String INK = "#222222";
    static final String SOFT = "#666666";
    static final String GRID = "#E6E6E6";
    private static final List<String> SERIES = List.of(BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK, GREY);

    private static final List<String> DASHES = List.of("solid", "9px,3px", "3px,3px", "12px,3px,3px,3px", "16px,5px", "12px,3px,3px,3px,3px,3px", "5px,5px", "2px,5px");
    private static final List<String> SYMBOLS = List.of("circle", "square", "diamond", "triangle-up", "x", "star", "triangle-down", "cross");
    private static final List<String> PATTERNS = List.of("", "/", ".", "x", "-", "\\", "|", "+");

    private Palette() {
    }

    /** The colour of series number i, round and round. */
    public static String series(int i) {
        return SERIES.get(Math.floorMod(i, SERIES.size()));
    }

    /** The dashes of line number i: the first is solid. Known apart in grey, where the colours are not. */
    static String dash(int i) {
        return DASHES.get(Math.floorMod(i, DASHES.size()));
    }

    /** The marker of series number i. */
    static String symbol(int i) {
        return SYMBOLS.get(Math.floorMod(i, SYMBOLS.size()));
    }

    /** The pattern on the bars of group number i: the first has none. */
    static String pattern(int i) {
        return PATTERNS.get(Math.floorMod(i, PATTERNS.size()));
    }

    /** A colour for a signed value in [-1, 1]: blue below zero, white at zero, red above. */
    public static String signed(double value) {
        double v = Double.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value));
        int[] end = v < 0 ? new int[] {33, 102, 172} : new int[] {178, 24, 43};
        double a = Math.abs(v);
        return String.format(java.util.Locale.ROOT, "#%02x%02x%02x", mix(end[0], a), mix(end[1], a), mix(end[2], a));
    }

    /** Black or white, whichever is readable on {@link #signed} of the same value. */
    public static String onSigned(double value) {
        return luminance(signed(value)) < 0.179 ? "#ffffff" : "#000000";
    }

    /** From 0 for black to 1 for white, as WCAG defines it; where it is 0.179, black and white have the same contrast, 4.58. */
    static double luminance(String colour) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static int mix(int end, double share) {
        return (int) Math.round(255 + (end - 255) * share);
    }

    static String transparent(String hex, double alpha) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return "rgba(" + (rgb >> 16) + "," + (rgb >> 8 & 255) + "," + (rgb & 255) + "," + alpha + ")";
    }

    /** Plotly's form of the signed scale. */
    static ArrayNode diverging() {
        return scale(signed(-1), signed(-0.5), signed(0), signed(0.5), signed(1));
    }

    /** From white to dark blue. */
    static ArrayNode sequential() {
        return scale("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b");
    }

    private static ArrayNode scale(String... colours) {
        ArrayNode scale = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < colours.length; i++) {
            scale.addArray().add(i / (colours.length - 1.0)).add(colours[i]);
        }
        return scale;
    }
}
