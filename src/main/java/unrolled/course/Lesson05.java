package unrolled.course;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Lesson 05: what exactly is computed in a feedforward pass? */
final class Lesson05 implements Lesson {

    @Override public int number() {
        return 5;
    }

    @Override public String title() {
        return "The feedforward process";
    }

    @Override public int minutes() {
        return 45;
    }

    /** x = [1, -2], the first column of W1 is [0.5, 0.1]: h_1 = tanh(1·0.5 - 2·0.1) = tanh 0.3. */
    private static final Exercise<?> HIDDEN_UNIT = Exercise.number("5.1", "One hidden unit", Math.tanh(0.3)).rounded(4)
        .mistake(0.3, "this is the weighted sum; the activation `tanh` comes after it.")
        .mistake(Math.tanh(0.7), "you added 0.2 where the input is negative: -2 · 0.1 is -0.2.")
        .mistake(1 / (1 + Math.exp(-0.3)), "this is the sigmoid of the weighted sum; this layer uses `tanh`.")
        .hints("First the weighted sum: each input times its weight, all added up.", "The weighted sum is 0.3. Now `Math.tanh`.")
        .solution("double h1 = Math.tanh(1 * 0.5 + -2 * 0.1);", "The weighted sum is 1 · 0.5 - 2 · 0.1 = 0.3, and tanh 0.3 = 0.2913.");

    private static final double[] PLACES = {-1, 0, 0.5};

    private static final Exercise<?> TANH_SLOPE = Exercise.function("5.2", "The slope of tanh", DoubleUnaryOperator.class,
            slope -> Arrays.stream(PLACES).map(slope).toArray(), a -> 1 - Math.tanh(a) * Math.tanh(a))
        .inputs("a = -1", "a = 0", "a = 0.5")
        .mistake(a -> 1 - a * a, "1 - a² uses the input a; the slope is 1 - h² with h = tanh a.")
        .mistake(a -> 1 - Math.tanh(a), "the square is missing: the slope is 1 - h², not 1 - h.")
        .mistake(a -> Math.tanh(a) * (1 - Math.tanh(a)), "h (1 - h) is the slope of the sigmoid, not of tanh.")
        .hints("Write h = tanh a. The slope can be said with h alone.", "At a = 0 the slope is 1, and it falls to 0 where h nears 1 or -1.")
        .solution("DoubleUnaryOperator slope = a -> 1 - Math.tanh(a) * Math.tanh(a);",
            "The derivative of tanh a is 1 - h² with h = tanh a.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(HIDDEN_UNIT, TANH_SLOPE);
    }

    @Override public List<Prediction> predictions() {
        return List.of(Prediction.of("5.p1", "How much of a slope is left after 10 tanh layers, each at a = 1?", "c",
                "about half", "about a tenth", "less than a thousandth")
            .usualMistake("Slopes multiply, they do not add: 0.42 ten times over is 0.42 to the power of 10."));
    }
}
