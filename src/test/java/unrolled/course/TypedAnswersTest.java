package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import unrolled.course.lesson11.LossSuspect;
import unrolled.course.lesson11.MeanLoss;
import unrolled.math.Matrix;

/** Answers to lessons 03 and 11 that a person types and no machine makes: slips that lead to a number, right answers in unusual clothes. */
class TypedAnswersTest {

    private final List<DynamicNode> tests = new ArrayList<>();

    private void judge(String id, String name, Object answer, Verdict.State state, String... said) {
        tests.add(dynamicTest(id + " " + name, () -> {
            Verdict verdict = Lessons.exercise(id).orElseThrow().judge(answer);
            assertEquals(state, verdict.state(), verdict.message());
            for (String part : said) {
                assertTrue(verdict.message().contains(part), verdict.message());
            }
        }));
    }

    private void right(String id, String name, Object answer) {
        judge(id, name, answer, Verdict.State.PASSED);
    }

    private void wrong(String id, String name, Object answer, String... said) {
        judge(id, name, answer, Verdict.State.WRONG, said);
    }

    private static ToDoubleFunction<double[]> forecast(ToDoubleFunction<double[]> f) {
        return f;
    }

    @TestFactory
    Stream<DynamicNode> choices() {
        right("3.1", "letter and text", "c) many-to-many, equal lengths");
        right("3.1", "letter and text, capitals", " C ) Many-to-many");
        right("3.6", "letter and text", "b) cut windows of 30 days, shuffle them");
        wrong("3.1", "a wrong letter and text", "b) many-to-one", "one answer at the end of the night comes too late");
        wrong("3.1", "two letters", "c) or d)", "one of a, b, c or d");
        wrong("3.1", "the text alone", "many-to-many", "one of a, b, c or d");
        wrong("3.1", "a number", 3, "a letter in quotes");
        wrong("3.6", "a sentence before the letter", "not b)", "one of a, b, c or d");
        wrong("3.6", "the honest split", "a) train on the years before 2000", "honest way");
        wrong("3.6", "a list", List.of("b", "d"), "a letter in quotes");
        return tests.stream();
    }

    private static MeanLoss meanLoss(MeanLoss f) {
        return f;
    }

    @TestFactory
    Stream<DynamicNode> typesAndPadding() {
        right("11.1", "whole numbers", List.of(7, 3, 26, 8, 1, 3, 5));
        right("11.1", "in two rows, computed", new int[] {7, 3, 26, 7 * 3 - 4 - 7 - 2, 1, 3, 5});
        wrong("11.1", "batch first", new int[] {3, 7, 26, 8, 3, 1, 5}, "time stands first");
        wrong("11.1", "the mean length", new double[] {13 / 3.0, 3, 26, 8, 1, 3, 5}, "longest");
        wrong("11.1", "the padding of the shortest", new int[] {7, 3, 26, 5, 1, 3, 5}, "both short names are filled up");
        right("11.2", "three rows", new int[][] {{8, 10, 26}, {6, 10, 28}, {6, 10, 27}});
        right("11.2", "long numbers", new long[] {8, 10, 26, 6, 10, 28, 6, 10, 27});
        wrong("11.2", "batch first", new int[] {10, 8, 26, 10, 6, 28, 10, 6, 27}, "time stands first");
        wrong("11.2", "no end", new int[] {8, 10, 26, 5, 10, 28, 5, 10, 27}, "the end is written");
        wrong("11.2", "the source's alphabet everywhere", new int[] {8, 10, 26, 6, 10, 26, 6, 10, 26}, "27 and 28");
        right("11.3", "letter and text", "c) begin, t, r, h");
        right("11.3", "a capital", "C");
        wrong("11.3", "the text alone", "begin, t, r, h", "one of a, b, c or d");
        wrong("11.3", "what it writes", "a) t, r, h, end", "a leak");
        wrong("11.3", "a number", 3, "a letter in quotes");
        right("11.1", "a row", Matrix.rowOf(7, 3, 26, 8, 1, 3, 5));
        wrong("11.1", "K before B", new int[] {7, 3, 26, 8, 1, 5, 3}, "five scores for each");
        wrong("11.2", "the source's length and the end", new int[] {8, 10, 26, 9, 10, 28, 9, 10, 27}, "its own length");
        wrong("11.2", "one alphabet for all", new int[] {8, 10, 28, 6, 10, 28, 6, 10, 27}, "letters only");
        right("11.7", "two shares of whole numbers", List.of(41 / 50.0, (57 - 42) / 0.05));
        wrong("11.7", "40 counted beside", new double[] {0.82, 340}, "among them");
        wrong("11.7", "95 of 100 of them", new double[] {0.82, 285}, "285 is 95 %");
        right("11.4", "computed", (0.9 + 0.3 + 0.6 + 1.8) / 4);
        right("11.4", "a fraction", 9 / 10f);
        wrong("11.4", "weighted by half", (0.6 * 3 + 1.8) / 2, "number of sequences");
        wrong("11.4", "all six", 9.0 / 6, "belong to no letter");
        wrong("11.4", "padding in the sum only", 9.0 / 4, "padding are in your sum");
        right("11.5", "with a mask that is asked", meanLoss((losses, lengths) -> {
            double sum = 0, steps = 0;
            for (int b = 0; b < losses.length; b++) {
                for (int t = 0; t < losses[b].length; t++) {
                    boolean exists = lengths[b] > t;
                    sum += exists ? losses[b][t] : 0;
                    steps += exists ? 1 : 0;
                }
            }
            return sum / steps;
        }));
        right("11.5", "a stream of all steps", meanLoss((losses, lengths) -> IntStream.range(0, losses.length).boxed()
            .flatMapToDouble(b -> Arrays.stream(losses[b]).limit(lengths[b])).average().orElseThrow()));
        wrong("11.5", "a mask that is multiplied", meanLoss((losses, lengths) -> {
            double sum = 0;
            for (int b = 0; b < losses.length; b++) {
                for (int t = 0; t < losses[b].length; t++) {
                    sum += (t < lengths[b] ? 1 : 0) * losses[b][t];
                }
            }
            return sum / IntStream.of(lengths).sum();
        }), "NaN times 0");
        wrong("11.5", "one sequence only", meanLoss((losses, lengths) -> Arrays.stream(losses[0], 0, lengths[0]).average().orElseThrow()), "first sequence");
        wrong("11.5", "lengths of the first for all", meanLoss((losses, lengths) -> Arrays.stream(losses)
            .flatMapToDouble(l -> Arrays.stream(l, 0, lengths[0])).average().orElseThrow()), "its own length");
        BiFunction<double[][], int[], Double> another = (losses, lengths) -> LossSuspect.honest().of(losses, lengths);
        right("11.5", "another functional type", another);
        right("11.5", "a method of an object", meanLoss(LossSuspect.honest()::of));
        wrong("11.5", "time by time", meanLoss((losses, lengths) -> {
            double sum = 0;
            int longest = IntStream.of(lengths).max().orElseThrow();
            for (int t = 0; t < longest; t++) {
                double now = 0, there = 0;
                for (int b = 0; b < losses.length; b++) {
                    now += t < lengths[b] ? losses[b][t] : 0;
                    there += t < lengths[b] ? 1 : 0;
                }
                sum += now / there;
            }
            return sum / longest;
        }), "at each time");
        wrong("11.5", "steps from 1", meanLoss((losses, lengths) -> {
            double sum = 0, steps = 0;
            for (int b = 0; b < losses.length; b++) {
                for (int t = 1; t < lengths[b]; t++, steps++) {
                    sum += losses[b][t];
                }
            }
            return sum / steps;
        }), "first step");
        right("11.6", "whole numbers", new int[] {54, 42, 36});
        right("11.6", "a list", List.of(2 * 10 + 2 * 9 + 2 * 8, 42L, 36.0));
        wrong("11.6", "longest last", new int[] {60, 42, 36}, "its own longest");
        wrong("11.6", "padding", new int[] {18, 6, 36}, "all places that are computed");
        wrong("11.6", "sorted, of three", new int[] {54, 42, 6}, "sum of the lengths");
        right("11.7", "a percentage is none, a fraction is one", new Object[] {82 / 100f, 300});
        right("11.7", "rounded", new double[] {0.82, 299.99999999999});
        wrong("11.7", "honest", new double[] {0.7, 300}, "0.7 is the honest accuracy");
        wrong("11.7", "more places", new double[] {0.82, 260}, "all places of padding");
        wrong("11.7", "percent", new double[] {82, 300}, "not a percentage");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicNode> shapes() {
        right("3.2", "whole numbers", new int[] {1, 20, 3});
        right("3.2", "computed", new Object[] {35 - 34, 20L, 3f});
        wrong("3.2", "without time", new int[] {20, 3}, "T stands before them");
        wrong("3.2", "batch last", new int[] {1, 3, 20}, "the batch stands in the middle");
        wrong("3.2", "steps as classes", new int[] {1, 20, 35}, "K numbers, one for each subject");
        wrong("3.2", "all numbers that were named", new double[] {35, 20, 50, 3}, "How many numbers are asked for?");
        wrong("3.2", "classes first", new double[] {3, 20, 1}, "wrong order");
        wrong("3.2", "as the library prints it", "[T=1,B=20,F=3]", "numbers");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicNode> numbers() {
        right("3.3", "another fraction", 11 / 20f);
        right("3.3", "with zeros behind", new BigDecimal("0.5500"));
        wrong("3.3", "percent", 55, "percent");
        wrong("3.3", "whole numbers divided", 132 / 240, "1/2 is 0 in Java");
        wrong("3.3", "upside down", 240.0 / 132, "upside down");
        wrong("3.3", "each as often as it comes", 0.415, "as often as it comes");
        wrong("3.3", "two classes only", 132.0 / (132 + 72), "36 others");

        right("3.5", "the difference as a share", (12.8 - 9.6) / 12.8);
        right("3.5", "a quarter", new float[] {1 / 4f});
        wrong("3.5", "a share of the other", (12.8 - 9.6) / 9.6, "divide by 12.8");
        wrong("3.5", "squares", 1 - Math.pow(9.6 / 12.8, 2), "squares");
        wrong("3.5", "the wrong way round", (9.6 - 12.8) / 12.8, "the sign is not");
        wrong("3.5", "no ratio", 1 - 9.6, "not it yet");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicNode> forecasts() {
        right("3.4", "backwards", forecast(v -> {
            double mean = 0;
            for (int t = v.length - 1; t > 0; t--) {
                mean += Math.abs(v[t - 1] - v[t]) / (v.length - 1);
            }
            return mean;
        }));
        right("3.4", "a function to a list, of a stream", (Function<double[], List<Double>>) v ->
            List.of(IntStream.range(1, v.length).mapToDouble(t -> Math.max(v[t] - v[t - 1], v[t - 1] - v[t])).average().orElse(0)));
        wrong("3.4", "the root of the mean square", forecast(v -> Math.sqrt(IntStream.range(1, v.length)
            .mapToDouble(t -> Math.pow(v[t] - v[t - 1], 2)).average().orElse(0))), "the root");
        wrong("3.4", "size of the mean", forecast(v -> Math.abs(v[v.length - 1] - v[0]) / (v.length - 1)), "cancel before");
        wrong("3.4", "a forecast of 0 for the first", forecast(v -> IntStream.range(0, v.length)
            .mapToDouble(t -> Math.abs(v[t] - (t == 0 ? 0 : v[t - 1]))).average().orElse(0)), "no forecast");
        wrong("3.4", "the last one missing", forecast(v -> IntStream.range(1, v.length - 1)
            .mapToDouble(t -> Math.abs(v[t] - v[t - 1])).sum() / (v.length - 1)), "the last forecast is missing");
        wrong("3.4", "two ahead", forecast(v -> v.length < 3 ? 0 : IntStream.range(2, v.length)
            .mapToDouble(t -> Math.abs(v[t] - v[t - 2])).average().orElse(0)), "two steps ahead");
        wrong("3.4", "the median", forecast(v -> {
            double[] errors = IntStream.range(1, v.length).mapToDouble(t -> Math.abs(v[t] - v[t - 1])).sorted().toArray();
            return errors[errors.length / 2];
        }), "for [");
        wrong("3.4", "around the corner", forecast(v -> IntStream.range(0, v.length)
            .mapToDouble(t -> Math.abs(v[t] - v[(t + v.length - 1) % v.length])).average().orElse(0)), "for [");
        wrong("3.4", "sorted first", forecast(v -> {
            Arrays.sort(v);
            return (v[v.length - 1] - v[0]) / (v.length - 1);
        }), "for [");
        return tests.stream();
    }
}
