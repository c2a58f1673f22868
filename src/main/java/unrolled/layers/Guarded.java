package unrolled.layers;

import unrolled.math.Sequence;

/** A layer whose passes are for one thread at a time, see {@link Layer}. */
abstract class Guarded extends Layer {
    abstract Sequence pass(Sequence x);

    abstract Sequence passBack(Sequence dy);

    @Override public final Sequence forward(Sequence x) {
        enter();
        try {
            return pass(x);
        } finally {
            leave();
        }
    }

    @Override public final Sequence backward(Sequence dy) {
        enter();
        try {
            return passBack(dy);
        } finally {
            leave();
        }
    }
}
