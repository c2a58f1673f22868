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
import unrolled.course.lesson14.Kind;
import unrolled.course.lesson14.UnitsFor;

/** Answers to lessons 03 and 14 that a person types and no machine makes: slips that lead to a number, right answers in unusual clothes. */
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

    private static UnitsFor units(UnitsFor f) {
        return f;
    }

    /** Lesson 14. */
    @TestFactory
    Stream<DynamicNode> whichCell() {
        right("14.1", "a list", List.of(57, 152, 192));
        right("14.1", "counted by the library", IntStream.of(0, 1, 2).map(k -> Kind.values()[k].weights(3, 5, 2)).toArray());
        wrong("14.1", "the GRU without bq", new int[] {57, 147, 192}, "bq");
        wrong("14.1", "two numbers", new int[] {57, 152}, "How many numbers");
        wrong("14.1", "four gates in the GRU", new int[] {57, 192, 192}, "GRU");
        wrong("14.1", "no outputs in one", new int[] {45, 152, 192}, "plain cell");
        right("14.2", "the quadratic formula", units((D, K, weights) -> {
            double p = 4 * (D + 1) + K;
            return Math.floor((-p + Math.sqrt(p * p + 16.0 * (weights - K))) / 8);
        }));
        right("14.2", "asks the library", units((D, K, weights) -> Kind.LSTM.units(D, K, weights)));
        wrong("14.2", "only W_h", units((D, K, weights) -> Math.floor(Math.sqrt(weights / 4.0))), "D = 10");
        wrong("14.2", "a GRU", units((D, K, weights) -> Kind.GRU.units(D, K, weights)), "four sums");
        wrong("14.2", "always 8", units((D, K, weights) -> 8), "whatever its input is");
        right("14.3", "three decimals", new double[] {0.376, 0.964});
        right("14.3", "a list", List.of(0.37553, 0.96379));
        wrong("14.3", "above 1", new double[] {0.4494, 1.1506}, "above 1");
        wrong("14.3", "half width and middle", new double[] {0.6697, 0.2941}, "not it yet");
        wrong("14.3", "in percent", new double[] {37.55, 96.38}, "percent");
        right("14.4", "a fraction", 23 / 32.0);
        right("14.4", "four decimals", 0.7188);
        wrong("14.4", "whole numbers divided", 11 / 16, "1/2 is 0 in Java");
        wrong("14.4", "Y sooner", 4.5 / 16, "Y is sooner");
        wrong("14.4", "all pairs", 16, "not it yet");
        right("14.5", "from factorials", 2 * 36 / 720.0);
        right("14.5", "one in ten", new BigDecimal("0.10"));
        wrong("14.5", "one way only", 1 / 20.0, "both ways");
        wrong("14.5", "in percent", 10, "percent");
        wrong("14.5", "nine coins", Math.pow(0.5, 9), "share their runs");
        right("14.6", "capital and text", "D) the GRU learned this task sooner");
        right("14.6", "a character", 'd');
        wrong("14.6", "two letters", "b, d", "one of a, b, c or d");
        wrong("14.6", "a number", 4, "a letter in quotes");
        wrong("14.6", "equally good", "b", "97 of 100");
        right("14.7", "rounded", new double[] {1.155, 2});
        right("14.7", "powers", List.of(Math.pow(4 / 3.0, 0.5), Math.pow(4, 0.5)));
        wrong("14.7", "no roots", new double[] {1.3333, 4}, "roots");
        wrong("14.7", "turned over", new double[] {0.866, 0.5}, "turned over");
        wrong("14.7", "as a surplus", new double[] {0.1547, 1}, "not it yet");
        right("14.8", "a bracket", "b)");
        right("14.8", "a capital", "B");
        wrong("14.8", "the best run", "c", "all six runs");
        wrong("14.8", "two letters", "a b", "one of");
        wrong("14.8", "no letter", "rate", "one of");
        right("14.9", "a bracket", "(c)");
        right("14.9", "a capital", "C");
        wrong("14.9", "the rate", "b", "three rates");
        wrong("14.9", "no letter", "best", "one of");
        wrong("14.9", "true", true, "a letter in quotes");
        return tests.stream();
    }
}
