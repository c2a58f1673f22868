package unrolled.train;

import java.util.List;
import unrolled.layers.Layer;
import unrolled.layers.Recurrent;
import unrolled.math.Matrix;

/** The recurrent layers of a network that carry their state from minibatch to minibatch. */
final class Carried {
    private final List<Recurrent> layers;

    Carried(Layer net) {
        layers = net.recurrent().stream().filter(Recurrent::carries).toList();
    }

    List<Recurrent> layers() {
        return layers;
    }

    /** The next minibatch begins with zeros. */
    void reset() {
        layers.forEach(Recurrent::reset);
    }

    /** The states of layer i; none means zeros. */
    List<Matrix> states(int i) {
        return layers.get(i).carried();
    }

    void states(int i, List<Matrix> states) {
        layers.get(i).start(states.toArray(new Matrix[0]));
    }
}
