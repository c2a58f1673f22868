package unrolled.course.lesson08;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import unrolled.course.Cell;
import unrolled.course.Cells;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;

/** Lesson 08: what changes when the hidden layer comes back? */
public final class Lesson08 implements Lesson {

    @Override public int number() {
        return 8;
    }

    @Override public String title() {
        return "The recurrent network";
    }

    @Override public int minutes() {
        return 120;
    }

    private static final Exercise<?> UNIT = Exercise.number("8.1", "A single unit with memory", Math.tanh(0.6)).rounded(4)
        .mistake(Math.tanh(1.3), "this unit has no memory: the term with h_{t-1} is missing.")
        .mistake(Math.tanh(-0.4), "the input is missing: 0.5 times 2 belongs into the sum.")
        .mistake(Math.tanh(0.3), "the bias 0.3 is missing.")
        .mistake(0.6, "this is the sum. It still has to go through `tanh`.")
        .mistake(Math.tanh(2), "the weight of the old value is -1, so 0.7 is subtracted, not added.")
        .mistake(Math.tanh(0.7 * 0.5 - 2 + 0.3), "the weights are exchanged: 0.5 belongs to the input, -1 to the old value.")
        .mistake(Math.tanh(0.5 * 0.7 - 0.7 + 0.3), "the old value is not the input: the input is 2.")
        .mistake(Math.tanh(1.3 - Math.tanh(0.7)), "h_{t-1} = 0.7 has been through `tanh` at its own step; it goes in as it is.")
        .mistake(Math.tanh(1.6), "the weight of the input is missing: 2 goes in times 0.5.")
        .mistake(Math.tanh(0), "the sign of the bias: 0.3 is added.")
        .mistake(Math.tanh(0.3) + 0.3, "the bias belongs inside of `tanh`, into the sum.")
        .mistake(Math.tanh(1.3) - 0.7, "the old value belongs inside of `tanh`, into the sum.")
        .mistake(1 / (1 + Math.exp(-0.6)), "this is the sigmoid of the sum; the activation here is `tanh`.")
        .hints("Three terms in the sum: input times its weight, old value times its weight, bias.",
            "2 · 0.5 + 0.7 · (-1) + 0.3 = 0.6. And then?")
        .solution("double ht = Math.tanh(2 * 0.5 + 0.7 * -1 + 0.3);", "The sum is 1 - 0.7 + 0.3 = 0.6, and tanh 0.6 = 0.5370.");

    // The network of the notebook: one input, two units.
    private static final double[] Wx = {0.8, -0.5}, b = {0.1, 0.0};
    private static final double[][] Wh = {{0.4, 0.3}, {-0.6, 0.2}};
    private static final double[][] Wh_T = {{0.4, -0.6}, {0.3, 0.2}};
    private static final double[] NONE = {0, 0};

    private static double[] sums(double x, double[] before, double[][] Wh) {
        double[] a = new double[2];
        for (int j = 0; j < 2; j++) {
            a[j] = x * Wx[j] + before[0] * Wh[0][j] + before[1] * Wh[1][j] + b[j];
        }
        return a;
    }

    private static double[] step(double x, double[] before) {
        return activated(sums(x, before, Wh));
    }

    private static double[] activated(double[] a) {
        return new double[] {Math.tanh(a[0]), Math.tanh(a[1])};
    }

    private static final double[] h0 = step(1.0, NONE), h1 = step(0.5, h0), h2 = step(0.5, h1), h3 = step(-1.0, h2);

    private static final Exercise<?> FOURTH = Exercise.vector("8.2", "The fourth step", h3).rounded(4)
        .mistake(activated(sums(-1.0, h2, Wh_T)), "Wh is transposed: into unit j lead the weights `Wh[0][j]` and `Wh[1][j]`, a column.")
        .mistake(step(-1.0, NONE), "the memory is missing: this is what a fresh network, with h = 0, makes of the input -1.")
        .mistake(step(-1.0, h1), "this goes on from h1. The state before step 3 is h2.")
        .mistake(step(-1.0, h0), "this goes on from h0. The state before step 3 is h2.")
        .mistake(step(0.5, h2), "the input of step 3 is -1, not 0.5.")
        .mistake(step(1.0, h2), "the sign of the input: x_3 is -1.")
        .mistake(sums(-1.0, h2, Wh), "these are the sums; `tanh` is missing.")
        .mistake(new double[] {Math.tanh(-0.8 + h2[0] * 0.4 - h2[1] * 0.6), h3[1]}, "the bias of unit 1 is missing.")
        .mistake(new double[] {h3[0], Math.tanh(0.5 + h3[0] * 0.3 + h2[1] * 0.2)},
            "unit 2 has used the new value of unit 1. Both units read the old state, h2.")
        .mistake(new double[] {Math.tanh(-0.8 + h2[0] * 0.4 + 0.1), Math.tanh(0.5 + h2[1] * 0.2)},
            "each unit hears only itself. Every unit reads the old values of all units.")
        .hints("The same two lines as in step 1, with x = -1 and the old state h2.",
            "Unit 1: `Math.tanh(-1 * 0.8 + h2[0] * 0.4 + h2[1] * -0.6 + 0.1)`. Unit 2 uses the second column of Wh.")
        .solution("""
            double[] h3 = new double[2];
            for (int j = 0; j < 2; j++) {
                h3[j] = Math.tanh(-1.0 * Wx[j] + h2[0] * Wh[0][j] + h2[1] * Wh[1][j] + b[j]);
            }
            """, "Both units read the same input and the same old state h2, each with its own column of weights.")
        .setup("""
            double[] Wx = {0.8, -0.5}, b = {0.1, 0.0};
            double[][] Wh = {{0.4, 0.3}, {-0.6, 0.2}};
            double[] step(double x, double[] before) {
                double[] h = new double[2];
                for (int j = 0; j < 2; j++) { h[j] = Math.tanh(x * Wx[j] + before[0] * Wh[0][j] + before[1] * Wh[1][j] + b[j]); }
                return h;
            }
            double[] h0 = step(1.0, new double[2]), h1 = step(0.5, h0), h2 = step(0.5, h1);
            """);

    private static final double[][] SIZES = {{1, 3, 4, 2}, {9, 3, 4, 2}, {10, 1, 8, 1}, {7, 5, 2, 6}, {25, 6, 9, 3}};

    private static final Exercise<?> SIZE = Exercise.function("8.3", "How many parameters?", SizeFormula.class,
            f -> Arrays.stream(SIZES).mapToDouble(s -> f.of(s[0], s[1], s[2], s[3])).toArray(),
            (T, D, H, K) -> D * H + H * H + H + H * K + K)
        .inputs("T = 1, D = 3, H = 4, K = 2", "T = 9, D = 3, H = 4, K = 2", "T = 10, D = 1, H = 8, K = 1", "T = 7, D = 5, H = 2, K = 6",
            "T = 25, D = 6, H = 9, K = 3")
        .mistake((T, D, H, K) -> T * (D * H + H * H + H + H * K + K),
            "right for one step, but the weights are shared: a hundred steps use the same ones.")
        .mistake((T, D, H, K) -> D * H + H * H + H * K, "these are the weights; the biases b (H numbers) and by (K numbers) are missing.")
        .mistake((T, D, H, K) -> T * (D * H + H * H + H * K), "these are the multiplications of T steps. Here we count the numbers that "
            + "are learned.")
        .mistake((T, D, H, K) -> D * H + H + H * K + K, "this is a feedforward network: Wh is missing.")
        .mistake((T, D, H, K) -> D * H + H + H + H * K + K, "Wh leads from each unit to each unit: H · H numbers, not H.")
        .mistake((T, D, H, K) -> D * H + H * H + H, "this is the Elman layer. The output layer learns, too: Wy and by.")
        .mistake((T, D, H, K) -> D * H + H * H + H + H * K, "the bias of the output, by, is missing.")
        .mistake((T, D, H, K) -> D * H + H * H + H * K + K, "the bias of the hidden units, b, is missing.")
        .mistake((T, D, H, K) -> D * H + H * H + 2 * H + H * K + K,
            "H numbers too many. Did you count h_{-1}? It is given, not learned. Or two biases for the hidden units, as some libraries "
            + "have them? Ours has one, because two of them only add up.")
        .mistake((T, D, H, K) -> T * D * H + H * H + H + H * K + K, "Wx is shared, too: all steps use the same D · H numbers.")
        .mistake((T, D, H, K) -> T * D * H + H + H * K + K, "this is the feedforward network that reads all T steps at once.")
        .mistake((T, D, H, K) -> D * H + H * H + H + H * K + K + H * K, "Wy is counted twice.")
        .mistake((T, D, H, K) -> D * H + T * H * H + H + H * K + K, "Wh is shared, too: all steps use the same H · H numbers.")
        .mistake((T, D, H, K) -> T * (D * H + H * H + H) + H * K + K, "the layer is counted anew for each step, but all steps use the same "
            + "Wx, Wh and b.")
        .mistake((T, D, H, K) -> D * H + H * H + H * K + 2, "each unit has a bias of its own: b has H numbers and by has K.")
        .mistake((T, D, H, K) -> D * H + K * H + H + H * K + K, "Wh leads from the hidden units to the hidden units, [H,H]; this is an "
            + "output that comes back.")
        .hints("Five arrays: Wx, Wh, b, Wy, by. Rows times columns of each.",
            "[D,H], [H,H], [1,H], [H,K] and [1,K]. None of them contains T.")
        .setup("import unrolled.course.SizeFormula;")
        .solution("SizeFormula parameters = (T, D, H, K) -> D * H + H * H + H + H * K + K;",
            "Wx has D·H numbers, Wh H·H, b H, Wy H·K and by K. T does not appear: all steps share them.");

    /** Two sequences for a cell, with a reset before each; the second twice. */
    private static final double[][] READINGS = {{1, 0.5, -2, 0}, {1, 1}, {1, 1}};

    private static double[] read(Cell cell) {
        cell.reset();                                           // a right cell may create its state here
        for (int t = 0; t < 30; t++) {
            cell.step(3);                                   // a cell whose state leaks comes to the same one, whatever it was
        }
        return Arrays.stream(READINGS).flatMapToDouble(sequence -> {
            cell.reset();
            return Arrays.stream(sequence).map(cell::step);
        }).toArray();
    }

    /** Returns the value of the step before. */
    private static Cell late() {
        Cell right = Cells.of(Lesson08::unit, true, true);
        double[] last = new double[1];
        return new Cell() {
            @Override public double step(double x) {
                double before = last[0];
                last[0] = right.step(x);
                return before;
            }

            @Override public void reset() {
                right.reset();
                last[0] = 0;
            }
        };
    }

    /** Keeps the sum, and returns its tanh. */
    private static Cell sumAsState() {
        Cell sums = Cells.of((x, a) -> 0.8 * x + 0.5 * a - 0.1, true, true);
        return new Cell() {
            @Override public double step(double x) {
                return Math.tanh(sums.step(x));
            }

            @Override public void reset() {
                sums.reset();
            }
        };
    }

    /** Keeps the input of the step before in place of its own output. */
    private static Cell lastInput() {
        double[] last = new double[1];
        return new Cell() {
            @Override public double step(double x) {
                double h = unit(x, last[0]);
                last[0] = x;
                return h;
            }

            @Override public void reset() {
                last[0] = 0;
            }
        };
    }

    private static double unit(double x, double h) {
        return Math.tanh(0.8 * x + 0.5 * h - 0.1);
    }

    private static final Exercise<?> CELL = Exercise.function("8.4", "A cell of your own", Cell.class, Lesson08::read,
            Cells.of(Lesson08::unit, true, true))
        .inputs("step 0 of the 1st sequence", "step 1 of the 1st sequence", "step 2 of the 1st sequence", "step 3 of the 1st sequence",
            "step 0 of the 2nd sequence", "step 1 of the 2nd sequence", "step 0 of the 3rd sequence", "step 1 of the 3rd sequence")
        .mistake(Cells.of(Lesson08::unit, true, false),
            "the recurrence is lost: your cell answers as if h were 0 at each step. Is h a field, and does `step` store the new value in "
            + "it?")
        .mistake(Cells.of(Lesson08::unit, false, true),
            "the state leaks: after `reset` the next sequence still begins with the old h. Set it to 0 there.")
        .mistake(Cells.of((x, h) -> 0.8 * x + 0.5 * h - 0.1, true, true), "the activation is missing: h is the `tanh` of the sum.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x + 0.5 * h), true, true), "the bias -0.1 is missing.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x + 0.5 * h + 0.1), true, true), "the sign of the bias: it is -0.1.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.5 * x + 0.8 * h - 0.1), true, true), "the weights are exchanged: 0.8 for the input, 0.5 for "
            + "the memory.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x - 0.1) + 0.5 * h, true, true), "the memory belongs inside of `tanh`, with the input.")
        .mistake(sumAsState(), "the state is the sum before `tanh`. Store what has been through `tanh`, and return the same number.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x + 0.5 * Math.tanh(h) - 0.1), true, true), "`tanh` of the old h: it has been through "
            + "`tanh` at its own step, so it goes in as it is.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x - 0.5 * h - 0.1), true, true), "the sign of the memory: its weight is 0.5.")
        .mistake(Cells.of((x, h) -> Math.tanh(0.8 * x + h - 0.1), true, true), "the weight of the memory is missing: the old h goes in times 0.5.")
        .mistake(Cells.of((x, h) -> h + Math.tanh(0.8 * x + 0.5 * h - 0.1), true, true), "the new value is put in place of the old h, not added "
            + "to it: `=`, not `+=`.")
        .mistake(lastInput(), "you keep the old input. The cell must keep its own output, h.")
        .mistake(late(), "you return the old h. Compute the new one, store it, and return the new one.")
        .hints("The cell needs a field, `double h = 0;`, that outlives the call.",
            "In `step`: `h = Math.tanh(0.8 * x + 0.5 * h - 0.1); return h;`. And what must `reset` do to h?")
        .setup("import unrolled.course.Cell;")
        .solution("""
            class MyCell implements Cell {
                double h = 0;
                public double step(double x) {
                    h = Math.tanh(0.8 * x + 0.5 * h - 0.1);
                    return h;
                }
                public void reset() { h = 0; }
            }
            """, "The field h lives as long as the cell. On the right of = it is still the old value, on the left it is the new one.");

    private static final Exercise<?> START = Exercise.choice("8.7", "Another start", "b",
            "none of them", "all of them", "only the first one", "some, here and there")
        .mistake("a", "the start is not forgotten: with gain 10 the machine keeps its bit.")
        .mistake("c", "the second answer is computed from the state after the first. If that is turned round, what about the next?")
        .mistake("d", "the start does the same at each step. Compare, step by step, a run that starts with p = 0 and one that starts with p = 1.")
        .hints("What is p = (OR - AND)/2 for the pair (1, -1)?", "p = 1 means \"odd so far\". From there each 1 turns the answer round, "
            + "as ever.")
        .solution("String wrongAnswers = \"b\";", "(1, -1) says \"odd so far\": as if one 1 had come before the sequence. So every "
            + "answer is turned round. A wrong start is never repaired in this machine; it never forgets.");

    /** More steps than the exercise asks for: a unit that leaks ever so slowly is found out. */
    private static final int FOR_EVER = 100_000;

    /** ON (1), OFF (-1) or silence (0), and how many steps of silence to wait before looking. */
    private static final int[][] SWITCHING = {{0, 0}, {0, 3}, {-1, 0}, {0, 0}, {1, 0}, {0, 0}, {0, 59}, {0, FOR_EVER}, {-1, 0}, {0, 0},
        {0, 59}, {0, FOR_EVER}, {-1, 0}, {1, 0}, {1, 0}, {0, 39}, {-1, 0}, {1, 0}, {0, 1}, {-1, 0}, {-1, 0}, {1, 0}, {0, 1}, {1, 0}, {1, 0},
        {1, 0}, {-1, 0}, {0, 1}};

    /** Whether the unit is on (1) or off (-1) at each look. */
    private static double[] switched(double[] w) {
        if (w == null || Arrays.stream(w).anyMatch(Double::isNaN)) {
            return new double[] {Double.NaN};
        }
        if (w.length != 4) {
            throw Exercise.refusal("the latch needs 4 numbers: w_on, w_off, w_h and b, in this order; yours are " + w.length + ".");
        }
        double[] seen = new double[SWITCHING.length];
        double h = 0;
        for (int i = 0; i < seen.length; i++) {
            h = latch(w, SWITCHING[i][0], h);
            for (int wait = 0; wait < SWITCHING[i][1]; wait++) {
                h = latch(w, 0, h);
            }
            seen[i] = Math.abs(h) < 1e-6 ? 0 : Math.signum(h);
        }
        return seen;
    }

    private static double latch(double[] w, int button, double h) {
        return Math.tanh((button == 1 ? w[0] : button == -1 ? w[1] : 0) + w[2] * h + w[3]);
    }

    @SuppressWarnings("unchecked")
    private static final Class<Supplier<double[]>> FOUR = (Class<Supplier<double[]>>) (Class<?>) Supplier.class;

    private static Supplier<double[]> weights(double... w) {
        return () -> w.clone();
    }

    private static final Exercise<?> LATCH = Exercise.function("8.6", "Design a latch", FOUR, f -> switched(f.get()),
            weights(10, -10, 4, -1))
        .inputs("the first step, nothing pressed", "a later step, still nothing pressed", "OFF before any ON", "1 step later", "ON",
            "1 step after ON", "61 steps after ON", "100,000 steps after ON", "OFF", "1 step after OFF", "61 steps after OFF",
            "100,000 steps after OFF", "OFF again", "ON", "ON again", "40 steps after ON", "OFF", "ON at once after OFF", "2 steps after ON",
            "OFF", "OFF twice", "ON after OFF twice", "2 steps after that", "ON", "ON twice", "ON three times", "OFF after ON three times",
            "2 steps after that OFF")
        .mistake(weights(5, -5, 0, -1), "it goes off as soon as ON is released. Who holds it? The memory w_h · 1 must outweigh the bias.")
        .mistake(weights(5, -5, 0, 0), "with w_h = 0 nothing holds the value: after ON and OFF alike the sum is 0 again.")
        .mistake(weights(5, -5, 0.9, -0.05),
            "it is held for a moment, and then it leaks away. Make the memory steeper: a larger w_h.")
        .mistake(weights(10, -10, 1, -0.001),
            "it holds the value for some hundred steps and then loses it. A weight w_h of 1 does not hold a value, because `tanh` makes it a "
            + "little smaller at each step: w_h must be larger.")
        .mistake(weights(10, -2, 4, -1), "OFF is too weak: from the state 1 the sum w_off + w_h + b must be well below 0.")
        .mistake(weights(10, -10, 4, 5), "it is on before anybody has pressed ON, and OFF does not hold: b must be below 0, and small "
            + "beside w_h.")
        .mistake(weights(5, -5, 3, 0), "before the first ON the value is exactly 0: neither on nor off. Which of the four numbers "
            + "decides then?")
        .mistake(weights(8, -8, 3, 1), "it is on before anybody has pressed ON. With h = 0 and no input only the bias speaks.")
        .mistake(weights(10, 10, 4, -1), "OFF switches it on as well: w_off must be negative.")
        .mistake(weights(1, -1, 4, -1), "ON cannot switch it on: from the state -1 the sum w_on - w_h + b must be above 0.")
        .mistake(weights(10, -10, 10, -1), "ON is not stronger than the memory: from the state -1 the sum w_on - w_h + b must be above 0.")
        .mistake(weights(4, -4, 4, -1), "ON is not stronger than the memory and the bias together: from the state -1 the sum "
            + "w_on - w_h + b must be above 0.")
        .mistake(weights(10, 10, -4, -1), "OFF switches it on as well: w_off must be negative. And to hold a value, w_h must be positive.")
        .mistake(weights(5.2, -5, 4, -1), "ON is a little too weak: the value falls back when ON is released. From the state -1 the sum "
            + "w_on - w_h + b must be well above 0.")
        .mistake(weights(5, -5, -4, -1), "with a negative w_h the unit turns round from step to step; to hold a value, w_h must be "
            + "positive.")
        .mistake(weights(-10, 10, 4, -1), "ON and OFF are exchanged.")
        .hints("Write one condition for each case; the sum decides. Silent start: b < 0. Held on: w_h + b > 0. Held off: -w_h + b < 0. "
            + "And for the two buttons?",
            "ON from off: w_on - w_h + b > 0. OFF from on: w_off + w_h + b < 0. Make every sum at least 3 in size, then tanh is near -1 "
            + "or 1.")
        .solution("double[] latch = {10, -10, 4, -1};",
            "Start: -1 < 0. Held on: 4 - 1 = 3. Held off: -4 - 1 = -5. ON from off: 10 - 4 - 1 = 5. OFF from on: -10 + 4 - 1 = -7. Every "
            + "sum has the right sign and, but for the start, a size of at least 3, so each step repairs the value.");

    private static final Exercise<?> OVERLAP = Exercise.number("8.5", "Overlapping words", 3)
        .mistake(2, "you count words that do not overlap. The chain follows all beginnings at once: an a may end one word and begin the "
            + "next.")
        .mistake(1, "the chain does not stop after the first word.")
        .mistake(4, "these are the letters a. The first one has no `an` before it.")
        .mistake(5, "do you count beginnings, too? It fires only where `ana` has just been completed.")
        .mistake(0, "it does fire: b, a, n, a, and there the first `ana` has been completed.")
        .mistake(9, "it fires only where the word has just been completed, not at every letter.")
        .hints("Mark the letters at which `ana` has just been completed. May they share letters?",
            "banananas: `ana` ends at the letters number 4, 6 and 8.")
        .solution("double fires = 3;", "`ana` ends at the second, third and fourth a. Each a starts a march of its own, while the march "
            + "before it goes on.");

    private static final Exercise<?> COLLEAGUE_B = Exercise.choice("8.8", "Colleague B", "b",
            "the state is reset inside the loop over the steps",
            "the state is not reset between sequences: the second begins where the first one ended",
            "Wh is transposed", "the bias is missing")
        .mistake("a", "then a change of the first input could not reach the later outputs. Here it reaches all of them.")
        .mistake("c", "a wrong matrix is wrong in the same way each time: the second reading would agree with the first.")
        .mistake("d", "a missing bias is missing each time: the second reading would agree with the first.")
        .hints("Which of the two tests fails?", "The same sequence gives other outputs the second time. What can differ between two "
            + "readings?")
        .solution("String colleagueB = \"b\";", "Weights and inputs are the same at both readings, so only the start can differ. The "
            + "sequence has an odd number of ones; the second reading starts with \"odd\", and every answer is turned round.");

    @SuppressWarnings("unchecked")
    private static final Class<UnaryOperator<double[]>> NETWORK = (Class<UnaryOperator<double[]>>) (Class<?>) UnaryOperator.class;

    private static final double[][] BITS = {{1, 0, 1, 1, 0, 0, 1, 0}, {0, 0, 1}, {0, 0, 1}};

    private static UnaryOperator<double[]> leaking() {
        Colleague b = Colleague.named("B");
        return b::apply;
    }

    /** Slips while the loop is repaired: one array for all steps; y before the new state; the new state before unit 1 has read the old one. */
    private enum Slip { ONE_ARRAY, TOO_LATE, TOO_EARLY }

    private static double[] repaired(double[] bits, Slip slip) {
        double[] y = new double[bits.length], h = {0, 0}, next = new double[2];
        for (int t = 0; t < bits.length; t++) {
            double before = h[0] - h[1] - 1;
            next = slip == Slip.ONE_ARRAY ? next : new double[2];
            for (int j = 0; j < 2; j++) {
                next[j] = ParityUnits.step(bits[t], h)[j];
                h = slip == Slip.TOO_EARLY ? next : h;
            }
            h = next;
            y[t] = slip == Slip.TOO_LATE ? before : h[0] - h[1] - 1;
        }
        return y;
    }

    private static String[] named() {
        return Arrays.stream(BITS).flatMap(bits -> IntStream.range(0, bits.length).mapToObj(t -> "the bits "
            + Arrays.toString(Arrays.stream(bits).mapToInt(bit -> (int) bit).toArray()) + " at t = " + t)).toArray(String[]::new);
    }

    private static final Exercise<?> REPAIR = Exercise.function("8.9", "Repair the loop", NETWORK,
            f -> Exercise.numbers(Arrays.stream(BITS).map(s -> (Object) f.apply(s.clone())).toArray()),
            bits -> ParityUnits.run(bits, false, false, false))
        .inputs(named())
        .mistake(bits -> ParityUnits.run(bits, true, true, false), "nothing is repaired yet. Which row and which column of P belong to "
            + "unit j?")
        .mistake(bits -> ParityUnits.run(bits, false, true, false),
            "the matrix is right now. The second bug: when j = 1 is computed, h[0] already holds the new value.")
        .mistake(bits -> ParityUnits.run(bits, true, false, false),
            "both units read the old state now. The second bug: P is still transposed; the row says where an arrow starts.")
        .mistake(bits -> ParityUnits.run(bits, false, false, true),
            "these are the outputs of a network without memory. Is h created above the loop over t? Does it get the new values (`h = next`) "
            + "after the inner loop? And does unit j read h[0] times `P[0][j]` plus h[1] times `P[1][j]`?")
        .mistake(bits -> Arrays.stream(ParityUnits.run(bits, false, false, false)).map(v -> v > 0 ? 1 : 0).toArray(),
            "these are the answers odd and even; asked are the outputs y = h[0] - h[1] - 1.")
        .mistake(bits -> Arrays.stream(ParityUnits.run(bits, false, false, false)).map(v -> v + 1).toArray(),
            "the - 1 of y is missing: y = h[0] - h[1] - 1.")
        .mistake(bits -> repaired(bits, Slip.ONE_ARRAY), "right at first; but after `h = next` both names mean one array, and the units write "
            + "into the state that they read. Create `next` anew at each step, inside the loop over t.")
        .mistake(bits -> repaired(bits, Slip.TOO_LATE), "these outputs come one step late: y[t] must be computed after `h = next`.")
        .mistake(bits -> repaired(bits, Slip.TOO_EARLY), "`h = next` comes too early: it belongs after the inner loop, when both units have "
            + "read the old state.")
        .mistake(leaking(), "both bugs are gone, but the state leaks from one call to the next: h must be created inside the function.")
        .hints("`P[j][0]` is the weight from unit j to unit 0. Which one leads from unit 0 to unit j?",
            "Use `P[0][j]` and `P[1][j]`, write the new values into a second array, and put it in place of h after the inner loop.")
        .solution("""
            UnaryOperator<double[]> repaired = bits -> {
                double[] y = new double[bits.length], h = {0, 0};
                for (int t = 0; t < bits.length; t++) {
                    double[] next = new double[2];
                    for (int j = 0; j < 2; j++) {
                        next[j] = Math.tanh(10 * bits[t] + h[0] * P[0][j] + h[1] * P[1][j] + thresholds[j]);
                    }
                    h = next;
                    y[t] = h[0] - h[1] - 1;
                }
                return y;
            };
            """,
            "Into unit j lead the weights of column j. And all units must read the same old state: the new values need an array of their "
            + "own.")
        .setup("""
            double[][] P = {{5, 5}, {-5, -5}};
            double[] thresholds = {-5, -15};
            """);

    @Override public List<Exercise<?>> exercises() {
        return List.of(UNIT, FOURTH, SIZE, CELL, OVERLAP, LATCH, START, COLLEAGUE_B, REPAIR);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("8.p1", "At t = 1 and t = 2 the input is the same. Which output is larger?", "a",
                "y_1 is larger by more than 0.01", "y_2 is larger by more than 0.01", "they differ by at most 0.01")
                .usualMistake("Equal outputs are right for every feedforward network. Here the old state is an input as well. "
                    + "Which way it pushes, only the weights can say: the large first input has left a large h_0, and h_0 raises y_1."),
            Prediction.of("8.p2", "The window of three or the network with memory: which one makes fewer mistakes in finding the word cab?",
                "c", "the window, by 20 or more", "the memory, by 20 or more", "they differ by less than 20")
                .usualMistake("In a lesson on memory one expects memory to win. But the answer depends on the last three letters only, "
                    + "and the window holds exactly these. Before you reach for a recurrent network, ask how far back the answer lies."),
            Prediction.of("8.p3", "With gain 1.5, how many parity answers are right on 1000 steps?", "c",
                "90 % or more", "from 60 to 90 %", "less than 60 %")
                .usualMistake("Within one step only the sign would count. But the value itself goes into the next step, and there a 0.6 "
                    + "is not a 1. The losses add up from step to step, so a memory that is a little too soft is, after many steps, "
                    + "no memory at all."),
            Prediction.of("8.p4", "Forty networks learn parity on 4 steps. How many of them solve 500 steps?", "c",
                "28 or more", "14 to 27", "13 or fewer")
                .usualMistake("The weights are shared, so it is tempting to say that a rule for 4 steps is a rule for 500. But a network "
                    + "need not have found the rule. Over 4 steps a leaking memory is good enough, and nothing in the data speaks "
                    + "against it. Now and then one finds a steep solution all the same."));
    }
}
