package unrolled.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;
import unrolled.plot.Drawing;
import unrolled.plot.Graphic;
import unrolled.plot.Plots;

/**
 * One thing in several MIME types: the front end draws the richest that it knows; {@code text/plain} is always there, as the
 * alternative text.
 */
public record Bundle(Map<String, Object> data) {
    static final String PLOTLY = "application/vnd.plotly.v1+json";
    static final String HTML = "text/html";
    static final String MARKDOWN = "text/markdown";
    static final String SVG = "image/svg+xml";
    static final String TEXT = "text/plain";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Bundle of(String type, Object value, String text) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(type, value);
        data.put(TEXT, text);
        return new Bundle(data);
    }

    /** Anything: figures, tables and matrices richly, the rest by its {@code toString}. */
    public static Bundle of(Object thing) {
        Optional<Graphic> graphic = Plots.graphic(thing);
        if (graphic.isPresent()) {
            return of(PLOTLY, MAPPER.convertValue(graphic.get().plotly(), Map.class), graphic.get().altText());
        }
        if (thing instanceof Drawing drawing) {
            return of(SVG, drawing.svg(), drawing.altText());
        }
        if (thing instanceof Table table) {
            return of(Rows.of(table));
        }
        if (thing instanceof Rich rich) {
            return rich.bundle();
        }
        return MatrixView.canShow(thing) ? new MatrixView("", thing).bundle() : new Bundle(Map.of(TEXT, words(thing)));
    }

    /** As {@code toString}; of an array its elements, not its address. */
    private static String words(Object thing) {
        if (thing == null || !thing.getClass().isArray()) {
            return String.valueOf(thing);
        }
        String inBrackets = Arrays.deepToString(new Object[] {thing});
        return inBrackets.substring(1, inBrackets.length() - 1);
    }

    /** The types that a kernel should hand to {@link #of(Object)} when such a value is the last expression of a cell. */
    static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>(Plots.types());
        types.addAll(List.of(Drawing.class, Table.class, Rich.class));
        types.addAll(MatrixView.TYPES);
        return types;
    }

    /** The alternative text. */
    public String text() {
        return String.valueOf(data.get(TEXT));
    }
}
