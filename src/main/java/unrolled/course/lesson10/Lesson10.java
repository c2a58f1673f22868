package unrolled.course.lesson10;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 10: why only 8 to 10 steps? */
public final class Lesson10 implements Lesson {

    @Override public int number() {
        return 10;
    }

    @Override public String title() {
        return "Vanishing and exploding gradients";
    }

    @Override public int minutes() {
        return 100;
    }

    private static final Exercise<?> REACH = Exercise.number("10.1", "How far does it reach?", 13)
        .mistake(12, "0.7 to the power of 12 is 0.0138, still a little above 1 %.")
        .mistake(14, "0.7 to the power of 13 is below 1 % already.")
        .mistake(Math.log(0.01) / Math.log(0.7), "that is where the curve crosses 1 %. Steps are whole numbers: which is the first behind it?")
        .mistake(12.9, "12.9 solves the equation, rounded. But a step is whole: after which one are you below 1 %?")
        .mistake(44, "that is for 0.9. Here the ratio is 0.7.")
        .mistake(7, "that is where the factor falls below a tenth, not a hundredth.")
        .hints("Which whole number n makes 0.7 to the power of n smaller than 0.01 for the first time?",
            "ln 0.01 / ln 0.7 = 12.9. Or count: multiply by 0.7 until you are below 0.01.")
        .solution("double steps = Math.ceil(Math.log(0.01) / Math.log(0.7));",
            "0.7^12 = 0.0138 and 0.7^13 = 0.0097. The equation 0.7^n = 0.01 has the solution ln 0.01 / ln 0.7 = 12.9; the next whole number is 13.");

    private static double[] twoBack(DoubleUnaryOperator slope, double w, double first, double second) {
        double dh3 = 2 * slope.applyAsDouble(first) * w;
        return new double[] {dh3, dh3 * slope.applyAsDouble(second) * w};
    }

    private static final DoubleUnaryOperator TANH_SLOPE = h -> 1 - h * h;

    private static final Exercise<?> TWO = Exercise.vector("10.2", "Two steps back", twoBack(TANH_SLOPE, 1.5, 0.8, 0.5))
        .inputs("dh_3", "dh_2")
        .mistake(twoBack(TANH_SLOPE, 1.5, 0.5, 0.8), "the slopes are exchanged. The way from step 4 back to step 3 leads through the "
            + "activation of step 4, with h_4 = 0.8.")
        .mistake(twoBack(h -> 1, 1.5, 0.8, 0.5), "the slopes 1 - h² are missing.")
        .mistake(twoBack(TANH_SLOPE, 1, 0.8, 0.5), "the weight 1.5 is missing.")
        .mistake(twoBack(h -> 1 - h, 1.5, 0.8, 0.5), "the slope of tanh is 1 - h², not 1 - h.")
        .mistake(twoBack(h -> h * (1 - h), 1.5, 0.8, 0.5), "h (1 - h) is the slope of the sigmoid. Here the activation is tanh.")
        .mistake(twoBack(h -> 1 - Math.tanh(h) * Math.tanh(h), 1.5, 0.8, 0.5), "h_4 = 0.8 is the value behind tanh already; it does not "
            + "go through tanh again.")
        .mistake(twoBack(h -> h, 1.5, 0.8, 0.5), "you multiplied by h itself. The slope of tanh is 1 - h².")
        .mistake(twoBack(h -> h * h, 1.5, 0.8, 0.5), "you multiplied by h². The slope of tanh is 1 - h².")
        .mistake(new double[] {0.54, 0.6075}, "you began with 1. At step 4 the gradient is dh_4 = 2.")
        .mistake(new double[] {2, 1.08}, "these are dh_4 and dh_3: one step too early. dh_3 is one step behind the given dh_4 = 2.")
        .mistake(new double[] {1.08, 1.62}, "dh_3 is right. On the way to dh_2 the slope 1 - h_3² is missing.")
        .mistake(new double[] {1.08, 0.81}, "dh_3 is right. On the way to dh_2 the weight is missing.")
        .mistake(new double[] {1.08, 0.5832}, "dh_3 is right. The way on to dh_2 leads through the activation of step 3, with h_3 = 0.5.")
        .mistake(new double[] {twoBack(TANH_SLOPE, 1.5, 0.8, 0.5)[0], 2 * 0.75 * 1.5}, "dh_3 is right. dh_2 is made from dh_3, not from "
            + "the 2 at step 4.")
        .hints("Each step back multiplies by (1 - h²) and by w. Which h is it at the first step back?",
            "dh_3 = dh_4 · (1 - h_4²) · w = 2 · 0.36 · 1.5. Then the same once more, with h_3.")
        .solution("double[] back = {2 * (1 - 0.8 * 0.8) * 1.5, 2 * (1 - 0.8 * 0.8) * 1.5 * (1 - 0.5 * 0.5) * 1.5};",
            "dh_3 = 2 · 0.36 · 1.5 = 1.08 and dh_2 = 1.08 · 0.75 · 1.5 = 1.215. With h = 0.5 the slope is mild, so 0.75 · 1.5 = 1.125 is "
                + "above 1: this step makes the gradient grow.");

    private static final Exercise<?> TURN = Exercise.number("10.3", "A matrix that turns", 0.9)
        .mistake(0.54, "0.54 is the real part of the eigenvalues; their size counts, √(0.54² + 0.72²).")
        .mistake(0.72, "0.72 is the imaginary part of the eigenvalues; their size counts, √(0.54² + 0.72²).")
        .mistake(0.81, "0.81 is the determinant: the product of both eigenvalues. Each of them has the size 0.9, the root of it.")
        .mistake(1.26, "0.54 + 0.72 is a sum along a row. The length of a turned vector follows Pythagoras.")
        .mistake(1.08, "1.08 is the trace, the sum of both eigenvalues. One of them alone is asked, and its size.")
        .mistake(53.1301, "that is the angle of the turn, in degrees. How much shorter does a vector become?")
        .mistake(0.9273, "that is the angle of the turn. How much shorter does a vector become?")
        .mistake(1, "a pure turn would have 1. This matrix also makes vectors shorter.")
        .hints("Apply the matrix to the vector (1, 0): how long is the result?", "The eigenvalues are 0.54 ± 0.72 i. Their size is √(0.54² + 0.72²).")
        .solution("double rho = Math.hypot(0.54, 0.72);", "It turns each vector by 53 degrees and multiplies its length by √(0.54² + 0.72²) = 0.9. "
            + "So a gradient fades with 0.9 a step (or faster, because of the slopes).");

    private static final Exercise<?> ADAM = Exercise.number("10.4", "Adam's first step", -0.01 * 1e-6 / (1e-6 + 1e-8)).rounded(4)
        .mistake(0.01 * 1e-6 / (1e-6 + 1e-8), "the size is right. An update goes against the gradient, so it is negative.")
        .mistake(-1e-8, "that is plain descent, -α g. Adam divides by the size of the gradient first.")
        .mistake(1e-8, "that is α g: plain descent, and uphill. Adam divides by the size of the gradient first.")
        .mistake(-0.01, "very near. ε = 10^-8 is a hundredth of this tiny gradient; it counts here.")
        .mistake(0.01, "an update goes against the gradient, so it is negative. And ε = 10^-8 is a hundredth of this tiny gradient; it counts here.")
        .mistake(-0.01 * 1e-6 / (1e-12 + 1e-8), "you divided by g² + ε. Below stands the root of the mean of g²: |g| + ε.")
        .mistake(-0.01 * 1e-7 / (1e-6 + 1e-8), "the mean of g starts at 0, and Adam corrects it for that: at the first update it is g.")
        .mistake(-0.01 * 1e-7 / (Math.sqrt(1e-15) + 1e-8), "the means start at 0, and Adam corrects them for that: at the first update they are g and g².")
        .mistake(-1e-6 / (1e-6 + 1e-8), "the learning rate α = 0.01 is missing.")
        .hints("Put g = 1e-6 into the formula above.", "-0.01 · 1e-6 / (1e-6 + 1e-8)")
        .solution("double change = -0.01 * 1e-6 / (1e-6 + 1e-8);", "-0.0099: nearly the full learning rate, for a gradient of a millionth. Plain descent "
            + "with the same rate would move the weight by 0.00000001.");

    private static double[] scaled(double[] g, double factor) {
        return Arrays.stream(g).map(v -> v * factor).toArray();
    }

    private static double norm(double[] g) {
        return Math.sqrt(Arrays.stream(g).map(v -> v * v).sum());
    }

    private static double[] clip(double[] g, double max) {
        return norm(g) > max ? scaled(g, max / norm(g)) : g.clone();
    }

    private static final Object[][] TRIED = {{new double[] {3, 4}, 1.0}, {new double[] {0.3, -0.4}, 1.0}, {new double[] {0, 0, 0}, 1.0},
        {new double[] {-6, 0, 8}, 5.0}, {new double[] {0.8, -0.8}, 1.0}, {new double[] {2}, 2.0}, {new double[] {1e6, -1e-6, 1e6, 0}, 0.01}, {new double[] {-0.5}, 0.25}};

    /** What comes out for each gradient. A function that writes into the given array and returns it is right, too. */
    private static double[] clips(Clipper f) {
        Object[] parts = Arrays.stream(TRIED).map(tried -> f.of(((double[]) tried[0]).clone(), (double) tried[1])).toArray();
        return Exercise.numbers(parts);
    }

    private static final Exercise<?> CLIP = Exercise.function("10.5", "Clip by norm", Clipper.class, Lesson10::clips, Lesson10::clip)
        .inputs("entry 0 of (3, 4), max 1", "entry 1 of (3, 4), max 1", "entry 0 of (0.3, -0.4), max 1", "entry 1 of (0.3, -0.4), max 1",
            "entry 0 of (0, 0, 0), max 1", "entry 1 of (0, 0, 0), max 1", "entry 2 of (0, 0, 0), max 1",
            "entry 0 of (-6, 0, 8), max 5", "entry 1 of (-6, 0, 8), max 5", "entry 2 of (-6, 0, 8), max 5",
            "entry 0 of (0.8, -0.8), max 1", "entry 1 of (0.8, -0.8), max 1", "the one entry of (2), max 2",
            "entry 0 of (1e6, -1e-6, 1e6, 0), max 0.01", "entry 1 of (1e6, -1e-6, 1e6, 0), max 0.01", "entry 2 of (1e6, -1e-6, 1e6, 0), max 0.01",
            "entry 3 of (1e6, -1e-6, 1e6, 0), max 0.01", "the one entry of (-0.5), max 0.25")
        .mistake((g, max) -> Arrays.stream(g).map(v -> Math.max(-max, Math.min(max, v))).toArray(),
            "this clips by value: each number on its own, which turns the direction. Shorten the whole vector by one factor.")
        .mistake((g, max) -> scaled(g, max / norm(g)), "a short gradient is made longer here, and zeros become NaN. Only what is longer than max is changed.")
        .mistake((g, max) -> norm(g) == 0 ? g : scaled(g, max / norm(g)), "a short gradient is made longer here. Only what is longer than max is changed.")
        .mistake((g, max) -> norm(g) > max ? scaled(g, 1 / norm(g)) : g, "the length becomes 1 whatever max is. It should become max.")
        .mistake((g, max) -> norm(g) * norm(g) > max ? scaled(g, max / (norm(g) * norm(g))) : g, "the root is missing: the length is √(g_1² + g_2² + ...).")
        .mistake((g, max) -> {
            double sum = Arrays.stream(g).map(Math::abs).sum();
            return sum > max ? scaled(g, max / sum) : g;
        }, "the length of a vector is the root of the sum of squares, not the sum of the sizes.")
        .mistake((g, max) -> {
            double largest = Arrays.stream(g).map(Math::abs).max().orElse(0);
            return largest > max ? scaled(g, max / largest) : g;
        }, "you measure the largest number. Clipping by norm measures the length, √(g_1² + g_2² + ...).")
        .mistake((g, max) -> Arrays.stream(g).anyMatch(v -> Math.abs(v) > max) ? scaled(g, max / norm(g)) : g,
            "you ask whether a single number is above max. Ask it of the length: (0.8, -0.8) is longer than 1.")
        .mistake((g, max) -> {
            double[] changed = g.clone();
            if (norm(changed) > max) {
                for (int i = 0; i < changed.length; i++) {
                    changed[i] *= max / norm(changed);
                }
            }
            return changed;
        }, "the length is measured anew while the numbers change. Measure it once, before the loop.")
        .mistake((g, max) -> g, "nothing is clipped: a gradient that is longer than max comes back as it is.")
        .hints("First the length: the root of the sum of squares. Is it above max?", "If so, multiply each number by max / length. If not, give the gradient back as it is.")
        .setup("import unrolled.course.Clipper;")
        .solution("""
            Clipper clipped = (gradient, max) -> {
                double norm = Math.sqrt(Arrays.stream(gradient).map(v -> v * v).sum());
                return norm > max ? Arrays.stream(gradient).map(v -> v * max / norm).toArray() : gradient;
            };
            """, "One factor for all numbers keeps the direction. The zero vector has length 0, which is never above max, so nothing is divided by 0.");

    private static final Exercise<?> ORDER = Exercise.choice("10.6", "A clip that does nothing", "b",
            "the maximum 1 is too small; gradients of 5 to 10 are normal",
            "the clipped gradients arrive when the weights have already moved",
            "`zeroGrad` stands at the wrong place, so that gradients add up",
            "clipping by norm must be called for each layer on its own")
        .mistake("a", "a small maximum makes small steps; it cannot bring the jumps back.")
        .mistake("c", "it stands before the backward pass, so each update begins with zeros. That is right.")
        .mistake("d", "the length is taken over all parameters as one vector. Clipping layer by layer would turn the direction.")
        .hints("Read the loop line by line: which gradients does `step` use?", "`Clip.norm` changes the gradients. Who reads them after that line, before `zeroGrad` wipes them out?")
        .solution("String wrong = \"b\";", "`step` has used the long gradients when `Clip.norm` shortens them; then `zeroGrad` wipes them out. "
            + "The clip belongs between `backward` and `step`.");

    private static final Exercise<?> HALF = Exercise.number("10.7", "A half-life of 100 steps", Math.pow(0.5, 0.01)).tolerance(6e-5)
        .mistake(0.5, "0.5 keeps half of it over one step.")
        .mistake(0.005, "0.5 / 100 divides; but the factors multiply: w to the power of 100 must be 0.5.")
        .mistake(0.995, "1 - 0.5/100 would be right if each step took away the same amount. Each takes the same share: 0.995^100 = 0.606.")
        .mistake(1, "1 keeps all of it, for ever. (In Java 1 / 100 is 0; write 1.0 / 100.)")
        .mistake(Math.pow(2, 0.01), "that is above 1: the gradient doubles over 100 steps. It shall become half.")
        .mistake(Math.pow(0.5, 100), "that is what a self-weight of 0.5 leaves after 100 steps. Asked is the weight that leaves 0.5.")
        .mistake(Math.pow(0.5, 0.1), "that is the tenth root: half is left after 10 steps. Here it is 100.")
        .mistake(0.99, "near, but 0.99 to the power of 100 is 0.366. Give four decimals or more.")
        .hints("w to the power of 100 shall be 0.5.", "The 100th root of 0.5: `Math.pow(0.5, 1.0 / 100)`.")
        .solution("double self = Math.pow(0.5, 1.0 / 100);", "0.99309 to the power of 100 is 0.5. So a memory of a hundred steps needs a factor within 1 % of 1: "
            + "no place for slopes of tanh that fall to a half.");

    private static final List<Exercise<?>> EXERCISES = List.of(REACH, TWO, TURN, ADAM, CLIP, ORDER, HALF);

    private static final List<Prediction> PREDICTIONS = List.of(
        Prediction.of("10.p1", "How much of the gradient is left 40 steps back?", "a",
                "with 0.8 less than a thousandth, with 1.2 more than at the start",
                "with 0.8 about four fifths, with 1.2 a little more than that",
                "with all three about as much, for the activation keeps it in order")
            .usualMistake("Most people think of one factor. Forty factors of 0.8 are 0.00013. A factor feels harmless, its power is not."),
        Prediction.of("10.p2", "Which of the four networks learn a gap of 15 words in at least 3 of 5 seeds?", "c",
                "none of the four: the gap is above the limit",
                "only the one with Adam and the orthogonal start",
                "all but the one with plain descent and the small start")
            .usualMistake("Whoever has read the famous sentence says a. But it was found with one start and one optimizer. Either change alone is enough here."),
        Prediction.of("10.p3", "What does the step do that is taken at the steepest place?", "b",
                "it is short, for a careful rate makes careful steps everywhere",
                "it is longer than all the steps before it taken together",
                "it is about as long as the steps before and after it")
            .usualMistake("The learning rate multiplies the gradient. On the wall the gradient is many times larger than one step before it, and so is the step."));

    @Override public List<Exercise<?>> exercises() {
        return EXERCISES;
    }

    @Override public List<Prediction> predictions() {
        return PREDICTIONS;
    }
}
