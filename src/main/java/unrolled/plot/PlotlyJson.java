package unrolled.plot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * Turns what Tablesaw writes (JavaScript object literals for an old plotly.js) into JSON that today's plotly.js draws.
 *
 * <p>Tablesaw writes unquoted keys, single quotes, trailing commas, numbers as strings, HTML entities in texts and titles
 * as plain strings, which plotly.js 3 ignores.
 */
final class PlotlyJson {
    /** Arrays of data, where Tablesaw writes numbers as strings. Labels ({@code text}, {@code labels}, names) stay strings. */
    private static final Set<String> NUMERIC_ARRAYS = Set.of(
            "x", "y", "z", "open", "high", "low", "close", "values", "range", "size", "color");
    private static final Set<String> NUMERIC_SCALARS = Set.of("opacity", "scaleratio", "dtick", "nticks", "tick0", "xshift");
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlotlyJson() {
    }

    /** What a layout says. */
    static ObjectNode of(Layout layout) {
        return layout == null ? JSON.objectNode() : parse(layout.asJavascript());
    }

    /** One trace, with the data that it holds. */
    static ObjectNode of(Trace trace) {
        ObjectNode json = parse(trace.asJavascript(0));
        new TraceData(trace, json);
        return json;
    }

    /** {@code var name = { ... };} as JSON. */
    static ObjectNode parse(String javascript) {
        String literal = javascript.substring(javascript.indexOf('{'), javascript.lastIndexOf('}') + 1);
        try {
            ObjectNode parsed = (ObjectNode) LENIENT.readTree(keepBackslashes(literal));
            clean(parsed);
            return parsed;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This Tablesaw figure could not be read as Plotly JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Tablesaw escapes data, which it writes in double quotes, but not the texts, which it writes in single quotes. */
    private static String keepBackslashes(String literal) {
        StringBuilder out = new StringBuilder(literal.length() + 16);
        char quote = 0;
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            out.append(c);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote == '\'') {
                out.append(c);
            } else if (c == '\\' && quote == '"') {
                out.append(literal.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            }
        }
        return out.toString();
    }

    private static void clean(ObjectNode node) {
        node.fieldNames().forEachRemaining(key -> {
            JsonNode value = node.get(key);
            if (value instanceof ObjectNode child) {
                clean(child);
            } else if (value instanceof ArrayNode array) {
                node.set(key, NUMERIC_ARRAYS.contains(key) && isNumeric(array) ? numbers(array) : array);
            } else {
                node.set(key, scalar(key, value));
            }
        });
        JsonNode title = node.get("title");
        JsonNode font = node.remove("titlefont");
        if (title instanceof TextNode) {
            node.set("title", JSON.objectNode().set("text", title));
        }
        if (font != null && node.get("title") instanceof ObjectNode object) {
            object.set("font", font);
        }
    }

    private static JsonNode scalar(String key, JsonNode value) {
        if (value.isNumber()) {
            return value.isFloatingPointNumber() ? Values.number(value.doubleValue()) : value;
        }
        if (!value.isTextual()) {
            return value;
        }
        String text = unescape(value.textValue());
        if (NUMERIC_SCALARS.contains(key) && isNumber(text)) {
            return Values.number(Double.parseDouble(text));
        }
        boolean flag = key.equals("visible") || key.equals("autorange");
        return flag && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
                ? BooleanNode.valueOf(Boolean.parseBoolean(text)) : new TextNode(text);
    }

    /** Undoes the template engine's HTML escaping. */
    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static ArrayNode numbers(ArrayNode array) {
        ArrayNode out = JSON.arrayNode(array.size());
        for (JsonNode each : array) {
            if (each instanceof ArrayNode row) {
                out.add(numbers(row));
            } else if (each.isTextual()) {
                out.add(isMissing(each.textValue()) ? NullNode.instance : Values.number(Double.parseDouble(each.textValue())));
            } else {
                out.add(each.isFloatingPointNumber() ? Values.number(each.doubleValue()) : each);
            }
        }
        return out;
    }

    /** Whether every string in the array is a number or a missing value, and at least one is a number. */
    private static boolean isNumeric(ArrayNode array) {
        boolean found = false;
        for (JsonNode each : array) {
            if (each.isTextual() && !isMissing(each.textValue())) {
                if (!isNumber(each.textValue())) {
                    return false;
                }
                found = true;
            }
            found |= each.isNumber() || each.isArray();
        }
        return found;
    }

    private static boolean isMissing(String text) {
        return text.isEmpty() || text.equals("null") || text.equals("NaN") || text.endsWith("Infinity");
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }
}
