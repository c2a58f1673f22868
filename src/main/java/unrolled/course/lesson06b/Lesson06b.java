package unrolled.course.lesson06b;

import java.util.List;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 06b: how does the descent go well, and where does it end? */
public final class Lesson06b implements Lesson {

    @Override public int number() {
        return 6;
    }

    @Override public String letter() {
        return "b";
    }

    @Override public String title() {
        return "Gradient descent in practice";
    }

    @Override public int minutes() {
        return 85;
    }

    /** The steepest direction decides: 2 / 48; at half of it, w1 is multiplied by 1 - 3 / 48. */
    private static final Exercise<?> CURVATURES = Exercise.vector("6b.1", "Two curvatures", 2.0 / 48, 1 - 3.0 / 48).rounded(4)
        .inputs("the rate", "the factor of w1")
        .mistake(new double[] {2.0 / 3, 0}, "the rate 2/3 suits the direction of w1. With it w2 would be multiplied by 1 - 48 · 2/3 = -31 in each step: the larger curvature decides.")
        .mistake(new double[] {2.0 / 51, 1 - 3.0 / 51}, "the curvatures of two weights do not add up: each weight has its own valley here, and the steeper one decides.")
        .mistake(new double[] {2.0 / 25.5, 1 - 3.0 / 25.5}, "you took the mean of both curvatures. The steeper valley decides alone.")
        .mistake(new double[] {1.0 / 48, 1 - 3.0 / 48}, "the factor is right. The rate 1 / 48 is the one with which w2 is at the bottom in one step; the border is at 2 / 48.")
        .mistake(new double[] {1.0 / 48, 1 - 1.5 / 48}, "1 / 48 is the rate with which w2 is at the bottom in one step; the border is at 2 / 48. The factor is asked for half of the border.")
        .mistake(new double[] {2.0 / 48, 1 - 6.0 / 48}, "the rate is right. The factor is asked for half of it, 1 / 48.")
        .mistake(new double[] {2.0 / 48, 3.0 / 48}, "the rate is right. 3 / 48 is the part of w1 that a step takes away; the question is by what w1 is multiplied.")
        .mistake(new double[] {2.0 / 48, 0}, "the rate is right. The factor 0 belongs to w2, whose curvature is 48; w1 has the curvature 3.")
        .mistake(new double[] {0, 15.0 / 16}, "2 / 48 of two whole numbers is 0 in Java; write 2.0 / 48.")
        .mistake(new double[] {0, 1}, "2 / 48 and 3 / 48 of two whole numbers are 0 in Java; write 2.0 / 48.")
        .hints("The curvature along w1 is 3, along w2 it is 48. A step multiplies each weight by 1 - α times its curvature. Which one grows first?",
            "The border is 2 / 48. With α = 1 / 48 the factor of w1 is 1 - 3 / 48.")
        .solution("double[] rateAndFactor = {2.0 / 48, 1 - 3.0 / 48};", "The steepest direction sets the border: 2 / 48, about 0.0417. At half of it w2 is at the bottom in one step, "
            + "and w1 keeps 0.9375 of its distance in each step. That is the narrow valley: one curvature sets the rate, the other the speed.");

    private static final Exercise<?> ZERO = Exercise.choice("6b.2", "A gradient of zero", "c",
            "It is the best place there is.", "It is the bottom of some valley.",
            "To first order, no small step changes the loss: a bottom, a saddle, a top or a plateau.", "The learning rate is too large.")
        .mistake("a", "the gradient knows only the place where the weights stand. A deeper valley elsewhere does not change it.")
        .mistake("b", "it may be. But walker E stood on a saddle with a gradient of exactly zero, and it was no bottom.")
        .mistake("d", "the gradient does not depend on the learning rate; only the step does.")
        .hints("Which walker on the map had a gradient of zero, and where did it stand?",
            "The gradient is the slope in each direction. Which shapes of ground are flat at one place?")
        .solution("String place = \"c\";", "A zero gradient says that the ground is flat here, and no more. Bottoms, saddles, tops and plateaus are all flat.");

    /** The error falls with the square root: a quarter of it needs 16 times the examples. */
    private static final Exercise<?> LESS_NOISE = Exercise.number("6b.3", "Less noise", 512)
        .mistake(128.0, "four times the examples only halve the error. It falls with the square root of the batch size.")
        .mistake(64.0, "twice the examples reduce the error by √2 only, to about 0.42.")
        .mistake(8.0, "this goes the wrong way: fewer examples give more noise.")
        .mistake(2.0, "this goes the wrong way: fewer examples give more noise, and here by a factor of 4.")
        .mistake(16.0, "this is the factor by which the batch must grow; the question is for the number of examples.")
        .mistake(256.0, "8 times the examples reduce the error by √8 only, to about 0.21. It must become 4 times smaller.")
        .mistake(2048.0, "64 times the examples make the error 8 times smaller. It must become 4 times smaller.")
        .mistake(480.0, "these are the examples that must be added to the 32; the question is for all of them.")
        .hints("The error must become four times smaller. How does it depend on the number of examples?",
            "Error ~ 1/√B. For a quarter of the error, √B must be four times as large.")
        .solution("double examples = 32 * 16;", "The error falls as 1/√B. A quarter of it takes 4² = 16 times the examples: 512. That is why very large batches pay so little.");

    /** v = 4, then 0.5·4 + 1 = 3; W = -0.1 (4 + 3). */
    private static final Exercise<?> MOMENTUM = Exercise.number("6b.4", "Two steps with momentum", -0.7)
        .mistake(-0.5, "this is the plain rule: the second step has to use the velocity 0.5 · 4 + 1, not the gradient 1 alone.")
        .mistake(0.7, "you moved uphill: the step is minus α times the velocity.")
        .mistake(-0.9, "you added the whole old velocity. It is multiplied by μ = 0.5 first.")
        .mistake(-0.3, "this is the second step alone. The first step moved the weight to -0.4.")
        .mistake(-0.4, "this is where the weight stands after the first step.")
        .mistake(-7.0, "the learning rate is missing: each velocity is multiplied by α = 0.1.")
        .mistake(3.0, "this is the velocity after two steps. The question is for the weight.")
        .mistake(-0.35, "you multiplied the gradients by 1 - μ, as for a mean. Here the gradient is added whole: v = μ v + gradient.")
        .mistake(-0.85, "the velocity of step 1 is 4, since it began at 0. In step 2 it is 0.5 · 4 + 1.")
        .hints("Keep two numbers, the velocity and the weight. After the first step they are 4 and -0.4.", "The second velocity is 0.5 · 4 + 1 = 3. Move by -0.1 times it.")
        .solution("double rolled = 0 - 0.1 * 4 - 0.1 * (0.5 * 4 + 1);", "The velocities are 4 and 0.5 · 4 + 1 = 3, the steps -0.4 and -0.3. The plain rule would have made -0.1 in the second step: the ball still rolls.");

    /** The first step is α times the sign, whatever the size; ε = 1e-8 takes 5e-6 of it. */
    private static final Exercise<?> ADAM = Exercise.number("6b.5", "Adam's first step", -0.05).tolerance(1e-5)
        .mistake(0.05, "the size is right; the step goes against the gradient.")
        .mistake(-0.0001, "this is the step of plain descent, α times the gradient. Adam divides by the size of the gradient.")
        .mistake(0.0001, "this is the step of plain descent, and uphill. Adam divides by the size of the gradient.")
        .mistake(-0.05 * 0.1 / Math.sqrt(0.001), "the means are not yet divided by what they lack in step 1: 1 - 0.9 and 1 - 0.999.")
        .mistake(-0.005, "m is still 0.1 · g; divide it by 1 - 0.9.")
        .mistake(-0.05 / Math.sqrt(0.001), "s is still 0.001 · g²; divide it by 1 - 0.999 before you take the root.")
        .mistake(-25.0, "you divided by g² itself; the root of it is missing.")
        .mistake(-1.0, "this is the quotient m / √s. The learning rate is missing.")
        .hints("In step 1 both means begin at zero. What is m / (1 - β1), and what is s / (1 - β2)?", "They are g and g². So the quotient is g / √(g²).")
        .solution("double firstStep = -0.05;", "m / (1 - 0.9) is g, s / (1 - 0.999) is g², and g / √(g²) is 1. So the first step is α against the sign of the gradient, whatever its size.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(CURVATURES, ZERO, LESS_NOISE, MOMENTUM, ADAM);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("6b.p1", "The weights go down for 400 steps with α = 0.5. What does the largest curvature do over the first 300 of them?", "a",
                    "it grows by more than a fifth: further down the walls are steeper", "it shrinks by more than a fifth: further down the ground is flatter",
                    "it stays within a fifth of where it began: the valley has one shape")
                .usualMistake("One thinks of one valley with one shape, flat at its bottom. But the place changes with every step: the left figure shows a curvature that falls at first and then climbs above its start."),
            Prediction.of("6b.p2", "Which racer has the highest held-out loss after ten epochs?", "a",
                    "the full batch: its steps are exact, but it takes only ten of them", "minibatches of 32: neither exact as the one nor as many as the other",
                    "single examples: they take most steps, but each of them is very noisy")
                .usualMistake("An exact gradient sounds better than a rough one. But for the same number of visits, minibatches of 32 make 35 rough steps where the full batch makes one, "
                    + "and most of the first steps point down in any case."));
    }
}
