package unrolled.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unrolled.math.Sequence;

/** A layer made of layers, each with a name: what they learn and what their traces are goes by {@code part.name}. */
abstract class Composite extends Layer {
    /** First to last. */
    final Map<String, Layer> parts = new LinkedHashMap<>();
    private List<Param> params;

    /** Adds a part behind the others; null is none. Errors: {@link IllegalArgumentException} if it is there already. */
    final void part(String name, Layer layer) {
        parts.forEach((other, before) -> {
            if (before == layer) {
                throw new IllegalArgumentException(getClass().getSimpleName() + ": layer " + name + ", " + layer + ", is the same object as layer "
                        + other + "; each place needs a layer of its own, since a layer remembers its last input");
            }
        });
        if (layer != null) {
            parts.put(name, layer);
        }
    }

    /** The gradient that a part has to give to what stands before it. */
    final Sequence needed(Layer part, Sequence dx) {
        if (dx == null) {
            throw new IllegalStateException("backward of " + getClass().getSimpleName() + ": its part " + part + " was told"
                    + " inputGradient(false), but what stands before it needs that gradient; tell the whole network, which tells its first part");
        }
        return dx;
    }

    @Override public Layer training(boolean training) {
        parts.values().forEach(part -> part.training(training));
        return super.training(training);
    }

    @Override public Layer keepDraws(boolean keep) {
        parts.values().forEach(part -> part.keepDraws(keep));
        return super.keepDraws(keep);
    }

    @Override public List<Param> params() {
        if (params == null) {                                // asked for at every training step
            params = parts.values().stream().flatMap(part -> part.params().stream()).toList();
        }
        return params;
    }

    @Override public Map<String, Param> named() {
        Map<String, Param> named = new LinkedHashMap<>();
        parts.forEach((part, layer) -> layer.named().forEach((name, p) -> named.put(part + "." + name, p)));
        return named;
    }

    @Override public final List<Recurrent> recurrent() {
        return parts.values().stream().flatMap(part -> part.recurrent().stream()).toList();
    }

    @Override void checkStepwise() {
        parts.values().forEach(Layer::checkStepwise);
    }

    @Override public final int multiplications() {
        return parts.values().stream().mapToInt(Layer::multiplications).sum();
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = new LinkedHashMap<>();
        parts.forEach((part, layer) -> layer.traces().forEach((name, s) -> traces.put(part + "." + name, s)));
        return traces;
    }
}
