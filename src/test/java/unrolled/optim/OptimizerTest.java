package unrolled.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import unrolled.layers.Param;

/** Steps that can be checked by hand, and refusals. That whole runs equal PyTorch's is in GoldenTest. */
class OptimizerTest {
    private static Param param(double value, double grad) {
        Param p = new Param("W", 1, 1);
        p.value.fill(value);
        p.grad.fill(grad);
        return p;
    }

    @Test void gradientDescentMovesAgainstTheGradient() {
        Param p = param(1, 0.5);
        new Sgd(List.of(p), 0.1).step();
        assertEquals(0.95, p.value.get(0, 0), 1e-15);
        assertEquals(0.5, p.grad.get(0, 0), "an optimizer leaves gradients alone");
    }

    @Test void momentumRemembers() {
        Param p = param(0, 1);
        Sgd sgd = new Sgd(List.of(p), 1, 0.5);
        sgd.step();                                                // v = 1
        sgd.step();                                                // v = 1.5
        assertEquals(-2.5, p.value.get(0, 0), 1e-15);
    }

    @Test void theFirstStepOfAdamIsTheRateWhateverTheGradient() {
        for (double g : new double[] {1e-3, 1, 1000}) {
            Param p = param(0, g);
            new Adam(List.of(p), 0.01).step();
            assertEquals(-0.01, p.value.get(0, 0), 1e-6);
        }
    }

    @Test void clippingKeepsTheDirection() {
        Param a = param(0, 3), b = param(0, 4);
        assertEquals(5, Clip.norm(List.of(a, b), 1), 1e-15);
        assertEquals(0.6, a.grad.get(0, 0), 1e-15);
        assertEquals(0.8, b.grad.get(0, 0), 1e-15);
        assertEquals(1, Clip.norm(List.of(a, b), 2), 1e-15);
        assertEquals(0.6, a.grad.get(0, 0), 1e-15, "a short gradient stays");
    }

    @Test void anInfiniteGradientIsNotHiddenByClipping() {
        Param a = param(0, Double.POSITIVE_INFINITY), b = param(0, 4);
        assertEquals(Double.POSITIVE_INFINITY, Clip.norm(List.of(a, b), 1));
        assertEquals(4, b.grad.get(0, 0), "the others stay, so that the trainer can say where it happened");
    }

    @Test void refusals() {
        refuses(() -> new Sgd(List.of(), 1), "at least one parameter");
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses(() -> new Adam(List.of(param(0, 0)), rate), "learning rate is " + rate);
        }
        refuses(() -> new Sgd(List.of(param(0, 0)), 1, 1), "momentum");
        refuses(() -> Clip.norm(List.of(), 0), "positive");
    }

    private static void refuses(Runnable run, String words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        assertTrue(message.contains(words), message);
    }
}
