package unrolled;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Init;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.GradientCheck;

/** The gradient check itself: it passes what is right and rejects each way of being wrong, down to 0.05 %. */
class TesterTest {
    /** Two layers with a tanh between, written out, in which one thing can be done wrongly. */
    private static final class Mutable extends Layer {
        private final Param W1 = new Param("W1", 3, 4), b1 = new Param("b1", 1, 4), W2 = new Param("W2", 4, 2);
        private final String mistake;
        private Sequence x, h, y, dh, dx;

        Mutable(String mistake) {
            this.mistake = mistake;
            SplittableRandom random = new SplittableRandom(5);
            params().forEach(p -> Init.normal(0.8).fill(p.value, random));
        }

        private boolean is(String name) {
            return mistake.equals(name);
        }

        @Override public Sequence forward(Sequence input) {
            boolean fresh = x == null;
            x = input.copy();
            h = fresh ? new Sequence(x.T, x.B, 4) : h;
            y = new Sequence(x.T, x.B, 2);
            dh = fresh ? new Sequence(x.T, x.B, 4) : dh;
            dx = new Sequence(x.T, x.B, 3);
            h.all().dot(x.all(), W1.value).addRow(b1.value).tanh();                    // h = tanh(x W1 + b1)
            y.all().dot(h.all(), W2.value);                                            // y = h W2
            return y;
        }

        @Override public Sequence backward(Sequence dy) {
            Matrix dW2 = new Matrix(4, 2).dot(h.all().transposed(), dy.all());
            W2.grad.add(is("sign of dW2") ? dW2.scale(-1) : is("dW2 0.05 % too long") ? dW2.scale(1.0005) : dW2);
            if (is("stale workspace")) {
                dh.all().addDot(dy.all(), W2.value.transposed());
            } else {
                dh.all().dot(dy.all(), W2.value.transposed());                         // dh = dy W2ᵀ
            }
            if (is("slope of sigmoid")) {
                dh.all().timesSigmoidSlope(h.all());
            } else if (!is("no slope")) {
                dh.all().timesTanhSlope(h.all());                                      // da = dh ∘ (1 - h²)
            }
            W1.grad.addDot(x.all().transposed(), dh.all());                            // dW1 += xᵀ da
            if (!is("no db1")) {
                b1.grad.addRowsOf(is("db1 of the first row only") ? dh.all().rows(0, 1) : dh.all());
            }
            if (is("one entry of dW1 0.05 % off")) {
                W1.grad.set(2, 1, W1.grad.get(2, 1) * 1.0005);
            }
            dx.all().dot(dh.all(), W1.value.transposed());                             // dx = da W1ᵀ
            return is("dx forgotten") ? new Sequence(x.T, x.B, 3) : dx;
        }

        @Override public List<Param> params() {
            return List.of(W1, b1, W2);
        }

        @Override public int inputs() {
            return 3;
        }

        @Override public int outputs() {
            return 2;
        }
    }

    private static GradientCheck check(Layer net) {
        SplittableRandom random = new SplittableRandom(6);
        Matrix x = new Matrix(5, 3), d = new Matrix(5, 2);
        for (Matrix m : List.of(x, d)) {
            Init.normal(1).fill(m, random);
        }
        return GradientCheck.of(net, SquaredError.half(), x, d);
    }

    @Test void aRightGradientPasses() {
        assertTrue(check(new Mutable("nothing")).passed());
    }

    @TestFactory
    Stream<DynamicTest> aWrongGradientIsRejected() {
        return Stream.of("sign of dW2", "dW2 0.05 % too long", "stale workspace", "slope of sigmoid", "no slope", "no db1",
                "db1 of the first row only", "one entry of dW1 0.05 % off", "dx forgotten")
                .map(mistake -> DynamicTest.dynamicTest(mistake, () -> {
                    GradientCheck check = check(new Mutable(mistake));
                    assertFalse(check.passed(), check::toString);
                    assertTrue(check.toString().contains("WRONG"));
                }));
    }

    @Test void anotherNumberThanNaNIsNeeded() {
        Consumer<Mutable> spoil = net -> net.param("W2").value.set(0, 0, Double.NaN);
        Mutable net = new Mutable("nothing");
        spoil.accept(net);
        assertThrows(IllegalArgumentException.class, () -> check(net));
    }

    @Test void valuesStayAsTheyWere() {
        Mutable net = new Mutable("nothing");
        Matrix before = net.param("W1").value.copy();
        check(net);
        assertTrue(before.maxDifference(net.param("W1").value) == 0);
    }
}
