package unrolled.course.lesson06;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Sequential;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.optim.Sgd;

/** Lesson 06: which way should a weight move? */
public final class Lesson06 implements Lesson {

    @Override public int number() {
        return 6;
    }

    @Override public String title() {
        return "Backpropagation: the theory";
    }

    @Override public int minutes() {
        return 115;
    }

    /** y = 1·2 = 2, dw = (y - target) x = (2 - 5)·2. */
    private static final Exercise<?> SLOPE = Exercise.number("6.1", "The slope", -6).tolerance(1e-3)
        .mistake(6.0, "the size is right, the sign is not: the slope is (y - target) x, and y is smaller than the target here. More weight means less loss, "
            + "so the slope is below zero.")
        .mistake(-3.0, "this is y - target, the slope along the output y. One more factor leads from y to the weight: x.")
        .mistake(-12.0, "this is twice the slope: the half in the loss cancels the 2 that comes from the square.")
        .mistake(-4.0, "this is the slope of the example in the text, with the target 3 and w = 0.5; here the target is 5 and w is 1.")
        .mistake(-2.0, "this is the slope of the valley in the text, whose target is 3; here it is 5. Measure a loss with the new target.")
        .mistake(12.0, "two things: the half in the loss cancels the 2 that comes from the square; and y is below the target, so the slope is below zero.")
        .mistake(3.0, "this is how far y is below the target. The slope along y is y - target, and one more factor leads from y to the weight: x.")
        .mistake(4.5, "this is the loss itself, (5 - 2)² / 2. The question is for its slope.")
        .hints("Measure it: write the loss as a function of w, and take `(L(1 + e) - L(1 - e)) / (2 * e)` with e = 1e-6.",
            "By formula: first y = w x = 2. Then the slope is (y - target) times x.")
        .solution("double dw = (1 * 2 - 5) * 2;", "The output is y = 2, three below the target 5. The slope along y is y - target = -3, and y moves x = 2 times as "
            + "fast as w: -3 · 2 = -6. It is negative: the weight stands on the left side of the valley and must grow.");

    private static final Exercise<?> STEP = Exercise.number("6.2", "One step", 1.1)
        .mistake(0.5, "you moved with the slope, and so uphill. The rule has a minus sign: w - α · dw, and minus times minus is plus.")
        .mistake(3.8, "you moved by the whole slope; the step is the slope times the learning rate.")
        .mistake(0.3, "this is the step Δw. The question is where the weight stands after it.")
        .mistake(-2.2, "you moved by the whole slope, and uphill: the step is -α · dw.")
        .mistake(-0.3, "this is α · dw. The step has a minus sign, and the question is where the weight stands after it.")
        .mistake(0.9, "you moved by α itself; the step is α times the slope, with a minus sign.")
        .mistake(0.7, "you moved by α itself; the step is -α times the slope.")
        .mistake(1.04, "you changed the weight by 30 percent of itself. The step -α · dw is added as it is.")
        .mistake(1.0, "11 / 10 of two whole numbers is 1 in Java; write 11 / 10.0.")
        .hints("The step is Δw = -α · dw. Mind both minus signs.", "Δw = -0.1 · (-3) = 0.3. Now add it to the weight.")
        .solution("double w = 0.8 - 0.1 * -3;", "The slope is negative, so the loss falls to the right and the weight grows: 0.8 + 0.3 = 1.1.");

    private static final double[] PLACES = {-1, 0, 0.3, 0.8};

    private interface Chain {
        double of(double h, double y);
    }

    /** x = 2, v = 1.5, target 0.5; the derivative from h and y. */
    private static DoubleUnaryOperator chain(Chain slope) {
        return w -> {
            double h = Math.tanh(2 * w);
            return slope.of(h, 1.5 * h);
        };
    }

    private static final Exercise<?> CHAIN = Exercise.function("6.3", "The chain rule as a function", DoubleUnaryOperator.class,
            f -> Arrays.stream(PLACES).map(f).toArray(), chain((h, y) -> (y - 0.5) * 1.5 * (1 - h * h) * 2))
        .inputs("w = -1", "w = 0", "w = 0.3", "w = 0.8").tolerance(1e-12)
        .mistake(chain((h, y) -> (y - 0.5) * 1.5 * 2), "the factor of tanh is missing: between a and h stands the slope 1 - h².")
        .mistake(chain((h, y) -> (0.5 - y) * 1.5 * (1 - h * h) * 2), "every value has the wrong sign: ∂L/∂y is y - target, not target - y.")
        .mistake(chain((h, y) -> (y - 0.5) * 1.5 * (1 - h * h)), "the last factor is missing: from w to a = w x the slope is x = 2.")
        .mistake(chain((h, y) -> (y - 0.5) * (1 - h * h) * 2), "the factor from h to y is missing: y = v h, so it is v = 1.5.")
        .mistake(chain((h, y) -> (y - 0.5) * 1.5 * (1 - h) * 2), "the square is missing: the slope of tanh is 1 - h², not 1 - h.")
        .mistake(chain((h, y) -> (y - 0.5) * 1.5 * h * (1 - h) * 2), "h (1 - h) is the slope of the sigmoid; this unit uses tanh.")
        .mistake(w -> (1.5 * Math.tanh(2 * w) - 0.5) * 1.5 * (1 - 4 * w * w) * 2,
            "you put the sum a = w x into the slope of tanh: 1 - h² needs the output h = tanh a.")
        .mistake(chain((h, y) -> (y - 0.5) * 1.5 * (1 - y * y) * 2), "the slope of tanh is 1 - h², with the h that comes out of this tanh, and not 1 - y².")
        .mistake(w -> {
            double h = Math.tanh(w), y = 1.5 * h;
            return (y - 0.5) * 1.5 * (1 - h * h) * 2;
        }, "x = 2 is missing inside the tanh: h = tanh(w x).")
        .mistake(w -> 0.5 * Math.pow(0.5 - 1.5 * Math.tanh(2 * w), 2), "this is the loss. The question is for its slope along w.")
        .mistake(chain((h, y) -> (y - 0.5) * h), "this is ∂L/∂v, the slope for the output weight. The path to w is longer.")
        .hints("Write the stations: a = w x, h = tanh a, y = v h, L. From the loss back to w there are four factors.",
            "The factors are y - target, then v, then 1 - h², then x. Begin the lambda with `{ double h = Math.tanh(2 * w); ...`.")
        .solution("""
            java.util.function.DoubleUnaryOperator chain = w -> {
                double h = Math.tanh(2 * w), y = 1.5 * h;
                return (y - 0.5) * 1.5 * (1 - h * h) * 2;
            };""", "Four stations, four factors: ∂L/∂y = y - target, ∂y/∂h = v, ∂h/∂a = 1 - h², ∂a/∂w = x.");

    /** Σ dy_k W_k = 0.1·2 - 0.6·1 - 0.3·3. */
    private static final Exercise<?> PATHS = Exercise.number("6.4", "Three paths", -1.3).rounded(4)
        .mistake(0.2, "this is the first path alone. The unit reaches the loss on three paths, and their effects add up.")
        .mistake(0.4, "this is the sum of the three gradients; each must first be multiplied by the weight of its path.")
        .mistake(4.0, "this is the sum of the three weights; each must first be multiplied by the gradient at the end of its path.")
        .mistake(1.6, "you added the gradients and added the weights, then multiplied. Multiply along each path first, then add.")
        .mistake(-1.3 / 3, "this is the mean of the three paths. Effects of a small change add up; nothing is divided.")
        .mistake(0.108, "you multiplied the paths with one another. Multiply along a path, but add over the paths.")
        .mistake(1.7, "you lost the signs: the second weight and the third gradient are negative.")
        .mistake(1.3, "the size is right, the sign is not: the second and the third path are negative, and nothing turns them round.")
        .mistake(-1.3 * 0.75, "this is ∂L/∂a: you also went through the tanh, with the factor 1 - h². The question stops at h.")
        .mistake(-1.3 * 0.5, "you multiplied by the value h. That belongs to the gradient of a weight; here only the weights are needed.")
        .hints("Each output gives one path: its gradient times the weight that leads to it.", "0.1 · 2, then 0.6 · (-1), then -0.3 · 3. Add them.")
        .solution("double dhidden = 0.1 * 2 + 0.6 * -1 + -0.3 * 3;", "Along each path multiply, over the paths add: 0.2 - 0.6 - 0.9 = -1.3. "
            + "The value h = 0.5 is not needed. It becomes important one station further back, in 1 - h².");

    /** One step of h = tanh(1.5 w1), y = h w2, target 1, α = 0.5, from (0.8, -0.5); each flag is one way to go wrong. */
    private static double[] step(boolean hasty, boolean uphill, boolean noSlope) {
        double alpha = uphill ? -0.5 : 0.5;
        double h = Math.tanh(0.8 * 1.5);
        double dy = h * -0.5 - 1;
        double w2 = -0.5 - alpha * dy * h;
        double dh = dy * (hasty ? w2 : -0.5);
        return new double[] {0.8 - alpha * dh * (noSlope ? 1 : 1 - h * h) * 1.5, w2};
    }

    private static double[] gradient() {
        double[] moved = step(false, false, false);
        return new double[] {(0.8 - moved[0]) / 0.5, (-0.5 - moved[1]) / 0.5};
    }

    private static double[] wholeStep() {
        return new double[] {0.8 - gradient()[0], -0.5 - gradient()[1]};
    }

    /** w1 first, then w2 with a new forward pass. */
    private static double[] otherOrder() {
        double w1 = step(false, false, false)[0], h = Math.tanh(w1 * 1.5);
        return new double[] {w1, -0.5 - 0.5 * (h * -0.5 - 1) * h};
    }

    private static final Exercise<?> HASTY = Exercise.vector("6.5", "The hasty step", step(false, false, false)).rounded(3)
        .mistake(step(true, false, false), "these are the weights of the hasty step itself: w1 still moves with a wrong slope. Which w2 does `dh` use?")
        .mistake(step(false, true, false), "the gradients are right, but both weights went uphill: a step is minus α times the gradient.")
        .mistake(step(false, false, true), "the bug is repaired, but the slope of tanh, 1 - h², got lost on the way to w1.")
        .mistake(otherOrder(), "now w1 has moved before the slope of w2 was found, and h was computed anew. First all gradients, then all steps.")
        .mistake(wholeStep(), "the gradients are right; the step is α = 0.5 times each of them.")
        .mistake(new double[] {0.8 - 0.5 * gradient()[0] / 1.5, step(false, false, false)[1]}, "w2 is right; on the way to w1 the last factor is missing: the input x = 1.5.")
        .mistake(gradient(), "these are the two gradients. The question is where the weights stand after the step.")
        .mistake(new double[] {step(false, false, false)[1], step(false, false, false)[0]}, "these are the right weights in the wrong order: w1 first, then w2.")
        .mistake(new double[] {step(false, false, false)[0], -0.5}, "w1 is right, but w2 did not move at all; it needs its step too.")
        .hints("The measured slope of w2 fits, the one of w1 does not. So look at the lines that lead to w1, and at when each value was changed.",
            "`dh = dy * w2` must use the w2 of the forward pass. Compute both gradients first, and move the weights afterwards.")
        .solution("""
            double[] patientStep(double w1, double w2) {
                double h = Math.tanh(w1 * 1.5), y = h * w2;
                double dy = y - 1;
                double dw2 = dy * h;                        // first all gradients ...
                double dw1 = dy * w2 * (1 - h * h) * 1.5;
                return new double[] {w1 - 0.5 * dw1, w2 - 0.5 * dw2};   // ... then all steps
            }
            double[] repaired = patientStep(0.8, -0.5);""", "The hasty step moved w2 before it was used for `dh`. The error had gone through the old w2, "
            + "so the way back must go through the old w2 as well. Here the new w2 even has another sign.");

    private static final double[][] SHAPES = {{2, 3}, {1, 3}, {64, 32}, {1, 1}};

    private static final Exercise<?> PASSES = Exercise.function("6.6", "The price of a check", DoubleBinaryOperator.class,
            f -> Arrays.stream(SHAPES).mapToDouble(s -> f.applyAsDouble(s[0], s[1])).toArray(), (D, H) -> 2 * (D * H + H + H + 1))
        .inputs("D = 2, H = 3", "D = 1, H = 3", "D = 64, H = 32", "D = 1, H = 1")
        .mistake((D, H) -> D * H + H + H + 1, "this is the number of weights. A central difference needs two passes for each of them.")
        .mistake((D, H) -> 2 * (D * H + H), "the biases are missing: one for each hidden unit, and one for the output.")
        .mistake((D, H) -> D * H + H + H + 2, "this is one pass for each weight and one more, as for one-sided differences. Central ones need two for each weight.")
        .mistake((D, H) -> 2 * (D * H + H + H), "one bias is missing: the output has one too.")
        .mistake((D, H) -> 2 * (D * H + H + 1), "the hidden layer has biases as well, one for each of its H units.")
        .mistake((D, H) -> 2 * (D + H + H + 1), "the first layer has D · H weights, not D: every input is connected to every hidden unit.")
        .mistake((D, H) -> 2 * D * H + H + H + 1, "the 2 must multiply all weights, the biases too: put the sum into brackets.")
        .mistake((D, H) -> 2 * (D * H + H + H + 1) + 1, "central differences do not need the loss at the weight itself: two passes for each weight, and no other.")
        .mistake((D, H) -> 2 * (D * H + H + H * H + 1), "the second layer leads from H units to one output: H weights, not H · H.")
        .hints("First count the weights: those from inputs to hidden units, the biases there, those to the output, the bias there.",
            "The weights are D·H + H + H + 1. Each costs L(w + ε) and L(w - ε).")
        .solution("java.util.function.DoubleBinaryOperator passes = (D, H) -> 2 * (D * H + H + H + 1);",
            "D·H weights and H biases in the first layer, H weights and one bias in the second; two passes for each. The wave network needs 20 passes, "
            + "a network with 64 inputs and 32 hidden units 4,226. Backpropagation needs one forward and one backward pass in both cases.");

    /** The curvature is 1² + 3² = 10. */
    private static final Exercise<?> LARGEST = Exercise.number("6.7", "The largest learning rate", 0.2).rounded(3)
        .mistake(0.1, "this is 1 / c, the fastest rate. The border lies at 2 / c.")
        .mistake(2.0 / 9, "this uses only the second example. The loss is a sum, so the curvatures of both examples add up.")
        .mistake(0.4, "this is right for the mean of the two losses. Here they are added, so the curvature is 1 + 9.")
        .mistake(0.5, "the curvature of one example is x², not x: 1 + 9, not 1 + 3.")
        .mistake(0.125, "the inputs are squared one by one and then added: 1² + 3², not (1 + 3)².")
        .mistake(2.0, "this uses only the first example; the steeper one decides with it.")
        .mistake(0.25, "the curvatures add up: 1² + 3² = 10. You took the difference 9 - 1.")
        .mistake(2.0 / 3, "3 is the larger input. The curvature of an example is its input squared, and both examples add up.")
        .mistake(10.0, "this is the curvature c. The border is at 2 / c.")
        .hints("What is the slope of this loss along w? And how fast does that slope change when w changes?",
            "The slope is (w x1 - target1) x1 + (w x2 - target2) x2. It changes with w at the rate x1² + x2². That is c.")
        .solution("double largest = 2.0 / (1 * 1 + 3 * 3);", "Curvatures of a sum add up: c = 1² + 3² = 10, and the border is 2 / 10 = 0.2. "
            + "The two targets do not matter: they move the valley, and do not change its shape.");

    /** The 40 losses of the lab's network, before each step or after it; zeroGrad before backward (right), after it, or never. */
    private static double[] losses(boolean clearBefore, boolean clearAfter, double alpha, boolean afterStep) {
        SplittableRandom r = new SplittableRandom(8);
        Sequential net = Sequential.of(new Dense(1, 2, r), Activation.tanh(), new Dense(2, 1, r));
        Matrix x = Matrix.columnOf(-2, -1, 0, 1, 2), target = Matrix.columnOf(-0.9, -0.8, 0.1, 0.8, 1.0);
        SquaredError loss = SquaredError.half();
        Sgd sgd = new Sgd(net.params(), alpha);
        double[] losses = new double[40];
        for (int n = 0; n < losses.length; n++) {
            losses[n] = loss.forward(net.forward(x), target);
            if (clearBefore) {
                net.zeroGrad();
            }
            net.backward(loss.backward());
            if (clearAfter) {
                net.zeroGrad();
            }
            sgd.step();
            if (afterStep) {
                losses[n] = loss.forward(net.forward(x), target);
            }
        }
        return losses;
    }

    private static double[] losses(boolean clearBefore, boolean clearAfter, double alpha) {
        return losses(clearBefore, clearAfter, alpha, false);
    }

    private static final Exercise<?> BROKEN = Exercise.vector("6.8", "The broken loop", losses(true, false, 0.3)).tolerance(1e-9)
        .mistake(losses(false, false, 0.3), "these are the losses of the broken loop; every step still moves by the sum of all gradients so far.")
        .mistake(losses(false, true, 0.3), "now the loss never changes. Does `step` find gradients that are not zero (clear them before `backward`, not after it)? And does it move "
            + "the weights that you measure: one network for all 40 steps, and an `Sgd` made with its `params()`?")
        .mistake(losses(true, false, 0.3, true), "the loop is repaired; these are the losses after each step. The colleague notes the loss before it, so the first one is that of the new network.")
        .mistake(losses(false, false, 0.1), "with the rate 0.1 the bug is only harder to see. The gradients still pile up: print the gradient in steps 1 and 2.")
        .mistake(losses(true, false, 0.1), "the bug is repaired, but the learning rate is 0.1 now; set it back to 0.3.")
        .mistake(losses(false, false, 0.03), "a smaller learning rate hides the bug and does not repair it. The gradients still pile up: print the gradient in steps 1 and 2.")
        .mistake(losses(true, false, 0.03), "the bug is repaired, but you also changed the learning rate; set it back to 0.3.")
        .hints("The gradient check is right: one pass gives the right gradient. What is different in the second step? Print `net.param(\"2.W\").grad` "
            + "after `backward`, with and without a first pass before it.",
            "`backward` adds to the gradients. One of the five lines is missing: `net.zeroGrad();` before `net.backward(...)`.")
        .solution("""
            double[] repairedLoop() {
                Sequential net = labNet();
                Sgd sgd = new Sgd(net.params(), 0.3);
                double[] losses = new double[40];
                for (int n = 0; n < 40; n++) {
                    losses[n] = loss.forward(net.forward(labX), labTarget);
                    net.zeroGrad();
                    net.backward(loss.backward());
                    sgd.step();
                }
                return losses;
            }
            double[] healthy = repairedLoop();""", "Line 3 was missing. `backward` adds, so step n moved by the sum of n gradients: like momentum with nothing "
            + "that slows it down. The gradient check could not see it, because it clears the gradients itself. "
            + "A check of the gradient is no check of the loop.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(SLOPE, STEP, CHAIN, PATHS, HASTY, PASSES, LARGEST, BROKEN);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("6.p1", "How many multiplications does the whole gradient of this network cost, computed backwards, with the forward pass that it needs?", "a",
                    "about 2 times as many as one forward pass, as it is one more pass", "about 10 times as many as one forward pass, once for each output",
                    "about 2,368 times as many as one forward pass, once for each weight")
                .usualMistake("Each weight has a path of its own to the loss, so one expects to pay for each path. But the paths share nearly all of their "
                    + "factors, and backwards each shared factor is computed once."),
            Prediction.of("6.p2", "With 0.2 the weight arrives, and with 0.45 it jumps from side to side and still arrives. What does it do with 0.52?", "b",
                    "it jumps from side to side, and each jump ends a little nearer to the bottom",
                    "it jumps from side to side, and each jump ends a little farther from the bottom",
                    "it jumps from side to side for ever, between two places of the same height")
                .usualMistake("It feels as if a little too much could do only a little harm. But the same factor, here 1 - 0.52 · 4 = -1.08, acts in every step: "
                    + "a little too much, again and again, grows without bound."));
    }
}
