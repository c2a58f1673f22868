package unrolled.course.lesson02;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 02: who gave networks a memory, and what did each get wrong? */
public final class Lesson02 implements Lesson {

    @Override public int number() {
        return 2;
    }

    @Override public String title() {
        return "A short history";
    }

    @Override public int minutes() {
        return 110;
    }

    private static final Exercise<?> WIDTH = Exercise.number("2.1", "How wide?", 7)
        .mistake(6, "6 steps ago and the present one: count both ends. With `lag` 0 alone a window of 1 is needed.")
        .mistake(3, "three inputs matter, but a window has no holes: all the steps between them lie in it, too.")
        .mistake(8, "one too many. The window begins with the present step: with `lag` 1 it needs 2 steps.")
        .mistake(2, "the answer needs all three inputs; the oldest one decides.")
        .mistake(9, "the lags are not added: the window that reaches the oldest input holds the others as well.")
        .mistake(5, "from 2 to 6 steps ago there are 5 steps; but the present input matters, too, and so does the one between.")
        .mistake(4, "the distance between 2 and 6 is not asked: the window begins with the present step.")
        .mistake(1, "a window of 1 sees the present input only.")
        .hints("A window of 1 sees lag 0 only. What does a window of 2 see?", "The oldest input decides: lag 6. How many steps are 0, 1, ... 6?")
        .solution("double width = 6 + 1;", "The lags 0, 1, ... 6 are seven steps. A window has no holes.");

    private static final double[][] SERIES = {{1, 2, 3, 4, 5}, {7, -1, 7, 0.5}, {3, 8}, {5, 6, 9}, {2}};
    private static final int[] LENGTHS = {3, 2, 4, 1, 2};

    @SuppressWarnings("rawtypes")
    private static final Exercise<?> ROWS = Exercise.<BiFunction>function("2.2", "Build the rows", BiFunction.class, Lesson02::probed,
            (s, n) -> rows((double[]) s, (Integer) n, 0))
        .inputs(named())
        .mistake((s, n) -> reversed(rows((double[]) s, (Integer) n, 0)), "your rows are turned round: `s[t]` stands first, the oldest number last.")
        .mistake((s, n) -> rows((double[]) s, (Integer) n, 1), "your window begins one step too late: it must hold the present number, `s[t]`, first.")
        .mistake((s, n) -> rows((double[]) s, (Integer) n, -1), "your window sees the future: row t may hold `s[t]` and what came before, "
            + "not `s[t+1]`.")
        .mistake((s, n) -> ahead((double[]) s, (Integer) n), "your window looks forward: `s[t]`, `s[t+1]`, ... It must look back: `s[t-1]`.")
        .mistake((s, n) -> repeated((double[]) s, (Integer) n), "before the first step the window sees 0, not the first number again.")
        .mistake((s, n) -> round((double[]) s, (Integer) n), "before the first step the window sees 0, not the end of the series.")
        .mistake((s, n) -> rows((double[]) s, (Integer) n + 1, 0), "one number too many in each row: a window of n holds n numbers, `s[t]` "
            + "among them.")
        .mistake((s, n) -> fullOnly((double[]) s, (Integer) n), "the first rows are empty: a row that reaches back before the first step still "
            + "holds what there is, `s[t]` first, and 0 only for the rest.")
        .mistake((s, n) -> withoutFirst((double[]) s, (Integer) n), "`s[0]` never gets into your rows: the step t - k = 0 exists, too. Only below 0 "
            + "there is nothing.")
        .mistake((s, n) -> fromFull((double[]) s, (Integer) n), "the first rows are missing: one row for each step, also where the window still "
            + "reaches back before the first one.")
        .mistake((s, n) -> rows((double[]) s, (Integer) n - 1, 0), "one number too few in each row: a window of n holds n numbers, `s[t]` among "
            + "them.")
        .mistake((s, n) -> transposed(rows((double[]) s, (Integer) n, 0)), "your array is lying on its side: one row for each step, n numbers in "
            + "it.")
        .hints("Two loops: t over the steps, k from 0 to n - 1. Row t, place k holds the number of k steps ago. When does it exist?",
            "`rows[t][k] = t - k < 0 ? 0 : s[t - k];`")
        .solution("""
            BiFunction<double[], Integer, double[][]> rowsOf = (s, n) -> {
                double[][] rows = new double[s.length][n];
                for (int t = 0; t < s.length; t++) {
                    for (int k = 0; k < n; k++) {
                        rows[t][k] = t - k < 0 ? 0 : s[t - k];
                    }
                }
                return rows;
            };
            """, "Place k of row t holds the number of k steps ago; before the first step it is 0.")
        .setup("import java.util.function.BiFunction;");

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static double[] probed(BiFunction f) {
        Object[] tables = new Object[SERIES.length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = f.apply(SERIES[i].clone(), LENGTHS[i]);
        }
        return Exercise.numbers(tables);
    }

    private static String[] named() {
        return java.util.stream.IntStream.range(0, SERIES.length).boxed().flatMap(i -> java.util.stream.IntStream.range(0, SERIES[i].length)
            .boxed().flatMap(t -> java.util.stream.IntStream.range(0, LENGTHS[i]).mapToObj(k -> "s = " + Arrays.toString(SERIES[i]) + ", n = "
                + LENGTHS[i] + ", row " + t + ", place " + k))).toArray(String[]::new);
    }

    /** Row t, place k: the number of k + shift steps ago, 0 where there is none. */
    private static double[][] rows(double[] s, int n, int shift) {
        double[][] rows = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                int i = t - k - shift;
                rows[t][k] = i < 0 || i >= s.length ? 0 : s[i];
            }
        }
        return rows;
    }

    private static double[][] fullOnly(double[] s, int n) {
        double[][] rows = rows(s, n, 0);
        for (int t = 0; t < Math.min(n - 1, s.length); t++) {
            rows[t] = new double[n];
        }
        return rows;
    }

    private static double[][] withoutFirst(double[] s, int n) {
        double[] rest = s.clone();
        rest[0] = 0;
        return rows(rest, n, 0);
    }

    private static double[][] fromFull(double[] s, int n) {
        return Arrays.copyOfRange(rows(s, n, 0), Math.min(n, s.length) - 1, s.length);
    }

    private static double[][] ahead(double[] s, int n) {
        double[][] rows = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                rows[t][k] = t + k < s.length ? s[t + k] : 0;
            }
        }
        return rows;
    }

    private static double[][] repeated(double[] s, int n) {
        double[][] rows = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                rows[t][k] = s[Math.max(0, t - k)];
            }
        }
        return rows;
    }

    private static double[][] round(double[] s, int n) {
        double[][] rows = new double[s.length][n];
        for (int t = 0; t < s.length; t++) {
            for (int k = 0; k < n; k++) {
                rows[t][k] = s[Math.floorMod(t - k, s.length)];
            }
        }
        return rows;
    }

    private static double[][] reversed(double[][] rows) {
        double[][] turned = new double[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            int n = rows[t].length;
            turned[t] = new double[n];
            for (int k = 0; k < n; k++) {
                turned[t][k] = rows[t][n - 1 - k];
            }
        }
        return turned;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] lying = new double[rows[0].length][rows.length];
        for (int t = 0; t < rows.length; t++) {
            for (int k = 0; k < lying.length; k++) {
                lying[k][t] = rows[t][k];
            }
        }
        return lying;
    }

    private static final Exercise<?> BEST = Exercise.number("2.3", "The best reader", 0.625).tolerance(0.0006)
        .mistake(2.0 / 3, "this is right for Elman's stream. Here only one bit of four can be known.")
        .mistake(0.5, "this is a guesser. One bit of four can be known for certain.")
        .mistake(0.25, "a quarter of the bits can be known. But of the others, guesses are right, too: half of them.")
        .mistake(1, "three bits of four are random: nobody can know them.")
        .mistake(0.75, "three quarters of the bits are random; the best reader is right at all of the fourth bits and at half of the others.")
        .mistake(0.375, "these are the right guesses at the random bits. Those at the fourth bits are missing: all of them are right.")
        .mistake(0.875, "is the fourth bit the random one? It is the other way round: three random bits, one that is known.")
        .mistake(62.5, "the right number, in percent. The share is between 0 and 1.")
        .hints("Of four bits in a row, how many are known for certain? And how many of the others are guessed right?",
            "One of four is always right; three of four are right half of the time.")
        .solution("double best = 1.0 / 4 * 1 + 3.0 / 4 * 0.5;", "A quarter of the bits is known, three quarters are guessed: 0.25 + 0.375 = 0.625.");

    private static final Exercise<?> CAN = Exercise.vector("2.4", "What can it say?", 1, 0, 1, 1, 0, 0)
        .inputs("task 1, the present bit", "task 2, one step ago", "task 3, a 1 so far", "task 4, zeros odd", "task 5, the last two equal",
            "task 6, divided by 3")
        .mistake(new double[] {1, 1, 1, 1, 0, 0}, "look at 2 again: its last answer was the bit of two steps ago, if it was right. Where does "
            + "it find the one between?")
        .mistake(new double[] {1, 0, 1, 1, 1, 0}, "look at 5 again: its last answer says whether two bits were equal, not which bit the last "
            + "one was.")
        .mistake(new double[] {1, 0, 1, 1, 0, 1}, "look at 6 again: after \"no\" the remainder may be 1 or 2, and these must be answered "
            + "differently after the next 1.")
        .mistake(new double[] {1, 0, 1, 0, 0, 0}, "look at 4 again: from the last answer and the present bit the new answer follows: a 0 turns "
            + "it round, a 1 leaves it.")
        .mistake(new double[] {1, 0, 1, 0, 1, 0}, "look at 4 and 5 again. 4: a 0 turns the last answer round, a 1 leaves it. 5: the last answer "
            + "does not say which bit came.")
        .mistake(new double[] {1, 0, 0, 1, 0, 0}, "look at 3 again: if the last answer is yes, it stays yes.")
        .mistake(new double[] {0, 0, 1, 1, 0, 0}, "look at 1 again: it needs no memory at all.")
        .mistake(new double[] {1, 1, 1, 1, 1, 0}, "look at 2 and 5 again: both need the bit of one step ago. Does the last answer tell it?")
        .mistake(new double[] {1, 1, 1, 1, 1, 1}, "not all: in three of the six tasks something must be remembered that the answer does not say.")
        .mistake(new double[] {0, 1, 0, 0, 1, 1}, "yes and no are exchanged: 1 means that it can.")
        .mistake(new double[6], "look at 1 again: it needs no memory at all. And a network that has its last answer can do more than that.")
        .mistake(new double[] {1, 0, 0, 0, 0, 0}, "it has a memory: its last answer. In which tasks does the new answer follow from the last "
            + "one and the present bit?")
        .hints("For each task: does the new answer follow from the last right answer and the present bit?",
            "Three of the six do: 1 (no memory needed), and two more. For the others find two pasts with the same last answer, which need "
            + "different answers now.")
        .solution("double[] can = {1, 0, 1, 1, 0, 0};", "1: the bit itself. 3: last answer or bit. 4: turn round at a 0. For 2 and 5 the last bit "
            + "is needed, and the last answer does not tell it. For 6 there are three remainders, and the answer has two values.");

    private static final Exercise<?> SOON = Exercise.number("2.5", "How soon?", 13)
        .mistake(12, "after 12 steps it is 0.7^12 = 0.0138, still above 1 %.")
        .mistake(Math.log(0.01) / Math.log(0.7), "the right equation. Steps are whole numbers: after which one is it below 1 %?")
        .mistake(14, "it is below 1 % one step earlier.")
        .mistake(4, "0.3 is not taken away at each step; what is left is multiplied by 0.7.")
        .mistake(3, "after 3 steps 0.343 is left: 0.3 is not taken away each time, what is left is multiplied by 0.7.")
        .mistake(Math.pow(0.7, 13), "this is the share that is left. After how many steps?")
        .mistake(70, "0.7 divided by 0.01; but it is multiplied by 0.7 at each step: 0.7 · 0.7 · 0.7 ...")
        .mistake(7, "after 7 steps it is below 10 %, not 1 %.")
        .hints("After 2 steps it is 0.49, after 3 steps 0.343. Go on, in a loop.", "Which is the first n with `Math.pow(0.7, n) < 0.01`?")
        .solution("""
            double steps = 0;
            for (double left = 1; left >= 0.01; left *= 0.7) {
                steps++;
            }
            """, "0.7^12 = 0.0138 and 0.7^13 = 0.0097.");

    private static final Exercise<?> AFTER = Exercise.vector("2.6", "One step of each", 0.5, -0.1, -0.25)
        .inputs("LSTM of 1997", "LSTM with forget gate", "GRU")
        .mistake(new double[] {0.5, -0.1, 0.45}, "the GRU: z_t is the share of the old value that is kept; you gave it to the new one.")
        .mistake(new double[] {0.2, -0.1, -0.25}, "the LSTM of 1997: the new value goes through the input gate, -0.6 times 0.5.")
        .mistake(new double[] {0.5, 0.5, -0.25}, "the forget gate: the old value is multiplied by f_t before anything is added.")
        .mistake(new double[] {0.1, -0.1, -0.25}, "the LSTM of 1997 keeps its whole old value: 0.8, not 0.8 times a gate.")
        .mistake(new double[] {-0.1, -0.1, -0.25}, "the LSTM of 1997 has no forget gate: its old value stays whole.")
        .mistake(new double[] {0.5, 0.3, -0.25}, "f_t is the share that stays; you took 1 - f_t.")
        .mistake(new double[] {1.1, 0.5, 0.65}, "the sign: the new value is -0.6.")
        .mistake(new double[] {0.5, -0.1, -0.4}, "the GRU: the new value is multiplied by 1 - z_t.")
        .mistake(new double[] {0.5, -0.1, 0.05}, "the GRU: the share of the new value is 1 - z_t, not z_t.")
        .mistake(new double[] {0.5, -0.4, -0.25}, "the LSTM of 2000 has the input gate as well: -0.6 times 0.5.")
        .hints("Put the numbers into the three lines of the table.",
            "1997: 0.8 + 0.5 · (-0.6). 2000: 0.25 · 0.8 + 0.5 · (-0.6). GRU: 0.25 · 0.8 + 0.75 · (-0.6).")
        .solution("double[] after = {0.8 + 0.5 * -0.6, 0.25 * 0.8 + 0.5 * -0.6, 0.25 * 0.8 + 0.75 * -0.6};",
            "0.5, -0.1 and -0.25. The first cell has kept the old value whole; the others have let most of it go.");

    private static final Exercise<?> WHY = Exercise.choice("2.7", "A window that sees too far", "c",
            "it has learned all its training sequences by heart", "its hidden layer has kept the bit for two steps more",
            "in his sequences the old bit comes again, inside the window", "his test asks only at steps at which chance is near 1")
        .mistake("a", "even a network that has done so must recognise the sequence, and it sees five bits of it. Ask how five bits can tell the "
            + "one of 7 steps ago: look along one line of his inputs.")
        .mistake("b", "the hidden layer of a TDNN is computed anew from the window at each step: nothing is kept.")
        .mistake("d", "both answers come equally often in data like his; on such steps a guesser is right half of the time.")
        .hints("Read one of his three lines aloud. What do you notice after some steps?", "Compare each bit with the one 4 steps before.")
        .solution("String why = \"c\";", "His sequences repeat after 4 steps. So the bit of 7 steps ago is also the bit of 3 steps ago, and that one "
            + "lies in the window of 5.");

    private static final Exercise<?> SMALLEST = Exercise.number("2.8", "The smallest window", 4)
        .mistake(3, "the bit of 3 steps ago is the fourth in the window: the present one counts as well.")
        .mistake(5, "that is his window, and it is enough. A smaller one is enough, too.")
        .mistake(8, "this would be needed for random bits. His sequences repeat.")
        .mistake(7, "his sequences repeat: the same bit comes again later. When does it come for the last time?")
        .mistake(1, "the present bit tells nothing about the one of 7 steps ago: they stand at different places of the pattern.")
        .mistake(2, "is the bit of 7 steps ago equal to that of one step ago? The pattern has 4 bits, not 3 or 2.")
        .hints("The pattern has 4 bits: x_{t-7} = x_{t-3}.", "Which window reaches lag 3?")
        .solution("double smallest = 7 % 4 + 1;", "7 steps ago is, in a pattern of 4, the same as 3 steps ago; lag 3 needs a window of 4.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(WIDTH, ROWS, BEST, CAN, SOON, AFTER, WHY, SMALLEST);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("2.p1", "The window of 5 at lag 4 and at lag 5: what shares of right answers?", "c",
                "both about 1.0: it learns to look one step further", "about 1.0 at lag 4, and about 0.8 at lag 5",
                "about 1.0 at lag 4, and about 0.5 at lag 5")
                .usualMistake("One expects that a network gets worse little by little. But the bit of 5 steps ago does not lie in the window, so "
                    + "the network has nothing to work with. No training brings back what is not in the input."),
            Prediction.of("2.p2", "Two hidden units, today's way: how many of 30 starts converge?", "c",
                "24 or more", "16 to 23", "15 or fewer")
                .usualMistake("Two units are enough to hold the answer, so one expects that training finds it. It often gets stuck half way: "
                    + "larger networks have more ways to a solution, even where they need none of the additional units."),
            Prediction.of("2.p3", "Ten Jordan networks learn the echo of 2 steps ago. What is their mean share?", "b",
                "below 0.55: about chance", "from 0.55 to 0.90", "above 0.90: about solved")
                .usualMistake("With a clear 0 or 1 coming back, little more than chance is possible. But the output is a number between -1 and 1, "
                    + "and its size can carry a trace of another bit. Still it is not enough to be right."),
            Prediction.of("2.p4", "A wait of 40 words: which cell solves it from the most starts?", "a",
                "the LSTM of 1997, which has no forget gate", "the LSTM of 2000, which has a forget gate",
                "the GRU of 2014, which has one gate for both")
                .usualMistake("Later inventions are not better at everything. A cell that cannot forget keeps what it has, from its first day; a "
                    + "cell with a forget gate must first learn to keep."));
    }
}
