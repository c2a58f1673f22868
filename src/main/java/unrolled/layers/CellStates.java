package unrolled.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/** The states of all cells of a layer as one list, in the order of {@link Layer#end}: each cell gets its share. */
final class CellStates {
    private CellStates() { }

    static void start(Layer layer, Matrix... states) {
        share(layer, "start", List.of(Null.refuseIn(states, "start: states", "matrices [B,·]")), (cell, own) -> cell.start(own.toArray(new Matrix[0])));
    }

    static Sequence backward(Layer layer, Sequence dy, List<Matrix> dEnd) {
        share(layer, "backward", Null.refuseIn(dEnd, "backward: dEnd", "the gradients of the end states"), (cell, own) -> cell.states.dEnd = own);
        try {
            return layer.backward(dy);
        } finally {
            layer.recurrent().forEach(cell -> cell.states.dEnd = List.of());          // also where it was refused
        }
    }

    /** None for every cell if there are none; else as many as all cells have together. */
    private static void share(Layer layer, String operation, List<Matrix> states, BiConsumer<Recurrent, List<Matrix>> give) {
        Map<String, Integer> widths = widths(layer);
        if (!states.isEmpty() && states.size() != widths.size()) {
            throw new IllegalArgumentException(operation + " of " + layer + ": got " + states.size() + (states.size() == 1 ? " state" : " states")
                    + " or gradients of states; it has " + (widths.isEmpty() ? "none" : widths.size() + ", " + widths.keySet()));
        }
        int at = 0;
        for (Recurrent cell : layer.recurrent()) {
            int count = states.isEmpty() ? 0 : own(cell).size();
            give.accept(cell, states.subList(at, at + count));
            at += count;
        }
    }

    private static Map<String, Integer> own(Recurrent cell) {
        if (cell.states.isEmpty()) {
            cell.resize(1, 1);                               // its allocate() knows them; the next forward pass allocates anew
            cell.T = 0;
            cell.out = null;
        }
        return cell.states.widths();
    }

    /** Refuses a decoder whose states are not those that an encoder ends with. */
    static void same(Layer encoder, Layer decoder) {
        Map<String, Integer> ends = widths(encoder), starts = widths(decoder);
        if (ends.isEmpty() || !ends.equals(starts)) {
            throw new IllegalArgumentException("EncoderDecoder: the encoder " + encoder + " ends with the states " + ends + ", but the decoder "
                    + decoder + " starts with " + starts + "; expected the same kind and size of cells in both");
        }
    }

    /** The width of every state by name: that of its symbol, behind the number of its cell if there are several. */
    static Map<String, Integer> widths(Layer layer) {
        List<Recurrent> cells = layer.recurrent();
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.size() == 1 ? "" : i + ".";
            own(cells.get(i)).forEach((name, width) -> widths.put(cell + name, width));
        }
        return widths;
    }
}
