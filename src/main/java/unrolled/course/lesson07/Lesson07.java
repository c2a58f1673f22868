package unrolled.course.lesson07;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.Suspect;

/** Lesson 07: can I do backpropagation with a pencil? */
public final class Lesson07 implements Lesson {

    @Override public int number() {
        return 7;
    }

    @Override public String title() {
        return "Backpropagation: a worked example";
    }

    @Override public int minutes() {
        return 120;
    }

    // The numbers of the notebook: x [2], W1 [2,3], b1 [3], W2 [3], b2, d; the exercises ask about the second example.
    private static final double[] X1 = {1.0, -0.5}, X2 = {0.2, 1.2};
    private static final double D1 = -1.0, D2 = -0.5;
    private static final double[][] W1 = {{0.4, -0.2, 0.1}, {0.3, 0.5, -0.6}};
    private static final double[] b1 = {0.05, 0.0, 0.1};
    private static final double[] W2 = {0.7, -0.4, 0.5};
    private static final double b2 = 0.1;
    private static final double RATE = 0.1;

    private interface PerUnit {
        double of(int j);
    }

    /** One number for each of the three hidden units. */
    private static double[] hidden(PerUnit f) {
        return new double[] {f.of(0), f.of(1), f.of(2)};
    }

    private static double sum(PerUnit f) {
        return f.of(0) + f.of(1) + f.of(2);
    }

    private static double[] sums(double... x) {
        return hidden(j -> x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j]);
    }

    private static double[] tanh(double[] a) {
        return hidden(j -> Math.tanh(a[j]));
    }

    private static double output(double[] h) {
        return h[0] * W2[0] + h[1] * W2[1] + h[2] * W2[2] + b2;
    }

    private static final double[] a = sums(X2), h = tanh(a), h1 = tanh(sums(X1));
    private static final double dy = output(h) - D2, dy1 = output(h1) - D1;
    private static final double[] dW2 = hidden(j -> dy * h[j]), dh = hidden(j -> dy * W2[j]);
    private static final double[] da = hidden(j -> dh[j] * (1 - h[j] * h[j]));
    private static final double[] dh1 = hidden(j -> dy1 * W2[j]), da1 = hidden(j -> dh1[j] * (1 - h1[j] * h1[j]));
    private static final double[] dW2First = hidden(j -> dy1 * h1[j]);

    /** dW1_ij = x_i · column_j. */
    private static double[][] outer(double[] column) {
        return outer(X2, column);
    }

    private static double[][] outer(double[] x, double[] column) {
        return new double[][] {hidden(j -> x[0] * column[j]), hidden(j -> x[1] * column[j])};
    }

    /** What x_1 and x_2 receive through the three hidden units when unit j sends back column_j. */
    private static double[] back(double[] column) {
        return new double[] {sum(j -> W1[0][j] * column[j]), sum(j -> W1[1][j] * column[j])};
    }

    private static final String SETUP = """
        double[] x = {1.0, -0.5};
        double d = -1.0;
        double[][] W1 = {{0.4, -0.2, 0.1}, {0.3, 0.5, -0.6}};
        double[] b1 = {0.05, 0.0, 0.1};
        double[] W2 = {0.7, -0.4, 0.5};
        double b2 = 0.1;
        double[] hiddenOf(double[] x) {
            double[] h = new double[3];
            for (int j = 0; j < 3; j++) { h[j] = Math.tanh(x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j]); }
            return h;
        }
        double outputOf(double[] h) { return h[0] * W2[0] + h[1] * W2[1] + h[2] * W2[2] + b2; }
        double[] h = hiddenOf(x);
        double dy = outputOf(h) - d;
        double[] dW2 = {dy * h[0], dy * h[1], dy * h[2]};
        double[] xTwo = {0.2, 1.2};
        double targetTwo = -0.5;
        double[] hTwo = hiddenOf(xTwo);
        double yTwo = outputOf(hTwo);
        """;

    private static final double[] aOther = sums(3, -2);

    private static final Exercise<?> FORWARD = Exercise.number("7.1", "Forward with another input", output(tanh(aOther))).rounded(4)
        .mistake(output(aOther), "tanh is missing: each hidden sum goes through `tanh` before W2 weighs it.")
        .mistake(output(tanh(aOther)) - b2, "the bias of the output unit, b2, is missing.")
        .mistake(output(tanh(hidden(j -> aOther[j] - b1[j]))), "the biases b1 of the hidden units are missing.")
        .mistake(output(hidden(j -> 1 / (1 + Math.exp(-aOther[j])))), "these hidden units use tanh, not the sigmoid.")
        .mistake(Math.tanh(output(tanh(aOther))), "the output unit has no activation function: leave its sum as it is.")
        .mistake(output(tanh(sums(3, 2))), "the second input is -2, not 2.")
        .mistake(output(tanh(sums(-2, 3))), "the inputs are exchanged: x_1 = 3, x_2 = -2.")
        .mistake(output(h1), "this is y for the old input; here x = (3, -2).")
        .hints("Three sums, three times tanh, then one sum with W2. For unit 1 the sum is 3 · 0.4 - 2 · 0.3 + 0.05.",
            "The sums are 0.65, -1.6 and 1.6. Then h = tanh a, then W2 and b2.")
        .solution("double yOther = 0.7 * Math.tanh(0.65) - 0.4 * Math.tanh(-1.6) + 0.5 * Math.tanh(1.6) + 0.1;",
            "The sums are 0.65, -1.6 and 1.6. tanh is applied to each, W2 weighs them, b2 is added: 1.3296.")
        .setup(SETUP);

    private static final Exercise<?> STEP_ONE = Exercise.vector("7.2", "Step 1: dW2", dW2).rounded(4)
        .mistake(hidden(j -> -dW2[j]), "the sign: ∂L/∂y is y - d. You have d - y, which belongs to the update ΔW = -α dW, not to the "
            + "gradient.")
        .mistake(dW2First, "this is the first example. Use the values of the second: `hTwo`, `yTwo`, `targetTwo`.")
        .mistake(hidden(j -> dy1 * h[j]), "`dy` belongs to the first example. The second has its own error: `yTwo - targetTwo`.")
        .mistake(hidden(j -> dy * h1[j]), "`h` belongs to the first example. The second has `hTwo`.")
        .mistake(hidden(j -> dy * a[j]), "you used a, the sum before `tanh`. What W2 multiplies is h.")
        .mistake(dh, "dy · W2 is ∂L/∂h, the message for the hidden units. The factor beside W2_j is h_j.")
        .mistake(h, "this is ∂y/∂W2; the other factor of the chain, ∂L/∂y, is missing.")
        .mistake(hidden(j -> output(h) * h[j]), "you used y in place of y - d: the target is missing.")
        .mistake(hidden(j -> dy), "this is ∂L/∂y three times; the factor h_j is missing.")
        .mistake(da, "this already looks through `tanh`; for W2 the chain has only two factors: dy and h_j.")
        .mistake(hidden(j -> dW2[j] * (1 - h[j] * h[j])), "no tanh lies between W2 and y: the factor 1 - h² does not belong here.")
        .mistake(hidden(j -> 2 * dW2[j]), "twice too much: the ½ in L = (d - y)²/2 cancels the 2 of the square.")
        .hints("The chain has two factors: ∂L/∂y, the same for all three, and ∂y/∂W2_j.",
            "∂L/∂y is `yTwo - targetTwo`, and ∂y/∂W2_j is `hTwo[j]`.")
        .solution("""
            double dyTwo = yTwo - targetTwo;
            double[] myDW2 = {dyTwo * hTwo[0], dyTwo * hTwo[1], dyTwo * hTwo[2]};
            """, "Each weight of W2 touches y through one product, h_j · W2_j. So ∂L/∂W2_j = (y - d) · h_j.")
        .setup(SETUP);

    private static final Exercise<?> STEP_TWO = Exercise.matrix("7.3", "Step 2: dW1", outer(da)).rounded(4)
        .mistake(outer(dh), "the slope of `tanh`, 1 - h_j², is missing.")
        .mistake(outer(hidden(j -> -da[j])), "the sign: start from y - d.")
        .mistake(outer(X1, da1), "this is the first example. Use the values of the second: `xTwo`, `hTwo`, `yTwo`, `targetTwo`.")
        .mistake(outer(X2, da1), "`da` in the cells below belongs to the first example; only `xTwo` is of the second here.")
        .mistake(outer(X1, da), "`x` belongs to the first example. The second has `xTwo`.")
        .mistake(outer(hidden(j -> dy1 * W2[j] * (1 - h[j] * h[j]))), "`dy` belongs to the first example. Use `yTwo - targetTwo`.")
        .mistake(outer(hidden(j -> dh[j] * (1 - h1[j] * h1[j]))), "the slope of tanh needs `hTwo`, not the first example's `h`.")
        .mistake(outer(hidden(j -> dy * (1 - h[j] * h[j]))), "W2 is missing: step 2 needs both sets of weights.")
        .mistake(outer(hidden(j -> W2[j] * (1 - h[j] * h[j]))), "∂L/∂y is missing: this is how W1 moves y, not yet how it moves L.")
        .mistake(outer(dW2), "you used dW2 in place of da: the way to W1 goes through W2_j and the slope, not through h_j.")
        .mistake(outer(hidden(j -> dW2[j] * (1 - h[j] * h[j]))), "the factor between y and h_j is the weight W2_j, not h_j.")
        .mistake(outer(hidden(j -> dh[j] * (1 - a[j] * a[j]))), "the slope is 1 - h² with h = tanh a; you squared a.")
        .mistake(outer(hidden(j -> dh[j] * (1 - h[j]))), "the square is missing: the slope of tanh is 1 - h², not 1 - h.")
        .mistake(outer(hidden(j -> dh[j] - h[j] * h[j])), "brackets: Java reads `dh * 1 - h * h` as (dh · 1) - h². Write `dh * (1 - h * h)`.")
        .mistake(outer(hidden(j -> dh[j] * h[j] * (1 - h[j]))), "h (1 - h) is the slope of the sigmoid; these units use tanh, whose "
            + "slope is 1 - h².")
        .mistake(outer(hidden(j -> (W2[j] - RATE * dW2[j]) * dy * (1 - h[j] * h[j]))),
            "you used W2 after its update. All gradients belong to the weights that made this y: the old W2.")
        .mistake(new double[][] {hidden(j -> da[j] * W1[0][j]), hidden(j -> da[j] * W1[1][j])},
            "the last factor of the chain, ∂a_j/∂W1_ij, is the input x_i, not the weight itself.")
        .mistake(new double[][] {da, da}, "the last factor, the input x_i, is missing: row i is da times x_i.")
        .hints("Row i, column j is x_i times da_j, and da_j = (y - d) · W2_j · (1 - h_j²).",
            "Row 1, column 1 is `xTwo[0] * (yTwo - targetTwo) * W2[0] * (1 - hTwo[0] * hTwo[0])`.")
        .solution("""
            double[][] myDW1 = new double[2][3];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    myDW1[i][j] = xTwo[i] * (yTwo - targetTwo) * W2[j] * (1 - hTwo[j] * hTwo[j]);
                }
            }
            """, "Four factors: ∂L/∂y, W2_j, the slope of tanh, and the input x_i. The first three are da_j.")
        .setup(SETUP);

    private static final Exercise<?> THREE_PATHS = Exercise.vector("7.4", "Three paths to an input", back(da)).rounded(4)
        .mistake(back(dh), "each path also crosses `tanh`: use da, which holds the slope, in place of dh.")
        .mistake(back(da1), "this is the first example: `da` of the cell above belongs to it. Compute da of the second.")
        .mistake(new double[] {sum(j -> da[j]), sum(j -> da[j])}, "each path carries its own weight W1_ij before the sum is taken.")
        .mistake(new double[] {sum(j -> W1[0][j]) * sum(j -> da[j]), sum(j -> W1[1][j]) * sum(j -> da[j])},
            "multiply first, path by path, and then add: a product of two sums mixes the paths.")
        .mistake(new double[] {W1[0][0] * da[0], W1[1][0] * da[0]}, "this is the path through h_1 only. Two more paths lead to y.")
        .mistake(new double[] {back(da)[0] / 3, back(da)[1] / 3}, "you took the mean of the three paths. Effects add up: it is the sum.")
        .mistake(new double[] {-back(da)[0], -back(da)[1]}, "the sign: start from y - d.")
        .mistake(new double[] {back(da)[1], back(da)[0]}, "the two are exchanged: row 1 of W1 belongs to x_1.")
        .mistake(new double[] {X2[0] * sum(j -> da[j]), X2[1] * sum(j -> da[j])},
            "the factor on the last edge is the weight W1_ij; x_i is the factor for the weights, not for the input.")
        .mistake(new double[] {X2[0] * back(da)[0], X2[1] * back(da)[1]}, "without x_i: the input is what we nudge, so only the weight "
            + "W1_ij stands beside it.")
        .mistake(new double[] {W1[0][0] * da[0] + W1[0][1] * da[1], W1[1][0] * da[0] + W1[1][1] * da[1]},
            "the path through h_3 is missing.")
        .hints("a_1, a_2 and a_3 all contain x_i, with the weights of row i of W1. You need da_j of the second example.",
            "With da_j = (yTwo - targetTwo) · W2_j · (1 - hTwo_j²): for x_1 `W1[0][0] * da_1 + W1[0][1] * da_2 + W1[0][2] * da_3`.")
        .solution("""
            double[] myDx = new double[2];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    myDx[i] += W1[i][j] * (yTwo - targetTwo) * W2[j] * (1 - hTwo[j] * hTwo[j]);
                }
            }
            """, "x_i reaches the output on three paths, one through each hidden unit. Small effects add up.")
        .setup(SETUP);

    private static final Exercise<?> UPDATE = Exercise.vector("7.5", "The new W2", hidden(j -> W2[j] - RATE * dW2First[j])).rounded(4)
        .mistake(hidden(j -> W2[j] + RATE * dW2First[j]), "this goes uphill: the step is against the gradient, W - α dW.")
        .mistake(hidden(j -> W2[j] - dW2First[j]), "the learning rate α = 0.1 is missing.")
        .mistake(hidden(j -> -RATE * dW2First[j]), "this is the change ΔW2; the new W2 is the old one plus this change.")
        .mistake(W2.clone(), "this is the old W2; subtract α times its gradient.")
        .mistake(hidden(j -> W2[j] - 0.01 * dW2First[j]), "the learning rate is 0.1, not 0.01.")
        .mistake(hidden(j -> W2[j] * (1 - RATE * dW2First[j])), "the step is subtracted, W - α dW; you multiplied W by it.")
        .mistake(hidden(j -> W2[j] - RATE * dy1), "`dy` is ∂L/∂y; the gradient of W2 is dW2 = dy · h.")
        .mistake(hidden(j -> W2[j] - RATE * dh1[j]), "you used dh = dy · W2; the gradient of W2 is dW2 = dy · h.")
        .mistake(hidden(j -> W2[j] - RATE * dW2[j]), "this is the step for the second example. The first one's gradient is `dW2`.")
        .hints("New weight = old weight - α · gradient.", "For the first: `W2[0] - 0.1 * dW2[0]`.")
        .solution("double[] newW2 = {W2[0] - 0.1 * dW2[0], W2[1] - 0.1 * dW2[1], W2[2] - 0.1 * dW2[2]};",
            "Each weight takes a step against its own gradient. W2_1 shrinks, because a larger W2_1 would raise the loss.")
        .setup(SETUP);

    private interface Rule {
        double of(DoubleUnaryOperator f, double w, double e);
    }

    /** A rule with the step 1e-5 · max(1, |w|). */
    private static BiFunction<DoubleUnaryOperator, Double, Double> rule(Rule rule) {
        return (f, w) -> rule.of(f, w, 1e-5 * Math.max(1, Math.abs(w)));
    }

    private static double central(DoubleUnaryOperator f, double w, double e) {
        return (f.applyAsDouble(w + e) - f.applyAsDouble(w - e)) / (2 * e);
    }

    /** Cubes that are so steep beside their flat place that the step can be read from the difference: it is the step squared. */
    private static double cube(double v) {
        return 1e10 * v * v * v;
    }

    private static final Exercise<?> CENTRAL = Exercise.<BiFunction<DoubleUnaryOperator, Double, Double>>function("7.6",
        "A nudge that fits the weight",
            cast(), g -> Exercise.numbers(g.apply(Math::sin, 0.5), g.apply(v -> cube(v), 0.0), g.apply(v -> cube(v - 30), 30.0),
                g.apply(v -> cube(v + 30), -30.0), g.apply(v -> 1e-6 * v * v, 3e6)),
            rule(Lesson07::central))
        .inputs("sin at w = 0.5", "1e10 w³ at w = 0", "1e10 (w - 30)³ at w = 30", "1e10 (w + 30)³ at w = -30", "1e-6 w² at w = 3000000")
        .mistake((f, w) -> central(f, w, 1e-5), "your nudge is 1e-5 at every w. At w = 30 it must be 30 times larger: 1e-5 · max(1, |w|).")
        .mistake((f, w) -> central(f, w, 1e-5 * Math.abs(w)), "your nudge is 1e-5 · |w|: at w = 0 it vanishes. Take the larger of 1 and |w|.")
        .mistake((f, w) -> central(f, w, 1e-5 * Math.max(1, w)), "for w = -30 your nudge is too small: take |w|, the absolute value.")
        .mistake((f, w) -> central(f, w, Math.max(1e-5, Math.abs(w))), "the nudge is far too large: 1e-5 multiplies the larger of 1 and |w|.")
        .mistake((f, w) -> central(f, w, 1e-5 * (1 + Math.abs(w))), "1 + |w| is a sensible choice too, but the task says max(1, |w|).")
        .mistake((f, w) -> central(f, w, 1e-5 * Math.min(1, Math.abs(w))), "`min` takes the smaller one; here the larger is wanted, `max`.")
        .mistake(rule((f, w, e) -> (f.applyAsDouble(w + e) - f.applyAsDouble(w)) / e),
            "this is the one-sided difference. Step to both sides: w + ε and w - ε.")
        .mistake(rule((f, w, e) -> (f.applyAsDouble(w) - f.applyAsDouble(w - e)) / e),
            "this is the one-sided difference, to the left. Step to both sides: w + ε and w - ε.")
        .mistake(rule((f, w, e) -> (f.applyAsDouble(w + e) - f.applyAsDouble(w - e)) / e),
            "from w - ε to w + ε is a distance of 2ε: divide by `2 * e`.")
        .mistake(rule((f, w, e) -> (f.applyAsDouble(w + e) - f.applyAsDouble(w - e)) / 2 * e),
            "Java reads `a / 2 * e` as (a / 2) · e. Put the whole denominator in brackets: `a / (2 * e)`.")
        .mistake(rule((f, w, e) -> f.applyAsDouble(w + e) - f.applyAsDouble(w - e) / (2 * e)),
            "the numerator needs brackets: Java divides only the second value. Write `(right - left) / (2 * e)`.")
        .mistake(rule((f, w, e) -> f.applyAsDouble(w + e) - f.applyAsDouble(w - e)),
            "this is the rise; divide it by the distance, 2ε, to get the slope.")
        .mistake(rule((f, w, e) -> central(f, w, -e) * -1), "the sign: right value minus left value.")
        .hints("Slope = rise / distance. First compute the nudge: `double e = 1e-5 * Math.max(1, Math.abs(w));`.",
            "`(f.applyAsDouble(w + e) - f.applyAsDouble(w - e)) / (2 * e)`, in a lambda with braces and `return`.")
        .solution("""
            BiFunction<DoubleUnaryOperator, Double, Double> central = (f, w) -> {
                double e = 1e-5 * Math.max(1, Math.abs(w));
                return (f.applyAsDouble(w + e) - f.applyAsDouble(w - e)) / (2 * e);
            };
            """, "A secant through two points on both sides of w, no closer than rounding allows for a weight of this size.");

    @SuppressWarnings("unchecked")
    private static Class<BiFunction<DoubleUnaryOperator, Double, Double>> cast() {
        return (Class<BiFunction<DoubleUnaryOperator, Double, Double>>) (Class<?>) BiFunction.class;
    }

    private static final Exercise<?> SUSPECT_C = Exercise.choice("7.7", "Suspect C", "d",
            "line 1: dy has the wrong sign", "line 2: dW2 uses a in place of h", "line 3: W2 was updated before it was used",
            "line 4: the slope 1 - h² is missing", "line 5: the input x is missing", "line 6: no zeroGrad, gradients add up from call to call")
        .mistake("a", "a wrong sign in line 1 would turn every ratio into -1, those of dW2 and db2 too.")
        .mistake("b", "then dW2 would be wrong. In the table its ratios are 1.")
        .mistake("c", "this would touch the same rows. But compute 1/(1 - h²) for the three units and compare: it fits to all digits.")
        .mistake("e", "then db1 would be right, since a bias has no input. Here db1 is wrong as well.")
        .mistake("f", "then every gradient would grow from call to call. Here dW2 is right at both calls.")
        .hints("Which lines come after dW2 and db2, and before both dW1 and db1? The first wrong one is among them.",
            "Suspect lines 3 and 4. Print `1 / (1 - h[j] * h[j])` for the three units beside the ratios.")
        .solution("String suspectC = \"d\";", "dW2 and db2 are right, so lines 1 and 2 are. dW1 and db1 are wrong by the same factor "
            + "in each hidden unit, so the bug "
            + "sits in line 3 or 4. The factors 1.093, 1.217 and 1.272 are 1/(1 - h_j²): exactly what is lost when the slope is left out.");

    private static final Exercise<?> SUSPECT_D = Exercise.choice("7.8", "Suspect D", "c",
            "line 1: dy has the wrong sign", "line 2: dW2 uses a in place of h", "line 3: W2 was updated before it was used",
            "line 4: the slope 1 - h² is missing", "line 5: the input x is missing", "line 6: no zeroGrad, gradients add up from call to call")
        .mistake("a", "a wrong sign in line 1 would turn every ratio into -1.")
        .mistake("b", "then dW2 would be wrong. In the table its ratios are 1.")
        .mistake("d", "leaving out the slope, a number below 1, makes gradients larger: every ratio would be above 1. These are below 1.")
        .mistake("e", "then db1 would be right, since a bias has no input. Here db1 is wrong as well.")
        .mistake("f", "then every gradient would grow from call to call. Here dW2 is right.")
        .hints("The same rows as for suspect C, but other ratios. What else does dh = dy · W2 depend on?",
            "Take your new W2 of exercise 7.5 and divide each entry by the old one.")
        .solution("String suspectD = \"c\";", "The ratios are newW2_j / W2_j. This suspect took the step for W2 first and sent the "
            + "error back through the new weights. "
            + "Compute all gradients first; update afterwards.");

    private static final double[] X_REPAIR = {0.8, 1.5};
    private static final double D_REPAIR = 0.3;

    private static double[] repair(boolean slopeOfTanh, boolean wrongBias, boolean wrongRow) {
        double[] hr = hidden(j -> 1 / (1 + Math.exp(-(X_REPAIR[0] * W1[0][j] + X_REPAIR[1] * W1[1][j] + b1[j]))));
        return repair(hr, hidden(j -> slopeOfTanh ? 1 - hr[j] * hr[j] : hr[j] * (1 - hr[j])), wrongBias, wrongRow);
    }

    private static double[] repair(double[] hr, double[] slope, boolean wrongBias, boolean wrongRow) {
        double e = sum(j -> hr[j] * W2[j]) + b2 - D_REPAIR;
        double[] g = new double[13];
        for (int j = 0; j < 3; j++) {
            double dar = e * W2[j] * slope[j];
            g[j] = dar * X_REPAIR[0];
            g[3 + j] = dar * X_REPAIR[wrongRow ? 0 : 1];
            g[6 + j] = dar;
            g[9 + j] = e * hr[j];
        }
        g[12] = wrongBias ? e * b2 : e;
        return g;
    }

    private static double[] ofTanh() {
        double[] ht = tanh(sums(X_REPAIR));
        return repair(ht, hidden(j -> 1 - ht[j] * ht[j]), false, false);
    }

    private static final Exercise<?> REPAIR = Exercise.vector("7.9", "Repair it", repair(false, false, false)).tolerance(1e-13)
        .inputs(Thirteen.names())
        .mistake(ofTanh(), "this is the gradient of the network with tanh. Here the hidden units are sigmoids: `sigmoids(p, x)`.")
        .mistake(repair(true, true, true), "nothing is repaired yet: all three bugs are still there. Which gradients does the check "
            + "call wrong?")
        .mistake(repair(false, true, true), "one is found, the slope. The second row of dW1 and db2 are still wrong.")
        .mistake(repair(true, false, true), "one is found, db2. The slope, and the second row of dW1, are still wrong.")
        .mistake(repair(true, true, false), "one is found, the row of x_2. The slope and db2 are still wrong.")
        .mistake(repair(false, false, true), "two are found. The second row of dW1 still has the wrong input.")
        .mistake(repair(false, true, false), "two are found. db2 is still wrong: what multiplies b2 in y?")
        .mistake(repair(true, false, false), "two are found. dW1 and db1 are still wrong: what is the slope of the sigmoid?")
        .hints("Look at the ratios: the rows of dW1 and db1, the second row of dW1, and db2, each for its own reason.",
            "The slope of a sigmoid is h · (1 - h). Then look at the input in row 2 of dW1, and at db2 (b2 enters y with the factor 1).")
        .solution("""
            double[] repaired(double[] p, double[] x, double d) {
                double[] g = new double[13];
                double[] h = sigmoids(p, x);
                double dy = output(p, h) - d;
                for (int j = 0; j < 3; j++) {
                    double da = dy * p[9 + j] * h[j] * (1 - h[j]);
                    g[j] = x[0] * da;
                    g[3 + j] = x[1] * da;
                    g[6 + j] = da;
                    g[9 + j] = dy * h[j];
                }
                g[12] = dy;
                return g;
            }
            """, "The slope of the sigmoid is h (1 - h). Row 2 of dW1 belongs to x_2. And b2 enters y with the factor 1, so db2 = dy.")
        .setup("""
            double[] p = {0.4, -0.2, 0.1, 0.3, 0.5, -0.6, 0.05, 0, 0.1, 0.7, -0.4, 0.5, 0.1};
            double[] sigmoids(double[] p, double[] x) {
                double[] h = new double[3];
                for (int j = 0; j < 3; j++) { h[j] = 1 / (1 + Math.exp(-(x[0] * p[j] + x[1] * p[3 + j] + p[6 + j]))); }
                return h;
            }
            double output(double[] p, double[] h) { return h[0] * p[9] + h[1] * p[10] + h[2] * p[11] + p[12]; }
            """);

    @Override public List<Exercise<?>> exercises() {
        return List.of(FORWARD, STEP_ONE, STEP_TWO, THREE_PATHS, UPDATE, CENTRAL, SUSPECT_C, SUSPECT_D, REPAIR);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("7.p1", "The straight line promises a fall of the loss by α · |g|². How far will it really fall, with "
                + "α = 0.1?", "b",
                "exactly as far as promised", "less far than promised", "farther than promised")
                .usualMistake("The usual mistake is to trust the gradient over the whole step. It is the slope at the start only. "
                    + "On the way down this slope gets smaller, so the real fall is smaller. The smaller the step, the better the "
                    + "promise."),
            Prediction.of("7.p2", "A network of 13 numbers learns pressure from wind and latitude. How will it compare with a "
                + "straight line on storms it has not seen?", "b",
                "the network wins clearly: its error is less than half", "the network wins by a small margin: 3 to 15 % less error",
                    "the network gains less than 3 %, or it loses")
                .usualMistake("Many expect a network to win clearly, because it can say more than a line. But a straight line is "
                    + "already a good description here. Compared with the mean alone, the network would look like magic."),
            Prediction.of("7.p3", "ε = 10⁻¹². How many digits of the central difference are right?", "c",
                "about 12", "about 8", "about 4")
                .usualMistake("In mathematics a smaller ε is always better. In a computer, two losses that differ only in their last "
                    + "digits are subtracted, and the digits that agree are lost. The error falls, turns, and rises again: a V."),
            Prediction.of("7.p4", "Four ways to break backpropagation. Which bug leaves the loss curve nearest to the right one?", "c",
                "the forgotten 1 - h²", "the wrong sign in line 3", "the updated W2", "the forgotten zeroGrad")
                .usualMistake("Many expect every wrong gradient to spoil the curve. With a small learning rate the updated W2 is "
                    + "almost the old one, so the error is too small to see. Forgetting 1 - h² misleads in another way: the loss "
                    + "falls at first."));
    }
}
