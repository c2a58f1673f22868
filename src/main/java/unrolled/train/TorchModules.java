package unrolled.train;

import java.util.List;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Recurrent;

/** What one recurrent module of PyTorch can be: layers of one kind and width, behind one another, all in one direction or all in both. */
final class TorchModules {
    private TorchModules() { }

    /** Refuses layers under one name that are no module of PyTorch. */
    static void check(List<Layer> all, List<Layer> layers, String... modules) {
        for (int i = 0; i < layers.size(); i++) {
            List<Recurrent> cells = layers.get(i).recurrent();
            if (layers.get(i) instanceof Bidirectional && !same(cells.get(0), cells.get(1))) {
                throw new IllegalArgumentException("Torch: " + layers.get(i) + " reads with two kinds or widths of cells, which no module of PyTorch"
                        + " does; expected two of one kind and width, or save it with Weights.save");
            }
            for (int before = i - 1; before >= 0; before--) {
                if (modules[before].equals(modules[i])) {
                    String why = difference(all, layers.get(before), layers.get(i));
                    if (before < i - 1 || why != null) {
                        throw new IllegalArgumentException("Torch: " + layers.get(i) + " cannot be the next layer of module '" + modules[i] + "' behind "
                                + layers.get(before) + ": " + (before < i - 1 ? "another module stands between them" : why)
                                + "; give each a module name of its own");
                    }
                    break;
                }
            }
        }
    }

    /** Why these two are no layers of one module; null if they are. */
    private static String difference(List<Layer> all, Layer first, Layer second) {
        if (first.recurrent().isEmpty() || second.recurrent().isEmpty()) {
            return "two layers of a module are recurrent ones";
        } else if ((first instanceof Bidirectional) != (second instanceof Bidirectional)) {
            return "one reads in both directions, the other in one";
        } else if (!same(first.recurrent().get(0), second.recurrent().get(0))) {
            return "the layers of a module are of one kind and width H";
        }
        List<Layer> between = all.subList(all.indexOf(first) + 1, all.indexOf(second));
        return between.stream().allMatch(Dropout.class::isInstance) ? null : "between layers of a module there is nothing but a dropout, not " + between;
    }

    private static boolean same(Recurrent a, Recurrent b) {
        return kind(a).equals(kind(b)) && a.outputs() == b.outputs();
    }

    /** PyTorch's name of it, and what else it has to be made with. */
    static String kind(Layer cell) {
        if (cell instanceof Lstm && !cell.named().containsKey("p")) {
            return "nn.LSTM";
        } else if (cell instanceof Gru gru && !gru.resetsBefore()) {
            return "nn.GRU";
        } else if (cell instanceof Elman elman) {
            return elman.rectifies() ? "nn.RNN, relu" : "nn.RNN, tanh";
        }
        throw new IllegalArgumentException("Torch: " + cell + " has no counterpart in PyTorch; Weights.save and Weights.load keep it in a file of our own");
    }
}
