package unrolled.layers;

import java.util.Map;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** An activation function at every number: y = Φ(x), and back dx = dy ∘ Φ'(x), which each Φ here computes from y alone. */
public final class Activation extends Layer {
    private enum Phi {
        TANH, SIGMOID, RELU
    }

    private final Phi phi;
    private Sequence y, dx;

    private Activation(Phi phi) {
        this.phi = phi;
    }

    /** y = tanh x, in (-1, 1). */
    public static Activation tanh() {
        return new Activation(Phi.TANH);
    }

    /** y = σ(x) = 1 / (1 + e^-x), in (0, 1). */
    public static Activation sigmoid() {
        return new Activation(Phi.SIGMOID);
    }

    /** y = max(x, 0). */
    public static Activation relu() {
        return new Activation(Phi.RELU);
    }

    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        if (y == null || !y.sameShape(x)) {
            y = new Sequence(x.T, x.B, x.F);
            dx = new Sequence(x.T, x.B, x.F);
        }
        Matrix Y = y.lengthsOf(x).all();
        switch (phi) {
            case TANH -> Y.tanh(x.all());                            // y = tanh x
            case SIGMOID -> Y.sigmoid(x.all());                      // y = σ(x)
            case RELU -> Y.relu(x.all());                            // y = max(x, 0)
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        Matrix dX = dx.all().set(dy.all());
        switch (phi) {
            case TANH -> dX.timesTanhSlope(y.all());                 // dx = dy ∘ (1 - y²)
            case SIGMOID -> dX.timesSigmoidSlope(y.all());           // dx = dy ∘ y ∘ (1 - y)
            case RELU -> dX.timesReluSlope(y.all());                 // dx = dy where y > 0, else 0
        }
        return dx;
    }

    @Override public int inputs() {
        return 0;
    }

    @Override public int outputs() {
        return 0;
    }

    @Override public Map<String, Sequence> traces() {
        return y == null ? Map.of() : Map.of("y", y, "dx", dx);
    }

    @Override public String toString() {
        return phi.name().toLowerCase(java.util.Locale.ROOT);
    }
}
