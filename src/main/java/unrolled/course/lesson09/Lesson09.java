package unrolled.course.lesson09;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Lesson 09: how does the error travel back? */
public final class Lesson09 implements Lesson {

    @Override public int number() {
        return 9;
    }

    @Override public String title() {
        return "Backpropagation through time";
    }

    @Override public int minutes() {
        return 115;
    }

    private static final Exercise<?> KNOWN = Exercise.vector("9.1", "Know this already?", 0.2952, 0.108).rounded(4)
        .inputs("dWx", "dWh")
        .mistake(new double[] {0.18, 0.108}, "dWx lacks the share of step 0: x_0 has gone through the same Wx, and h_0 has gone on into h_1.")
        .mistake(new double[] {0.1152, 0.108}, "dWx lacks the share of step 1, x_1 da_1. Wx is used at both steps; the shares add up.")
        .mistake(new double[] {0.1476, 0.054}, "this is the mean of the two steps. The shares of a shared weight add up.")
        .mistake(new double[] {0.2952, 0.144}, "dWh pairs da_1 with the value that Wh multiplied at step 1: the old state h_0, not h_1.")
        .mistake(new double[] {0.36, 0.108}, "on the way from h_0 to its sum the slope 1 - h_0² = 0.64 is missing.")
        .mistake(new double[] {0.82, 0.3}, "the two slopes 1 - h² are missing.")
        .mistake(new double[] {0.4104, 0.108}, "on the way from step 1 to h_0 the error crosses Wh = 0.5.")
        .mistake(new double[] {0.108, 0.2952}, "these are dWh and dWx; the other order is asked for.")
        .mistake(new double[] {0.2952, 0.108 + 0.6 * 0.0576}, "at step 0 the old state is h_{-1} = 0, so dWh gets nothing there.")
        .mistake(new double[] {0.4176, 0.108}, "the inputs are exchanged: x_0 = 2 belongs to da_0, x_1 = 1 to da_1.")
        .mistake(new double[] {0.2952, 0}, "dWh lacks the share of step 1: there Wh multiplied h_0 = 0.6.")
        .mistake(new double[] {0.253728, 0.108}, "the slope 1 - h_0² is there twice: the error crosses the tanh of step 0 once.")
        .mistake(new double[] {0.14, 0.06}, "the slope of tanh is 1 - h², with the square; you took 1 - h.")
        .hints("Begin at the end: da_1 = (h_1 - target)(1 - h_1²). Then dh_0 = da_1 Wh, and da_0 = dh_0 (1 - h_0²).",
            "da_1 = 0.5 · 0.36 = 0.18 and da_0 = 0.18 · 0.5 · 0.64 = 0.0576. Each step gives a share x_t da_t to dWx and h_{t-1} da_t to dWh.")
        .solution("double[] shares = {1 * 0.18 + 2 * 0.0576, 0.6 * 0.18 + 0 * 0.0576};",
            "da_1 = 0.5 · 0.36 = 0.18; dh_0 = 0.18 · 0.5 = 0.09; da_0 = 0.09 · 0.64 = 0.0576. "
            + "dWx = x_1 da_1 + x_0 da_0 = 0.18 + 0.1152, and dWh = h_0 da_1 + h_{-1} da_0 = 0.108 + 0.");

    private static final Exercise<?> TWO = Exercise.number("9.2", "Two messages meet", -0.192).rounded(4)
        .mistake(-0.064, "this is the error of step t alone. The message of step t+1, da_{t+1} Wh, is missing.")
        .mistake(-0.128, "this is the message of step t+1 alone. The error of step t itself, dy_t Wy, is missing.")
        .mistake(-0.3, "this is dh_t. The way to the sum still crosses tanh: times 1 - h_t².")
        .mistake(0.064, "the sign: da_{t+1} Wh = 0.5 · (-0.4) is negative.")
        .mistake(-0.12, "the slope of tanh is 1 - h², with the square; you took 1 - h.")
        .mistake(-0.108, "the slope of tanh is 1 - h²; you took h².")
        .mistake(-0.256, "dy_t has to cross Wy = 0.5 on its way to h_t.")
        .mistake(0.256, "da_{t+1} has to cross Wh = -0.4 on its way to h_t.")
        .mistake(0.2112, "Wy and Wh are exchanged: dy_t comes through Wy, da_{t+1} through Wh.")
        .mistake(-0.072, "this is the slope of the sigmoid, h(1 - h). The unit has tanh: 1 - h².")
        .mistake(-0.14592, "da_{t+1} is already behind the slope of its own step; only the slope of step t, once, is to come.")
        .mistake(-0.096, "you took the mean of the two messages. Effects add up.")
        .mistake(-0.264, "the message, too, must cross the tanh of step t: first add, then multiply by 1 - h_t².")
        .mistake(-0.228, "the own error, too, must cross the tanh of step t: first add, then multiply by 1 - h_t².")
        .hints("Two ways lead from h_t to the loss: down through Wy, and on through Wh. Add what comes back on both.",
            "dh_t = -0.2 · 0.5 + 0.5 · (-0.4). Then da_t = dh_t (1 - 0.6²).")
        .solution("double daT = (-0.2 * 0.5 + 0.5 * -0.4) * (1 - 0.6 * 0.6);",
            "dh_t = -0.1 - 0.2 = -0.3, and the slope at h_t = 0.6 is 0.64.");

    private static final Exercise<?> ADD = Exercise.number("9.3", "Add up", -0.22)
        .rounded(4)
        .mistake(0.31, "you paired da_t with h_t. At step t the weight Wh multiplied the state before it, h_{t-1}.")
        .mistake(-0.12, "this is the share of step 2 alone. Wh was used at step 1 as well.")
        .mistake(-0.1, "this is the share of step 1 alone. Wh was used at step 2 as well.")
        .mistake(0, "this is the share of step 0, the last one that the way back computes: = where += is needed.")
        .mistake(-0.11, "you took the mean. The shares add up.")
        .mistake(-0.22 / 3, "you took the mean of three steps. The shares add up.")
        .mistake(0.02, "the sign of one share: h_0 da_1 = 0.5 · (-0.2) is negative, and so is h_1 da_2 = -0.4 · 0.3.")
        .mistake(0.04 - 0.06, "the shares are h_0 da_1 and h_1 da_2: the state of the step before, times da.")
        .mistake(-0.16, "before step 0 stands h_{-1} = 0, not the last state.")
        .mistake(-0.1608, "da_t is already behind the slope of tanh; do not multiply by 1 - h² again.")
        .hints("dWh = h_{-1} da_0 + h_0 da_1 + h_1 da_2.", "h_{-1} = 0, so the first share is 0. h_2 is not used at all.")
        .solution("double dWhSum = 0 * 0.1 + 0.5 * -0.2 + -0.4 * 0.3;", "0 - 0.1 - 0.12. The last state, h_2, has not gone through Wh yet.");

    // Two sequences, the first with a start that is not zero; D = 2, H = 3.
    private static final int D = 2, H = 3;
    private static final Matrix WX = Matrix.of(D, H, 0.5, -0.4, 0.3, 0.2, 0.6, -0.7);
    private static final Matrix WH = Matrix.of(H, H, 0.4, -0.9, 0.2, 0.8, 0.1, -0.5, -0.3, 0.7, 0.6);
    private static final Matrix B = Matrix.rowOf(0.1, -0.2, 0.05);
    private static final double[][][] X = {{{1, -0.5}, {0.3, 0.8}}, {{-0.6, 0.2}, {0.9, -1.1}}, {{0.4, 0.7}, {-0.2, 0.5}}, {{0.1, -0.9}, {0.6, 0.3}}};
    private static final Matrix START = Matrix.of(2, H, 0.3, -0.4, 0.2, -0.5, 0.1, 0.6);
    private static final double[][] READINGS = {{4, 1}, {1, 0}};

    private static double[] tried(StepBack back) {
        DoubleStream all = DoubleStream.empty();
        boolean touched = false;
        for (double[] reading : READINGS) {
            int T = (int) reading[0];
            OpenElman cell = new OpenElman(WX, WH, B, back);
            Sequence x = Sequence.timeFirst(Arrays.copyOf(X, T)), dy = new Sequence(T, 2, H);
            for (int t = 0; t < T; t++) {
                for (int j = 0; j < H; j++) {
                    dy.at(t).set(0, j, Math.sin(1 + 2 * t + j)).set(1, j, Math.cos(1 + t - 2 * j));
                }
            }
            if (reading[1] == 1) {
                cell.start(START);
            }
            cell.forward(x);
            double[] dx = Exercise.numbers(cell.backward(dy).all());
            double[] got = Exercise.numbers(cell.dWx, cell.dWh, cell.db, cell.dh.at(-1));
            touched |= Arrays.stream(got).anyMatch(v -> v != 0) || Arrays.stream(dx).anyMatch(v -> v != 0);
            all = DoubleStream.concat(all, DoubleStream.concat(Arrays.stream(got), Arrays.stream(dx)));
        }
        return touched ? all.toArray() : new double[] {Double.NaN};
    }

    private static String[] names() {
        List<String> names = new ArrayList<>();
        for (double[] reading : READINGS) {
            String where = reading[0] == 1 ? ", one step" : ", four steps";
            names(names, "dWx", D, H, where);
            names(names, "dWh", H, H, where);
            names(names, "db", 1, H, where);
            names(names, "dh of step -1", 2, H, where);
            names(names, "dx (made from your da)", (int) reading[0] * 2, D, where);
        }
        return names.toArray(new String[0]);
    }

    private static void names(List<String> names, String what, int rows, int cols, String where) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                names.add(what + "[" + i + "][" + j + "]" + where);
            }
        }
    }

    /** The right way back, with the slips that are named. */
    private static StepBack back(String... slips) {
        List<String> with = List.of(slips);
        return (t, c) -> {
            Matrix da = new Matrix(c.h.at(t).rows(), H).set(c.dh.at(t));
            if (with.contains("1 - h")) {
                da.times(new Matrix(da.rows(), H).fill(1).addScaled(-1, c.h.at(t)));
            } else if (with.contains("slope of a")) {
                da.timesTanhSlope(c.a.at(t));
            } else if (!with.contains("no slope")) {
                da.timesTanhSlope(c.h.at(with.contains("slope before") ? t - 1 : t));
            }
            if (with.contains("slope twice")) {
                da.timesTanhSlope(c.h.at(t));
            }
            if (!with.contains("da not stored")) {
                c.da.at(t).set(da);
            }
            if (with.contains("message set")) {
                c.dh.at(t - 1).fill(0);
            }
            if (!with.contains("no message") && !(t == 0 && with.contains("no start"))) {
                c.dh.at(t - 1).addDot(with.contains("message of dh") ? c.dh.at(t).copy() : da, with.contains("Wh") ? c.Wh : c.Wh.transposed());
            }
            if (with.contains("shares of dh")) {
                da = c.dh.at(t).copy();
            }
            if (with.contains("=")) {
                c.dWh.fill(0);
                c.dWx.fill(0);
                c.db.fill(0);
            }
            if (with.contains("dWh =")) {
                c.dWh.fill(0);
            }
            if (with.contains("dWx =")) {
                c.dWx.fill(0);
            }
            if (with.contains("db =")) {
                c.db.fill(0);
            }
            if (with.contains("dWh transposed")) {
                c.dWh.addDot(da.transposed(), c.h.at(t - 1));
            } else if (!with.contains("no dWh") && !(t == 0 && with.contains("no dWh at 0"))) {
                c.dWh.addDot(c.h.at(with.contains("h_t") ? t : t - 1).transposed(), da);
            }
            if (!with.contains("no dWx")) {
                c.dWx.addDot(c.x.at(with.contains("x before") ? t - 1 : t).transposed(), da);
            }
            if (!with.contains("no db")) {
                c.db.addRowsOf(da);
            }
        };
    }

    private static final Exercise<?> STEP = Exercise.function("9.4", "The way back", StepBack.class, Lesson09::tried, back())
        .inputs(names())
        .mistake(back("no slope"), "the slope of tanh is missing: da_t = dh_t ∘ (1 - h_t²).")
        .mistake(back("1 - h"), "the slope of tanh is 1 - h_t², with the square; you took 1 - h_t.")
        .mistake(back("slope twice"), "the slope 1 - h_t² is there twice: the error crosses the tanh of step t once.")
        .mistake(back("shares of dh"), "the message is right. The shares, too, are made from da_t, behind the slope, not from dh_t.")
        .mistake(back("no dWh at 0"), "nearly: step 0 leaves no share in dWh. The start h_{-1} need not be 0; step 0 is no exception.")
        .mistake(back("no start", "no dWh at 0"), "nearly: at step 0 the message and the share of dWh are missing. The start h_{-1} need not be 0; step 0 is no exception.")
        .mistake(back("slope of a"), "the slope is made from the sum a_t. It is 1 - h_t², with h_t, the value after tanh.")
        .mistake(back("slope before"), "the slope belongs to step t: 1 - h_t², not to the step before.")
        .mistake(back("Wh"), "the way back crosses the transposed matrix: dh_{t-1} += da_t Whᵀ.")
        .mistake(back("no message"), "every gradient stops at its own step: the message dh_{t-1} += da_t Whᵀ is missing, goes to another step, "
            + "or is sent before da_t is there.")
        .mistake(back("no start"), "nearly: the message of step 0 is missing. It goes to dh_{-1}, the gradient of the start; step 0 is no exception.")
        .mistake(back("dWx ="), "dWx is that of step 0 alone, the last one that the way back computes: `dot` overwrites, `addDot` adds.")
        .mistake(back("db ="), "db is that of step 0 alone, the last one that the way back computes: every step must add its share, +=.")
        .mistake(back("no message", "no dWh", "no dWx", "no db"), "da_t is there. Now the message, and the three shares.")
        .mistake(back("message set"), "the message has overwritten the error that step t-1 had of its own: += is needed there, too.")
        .mistake(back("message of dh"), "the message must be made from da_t, behind the slope, not from dh_t.")
        .mistake(back("="), "the three gradients are those of step 0 alone, the last one that the way back computes: every step must add its share, +=.")
        .mistake(back("dWh ="), "dWh is that of step 0 alone, the last one that the way back computes: every step must add its share, +=.")
        .mistake(back("h_t"), "off by one: at step t the matrix Wh multiplied the state before it, h_{t-1}.")
        .mistake(back("x before"), "off by one: at step t the matrix Wx multiplied x_t.")
        .mistake(back("dWh transposed"), "dWh is transposed: the row says where an arrow starts, so it is h_{t-1}ᵀ da_t.")
        .mistake(back("no dWh"), "dWh gets no share. What is the last line of the table?")
        .mistake(back("no dWx"), "dWx gets no share: x_tᵀ da_t is missing.")
        .mistake(back("no db"), "db gets no share: da_t is missing, one row a sequence.")
        .mistake(back("no dWh", "no dWx", "no db"), "the message travels back now. The three gradients of the weights have no share yet.")
        .mistake(back("da not stored"), "the weights are right. But da_t is not kept: write it into `cell.da.at(t)`, since dx is made from it.")
        .hints("Five lines, one for each line of the sums: da, the message, dWh, dWx, db. The first two are "
            + "`cell.da.at(t).set(cell.dh.at(t)).timesTanhSlope(cell.h.at(t));` and `cell.dh.at(t - 1).addDot(cell.da.at(t), cell.Wh.transposed());`.",
            "For dWh: `cell.dWh.addDot(cell.h.at(t - 1).transposed(), cell.da.at(t));`. dWx is the same with x_t; for db there is `addRowsOf`.")
        .setup("import unrolled.course.*;")
        .solution("""
            StepBack mine = (t, cell) -> {
                cell.da.at(t).set(cell.dh.at(t)).timesTanhSlope(cell.h.at(t));
                cell.dh.at(t - 1).addDot(cell.da.at(t), cell.Wh.transposed());
                cell.dWh.addDot(cell.h.at(t - 1).transposed(), cell.da.at(t));
                cell.dWx.addDot(cell.x.at(t).transposed(), cell.da.at(t));
                cell.db.addRowsOf(cell.da.at(t));
            };
            """, "The first two lines carry the error, the last three leave a share of it at the weights. `addDot` and `addRowsOf` add, which is the +=.");

    private static final Exercise<?> CELL = Exercise.number("9.5", "One cell by hand", 0.096).rounded(4)
        .mistake(0.072, "the last factor is the state that Wh multiplied at step k = 1: h_0, not h_1.")
        .mistake(0.2, "the three slopes 1 - h² of the steps 3, 2 and 1 are missing.")
        .mistake(0.15, "the slope of step 1 is missing: the error must cross the tanh of step 1 to reach its sum.")
        .mistake(0.128, "the slope of step 3 is missing: the error must cross the tanh of step 3 first.")
        .mistake(0.192, "from step 3 to step 1 the error crosses Wh twice.")
        .mistake(0.048, "from step 3 to step 1 the error crosses Wh twice, not three times.")
        .mistake(0.03456, "you went one step too far: the chain ends at the sum of step 1, before the slope of step 0.")
        .mistake(0.12, "the last factor, h_0, is missing: what Wh multiplied at step 1.")
        .mistake(0.384, "both factors Wh are missing.")
        .mistake(0, "1 - 0² is 1, not 0: at h = 0 the slope of tanh is largest.")
        .hints("Walk back from step 3 to step 1: slope, Wh, slope, Wh, slope. Then times what Wh multiplied at step 1.",
            "0.75 · 0.5 · 1 · 0.5 · 0.64 is da_1. And the last factor is h_0.")
        .solution("double part31 = 1 * 0.75 * 0.5 * 1 * 0.5 * 0.64 * 0.8;",
            "The slopes of the steps 3, 2, 1 are 0.75, 1 and 0.64; Wh is crossed twice; and at step 1 Wh multiplied h_0 = 0.8.");

    private static final double[][] CUTS = {{12, 3}, {12, 12}, {12, 1}, {100, 20}, {8, 4}};

    private static final Exercise<?> KEPT = Exercise.function("9.6", "What truncation leaves", DoubleBinaryOperator.class,
            f -> Arrays.stream(CUTS).mapToDouble(c -> f.applyAsDouble(c[0], c[1])).toArray(), (T, n) -> T * (n + 1) / 2)
        .inputs("T = 12, n = 3", "T = 12, n = 12", "T = 12, n = 1", "T = 100, n = 20", "T = 8, n = 4")
        .mistake((T, n) -> T * (T + 1) / 2, "this is the number without truncation. What is left of it when only blocks remain?")
        .mistake((T, n) -> n * (n + 1) / 2, "this is one block. There are T / n of them.")
        .mistake((T, n) -> T * n, "these are whole squares. In each block only the cells with k ≤ t are there: no loss looks back from before.")
        .mistake((T, n) -> T * n / 2, "half a square leaves out half of the diagonal. A block has n(n + 1)/2 cells.")
        .mistake((T, n) -> T * (n - 1) / 2, "the diagonal k = t is missing: each step has a cell with itself, too.")
        .mistake((T, n) -> T / n, "this is the number of blocks. How many cells has each?")
        .mistake((T, n) -> T * (T + 1) / 2 / n, "a cell between two blocks is gone altogether; what is left is not a share of everything.")
        .mistake((T, n) -> T * (n + 1), "this is twice the right number: a triangle is half of n(n + 1).")
        .mistake((T, n) -> T * (T + 1) / 2 - T * (n + 1) / 2, "these are the cells that are lost. Asked are those that are left.")
        .mistake((T, n) -> n * T - n * (n - 1) / 2, "this keeps a band: the last n steps of every t. But blocks have walls: the first step of a block sees only itself.")
        .hints("How many cells has one block of n steps? Draw n = 3.", "n(n + 1)/2 a block, and T / n blocks.")
        .solution("DoubleBinaryOperator entries = (T, n) -> T * (n + 1) / 2;",
            "Each of the T / n blocks is a triangle with n(n + 1)/2 cells. It grows with T, not with T².");

    private static final String[] BUGS = {"dWh = h_{t-1}ᵀ da_t, where += is needed", "dWh += h_tᵀ da_t, where h_{t-1} belongs",
        "dh_{t-1} = da_t Whᵀ, where += is needed", "the slope 1 - h_t² is missing", "the message da_t Whᵀ is missing"};

    private static final Exercise<?> COLLEAGUE_B = Exercise.choice("9.7", "Colleague B", "b", BUGS)
        .mistake("a", "then a single step would be right: there is only one share. Here dWh is wrong already at T = 1.")
        .mistake("c", "then db and dWx would suffer, too: they are made of the same da_t. Here they are right in every row.")
        .mistake("d", "then da would be wrong, and db with it. Here db is right in every row.")
        .mistake("e", "then db would be wrong as soon as an error has to travel. Here it is right in every row.")
        .hints("db is the sum of all da_t. It is right, so every da_t is. What else does dWh need?",
            "At T = 1 the right dWh is h_{-1}ᵀ da_0 = 0. B has something else there. So which h was taken?")
        .solution("String colleagueB = \"b\";", "All da are right, since db is. And with one step dWh must be 0, because h_{-1} is. "
            + "B has h_0ᵀ da_0 there: the state after the step in place of the state before it.");

    private static final Exercise<?> COLLEAGUE_C = Exercise.choice("9.8", "Colleague C", "c", BUGS)
        .mistake("a", "then db and dWx would stay right. Here they are wrong together with dWh.")
        .mistake("b", "then dWh would be wrong already at T = 1, and db never.")
        .mistake("d", "then db would be wrong already at T = 1.")
        .mistake("e", "then the rows with one target at the end would be wrong: from there the error must travel. They are right.")
        .hints("One step is right, so the slope is. And with a single target at the end everything is right, so the message travels.",
            "What is there at step t-1 only when there is a target at every step? What happens to it?")
        .solution("String colleagueC = \"c\";", "Step t-1 has an error of its own only if it has a target. C writes the message of step t over it. "
            + "This is the lost term; many tasks with one answer at the end never show it.");

    private static final Exercise<?> REPAIR = Exercise.function("9.9", "Repair it", StepBack.class, Lesson09::tried, back())
        .inputs(names())
        .mistake(back("message of dh", "x before"), "nothing is repaired yet. Which line gives a wrong dWx already at one step? And where does the message come from?")
        .mistake(back("message of dh"), "dWx reads the right input now. The second bug: the message leaves before the slope has been applied.")
        .mistake(back("x before"), "the message is right now. The second bug: which input did Wx multiply at step t?")
        .mistake(back("no message"), "no message arrives at step t-1: it must be da_t Whᵀ, added to dh_{t-1}, when da_t is there.")
        .mistake(back("shares of dh"), "the message is right now. But the shares are made from da_t, not from dh_t.")
        .mistake(back("message set"), "the message has overwritten the error that step t-1 had of its own: += is needed.")
        .mistake(back("h_t"), "both bugs are gone, but a new one has come: dWh needs h_{t-1}.")
        .mistake(back("Wh"), "the way back crosses the transposed matrix, Whᵀ.")
        .mistake(back("dWh ="), "both bugs are gone, but a new one has come: dWh keeps one share only; += is needed.")
        .hints("Check one step first: only dWx is wrong there. Then two steps.",
            "`cell.x.at(t - 1)` must be `cell.x.at(t)`. And in the line of the message `cell.dh.at(t)` must be `cell.da.at(t)`.")
        .setup("import unrolled.course.*;")
        .solution("""
            StepBack repaired = (t, cell) -> {
                cell.da.at(t).set(cell.dh.at(t)).timesTanhSlope(cell.h.at(t));
                cell.dh.at(t - 1).addDot(cell.da.at(t), cell.Wh.transposed());
                cell.dWh.addDot(cell.h.at(t - 1).transposed(), cell.da.at(t));
                cell.dWx.addDot(cell.x.at(t).transposed(), cell.da.at(t));
                cell.db.addRowsOf(cell.da.at(t));
            };
            """, "The message belongs to the sum a_t, so it leaves from da_t. And Wx multiplied x_t. With one step only the second bug shows.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, TWO, ADD, STEP, CELL, KEPT, COLLEAGUE_B, COLLEAGUE_C, REPAIR);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("9.p1", "Nudge the three copies of the weight one at a time, then all together. How is the slope of all together made from the three?", "b",
                "it is the mean of the three slopes", "it is the sum of the three slopes", "it is the slope of the last copy")
                .usualMistake("One weight in three places sounds like a vote, and so like a mean. But a nudge of the shared weight nudges all "
                    + "copies at once, and small effects add up. The mean would be too small by a factor of three; over T steps, by a factor of T."),
            Prediction.of("9.p2", "Twelve steps are read in three blocks of four; each block starts with the state that the block before left. "
                + "What is the same as in one piece?", "a",
                "the outputs are the same, the gradient is another", "the outputs and the gradient are both the same",
                "the gradient is the same, the outputs are another")
                .usualMistake("\"The state is carried, so nothing is lost\" is half of the truth. The carried state holds numbers for the way "
                    + "forward. The way back needs the arrows that made them, and those ended with the block before."),
            Prediction.of("9.p3", "A sequence gets ten times longer, and the ledger about a hundred times larger. How much longer do forward and backward take?", "a",
                "about ten times", "about thirty times", "about a hundred times")
                .usualMistake("The ledger has about T²/2 cells, and so one expects a hundred. But backpropagation never computes the cells. The message "
                    + "dh_t holds the sum of all later losses, and is sent on once: T steps forward, T steps back."));
    }
}
