package unrolled.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * What a recurrent layer carries from step to step: how it begins and ends, and the way back. The loops of a pass count, since an
 * iterator would be an object a pass.
 */
final class States {
    private final List<String> names = new ArrayList<>();
    private final List<Sequence> values = new ArrayList<>(), gradients = new ArrayList<>();
    private final List<Matrix> end = new ArrayList<>();
    final Padding padding = new Padding(values, gradients);
    private List<Matrix> start = List.of();
    /** What the backward pass under way adds at the end of each state; none means zeros. */
    List<Matrix> dEnd = List.of();
    boolean carry;
    /** Gradients flow back within blocks of this many steps. */
    int truncate = Integer.MAX_VALUE;
    StateDropout dropout = new StateDropout(0, null);

    void dropout(double p, RandomGenerator random) {
        dropout = new StateDropout(Dropout.probability("dropState", p, random), random);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (int n = 0; n < names.size(); n++) {
            widths.put(names.get(n), values.get(n).F);
        }
        return widths;
    }

    void clear() {
        names.clear();
        values.clear();
        gradients.clear();
        end.clear();
        padding.clear();
    }

    void add(String name, Sequence s, Sequence ds) {
        names.add(Null.refuse(name, "state: name", "the symbol of a state"));
        values.add(Null.refuse(s, "state: s", "a state [T,B,·]"));
        gradients.add(Null.refuse(ds, "state: ds", "the gradient of a state [T,B,·]"));
        end.add(s.at(s.T - 1));
        padding.add(s);
    }

    /** Copies of these states are where every pass begins; none means zeros. */
    void start(List<Matrix> states) {
        start = states.stream().map(Matrix::copy).toList();
    }

    boolean started() {
        return !start.isEmpty();
    }

    List<Matrix> start() {
        return start.stream().map(Matrix::copy).toList();
    }

    List<Matrix> end(Recurrent layer) {
        if (layer.T == 0) {
            throw new IllegalStateException("the states of " + layer + " before any forward; call forward(x) first");
        }
        return end;
    }

    /** Where the state is carried, the next pass begins as this one ended. */
    void carryOn() {
        if (carry) {
            start(end);
        }
    }

    List<Matrix> startGradient(Recurrent layer) {
        end(layer);
        return gradients.stream().map(d -> d.at(-1)).toList();
    }

    /** Fills the slab t = -1, and draws the mask if there is one. */
    void begin(Recurrent layer) {
        dropout.draw(layer);
        if (!start.isEmpty() && start.size() != values.size()) {
            throw new IllegalArgumentException("start of " + layer + ": got " + start.size() + " states; it has " + names);
        }
        for (int n = 0; n < values.size(); n++) {
            Matrix initial = values.get(n).at(-1), given = start.isEmpty() ? null : start.get(n);
            if (given == null) {
                initial.fill(0);
            } else if (given.rows() != initial.rows() || given.cols() != initial.cols()) {
                throw new IllegalArgumentException("start of " + layer + ": state " + names.get(n) + " is " + given.shape()
                        + " but this batch needs " + initial.shape() + (given.cols() != initial.cols() ? "; it is of another cell, or the states"
                        + " stand in another order than " + names : "; call reset() before a batch of another size"));
            } else {
                initial.set(given);
            }
        }
    }

    /** Zero gradients, but for that of the output, which is there already; and those of the end states, if any. */
    void beginBack(Recurrent layer, Sequence dOut) {
        for (int n = 0; n < dEnd.size(); n++) {
            if (!dEnd.get(n).shape().equals(end.get(n).shape())) {
                throw new IllegalArgumentException("backward of " + layer + ": the gradient of the end state " + names.get(n) + " is "
                        + dEnd.get(n).shape() + "; expected " + end.get(n).shape() + ", one row a sequence");
            }
        }
        dropout.beginBack();
        for (int n = 0; n < gradients.size(); n++) {
            Sequence d = gradients.get(n);
            if (d != dOut) {
                d.fill(0);
            }
            if (!dEnd.isEmpty()) {
                d.at(d.T - 1).add(dEnd.get(n));
            }
        }
    }

    /** Forgets what came back to step t from the steps after it; the output keeps what the layers above gave it, dy. */
    void cut(int t, Sequence dOut, Sequence dy) {
        for (int n = 0; n < gradients.size(); n++) {
            gradients.get(n).at(t).fill(0);
        }
        dOut.at(t).set(dy.at(t));
    }

    Map<String, Sequence> traces() {
        Map<String, Sequence> traces = new LinkedHashMap<>();
        for (int n = 0; n < names.size(); n++) {
            traces.put(names.get(n), values.get(n));
        }
        for (int n = 0; n < names.size(); n++) {
            traces.put("d" + names.get(n), gradients.get(n));
        }
        return traces;
    }
}
