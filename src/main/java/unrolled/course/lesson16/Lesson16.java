package unrolled.course.lesson16;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;

/** Lesson 16: does stacking help? */
public final class Lesson16 implements Lesson {

    @Override public int number() {
        return 16;
    }

    @Override public String title() {
        return "Deep recurrent networks";
    }

    @Override public int minutes() {
        return 110;
    }

    private static final Exercise<?> KNOW = Exercise.choice("16.1", "Know this already?", "b",
            "the state of layer 1 at step t - 1, and its own at step t - 1", "the state of layer 1 at step t, and its own at step t - 1",
            "the state of layer 1 at step t, and its own at step t", "the input of step t, and the state of layer 1 at step t - 1")
        .mistake("a", "then each layer would answer a step later than the one below. Layer 1 has its state of step t before layer 2 begins.")
        .mistake("c", "its own state of step t is what it computes: that cannot be read before it is there.")
        .mistake("d", "layer 2 does not see the input. What layer 1 made of it, at the same step, is its input.")
        .hints("A stack passes things up, and each layer passes things on in time. Which of both takes a step?",
            "Up: within the step. In time: from one step to the next.")
        .solution("String reads = \"b\";", "Up goes within the step, on goes from step to step.");

    // The two layers of one unit of section 2: from below, own memory, bias.
    private static final double W1 = 0.8, U1 = 0.5, B1 = 0.1, W2 = -1.2, U2 = 0.6, B2 = 0.2;

    private static double lower(double x, double h) {
        return Math.tanh(x * W1 + h * U1 + B1);
    }

    private static double upper(double below, double h) {
        return Math.tanh(below * W2 + h * U2 + B2);
    }

    private static final double a0 = lower(1, 0), c0 = upper(a0, 0), a1 = lower(-0.5, a0), c1 = upper(a1, c0);
    private static final double a2 = lower(0.4, a1), c2 = upper(a2, c1), sum2 = 0.4 * W1 + a1 * U1 + B1;

    private static double[] pair(double first, double second) {
        return new double[] {first, second};
    }

    private static final Exercise<?> THIRD = Exercise.vector("16.2", "The third step", a2, c2).rounded(4).tolerance(1e-4)
        .inputs("layer 1", "layer 2")
        .mistake(pair(a2, upper(a1, c1)), "layer 1 is right. Layer 2 read layer 1 a step late: it reads the state of step 2.")
        .mistake(pair(a2, upper(0.4, c1)), "layer 1 is right. Layer 2 does not read the input 0.4, but what layer 1 made of it.")
        .mistake(pair(a2, upper(a2, 0)), "layer 1 is right. Layer 2 has a memory of its own, too: its state of step 1.")
        .mistake(pair(a2, upper(a2, c0)), "layer 1 is right. Layer 2 begins with its state of step 1, not of step 0.")
        .mistake(pair(a2, upper(a2, a1)), "layer 1 is right. The memory of layer 2 is its own state of step 1, not that of layer 1.")
        .mistake(pair(a2, a2 * W2 + c1 * U2 + B2), "layer 1 is right. Layer 2 needs its tanh.")
        .mistake(pair(a2, upper(-a2, c1)), "layer 1 is right. The weight of layer 2 from below is -1.2: mind its sign.")
        .mistake(pair(sum2, upper(sum2, c1)), "layer 1 needs its tanh.")
        .mistake(pair(sum2, sum2 * W2 + c1 * U2 + B2), "both layers need their tanh.")
        .mistake(pair(Math.tanh(0.4 * W1 + a1 * U1), upper(Math.tanh(0.4 * W1 + a1 * U1), c1)), "the bias 0.1 of layer 1 is missing.")
        .mistake(pair(Math.tanh(0.4 * U1 + a1 * W1 + B1), upper(Math.tanh(0.4 * U1 + a1 * W1 + B1), c1)),
            "the weights of layer 1 are exchanged: 0.8 is for the input, 0.5 for the memory.")
        .mistake(pair(a2, Math.tanh(a2 * W1 + c1 * U1 + B1)), "layer 1 is right. Layer 2 has weights of its own: -1.2, 0.6 and 0.2.")
        .mistake(pair(a2, Math.tanh(a2 * W2 + c1 * U2)), "layer 1 is right. The bias 0.2 of layer 2 is missing.")
        .mistake(pair(lower(0.4, a0), upper(lower(0.4, a0), c0)), "you began with the states of step 0; step 2 begins with those of step 1.")
        .mistake(pair(lower(0.4, 0), upper(lower(0.4, 0), 0)), "the memories are missing: step 2 begins with both states of step 1.")
        .mistake(pair(lower(0.4, c1), upper(lower(0.4, c1), c1)), "layer 1 began with the state of layer 2. Nothing goes down: its memory is its own.")
        .mistake(pair(c2, a2), "both numbers are right, but in the other order: layer 1 first.")
        .hints("The same two lines as in step 1: first layer 1 with the input 0.4 and its own last state, then layer 2.",
            "Layer 1: Math.tanh(0.4 * 0.8 + h1[1] * 0.5 + 0.1). Layer 2 reads this number, and h2[1].")
        .solution("""
            double lower2 = Math.tanh(0.4 * 0.8 + h1[1] * 0.5 + 0.1);
            double[] third = {lower2, Math.tanh(lower2 * -1.2 + h2[1] * 0.6 + 0.2)};
            """, "First layer 1, with its own memory; then layer 2, from the new state below and its own memory.")
        .setup("""
            double[] h1 = new double[2], h2 = new double[2];
            h1[0] = Math.tanh(1.0 * 0.8 + 0 * 0.5 + 0.1);
            h2[0] = Math.tanh(h1[0] * -1.2 + 0 * 0.6 + 0.2);
            h1[1] = Math.tanh(-0.5 * 0.8 + h1[0] * 0.5 + 0.1);
            h2[1] = Math.tanh(h1[1] * -1.2 + h2[0] * 0.6 + 0.2);
            """);

    private static double[] grids(DoubleBinaryOperator f) {
        return new double[] {f.applyAsDouble(40, 3), f.applyAsDouble(1, 5), f.applyAsDouble(8, 8), f.applyAsDouble(7, 1), f.applyAsDouble(1, 1)};
    }

    private static final Exercise<?> ROUNDS = Exercise.function("16.3", "How many rounds?", DoubleBinaryOperator.class, Lesson16::grids,
            (T, P) -> T + P - 1)
        .inputs("T = 40, P = 3", "T = 1, P = 5", "T = 8, P = 8", "T = 7, P = 1", "T = P = 1")
        .mistake((T, P) -> T * P, "this is the number of cells: one in each round. Cells that do not wait for each other share a round.")
        .mistake((T, P) -> T + P, "one too many: the cell at the lower left is in round 1, and a corner belongs to both its row and its column.")
        .mistake((T, P) -> Math.max(T, P), "then the last layer would begin in round 1. It must wait for the layers below.")
        .mistake((T, P) -> T, "this is one layer. Layer 2 finishes a round later than layer 1, layer 3 two rounds.")
        .mistake((T, P) -> T + 1, "right for two layers. Each layer more takes a round more.")
        .mistake((T, P) -> T * P - 1, "cells are added along a path, not multiplied: the last cell waits for the longest path to it.")
        .mistake((T, P) -> T + P - 2, "this is t + k of the last cell, or the number of arrows on the longest path. There is one cell more than arrows.")
        .hints("When is the last cell, at the upper right, computed? Follow the longest path to it.",
            "T cells along the bottom, then up through the P - 1 layers above.")
        .solution("DoubleBinaryOperator rounds = (T, P) -> T + P - 1;", "Each path from the lower left to the upper right has T + P - 1 cells.");

    private static double[] counts(SizeFormula f) {
        return new double[] {f.of(1, 1, 1, 1), f.of(1, 10, 16, 2), f.of(40, 27, 20, 27), f.of(7, 3, 5, 4)};
    }

    private static final Exercise<?> WORK = Exercise.function("16.4", "Multiplications of a stack", SizeFormula.class, Lesson16::counts,
            (T, D, H, K) -> T * (D * H + 5 * H * H + H * K))
        .inputs("T = D = H = K = 1", "T = 1, D = 10, H = 16, K = 2", "T = 40, D = 27, H = 20, K = 27", "T = 7, D = 3, H = 5, K = 4")
        .mistake((T, D, H, K) -> D * H + 5 * H * H + H * K, "right for one step; there are T of them.")
        .mistake((T, D, H, K) -> T * (3 * H * (D + H) + H * K), "only layer 1 reads D inputs. The layers above read H numbers from below.")
        .mistake((T, D, H, K) -> T * (D * H + 3 * H * H + H * K), "layers 2 and 3 have two matrices each: one from below and one from their own memory.")
        .mistake((T, D, H, K) -> T * (D * H + 2 * H * H + H * K), "the memories are missing: each layer has a matrix H times H from its own last state.")
        .mistake((T, D, H, K) -> T * (D * H + 4 * H * H + H * K), "one matrix is missing: layer 1 has a memory, too. Three memories, and two ways up.")
        .mistake((T, D, H, K) -> T * (D * H + 5 * H + H * K), "a matrix from H units to H units has H times H weights.")
        .mistake((T, D, H, K) -> T * D * H + 5 * H * H + H * K, "T belongs to all terms: all matrices are used at every step. Are brackets missing?")
        .mistake((T, D, H, K) -> D * H + 5 * H * H + H * K + 3 * H + K, "these are the parameters. Leave the biases out, and count each of T steps.")
        .mistake((T, D, H, K) -> T * (D * H + 6 * H * H + H * K), "you counted three matrices from below of H times H. The one of layer 1 is D times H, and is counted already.")
        .mistake((T, D, H, K) -> T * (D * H + 5 * H * H), "the dense head is missing: H · K at each step.")
        .mistake((T, D, H, K) -> T * (D * H + 5 * H * H) + H * K, "the head stands at every step, so its H · K counts T times, too.")
        .mistake((T, D, H, K) -> T * (D * H + 5 * H * H + 3 * H * K), "there is one head, on the top layer, not one on each layer.")
        .mistake((T, D, H, K) -> T * (D * H + 5 * H * H + H * K + 3 * H + K), "a bias multiplies nothing: leave the biases out.")
        .mistake((T, D, H, K) -> 2 * T * (D * H + 5 * H * H + H * K), "you counted the additions, too. Only multiplications are asked for.")
        .mistake((T, D, H, K) -> T * 3 * (D * H + H * H + H * K), "layers 2 and 3 do not read D inputs, and there is one head only.")
        .hints("Count the matrices of one step: layer 1 has two, layers 2 and 3 have two each, the head has one.",
            "D · H + H · H for layer 1, and 2 · H · H for each of the layers above.")
        .solution("SizeFormula work = (T, D, H, K) -> T * (D * H + 5 * H * H + H * K);",
            "One matrix [D,H], five of [H,H], the head [H,K], and all of them at each of T steps.");

    private static final Exercise<?> WIDTH = Exercise.number("16.5", "How narrow?", 20)
        .mistake(12, "60 / 5 keeps the number of units. The matrices are what counts, and their size is the square of the units.")
        .mistake(60 / Math.sqrt(5), "five layers have more than five matrices of this size: count those from below, too.")
        .mistake(60 / Math.sqrt(10), "layer 1 has no matrix from a layer below, so there are nine, not ten.")
        .mistake(60.0 / 9, "nine matrices is right, but each has n² weights, not n: take the root.")
        .mistake(400, "this is n². How many units are n?")
        .mistake(60, "five layers of 60 units have nine times as many of these weights.")
        .mistake(30, "this would be right for four matrices. Five layers have nine.")
        .mistake(60 / Math.sqrt(8), "layer 1 has a memory matrix, too: five memories and four ways up.")
        .mistake(720, "this is the number of weights of a layer, if five share them. How many matrices are there, and how wide are they?")
        .mistake(6, "units are not shared out. Ten matrices would have 10 n² weights; and count again: layer 1 has one matrix only.")
        .hints("How many matrices [n,n] do five layers have? Layer 1 has one (its memory), each layer above has two.",
            "9 n² = 60².")
        .solution("double n = 60 / Math.sqrt(9);", "One matrix in layer 1, two in each of the four above: 9 n² = 3600, so n = 20.");

    private static final Exercise<?> BLOCK = Exercise.matrix("16.6", "Two layers in one matrix", new double[][] {{0.4, 1.5}, {0, -0.3}})
        .mistake(new double[][] {{0.4, 0}, {1.5, -0.3}}, "turned over: the entry in row i, column j leads from unit i to unit j, and 1.5 leads from "
            + "unit 0 to unit 1.")
        .mistake(new double[][] {{0.4, 1.5}, {1.5, -0.3}}, "nothing leads from the upper layer down to the lower: the entry in row 1, column 0 is 0.")
        .mistake(new double[][] {{0.4, 1.5}, {-0.3, 0}}, "the second row leads from unit 1: to unit 0 nothing, to itself -0.3.")
        .mistake(new double[][] {{-0.3, 1.5}, {0, 0.4}}, "the two memories are exchanged: unit 0 is the lower layer, with 0.4.")
        .mistake(new double[][] {{0.4, 0}, {0, -0.3}}, "the way up is missing: 1.5 leads from unit 0 to unit 1.")
        .mistake(new double[][] {{0.7, 1.5}, {0, -0.3}}, "0.7 leads from the input to unit 0: it stands in the wide layer's W_x, not in its W_h.")
        .mistake(new double[][] {{0.4, 0.7}, {0, -0.3}}, "0.7 leads from the input, so it is in W_x. The way up is 1.5.")
        .mistake(new double[][] {{-0.3, 0}, {1.5, 0.4}}, "the units are exchanged: unit 0 is the lower layer, and its row comes first.")
        .mistake(new double[][] {{0, 1.5}, {0, 0}}, "the memories are missing: each unit leads to itself, too.")
        .mistake(new double[][] {{0.7, 1.5}, {0.4, -0.3}}, "a row for each unit, and the input is none of them: 0.7 stands in W_x.")
        .hints("Row i, column j: from unit i to unit j. Unit 0 is the lower layer, unit 1 the upper one.",
            "Row 0: 0.4 to itself, 1.5 up. Row 1: nothing down, -0.3 to itself.")
        .solution("double[][] Wh = {{0.4, 1.5}, {0, -0.3}};", "Memories on the diagonal, the way up above it, and a zero: nothing goes down.");

    private static final Exercise<?> KEPT = Exercise.number("16.7", "What the dice leave", Math.pow(0.8, 10))
        .mistake(Math.pow(0.2, 10), "this is the chance that it is dropped ten times. It must be kept ten times, with 0.8 each.")
        .mistake(1 - Math.pow(0.8, 10), "this is the chance that it is lost. How often does it stay?")
        .mistake(0.8, "this is one step. There are ten, and each throws the dice again.")
        .mistake(8, "chances of ten independent events are multiplied, not added.")
        .mistake(2, "chances of ten independent events are multiplied, not added; and 0.2 is the chance that it is dropped.")
        .mistake(-1, "a chance is never below 0. Chances of ten independent events are multiplied, not added.")
        .mistake(0.2, "this is the chance to be dropped in one step.")
        .mistake(10 * 0.2 * Math.pow(0.8, 9), "this is the chance that it is dropped exactly once. It must never be dropped.")
        .mistake(Math.pow(0.8, 9), "nine steps. It must survive ten.")
        .mistake(Math.pow(0.8, 11), "eleven steps. It must survive ten.")
        .hints("It must be kept at step 1 and at step 2 and ... and at step 10.", "Each time with chance 0.8: a power.")
        .solution("double survives = Math.pow(0.8, 10);", "Ten independent throws: 0.8 to the power of 10, about one in nine.");

    // The letters of the bugs are not those of the suspects.
    private static final String[] BUGS = {"layer 2 has no memory of its own", "layer 1 takes its memory from layer 2",
        "layer 2 has no tanh", "layer 2 reads layer 1 a step late", "both layers have the memory weight of layer 1"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("16.8", "Suspect B", "d", BUGS)
        .mistake("a", "then the upper memory of the third probe would leave no trace. Suspect B passes that probe.")
        .mistake("b", "then the third probe would be wrong: an upper memory of 0.5 would reach layer 1.")
        .mistake("c", "then numbers would be the sums before the tanh. Look at step 1 of the first probe: where have you seen this number?")
        .mistake("e", "then the third probe would be wrong, and step 0 of the first would be right.")
        .hints("The third probe is right, so the upper memory is used as it should be. What is wrong comes from below.",
            "In the first probe compare their step 1 with the right step 0.")
        .solution("String suspectB = \"d\";", "Its upper state at step 0 knows nothing of the input of step 0; it comes a step later.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("16.9", "Suspect C", "b", BUGS)
        .mistake("a", "then the second probe would be right at step 0: it has an empty upper memory.")
        .mistake("c", "then step 0 of the first probe would be wrong. Suspect C passes it.")
        .mistake("d", "then the first probe would begin with 0, as that of suspect B. Suspect C passes this step.")
        .mistake("e", "then step 0 of the second probe would be right: there the upper memory is empty, and layer 1 has its own weight.")
        .hints("With both memories empty, step 0 is right. So the ways up are right, and the bug is in a memory.",
            "In the second probe the lower memory is 0.5, and the answer is 0: as if nobody had read it.")
        .solution("String suspectC = \"b\";", "A full lower memory leaves no trace; a full upper one acts through layer 1.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOW, THIRD, ROUNDS, WORK, WIDTH, BLOCK, KEPT, SUSPECT_B, SUSPECT_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("16.p1", "A wide layer is built from a fresh stack. What does its upper half show?", "b",
                "the states of layer 2, number for number, at the same step", "the states of layer 2, number for number, but one step later",
                "other numbers than the states of layer 2, at every step")
                .usualMistake("Many expect that a stack can do what no single layer can. Its weights fit into one wide layer, with zeros. Only the "
                    + "moment differs: within a layer everything is read from the step before."),
            Prediction.of("16.p2", "For which of the four networks is Lamps too hard, so that it stays below 90 %?", "c",
                "for the single layer that must answer at once, and for no other", "for both single layers without a deep head, at once and late",
                "for none of the four, all of them learn it")
                .usualMistake("A task in two stages seems to need two layers. One activation is enough if there are enough units side by side, and "
                    + "at equal parameters the single layer has more of them in its row."),
            Prediction.of("16.p3", "GRUs with at most 5,000 parameters each, Alice, five seeds. Who needs fewest bits?", "a",
                "one layer of 26 units", "two layers of 17 units", "three layers of 14 units")
                .usualMistake("Deeper sounds better, since larger networks are better and deep ones are usually larger. At equal parameters each "
                    + "layer must be narrower, and all that the top learns must pass through the narrow ones."),
            Prediction.of("16.p4", "In the fresh stack of eight layers, how large is the gradient of the weights of layer 1, beside that of layer 8?",
                "c", "smaller than a hundredth of it", "between a hundredth and a third of it", "about as large, more than a third of it")
                .usualMistake("The vanishing gradient is blamed for everything that is deep. Here it has full length, and is of little use: what "
                    + "reaches the top is an old input."));
    }
}
