package unrolled.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import unrolled.layers.Param;

/** Steps that can be checked by hand, and refusals. That whole runs equal PyTorch's is in GoldenTest and OptimGoldenTest. */
class OptimizerTest {
    private static Param param(double value, double grad) {
        Param p = new Param("W", 1, 1);
        p.value.fill(value);
        p.grad.fill(grad);
        return p;
    }

    /** A checkpoint knows an optimizer by what it prints: options that differ from the usual ones belong to it, the usual ones do not. */
    @Test void optionsArePrintedAndChecked() {
        java.util.List<unrolled.layers.Param> params = java.util.List.of(new unrolled.layers.Param("W", 1, 1));
        assertEquals("Adam, rate 0.01", new Adam(params, 0.01).toString());
        assertEquals("Adam, rate 0.01", new Adam(params, 0.01, 0.9, 0.999, 1e-8).toString());
        assertEquals("Adam, β1 0.8, β2 0.99, ε 0.001, rate 0.01", new Adam(params, 0.01, 0.8, 0.99, 1e-3).toString());
        assertEquals("RMSProp, rate 0.01", new RmsProp(params, 0.01).toString());
        assertEquals("RMSProp, ρ 0.9, ε 1.0E-6, rate 0.01", new RmsProp(params, 0.01, 0.9, 1e-6).toString());
        for (Object[] wrong : new Object[][] {{1.0, 0.9, 1e-8, "β1 is 1.0"}, {0.9, -0.1, 1e-8, "β2 is -0.1"}, {0.9, 0.9, 0.0, "ε is 0.0"},
            {0.9, 0.9, Double.POSITIVE_INFINITY, "ε is Infinity"}, {Double.NaN, 0.9, 1e-8, "β1 is NaN"}}) {
            String message = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
                    () -> new Adam(params, 0.01, (double) wrong[0], (double) wrong[1], (double) wrong[2])).getMessage();
            assertTrue(message.contains((String) wrong[3]), message);
        }
        org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> new RmsProp(params, 0.01, 1, 1e-8));
        org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> new RmsProp(params, 0.01, 0.9, -1));
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

    @Test void lengthsWhoseSquaresOverOrUnderflowAreMeasured() {
        for (double size : new double[] {1e-250, 1e-160, 1e-141, 1e160, 1e200}) {
            Param a = param(0, 3 * size), b = param(0, -4 * size);
            assertEquals(5 * size, Clip.norm(List.of(a, b)), 1e-15 * 5 * size);
            assertEquals(5 * size, Clip.norm(List.of(a, b), size), 1e-15 * 5 * size);
            assertEquals(0.6 * size, a.grad.get(0, 0), 1e-15 * size);
        }
        assertEquals(5e-140, Clip.norm(List.of(param(0, 3e-140), param(0, 4e-140), param(0, 0))), 1e-154);
        assertEquals(0, Clip.norm(List.of(param(0, 0))));
        assertTrue(Double.isNaN(Clip.norm(List.of(param(0, Double.NaN), param(0, 1)))));
    }

    @Test void anInfiniteGradientIsNotHiddenByClipping() {
        Param a = param(0, Double.POSITIVE_INFINITY), b = param(0, 4);
        assertEquals(Double.POSITIVE_INFINITY, Clip.norm(List.of(a, b), 1));
        assertEquals(4, b.grad.get(0, 0), "the others stay, so that the trainer can say where it happened");
    }

    @Test void clippingNumbersLeavesTheSmallOnesAlone() {
        Param a = param(0, -3), b = param(0, 0.5), c = param(0, Double.NaN);
        assertEquals(3, Clip.value(List.of(a, b), 1));
        assertEquals(-1, a.grad.get(0, 0));
        assertEquals(0.5, b.grad.get(0, 0));
        assertTrue(Double.isNaN(Clip.value(List.of(a, c), 1)) && Double.isNaN(c.grad.get(0, 0)), "NaN is not hidden");
    }

    @Test void decayAloneShrinksTheWeights() {
        Param sgd = param(2, 0), adam = param(2, 0);
        new Sgd(List.of(sgd), 0.1).weightDecay(0.5).step();
        new Adam(List.of(adam), 0.1).weightDecay(0.5).step();
        assertEquals(2 * (1 - 0.1 * 0.5), sgd.value.get(0, 0), 1e-15);
        assertEquals(2 * (1 - 0.1 * 0.5), adam.value.get(0, 0), 1e-15);
        assertEquals(0, sgd.grad.get(0, 0), "an optimizer leaves gradients alone");
    }

    @Test void schedulesHaveTheirShape() {
        assertEquals(1, Schedule.constant().factor(1000));
        assertEquals(0.25, Schedule.step(10, 0.5).factor(29));
        assertEquals(0.81, Schedule.exponential(0.9).factor(2), 1e-15);
        assertEquals(0.5, Schedule.cosine(10).factor(5), 1e-15);
        assertEquals(0, Schedule.cosine(10).factor(11));
        assertEquals(0.2, Schedule.constant().warmUp(4).factor(0), 1e-15);
        assertEquals(1, Schedule.cosine(10).warmUp(4).factor(4), "after the warm-up the schedule begins");
        assertEquals(0.5, ((Schedule) n -> 0.5).warmUp(4).factor(4), "also where it begins lower");
        assertEquals("Adam, rate 0.1, weight decay 0.01, warm-up of 4 steps, then cosine over 10 steps",
                new Adam(List.of(param(0, 0)), 0.1).weightDecay(0.01).schedule(Schedule.cosine(10).warmUp(4)).toString());
    }

    @Test void anOptimizerSaysItsSettingsAndTakesItsPlaceAgain() {
        assertEquals("gradient descent, rate 0.1", new Sgd(List.of(param(0, 0)), 0.1).toString());
        assertEquals("gradient descent, momentum 0.9, rate 0.1", new Sgd(List.of(param(0, 0)), 0.1, 0.9).toString());
        Param p = param(0, 1);
        Optimizer sgd = new Sgd(List.of(p), 1).schedule(Schedule.step(5, 0.5));
        sgd.steps(7);
        sgd.step();
        assertEquals(-0.5, p.value.get(0, 0));
        assertEquals(8, sgd.steps());
    }

    @Test void anyFunctionIsASchedule() {
        Param p = param(0, 1);
        Optimizer sgd = new Sgd(List.of(p), 1).schedule(n -> n == 0 ? 0.5 : 0);
        sgd.step();
        sgd.step();
        assertEquals(-0.5, p.value.get(0, 0));
        assertEquals(2, sgd.steps());
        assertTrue(assertThrows(IllegalStateException.class, () -> sgd.schedule(n -> Double.NaN).step()).getMessage().contains("NaN at step 2"));
    }

    @Test void refusals() {
        refuses(() -> new Sgd(List.of(), 1), "at least one parameter");
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses(() -> new Adam(List.of(param(0, 0)), rate), "learning rate is " + rate);
        }
        refuses(() -> new Sgd(List.of(param(0, 0)), 1, 1), "momentum");
        refuses(() -> Clip.norm(List.of(), 0), "positive");
        refuses(() -> Clip.value(List.of(), -1), "positive");
        refuses(() -> new Sgd(List.of(param(0, 0)), 1).weightDecay(-1), "weight decay is -1");
        refuses(() -> new Sgd(List.of(param(0, 0)), 1).schedule(null), "Schedule.constant()");
        refuses(() -> new Sgd(List.of(param(0, 0)), 1).steps(-1), "steps: -1");
        refuses(() -> Schedule.step(0, 0.5), "Schedule.step: 0 steps");
        refuses(() -> Schedule.exponential(2), "Schedule.exponential: the factor is 2");
        refuses(() -> Schedule.cosine(0), "Schedule.cosine");
        refuses(() -> Schedule.constant().warmUp(0), "Schedule.warmUp");
    }

    private static void refuses(Runnable run, String words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        assertTrue(message.contains(words), message);
    }
}
