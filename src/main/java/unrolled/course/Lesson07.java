package unrolled.course;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;

/** Lesson 07: can I do backpropagation with a pencil? */
final class Lesson07 implements Lesson {

    @Override public int number() {
        return 7;
    }

    @Override public String title() {
        return "Backpropagation: a worked example";
    }

    @Override public int minutes() {
        return 75;
    }

    // The numbers of the notebook: x [1,2], W1 [2,3], b1 [1,3], W2 [3,1], b2, d.
    private static final double[] x = {1.0, -0.5};
    private static final double d = -1.0;
    private static final double[][] W1 = {{0.4, -0.2, 0.1}, {0.3, 0.5, -0.6}};
    private static final double[] b1 = {0.05, 0.0, 0.1};
    private static final double[] W2 = {0.7, -0.4, 0.5};
    private static final double b2 = 0.1;
    private static final double RATE = 0.1;

    private static final double[] z = hidden(j -> x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j]);
    private static final double[] h = hidden(j -> Math.tanh(z[j]));
    private static final double y = h[0] * W2[0] + h[1] * W2[1] + h[2] * W2[2] + b2;
    private static final double dy = y - d;
    private static final double[] dW2 = hidden(j -> dy * h[j]);
    private static final double[] dh = hidden(j -> dy * W2[j]);
    private static final double[] dz = hidden(j -> dh[j] * (1 - h[j] * h[j]));

    private interface PerUnit {
        double of(int j);
    }

    /** One number for each of the three hidden units. */
    private static double[] hidden(PerUnit f) {
        return new double[] {f.of(0), f.of(1), f.of(2)};
    }

    /** dW1_ij = x_i · column_j. */
    private static double[][] outer(double[] column) {
        return new double[][] {hidden(j -> x[0] * column[j]), hidden(j -> x[1] * column[j])};
    }

    /** What x_1 and x_2 receive through the three hidden units when unit j sends back column_j. */
    private static double[] back(double[] column) {
        return new double[] {sum(j -> W1[0][j] * column[j]), sum(j -> W1[1][j] * column[j])};
    }

    private static double sum(PerUnit f) {
        return f.of(0) + f.of(1) + f.of(2);
    }

    private static final String SETUP = """
        double[] x = {1.0, -0.5};
        double d = -1.0;
        double[][] W1 = {{0.4, -0.2, 0.1}, {0.3, 0.5, -0.6}};
        double[] b1 = {0.05, 0.0, 0.1};
        double[] W2 = {0.7, -0.4, 0.5};
        double b2 = 0.1;
        double[] z = new double[3];
        for (int j = 0; j < 3; j++) { z[j] = x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j]; }
        double[] h = {Math.tanh(z[0]), Math.tanh(z[1]), Math.tanh(z[2])};
        double y = h[0] * W2[0] + h[1] * W2[1] + h[2] * W2[2] + b2;
        double dy = y - d;
        double[] dW2 = {dy * h[0], dy * h[1], dy * h[2]};
        """;
    private static final String AFTER_STEP_2 = SETUP + """
        double[] dh = {dy * W2[0], dy * W2[1], dy * W2[2]};
        double[] dz = new double[3];
        for (int j = 0; j < 3; j++) { dz[j] = dh[j] * (1 - h[j] * h[j]); }
        """;

    private static final Exercise<?> FORWARD = Exercise.number("7.1", "Forward with an empty input",
            0.7 * Math.tanh(0.05) + 0.5 * Math.tanh(0.1) + 0.1).rounded(4)
        .mistake(0.1, "this is b2 alone: the hidden units have biases too, so they are not zero when the inputs are.")
        .mistake(0.7 * 0.05 + 0.5 * 0.1 + 0.1, "the bend is missing: each hidden sum goes through `tanh` before W2 weighs it.")
        .mistake(0.7 * Math.tanh(0.05) + 0.5 * Math.tanh(0.1), "the bias of the output unit, b2, is missing.")
        .mistake(y, "this is y for the old input; here both inputs are 0.")
        .hints("With x = (0, 0) every product x·W1 is 0. What is left of z?", "z is b1 = (0.05, 0, 0.1). Then h = tanh z, then W2 and b2.")
        .solution("double y0 = Math.tanh(0.05) * 0.7 + Math.tanh(0.0) * -0.4 + Math.tanh(0.1) * 0.5 + 0.1;",
            "With inputs of 0 the hidden sums are the biases b1. tanh bends them, W2 weighs them, b2 is added: 0.1848.")
        .setup(SETUP);

    private static final Exercise<?> STEP_ONE = Exercise.vector("7.2", "Step 1: dW2", dW2).rounded(4)
        .mistake(hidden(j -> -dW2[j]), "the sign: ∂L/∂y is y - d. You have d - y, which belongs to the update ΔW = -α dW, not to the "
            + "gradient.")
        .mistake(hidden(j -> dy * z[j]), "you used z, the sum before `tanh`. What W2 multiplies is h.")
        .mistake(hidden(j -> dy * W2[j]), "dy · W2 is ∂L/∂h, the message for the hidden units. The factor beside W2_j is h_j.")
        .mistake(h, "this is ∂y/∂W2; the other factor of the chain, ∂L/∂y, is missing.")
        .mistake(dz, "this already looks through `tanh`; for W2 the chain has only two factors: dy and h_j.")
        .mistake(hidden(j -> 2 * dW2[j]), "twice too much: the ½ in L = (d - y)²/2 cancels the 2 of the square.")
        .hints("The chain has two factors: ∂L/∂y, the same for all three, and ∂y/∂W2_j.",
            "y = h1·W2_1 + ... so ∂y/∂W2_j is h_j. Multiply it by `dy`.")
        .solution("double[] myDW2 = {dy * h[0], dy * h[1], dy * h[2]};",
            "Each weight of W2 touches y through one product, h_j · W2_j. So ∂L/∂W2_j = (y - d) · h_j.")
        .setup(SETUP);

    private static final Exercise<?> HIDDEN_BIAS = Exercise.vector("7.3", "Step 2: db1", dz).rounded(4)
        .mistake(dh, "the slope of `tanh` is missing: multiply each entry by 1 - h_j².")
        .mistake(hidden(j -> dh[j] * (1 - h[j])), "the square is missing: the slope of tanh is 1 - h², not 1 - h.")
        .mistake(hidden(j -> dh[j] * (1 - z[j] * z[j])), "the slope is 1 - h² with h = tanh z; you squared z.")
        .mistake(hidden(j -> dh[j] * h[j] * (1 - h[j])), "h (1 - h) is the slope of the sigmoid; these units use tanh, whose slope "
            + "is 1 - h².")
        .mistake(hidden(j -> dy * (1 - h[j] * h[j])), "W2 is missing: the error reaches unit j only through W2_j.")
        .mistake(hidden(j -> W2[j] * (1 - h[j] * h[j])), "∂L/∂y is missing: this is how b1 moves y, not yet how it moves L.")
        .mistake(hidden(j -> -dz[j]), "the sign: start from dy = y - d.")
        .hints("The factors on the way are dy, then W2_j, then 1 - h_j², and the last one, ∂z_j/∂b1_j, is 1.",
            "For unit 1: `dy * W2[0] * (1 - h[0] * h[0])`. The same pattern for the other two.")
        .solution("""
            double[] myDb1 = new double[3];
            for (int j = 0; j < 3; j++) { myDb1[j] = dy * W2[j] * (1 - h[j] * h[j]); }
            """, "A bias enters z_j with the factor 1. So its gradient is what arrives at z_j: dy · W2_j · (1 - h_j²). This number is also called dz_j.")
        .setup(SETUP);

    private static final Exercise<?> STEP_TWO = Exercise.matrix("7.4", "Step 2: dW1", outer(dz)).rounded(4)
        .mistake(outer(dh), "the slope of `tanh`, 1 - h_j², is missing.")
        .mistake(outer(hidden(j -> -dz[j])), "the sign: start from dy = y - d.")
        .mistake(outer(hidden(j -> dy * (1 - h[j] * h[j]))), "W2 is missing: step 2 needs both weight matrices.")
        .mistake(outer(hidden(j -> dy * h[j])), "you used dW2 in place of dz: the way to W1 goes through W2_j and the slope, not "
            + "through h_j.")
        .mistake(outer(hidden(j -> dh[j] * (1 - z[j] * z[j]))), "the slope is 1 - h² with h = tanh z; you squared z.")
        .mistake(outer(hidden(j -> (W2[j] - RATE * dW2[j]) * dy * (1 - h[j] * h[j]))),
            "you used W2 after its update. All gradients belong to the weights that made this y: the old W2.")
        .mistake(new double[][] {hidden(j -> dz[j] * W1[0][j]), hidden(j -> dz[j] * W1[1][j])},
            "the last factor of the chain, ∂z_j/∂W1_ij, is the input x_i, not the weight itself.")
        .mistake(new double[][] {dz, dz}, "the last factor, the input x_i, is missing: row i is dz times x_i.")
        .hints("Row i, column j is x_i times dz_j.", "Row 1 is dz itself, because x_1 = 1. Row 2 is dz times -0.5.")
        .solution("""
            double[][] myDW1 = new double[2][3];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) { myDW1[i][j] = x[i] * dz[j]; }
            }
            """, "W1_ij enters z_j through the product x_i · W1_ij. So its gradient is x_i times what arrives at z_j.")
        .setup(AFTER_STEP_2);

    private static final Exercise<?> THREE_PATHS = Exercise.vector("7.5", "Three paths to an input", back(dz)).rounded(4)
        .mistake(back(dh), "each path also crosses `tanh`: use dz, which holds the slope, in place of dh.")
        .mistake(new double[] {dz[0] + dz[1] + dz[2], dz[0] + dz[1] + dz[2]},
            "each path carries its own weight W1_ij before the sum is taken.")
        .mistake(new double[] {W1[0][0] * dz[0], W1[1][0] * dz[0]}, "this is the path through h_1 only. Two more paths lead to y.")
        .mistake(new double[] {back(dz)[0] / 3, back(dz)[1] / 3}, "you took the mean of the three paths. Effects add up: it is the sum.")
        .mistake(new double[] {-back(dz)[0], -back(dz)[1]}, "the sign: start from dy = y - d.")
        .mistake(new double[] {x[0] * sum(j -> dz[j]), x[1] * sum(j -> dz[j])},
            "the factor on the last edge is the weight W1_ij; x_i is the factor for the weights, not for the input.")
        .hints("z_1, z_2 and z_3 all contain x_i, with the weights of row i of W1.",
            "For x_1: `W1[0][0] * dz[0] + W1[0][1] * dz[1] + W1[0][2] * dz[2]`. Row 2 of W1 for x_2.")
        .solution("""
            double[] myDx = new double[2];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) { myDx[i] += W1[i][j] * dz[j]; }
            }
            """, "x_i reaches the output on three paths, one through each hidden unit. Small effects add, so the sum over the paths is the gradient.")
        .setup(AFTER_STEP_2);

    private static final Exercise<?> UPDATE = Exercise.vector("7.6", "The new W2", hidden(j -> W2[j] - RATE * dW2[j])).rounded(4)
        .mistake(hidden(j -> W2[j] + RATE * dW2[j]), "this goes uphill: the step is against the gradient, W - α dW.")
        .mistake(hidden(j -> W2[j] - dW2[j]), "the learning rate α = 0.1 is missing.")
        .mistake(hidden(j -> -RATE * dW2[j]), "this is the change ΔW2; the new W2 is the old one plus this change.")
        .mistake(hidden(j -> W2[j] - RATE * dh[j]), "you used dh = dy · W2; the gradient of W2 is dW2 = dy · h.")
        .hints("New weight = old weight - α · gradient.", "For the first: `W2[0] - 0.1 * dW2[0]`.")
        .solution("double[] newW2 = {W2[0] - 0.1 * dW2[0], W2[1] - 0.1 * dW2[1], W2[2] - 0.1 * dW2[2]};",
            "Each weight takes a step against its own gradient. W2_1 shrinks, because a larger W2_1 would raise the loss.")
        .setup(SETUP);

    private interface Rule {
        double of(DoubleUnaryOperator f, double w);
    }

    private static BiFunction<DoubleUnaryOperator, Double, Double> rule(Rule rule) {
        return rule::of;
    }

    private static final double E = 1e-5;

    private static final Exercise<?> CENTRAL = Exercise.<BiFunction<DoubleUnaryOperator, Double, Double>>function("7.7",
        "The central difference",
            cast(), g -> Exercise.numbers(g.apply(Math::sin, 0.5), g.apply(w -> w * w, 3.0), g.apply(w -> Math.exp(3 * w), 1.0)),
            rule((f, w) -> (f.applyAsDouble(w + E) - f.applyAsDouble(w - E)) / (2 * E)))
        .inputs("sin at w = 0.5", "w² at w = 3", "exp(3w) at w = 1")
        .mistake(rule((f, w) -> (f.applyAsDouble(w + E) - f.applyAsDouble(w)) / E),
            "this is the one-sided difference. Step to both sides: w + ε and w - ε.")
        .mistake(rule((f, w) -> (f.applyAsDouble(w) - f.applyAsDouble(w - E)) / E),
            "this is the one-sided difference, to the left. Step to both sides: w + ε and w - ε.")
        .mistake(rule((f, w) -> (f.applyAsDouble(w + E) - f.applyAsDouble(w - E)) / E),
            "from w - ε to w + ε is a distance of 2ε: divide by `2 * 1e-5`.")
        .mistake(rule((f, w) -> (f.applyAsDouble(w + E) - f.applyAsDouble(w - E)) / 2 * E),
            "Java reads `a / 2 * e` as (a / 2) · e. Put the whole denominator in brackets: `a / (2 * e)`.")
        .mistake(rule((f, w) -> f.applyAsDouble(w + E) - f.applyAsDouble(w - E)),
            "this is the rise; divide it by the distance, 2ε, to get the slope.")
        .mistake(rule((f, w) -> (f.applyAsDouble(w - E) - f.applyAsDouble(w + E)) / (2 * E)), "the sign: right value minus left value.")
        .hints("Slope = rise / distance. The two points are w + 1e-5 and w - 1e-5.",
            "The rise is `f.applyAsDouble(w + 1e-5) - f.applyAsDouble(w - 1e-5)`; the distance is `2 * 1e-5`.")
        .solution("BiFunction<DoubleUnaryOperator, Double, Double> central = (f, w) -> (f.applyAsDouble(w + 1e-5) - "
            + "f.applyAsDouble(w - 1e-5)) / (2 * 1e-5);",
            "A secant through two points on both sides of w. Its slope differs from the tangent's by about f'''(w) ε²/6.");

    @SuppressWarnings("unchecked")
    private static Class<BiFunction<DoubleUnaryOperator, Double, Double>> cast() {
        return (Class<BiFunction<DoubleUnaryOperator, Double, Double>>) (Class<?>) BiFunction.class;
    }

    private static final Exercise<?> SUSPECT_C = Exercise.choice("7.8", "Suspect C", "d",
            "line 1: dy has the wrong sign", "line 2: dW2 uses z in place of h", "line 3: W2 was updated before it was used",
            "line 4: the slope 1 - h² is missing", "line 5: the input x is missing", "no zeroGrad: gradients add up from call to call")
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

    private static final Exercise<?> SUSPECT_D = Exercise.choice("7.9", "Suspect D", "c",
            "line 1: dy has the wrong sign", "line 2: dW2 uses z in place of h", "line 3: W2 was updated before it was used",
            "line 4: the slope 1 - h² is missing", "line 5: the input x is missing", "no zeroGrad: gradients add up from call to call")
        .mistake("a", "a wrong sign in line 1 would turn every ratio into -1.")
        .mistake("b", "then dW2 would be wrong. In the table its ratios are 1.")
        .mistake("d", "leaving out the slope, a number below 1, makes gradients larger: every ratio would be above 1. These are below 1.")
        .mistake("e", "then db1 would be right, since a bias has no input. Here db1 is wrong as well.")
        .mistake("f", "then every gradient would grow from call to call. Here dW2 is right.")
        .hints("The same rows as for suspect C, but other ratios. What else does dh = dy · W2 depend on?",
            "Take your new W2 of exercise 7.6 and divide each entry by the old one.")
        .solution("String suspectD = \"c\";", "The ratios are newW2_j / W2_j. This suspect took the step for W2 first and sent the "
            + "error back through the new weights. "
            + "Compute all gradients first; update afterwards.");

    private static final double[] X_REPAIR = {0.8, 1.5};
    private static final double D_REPAIR = 0.3;

    private static double[] repair(boolean slopeOfZ, boolean wrongBias, boolean wrongRow) {
        double[] zr = hidden(j -> X_REPAIR[0] * W1[0][j] + X_REPAIR[1] * W1[1][j] + b1[j]);
        double[] hr = hidden(j -> Math.tanh(zr[j]));
        double e = sum(j -> hr[j] * W2[j]) + b2 - D_REPAIR;
        double[] g = new double[13];
        for (int j = 0; j < 3; j++) {
            double s = slopeOfZ ? zr[j] : hr[j];
            double dzr = e * W2[j] * (1 - s * s);
            g[j] = dzr * X_REPAIR[0];
            g[3 + j] = dzr * X_REPAIR[wrongRow ? 0 : 1];
            g[6 + j] = dzr;
            g[9 + j] = e * hr[j];
        }
        g[12] = wrongBias ? e * b2 : e;
        return g;
    }

    private static final Exercise<?> REPAIR = Exercise.vector("7.10", "Repair it", repair(false, false, false))
        .mistake(repair(true, true, true), "nothing is repaired yet: all three bugs are still there. Which gradients does the check "
            + "call wrong?")
        .mistake(repair(false, true, true), "one is found, the slope. The second row of dW1 and db2 are still wrong.")
        .mistake(repair(true, false, true), "one is found, db2. The slope, and the second row of dW1, are still wrong.")
        .mistake(repair(true, true, false), "one is found, the row of x_2. The slope and db2 are still wrong.")
        .mistake(repair(false, false, true), "two are found. The second row of dW1 still has the wrong input.")
        .mistake(repair(false, true, false), "two are found. db2 is still wrong: what multiplies b2 in y?")
        .mistake(repair(true, false, false), "two are found. dW1 and db1 are still wrong: 1 - h², with h after tanh.")
        .hints("Run `verdict(...)` on the broken method. Three groups of rows are wrong, each for its own reason.",
            "Look at the slope (of what?), at the input in row 2 of dW1, and at db2 (b2 enters y with the factor 1).")
        .solution("""
            double[] repaired(double[] p, double[] x, double d) {
                double[] g = new double[13];
                double[] h = hidden(p, x);
                double dy = output(p, h) - d;
                for (int j = 0; j < 3; j++) {
                    double dz = dy * p[9 + j] * (1 - h[j] * h[j]);
                    g[j] = x[0] * dz;
                    g[3 + j] = x[1] * dz;
                    g[6 + j] = dz;
                    g[9 + j] = dy * h[j];
                }
                g[12] = dy;
                return g;
            }
            """, "The slope of tanh is 1 - h², with h after the bend. Row 2 of dW1 belongs to x_2. And b2 enters y with the factor 1, so db2 = dy.")
        .setup("""
            double[] p = {0.4, -0.2, 0.1, 0.3, 0.5, -0.6, 0.05, 0, 0.1, 0.7, -0.4, 0.5, 0.1};
            double[] hidden(double[] p, double[] x) {
                double[] h = new double[3];
                for (int j = 0; j < 3; j++) { h[j] = Math.tanh(x[0] * p[j] + x[1] * p[3 + j] + p[6 + j]); }
                return h;
            }
            double output(double[] p, double[] h) { return h[0] * p[9] + h[1] * p[10] + h[2] * p[11] + p[12]; }
            """);

    @Override public List<Exercise<?>> exercises() {
        return List.of(FORWARD, STEP_ONE, HIDDEN_BIAS, STEP_TWO, THREE_PATHS, UPDATE, CENTRAL, SUSPECT_C, SUSPECT_D, REPAIR);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("7.p1", "The straight line promises a fall of the loss by α · |gradient|². How far will it really fall, "
                + "with α = 0.1?", "b",
                "exactly as far as promised", "less far than promised", "farther than promised")
                .usualMistake("The usual mistake is to trust the gradient over the whole step. It is the slope at the start only. "
                    + "Near the bottom the valley gets "
                    + "flatter, so the real fall is smaller. The smaller the step, the better the promise."),
            Prediction.of("7.p2", "A network of 13 weights learns pressure from wind and latitude. How will it compare with a "
                + "straight line on storms it has not seen?", "b",
                "it wins clearly: its error is less than half", "it wins by a small margin: its error is 3 to 15 % smaller",
                    "no gain at all, or worse")
                .usualMistake("Many expect a network to win clearly, because it can bend. But a straight line is already a good "
                    + "description here, "
                    + "and bending it a little gains a little. Compared with the mean alone the network would look like magic."),
            Prediction.of("7.p3", "ε runs from 0.1 down to 10⁻¹². Where does the central difference come closest to the true slope?", "b",
                "near 10⁻¹²: the smaller the better", "somewhere near 10⁻⁵", "near 10⁻¹⁰, just above the rounding of doubles")
                .usualMistake("In mathematics a smaller ε is always better. In a computer, two losses that differ only in their last "
                    + "digits are subtracted, and the digits "
                    + "that agree are lost. The error falls, turns, and rises again: a V."),
            Prediction.of("7.p4", "Four ways to break backpropagation: forget 1 - h²; wrong sign in step 2; use the updated W2; "
                + "forget zeroGrad. "
                + "Which one leaves a loss curve that looks healthy?", "c",
                "forgetting 1 - h²", "the wrong sign in step 2", "the updated W2", "forgetting zeroGrad")
                .usualMistake("Many expect every wrong gradient to spoil the curve. With a small learning rate the updated W2 is "
                    + "almost the old one, so the error is too small to see. "
                    + "Forgetting 1 - h² is more treacherous than it looks: the loss falls at first. Only a gradient check tells "
                    + "them all apart."));
    }
}
