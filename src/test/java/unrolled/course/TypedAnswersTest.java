package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import unrolled.course.lesson15.TwoReaders;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.SplitMix;

/** Answers to lessons 03 and 15 that a person types and no machine makes: slips that lead to a number, right answers in unusual clothes. */
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

    private static TwoReaders two(TwoReaders readers) {
        return readers;
    }

    /** Lesson 15. */
    @TestFactory
    Stream<DynamicNode> bothWays() {
        right("15.1", "as lists", List.of(4, 11L));
        right("15.1", "from the whole", new int[] {3 + 1, 14 - 3});
        wrong("15.1", "three numbers", new int[] {4, 11, 15}, "How many numbers");
        wrong("15.1", "the sum of both without x_1 twice", new int[] {14, 11}, "the reader that goes forth: yours is 14");
        double back2 = Math.tanh(-0.28), back1 = Math.tanh(0.5 + back2 * 0.9), back0 = Math.tanh(-0.4 + back1 * 0.9), y0 = Math.tanh(0.9) * 1.5 - back0 + 0.3;
        right("15.2", "four decimals", new double[] {Math.round(back0 * 1e4) / 1e4, Math.round(y0 * 1e4) / 1e4});
        right("15.2", "floats", new float[] {(float) back0, (float) y0});
        wrong("15.2", "the output has a tanh", new double[] {back0, Math.tanh(y0)}, "y0: yours is");
        wrong("15.2", "only one", back0, "How many numbers");
        wrong("15.2", "both weights positive", new double[] {back0, 1.5 * (Math.tanh(0.9) + back0) + 0.3}, "y0: yours is");
        right("15.3", "three decimals more", new double[] {1.5120, 1.238328});
        right("15.3", "a list", List.of(1.512, 1.512 * 0.819));
        wrong("15.3", "with the gradient of step 0 first", new double[] {2, 1.512}, "dback1: yours is 2");
        wrong("15.3", "signs of the states", new double[] {1.512, -1.2383}, "dback2: yours is -1.2383");
        wrong("15.3", "u squared", new double[] {2 * 0.84 * 0.81, 2 * 0.84 * 0.91 * 0.81}, "dback1: yours is 1.36");
        right("15.4", "counted by the library", (SizeFormula) (T, D, H, K) -> new Bidirectionals((int) D, (int) H, (int) K).size());
        right("15.4", "multiplied out", (SizeFormula) (T, D, H, K) -> 2 * D * H + 2 * H * H + 2 * H + 2 * H * K + K);
        wrong("15.4", "two states in one matrix", (SizeFormula) (T, D, H, K) -> 2 * H * (D + 2 * H) + 2 * H + 2 * H * K + K, "its own H old values");
        wrong("15.4", "three weights a cell", (SizeFormula) (T, D, H, K) -> 6 * H * (D + H + 1) + 2 * H * K + K, "for T = D = H = K = 1 yours gives 21");
        wrong("15.4", "a number", (SizeFormula) (T, D, H, K) -> 402, "whatever its input is");
        right("15.5", "the second by turning twice", two((x, cell) -> {
            double[][] h = new double[x.length][2];
            double[] turned = new double[x.length];
            double forth = 0, back = 0;
            for (int t = 0; t < x.length; t++) {
                forth = cell.applyAsDouble(x[t], forth);
                turned[t] = back = cell.applyAsDouble(x[x.length - 1 - t], back);
                h[t][0] = forth;
            }
            for (int t = 0; t < x.length; t++) {
                h[t][1] = turned[x.length - 1 - t];
            }
            return h;
        }));
        right("15.5", "from the table itself", two((x, cell) -> {
            int n = x.length;
            double[][] h = new double[n][2];
            for (int t = 0; t < n; t++) {
                h[t][0] = cell.applyAsDouble(x[t], t > 0 ? h[t - 1][0] : 0);
                h[n - 1 - t][1] = cell.applyAsDouble(x[n - 1 - t], t > 0 ? h[n - t][1] : 0);
            }
            return h;
        }));
        wrong("15.5", "a row for each reader", two((x, cell) -> new double[2][x.length]), "a table of 5 rows and 2 columns");
        wrong("15.5", "zeros", two((x, cell) -> new double[x.length][2]), "all your values are 0");
        wrong("15.5", "the second loop without step 0", two((x, cell) -> {
            double[][] h = new double[x.length][2];
            double forth = 0, back = 0;
            for (int t = 0; t < x.length; t++) {
                h[t][0] = forth = cell.applyAsDouble(x[t], forth);
            }
            for (int t = x.length - 1; t > 0; t--) {
                h[t][1] = back = cell.applyAsDouble(x[t], back);
            }
            return h;
        }), "ends one step early");
        wrong("15.5", "off the end", two((x, cell) -> new double[][] {{x[x.length], 0}}), "out of bounds");
        right("15.6", "capital and text", "C) the second reader begins with the last state of the first");
        right("15.6", "a bracket", "(c)");
        wrong("15.6", "a number", 3, "a letter in quotes");
        wrong("15.6", "the name of the suspect", "B", "the triangle of suspect A");
        wrong("15.6", "another letter", "f", "one of a, b, c, d or e");
        right("15.7", "a character", 'a');
        right("15.7", "blanks", " A ");
        wrong("15.7", "two letters", "a, e", "one of a, b, c, d or e");
        wrong("15.7", "true", true, "a letter in quotes");
        wrong("15.7", "its own letter", "C", "full");
        right("15.8", "three digits", new double[] {0.25, 0.333, 0.286});
        right("15.8", "from the means", new double[] {0.25, 1 / 3.0, 2 / (4.0 + 3.0)});
        wrong("15.8", "whole numbers divided", new double[] {1 / 4, 1 / 3, 2 / 7}, "one name is found");
        wrong("15.8", "without Old Anna", new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, "count the found ones again");
        right("15.8", "floats", new float[] {1f / 4, 1f / 3, 2f / 7});
        wrong("15.8", "the geometric mean", new double[] {0.25, 1 / 3.0, Math.sqrt(1 / 12.0)}, "F1: yours is");
        right("15.9", "tenths", List.of(0, 0.8, 4.4));
        right("15.9", "computed", new double[] {0 * 0.4, 2 * 0.4, 11 * 0.4});
        wrong("15.9", "milliseconds", new double[] {0, 800, 4400}, "window: yours is 800");
        wrong("15.9", "the half of the sentence", new double[] {0, 0.8, 3}, "bidirectional: yours is 3");
        wrong("15.9", "the word itself and two more", new double[] {0, 3 / 2.5, 11 / 2.5}, "word 4 itself was said already");
        right("15.9", "a matrix", Matrix.rowOf(0, 0.8, 4.4));
        wrong("15.9", "two numbers", new double[] {0.8, 4.4}, "How many numbers");
        right("15.10", "letter and text", "b) a bidirectional network over the past 24 months");
        right("15.10", "capital", "B");
        wrong("15.10", "none", "none", "one of a, b, c or d");
        wrong("15.10", "a list", List.of("a", "b"), "a letter in quotes");
        wrong("15.10", "the subtitles", "d.", "begins at the end of the speech");
        return tests.stream();
    }

    /** As many weights as the network of exercise 15.4. */
    private record Bidirectionals(int D, int H, int K) {
        int size() {
            SplitMix r = new SplitMix(1);
            return Sequential.of(Bidirectional.of(new Elman(D, H, r), new Elman(D, H, r)), new Dense(2 * H, K, r)).size();
        }
    }
}
