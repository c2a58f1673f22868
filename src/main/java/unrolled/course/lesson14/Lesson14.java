package unrolled.course.lesson14;

import java.util.List;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 14: is LSTM better than GRU? */
public final class Lesson14 implements Lesson {

    @Override public int number() {
        return 14;
    }

    @Override public String title() {
        return "Which cell, when?";
    }

    @Override public int minutes() {
        return 110;
    }

    // Exercise 14.1: D = 3, H = 5, K = 2.
    private static final Exercise<?> KNOWN = Exercise.vector("14.1", "Know this already?", 57, 152, 192).inputs("plain cell", "GRU", "LSTM")
        .mistake(new double[] {57, 147, 192}, "the GRU has one bias more for each unit, the bq of lesson 13: 5 more.")
        .mistake(new double[] {45, 140, 180}, "this is the cell alone. The output layer has H · K weights and K biases: 12 more.")
        .mistake(new double[] {45, 135, 180}, "this is the cell alone, and the bq of the GRU is missing. The output layer has H · K weights and K biases.")
        .mistake(new double[] {55, 150, 190}, "the biases of the output layer are missing: K of them.")
        .mistake(new double[] {52, 137, 172}, "the biases of the cells are missing: one for each sum of each unit, and bq in the GRU.")
        .mistake(new double[] {52, 132, 172}, "no bias of the cells is counted: each sum of each unit has one, and the GRU has bq.")
        .mistake(new double[] {57, 107, 147}, "a GRU has three sums for each unit and an LSTM four: the gates, and the candidate too.")
        .mistake(new double[] {57, 102, 147}, "you counted the gates alone. The candidate has weights, too: three sums in a GRU, four in an LSTM.")
        .mistake(new double[] {57, 171, 228}, "the output layer is there only once, whatever the cell: only the cell's weights are taken three or four times.")
        .mistake(new double[] {57, 192, 152}, "the two are exchanged: the GRU has three sums for each unit, the LSTM four.")
        .mistake(new double[] {57, 57, 57}, "these are equal units, but not equal weights: a GRU has three sums for each unit, an LSTM four.")
        .hints("One sum of one unit has D + H weights and a bias. How many sums has a unit of each cell?",
            "The plain cell: 5 · (3 + 5 + 1) = 45, and 5 · 2 + 2 = 12 for the outputs. The GRU: three times 45, 5 for bq, and 12.")
        .solution("double[] weights = {5 * 9 + 12, 3 * 5 * 9 + 5 + 12, 4 * 5 * 9 + 12};",
            "One, three and four sums a unit, five more biases in the GRU, and the same output layer behind each.");

    /** The most units of a cell with so many sums a unit, each with such a cost a unit, and {@code bias} biases an output. */
    private static double most(int weights, int sums, int D, int biases, int K, int outputBiases) {
        int H = 0;
        while (sums * (H + 1) * (D + H + 1 + biases) + (H + 1) * K + outputBiases <= weights) {
            H++;
        }
        return H;
    }

    private static double[] units(UnitsFor f) {
        return new double[] {f.of(10, 2, 600), f.of(2, 1, 600), f.of(4, 4, 544), f.of(4, 4, 543), f.of(7, 7, 10_000), f.of(1, 1, 14), f.of(2, 1, 100)};
    }

    private static double root(int D, int K, int weights) {
        double p = 4 * (D + 1) + K;
        return (-p + Math.sqrt(p * p + 16.0 * (weights - K))) / 8;
    }

    private static final Exercise<?> UNITS = Exercise.function("14.2", "How many units?", UnitsFor.class, Lesson14::units,
            (D, K, weights) -> most(weights, 4, D, 1, K, K))
        .inputs("D = 10, K = 2, 600 weights", "D = 2, K = 1, 600 weights", "D = K = 4, 544 weights", "D = K = 4, 543 weights",
            "D = K = 7, 10,000 weights", "D = K = 1, 14 weights",
            "D = 2, K = 1, 100 weights")
        .mistake((D, K, weights) -> most(weights, 4, D, 1, 0, 0), "the output layer is missing: H · K weights and K biases belong to the network, too.")
        .mistake((D, K, weights) -> most(weights, 4, D, 1, K, 0), "the K biases of the output layer are missing.")
        .mistake((D, K, weights) -> most(weights, 4, D, 0, K, K), "the biases of the cell are missing: each of the four sums of each unit has one.")
        .mistake((D, K, weights) -> most(weights, 3, D, 1, K, K), "an LSTM has four sums for each unit: three gates, and the candidate.")
        .mistake((D, K, weights) -> most(weights, 1, D, 1, K, K), "this is the plain cell. An LSTM has four sums for each unit.")
        .mistake((D, K, weights) -> most(weights, 4, D, 1, K, K) + 1, "one unit more, and there are more weights than allowed: round down.")
        .mistake((D, K, weights) -> Math.rint(root(D, K, weights)), "at some sizes your network is too large: round down, not to the nearest.")
        .mistake(Lesson14::root, "there is no part of a unit: round down, with Math.floor.")
        .mistake((D, K, weights) -> Math.ceil(root(D, K, weights)), "your network is too large: round down, not up.")
        .hints("Let H grow in a loop, and count the weights of the network with H units, as in 14.1.",
            "The count is 4 * H * (D + H + 1) + H * K + K. Go on as long as the count with H + 1 units is not above `weights`.")
        .solution("""
            UnitsFor lstmUnits = (D, K, weights) -> {
                int H = 0;
                while (4 * (H + 1) * (D + H + 2) + (H + 1) * K + K <= weights) H++;
                return H;
            };
            """, "The largest H whose network still fits. The quadratic formula, rounded down, says the same.");

    private static double[] wilson(double k, double n, double z) {
        double p = k / n, half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)), middle = p + z * z / (2 * n), all = 1 + z * z / n;
        return new double[] {(middle - half) / all, (middle + half) / all};
    }

    private static final double ROUGH = 1.96 * Math.sqrt(0.8 * 0.2 / 5);

    private static final Exercise<?> INTERVAL = Exercise.vector("14.3", "Four of five", wilson(4, 5, 1.96)).rounded(4).tolerance(1e-3)
        .mistake(new double[] {0.8 - ROUGH, 0.8 + ROUGH}, "this is the textbook's p ± 1.96 √(p(1-p)/n). With few runs it goes above 1; take Wilson's formula.")
        .mistake(new double[] {0.8 - ROUGH, 1}, "this is the textbook's p ± 1.96 √(p(1-p)/n), cut at 1. With few runs take Wilson's formula.")
        .mistake(wilson(4, 5, 1), "z is 1.96 here, not 1.")
        .mistake(wilson(8, 10, 1.96), "this is 8 of 10: the same share, but more runs, so a narrower interval.")
        .mistake(wilson(5, 5, 1.96), "this is the interval of five of five. Here one run failed.")
        .mistake(new double[] {wilson(4, 5, 1.96)[1], wilson(4, 5, 1.96)[0]}, "the lower end comes first.")
        .mistake(new double[] {wilson(4, 5, 1.96)[0] * (1 + 1.96 * 1.96 / 5), wilson(4, 5, 1.96)[1] * (1 + 1.96 * 1.96 / 5)},
            "the division by 1 + z²/n is missing.")
        .mistake(new double[] {0.8 / (1 + 1.96 * 1.96 / 5), 1}, "the formula for k = n, with 0.8 in it. For 4 of 5 both ends need the whole formula.")
        .hints("p = 0.8, n = 5, z = 1.96. First z²/n = 0.7683.", "The middle is 0.8 + 0.3842, the half width 1.96 √(0.032 + 0.0384); both are divided by 1.7683.")
        .solution("""
            double p = 0.8, n = 5, z = 1.96, middle = p + z * z / (2 * n);
            double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
            double[] fourOfFive = {(middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)};
            """, "Four of five fit to a cell that succeeds in a bit more than a third of its runs, and to one that fails in only 4 of 100.");

    private static final Exercise<?> PAIRS = Exercise.number("14.4", "Sooner in how many pairs?", 11.5 / 16).rounded(4)
        .mistake(11.5, "this is the number of pairs. The share is asked: divide by all 16 pairs.")
        .mistake(10.0 / 16, "equal ones count one half: here are three such pairs, one at 80 and two at never.")
        .mistake(10.5 / 16, "two runs that never learned are equal, too: each such pair counts one half.")
        .mistake(13.0 / 16, "equal ones count one half, not 1.")
        .mistake(11.0 / 16, "one pair is missing: X has one run that never learned, Y has two. That makes two pairs of equal ones.")
        .mistake(4.5 / 16, "this is the share in which Y is sooner.")
        .mistake(12.0 / 16, "80 and 80 are equal: one half, not 1.")
        .mistake(10.5 / 12, "all four runs of X belong to it, and all four of Y: 16 pairs.")
        .hints("Take each run of X in turn: in how many of the four pairs with Y is it sooner?",
            "60: four. 80: three, and one half. 100: three. Never: two halves.")
        .solution("double share = (4 + 3.5 + 3 + 1) / 16;", "60 is sooner than all four; 80 than three, and equal to one; 100 than three; never equals two.");

    private static final Exercise<?> LUCK = Exercise.number("14.5", "Luck with three seeds", 0.1)
        .mistake(0.05, "that is the luck of one of them. Either cell could have come first: count both ways.")
        .mistake(0.125, "this counts three coins. But the six runs are compared with each other: which three of the six places are X's?")
        .mistake(0.25, "this counts three races of two. Here every run of one must be sooner than every run of the other.")
        .mistake(20, "that is the number of ways. How many of them have all three of one cell first?")
        .mistake(2.0 / 720, "you count 720 orders of six runs, but 3! · 3! of them look alike to us: which three places are X's is all that matters.")
        .mistake(72.0 / 20, "72 of 720 orders, or 2 of 20 ways.")
        .mistake(1.0 / 512, "the nine pairs are not nine coins: they share their runs.")
        .mistake(2.0 / 512, "the nine pairs are not independent: they share their runs.")
        .mistake(1.0 / 6, "there are 20 ways to choose X's three places among six: 6 · 5 · 4 / (3 · 2 · 1).")
        .hints("Sort all six runs. In how many ways can three of the six places be X's?", "6 · 5 · 4 / (3 · 2 · 1) = 20 ways. In two of them one cell has the first three places.")
        .solution("double luck = 2 / 20.0;", "One time in ten, of two cells that do not differ at all, one beats the other in all nine pairs.");

    private static final Exercise<?> BIGGER = Exercise.vector("14.7", "How much bigger?", Math.sqrt(4 / 3.0), 2).inputs("GRU", "plain cell").rounded(3)
        .mistake(new double[] {4 / 3.0, 4}, "the weights grow with the square of the units, H²: take the roots.")
        .mistake(new double[] {Math.sqrt(0.75), 0.5}, "turned over: with fewer sums a unit there is room for more units.")
        .mistake(new double[] {0.75, 0.25}, "turned over, and the weights grow with the square of the units.")
        .mistake(new double[] {Math.sqrt(4 / 3.0), 4}, "the GRU's is right. For the plain cell, too, take the root: 4 H² = H'².")
        .mistake(new double[] {4 / 3.0, 2}, "the plain cell's is right. For the GRU, too, take the root: 4 H² = 3 H'².")
        .mistake(new double[] {Math.sqrt(3), 2}, "that is the GRU beside the plain cell. The LSTM has 4 H² weights, the GRU 3 H'².")
        .mistake(new double[] {1.5, 2}, "not the number of gates counts but that of sums: 3 for the GRU, 4 for the LSTM.")
        .hints("With many units, nearly all weights are in W_h: 4 H² in an LSTM. And in a GRU with H' units?", "4 H² = 3 H'², so H'/H = √(4/3).")
        .solution("double[] bigger = {Math.sqrt(4 / 3.0), Math.sqrt(4)};", "15 % more units in a GRU, twice as many in a plain cell. “Much bigger” is a large word for 15 %.");

    private static final String[] FAULTS = {"equal units, so unequal weights", "the rate was chosen for one cell only", "only the best run is reported",
        "judged on examples of the training", "one cell had fewer updates"};

    private static final Exercise<?> COLLEAGUE_B = Exercise.choice("14.8", "Colleague B", "b", FAULTS)
        .mistake("a", "compute the weights: both networks fit into 600, as ours.")
        .mistake("c", "all six runs of both are counted.")
        .mistake("d", "nothing in the diary says so: both are examined as ours were.")
        .mistake("e", "both could train as long. The LSTM's runs did not end early; they failed.")
        .hints("The same number for both is not yet the same chance for both.", "How many rates were tried for the GRU, how many for the LSTM?")
        .solution("String colleagueB = \"b\";", "0.03 is the best of three rates for the GRU. Nobody looked for the LSTM's own: with it, both learn the task in "
            + "nearly every run.");

    private static final Exercise<?> COLLEAGUE_C = Exercise.choice("14.9", "Colleague C", "c", FAULTS)
        .mistake("a", "compute the weights: both networks fit into 600, as ours.")
        .mistake("b", "three rates were tried for each.")
        .mistake("d", "nothing in the diary says so: both are examined as ours were.")
        .mistake("e", "both could train as long. What is reported of the runs?")
        .hints("Compare the last two columns.", "Which of the six runs of the plain cell is reported?")
        .solution("String colleagueC = \"c\";", "The fewest of six. The best run says nothing about the runs that never learned.");

    private static final Exercise<?> ALLOWED = Exercise.choice("14.6", "What do the numbers allow?", "d",
            "the GRU is better than the LSTM at remembering", "the GRU and the LSTM are equally good at this task",
            "the LSTM cannot learn this task, the GRU can", "the GRU learned this task sooner, under these conditions")
        .mistake("a", "one task, one length, one budget: nothing was measured about remembering in general.")
        .mistake("b", "in success yes. But one learned sooner in 97 of 100 pairs.")
        .mistake("c", "it learned in all ten runs, only later.")
        .hints("Which of the sentences would a different length or budget leave true?", "One sentence names its conditions.")
        .solution("String allowed = \"d\";", "Both always learned; one sooner; here. More was not measured.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, UNITS, INTERVAL, PAIRS, LUCK, ALLOWED, BIGGER, COLLEAGUE_B, COLLEAGUE_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("14.p1", "Reber at equal weights, the plain cell with 17 units, the GRU with 9: which learns it sooner, in the middle one of five runs?", "b",
                "the GRU, since its gates keep the letter", "the plain cell, since it has more units", "neither: they differ by less than a tenth")
                .usualMistake("Many expect that gates always pay. They cost units, and this grammar is short: the plain cell can bridge it."),
            Prediction.of("14.p2", "How many of the three cells are never behind: in none of the six tasks is another cell ahead of them?", "c",
                "one: the LSTM, which is more powerful", "two: the LSTM and the GRU, which have gates", "none: each cell is behind somewhere")
                .usualMistake("The usual mistake is to expect one order of the cells for all tasks. What helps in one task costs units, and so another."),
            Prediction.of("14.p3", "Counting at equal weights, the plain cell with 20 units, the LSTM with 9: is the LSTM still sooner?", "a",
                "yes, in three quarters of the pairs or more", "neither is much sooner", "no, now the plain cell is sooner, in three quarters of the pairs or more")
                .usualMistake("\"The LSTM wins because it is larger\" is a fair suspicion, and in some tasks it is true. Here it is not: a cell that adds "
                    + "up without a bound is what counting needs."));
    }
}
