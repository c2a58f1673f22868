package unrolled.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A drawn network: circles with a name and, if given, a value, joined by arrows that carry their weight. The thickness of an
 * arrow is the size of its weight, the colour is its sign (red positive, blue negative). It stands on a light card, so that it
 * reads the same in light and dark themes, and shrinks with its cell.
 */
public final class Drawing {
    private static final double COLUMN = 230;
    private static final double ROW = 92;
    private static final double RADIUS = 27;
    private static final double MARGIN = 52;

    private final String title;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, Double> values = new HashMap<>();
    private final Set<String> strong = new LinkedHashSet<>();
    private final Map<Double, String> columns = new LinkedHashMap<>();

    private record Node(String name, double x, double y) {
    }

    /** A weight of NaN draws a plain grey arrow without a number. */
    private record Edge(Node from, Node to, double weight) {
        String key() {
            return key(from.name, to.name);
        }

        static String key(String from, String to) {
            return from + " -> " + to;
        }

        double at(double t, boolean x) {
            return x ? from.x + t * (to.x - from.x) : from.y + t * (to.y - from.y);
        }
    }

    /** A box around a written weight. */
    private record Label(double x, double y, double width) {
        boolean touches(Label other) {
            return Math.abs(x - other.x) < (width + other.width) / 2 && Math.abs(y - other.y) < 17;
        }
    }

    private Drawing(String title) {
        if (title == null || title.isBlank()) {
            throw new IllegalArgumentException("A drawing needs a title, in words: what it shows.");
        }
        this.title = title;
    }

    /** An empty drawing; place nodes and arrows by {@link #node} and {@link #edge}. */
    public static Drawing of(String title) {
        return new Drawing(title);
    }

    /**
     * A feedforward network, one column of nodes per layer.
     *
     * @param layers  the names of the nodes in each layer, all different
     * @param weights between layer l and l+1: {@code weights.get(l)[i][j]} leads from node i to node j (as in y = x W); 0 draws
     *                a thin arrow, NaN none
     */
    public static Drawing network(String title, String[][] layers, List<double[][]> weights) {
        if (layers == null || weights == null || layers.length == 0 || Arrays.stream(layers).anyMatch(layer -> layer == null || layer.length == 0)) {
            throw new IllegalArgumentException("A network needs layers of at least one node each, and the weights between them; none may be null or empty.");
        }
        if (weights.size() != layers.length - 1) {
            throw new IllegalArgumentException(layers.length + " layers need " + (layers.length - 1) + " weight matrices, not "
                    + weights.size() + ".");
        }
        Drawing drawing = new Drawing(title);
        for (int l = 0; l < layers.length; l++) {
            for (int i = 0; i < layers[l].length; i++) {
                drawing.node(layers[l][i], l, i - (layers[l].length - 1) / 2.0);
            }
        }
        for (int l = 0; l < weights.size(); l++) {
            double[][] w = weights.get(l);
            int to = layers[l + 1].length;
            if (w == null || w.length != layers[l].length || Arrays.stream(w).anyMatch(row -> row == null || row.length != to)) {
                throw new IllegalArgumentException("weights.get(" + l + ") must have shape [" + layers[l].length + ","
                        + layers[l + 1].length + "] (from, to), not [" + (w == null ? "null" : w.length + "," + (w.length == 0 || w[0] == null ? 0 : w[0].length)) + "]; is it transposed?");
            }
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    if (!Double.isNaN(w[i][j])) {
                        drawing.edge(layers[l][i], layers[l + 1][j], w[i][j]);
                    }
                }
            }
        }
        return drawing;
    }

    /** A node at (column, row); rows count downwards and may be fractions. A name like {@code x1} is written with a small 1. */
    public Drawing node(String name, double column, double row) {
        if (name == null || name.isBlank() || !Values.canDraw(column) || !Values.canDraw(row)) {
            throw new IllegalArgumentException("A node needs a name and a finite place, not " + name + " at (" + column + ", " + row + ").");
        }
        if (nodes.put(name, new Node(name, column * COLUMN, row * ROW)) != null) {
            throw new IllegalArgumentException("Two nodes are called \"" + name + "\"; names must differ.");
        }
        return this;
    }

    /** An arrow with its weight. */
    public Drawing edge(String from, String to, double weight) {
        if (known(from).equals(known(to))) {
            throw new IllegalArgumentException("An arrow from \"" + from + "\" to itself is not drawn here; Plots.unfolded(...).memory(from, to) draws a memory.");
        }
        edges.add(new Edge(known(from), known(to), weight));
        return this;
    }

    /** An arrow without a weight. */
    public Drawing edge(String from, String to) {
        return edge(from, to, Double.NaN);
    }

    private Node known(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("There is no node \"" + name + "\"; there are " + nodes.keySet() + ".");
        }
        return node;
    }

    /** Writes a value into a node. */
    public Drawing value(String node, double value) {
        values.put(known(node).name, value);
        return this;
    }

    /** Writes a heading under each column: input, hidden, output. */
    public Drawing columns(String... headings) {
        for (int i = 0; i < headings.length; i++) {
            columns.put(i * COLUMN, headings[i]);
        }
        return this;
    }

    /** Makes these nodes strong and everything that is not highlighted pale. */
    public Drawing highlight(String... names) {
        for (String name : names) {
            strong.add(known(name).name);
        }
        return this;
    }

    /** Makes this arrow strong and everything that is not highlighted pale. */
    public Drawing highlightEdge(String from, String to) {
        String key = Edge.key(known(from).name, known(to).name);
        if (edges.stream().noneMatch(edge -> edge.key().equals(key))) {
            throw new IllegalArgumentException("There is no arrow " + key + ".");
        }
        strong.add(key);
        return this;
    }

    /** The drawing as an SVG document. */
    public String svg() {
        double left = nodes.values().stream().mapToDouble(Node::x).min().orElse(0) - MARGIN;
        double top = nodes.values().stream().mapToDouble(Node::y).min().orElse(0) - MARGIN - 26;
        double width = nodes.values().stream().mapToDouble(Node::x).max().orElse(0) + MARGIN - left;
        double height = nodes.values().stream().mapToDouble(Node::y).max().orElse(0) + MARGIN + (columns.isEmpty() ? 0 : 20) - top;
        width = Math.max(width, 40 + 9.0 * Text.width(Text.plain(title)));
        StringBuilder svg = new StringBuilder();
        svg.append(format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" style=\"max-width:100%%;height:auto\" viewBox=\"%.1f %.1f %.1f %.1f\" "
                + "role=\"img\" font-family=\"Helvetica, Arial, sans-serif\">", width, height, left, top, width, height));
        svg.append("<title>").append(escape(altText())).append("</title>");
        svg.append(format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"8\" fill=\"" + Look.CARD + "\"/>",
                left, top, width, height));
        svg.append(text(left + 16, top + 26, "start", 16, Palette.INK, escape(Text.plain(title)), " font-weight=\"600\""));
        double most = edges.stream().mapToDouble(Edge::weight).filter(Double::isFinite).map(Math::abs).max().orElse(1);
        edges.forEach(edge -> svg.append(arrow(edge, most)));
        List<Label> labels = new ArrayList<>();
        edges.stream().filter(edge -> !Double.isNaN(edge.weight)).forEach(edge -> svg.append(weight(edge, labels)));
        nodes.values().forEach(node -> svg.append(circle(node)));
        double foot = top + height - 16;
        columns.forEach((x, words) -> svg.append(text(x, foot, "middle", 13, Palette.SOFT, escape(words), "")));
        return svg.append("</svg>").toString();
    }

    private String opacity(String key) {
        return strong.isEmpty() || strong.contains(key) ? "" : " opacity=\"0.22\"";
    }

    private static String colour(double weight) {
        return Double.isNaN(weight) || weight == 0 ? "#666666" : weight < 0 ? "#2166ac" : "#b2182b";
    }

    private String arrow(Edge e, double most) {
        double length = Math.hypot(e.to.x - e.from.x, e.to.y - e.from.y);
        double thick = Double.isNaN(e.weight) || most == 0 ? 1.4 : 0.9 + 3.6 * Math.min(1, Math.abs(e.weight) / most);
        double head = 7 + 1.3 * thick;
        double ux = (e.to.x - e.from.x) / length;
        double uy = (e.to.y - e.from.y) / length;
        double x1 = e.to.x - ux * (RADIUS + 2);
        double y1 = e.to.y - uy * (RADIUS + 2);
        double bx = x1 - ux * head;
        double by = y1 - uy * head;
        return format("<g stroke=\"%s\" fill=\"%s\"%s><line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke-width=\"%.2f\"/>"
                        + "<polygon stroke=\"none\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/></g>",
                colour(e.weight), colour(e.weight), opacity(e.key()), e.from.x + ux * RADIUS, e.from.y + uy * RADIUS, bx, by, thick,
                x1, y1, bx - uy * head * 0.5, by + ux * head * 0.5, bx + uy * head * 0.5, by - ux * head * 0.5);
    }

    /** The number stands on its arrow, at the place that is farthest from the other arrows and touches no number. */
    private String weight(Edge e, List<Label> placed) {
        String number = number(e);
        Label best = null;
        double bestRoom = Double.NEGATIVE_INFINITY;
        for (double t = 0.24; t <= 0.74; t += 0.02) {
            Label here = new Label(e.at(t, true), e.at(t, false), 7.4 * number.length() + 6);
            double room = edges.stream().filter(other -> other != e).mapToDouble(other -> distance(here, other)).min().orElse(99);
            double score = Math.min(room, 16) - (placed.stream().anyMatch(here::touches) ? 100 : 0) - Math.abs(t - 0.4);
            if (score > bestRoom) {
                bestRoom = score;
                best = here;
            }
        }
        placed.add(best);
        String card = format("<g%s><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"16\" rx=\"3\" fill=\"" + Look.CARD + "\"/>",
                opacity(e.key()), best.x - best.width / 2, best.y - 8, best.width);
        return card + text(best.x, best.y + 4.5, "middle", 13, colour(e.weight), escape(number), " font-weight=\"600\"") + "</g>";
    }

    /** A weight, with as many digits as tell it from the others. */
    private String number(Edge edge) {
        return Numbers.distinct(3, edges.stream().mapToDouble(Edge::weight).toArray())[edges.indexOf(edge)];
    }

    private static double distance(Label p, Edge e) {
        double dx = e.to.x - e.from.x;
        double dy = e.to.y - e.from.y;
        double t = Math.max(0, Math.min(1, ((p.x - e.from.x) * dx + (p.y - e.from.y) * dy) / (dx * dx + dy * dy)));
        return Math.hypot(p.x - e.at(t, true), p.y - e.at(t, false));
    }

    private String circle(Node node) {
        Double value = values.get(node.name);
        boolean marked = strong.contains(node.name);
        String circle = format("<g%s><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                opacity(node.name), node.x, node.y, RADIUS, marked ? "#fff4cc" : "#f6f6f6", Palette.INK, marked ? "2.4" : "1.4");
        int size = Math.max(9, Math.min(15, 96 / node.name.length())); // a long name must stay in its circle
        String name = text(node.x, node.y + (value == null ? 5 : -3), "middle", size, Palette.INK, subscript(node.name), "");
        String number = value == null ? ""
                : text(node.x, node.y + 14, "middle", 12, Palette.INK, escape(Numbers.format(value, 3)), " font-weight=\"600\"");
        return circle + name + number + "</g>";
    }

    /** x1 -> x with a small 1 below. */
    private static String subscript(String name) {
        return escape(name).replaceFirst("^(\\p{L}+)_?(\\d+)$", "$1<tspan dy=\"4\" font-size=\"11\">$2</tspan>");
    }

    private static String text(double x, double y, String anchor, int size, String colour, String content, String more) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\"%s>", x, y, anchor, size, colour, more)
                + content + "</text>";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}]", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What is drawn, in words. */
    public String altText() {
        String arrows = edges.stream().map(e -> e.key() + (Double.isNaN(e.weight) ? "" : " " + number(e)))
                .collect(Collectors.joining(", "));
        String inside = nodes.keySet().stream().map(n -> n + (values.containsKey(n) ? " = " + Numbers.format(values.get(n), 3) : ""))
                .collect(Collectors.joining(", "));
        String marked = strong.isEmpty() ? "" : " Highlighted: " + String.join(", ", strong) + ".";
        return "Drawing \"" + Text.plain(title) + "\". Nodes: " + inside + ". Arrows: " + arrows + "." + marked;
    }

    @Override public String toString() {
        return altText();
    }
}
