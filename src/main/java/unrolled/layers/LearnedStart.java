package unrolled.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * A network whose memory begins with states that are learned, the same for every sequence, instead of zeros: h_{-1} = h0, and back
 * dh0 += Σ_b dh_{-1}. Zeros at first. One row [1,H] for each state of each cell in it, in the order of {@link #end}; their names are
 * {@code start.h}, or {@code start.0.h}, {@code start.1.h} ... where there are several cells.
 * A start that somebody gave, or a state that is carried, comes first. Errors: {@link IllegalArgumentException} without memory.
 */
public final class LearnedStart extends Composite {
    private final Layer net;
    private final Map<String, Param> start = new LinkedHashMap<>();
    private final List<Param> params;
    private boolean learned;                    // whether the last pass began with these

    private LearnedStart(Layer net) {
        this.net = Null.refuse(net, "LearnedStart.of: net", "a recurrent cell, or a network with some");
        part("net", net);
        if (net.recurrent().isEmpty()) {
            throw new IllegalArgumentException("LearnedStart.of: " + net + " has no memory that could start anywhere; expected recurrent cells");
        }
        CellStates.widths(net).forEach((name, H) -> start.put("start." + name, new Param(name, 1, H)));
        params = new ArrayList<>(super.params());
        params.addAll(start.values());
    }

    /** This network, with states to start from that are learned. */
    public static LearnedStart of(Layer net) {
        return new LearnedStart(net);
    }

    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        List<Recurrent> cells = net.recurrent();
        learned = cells.stream().noneMatch(cell -> cell.states.started());
        if (learned) {
            net.start(start.values().stream().map(h0 -> new Matrix(x.B, h0.size()).addRow(h0.value)).toArray(Matrix[]::new));   // h_{-1} = h0
        }
        Sequence y = net.forward(x);
        if (learned) {
            cells.stream().filter(cell -> !cell.carries()).forEach(Recurrent::reset);
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        Sequence dx = net.backward(dy);
        List<Matrix> dStart = net.startGradient();
        List<Param> h0 = List.copyOf(start.values());
        for (int i = 0; learned && i < h0.size(); i++) {
            h0.get(i).grad.addRowsOf(dStart.get(i));                                   // dh0 += Σ_b dh_{-1}
        }
        return dx;
    }

    @Override public LearnedStart inputGradient(boolean needed) {
        super.inputGradient(needed);
        net.inputGradient(needed);
        return this;
    }

    @Override public List<Param> params() {
        return params;
    }

    @Override public Map<String, Param> named() {
        Map<String, Param> named = super.named();
        named.putAll(start);
        return named;
    }

    @Override public int inputs() {
        return net.inputs();
    }

    @Override public int outputs() {
        return net.outputs();
    }

    @Override public String toString() {
        return "LearnedStart(" + net + ")";
    }
}
