package unrolled.course.lesson12;

import unrolled.layers.Lstm;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.SplitMix;
import unrolled.train.Batch;

/** Interventions at the forget gate of a trained LSTM: the gate is held at 0 or at 1, the network stays as it was. */
public final class ForgetGate {
    private static final double SURE = 40;                                // σ(40) is 1 in a double

    private ForgetGate() { }

    /** A copy of a cell without peepholes, whose forget gate is f, 0 or 1, whatever it reads: a bias of -40 or 40, and no weights. */
    public static Lstm held(Lstm cell, int f) {
        if (f != 0 && f != 1) {
            throw new IllegalArgumentException("held: f = " + f + "; expected 0 or 1");
        }
        int H = Null.refuse(cell, "held: cell", "an Lstm").outputs();
        Lstm held = new Lstm(cell.inputs(), H, new SplitMix(1));
        for (Param p : held.params()) {
            p.value.set(cell.param(p.name).value);
            p.value.cols(H, 2 * H).fill(0);                               // columns i f g o
        }
        return held.forgetBias(f == 1 ? SURE : -SURE);
    }

    /**
     * The outputs [B,K] of a network of an LSTM and a head after the last step of x, while f is held in the steps from .. to, both
     * included; in no step if {@code from} lies behind the end.
     */
    public static Matrix answers(Sequential net, Batch exam, int f, int from, int to) {
        if (!(Null.refuse(net, "answers: net", "a network").layer(0) instanceof Lstm cell)) {
            throw new IllegalArgumentException("answers: the first layer is " + net.layer(0) + "; expected an Lstm");
        }
        Lstm held = held(cell, f);
        int T = Null.refuse(exam, "answers: exam", "a batch").x().T, B = exam.x().B, H = cell.outputs();
        Matrix[] state = {new Matrix(B, H), new Matrix(B, H)};            // h and c
        for (int t = 0; t < T; t++) {
            Lstm now = t >= from && t <= to ? held : cell;
            now.start(state).forward(exam.x().at(t));
            state = now.end().stream().map(Matrix::copy).toArray(Matrix[]::new);
        }
        cell.reset();
        return net.layer(1).forward(state[0]).copy();
    }
}
