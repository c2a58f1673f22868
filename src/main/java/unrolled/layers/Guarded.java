package unrolled.layers;

import java.util.List;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** A layer with states, whose passes are for one thread at a time, see {@link Layer}. */
abstract class Guarded extends Layer {
    abstract Sequence pass(Sequence x);

    abstract Sequence passBack(Sequence dy, List<Matrix> dEnd);

    @Override public final Sequence forward(Sequence x) {
        enter();
        try {
            return pass(x);
        } finally {
            leave();
        }
    }

    @Override public final Sequence backward(Sequence dy) {
        return backward(dy, List.of());
    }

    /** Backward when the end states were used too: their gradients, in the order of {@link Recurrent#end}; empty means zeros. */
    public final Sequence backward(Sequence dy, List<Matrix> dEnd) {
        enter();
        try {
            return passBack(dy, dEnd);
        } finally {
            leave();
        }
    }
}
