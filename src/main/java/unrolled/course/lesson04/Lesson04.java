package unrolled.course.lesson04;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 04: what is a network without memory? */
public final class Lesson04 implements Lesson {

    @Override public int number() {
        return 4;
    }

    @Override public String title() {
        return "Feedforward networks: a reminder";
    }

    @Override public int minutes() {
        return 120;
    }

    /** The sum is -1 + 0.3 - 0.8 - 0.2 = -1.7. */
    private static final Exercise<?> HIDDEN_UNIT = Exercise.number("4.1", "The second hidden unit", Math.tanh(-1.7)).rounded(4)
        .mistake(-1.7, "this is the weighted sum; it still has to go through the activation function, `Math.tanh`.")
        .mistake(-1.5, "this is the sum of the three products. The bias `b1[1]` and the activation function, `Math.tanh`, are missing.")
        .mistake(Math.tanh(-1.5), "the bias is missing: `b1[1]` is added to the three products before the activation function.")
        .mistake(Math.tanh(-1.5) - 0.2, "the bias belongs into the sum, inside `tanh`, not behind it.")
        .mistake(Math.tanh(-1.4), "this is the bias of unit 1. The second unit has `b1[1]`: Java counts from 0.")
        .mistake(Math.tanh(1.5), "you took the second row of `W1`. The weights that lead to unit 2 stand in the second column: "
            + "`W1[0][1]`, `W1[1][1]`, `W1[2][1]`.")
        .mistake(Math.tanh(-0.1), "a sign was lost: the third input is -2, and -2 · 0.4 is -0.8.")
        .mistake(Math.tanh(0.3), "a sign was lost: the first weight is -0.5, and 2 · -0.5 is -1. (Or did you take the third column, which leads to h_3?)")
        .mistake(Math.tanh(-0.8), "this is h_1. Java counts from 0: the second unit has column 1.")
        .mistake(Math.tanh(-1.1), "this is h_2 for the first input, {1, -2, 0.5}. The exercise asks for {2, 1, -2}.")
        .mistake(Math.tan(-1.7), "this is the tangent. The activation function is the hyperbolic tangent, `Math.tanh`.")
        .mistake(1 / (1 + Math.exp(1.7)), "this is the sigmoid of the sum. The activation function of this network is `Math.tanh`.")
        .hints("Copy the line for sum1, with the new input and the other column: `W1[0][1]`, `W1[1][1]`, `W1[2][1]`, and the bias `b1[1]`.",
            "The sum is 2 · (-0.5) + 1 · 0.3 - 2 · 0.4 - 0.2 = -1.7. Now the activation function.")
        .setup("""
            double[][] W1 = {{0.2, -0.5, 0.4}, {0.1, 0.3, -0.6}, {0.7, 0.4, 0.1}};
            double[] b1 = {0.1, -0.2, 0.3};
            """)
        .solution("double h2 = Math.tanh(2*W1[0][1] + 1*W1[1][1] + -2*W1[2][1] + b1[1]);",
            "Column 2 holds the weights that lead to unit 2. The sum is -1.7, and tanh(-1.7) = -0.9354.");

    private static final Exercise<?> WHO_NOTICES = Exercise.vector("4.2", "Who notices?", 3, 1, 5, 3)
        .mistake(new double[] {1, 1, 3, 1}, "you stopped at the hidden layer. What changes there is an input of both outputs.")
        .mistake(new double[] {1, 1, 5, 3}, "look at (1) again: h_2 changes, and h_2 is an input of both outputs.")
        .mistake(new double[] {3, 2, 5, 3}, "look at (2) again: this weight leads to y_1 only; y_2 has weights of its own.")
        .mistake(new double[] {3, 3, 5, 3}, "look at (2) again: numbers flow from left to right, so a weight behind h_2 does not touch h_2.")
        .mistake(new double[] {3, 1, 3, 3}, "look at (3) again: x_2 leads to all three hidden units, and they lead to both outputs.")
        .mistake(new double[] {3, 1, 6, 3}, "in (3), x_2 itself is not one of the five values that we count.")
        .mistake(new double[] {3, 1, 5, 1}, "look at (4) again: the bias moves h_3, and h_3 is an input of both outputs.")
        .hints("Put a finger on the arrow and follow it to the right; every circle that you can reach changes.",
            "A weight or bias of one hidden unit changes that unit and both outputs: 3 values. A weight into y_1 changes y_1.")
        .solution("double[] counts = {3, 1, 5, 3};",
            "(1) h_2, y_1, y_2. (2) y_1. (3) all three hidden units and both outputs. (4) h_3, y_1, y_2.");

    private static final double[][] BIAS_FIRST = {{0.05, -0.1}, {0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}};

    private static final Exercise<?> BIAS_ROW = Exercise.matrix("4.3", "The fixed 1 in front", BIAS_FIRST)
        .mistake(new double[][] {{0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}},
            "this is `W2` alone. The fixed 1 needs its weights too: one more row.")
        .mistake(new double[][] {{0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}, {0.05, -0.1}},
            "this fits [h, 1], with the 1 at the end. Here the 1 stands in front, so it meets the first row.")
        .mistake(new double[][] {{1, 1}, {0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}},
            "the 1 is the input. The new row holds its weights, and those are the biases `b2`.")
        .mistake(new double[][] {{0.1, -0.2, 0.3}, {0.2, -0.5, 0.4}, {0.1, 0.3, -0.6}, {0.7, 0.4, 0.1}},
            "this is the first layer, `b1` over `W1`. The exercise asks for the second, from the hidden units to the outputs.")
        .mistake(new double[][] {{0, 0}, {0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}},
            "with zeros in the first row the fixed 1 adds nothing. This row holds its weights: the biases `b2`.")
        .mistake(new double[][] {{0.05, 0.5, -0.4, 0.6}, {-0.1, -0.3, 0.8, 0.2}},
            "this is transposed. Each row belongs to one input (the fixed 1, h_1, h_2, h_3), each column to one output.")
        .mistake(new double[][] {{0.05, 0.5, -0.3}, {-0.1, -0.4, 0.8}, {0, 0.6, 0.2}},
            "the biases are a row, not a column: each output has one column, with its bias in it.")
        .hints("In the formula above the 1 stands at the end, and the bias at the bottom. Now the 1 stands in front.",
            "Four rows and two columns: `b2` first, then the three rows of `W2`.")
        .solution("double[][] V = {{0.05, -0.1}, {0.5, -0.3}, {-0.4, 0.8}, {0.6, 0.2}};",
            "The shape is [4,2]: one row for the fixed 1 and one for each hidden unit. The row that meets the 1 holds the biases.");

    private static final Exercise<?> COUNTING = Exercise.number("4.4", "Counting what is learned", 65 * 128 + 129 * 10)
        .mistake(64 * 128 + 128 * 10, "the biases are missing: one for each of the 128 hidden units and each of the 10 outputs.")
        .mistake(64 * 128 + 128 * 10 + 128, "the 10 outputs have biases too.")
        .mistake(64 * 128 + 128 * 10 + 10, "the 128 hidden units have biases too.")
        .mistake(64 * 128 + 128 * 10 + 2, "each unit has a bias of its own, not each layer: 128 and 10.")
        .mistake(65 * 129 * 10, "the two layers are added, not multiplied: (64 + 1) · 128 and (128 + 1) · 10.")
        .mistake(65 * 128, "this is the first layer alone; the output layer learns, too.")
        .mistake(65 * 128 + 129 * 10 + 1, "one too many: 65 · 128 and 129 · 10, nothing else.")
        .mistake(65 * 128 + 129 * 10 - 1, "one too few: 65 · 128 and 129 · 10.")
        .mistake(65 * 129 + 129 * 10, "the fixed 1 of the hidden layer is no unit: no weight leads into it. The first layer has 65 · 128.")
        .mistake(64 * 128 * 10, "the two layers are added, not multiplied: the weights of the first, then the weights of the second.")
        .mistake(64 + 128 + 10, "these are the units. The weights sit on the connections: each of the 64 inputs has one to each of the 128 units.")
        .mistake(65 * 128 + 128 * 10 + 10 + 64, "the inputs have no biases: they compute nothing.")
        .hints("Use (D + 1) H for each of the two layers, and add.", "The first layer has 65 · 128, the second 129 · 10.")
        .solution("double size = (64 + 1) * 128 + (128 + 1) * 10;", "8320 in the first layer and 1290 in the second: 9610.");

    private static final Exercise<?> BEST_CONSTANT = Exercise.number("4.5", "One answer for five wishes", 0.6)
        .mistake(1, "1 is the most frequent wish. Its mean squared error is 2/5 = 0.4; something in between does better.")
        .mistake(0, "0 misses the three examples that want 1. (Did you write 3/5? An int divided by an int is 0 here; write 3 / 5.0.)")
        .mistake(0.5, "the middle between 0 and 1 would be best if both were wished equally often; here 1 is wished three times.")
        .mistake(0.24, "this is the mean squared error of the best answer. The question asks for the answer y itself.")
        .mistake(3, "3 is the sum of the five wishes. Divide it by their number.")
        .mistake(0.4, "this is the share of the 0s. More wishes are 1, so the best answer is nearer to 1.")
        .mistake(1.5, "five wishes are in the mean; the two 0s count as well. You divided 3 by 2.")
        .hints("Try some values between 0 and 1: for y = 0.5 every squared error is 0.25. Which way from there is better?",
            "The number with the smallest mean squared distance to a list of numbers is their mean.")
        .solution("double best = (0 + 1 + 1 + 1 + 0) / 5.0;",
            "The mean, 0.6. Its error is (2 · 0.36 + 3 · 0.16) / 5 = 0.24: no static network can do better on these five.");

    private static double share(int[] said, int[] right) {
        return IntStream.range(0, said.length).filter(i -> said[i] == right[i]).count() / (double) said.length;
    }

    private static final int[][][] ANSWERS = {{{3, 1, 4, 1}, {3, 1, 5, 1}}, {{7, 7}, {7, 7}}, {{0, 1, 2, 9, 4}, {9, 1, 0, 2, 3}}, {{5}, {6}}};

    @SuppressWarnings("rawtypes")
    private static final Exercise<?> ACCURACY = Exercise.<ToDoubleBiFunction>function("4.6", "Accuracy", ToDoubleBiFunction.class,
            Lesson04::accuracies, (said, right) -> share((int[]) said, (int[]) right))
        .inputs("said {3, 1, 4, 1}, right {3, 1, 5, 1}", "said {7, 7}, right {7, 7}", "said {0, 1, 2, 9, 4}, right {9, 1, 0, 2, 3}",
            "said {5}, right {6}")
        .mistake((said, right) -> Math.floor(share((int[]) said, (int[]) right)),
            "yours gives 1 if all answers are right, else 0. An int divided by an int is an int: 3 / 4 is 0 in Java. "
            + "Divide by `(double) said.length`.")
        .mistake((said, right) -> 1 - share((int[]) said, (int[]) right), "this is the share of wrong answers, the error rate.")
        .mistake((said, right) -> 100 * share((int[]) said, (int[]) right), "this is in percent. The share is between 0 and 1.")
        .mistake((said, right) -> Math.rint(share((int[]) said, (int[]) right) * ((int[]) said).length),
            "this is the number of right answers. The share is that number divided by how many there are.")
        .hints("Count the places `i` where `said[i] == right[i]`, then divide by the number of places.",
            "`IntStream.range(0, said.length).filter(i -> said[i] == right[i]).count()` counts; divide by `(double) said.length`.")
        .solution("""
            ToDoubleBiFunction<int[], int[]> accuracy = (said, right) ->
                IntStream.range(0, said.length).filter(i -> said[i] == right[i]).count() / (double) said.length;
            """, "The cast makes the division one of real numbers. Without it 3 / 4 would be 0.");

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static double[] accuracies(ToDoubleBiFunction accuracy) {
        return Arrays.stream(ANSWERS).mapToDouble(pair -> accuracy.applyAsDouble(pair[0].clone(), pair[1].clone())).toArray();
    }

    private static final Exercise<?> WINDOWS = Exercise.number("4.7", "Counting windows", 1855)
        .mistake(1860, "not every day has five days before it.")
        .mistake(1856, "a window of the last five days exists, but no day comes after it: there is nothing to forecast.")
        .mistake(1854, "one too few. Try it small: in the series 1 to 9 above there are 4 windows of five.")
        .mistake(372, "the windows overlap: the next one begins one day later, not five.")
        .mistake(1859, "six days are needed for each window and its target: the first five days are the target of none.")
        .mistake(310, "the windows overlap: the next one begins one day later, not six.")
        .mistake(1865, "each window needs days, so there are fewer windows than days.")
        .hints("In the series 1 to 9 there are 4 windows. What is 4, seen from 9 and 5?", "Each of the days 5, 6, ... 1859 is the target of one window.")
        .solution("double windows = 1860 - 5;", "Each day is the target of one window, except the first five: 1855.");

    /** Mean squared errors: forecast (1 + 1 + 0) / 3, naive (1 + 9 + 1) / 3. */
    private static final Exercise<?> SKILL = Exercise.number("4.8", "A skill score by hand", 1 - 2.0 / 11).rounded(3)
        .mistake(1, "1 would be a perfect forecast, and this one has errors. Did you write 1 - 2/11? An int divided by an int is 0 here; "
            + "write 2.0 / 11.")
        .mistake(100 * (1 - 2.0 / 11), "the right number, in percent. The skill is given as a share: divide by 100.")
        .mistake(2.0 / 11, "this is the ratio of the two errors; the skill is 1 minus it.")
        .mistake(1 - 11.0 / 2, "the ratio is upside down: the error of the forecast stands on top.")
        .mistake(1 - 2.0 / 5, "you used the absolute errors; the skill here is made of squared ones.")
        .mistake(1 - Math.sqrt(2.0 / 11), "you took the roots of the mean squared errors; the skill here is made of the errors without the root.")
        .mistake(2.0 / 3, "this is the mean squared error of the forecast. Divide it by that of the naive forecast, and take it from 1.")
        .hints("The squared errors of the forecast are 1, 1, 0. What are those of the naive values?",
            "The naive squared errors are 1, 9, 1. So the ratio is (2/3) / (11/3).")
        .solution("double skill48 = 1 - ((1.0 + 1.0 + 0.0) / 3) / ((1.0 + 9.0 + 1.0) / 3);",
            "1 - (2/3) / (11/3) = 1 - 2/11 = 0.818: the forecast removes four fifths of the naive error.");

    private static double[][] windows(double[] s, int n, int shift, int count) {
        double[][] rows = new double[count][n];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = s[Math.min(i + j + shift, s.length - 1)];
            }
        }
        return rows;
    }

    private static double[][] reversed(double[][] rows) {
        for (double[] row : rows) {
            for (int i = 0; i < row.length / 2; i++) {
                double keep = row[i];
                row[i] = row[row.length - 1 - i];
                row[row.length - 1 - i] = keep;
            }
        }
        return rows;
    }

    private static final double[] SERIES = {3, 1, 4, 1.5, 9, 2.6, 5};

    @SuppressWarnings("rawtypes")
    private static final Exercise<?> LEAK = Exercise.<BiFunction>function("4.9", "Mend the leak", BiFunction.class, Lesson04::cut,
            (s, n) -> windows((double[]) s, (int) n, 0, ((double[]) s).length - (int) n))
        .mistake((s, n) -> windows((double[]) s, (int) n, 1, ((double[]) s).length - (int) n),
            "the leak is still there: the last value of row i is `s[i + n]`, the very value to be forecast.")
        .mistake((s, n) -> windows((double[]) s, (int) n, 0, ((double[]) s).length - (int) n + 1),
            "no leak any more, but one row too many: after the last row there is nothing to forecast.")
        .mistake((s, n) -> windows((double[]) s, (int) n, 0, ((double[]) s).length - (int) n - 1),
            "no leak any more, but the last row is missing: `s.length - n` windows have a value after them.")
        .mistake((s, n) -> reversed(windows((double[]) s, (int) n, 0, ((double[]) s).length - (int) n)),
            "the right values, newest first. Keep the order of time: oldest first.")
        .hints("Write down row 0 for n = 2 and the value that must be forecast from it. Is it in the row?",
            "`s[i + j + 1]` reaches `s[i + n]` when j = n - 1. Without the + 1 it ends at `s[i + n - 1]`.")
        .solution("""
            BiFunction<double[], Integer, double[][]> windowsOf = (s, n) -> {
                double[][] rows = new double[s.length - n][n];
                for (int i = 0; i < rows.length; i++)
                    for (int j = 0; j < n; j++) rows[i][j] = s[i + j];
                return rows;
            };
            """, "Row i holds s[i] to s[i + n - 1]. With the + 1, its last value was s[i + n], the answer itself.");

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static double[] cut(BiFunction cutter) {
        return Exercise.numbers(cutter.apply(SERIES.clone(), 3), cutter.apply(Arrays.copyOf(SERIES, 4), 2));
    }

    @Override public List<Exercise<?>> exercises() {
        return List.of(HIDDEN_UNIT, WHO_NOTICES, BIAS_ROW, COUNTING, BEST_CONSTANT, ACCURACY, WINDOWS, SKILL, LEAK);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("4.p1", "The weight from x_3 to h_1 changes. Which of the five values h_1, h_2, h_3, y_1, y_2 change?", "b",
                    "only h_1, the unit at the end of its arrow", "h_1 and both outputs, three of the five values",
                    "all three hidden units and both outputs")
                .usualMistake("The usual mistake is to stop at h_1. It is an input of both outputs, so its change travels on. "
                    + "h_2 and h_3 lie beside it, not behind it: numbers flow from left to right only."),
            Prediction.of("4.p2", "The box is asked 1, 1, 1, 0, 0 and once more 1. How does its last answer compare with its first?", "b",
                    "it is equal: two zeros have emptied the memory", "it is larger: something of the first ones is left",
                    "it is smaller: the two zeros have pulled it down")
                .usualMistake("A zero does not empty the memory: it makes the sum 0.8 times the old value, and that is still above 0. "
                    + "So the last 1 is added to a rest, and the first one was not."),
            Prediction.of("4.p3", "A 1-8-1 network without tanh is trained on the curve. What does it learn?", "b",
                    "the curve, with a somewhat larger error than before", "the same straight line that least squares has found",
                    "a horizontal line, at the mean of all the targets")
                .usualMistake("Eight units seem to be more than one. But a sum of straight lines is a straight line, however many there are."),
            Prediction.of("4.p4", "The same network is trained with shuffled labels. What comes out?", "c",
                    "10 % right on the training set, 10 % held out", "50 % right on the training set, 10 % held out",
                    "100 % right on the training set, 10 % held out")
                .usualMistake("Most people say a: where there is no rule, there is nothing to learn. But a network with thousands of weights "
                    + "for 500 examples needs no rule; it can learn every single answer by heart."),
            Prediction.of("4.p5", "What is the mean skill of the five networks against \"tomorrow's price is today's price\"?", "b",
                    "above 0.1: better than the naive forecast", "between -0.1 and 0.1: about as good as it",
                    "below -0.1: worse than the naive forecast")
                .usualMistake("The plot and the small error suggest a. Both compare the forecast with the size of the price, "
                    + "but the question is whether it is better than what everybody knows already: today's price."));
    }
}
