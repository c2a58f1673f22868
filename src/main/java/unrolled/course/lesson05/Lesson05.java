package unrolled.course.lesson05;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Multiplications;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;

/** Lesson 05: what exactly is computed between the input of a network and its output? */
public final class Lesson05 implements Lesson {

    @Override public int number() {
        return 5;
    }

    @Override public String title() {
        return "The feedforward process";
    }

    @Override public int minutes() {
        return 120;
    }

    private static final Exercise<?> INDEX = Exercise.choice("5.1", "Which weight is it?", "b",
            "`W1[2][3]`, which is 0.3", "`W1[1][2]`, which is 0.6", "`W1[2][1]`, which is 0.8", "`W1[3][2]`, which is 0.2")
        .mistake("a",
            "the formula's indices were copied unchanged. Mathematics counts from 1, Java from 0, so both go down by one; and there is no "
            + "fourth column.")
        .mistake("c", "the two indices are exchanged: `W1[2][1]` starts at x_3 and ends in h_2. The first index is where the arrow starts.")
        .mistake("d",
            "the indices are exchanged, and the 3 was not counted from 0. Row first (the start), then column (the end), each one lower.")
        .hints("In W_23 the first index is the input, the second the hidden unit. In the table: the row, then the column.",
            "x_2 is row 1 in Java, h_3 is column 2.")
        .solution("String weight = \"b\";",
            "From x_2 to h_3: row 2 and column 3 of the formula are row 1 and column 2 in Java, and `W1[1][2]` is 0.6.");

    private static final double[] U = {2, -1, 1};
    private static final double[][] V = {{0.5, -0.2, 0.1}, {0.3, 0.4, -0.6}, {-0.4, 0.7, 0.2}};
    private static final double[] C = {0.1, -0.1, 0.2};

    /** Φ(x V + s c) or, turned over, Φ(x Vᵀ + s c). */
    private static double[] layer(boolean turned, double biasSign, DoubleUnaryOperator phi) {
        return IntStream.range(0, 3).mapToDouble(j -> phi.applyAsDouble(biasSign * C[j]
            + IntStream.range(0, 3).mapToDouble(i -> U[i] * (turned ? V[j][i] : V[i][j])).sum())).toArray();
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static final Exercise<?> LAYER = Exercise.vector("5.2", "A hidden layer", layer(false, 1, Math::tanh)).rounded(4)
        .inputs("unit 1", "unit 2", "unit 3")
        .mistake(layer(true, 1, Math::tanh),
            "the weight matrix is turned over: you summed along its rows. Unit j adds up column j, u_i times V_ij with the "
            + "first index the start. A square matrix lets this pass without an error.")
        .mistake(layer(false, 1, z -> z), "these are the weighted sums; the activation `tanh` is still to come.")
        .mistake(layer(true, 1, z -> z), "the matrix is turned over (unit j adds up column j), and the `tanh` is missing.")
        .mistake(layer(false, 0, Math::tanh), "the biases are missing: tanh(u V + c).")
        .mistake(layer(false, 0, z -> z), "this is x V alone: the biases and the `tanh` are missing.")
        .mistake(layer(false, -1, Math::tanh), "the biases were subtracted; they are added.")
        .mistake(layer(true, 0, Math::tanh), "the biases are missing, and the matrix is turned over: unit j adds up column j.")
        .mistake(layer(false, 1, Lesson05::sigmoid), "this is the sigmoid of the weighted sums; this layer uses `tanh`.")
        .mistake(IntStream.range(0, 3).mapToDouble(j -> C[j] + IntStream.range(0, 3).mapToDouble(i -> Math.tanh(U[i] * V[i][j])).sum()).toArray(),
            "you took tanh of each product. First all products and the bias are added up, then one `tanh` for the sum.")
        .mistake(IntStream.range(0, 3).mapToDouble(j -> Math.tanh(layer(false, 0, z -> z)[j]) + C[j]).toArray(),
            "you added the biases after the activation; they belong to the sum inside: tanh(u V + c).")
        .mistake(layer(false, 1, z -> Math.max(z, 0)), "this is the ReLU of the weighted sums; this layer uses `tanh`.")
        .mistake(layer(false, 1, Math::tan), "this is `Math.tan`, the tangent of an angle. The activation is the hyperbolic tangent, `Math.tanh`.")
        .hints("The first unit needs the first column of V: 2 · 0.5 + (-1) · 0.3 + 1 · (-0.4) + 0.1. Then tanh.",
            "`sum[j] += u[i] * V[i][j]` in two loops, plus `c[j]`, then `Math.tanh` of each.")
        .setup("double[] u = {2, -1, 1};\ndouble[][] V = {{0.5, -0.2, 0.1}, {0.3, 0.4, -0.6}, {-0.4, 0.7, 0.2}};\ndouble[] c = "
            + "{0.1, -0.1, 0.2};")
        .solution("""
            double[] hidden = new double[3];
            for (int j = 0; j < 3; j++) {
                double sum = c[j];
                for (int i = 0; i < 3; i++) sum += u[i] * V[i][j];
                hidden[j] = Math.tanh(sum);
            }""",
            "Unit j adds up column j of V, each entry times its input, and its bias: the sums are (0.4, -0.2, 1.2). Then tanh of each.");

    private static final double[] PLACES = {0.5, -2, 0, 3, -1, 40};

    private static final Exercise<?> SLOPE = Exercise.function("5.3", "The slope of tanh", DoubleUnaryOperator.class,
            slope -> Arrays.stream(PLACES).map(slope).toArray(), a -> 1 - Math.tanh(a) * Math.tanh(a))
        .inputs("a = 0.5", "a = -2", "a = 0", "a = 3", "a = -1", "a = 40")
        .mistake(a -> 1 - a * a, "1 - a² uses the sum a; the slope is 1 minus the square of the value h = tanh a.")
        .mistake(a -> 1 - Math.tanh(a), "the square is missing: this is 1 - h.")
        .mistake(a -> Math.tanh(a) * (1 - Math.tanh(a)),
            "h (1 - h) is the slope of the sigmoid. For tanh the same road leads to another formula.")
        .mistake(a -> Math.tanh(a) * Math.tanh(a),
            "this is h², which is 0 at a = 0, where tanh is steepest. What is missing in front of it?")
        .mistake(a -> Math.tanh(a) * Math.tanh(a) - 1, "the sign is turned round: tanh rises everywhere, so its slope is positive.")
        .mistake(Math::tanh, "this is tanh itself; the slope says how fast it rises.")
        .mistake(a -> sigmoid(a) * (1 - sigmoid(a)),
            "this is the slope of the sigmoid, which is 1/4 at a = 0; the slope of tanh is 1 there.")
        .mistake(a -> 1 / Math.cosh(a), "this is 1/cosh a; the slope is its square.")
        .mistake(a -> (1 - Math.tanh(a)) * (1 - Math.tanh(a)), "(1 - h)² squares the difference; square h first, then subtract it from 1.")
        .mistake(a -> 2 * sigmoid(2 * a) * (1 - sigmoid(2 * a)),
            "half of it: tanh a = 2 σ(2a) - 1, and the chain rule brings one more factor 2 from the 2a inside.")
        .hints("Write tanh as a quotient. Its numerator's derivative is its denominator, and the other way round.",
            "The quotient rule gives (denominator² - numerator²) / denominator². Divide it out, with h = numerator / denominator.")
        .solution("DoubleUnaryOperator slope = a -> 1 - Math.tanh(a) * Math.tanh(a);",
            "With s = e^a - e^-a and c = e^a + e^-a we have tanh a = s/c, s' = c and c' = s. The quotient rule gives (c·c - "
            + "s·s)/c² = 1 - h².");

    private static final Exercise<?> HOW_MANY = Exercise.number("5.4", "How many steps?", 31)
        .mistake(30, "0.8 to the power of 30 is 0.0012, still more than one thousandth.")
        .mistake(32, "32 are enough, but fewer are too: what is 0.8 to the power of 31?")
        .mistake(Math.log(1000) / -Math.log(0.8), "right so far, but steps come whole: which whole number is the first to be enough?")
        .mistake(30.96, "that is right, rounded, but nobody takes 0.96 of a step: which whole number is the first to be enough?")
        .mistake(5, "slopes in a row multiply: each step leaves 0.8 of what is left. You took 0.2 of the whole away at each step.")
        .mistake(10, "ten steps are enough where each leaves one half; here each leaves 0.8.")
        .mistake(800, "slopes in a row multiply: 0.8 · 0.8 · 0.8 ... They are not divided by the number of steps.")
        .mistake(14, "this is the first power of 0.8 below 0.05; asked is one thousandth, 0.001.")
        .mistake(21, "0.8 to the power of 21 is below one hundredth; asked is one thousandth, 0.001.")
        .hints("Multiply by 0.8 until you are below 0.001, and count; a loop in Java does it.",
            "0.8 to the power of n is below 0.001 when n is larger than ln 1000 / -ln 0.8 = 30.96.")
        .solution("double steps = Math.ceil(Math.log(0.001) / Math.log(0.8));",
            "0.8 to the power of 30 is 0.00124, to the power of 31 it is 0.00099: below 0.001 for the first time.");

    private static final double[][] SCORES = {{1, 3, 2}, {-1000, 1000}, {2, 1, -1}, {0, 0, 0, 0}, {999, 1000, 0},
        {-1001, -1000, -1002}, {1000, -1000}, {7}};

    @SuppressWarnings("unchecked")
    private static final Class<UnaryOperator<double[]>> VECTOR_FUNCTION = (Class<UnaryOperator<double[]>>) (Class<?>) UnaryOperator.class;

    /** e^(y - shift) / Σ e^(y - shift). */
    private static double[] softmax(double[] y, double shift) {
        double[] e = Arrays.stream(y).map(v -> Math.exp(v - shift)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }

    private static String text(double[] y) {
        return Arrays.stream(y).mapToObj(v -> String.valueOf((long) v)).collect(Collectors.joining(", ", "(", ")"));
    }

    private static double max(double[] y) {
        return Arrays.stream(y).max().orElseThrow();
    }

    private static final Exercise<?> SOFTMAX = Exercise.function("5.5", "A softmax that survives", VECTOR_FUNCTION,
            f -> Exercise.numbers(Arrays.stream(SCORES).map(y -> (Object) f.apply(y.clone())).toArray()), y -> softmax(y, max(y)))
        .inputs(Arrays.stream(SCORES).flatMap(y -> IntStream.range(0, y.length)
            .mapToObj(k -> "y = " + text(y) + ", entry [" + k + "]")).toArray(String[]::new))
        .mistake(y -> softmax(y, 0),
            "this is the softmax from above: scores of 1000 overflow. Shift all scores first, so that the largest becomes 0.")
        .mistake(y -> softmax(y, -max(y)), "the shift goes the wrong way: subtract the largest score, so that no exponent is above 0.")
        .mistake(y -> softmax(y, Arrays.stream(y).average().orElseThrow()),
            "with the mean subtracted, 1000 next to -1000 still overflows. Subtract the largest score: then no exponent is above 0.")
        .mistake(y -> softmax(y, Arrays.stream(y).min().orElseThrow()),
            "you subtracted the smallest score, so the largest still overflows. Subtract the "
            + "largest: then no exponent is above 0.")
        .mistake(y -> softmax(y, y[0]),
            "you subtracted the first score. In (-1000, 1000) the largest comes second and still overflows: subtract the largest, wherever it stands.")
        .mistake(y -> softmax(y, y[y.length - 1]),
            "you subtracted the last score, which need not be the largest. Subtract the largest, wherever it stands.")
        .mistake(y -> softmax(Arrays.stream(y).sorted().toArray(), max(y)),
            "the scores were sorted on the way: each probability must stay at the place of its score.")
        .mistake(y -> {
            double[] p = softmax(Arrays.stream(y).sorted().toArray(), max(y));
            return IntStream.range(0, p.length).mapToDouble(k -> p[p.length - 1 - k]).toArray();
        }, "the scores were sorted, the largest first: each probability must stay at the place of its score.")
        .mistake(y -> softmax(Arrays.stream(y).map(v -> Math.min(v, 700)).toArray(), 0),
            "cutting the scores off at 700 makes 999 and 1000 equal, and scores of -1000 still give 0/0. Shift them all instead.")
        .mistake(y -> softmax(y, Math.max(0, max(y))),
            "when all scores are below 0 you subtract something larger than all of them. Does your search start at 0 (or at "
            + "`Double.MIN_VALUE`, which is above 0), or lose the signs? Start it at y[0].")
        .mistake(y -> softmax(softmax(y, max(y)), 1), "the softmax is applied twice.")
        .mistake(y -> Arrays.stream(y).map(v -> v - max(y)).toArray(), "these are the shifted scores; the exponential and the division are still to come.")
        .mistake(y -> softmax(Arrays.stream(y).map(v -> v / max(y)).toArray(), 0),
            "dividing the scores changes their differences, and so the probabilities. "
            + "Only a shift leaves them as they are.")
        .mistake(y -> Arrays.stream(y).map(v -> Math.exp(v - max(y))).toArray(),
            "these are positive and safe, but their sum is not 1: the division is missing.")
        .hints("e^(y - m) / Σ e^(y - m) is the same for every m. Which m makes every exponent zero or negative?",
            "Let m be the largest score, take `Math.exp(v - m)` for each score v, and divide by the sum.")
        .solution("""
            UnaryOperator<double[]> safe = y -> {
                double m = Arrays.stream(y).max().getAsDouble();
                double[] e = Arrays.stream(y).map(v -> Math.exp(v - m)).toArray();
                double sum = Arrays.stream(e).sum();
                return Arrays.stream(e).map(v -> v / sum).toArray();
            };""",
            "With the largest score subtracted, the largest exponential is e^0 = 1: nothing overflows, and the sum is at least "
            + "1, so nothing is "
            + "divided by zero.");

    private static final double[] UNSURE = softmax(new double[] {1, 0, 2}, 2);

    private static final Exercise<?> NATS = Exercise.number("5.6", "A cross entropy", -Math.log(UNSURE[1])).rounded(4)
        .mistake(-Math.log(UNSURE[0]), "this is the loss if the first answer were right; the second is.")
        .mistake(-Math.log(UNSURE[2]), "this is the loss if the third answer were right. The second answer is entry 1 in Java.")
        .mistake(UNSURE[1], "this is the probability of the right answer; the loss is minus its logarithm.")
        .mistake(Math.log(UNSURE[1]), "the minus sign is missing: the logarithm of a probability is negative, the loss is not.")
        .mistake(-Math.log10(UNSURE[1]), "this is the logarithm to the base 10. In nats the logarithm is the natural one, `Math.log`.")
        .mistake(-Math.log(UNSURE[1]) / Math.log(2),
            "this is the loss in bits, with the logarithm to the base 2. In nats it is the natural one, `Math.log`.")
        .mistake(Arrays.stream(UNSURE).map(p -> -p * Math.log(p)).sum(),
            "this weighs every answer by its own probability, which is the entropy. Only the right "
            + "answer counts here.")
        .mistake(0.5 * ((1 - UNSURE[1]) * (1 - UNSURE[1]) + UNSURE[0] * UNSURE[0] + UNSURE[2] * UNSURE[2]),
            "this is the squared error of the probabilities.")
        .mistake(-Math.log(sigmoid(0)), "this takes a sigmoid of one score alone; softmax compares it with the other scores.")
        .mistake(-Math.log(softmax(UNSURE, 0)[1]), "the softmax was applied twice: scores go in, probabilities come out, and those go into the logarithm.")
        .mistake(Math.log(3), "this is the loss of one who knows nothing, ln 3. The scores say more: the softmax first.")
        .hints("First the softmax of the three scores. Then look only at the probability of the second answer.",
            "The second probability is e^0 / (e^1 + e^0 + e^2) = 0.0900. Now minus the natural logarithm.")
        .solution("double nats = -Math.log(Math.exp(0) / (Math.exp(1) + Math.exp(0) + Math.exp(2)));",
            "p = e^0 / (e^1 + e^0 + e^2) = 0.0900, and -ln p = 2.4076 nats: more than ln 3 = 1.0986, because the network "
            + "preferred other answers.");

    /** Sizes M and N of the two hidden layers. */
    private static final double[][] PAIRS = {{3, 4}, {1, 9}, {7, 2}, {5, 5}, {20, 31}};

    private static final Exercise<?> QUIZ = Exercise.function("5.7", "The multiplication quiz", DoubleBinaryOperator.class,
            f -> Arrays.stream(PAIRS).mapToDouble(s -> f.applyAsDouble(s[0], s[1])).toArray(), (M, N) ->
            Multiplications.feedforward(1, M, N, 1))
        .inputs("M = 3, N = 4", "M = 1, N = 9", "M = 7, N = 2", "M = 5, N = 5", "M = 20, N = 31")
        .mistake((M, N) -> M * N, "this is the middle step alone. The first hidden layer and the output have arrows too.")
        .mistake((M, N) -> M + M * N, "the last step is missing: N units lead to the output.")
        .mistake((M, N) -> M * N + N, "the first step is missing: the input leads to M units.")
        .mistake((M, N) -> M + N, "the middle step is missing. Each of the M units is joined to each of the N units.")
        .mistake((M, N) -> M + 2 * N, "between the hidden layers every unit is joined to every unit: M times N arrows, not N.")
        .mistake((M, N) -> M + M * N + N + M + N + 1, "you counted the biases; they are added, not multiplied.")
        .mistake((M, N) -> (M + 1) * (N + 1), "one too many: (M + 1)(N + 1) is M + MN + N + 1. Where would the extra one come from?")
        .mistake((M, N) -> M + M * N + N + M + N, "you counted the activations; here only weights are multiplied.")
        .mistake((M, N) -> M * M * N * N, "the three steps follow one another, so their numbers are added, not multiplied.")
        .hints("Count arrows: one multiplication for each. How many lead from 1 unit to M units, from M to N, from N to 1?",
            "1 · M for the first step and N · 1 for the last. Between them, each of M is joined to each of N.")
        .solution("DoubleBinaryOperator quiz = (M, N) -> M + M * N + N;",
            "One input to M units: M. M units to N units: M · N. N units to one output: N. Together M + MN + N.");

    /** Sizes T, D, H, K; the first is a single step. */
    private static final double[][] QUADRUPLES = {{1, 3, 4, 2}, {2, 3, 4, 2}, {10, 1, 8, 1}, {7, 5, 2, 6}, {25, 6, 9, 3}};

    private static final Exercise<?> RECURRENT = Exercise.function("5.8", "Multiplications of an RNN", SizeFormula.class,
            f -> Arrays.stream(QUADRUPLES).mapToDouble(s -> f.of(s[0], s[1], s[2], s[3])).toArray(), Multiplications::recurrent)
        .inputs("T = 1, D = 3, H = 4, K = 2", "T = 2, D = 3, H = 4, K = 2", "T = 10, D = 1, H = 8, K = 1", "T = 7, D = 5, H = 2, K = 6",
            "T = 25, D = 6, H = 9, K = 3")
        .mistake((T, D, H, K) -> T * (D * H + H * K), "the memory is missing: h of the step before, times Wh, is H · H more at each step.")
        .mistake((T, D, H, K) -> D * H + H * H + H * K, "this is one step. T steps repeat it.")
        .mistake((T, D, H, K) -> T * (D * H + H * H), "the outputs are missing: at each step h times Wy is H · K more.")
        .mistake((T, D, H, K) -> T * (D * H + H * H) + H * K,
            "this is right for one output after the last step; here there is an output at every step.")
        .mistake((T, D, H, K) -> T * (D * H + H * K) + (T - 1) * H * H,
            "you left out the memory of the first step. It is zero, but it is multiplied all the same.")
        .mistake((T, D, H, K) -> T * (D * H + H + H * K),
            "each hidden unit reads every hidden unit of the step before, not only itself: H · H, not H.")
        .mistake((T, D, H, K) -> T * D * H + H * H + H * K, "only the first product was taken T times; all three happen at every step.")
        .mistake((T, D, H, K) -> T * (D * H + H * K) + H * H,
            "the memory is read at every step, not once: all three products happen T times.")
        .mistake((T, D, H, K) -> T * (D + H + K), "neighbouring sizes multiply: a matrix of D rows and H columns takes D · H multiplications, not D + H.")
        .mistake((T, D, H, K) -> T * D * H * H * K, "the products of one step follow one another: their numbers are added, not multiplied.")
        .mistake((T, D, H, K) -> T * (D * H + H * H + H * K + H + K), "you counted the biases; they are added, not multiplied.")
        .hints("One step has three products: x_t Wx, h_{t-1} Wh, and h_t Wy. Each takes rows times columns of its matrix.",
            "D · H, H · H and H · K for one step. Every step does the same.")
        .setup("import unrolled.course.SizeFormula;")
        .solution("SizeFormula recurrent = (T, D, H, K) -> T * (D * H + H * H + H * K);",
            "One step multiplies x_t by Wx (D · H), the memory by Wh (H · H) and h_t by Wy (H · K). T steps do it T times.");

    @SuppressWarnings("unchecked")
    private static final Class<ToDoubleFunction<double[]>> LOSS = (Class<ToDoubleFunction<double[]>>) (Class<?>) ToDoubleFunction.class;

    private static final double[][] CASES = {{-1, 3}, {0, 1000}, {0, 0, 0}, {2, 1, -1}, {30, 0, 0}, {1000, 0, 990}, {-2000, -1000, -1990}};

    private static double logSum(double[] y) {
        double m = max(y);
        return m + Math.log(Arrays.stream(y).map(v -> Math.exp(v - m)).sum());
    }

    private static double naive(double[] y) {
        return -Math.log(softmax(y, 0)[0]);
    }

    private static final Exercise<?> LAB = Exercise.function("5.9", "A loss that never reaches zero", LOSS,
            f -> Arrays.stream(CASES).map(double[]::clone).mapToDouble(f).toArray(), y -> logSum(y) - y[0])
        .inputs(Arrays.stream(CASES).map(y -> "y = " + text(y)).toArray(String[]::new))
        .mistake(y -> naive(softmax(y, 0)),
            "this is still the colleague's loss. How often does it apply the softmax on the way from y to the logarithm?")
        .mistake(y -> naive(softmax(y, max(y))),
            "the softmax is safe now, but it is still applied twice on the way from y to the logarithm.")
        .mistake(Lesson05::naive,
            "one softmax: the bug is gone. But scores like 1000 overflow. Use ln Σ e^y = m + ln Σ e^(y - m), with m the largest score.")
        .mistake(y -> -Math.log(softmax(y, max(y))[0]),
            "the bug is gone, and the softmax is safe. But for y = (0, 1000) it rounds p to 0, and ln 0 is infinite. Take the "
            + "logarithm by hand: -ln p = m + ln Σ e^(y - m) - y[0].")
        .mistake(y -> Math.log(Arrays.stream(y).map(v -> Math.exp(v - y[0])).sum()),
            "the bug is gone and the logarithm is taken by hand, but with y[0] subtracted y = (0, 1000) overflows: e^1000. Subtract the "
            + "largest score, wherever it stands: ln Σ e^y = m + ln Σ e^(y - m).")
        .mistake(y -> Math.log(Arrays.stream(y).map(Math::exp).sum()) - y[0],
            "one softmax, and the logarithm by hand: the bug is gone. But e^1000 overflows. Use ln Σ e^y = m + ln Σ e^(y - m), with m the "
            + "largest score.")
        .mistake(y -> -Math.log(softmax(y, max(y))[0] + 1e-12),
            "the small number inside the logarithm avoids an infinite loss and gives a wrong one: for y = (0, 1000) the loss is 1000, yours "
            + "is 27.6. Take the logarithm by hand: m + ln Σ e^(y - m) - y[0].")
        .mistake(y -> logSum(y) - max(y) - y[0],
            "you subtracted the largest score m inside the exponentials and did not give it back: ln Σ e^y = m + ln Σ e^(y - m).")
        .mistake(y -> Math.max(0, max(y)) + Math.log(Arrays.stream(y).map(v -> Math.exp(v - Math.max(0, max(y)))).sum()) - y[0],
            "your search for the largest score starts at 0 (or at `Double.MIN_VALUE`, which is above 0): when all scores are below 0 it "
            + "finds none of them. Start at the first score.")
        .mistake(y -> y[0] - logSum(y), "the minus sign is missing: the logarithm of a probability is negative, the loss is not.")
        .mistake(y -> softmax(y, max(y))[0], "this is the probability; the loss is minus its logarithm.")
        .mistake(y -> logSum(y) - max(y), "you took the largest score; the loss looks at the score of the right answer, y[0].")
        .mistake(y -> -Math.log(y[0]), "now there is no softmax at all: y are scores, and the logarithm needs a probability.")
        .hints("Write down what happens to y on its way to the logarithm. The function called `surpriseOf` expects scores; what does it get?",
            "The softmax is applied twice. Once is enough: -ln p_0 = ln Σ e^y - y[0], where ln Σ e^y = m + ln Σ e^(y - m) with m "
            + "the largest score.")
        .solution("""
            ToDoubleFunction<double[]> repaired = y -> {
                double m = Arrays.stream(y).max().getAsDouble();
                double sum = Arrays.stream(y).map(v -> Math.exp(v - m)).sum();
                return m + Math.log(sum) - y[0];
            };""",
            "The softmax was applied twice: `surpriseOf` has one inside and was given probabilities. Probabilities lie between 0 "
            + "and 1, so as scores they "
            + "never differ by more than 1, and the loss cannot fall below -ln(e/(e+2)) = 0.55. Written as m + ln Σ e^(y-m) - "
            + "y[0] the loss also survives large scores.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(INDEX, LAYER, SLOPE, HOW_MANY, SOFTMAX, NATS, QUIZ, RECURRENT, LAB);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("5.p1", "Ten layers of ReLU units with large weights: how large is the largest value at the end?", "c",
                    "at most 1", "between 1 and 1,000", "above 1,000")
                .usualMistake("Many have read that an activation function keeps values in range. tanh and the sigmoid do. ReLU has a floor and no "
                    + "ceiling: with such weights each layer makes its values a few times larger, ten times in a row."),
            Prediction.of("5.p2", "Ten sigmoid units in a row, each at its steepest: how much of a slope of 1 is left?", "c",
                    "about one fortieth", "about one thousandth", "about one millionth")
                .usualMistake("One fortieth comes from dividing 1/4 by 10: but slopes in a row multiply. One thousandth would be ten halves. "
                    + "Ten quarters multiplied are 0.25 to the power of 10, about one millionth."),
            Prediction.of("5.p3", "About 300 parameters each: which shape learns the fast wave from the fewest of twenty starts?", "a",
                    "one hidden layer of 100 units", "three hidden layers of 11 units", "ten hidden layers of 5 units")
                .usualMistake("Some expect ten layers to fail, since slopes in a row multiply; others trust one wide layer, since in theory it is "
                    + "enough. Theory says which weights exist, not which ones training finds. And ten factors do not yet kill a slope here: "
                    + "what decides is the start."),
            Prediction.of("5.p4", "All three scores grow by 100: what happens to the first probability?", "a",
                    "it stays as it was", "it moves close to 1", "it moves close to 1/3")
                .usualMistake("Some expect larger scores to look surer, others expect scores to become alike, since 102 and 101 differ by one "
                    + "percent only. Softmax looks at differences, and they have not changed."),
            Prediction.of("5.p5", "A unit with the target 1 starts at a = -8: with which loss is p above 0.5 after 100 steps?", "b",
                    "with both losses", "with cross entropy alone", "with squared error alone")
                .usualMistake("Most expect squared error to be a little slower, not to stand still. But the size of a step is the slope, and "
                    + "p (1 - p) is about 0.0003 at a = -8. The larger the mistake, the smaller the step: that is the wrong way round."));
    }
}
