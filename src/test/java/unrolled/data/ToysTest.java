package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.Batch;

/**
 * What a task says about its chance and its limits is what it is: both are computed a second time, from the exact distribution of
 * small sizes (every way its draws can fall), and readers written here without the task's code reach the limit.
 */
class ToysTest {
    private static final String INNER = "B(?:TS*X(?:XT*VP)*(?:S|XT*VV)|PT*V(?:V|P(?:XT*VP)*(?:S|XT*VV)))E";
    private static final Pattern REBER = Pattern.compile(INNER), EMBEDDED = Pattern.compile("B(?:T" + INNER + "T|P" + INNER + "P)E");

    /** Answers from what was read so far: x_0 .. x_t, a row each, gives the scores y_t. */
    private interface Reader {
        void read(double[][] past, double[] y);
    }

    /** A task, the steps that it asks, a reader of the past, and the steps at which that reader must be right. */
    private record Case(Task task, Steps asked, Reader reader, Steps known) {
        Case(Task task, Steps asked, Reader reader) {
            this(task, asked, reader, asked);
        }
    }

    private interface Steps {
        boolean at(int t, int length);
    }

    private static final Steps ALL = (t, length) -> t < length, LAST = (t, length) -> t == length - 1;

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("parity", new Case(Toys.parity(7), ALL, (past, y) -> y[(int) Arrays.stream(past).mapToDouble(x -> x[0]).sum() % 2] = 1));
        cases.put("recall", new Case(Toys.recall(3), LAST, (past, y) -> y[largest(past[0])] = 1));
        cases.put("recall without a pause", new Case(Toys.recallStream(1, 2), (t, length) -> t % 2 == 1, (past, y) -> {
            if (past.length % 2 == 0) {
                y[largest(past[past.length - 2])] = 1;
            }
        }));
        cases.put("echo", new Case(Toys.echo(8, 3), (t, length) -> t >= 3, (past, y) -> {
            if (past.length > 3) {
                y[(int) past[past.length - 4][0]] = 1;
            }
        }));
        for (int T : new int[] {1, 2, 3, 8}) {
            cases.put("Elman's xor, " + T, new Case(Toys.elmanXor(T), ALL, (past, y) -> {
                int t = past.length - 1;
                y[t % 3 == 1 ? (int) Math.abs(past[t][0] - past[t - 1][0]) : 0] = 1;
            }, (t, length) -> t % 3 == 1));
        }
        cases.put("adding", new Case(Toys.adding(20), LAST,
                (past, y) -> y[0] = Arrays.stream(past).mapToDouble(x -> x[0] * x[1]).sum()));
        cases.put("copying", new Case(Toys.copying(2, 3), (t, length) -> t >= 5, (past, y) -> {
            if (past.length > 5) {
                y[largest(past[past.length - 6])] = 1;
            }
        }));
        cases.put("temporal order", new Case(Toys.temporalOrder(10), LAST, (past, y) -> {
            String text = text(past, TemporalOrder.symbols()).replaceAll("[^XY]", "");
            y[Math.max(0, List.of("XX", "XY", "YX", "YY").indexOf(text))] = 1;
        }));
        cases.put("counting", new Case(Toys.counting(6), ALL, (past, y) -> {
            String text = text(past, Counting.symbols());
            long n = text.chars().filter(c -> c == 'a').count(), m = text.chars().filter(c -> c == 'b').count();
            y[1] = m == 0 ? 1 : 0;
            y[2] = n > 0 && m < n ? 1 : 0;
            y[3] = n > 0 && m == n ? 1 : 0;
        }));
        cases.put("Reber", new Case(Toys.reber(), ALL, (past, y) -> legal(REBER, past, y)));
        cases.put("embedded Reber", new Case(Toys.embeddedReber(), ALL, (past, y) -> legal(EMBEDDED, past, y)));
        cases.put("Teddy", new Case(Toys.teddy(), (t, length) -> t == 3, (past, y) -> { }, (t, length) -> false));
        for (int T : new int[] {1, 2, 5}) {
            cases.put("moving dots, " + T, new Case(Toys.movingDots(T), (t, length) -> t == T - 1, ToysTest::way,
                    (t, length) -> T > 1 && t == T - 1));
        }
        return cases;
    }

    /** What may follow: the symbols after which the text is still the beginning of a match. */
    private static void legal(Pattern grammar, double[][] past, double[] y) {
        for (int k = 0; k < y.length; k++) {
            Matcher m = grammar.matcher(text(past, Reber.symbols()) + Reber.symbols().get(k));
            y[k] = m.matches() || m.hitEnd() ? 1 : 0;
        }
    }

    /** The way of a dot: the shift that turns the first frame into the second; of one frame alone, left or up, along its line. */
    private static void way(double[][] past, double[] y) {
        if (past.length == 1) {
            for (int i = 0; i < 64; i++) {
                y[past[0][i] * past[0][8 * (i / 8) + (i + 1) % 8] == 1 ? 0 : 2] += past[0][i];
            }
            y[0] *= 10;                                         // one neighbour in the row is enough
        } else {
            int[][] shifts = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};
            for (int k = 0; k < shifts.length; k++) {
                boolean same = true;
                for (int i = 0; i < 8; i++) {
                    for (int j = 0; j < 8; j++) {
                        same &= past[0][8 * i + j] == past[1][8 * ((i + shifts[k][0] + 8) % 8) + (j + shifts[k][1] + 8) % 8];
                    }
                }
                y[k] = same ? 1 : 0;
            }
        }
    }

    private static String text(double[][] past, List<String> symbols) {
        StringBuilder text = new StringBuilder();
        for (double[] x : past) {
            text.append(symbols.get(largest(x)));
        }
        return text.toString();
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** x_0 .. x_t of sequence b. */
    private static double[][] past(Sequence x, int b, int t) {
        double[][] past = new double[t + 1][];
        for (int s = 0; s <= t; s++) {
            past[s] = x.at(s).row(b).toArray()[0];
        }
        return past;
    }

    private static Sequence read(Task task, Reader reader, Batch batch) {
        Sequence x = batch.x(), y = new Sequence(x.T, x.B, task.K());
        for (int b = 0; b < x.B; b++) {
            for (int t = 0; t < x.length(b); t++) {
                double[] scores = new double[task.K()];
                reader.read(past(x, b, t), scores);
                for (int k = 0; k < scores.length; k++) {
                    y.at(t).set(b, k, scores[k]);
                }
            }
        }
        return y.lengthsOf(x);
    }

    private static List<DynamicTest> forEach(java.util.function.Consumer<Case> test) {
        return cases().entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> test.accept(c.getValue()))).toList();
    }

    @TestFactory List<DynamicTest> aReaderOfThePastReachesTheLimit() {
        return forEach(c -> {
            Batch batch = c.task.batch(200, new SplitMix(1));
            Sequence y = read(c.task, c.reader, batch), x = batch.x(), known = new Sequence(x.T, x.B, 1);
            double all = 0;
            for (int b = 0; b < x.B; b++) {
                for (int t = 0; t < x.T; t++) {
                    known.at(t).set(b, 0, c.known.at(t, x.length(b)) ? 1 : 0);
                    all += known.at(t).get(b, 0);
                }
            }
            double score = c.task.score(y, batch);
            if (c.task.limit() == 1) {
                assertEquals(1, score);
            } else {
                assertEquals(c.task.limit(), score, 0.08);
            }
            if (all > 0) {
                assertEquals(1, c.task.score(y, new Batch(x, batch.d(), known)), "right wherever one can know");
            }
        });
    }

    @TestFactory List<DynamicTest> onlyTheAskedStepsAreAskedAndShapesFit() {
        return forEach(c -> {
            Batch batch = c.task.batch(50, new SplitMix(2));
            Sequence x = batch.x();
            assertEquals(c.task.D(), x.F);
            for (int b = 0; b < x.B; b++) {
                for (int t = 0; t < x.T; t++) {
                    boolean asked = (batch.mask() == null || batch.mask().at(t).get(b, 0) == 1) && t < x.length(b);
                    assertEquals(c.asked.at(t, x.length(b)), asked, "step " + t + " of sequence " + b);
                    assertTrue(t < x.length(b) || x.at(t).row(b).maxAbs() == 0, "padding is zero");
                }
            }
            Sequence y = new Sequence(x.T, x.B, c.task.K()).lengthsOf(x);
            assertTrue(Double.isFinite(c.task.loss().forward(y, batch.d(), batch.mask())));
            assertTrue(c.task.chance() <= c.task.limit() && c.task.limit() <= c.task.limitWithFuture());
            assertTrue(c.task.source().matches(".*\\d{4}.*"));
        });
    }

    @TestFactory List<DynamicTest> sameSeedSameBits() {
        return forEach(c -> {
            Batch a = c.task.batch(9, new SplitMix(3)), b = c.task.batch(9, new SplitMix(3)), other = c.task.batch(9, new SplitMix(4));
            assertTrue(a.x().sameShape(b.x()));
            assertEquals(0, a.x().all().maxDifference(b.x().all()));
            assertEquals(0, a.d().all().maxDifference(b.d().all()));
            assertFalse(a.x().sameShape(other.x()) && a.x().all().maxDifference(other.x().all()) == 0
                    && a.d().all().maxDifference(other.d().all()) == 0, "another seed draws other examples");
        });
    }

    // ---- chance and limits from the exact distribution ----

    /** One way the draws can fall: its chance, its batch of one. */
    private record Way(double chance, Batch batch) { }

    private static List<Way> ways(Task task, int most) {
        List<Way> ways = new ArrayList<>();
        EveryDraw draw = new EveryDraw(most);
        do {
            try {
                Batch batch = task.batch(1, draw);
                ways.add(new Way(draw.chance(), batch));
            } catch (EveryDraw.TooLong tooLong) {
                // its chance is missing from the sum, and checked there
            }
        } while (draw.next());
        return ways;
    }

    /** The best share of right classes for a reader that tells apart what this key tells apart, and nothing else. */
    private static double best(List<Way> ways, Function<double[][], String> key, boolean whole) {
        Map<String, Map<Double, Double>> masses = new HashMap<>();
        double all = 0;
        for (Way way : ways) {
            Sequence x = way.batch.x();
            for (int t = 0; t < x.length(0); t++) {
                if (way.batch.mask() == null || way.batch.mask().at(t).get(0, 0) == 1) {
                    all += way.chance;
                    masses.computeIfAbsent(t + " " + key.apply(past(x, 0, whole ? x.T - 1 : t)), k -> new HashMap<>())
                            .merge(way.batch.d().at(t).get(0, 0), way.chance, Double::sum);
                }
            }
        }
        double right = 0;
        for (Map<Double, Double> classes : masses.values()) {
            right += classes.values().stream().max(Double::compare).get();
        }
        return right / all;
    }

    @TestFactory List<DynamicTest> chanceAndLimitsAreThoseOfTheExactDistribution() {
        return cases().entrySet().stream().filter(c -> !c.getKey().matches("adding|counting|.*Reber"))
                .map(c -> DynamicTest.dynamicTest(c.getKey(), () -> {
                    Task task = c.getValue().task;
                    List<Way> ways = ways(task, 100);
                    assertEquals(1, ways.stream().mapToDouble(Way::chance).sum(), 1e-9);
                    assertEquals(task.chance(), best(ways, past -> "", false), 1e-9);
                    assertEquals(task.limit(), best(ways, Arrays::deepToString, false), 1e-9);
                    assertEquals(task.limitWithFuture(), best(ways, Arrays::deepToString, true), 1e-9);
                })).toList();
    }

    /** The sets of one string in order, as bits. */
    private record Sets(double chance, int[] sets) { }

    @TestFactory List<DynamicTest> chanceAndLimitOfGrammarsAreThoseOfTheExactDistribution() {
        return cases().entrySet().stream().filter(c -> c.getKey().matches("counting|.*Reber"))
                .map(c -> DynamicTest.dynamicTest(c.getKey(), () -> {
            Task task = c.getValue().task;
            List<Way> ways = ways(task, 20);
            double cut = 1 - ways.stream().mapToDouble(Way::chance).sum();
            assertTrue(cut < 0.007, "the strings that are too long to count have the chance " + cut);
            List<Sets> strings = new ArrayList<>();
            Map<String, Integer> next = new HashMap<>();
            for (Way way : ways) {
                int[] sets = new int[way.batch.x().length(0)];
                String past = "";
                for (int t = 0; t < sets.length; t++) {
                    for (int k = 0; k < task.K(); k++) {
                        sets[t] |= way.batch.d().at(t).get(0, k) == 1 ? 1 << k : 0;
                    }
                    past += way.batch.x().at(t).argMax(0);
                    Integer before = next.put(past, sets[t]);
                    assertTrue(before == null || before == sets[t], "the past tells the set, so that the limit is 1");
                }
                strings.add(new Sets(way.chance, sets));
            }
            assertEquals(task.chance(), bestBlind(strings, 0), cut);
        })).toList();
    }

    /**
     * The chance of the strings that one blind ranking of the symbols at each step gets right. A ranking serves several sets at once
     * if each holds the one before, as {b} and {a, b}.
     */
    private static double bestBlind(List<Sets> strings, int t) {
        double done = strings.stream().filter(s -> s.sets.length == t).mapToDouble(Sets::chance).sum();
        List<Sets> rest = strings.stream().filter(s -> s.sets.length > t).toList();
        int[] sets = rest.stream().mapToInt(s -> s.sets[t]).distinct().toArray();
        double best = 0;
        for (int choice = 1; choice < 1 << sets.length; choice++) {
            int chosen = choice;
            if (nested(sets, choice)) {
                List<Sets> kept = rest.stream().filter(s -> (chosen >> indexOf(sets, s.sets[t]) & 1) == 1).toList();
                best = Math.max(best, bestBlind(kept, t + 1));
            }
        }
        return done + best;
    }

    private static boolean nested(int[] sets, int choice) {
        for (int i = 0; i < sets.length; i++) {
            for (int j = 0; j < i; j++) {
                int both = sets[i] & sets[j];
                if ((choice >> i & choice >> j & 1) == 1 && both != sets[i] && both != sets[j]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int indexOf(int[] values, int value) {
        int i = 0;
        while (values[i] != value) {
            i++;
        }
        return i;
    }

    /** The commonest answer at each step, counted over many draws: the sizes here are those of lessons. */
    @TestFactory List<DynamicTest> noBlindGuessBeatsChanceAtLargerSizes() {
        Map<String, Task> tasks = Map.of("parity", Toys.parity(50), "recall", Toys.recall(40), "echo", Toys.echo(30, 5), "Elman's xor",
                Toys.elmanXor(60), "copying", Toys.copying(10, 20), "temporal order", Toys.temporalOrder(100), "Teddy", Toys.teddy(),
                "moving dots", Toys.movingDots(10));
        return tasks.entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> {
            Batch batch = c.getValue().batch(4000, new SplitMix(6));
            double right = 0, all = 0;
            for (int t = 0; t < batch.d().T; t++) {
                double[] counts = new double[c.getValue().K()];
                for (int b = 0; b < 4000; b++) {
                    if (batch.mask() == null || batch.mask().at(t).get(b, 0) == 1) {
                        counts[(int) batch.d().at(t).get(b, 0)]++;
                    }
                }
                right += counts[largest(counts)];
                all += Arrays.stream(counts).sum();
            }
            assertEquals(c.getValue().chance(), right / all, 0.025);
        })).toList();
    }

    @Test void noConstantGuessBeatsTheChanceOfTheAddingProblem() {
        Adding task = Toys.adding(10);
        int B = 100_000;
        double[] sums = new double[B];
        double error = 0;
        for (int i = 0; i < B; i += 1000) {
            Batch batch = task.batch(1000, new SplitMix(i));
            for (int b = 0; b < 1000; b++) {
                sums[i + b] = batch.d().at(9).get(b, 0);
                error += (sums[i + b] - 1) * (sums[i + b] - 1) / B;
            }
        }
        assertEquals(task.blindError(), error, 0.002);
        Arrays.sort(sums);
        int best = 0;
        for (int from = 0, to = 0; from < B; from++) {                   // every window of the tolerance on both sides of a guess
            while (to < B && sums[to] - sums[from] < 2 * Adding.TOLERANCE) {
                to++;
            }
            best = Math.max(best, to - from);
        }
        assertEquals(task.chance(), best / (double) B, 0.005);
        double exact = 0, step = 1e-3;                                   // ∫∫ over the square of both numbers, guess 1
        for (double u = step / 2; u < 1; u += step) {
            exact += step * Math.max(0, Math.min(1, 1 + Adding.TOLERANCE - u) - Math.max(0, 1 - Adding.TOLERANCE - u));
        }
        assertEquals(task.chance(), exact, 1e-6);
    }

    @Test void theMarksOfTheAddingProblemStandWhereThePaperSays() {
        for (int T : new int[] {4, 5, 40}) {
            Batch batch = Toys.adding(T).batch(2000, new SplitMix(7));
            int[] marks = new int[T];
            for (int b = 0; b < 2000; b++) {
                int count = 0, early = 0;
                for (int t = 0; t < T; t++) {
                    boolean marked = batch.x().at(t).get(b, 1) == 1;
                    marks[t] += marked ? 1 : 0;
                    count += marked ? 1 : 0;
                    early += marked && t < 10 ? 1 : 0;
                }
                assertEquals(2, count);
                assertTrue(early >= 1);
            }
            for (int t = 0; t < T; t++) {
                assertEquals(t < T / 2, marks[t] > 0, "T = " + T + ", step " + t);
            }
        }
    }

    @Test void aWrongStepMakesAStringWrong() {
        Task task = Toys.embeddedReber();
        Batch batch = task.batch(10, new SplitMix(5));
        Sequence y = batch.d().copy();
        assertEquals(1, task.score(y, batch));
        y.at(batch.x().length(3) - 1).row(3).fill(0);
        assertEquals(0.9, task.score(y, batch), 1e-12);
        says(() -> task.score(new Sequence(1, 10, 7), batch), "does not fit the target");
        says(() -> Toys.adding(20).score(new Sequence(20, 3, 1), Toys.adding(20).batch(2, new SplitMix(5))), "does not fit the target");
    }

    /** Nothing stands between the sentences of a stream, and each is one of recall, drawn in turn. */
    @Test void aStreamIsSentencesInARow() {
        Batch stream = Toys.recallStream(2, 3).batch(5, new SplitMix(8));
        SplitMix same = new SplitMix(8);
        assertEquals(9, stream.x().T);
        for (int k = 0; k < 3; k++) {
            Batch sentence = Toys.recall(2).batch(5, same);
            for (int t = 0; t < 3; t++) {
                assertEquals(0, stream.x().at(3 * k + t).maxDifference(sentence.x().at(t)), "word " + t + " of sentence " + k);
                assertEquals(0, stream.d().at(3 * k + t).maxDifference(sentence.d().at(t)));
                assertEquals(0, stream.mask().at(3 * k + t).maxDifference(sentence.mask().at(t)));
            }
        }
    }

    /** A string that is asked for by its length has the symbols and targets of one that was drawn. */
    @Test void aStringOfOneLength() {
        for (int n : new int[] {1, 2, 7}) {
            Batch string = Counting.string(n);
            assertEquals("S" + "a".repeat(n) + "b".repeat(n), text(past(string.x(), 0, 2 * n), Counting.symbols()));
            Case counting = cases().get("counting");
            assertEquals(1, Toys.counting(n).score(read(counting.task, counting.reader, string), string));
            assertEquals(2 * n + 1, string.x().T);
        }
    }

    /** A reader that takes every string for one of at most so many letters a is right up to there. */
    @Test void theReachEndsAtTheFirstStringThatIsWrong() {
        Reader right = cases().get("counting").reader;
        for (int limit : new int[] {1, 5, 6, 9}) {                        // 6: only the last string that is tried is wrong
            Reader short_ = (past, y) -> {
                right.read(past, y);
                y[3] = past.length > 2 * limit + 1 ? 1 - y[3] : y[3];
            };
            assertEquals(Math.min(limit, 7), Counting.reach(x -> read(Toys.counting(7), short_, new Batch(x, x, null)), 7));
        }
        assertEquals(0, Counting.reach(x -> new Sequence(x.T, x.B, x.F), 7));
    }

    @Test void badSizesAreRefused() {
        says(() -> Counting.string(0), "0 letters a");
        says(() -> Toys.recallStream(-1, 2), "gap of -1");
        says(() -> Toys.recallStream(3, 0), "0 sentences");
        says(() -> Toys.parity(0), "T = 0");
        says(() -> Toys.recall(-1), "gap of -1");
        says(() -> Toys.echo(3, 3), "T = 3", "3 steps back");
        says(() -> Toys.echo(3, -1), "-1 steps back");
        says(() -> Toys.elmanXor(0), "T = 0");
        says(() -> Toys.adding(3), "T = 3", "at least 4");
        says(() -> Toys.copying(0, 1), "0 symbols");
        says(() -> Toys.copying(1, -1), "gap of -1");
        says(() -> Toys.temporalOrder(9), "T = 9", "at least 10");
        says(() -> Toys.counting(0), "at most 0");
        says(() -> Toys.movingDots(0), "T = 0");
        for (Case c : cases().values()) {
            says(() -> c.task.batch(0, new SplitMix(1)), "at least 1");
        }
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
