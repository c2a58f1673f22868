package unrolled.course.lesson03;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 03: what are these networks for? */
public final class Lesson03 implements Lesson {

    @Override public int number() {
        return 3;
    }

    @Override public String title() {
        return "Applications";
    }

    @Override public int minutes() {
        return 90;
    }

    private static final Exercise<?> TYPE = Exercise.choice("3.1", "Which type?", "c",
            "one-to-many", "many-to-one", "many-to-many, equal lengths", "many-to-many, different lengths")
        .mistake("a", "there is an input at each minute, not only one at the start.")
        .mistake("b", "one answer at the end of the night comes too late: an answer is wanted for each minute.")
        .mistake("d", "each minute has one answer, so there are as many outputs as inputs.")
        .hints("How many inputs are there in an hour? And how many answers?", "60 inputs and 60 answers, each at its own minute.")
        .solution("String type = \"c\";", "One answer belongs to each minute: as many outputs as inputs.");

    private static final Exercise<?> SHAPE = Exercise.vector("3.2", "The shape of the answers", 1, 20, 3)
        .mistake(new double[] {35, 20, 3}, "this is an answer after every word. Many-to-one: one answer for each message.")
        .mistake(new double[] {1, 20, 1}, "the network gives one score for each of the three subjects.")
        .mistake(new double[] {20, 1, 3}, "time stands first, then the batch: [T,B,K].")
        .mistake(new double[] {1, 1, 3}, "each of the messages gets an answer of its own: B stays what it was.")
        .mistake(new double[] {1, 20, 50}, "50 is D, the numbers of a word. The answers have K numbers.")
        .mistake(new double[] {35, 20, 50}, "this is the shape of the input.")
        .mistake(new double[] {1, 3, 20}, "the batch stands in the middle: 20 messages, with 3 scores each.")
        .mistake(new double[] {1, 20, 35}, "35 is the number of steps that go in. The answers have K numbers, one for each subject.")
        .mistake(new double[] {20, 3}, "these are B and K. One answer is a sequence of one step: T stands before them.")
        .hints("Many-to-one: how many steps does the answer have?", "B is the same on both sides. K is the number of classes.")
        .solution("double[] shape = {1, 20, 3};", "One step of answers, for each of 20 messages, with 3 scores.");

    private static final Exercise<?> FREQUENT = Exercise.number("3.3", "Always the same answer", 132.0 / 240).rounded(4)
        .mistake(1.0 / 3, "this is blind guessing among three classes. Always giving the most frequent answer does better.")
        .mistake(72.0 / 240, "this is not the largest class.")
        .mistake(36.0 / 240, "this is the smallest class.")
        .mistake(108.0 / 240, "this is the share that the program gets wrong.")
        .mistake(132, "this is a count; asked is the share of all 240 calls.")
        .mistake(132.0 / 108, "divide by all 240 calls, not by the others.")
        .mistake(240.0 / 132, "the share is upside down: the right ones belong above the line.")
        .mistake((132.0 * 132 + 72 * 72 + 36 * 36) / (240 * 240), "this is for a program that gives each answer as often as it comes. "
            + "Always giving the most frequent one is right more often.")
        .mistake(132.0 / 204, "divide by all 240 calls: the 36 others count too.")
        .hints("Which answer is given all the time? How often is it right?", "132 of the 240 calls are about a bill.")
        .solution("double baseline = 132.0 / 240;", "The baseline always says \"bill\" and is right for 132 of 240 calls.");

    private static final double[][] SERIES = {{3, 5, 4, 8, 8, 1}, {2, 2, 2}, {-1e6, 1e6, 0}, {5, 1}, {0, 7, 1, 9, 2, 4, 4, 4.5}};

    @SuppressWarnings("unchecked")
    private static final Class<ToDoubleFunction<double[]>> FORECAST = (Class<ToDoubleFunction<double[]>>) (Class<?>) ToDoubleFunction.class;

    private static double change(double[] v, int ahead, int divisor, boolean size) {
        double sum = 0;
        for (int t = 0; t + ahead < v.length; t++) {
            double error = v[t + ahead] - v[t];
            sum += size ? Math.abs(error) : error;
        }
        return sum / divisor;
    }

    private static double squares(double[] v) {
        double sum = 0;
        for (int t = 0; t + 1 < v.length; t++) {
            sum += (v[t + 1] - v[t]) * (v[t + 1] - v[t]);
        }
        return sum / (v.length - 1);
    }

    private static double fromZero(double[] v) {
        return (Math.abs(v[0]) + change(v, 1, 1, true)) / v.length;
    }

    private static double withoutLast(double[] v) {
        return change(Arrays.copyOf(v, v.length - 1), 1, v.length - 1, true);
    }

    private static double shareOfEach(double[] v) {
        double sum = 0;
        for (int t = 1; t < v.length; t++) {
            sum += Math.abs((v[t] - v[t - 1]) / v[t]);
        }
        return sum / (v.length - 1);
    }

    private static double fromFirst(double[] v) {
        return Arrays.stream(v).map(x -> Math.abs(x - v[0])).sum() / (v.length - 1);
    }

    private static double fromMean(double[] v) {
        double mean = Arrays.stream(v).average().orElseThrow();
        return Arrays.stream(v).map(x -> Math.abs(x - mean)).average().orElseThrow();
    }

    private static final Exercise<?> NAIVE = Exercise.function("3.4", "The naive forecast", FORECAST,
            f -> Arrays.stream(SERIES).mapToDouble(v -> f.applyAsDouble(v.clone())).toArray(), v -> change(v, 1, v.length - 1, true))
        .inputs(Arrays.stream(SERIES).map(Arrays::toString).toArray(String[]::new))
        .mistake(v -> change(v, 1, v.length, true), "divide by the number of forecasts: the first value has no forecast, so there is one less.")
        .mistake(v -> change(v, 1, v.length - 1, false), "errors up and down cancel here. Take the size of each error, `Math.abs`.")
        .mistake(v -> change(v, 1, 1, true), "this is the sum of the errors; asked is their mean.")
        .mistake(Lesson03::squares, "these are squared errors; asked is the mean absolute error.")
        .mistake(v -> Math.sqrt(squares(v)), "this is the root of the mean squared error; asked is the mean of the sizes.")
        .mistake(v -> Math.abs(change(v, 1, v.length - 1, false)), "errors up and down cancel before their size is taken. Take the size of "
            + "each error, then the mean.")
        .mistake(Lesson03::fromZero, "the first value is counted as an error of a forecast 0. It has no forecast: begin at t = 1.")
        .mistake(Lesson03::withoutLast, "the last forecast is missing: let t run to v.length - 1.")
        .mistake(v -> v.length < 3 ? 0 : change(v, 2, v.length - 2, true), "this is two steps ahead; asked is one: v[t] against v[t - 1].")
        .mistake(Lesson03::shareOfEach, "each error is divided by its value; asked is the mean of the errors themselves.")
        .mistake(Lesson03::fromFirst, "this forecasts the first value each time; the naive forecast is the value just before, v[t - 1].")
        .mistake(v -> Math.abs(v[1] - v[0]), "this is the first error only; asked is the mean over all of them.")
        .mistake(Lesson03::fromMean, "this forecasts the mean of the whole series, which nobody knows in advance.")
        .hints("The forecast for v[t] is v[t - 1]. At which t does that begin?", "Sum `Math.abs(v[t] - v[t - 1])` from t = 1, and divide "
            + "by v.length - 1.")
        .setup("import java.util.function.*;")
        .solution("""
            ToDoubleFunction<double[]> naive = v -> {
                double sum = 0;
                for (int t = 1; t < v.length; t++) { sum += Math.abs(v[t] - v[t - 1]); }
                return sum / (v.length - 1);
            };
            """, "T values give T - 1 forecasts. The mean of the sizes of their errors is what a network must beat.");

    private static final Exercise<?> SKILL = Exercise.number("3.5", "Skill", 1 - 9.6 / 12.8).rounded(4)
        .mistake(9.6 / 12.8, "this is the ratio; skill is 1 minus it.")
        .mistake(1 - 12.8 / 9.6, "the error of the naive forecast belongs below the line.")
        .mistake(12.8 / 9.6, "the ratio is upside down, and skill is 1 minus it.")
        .mistake(12.8 - 9.6, "this is the difference, in spots; skill is a share of the naive error.")
        .mistake((12.8 - 9.6) / 9.6, "the difference is a share of the *naive* error: divide by 12.8.")
        .mistake(1 - 9.6 * 9.6 / (12.8 * 12.8), "these are squares, as for R². Skill here is made from the mean sizes of the misses.")
        .mistake(25, "this is in percent; give it as a share.")
        .hints("skill = 1 - (error of the network) / (error of the naive forecast).", "1 - 9.6 / 12.8.")
        .solution("double skill = 1 - 9.6 / 12.8;", "The network takes away a quarter of the naive error.");

    private static final Exercise<?> LEAK = Exercise.choice("3.6", "Find the leak", "b",
            "training on the years before 2000, testing on the years after",
            "cutting windows of 30 days, shuffling them, testing on every fifth one",
            "scaling all values with mean and deviation of the training years",
            "stopping when the error rises on years between training and test")
        .mistake("a", "this is the honest way: the network learns from the past and is judged on the future.")
        .mistake("c", "the scale comes from the training years alone, so nothing of the test leaks in.")
        .mistake("d", "the network does not learn from these years, and is not judged on them. That is what they are for.")
        .hints("In which plan do training and test share the same days?", "Two windows that begin a day apart have 29 days in common.")
        .solution("String leak = \"b\";", "Neighbouring windows share nearly all their days: for most test windows the target stands in a "
            + "training window.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(TYPE, SHAPE, FREQUENT, NAIVE, SKILL, LEAK);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("3.p1", "Five languages: how many unseen names does the last letter alone sort rightly?", "b",
                "less than 30 %", "from 30 to 60 %", "more than 60 %")
                .usualMistake("One letter seems to be nothing. But many Italian names end in i or o. A number like this must be known "
                    + "before one praises a network."),
            Prediction.of("3.p2", "Counts after three letters, or a network with memory: who needs fewer bits on unseen pages?", "c",
                "the network, by more than 0.2 bits", "neither, they are within 0.2 bits", "the counts, by more than 0.2 bits")
                .usualMistake("A network with memory sounds like more than a table. But 120,000 letters fill a table of three letters well, and "
                    + "two passes over them are a short training."),
            Prediction.of("3.p3", "Sunspots a year ahead: what is the mean skill of five networks?", "b",
                "below 0", "from 0 to 0.5", "above 0.5")
                .usualMistake("The curve looks so regular that one hopes for more. But the naive forecast profits from the same slow "
                    + "cycle, and the noise from month to month cannot be forecast by anybody."),
            Prediction.of("3.p4", "The target is among the inputs. What does the test on held-out years say?", "c",
                "the skill falls below that of the honest networks", "the skill is about that of the honest networks",
                "the skill is near 1, as if nothing were wrong")
                .usualMistake("Held-out data shows whether a network has learned by heart. It cannot show a leak that it has itself."));
    }
}
