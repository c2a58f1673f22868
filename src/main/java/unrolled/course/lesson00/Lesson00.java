package unrolled.course.lesson00;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 00: is everything working, and how does one study with this course? One exercise of each kind. */
public final class Lesson00 implements Lesson {

    @Override public int number() {
        return 0;
    }

    @Override public String title() {
        return "Start here";
    }

    @Override public int minutes() {
        return 20;
    }

    private static final Exercise<?> FIRST_NUMBER = Exercise.number("0.1", "Your first number", 1)
        .mistake(-1, "this is the bias alone. Did you write 1/2 for the weight? In Java 1/2 is 0; write 0.5 or 1 / 2.0.")
        .mistake(2, "you have 0.5 times 4. The bias -1 is still to be added.")
        .mistake(3, "the bias is -1, so adding it makes the number smaller.")
        .mistake(3.5, "the weight multiplies the input: 0.5 times 4, not 0.5 plus 4.")
        .mistake(1.5, "first multiply, then add the bias. You added the bias to the input and multiplied after that.")
        .mistake(-4, "you multiplied everything. The bias is added: weight times input plus bias.")
        .hints("Weight times input, then plus the bias.", "0.5 times 4 is 2. What is left after adding -1?")
        .solution("double z = 0.5 * 4 + -1;", "0.5 · 4 = 2, and 2 + (-1) = 1. Every network is made of such sums.");

    private static final Exercise<?> SHAPE = Exercise.vector("0.2", "Rows and columns", 3, 2)
        .mistake(new double[] {2, 3}, "rows come first. Each inner pair of braces is a row: how many pairs are there?")
        .mistake(new double[] {6}, "6 is the number of entries. The shape has two numbers: [rows, columns].")
        .mistake(new double[] {2, 2}, "count the pairs of inner braces again: there are more than two.")
        .mistake(new double[] {3, 3}, "each row has as many columns as it has numbers.")
        .hints("Each inner pair of braces is a row.", "There are three rows: {1, 2}, {3, 4} and {5, 6}.")
        .solution("double[] shape = {3, 2};", "Three rows of two numbers. We write the shape as [3,2].");

    private static final double[] PLACES = {4, 0, 1, -2.5};

    private static final Exercise<?> UNIT = Exercise.function("0.3", "A unit as a function", DoubleUnaryOperator.class,
            unit -> Arrays.stream(PLACES).map(unit).toArray(), x -> 0.5 * x - 1)
        .inputs("x = 4", "x = 0", "x = 1", "x = -2.5")
        .mistake(x -> 0.5 * x, "the bias -1 is missing.")
        .mistake(x -> 0.5 * x + 1, "the bias is -1, not 1.")
        .mistake(x -> 0.5 * (x - 1), "first multiply, then add the bias: the parentheses change the order.")
        .mistake(x -> -1, "this is -1 whatever x is. Did you write 1/2 for the weight? In Java 1/2 is 0; write 0.5 or 1 / 2.0.")
        .mistake(x -> Math.tanh(0.5 * x - 1), "the unit of exercise 0.1 has no `tanh`: weight times input plus bias is all.")
        .mistake(x -> -0.5 * x - 1, "a sign is wrong: the weight is 0.5, not -0.5.")
        .mistake(x -> 0.5 + x - 1, "the weight multiplies the input: 0.5 times x, not 0.5 plus x.")
        .mistake(x -> 1, "this is the answer for x = 4 only. The function must use its x.")
        .hints("The answer to 0.1 was 0.5 * 4 + -1. Put x where the 4 was.", "`x -> 0.5 * x - 1`")
        .solution("DoubleUnaryOperator unit = x -> 0.5 * x - 1;", "Before the arrow stands the name of the input, behind it the result.");

    private static final Exercise<?> RESTART = Exercise.choice("0.4", "What a restart costs", "b",
            "the cells that you have changed", "the variables, and with them what a network has learned", "your progress")
        .mistake("a", "the cells are part of the notebook, not of the kernel: a restart does not touch them.")
        .mistake("c", "your progress is kept in a file, not in the kernel: it survives a restart.")
        .hints("The kernel is the running Java program. What lives in a running program?", "Text lives in the notebook, progress in a file.")
        .solution("String lost = \"b\";", "Variables live in the kernel and end with it. Run the notebook from the top to have them again.");

    private static final Exercise<?> FROM_PYTORCH = Exercise.vector("0.5", "From PyTorch to here", 3, 4)
        .mistake(new double[] {4, 3}, "this is PyTorch's shape. Look at the row \"layer\" of the map: there it is x Wᵀ, here x W.")
        .mistake(new double[] {12}, "12 is the number of weights. The shape has two numbers: [rows, columns].")
        .mistake(new double[] {3, 3}, "there is a row for each input and a column for each unit. How many units are there?")
        .mistake(new double[] {4, 4}, "there is a row for each input and a column for each unit. How many inputs are there?")
        .mistake(new double[] {1, 4}, "[1, 4] is the shape of the bias b. W has one row for each input.")
        .hints("Here an input is a row, and x W must be possible: how many rows has W?", "Rows and columns change places.")
        .solution("double[] shapeHere = {3, 4};",
            "One row for each input, one column for each unit: [D, H]. It is the transposed matrix of PyTorch's.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(FIRST_NUMBER, SHAPE, UNIT, RESTART, FROM_PYTORCH);
    }

    @Override public List<Prediction> predictions() {
        return List.of(Prediction.of("0.p1", "What does Java answer to 1 / 2?", "b", "0.5", "0", "an error")
            .usualMistake("In Python and on paper it is 0.5. In Java a whole number divided by a whole number is a whole number; the rest "
                + "is thrown away without a word. 1 / 2.0 is 0.5. This bug is worth remembering: it has spoilt many an average."));
    }
}
