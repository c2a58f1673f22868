package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import unrolled.course.lesson11.LossSuspect;
import unrolled.course.lesson11.MeanLoss;
import unrolled.course.lesson12.LstmBack;
import unrolled.course.lesson14.Kind;
import unrolled.course.lesson14.UnitsFor;
import unrolled.course.lesson15.TwoReaders;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Lstm;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;

/** Answers to lessons from 03 on that a person types and no machine makes: slips that lead to a number, right answers in unusual clothes. */
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

    // ---- lesson 12 ----

    private static double sigma(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    /** The one-unit cell of lesson 12 after reading these inputs: i, f, g, o, c, h of the last step. */
    private static List<Double> lastOf(double... inputs) {
        double[][] rows = {{0.5, -0.4, 1.2, 0.8}, {0.3, 0.6, -0.7, -0.5}, {0.1, 1.2, -0.1, 0.2}};
        Lstm cell = new Lstm(1, 1, new SplittableRandom(1));
        for (int k = 0; k < 3; k++) {
            cell.params().get(k).value.set(Matrix.rowOf(rows[k]));
        }
        cell.forward(Sequence.ofSteps(Matrix.columnOf(inputs)));
        return Stream.of("i", "f", "g", "o", "c", "h").map(name -> cell.traces().get(name).at(inputs.length - 1).get(0, 0)).toList();
    }

    private static Supplier<Lstm> counter(Consumer<Lstm> set) {
        return () -> {
            Lstm cell = new Lstm(4, 1, new SplittableRandom(1));
            for (Param p : cell.params()) {
                p.value.fill(0);
            }
            set.accept(cell);
            return cell;
        };
    }

    private static LstmBack back(LstmBack f) {
        return f;
    }

    private static SizeFormula size(SizeFormula f) {
        return f;
    }

    @TestFactory
    Stream<DynamicNode> oneStepOfAnLstm() {
        double t = Math.tanh(1), slope = 1 - t * t;
        right("12.1", "by cosh", List.of(1, 0.6 * Math.sinh(1) / Math.cosh(1), 0.48 / Math.pow(Math.cosh(1), 2)));
        right("12.1", "four decimals, float", new float[] {1, 0.4570f, 0.2016f});
        wrong("12.1", "sigmoid of the cell", new double[] {1, 0.6 * sigma(1), 0.48 * slope}, "through tanh, not through σ");
        wrong("12.1", "back through the input gate", new double[] {1, 0.6 * t, 0.6 * slope * 0.5}, "not the input gate");
        wrong("12.1", "slope of h", new double[] {1, 0.6 * t, 0.48 * (1 - 0.36 * t * t)}, "squared h_t");
        wrong("12.1", "slope of a sigmoid", new double[] {1, 0.6 * t, 0.48 * t * (1 - t)}, "the slope of the sigmoid");
        wrong("12.1", "the slope alone", new double[] {1, 0.6 * t, slope}, "o and f are missing");
        wrong("12.1", "through the forget gate's sum", new double[] {1, 0.6 * t, 0.6 * slope * 0.8 * 0.2 * 1.5}, "2 of 3 values are right");
        wrong("12.1", "two numbers", new double[] {1, 0.6 * t}, "How many numbers");

        double use = 0.6 * Math.tanh(-0.7);
        right("12.2", "a column", Matrix.columnOf(0.2, -0.9, -0.7, use));
        right("12.2", "whole steps of a list", List.of(1 / 5.0, -9 / 10.0, -7 / 10.0, 0.6 * (1 - 2 / (1 + Math.exp(-1.4)))));
        wrong("12.2", "learn with o", new double[] {0.48, -0.9, -0.42, 0.6 * Math.tanh(-0.42)}, "not with the output gate");
        wrong("12.2", "tanh outside", new double[] {0.2, -0.9, -0.7, Math.tanh(-0.42)}, "The tanh comes first");
        wrong("12.2", "sigmoid", new double[] {0.2, -0.9, -0.7, 0.6 * sigma(-0.7)}, "not through σ");
        wrong("12.2", "of the old cell", new double[] {0.2, -0.9, -0.7, 0.6 * Math.tanh(-1.2)}, "*new* cell");
        wrong("12.2", "without the sign", new double[] {0.2, -0.9, -0.7, -use}, "keeps the sign");
        wrong("12.2", "a product", new double[] {0.2, -0.9, -0.18, 0.6 * Math.tanh(-0.18)}, "not their product");
        wrong("12.2", "only what is left", new double[] {0.2, -0.9, -0.9, 0.6 * Math.tanh(-0.9)}, "the sum of both");
        wrong("12.2", "gates added", new double[] {1.05, -0.45, 0.6, 0.6 * Math.tanh(0.6)}, "learn: yours is 1.05");

        List<Double> third = lastOf(1, -0.5, 0.8);
        right("12.3", "asks the library", third);
        right("12.3", "four decimals", third.stream().map(v -> Math.rint(v * 1e4) / 1e4).toList());
        wrong("12.3", "the input of step 1 again", lastOf(1, -0.5, -0.5), "the input of step 1");
        wrong("12.3", "the sign of the input", lastOf(1, -0.5, -0.8), "0.8, not -0.8");
        wrong("12.3", "the input of step 0", lastOf(1, -0.5, 1), "i2: yours is");
        wrong("12.3", "without f", withCell(third, lastOf(1, -0.5).get(4) + third.get(0) * third.get(2)), "the forget gate is missing");
        wrong("12.3", "c2 before the tanh of c1", List.of(third.get(0), third.get(1), third.get(2), third.get(3), third.get(4),
            third.get(3) * Math.tanh(lastOf(1, -0.5).get(4))), "h2 shows the new cell");
        wrong("12.3", "h before c", List.of(third.get(0), third.get(1), third.get(2), third.get(3), third.get(5), third.get(4)), "wrong order");
        return tests.stream();
    }

    private static List<Double> withCell(List<Double> step, double c) {
        return List.of(step.get(0), step.get(1), step.get(2), step.get(3), c, step.get(3) * Math.tanh(c));
    }

    @TestFactory
    Stream<DynamicNode> theWayBackOfAnLstm() {
        right("12.4", "by cosh", back((dh, dc, i, f, g, o, before, c) -> {
            double all = dc + dh * o / Math.cosh(c) / Math.cosh(c);
            return new double[] {all * g * (i - i * i), all * before * (f - f * f), all * i * (1 - g) * (1 + g), dh * Math.tanh(c) * (o - o * o), all * f};
        }));
        right("12.4", "makes the cell anew", back((dh, dc, i, f, g, o, before, c) -> {
            double s = Math.tanh(f * before + i * g), all = dh * (o - o * s * s) + dc;
            double[] result = {g * i * (1 - i), before * f * (1 - f), i * (1 - g * g), 0, f};
            for (int k = 0; k < 5; k++) {
                result[k] *= all;
            }
            result[3] = dh * s * o * (1 - o);
            return result;
        }));
        wayBack("f on the way to c_t", (dh, dc, i, f, g, o, before, c, s) -> dc * f + dh * o * (1 - s * s), "has come to c_t already");
        wayBack("slope of the old cell", (dh, dc, i, f, g, o, before, c, s) -> dc + dh * o * (1 - Math.pow(Math.tanh(before), 2)), "h_t shows the new cell");
        wayBack("slope of h", (dh, dc, i, f, g, o, before, c, s) -> dc + dh * o * (1 - o * s * o * s), "you squared h");
        wayBack("dh as it is", (dh, dc, i, f, g, o, before, c, s) -> dc + dh, "the output gate and the tanh");
        wayBack("the slope twice", (dh, dc, i, f, g, o, before, c, s) -> dc + dh * o * Math.pow(1 - s * s, 2), "da_i at dh");
        wrong("12.4", "what the output gate multiplied", back((dh, dc, i, f, g, o, before, c) -> finish(dc + dh * o * (1 - Math.pow(Math.tanh(c), 2)),
            i, f, g, before, dh * o * (1 - o))), "this factor is missing");
        wrong("12.4", "the slope in da_o", back((dh, dc, i, f, g, o, before, c) -> finish(dc + dh * o * (1 - Math.pow(Math.tanh(c), 2)),
            i, f, g, before, dh * (1 - Math.pow(Math.tanh(c), 2)) * o * (1 - o))), "belongs to the way to c_t");
        wrong("12.4", "tanh of the old cell", back((dh, dc, i, f, g, o, before, c) -> {
            double[] all = finish(dc + dh * o * (1 - Math.pow(Math.tanh(c), 2)), i, f, g, before, dh * Math.tanh(c) * o * (1 - o));
            all[1] *= before == 0 ? 0 : Math.tanh(before) / before;
            return all;
        }), "the old cell itself");
        wrong("12.4", "four numbers", back((dh, dc, i, f, g, o, before, c) -> Arrays.copyOf(finish(dc, i, f, g, before, dh), 4)), "the right shape");
        return tests.stream();
    }

    private interface WholeGradient {
        double at(double dh, double dc, double i, double f, double g, double o, double before, double c, double s);
    }

    private void wayBack(String name, WholeGradient whole, String says) {
        wrong("12.4", name, back((dh, dc, i, f, g, o, before, c) -> finish(whole.at(dh, dc, i, f, g, o, before, c, Math.tanh(c)), i, f, g, before,
            dh * Math.tanh(c) * o * (1 - o))), says);
    }

    private static double[] finish(double all, double i, double f, double g, double before, double dao) {
        return new double[] {all * g * i * (1 - i), all * before * f * (1 - f), all * i * (1 - g * g), dao, all * f};
    }

    @TestFactory
    Stream<DynamicNode> lstmsSetByHand() {
        double f = Math.pow(0.5, 0.05);
        right("12.5", "another formula", -Math.log(Math.pow(2, 0.05) - 1));
        right("12.5", "a supplier, by expm1", (DoubleSupplier) () -> -Math.log(Math.expm1(Math.log(2) / 20)));
        right("12.5", "three digits", 3.34);
        wrong("12.5", "19/20 is kept", Math.log(19), "36 %");
        wrong("12.5", "one e-th", -Math.log(Math.exp(0.05) - 1), "Asked is one half");
        wrong("12.5", "a gate wide open", 40, "for ever");
        wrong("12.5", "inverse of tanh", 0.5 * Math.log((1 + f) / (1 - f)), "inverse of tanh");
        wrong("12.5", "power for root", Math.log(Math.pow(0.5, 20) / (1 - Math.pow(0.5, 20))), "twentieth root");
        wrong("12.5", "whole numbers divided", Math.log(Math.pow(0.5, 1 / 20) / (1 - Math.pow(0.5, 1 / 20))), "an infinite value");

        right("12.6", "two whole numbers", new int[] {9500, -10000});
        right("12.6", "just steep enough", List.of(94, -100));
        right("12.6", "near the end", new double[] {990, -1000});
        wrong("12.6", "only p is large", new double[] {95, -1000}, "emptied at every step");
        wrong("12.6", "only b is large", new double[] {950, -100}, "comes too late");
        wrong("12.6", "p and b exchanged", new double[] {-1000, 950}, "emptied at every step");
        wrong("12.6", "the tenth value, steep", new double[] {1000, -1000}, "exactly 1.0");
        wrong("12.6", "the ninth value, steep", new double[] {900, -1000}, "exactly 0.9");
        wrong("12.6", "not steep", new double[] {40, -42.1}, "too gently", "0.9 after ten steps");
        wrong("12.6", "three numbers", new double[] {40, 950, -1000}, "b and p; yours are 3");

        right("12.7", "the gates open for letters only", counter(c -> {
            c.param("b").value.set(0, 1, 40);
            c.param("Wx").value.set(1, 0, 40).set(2, 0, 40).set(1, 2, 20).set(2, 2, -20);
        }));
        right("12.7", "S empties the cell", counter(c -> {
            c.param("b").value.set(Matrix.rowOf(40, 40, 0, 0));
            c.param("Wx").value.set(0, 1, -80).set(1, 2, 20).set(2, 2, -20);
        }));
        wrong("12.7", "rows of S and a", counter(c -> open(c, 40).param("Wx").value.set(0, 2, 20).set(1, 2, -20)), "a is row 1, b is row 2");
        wrong("12.7", "rows of b and E", counter(c -> open(c, 40).param("Wx").value.set(2, 2, 20).set(3, 2, -20)), "a does nothing");
        wrong("12.7", "the output gate's column", counter(c -> open(c, 40).param("Wx").value.set(1, 3, 20).set(2, 3, -20)), "column 2");
        wrong("12.7", "ones", counter(c -> open(c, 1).param("Wx").value.set(1, 2, 1).set(2, 2, -1)), "σ(1) = 0.73");
        wrong("12.7", "gates that stay half open", counter(c -> open(c, 0).param("Wx").value.set(1, 2, 20).set(2, 2, -20)), "the weights are right");
        wrong("12.7", "tens", counter(c -> open(c, 10).param("Wx").value.set(1, 2, 10).set(2, 2, -10)), "over 500 letters");
        wrong("12.7", "b empties", counter(c -> open(c, 40).param("Wx").value.set(1, 2, 20).set(2, 1, -80)), "c after Saaab yours gives 0");
        return tests.stream();
    }

    private static Lstm open(Lstm cell, double bias) {
        cell.param("b").value.set(0, 0, bias).set(0, 1, bias);
        return cell;
    }

    @TestFactory
    Stream<DynamicNode> lstmsCountedAndSuspected() {
        right("12.8", "not factored", size((T, D, H, K) -> 4 * D * H + 4 * H * H + 4 * H));
        right("12.8", "asks the library", size((T, D, H, K) -> new Lstm((int) D, (int) H, new SplittableRandom(1)).size()));
        wrong("12.8", "no state", size((T, D, H, K) -> 4 * (D * H + H)), "old outputs");
        wrong("12.8", "one for all", size((T, D, H, K) -> 4 * (D * H + H) + H * H), "*four* sums");
        wrong("12.8", "five sums", size((T, D, H, K) -> 5 * H * (D + H + 1)), "no fifth sum");
        wrong("12.8", "the cell is read", size((T, D, H, K) -> 4 * H * (D + 2 * H + 1)), "do not read the cell");
        wrong("12.8", "states", size((T, D, H, K) -> 4 * H * (D + H + 1) + 2 * H), "no parameters");
        wrong("12.8", "a number", 1728, "a formula");

        right("12.9", "letter and text", "a) the weights of i and f are exchanged");
        right("12.9", "a character", 'A');
        wrong("12.9", "two letters", "a or d", "one of a, b, c, d or e");
        wrong("12.9", "the text alone", "i and f", "one of a, b, c, d or e");
        wrong("12.9", "letter and text", "e) f and 1 - f are exchanged", "nothing to multiply");
        right("12.10", "brackets", "(d)");
        right("12.10", "capital, full stop", "D.");
        wrong("12.10", "a list", List.of("d"), "a letter in quotes");
        wrong("12.10", "a number", 4, "a letter in quotes");
        wrong("12.10", "letter and text", "a) the weights of i and f are exchanged", "Suspect C passes them");
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
