package unrolled.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Java values as Plotly reads them. Numbers keep all their digits: how many of them a figure needs depends on what it shows. */
final class Values {
    /** plotly.js leaves out what is larger, without a word. */
    static final double LARGEST = 1e300;

    /** What kind of axis a list of values needs. */
    enum Kind { NOTHING, NUMBERS, DATES, TIMES, NAMES }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {
    }

    static boolean canDraw(double value) {
        return Math.abs(value) <= LARGEST;
    }

    /** A number with all digits; what cannot be drawn (NaN, an infinity, more than {@link #LARGEST}) becomes null, a gap. */
    static JsonNode number(double value) {
        return canDraw(value) ? DoubleNode.valueOf(value + 0.0) : NullNode.instance; // + 0.0 turns -0 into 0
    }

    static ArrayNode numbers(double... values) {
        ArrayNode array = JSON.arrayNode(values.length);
        for (double value : values) {
            array.add(number(value));
        }
        return array;
    }

    /** The kind of the elements of an array of objects, doubles, or rows of doubles. */
    static Kind kind(Object array) {
        if (!(array instanceof Object[] values)) {
            return Kind.NUMBERS;
        }
        Kind kind = Kind.NOTHING;
        for (Object value : values) {
            Kind own = value == null ? Kind.NOTHING : value instanceof Number || value.getClass().isArray() ? Kind.NUMBERS
                    : value instanceof LocalTime ? Kind.TIMES
                    : value instanceof LocalDate || value instanceof LocalDateTime || value instanceof Instant ? Kind.DATES : Kind.NAMES;
            if (own != Kind.NOTHING && kind != own) {
                kind = kind == Kind.NOTHING ? own : Kind.NAMES;
            }
        }
        return kind;
    }

    /** The elements of any array, each as Plotly reads that kind. Missing values become null; a missing name "(missing)". */
    static ArrayNode of(Object array, Kind kind) {
        ArrayNode out = JSON.arrayNode();
        for (int i = 0; i < Array.getLength(array); i++) {
            out.add(of(Array.get(array, i), kind, i));
        }
        return out;
    }

    private static JsonNode of(Object value, Kind kind, int i) {
        if (value != null && value.getClass().isArray()) {
            return of(value, kind(value));
        }
        return switch (kind) {
            case NAMES -> TextNode.valueOf(value == null || value.equals("") ? "(missing)" : Text.escape(name(value)));
            case NUMBERS -> value == null ? NullNode.instance : number(asDouble((Number) value));
            case DATES, TIMES -> value == null ? NullNode.instance : date(value);
            case NOTHING -> NullNode.instance;
        };
    }

    /** Where a value lies, as far as it matters for whether it can be drawn: NaN if missing, a number, or 1 for a name. */
    static double measure(Object value) {
        return value == null ? Double.NaN : value instanceof Number number ? number.doubleValue()
                : kind(new Object[] {value}) == Kind.DATES && date(value).isNull() ? Double.MAX_VALUE : 1;
    }

    private static String name(Object value) {
        return value instanceof Double number ? Numbers.format(number, 15) : value.toString();
    }

    /** A float of 0.1 is drawn at 0.1, not at 0.10000000149. */
    private static double asDouble(Number number) {
        return number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
    }

    /** ISO 8601 as Plotly reads it: years 0 to 9999, without a zone; a time of day lies on an arbitrary day. */
    private static JsonNode date(Object value) {
        LocalDateTime time = value instanceof LocalTime ofDay ? ofDay.atDate(LocalDate.EPOCH)
                : value instanceof LocalDate day ? day.atStartOfDay()
                : value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : (LocalDateTime) value;
        boolean known = time.getYear() >= 0 && time.getYear() <= 9999;
        return known ? TextNode.valueOf(value instanceof LocalDate ? value.toString() : time.toString()) : NullNode.instance;
    }
}
