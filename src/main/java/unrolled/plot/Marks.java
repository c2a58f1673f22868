package unrolled.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import unrolled.plot.Room.Box;

/** Lines, notes and arrows on top of the data of one chart; their words stand where nothing is drawn. */
final class Marks {
    private static final String[] DASHES = {"dash", "dot", "longdash", "dashdot"};
    private static final int LETTERS = 26;
    private static final int ROW = 17;

    private final List<Line> lines = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /** A line across the whole plot at a y value, or up at an x value. */
    private record Line(boolean across, double at, String text) {
    }

    /** Words at (x, y); an arrow comes from (fromX, fromY), a note's words stand somewhere near. */
    private record Note(boolean arrow, double fromX, double fromY, double x, double y, String text) {
    }

    void line(boolean across, double at, String text) {
        lines.add(new Line(across, at, text == null ? "" : text));
    }

    void note(double x, double y, String text) {
        notes.add(new Note(false, x, y, x, y, text == null ? "" : text));
    }

    void arrow(double fromX, double fromY, double x, double y, String text) {
        notes.add(new Note(true, fromX, fromY, x, y, text == null ? "" : text));
    }

    /** Whether there is a line across or up, for which the axis must have room. */
    boolean has(boolean across) {
        return lines.stream().anyMatch(line -> line.across == across);
    }

    /** Adds shapes and annotations to a layout; returns the height in pixels that words above the plot take. */
    int draw(ObjectNode layout, Room room, boolean xLog, boolean yLog) {
        ArrayNode shapes = layout.putArray("shapes");
        ArrayNode words = layout.putArray("annotations");
        for (Line line : lines) {
            shape(shapes.addObject(), line, line.across ? yLog : xLog);
            if (!line.across) {
                room.line(line.at);
            }
        }
        for (Note note : notes) {
            ObjectNode node = words.addObject().put("xref", "x").put("yref", "y").put("x", place(note.x, xLog, note.text))
                    .put("y", place(note.y, yLog, note.text)).put("text", Text.plotly(note.text, LETTERS)).put("showarrow", true)
                    .put("arrowhead", 2).put("arrowwidth", 1.5).put("arrowcolor", Palette.INK).put("bgcolor", "rgba(251,251,250,0.85)")
                    .put("borderpad", 2);
            if (note.arrow) {
                node.put("axref", "x").put("ayref", "y").put("ax", place(note.fromX, xLog, note.text)).put("ay", place(note.fromY, yLog, note.text));
            } else {
                beside(node, note, room);
            }
        }
        int dash = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).across && !lines.get(i).text.isEmpty()) {
                along(words, (ObjectNode) shapes.get(i), lines.get(i), room, yLog, DASHES[dash++ % DASHES.length]);
            }
        }
        return above(words, room, xLog);
    }

    /** Plotly wants the logarithm of a note's place on a logarithmic axis, and the place of a shape as it is. */
    private static double place(double value, boolean log, String text) {
        if (!Values.canDraw(value) || log && value <= 0) {
            throw new IllegalArgumentException("The mark" + (text.isEmpty() ? "" : " \"" + Text.plain(text) + "\"") + " stands at "
                    + Numbers.format(value) + ", where the axis has no place: give it a finite number"
                    + (log ? " above 0, since the axis is logarithmic." : "."));
        }
        return log ? Math.log10(value) : value;
    }

    private static void shape(ObjectNode shape, Line line, boolean log) {
        place(line.at, log, line.text);
        shape.put("type", "line").put("xref", line.across ? "x domain" : "x").put("yref", line.across ? "y" : "y domain")
                .put("x0", line.across ? 0 : line.at).put("x1", line.across ? 1 : line.at)
                .put("y0", line.across ? line.at : 0).put("y1", line.across ? line.at : 1);
        shape.putObject("line").put("color", Palette.SOFT).put("width", 1.5).put("dash", DASHES[0]);
    }

    /** A note stands in one of the places round its point, in the nearest that covers nothing. */
    private static void beside(ObjectNode node, Note note, Room room) {
        double x = room.x(note.x);
        double y = room.y(note.y);
        Box size = Room.box(node.get("text").asText());
        List<Box> boxes = new ArrayList<>();
        for (double far : new double[] {24, 50, 85, 130}) {
            for (double across : new double[] {1, -1, 0.4, -0.4, 0, 1.6, -1.6}) {
                for (int up : new int[] {-1, 1}) {
                    boxes.add(size.at(x + across * (size.width() / 2 + far / 2), y + up * (size.height() / 2 + far)));
                }
            }
            boxes.add(size.at(x + size.width() / 2 + far, y));
            boxes.add(size.at(x - size.width() / 2 - far, y));
        }
        Box box = boxes.get(room.best(boxes));
        node.put("ax", Math.round(box.x() - x)).put("ay", Math.round(box.y() - y));
    }

    /** The words of a horizontal line stand on it where nothing is drawn; if there is no such place, in the legend. */
    private static void along(ArrayNode words, ObjectNode shape, Line line, Room room, boolean log, String dash) {
        String text = Text.plotly(line.text, LETTERS);
        Box size = Room.box(text);
        List<Box> boxes = new ArrayList<>();
        for (int k = 10; k >= 0; k--) {
            double x = size.width() / 2 + k / 10.0 * (room.width() - size.width());
            boxes.add(size.at(x, room.y(line.at) - size.height() / 2 - 1));
            boxes.add(size.at(x, room.y(line.at) + size.height() / 2 + 1));
        }
        if (boxes.stream().allMatch(box -> room.covered(box) > 0)) {
            ((ObjectNode) shape.get("line")).put("dash", dash);
            shape.put("showlegend", true).put("name", Text.plotly(line.text, 40));
            return;
        }
        int best = room.best(boxes);
        words.addObject().put("xref", "x domain").put("yref", "y").put("x", boxes.get(best).x() / room.width())
                .put("y", place(line.at, log, line.text)).put("text", text).put("xanchor", "center").put("yanchor", best % 2 == 0 ? "bottom" : "top")
                .put("showarrow", false).putObject("font").put("size", 12).put("color", Palette.SOFT);
    }

    /** The words of vertical lines stand above the plot, in as many rows as keep them apart. */
    private int above(ArrayNode words, Room room, boolean log) {
        List<List<Box>> rows = new ArrayList<>();
        int tallest = 0;
        for (Line line : lines) {
            if (line.across || line.text.isEmpty()) {
                continue;
            }
            String text = Text.plotly(line.text, LETTERS);
            Box size = Room.box(text);
            double at = room.x(line.at);
            // Words that are wider than the plot go from their line towards its farther side.
            double middle = size.width() > room.width() ? at + (at > room.width() / 2 ? -1 : 1) * size.width() / 2
                    : Math.max(size.width() / 2, Math.min(room.width() - size.width() / 2, at));
            Box box = new Box(middle, 0, size.width(), 1);
            int row = 0;
            while (row < rows.size() && rows.get(row).stream().anyMatch(box::touches)) {
                row++;
            }
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
            }
            rows.get(row).add(box);
            tallest = Math.max(tallest, Text.lines(text));
            words.addObject().put("xref", "x").put("yref", "y domain").put("x", place(line.at, log, line.text)).put("y", 1).put("text", text)
                    .put("xanchor", middle > at + 1 ? "left" : middle < at - 1 ? "right" : "center").put("yanchor", "bottom")
                    .put("yshift", 2 + ROW * row).put("showarrow", false).putObject("font").put("size", 12).put("color", Palette.SOFT);
        }
        return rows.isEmpty() ? 0 : 4 + ROW * (rows.size() - 1) + 15 * tallest;
    }
}
