package unrolled.course.lesson15;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;

/** Lesson 15: what if the answer comes later? */
public final class Lesson15 implements Lesson {

    @Override public int number() {
        return 15;
    }

    @Override public String title() {
        return "Bidirectional networks";
    }

    @Override public int minutes() {
        return 120;
    }

    private static final Exercise<?> KNOWN = Exercise.vector("15.1", "Know this already?", 4, 11)
        .inputs("the reader that goes forth", "the reader that comes back")
        .mistake(new double[] {4, 10}, "the reader that comes back has read x_1, too, when it stands at step 1: 5 + 1 + 4 + 1.")
        .mistake(new double[] {4, 6}, "this is what the second reader holds after two words of its own. At step 1 it has read four: x_4, x_3, x_2, x_1.")
        .mistake(new double[] {14, 14}, "this is what both hold at their end. Asked is what they hold at step 1.")
        .mistake(new double[] {4, 4}, "here both readers go forth. The second one begins at x_4.")
        .mistake(new double[] {11, 4}, "the right two numbers in the wrong order: first the one that goes forth.")
        .mistake(new double[] {3, 14}, "this is step 0. Steps are counted from 0, so step 1 is the second.")
        .mistake(new double[] {3, 10}, "x_1 = 1 is missing in both: a reader at step 1 has read x_1 already.")
        .mistake(new double[] {3, 11}, "the first reader has read x_1, too, when it stands at step 1: 3 + 1.")
        .mistake(new double[] {8, 10}, "this is step 2. Steps are counted from 0, so step 1 is the second.")
        .mistake(new double[] {1, 1}, "this is x_1 alone; the memories are missing.")
        .hints("At step 1 the first reader has read x_0 and x_1. Where does the second one begin?",
            "The first has added 3 and 1. The second has added 5, 1, 4 and 1.")
        .solution("double[] known = {3 + 1, 5 + 1 + 4 + 1};", "Each has added all that it read, up to and with x_1: the first from the left, the second "
            + "from the right.");

    // The two readers of the notebook: forth and back, one unit each, and the output.

    private static final double[] X = {1.0, -0.5, 0.8};
    private static final double[] FORTH = forth(), BACK = back(-0.6, 0.9, 0.2);

    private static double[] forth() {
        double[] h = new double[3];
        for (int t = 0; t < 3; t++) {
            h[t] = Math.tanh(X[t] * 0.8 + (t == 0 ? 0 : h[t - 1]) * 0.5 + 0.1);
        }
        return h;
    }

    private static double[] back(double w, double u, double b) {
        double[] h = new double[3];
        for (int t = 2; t >= 0; t--) {
            h[t] = Math.tanh(X[t] * w + (t == 2 ? 0 : h[t + 1]) * u + b);
        }
        return h;
    }

    private static double[] output(double forth, double back) {
        return new double[] {back, forth * 1.5 - back + 0.3};
    }

    private static final double B0 = BACK[0], B1 = BACK[1], B2 = BACK[2], F0 = FORTH[0];

    private static final Exercise<?> BACK_BY_HAND = Exercise.vector("15.2", "The end of the way back", output(F0, B0)).rounded(4).tolerance(1e-4)
        .inputs("back0", "y0")
        .mistake(output(F0, Math.tanh(-0.6 + B2 * 0.9 + 0.2)), "you used back2. The step before, for this reader, is step 1: back1.")
        .mistake(output(F0, Math.tanh(-0.6 + F0 * 0.9 + 0.2)), "you handed on a state of the other reader. The two never read each other: back0 needs back1.")
        .mistake(output(F0, Math.tanh(-0.6 + 0.2)), "the memory is missing: back0 needs back1.")
        .mistake(output(F0, Math.tanh(0.8 + B1 * 0.5 + 0.1)), "these are the weights of the reader that goes forth. Each has its own.")
        .mistake(output(F0, -0.6 + B1 * 0.9 + 0.2), "the tanh is missing.")
        .mistake(output(F0, Math.tanh(-0.6 * 0.8 + B1 * 0.9 + 0.2)), "the input at step 0 is 1.0, not 0.8.")
        .mistake(new double[] {B0, FORTH[2] * 1.5 - B0 + 0.3}, "back0 is right. The output of step 0 takes forth0, not the last state.")
        .mistake(new double[] {B0, F0 * 1.5 + B0 + 0.3}, "back0 is right. Its weight in the output is -1.")
        .mistake(new double[] {B0, F0 * 1.5 - B0}, "back0 is right. In y0 the bias, 0.3, is missing.")
        .mistake(new double[] {B0, -F0 + B0 * 1.5 + 0.3}, "back0 is right. In y0 the two weights are exchanged.")
        .hints("The same line as for back1, with x_0 = 1.0 in place of x_1 and back1 in place of back2.",
            "back0 = Math.tanh(1.0 * -0.6 + back1 * 0.9 + 0.2); and y0 as y2 was computed, with forth0 and back0.")
        .solution("""
            double back0 = Math.tanh(1.0 * -0.6 + back1 * 0.9 + 0.2);
            double[] last = {back0, forth0 * 1.5 + back0 * -1.0 + 0.3};
            """, "For this reader the step before is step 1. The output at step 0 joins what both hold there.")
        .setup("""
            double forth0 = Math.tanh(0.9), back2 = Math.tanh(0.8 * -0.6 + 0.2);
            double back1 = Math.tanh(-0.5 * -0.6 + back2 * 0.9 + 0.2);
            """);

    // The way back of the reader that comes back: 2 arrives at step 0; states 0.4, -0.3, 0.5; u = 0.9.

    private static double[] later(double s0, double s1, double u) {
        double first = 2 * s0 * u;
        return new double[] {first, first * s1 * u};
    }

    private static final Exercise<?> LATER = Exercise.vector("15.3", "Where the gradient goes", later(0.84, 0.91, 0.9)).rounded(4)
        .inputs("dback1", "dback2")
        .mistake(new double[] {0, 0}, "this would be so for the reader that goes forth. The other one computed back0 from back1, so back1 gets a share.")
        .mistake(later(0.91, 0.75, 0.9), "the slope belongs to the step that the gradient leaves: 1 - back0² first, then 1 - back1².")
        .mistake(later(1, 1, 0.9), "the slope of the tanh, 1 - h², is missing.")
        .mistake(later(0.84, 0.91, 1), "the weight u = 0.9 is missing.")
        .mistake(later(0.6, 1.3, 0.9), "the slope of tanh is 1 - h², not 1 - h.")
        .mistake(later(0.16, 0.09, 0.9), "the slope of tanh is 1 - h², not h².")
        .mistake(new double[] {later(0.84, 0.91, 0.9)[1], later(0.84, 0.91, 0.9)[0]}, "the right numbers in the wrong order: step 1 comes first.")
        .mistake(new double[] {1.512, 2 * 0.91 * 0.9}, "dback1 is right. For dback2 start from dback1, not from 2.")
        .mistake(new double[] {1.512, 1.512 * 0.84 * 0.9}, "dback1 is right. For dback2 take the slope at back1.")
        .mistake(new double[] {1.512, 0}, "dback1 is right. And back1 was computed from back2.")
        .hints("back0 = tanh(x_0 w + back1 u + b). What does a small change of back1 do to it?",
            "dback1 = 2 · (1 - 0.4²) · 0.9; and dback2 from dback1 in the same way.")
        .solution("""
            double dback1 = 2 * (1 - 0.4 * 0.4) * 0.9;
            double[] spread = {dback1, dback1 * (1 - 0.3 * 0.3) * 0.9};
            """, "The gradient goes against the reading: this reader came from the end, so its gradient goes to the end.");

    private static double[] counts(SizeFormula f) {
        return new double[] {f.of(1, 1, 1, 1), f.of(9, 15, 8, 2), f.of(40, 15, 8, 2), f.of(7, 3, 5, 4)};
    }

    private static final Exercise<?> SIZE = Exercise.function("15.4", "How many parameters?", SizeFormula.class, Lesson15::counts,
            (T, D, H, K) -> 2 * H * (D + H + 1) + 2 * H * K + K)
        .inputs("T = D = H = K = 1", "T = 9, D = 15, H = 8, K = 2", "T = 40, D = 15, H = 8, K = 2", "T = 7, D = 3, H = 5, K = 4")
        .mistake((T, D, H, K) -> H * (D + H + 1) + H * K + K, "this is the network with one reader. Here there are two.")
        .mistake((T, D, H, K) -> 2 * (H * (D + H + 1) + H * K + K), "nearly: the output has 2H inputs, but its K biases are there once.")
        .mistake((T, D, H, K) -> 2 * H * (D + H + 1) + H * K + K, "the readers are right. The output layer sees both halves, 2H numbers.")
        .mistake((T, D, H, K) -> 2 * H * (D + H) + 2 * H * K, "the biases are missing: H for each reader, K for the output.")
        .mistake((T, D, H, K) -> 2 * H * (D + H + 1) + 2 * H * K, "the biases of the output are missing.")
        .mistake((T, D, H, K) -> 2 * H * (D + H) + 2 * H * K + K, "the biases of the two readers are missing.")
        .mistake((T, D, H, K) -> 2 * H * (D + 2 * H + 1) + 2 * H * K + K, "each reader sees its own H old values only, not those of the other.")
        .mistake((T, D, H, K) -> H * (D + H + 1) + 2 * H * K + K, "the two readers share no weights: each has its own.")
        .mistake((T, D, H, K) -> T * (2 * H * (D + H + 1) + 2 * H * K + K), "the same weights are used at every step: T plays no part.")
        .mistake((T, D, H, K) -> 2 * H * (D + H + 1), "the output layer is missing.")
        .hints("One plain cell has D · H + H · H weights and H biases. How many cells are there?",
            "The output layer gets 2H numbers: 2H · K weights and K biases.")
        .solution("SizeFormula parameters = (T, D, H, K) -> 2 * H * (D + H + 1) + 2 * H * K + K;",
            "Two cells of H (D + H + 1), and an output layer that sees 2H numbers.");

    // Your own two readers.

    private static double[][] read(double[] x, DoubleBinaryOperator cell) {
        double[][] h = new double[x.length][2];
        for (int t = 0; t < x.length; t++) {
            h[t][0] = cell.applyAsDouble(x[t], t == 0 ? 0 : h[t - 1][0]);
        }
        for (int t = x.length - 1; t >= 0; t--) {
            h[t][1] = cell.applyAsDouble(x[t], t == x.length - 1 ? 0 : h[t + 1][1]);
        }
        return h;
    }

    private static double[][] changed(double[] x, DoubleBinaryOperator cell, String bug) {
        double[][] h = read(x, cell);
        int T = x.length;
        double[][] made = new double[T][2];
        for (int t = 0; t < T; t++) {
            made[t][0] = bug.equals("both back") || bug.equals("exchanged") ? h[t][1] : h[t][0];
            made[t][1] = switch (bug) {
                case "not turned" -> h[T - 1 - t][1];
                case "both forth", "exchanged" -> h[t][0];
                case "one late" -> t == T - 1 ? 0 : h[t + 1][1];
                default -> h[t][1];
            };
        }
        double c = bug.equals("goes on") && T > 0 ? h[T - 1][0] : 0;
        for (int t = T - 1; t >= 0 && bug.equals("goes on"); t--) {
            c = cell.applyAsDouble(x[t], c);
            made[t][1] = c;
        }
        return made;
    }

    private static double[] tried(TwoReaders readers) {
        DoubleBinaryOperator add = (x, h) -> x + h, plain = (x, h) -> Math.tanh(0.7 * x - 0.9 * h + 0.2);
        Object[] results = new Object[5];
        results[0] = checked(readers, add, 3, 1, 4, 1, 5);
        results[1] = checked(readers, plain, 3, 1, -4, 1, 5, -9);
        results[2] = checked(readers, plain, 0.5);
        results[3] = checked(readers, (x, h) -> x - 2 * h, 0, 0, 1, 0);
        results[4] = checked(readers, plain, 1e6, -1e6, 2, 2);
        return Exercise.numbers(results);
    }

    private static double[][] checked(TwoReaders readers, DoubleBinaryOperator cell, double... x) {
        double[][] h = readers.read(x.clone(), cell);
        if (h != null && (h.length != x.length || h[0] == null || h[0].length != 2)) {
            throw Exercise.refusal("for " + x.length + " inputs expected is a table of " + x.length + " rows and 2 columns, `new double[x.length][2]`");
        }
        return h;
    }

    private static final Exercise<?> WRITE = Exercise.function("15.5", "Two readers of your own", TwoReaders.class, Lesson15::tried, Lesson15::read)
        .mistake((x, cell) -> changed(x, cell, "not turned"), "the second reader is right, but its answers stand in the order in which it read. Row t needs "
            + "what it held at x_t.")
        .mistake((x, cell) -> changed(x, cell, "both forth"), "both read forth. The second one begins at the last step.")
        .mistake((x, cell) -> changed(x, cell, "both back"), "both come back. The first one begins at step 0.")
        .mistake((x, cell) -> changed(x, cell, "exchanged"), "the two columns are exchanged: forth is column 0.")
        .mistake((x, cell) -> changed(x, cell, "one late"), "the second column is one step late: at row t this reader has read x_t, too.")
        .mistake((x, cell) -> changed(x, cell, "goes on"), "the second reader goes on from what the first one held at the end. Each begins with 0.")
        .mistake((x, cell) -> {
            double[][] h = new double[x.length][2];
            for (int t = 0; t < x.length; t++) {
                h[t][0] = cell.applyAsDouble(x[t], 0);
                h[t][1] = cell.applyAsDouble(x[t], 0);
            }
            return h;
        }, "nothing is handed on: the old memory is 0 at every step.")
        .mistake((x, cell) -> {
            double[][] h = read(x, cell);
            h[0][1] = 0;
            return h;
        }, "the second loop ends one step early: it goes on down to t = 0, that step included.")
        .mistake((x, cell) -> read(x, (a, b) -> cell.applyAsDouble(b, a)), "the cell takes the input first, then the old memory.")
        .hints("Two loops: one with t from 0 up, one with t from x.length - 1 down. In each, a number is handed on that begins with 0.",
            "In the second loop: `back = cell.applyAsDouble(x[t], back); h[t][1] = back;`")
        .solution("""
            TwoReaders readers = (x, cell) -> {
                double[][] h = new double[x.length][2];
                double forth = 0, back = 0;
                for (int t = 0; t < x.length; t++) h[t][0] = forth = cell.applyAsDouble(x[t], forth);
                for (int t = x.length - 1; t >= 0; t--) h[t][1] = back = cell.applyAsDouble(x[t], back);
                return h;
            };
            """, "Both loops write into row t: so the answers of the second reader stand at their words, and need no turning.");

    // Three bugs of a bidirectional layer.

    private static final String[] BUGS = {"both readers go from the first step to the last", "the second reader's answers are not turned round again",
        "the second reader begins with the last state of the first", "the second reader is one step late: it has not read x_t yet",
        "both readers come from the last step to the first"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("15.6", "Suspect B", "c", BUGS)
        .mistake("a", "then the second map would be a triangle like the first. It is full.")
        .mistake("b", "then the second map would be the triangle of suspect A. It is full.")
        .mistake("d", "then the second map would be 0 on its diagonal. It is 0 nowhere.")
        .mistake("e", "then the first map would lie above its diagonal. It is as it should be.")
        .hints("The first map is right. In the second one every input reaches every output, also those before the step.",
            "How could a reader that comes from the end know at its first step what stood at step 0?")
        .solution("String suspectB = \"c\";", "Through the last state of the first reader, which has read all. At step T-1 the second half should know x_{T-1} "
            + "alone.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("15.7", "Suspect C", "a", BUGS)
        .mistake("b", "then the second map would show a triangle in the other corner, as suspect A's. Its triangle is that of the first map.")
        .mistake("c", "then the second map would be full.")
        .mistake("d", "then the second map would be filled above its diagonal. It is filled below.")
        .mistake("e", "then both maps would be filled above their diagonals. Both are filled below.")
        .hints("Compare its two maps with each other.", "Both are triangles below the diagonal. Who reads like that?")
        .solution("String suspectC = \"a\";", "Both halves know the past only. Such a network has twice the units and still 50 % on Teddy.");

    // Names found: right 1, found 4, wanted 3.

    private static double[] measures(double right, double found, double wanted) {
        return new double[] {right / found, right / wanted, 2 * right / (found + wanted)};
    }

    private static final Exercise<?> COUNT = Exercise.vector("15.8", "Count names", measures(1, 4, 3)).rounded(3)
        .inputs("precision", "recall", "F1")
        .mistake(measures(3, 4, 3), "a name counts only if first word, last word and type are all right. Which of the four found ones does?")
        .mistake(measures(2, 4, 3), "a name counts only if its whole span is right: \"New\" alone, or \"Old Anna\", is not.")
        .mistake(measures(1, 3, 4), "precision and recall are exchanged: precision divides by what was found.")
        .mistake(measures(1, 3, 3), "count the found ones again: where a tag begins with B-, a new name begins.")
        .mistake(new double[] {1 / 4.0, 1 / 3.0, (1 / 4.0 + 1 / 3.0) / 2}, "precision and recall are right. F1 is not their mean: 2 · right / (found + wanted).")
        .mistake(new double[] {25, 100 / 3.0, 200 / 7.0}, "these are percent; asked are shares from 0 to 1.")
        .mistake(new double[] {5 / 8.0, 5 / 8.0, 5 / 8.0}, "this is the share of words whose tag is right. Asked are whole names.")
        .mistake(new double[] {1 / 4.0, 1 / 3.0, 1 / 7.0}, "precision and recall are right. In F1 the factor 2 is missing.")
        .mistake(measures(0, 4, 3), "one name is found as it should be: \"Bob\".")
        .hints("Wanted are Anna, Bob and New York City. Which spans do the found tags mark?",
            "Found: Old Anna, Bob, New, York City. Only one of them is wanted as it is.")
        .solution("double[] counted = {1 / 4.0, 1 / 3.0, 2 * 1 / (4.0 + 3.0)};", "Right is Bob alone; 4 found, 3 wanted. Five of eight words have the right "
            + "tag: word by word it looks much better.");

    private static final Exercise<?> WAIT = Exercise.vector("15.9", "How long does a word wait?", 0, 0.8, 4.4)
        .inputs("forward", "window", "bidirectional")
        .mistake(new double[] {0, 2, 11}, "these are words. 2.5 words come in a second, so divide by 2.5.")
        .mistake(new double[] {0, 5, 27.5}, "2.5 words come in a second: divide by 2.5, do not multiply.")
        .mistake(new double[] {0, 0.8, 6}, "this is the time for the whole sentence. Word 4 waits for the 11 words after it.")
        .mistake(new double[] {0, 0.8, 4}, "this is the wait of word 5, or of a count from 0. After word 4 come 15 - 4 = 11 words.")
        .mistake(new double[] {0, 0.8, 4.8}, "count again: after word 4 come 15 - 4 = 11 words, not 12.")
        .mistake(new double[] {0, 2, 4.4}, "the window waits for two words, each of 0.4 seconds; the other three of its five were heard already.")
        .mistake(new double[] {0, 1.2, 4.4}, "the window waits for two words more; word 4 itself was said already.")
        .mistake(new double[] {0, 1.6, 4.4}, "the window looks two words ahead; the two words behind it were heard already.")
        .mistake(new double[] {1.6, 2.4, 6}, "this is counted from the beginning of the sentence. Asked is the wait after word 4 was said.")
        .mistake(new double[] {0.4, 1.2, 4.8}, "the word itself was said already: it takes no more time.")
        .hints("How many words must still be said before each of the three can answer?", "0 words, 2 words, 15 - 4 words, at 0.4 seconds each.")
        .solution("double[] seconds = {0, 2 / 2.5, (15 - 4) / 2.5};", "A reader of the past can answer at once. A window waits for what it looks at, a "
            + "bidirectional network for the end, however long that takes.");

    private static final Exercise<?> HONEST = Exercise.choice("15.10", "Which one may look both ways?", "b",
            "a bidirectional network that gives next month's value at every step of the years held out",
            "a bidirectional network over the past 24 months, both ends joined, for the one month after",
            "a bidirectional network that gives next month's value at every step, trained on old years only",
            "a bidirectional network that writes subtitles, each word in the second in which it is said")
        .mistake("a", "at every step but the last, next month stands in the input, held out or not. The error says nothing.")
        .mistake("c", "on which years it was trained does not matter: where next month stands in the input, it is copied.")
        .mistake("d", "the second reader begins at the end of the speech. In the second in which a word is said, that has not come.")
        .hints("Ask of each: at the moment when the answer is needed, is every input there already?",
            "Looking both ways within what has already happened is no look into the future.")
        .solution("String honest = \"b\";", "All 24 months are past when the forecast is made. Both readers may read them; nothing of the month after is among "
            + "the inputs.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, BACK_BY_HAND, LATER, SIZE, WRITE, SUSPECT_B, SUSPECT_C, COUNT, WAIT, HONEST);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("15.p1", "A GRU with 8 units and one with 32 are trained to say whether Teddy is a name. What share of new sentences do they "
                + "have right?", "a", "about 50 % with 8 units and about 50 % with 32", "about 50 % with 8 units and above 90 % with 32",
                "above 90 % with 8 units and above 90 % with 32")
                .usualMistake("Many expect that a larger network finds a way. But both sentences are the same, word by word, up to Teddy. What has not been "
                    + "read yet no number of units can know."),
            Prediction.of("15.p2", "The question needs a word before Teddy and a word after it: is exactly one of the two true? With how many of five "
                + "seeds does the bidirectional network answer all eight sentences?", "c", "with all five of them", "with one to four of them",
                "with none of them at all")
                .usualMistake("The usual mistake: the network sees both words, so it can answer. But one reader sees the first word, the other one the second, "
                    + "and the output layer only adds what they say."),
            Prediction.of("15.p3", "Names that were never seen in training: by how much is the F1 of the bidirectional network above that of the "
                + "forward network, in the mean of five seeds?", "c", "by less than 5 points", "by 5 to 15 points", "by more than 15 points")
                .usualMistake("Seen word by word, the two seem close. But a name counts only as a whole, and where an unknown name ends, and of which type "
                    + "it is, the words after it tell."),
            Prediction.of("15.p4", "How large is the bidirectional network's error at the last month of a piece, the only real forecast?", "c",
                "as small as at the months before", "between those and the error of \"no change\"", "as large as the error of \"no change\", or larger")
                .usualMistake("A small error on held-out years looks like proof. But held out is not the same as unknown at the time: the answer stood in the "
                    + "input. Where it did not, nothing is left."));
    }
}
