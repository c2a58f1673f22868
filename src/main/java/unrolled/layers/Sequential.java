package unrolled.layers;

import java.util.List;
import unrolled.math.Null;
import unrolled.math.Sequence;

/** Layers one after another: the output of each is the input of the next, and gradients travel the same way back. */
public final class Sequential extends Composite {
    private final List<Layer> layers;

    private Sequential(List<Layer> layers) {
        this.layers = layers;
        layers.forEach(layer -> part(String.valueOf(parts.size()), layer));
    }

    /** These layers, first to last. Widths must fit: {@link IllegalArgumentException} names the pair that does not. */
    public static Sequential of(Layer... layers) {
        Null.refuseIn(layers, "Sequential.of: layers", "layers, first to last");
        if (layers.length == 0) {
            throw new IllegalArgumentException("Sequential.of: expected at least one layer, got none");
        }
        int width = 0;
        for (int i = 0; i < layers.length; i++) {
            int D = layers[i].inputs();
            if (width != 0 && D != 0 && D != width) {
                throw new IllegalArgumentException("Sequential.of: layer " + i + ", " + layers[i] + ", expects D = " + D
                        + " inputs, but the layers before it give " + width);
            }
            width = layers[i].outputs() != 0 ? layers[i].outputs() : width;
        }
        return new Sequential(List.of(layers));
    }

    @Override public Sequence forward(Sequence x) {
        enter();
        try {
            return pass(x);
        } finally {
            leave();
        }
    }

    private Sequence pass(Sequence x) {
        Sequence y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).forward(y);
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        enter();
        try {
            return passBack(dy);
        } finally {
            leave();
        }
    }

    private Sequence passBack(Sequence dy) {
        Sequence d = dy;
        for (int i = layers.size() - 1; i > 0; i--) {
            d = needed(layers.get(i), layers.get(i).backward(d));
        }
        return layers.get(0).backward(d);
    }

    /** All layers, first to last. */
    public List<Layer> layers() {
        return layers;
    }

    /** Layer i, from 0. */
    public Layer layer(int i) {
        if (i < 0 || i >= layers.size()) {
            throw new IllegalArgumentException("layer " + i + " does not exist; this network has layers 0 to " + (layers.size() - 1));
        }
        return layers.get(i);
    }

    @Override public Sequential training(boolean training) {
        super.training(training);
        return this;
    }

    @Override public Sequential inputGradient(boolean needed) {
        super.inputGradient(needed);
        layers.get(0).inputGradient(needed);
        return this;
    }

    @Override public int inputs() {
        return layers.stream().mapToInt(Layer::inputs).filter(n -> n != 0).findFirst().orElse(0);
    }

    @Override public int outputs() {
        return layers.stream().mapToInt(Layer::outputs).filter(n -> n != 0).reduce(0, (a, b) -> b);
    }

    /** One line a layer, with its parameter count. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder("Sequential, " + size() + " parameters");
        for (int i = 0; i < layers.size(); i++) {
            text.append("\n  ").append(i).append("  ").append(layers.get(i));
            if (layers.get(i).size() > 0) {
                text.append("  ").append(layers.get(i).size()).append(" parameters");
            }
        }
        return text.toString();
    }
}
