package unrolled.course.lesson17;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.data.MovingDots;
import unrolled.layers.Conv2d;
import unrolled.layers.Frame;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/** Lesson 17: can a network watch? */
public final class Lesson17 implements Lesson {

    @Override public int number() {
        return 17;
    }

    @Override public String title() {
        return "Convolution first, recurrence last";
    }

    @Override public int minutes() {
        return 120;
    }

    private static final Exercise<?> KNOWN = Exercise.vector("17.1", "Know this already?", 8, 156, 9600, 96)
        .inputs("height of a map", "parameters", "multiplications", "numbers after pooling")
        .mistake(new double[] {8, 150, 9600, 96}, "each of the 6 filters has one bias, too.")
        .mistake(new double[] {8, 151, 9600, 96}, "the bias is not common to all: each of the 6 filters has its own.")
        .mistake(new double[] {12, 156, 21600, 216}, "the window must stay inside: it has fewer places than there are pixels in a row.")
        .mistake(new double[] {7, 156, 7350, 54}, "count the places of a window of 5 in a row of 12: it begins at 0, 1, ... up to 7.")
        .mistake(new double[] {8, 156, 9984, 96}, "a bias is added, it multiplies nothing.")
        .mistake(new double[] {8, 156, 150, 96}, "150 are the multiplications at one place of the window. It has 8 · 8 places.")
        .mistake(new double[] {8, 156, 1600, 96}, "1600 are the multiplications of one filter. There are 6.")
        .mistake(new double[] {8, 156, 9600, 16}, "16 numbers are left of one map. There are 6 maps.")
        .mistake(new double[] {8, 156, 9600, 192}, "squares of 2 x 2: the height and the width are both halved, so a quarter of the numbers is left.")
        .mistake(new double[] {8, 9600, 156, 96}, "parameters and multiplications are exchanged. The same few weights are used at every place.")
        .hints("A window of 5 in a row of 12 can begin at columns 0 to 7. A filter has 5 · 5 weights and a bias.",
            "6 · (25 + 1) parameters; 6 · 25 multiplications at each of 8 · 8 places; pooling leaves 4 · 4 numbers of each map.")
        .solution("double[] known = {12 - 5 + 1, 6 * (5 * 5 + 1), 6 * 5 * 5 * 8 * 8, 6 * 4 * 4};",
            "The weights do not depend on the size of the picture; the multiplications do.");

    // The picture and the filter of section 2.
    private static final double[][] X = {{0, 2, 1, 0, 1}, {2, 3, 0, 2, 0}, {0, 2, 2, 1, 0}, {2, 0, 1, 3, 1}, {1, 0, 0, 2, 0}};
    private static final double[][] W = {{1, 0, -1}, {2, 1, 0}, {0, -1, 1}};
    private static final double B = 0.5;

    /** Where a filter of side k is read for the window's pixel (r, s): row and column. */
    private interface Read {
        double at(double[][] W, int r, int s);
    }

    private static final Read AS_IT_IS = (W, r, s) -> W[r][s], TURNED = (W, r, s) -> W[W.length - 1 - r][W.length - 1 - s],
        EXCHANGED = (W, r, s) -> W[s][r];

    private static double number(double[][] x, double[][] W, int i, int j, Read read) {
        double y = 0;
        for (int r = 0; r < W.length; r++) {
            for (int s = 0; s < W.length; s++) {
                y += read.at(W, r, s) * x[i + r][j + s];
            }
        }
        return y;
    }

    private static double y(int i, int j) {
        return number(X, W, i, j, AS_IT_IS) + B;
    }

    private static final Exercise<?> PLACE = Exercise.number("17.2", "One number of the map", y(2, 1))
        .mistake(y(2, 1) - B, "the bias of 0.5 is missing.")
        .mistake(y(2, 1) + 8 * B, "the bias is added once for each number of the map, not once for each weight.")
        .mistake(y(1, 2), "this is y_{1,2}. The first index is the row: the window begins in row 2, column 1.")
        .mistake(y(1, 0), "this is y_{1,0}: rows and columns are counted from 0 here.")
        .mistake(number(X, W, 2, 1, TURNED) + B, "the filter is turned by half a circle, as in the convolution of mathematics. Here, as in most "
            + "libraries of neural networks, it lies on the picture as it is.")
        .mistake(number(X, W, 2, 1, EXCHANGED) + B, "rows and columns of the filter are exchanged.")
        .hints("Cut out rows 2, 3, 4 and columns 1, 2, 3 of the picture.",
            "The window is (2 2 1 / 0 1 3 / 0 0 2). Multiply number by number with W, add the nine products, and add 0.5.")
        .solution("double y21 = 2 * 1 + 2 * 0 + 1 * -1 + 0 * 2 + 1 * 1 + 3 * 0 + 0 * 0 + 0 * -1 + 2 * 1 + 0.5;",
            "Nine products, their sum, and the bias: 1 + 1 + 2 + 0.5.");

    private static MapOf map(Read read) {
        return (x, W) -> {
            double[][] y = new double[x.length - W.length + 1][x[0].length - W.length + 1];
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < y[i].length; j++) {
                    y[i][j] = number(x, W, i, j, read);
                }
            }
            return y;
        };
    }

    private static double[][] turnedOver(double[][] y) {
        double[][] t = new double[y[0].length][y.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                t[j][i] = y[i][j];
            }
        }
        return t;
    }

    private static double[] maps(MapOf f) {
        return Exercise.numbers(f.of(copy(X), copy(W)), f.of(new double[][] {{1, -2, 3, 0}, {0, 5, -1, 2}, {4, 0, 2, 7}},
            new double[][] {{1, 2}, {-3, 0.5}}), f.of(new double[][] {{3, -4}}, new double[][] {{2}}));
    }

    private static double[][] copy(double[][] x) {
        double[][] copy = x.clone();
        for (int i = 0; i < x.length; i++) {
            copy[i] = x[i].clone();
        }
        return copy;
    }

    private static final Exercise<?> MAP = Exercise.function("17.3", "Write a convolution", MapOf.class, Lesson17::maps, map(AS_IT_IS))
        .mistake(map(TURNED), "the filter is turned by half a circle: W[r][s] belongs to x[i + r][j + s].")
        .mistake(map(EXCHANGED), "rows and columns of the filter are exchanged: W[r][s] belongs to x[i + r][j + s].")
        .mistake((x, W) -> turnedOver(map(AS_IT_IS).of(x, W)), "rows and columns of the map are exchanged: y[i][j], row i first.")
        .mistake((x, W) -> {
            double[][] y = map(AS_IT_IS).of(x, W);
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < y[i].length; j++) {
                    y[i][j] = W[W.length - 1][W.length - 1] * x[i + W.length - 1][j + W.length - 1];
                }
            }
            return y;
        }, "only the last product is left of each window: add with +=, not with =.")
        .mistake((x, W) -> {
            double[][] y = map(AS_IT_IS).of(x, W);
            for (double[] row : y) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = Math.max(0, row[j]);
                }
            }
            return y;
        }, "negative numbers have become 0. That is the ReLU, which comes later.")
        .mistake((x, W) -> {
            double[][] y = map(AS_IT_IS).of(x, W);
            for (double[] row : y) {
                for (int j = 0; j < row.length; j++) {
                    row[j] += B;
                }
            }
            return y;
        }, "no bias is asked for here.")
        .hints("Four loops: over the places i and j of the map, and over the rows r and columns s of the filter.",
            "y has x.length - W.length + 1 rows. Inside all loops stands y[i][j] += W[r][s] * x[i + r][j + s];")
        .solution("""
            MapOf myMap = (x, W) -> {
                int k = W.length;
                double[][] y = new double[x.length - k + 1][x[0].length - k + 1];
                for (int i = 0; i < y.length; i++) for (int j = 0; j < y[0].length; j++)
                    for (int r = 0; r < k; r++) for (int s = 0; s < k; s++)
                        y[i][j] += W[r][s] * x[i + r][j + s];
                return y;
            };
            """, "The same W at every place (i, j): that is the whole idea.");

    private static final Exercise<?> POOL = Exercise.vector("17.4", "Pooling", 3, 2, 0, 4)
        .inputs("upper left", "upper right", "lower left", "lower right")
        .mistake(new double[] {0.75, -0.25, -2, 1.25}, "these are the means of the squares. Asked for is the largest number.")
        .mistake(new double[] {3, 0, 2, 4}, "the four numbers are right, their order is not: row by row.")
        .mistake(new double[] {3, -4, -5, 4}, "the largest number, not the one that is farthest from 0: -4 is small.")
        .mistake(new double[] {3, 2, 2, 3}, "the squares do not overlap: the next one begins two columns farther on.")
        .mistake(new double[] {-2, -4, -5, -1}, "these are the smallest numbers.")
        .mistake(new double[] {3, -1, -5, 4}, "these are the numbers of an outer corner. Look through the whole square.")
        .hints("Cut the map into four squares of 2 x 2. Of each keep one number.", "The upper left square is (3 1 / -2 1).")
        .solution("double[] pooled = {3, 2, 0, 4};", "The largest of (3 1 / -2 1), (2 -4 / 1 0), (-1 -5 / 0 -2) and (-1 2 / 0 4).");

    // x, dy of exercise 17.5, and what is asked.
    private static final double[][] XS = {{1, 2, 0}, {0, 1, 3}, {2, 1, 1}}, DY = {{1, -1}, {0.5, 2}};

    private static double[] slopes(Read read, double scale, double db) {
        double[] g = new double[5];
        for (int r = 0; r < 2; r++) {
            for (int s = 0; s < 2; s++) {
                g[2 * r + s] = scale * number(new double[][] {{XS[r][s], XS[r][s + 1]}, {XS[r + 1][s], XS[r + 1][s + 1]}}, DY, 0, 0, read);
            }
        }
        g[4] = db;
        return g;
    }

    private static double[] firstWindow() {
        return new double[] {1, 2, 0, 1, 1};
    }

    private static final Exercise<?> SLOPES = Exercise.vector("17.5", "The slopes of a filter", slopes(AS_IT_IS, 1, 2.5))
        .inputs("dW_00", "dW_01", "dW_10", "dW_11", "db")
        .mistake(slopes(TURNED, 1, 2.5), "dy is turned by half a circle: dW_rs pairs dy_ij with x_{i+r,j+s}.")
        .mistake(slopes(EXCHANGED, 1, 2.5), "rows and columns of dy are exchanged: dW_rs pairs dy_ij with x_{i+r,j+s}.")
        .mistake(slopes(AS_IT_IS, 0.25, 0.625), "this is a mean over the four places. Effects add: it is the sum.")
        .mistake(slopes(AS_IT_IS, 1, 1), "the four weights are right. The bias is added at each of the four places, so db is the sum of all dy.")
        .mistake(slopes(AS_IT_IS, 1, 4), "the four weights are right. db counts each place with its dy, not with 1.")
        .mistake(firstWindow(), "this is the first place of the window alone. The filter works at four places; add up all of them.")
        .mistake(slopes((d, r, s) -> 1, 1, 2.5), "each pixel must be multiplied by the dy of its place.")
        .hints("Each weight meets four pixels, one for each place of the window. Which four does W_00 meet?",
            "dW_00 = 1 · 1 + (-1) · 2 + 0.5 · 0 + 2 · 1. For W_01 the four pixels lie one column to the right.")
        .solution("""
            double[] filterSlopes = {1 * 1 - 1 * 2 + 0.5 * 0 + 2 * 1, 1 * 2 - 1 * 0 + 0.5 * 1 + 2 * 3,
                1 * 0 - 1 * 1 + 0.5 * 2 + 2 * 1, 1 * 1 - 1 * 3 + 0.5 * 1 + 2 * 1, 1 - 1 + 0.5 + 2};
            """, "Each weight: over all places, what arrives there times the pixel that the weight met there.");

    private static final int[][] SIZES = {{1, 1, 1, 1}, {1, 5, 1, 3}, {1, 8, 4, 3}, {2, 8, 8, 3}, {3, 10, 5, 4}};

    private static double[] counts(ConvSize f) {
        double[] counts = new double[SIZES.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = f.of(SIZES[i][0], SIZES[i][1], SIZES[i][2], SIZES[i][3]);
        }
        return counts;
    }

    private static Conv2d library(double C, double N, double K, double k) {
        return Conv2d.valid(new Frame((int) C, (int) N, (int) N), (int) K, (int) k, new SplittableRandom(1));
    }

    private static final String[] INPUTS = {"C = N = K = k = 1", "C = 1, N = 5, K = 1, k = 3", "C = 1, N = 8, K = 4, k = 3",
        "C = 2, N = 8, K = 8, k = 3", "C = 3, N = 10, K = 5, k = 4"};

    private static final Exercise<?> PARAMETERS = Exercise.function("17.6", "Parameters of a convolution", ConvSize.class, Lesson17::counts,
            (C, N, K, k) -> library(C, N, K, k).size())
        .inputs(INPUTS)
        .mistake((C, N, K, k) -> K * C * k * k, "the biases are missing: one for each filter.")
        .mistake((C, N, K, k) -> K * C * k * k + 1, "each of the K filters has its own bias.")
        .mistake((C, N, K, k) -> K * (k * k + 1), "a window reads all C channels, with a weight for each of its pixels.")
        .mistake((C, N, K, k) -> K * C * (k * k + 1), "one bias for each filter, not one for each channel of each filter.")
        .mistake((C, N, K, k) -> K * C * k * k + C, "a bias belongs to a filter, not to a channel of the picture.")
        .mistake((C, N, K, k) -> K * (C * k + 1), "a window has k rows and k columns.")
        .mistake((C, N, K, k) -> C * k * k + 1, "this is one filter. There are K.")
        .mistake((C, N, K, k) -> K * (C * k * k + 1) * (N - k + 1) * (N - k + 1), "a weight is counted once, however often it is used.")
        .mistake((C, N, K, k) -> K * (C * N * N + 1), "this is a dense layer with K units, which has a weight for each pixel.")
        .mistake((C, N, K, k) -> (K + 1) * C * k * k, "one bias for each filter, K in all.")
        .hints("Count the weights of one filter first: it reads C channels through a window of k · k pixels.",
            "C · k · k weights and a bias for each of the K filters.")
        .solution("ConvSize parameters = (C, N, K, k) -> K * (C * k * k + 1);", "N does not appear: the same filters serve every size of picture.");

    private static final Exercise<?> WORK = Exercise.function("17.7", "Multiplications of a convolution", ConvSize.class, Lesson17::counts,
            (C, N, K, k) -> library(C, N, K, k).multiplications())
        .inputs(INPUTS)
        .mistake((C, N, K, k) -> K * C * k * k, "this is the work at one place of the window.")
        .mistake((C, N, K, k) -> K * C * k * k * N * N, "the window has N - k + 1 places in a row, not N.")
        .mistake((C, N, K, k) -> K * C * k * k * (N - 2) * (N - 2), "N - 2 places in a row are right for k = 3 alone. How many has a window of k?")
        .mistake((C, N, K, k) -> K * C * k * k * (N - k) * (N - k), "count the places of a window of 3 in a row of 5: there are three.")
        .mistake((C, N, K, k) -> K * (C * k * k + 1) * (N - k + 1) * (N - k + 1), "a bias is added, it multiplies nothing.")
        .mistake((C, N, K, k) -> C * k * k * (N - k + 1) * (N - k + 1), "this is one filter. There are K.")
        .mistake((C, N, K, k) -> K * k * k * (N - k + 1) * (N - k + 1), "a window reads all C channels.")
        .mistake((C, N, K, k) -> K * C * k * k * (N - k + 1), "the window has N - k + 1 places in a row, and as many rows.")
        .mistake((C, N, K, k) -> K * C * k * (N - k + 1) * (N - k + 1), "a window has k rows and k columns.")
        .mistake((C, N, K, k) -> 2 * K * C * k * k * (N - k + 1) * (N - k + 1), "you counted the additions, too. Only multiplications are asked for.")
        .hints("First the work at one place of the window, then the number of places.",
            "K · C · k · k at one place; (N - k + 1) · (N - k + 1) places.")
        .solution("ConvSize work = (C, N, K, k) -> K * C * k * k * (N - k + 1) * (N - k + 1);",
            "Every weight is used once at every place. So a convolution has few parameters and much work.");

    // What a filter over two frames finds: the share of each way's films in which its largest number is above 0.

    private static double[] found(Supplier<double[]> filter) {
        double[] w = filter.get();
        double[] found = new double[4];
        if (w == null || w.length > 0 && Arrays.stream(w).allMatch(Double::isNaN)) {
            Arrays.fill(found, Double.NaN);                                                 // not answered yet
            return found;
        }
        if (w.length != 18) {
            throw Exercise.refusal("the filter needs 18 numbers: the nine of the older frame row by row, then those of the newer frame; yours has "
                + w.length + ".");
        }
        if (!Arrays.stream(w).allMatch(Double::isFinite)) {
            throw Exercise.refusal("some of the 18 weights are no numbers yet.");
        }
        Conv2d conv = Conv2d.same(new Frame(2, MovingDots.SIDE, MovingDots.SIDE), 1, 3, new SplittableRandom(1));
        conv.param("W").value.set(Matrix.columnOf(w));
        conv.param("b").value.fill(-3);
        Batch films = Films.within(2, 0, MovingDots.SIDE);
        Sequence maps = conv.forward(Films.pairs(films).x());
        int each = maps.B / 4;
        for (int b = 0; b < maps.B; b++) {
            Matrix map = maps.at(0);
            found[(int) films.d().at(0).get(b, 0)] += map.get(b, map.argMax(b)) > 0 ? 1.0 / each : 0;
        }
        for (int way = 0; way < 4; way++) {
            found[way] = Math.rint(1000 * found[way]) / 1000;
        }
        return found;
    }

    /** The answer of a learner who gives an array is taken for a function without arguments. */
    @SuppressWarnings("unchecked")
    private static final Class<Supplier<double[]>> FILTER = (Class<Supplier<double[]>>) (Class<?>) Supplier.class;

    private static Supplier<double[]> filter(double... w) {
        return () -> w.clone();
    }

    private static final Exercise<?> UP = Exercise.function("17.8", "A filter that sees up", FILTER, Lesson17::found,
            filter(0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, -1, 0))
        .inputs("share found of the films to the left", "share found of the films to the right", "share found of the films up",
            "share found of the films down")
        .mistake(filter(0, 0, 0, 1, 1, -1, 0, 0, 0, 0, 0, 0, -1, 1, 1, 0, 0, 0), "this is the filter of the example, which finds right.")
        .mistake(filter(0, 0, 0, -1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, -1, 0, 0, 0), "this finds left. For up the dot lies along a column.")
        .mistake(filter(0, 1, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 1, 0), "this finds down: row 0 is the top, so up means to a smaller row.")
        .mistake(filter(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0), "it finds vertical films, up and down alike. What differs between them? "
            + "The two frames must not have the same weights.")
        .mistake(filter(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0), "it finds horizontal films, left and right alike.")
        .mistake(filter(0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0), "it finds nothing: with the bias of -3 the pixels of an upward film must "
            + "come to more than 3. Which four pixels are they?")
        .mistake(filter(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), "it finds every film. Weights of -1 must forbid the other ways.")
        .hints("Draw a window of 3 x 3 for each frame. In the older frame the dot lies in the middle and below it; where in the newer one?",
            "+1 where the dot must be, -1 in the middle column where it must not be, 0 elsewhere. The older frame: 0 -1 0, 0 1 0, 0 1 0.")
        .solution("double[] up = {0, -1, 0, 0, 1, 0, 0, 1, 0,   0, 1, 0, 0, 1, 0, 0, -1, 0};",
            "A film upwards gives 4 - 3 = 1 at one place. No other comes to more than 2 - 3.");

    // The letters of the bugs are not those of the suspects.
    private static final String[] BUGS = {"mirrored left to right", "rows and columns of the filter are exchanged", "the bias is added for every weight",
        "the filter is turned by half a circle", "negative numbers become 0"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("17.9", "Suspect B", "d", BUGS)
        .mistake("a", "then only the columns would be exchanged. Compare the first row of their third map with the rows of the filter.")
        .mistake("b", "then the first column of W, 1 2 0, would stand as a row somewhere in their third map. Add the bias, and look.")
        .mistake("c", "then darkness would give nine times the bias. Suspect B passes that probe.")
        .mistake("e", "their third map has a negative number.")
        .hints("A right program shows, for one light in the middle, the filter turned by half a circle. What do they show?",
            "Take the bias, 0.5, from each number of their third map. Do you know these nine numbers?")
        .solution("String suspectB = \"d\";", "Their third map is W itself, plus the bias. A right one is W turned by half a circle, so theirs was turned once "
            + "too often.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("17.10", "Suspect C", "b", BUGS)
        .mistake("a", "then each row of their third map would be a row of the right one, read backwards. Compare the first row.")
        .mistake("c", "then darkness would give nine times the bias. Suspect C passes that probe.")
        .mistake("d", "then their third map would be W plus the bias. Its first row would be 1.5, 0.5, -0.5.")
        .mistake("e", "their third map has a negative number.")
        .hints("Take the bias from their third map, and turn it back by half a circle. Is it W?",
            "Its first row, turned back, is 1 2 0. Where is that in W?")
        .solution("String suspectC = \"b\";", "Turned back it has the rows 1 2 0, 0 1 -1, -1 0 1: the columns of W. With a filter that is its own mirror image "
            + "along the diagonal, no probe could find it.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, PLACE, MAP, POOL, SLOPES, PARAMETERS, WORK, UP, SUSPECT_B, SUSPECT_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("17.p1", "The network sees one frame of each film. How many of the 256 films can it get right after training?", "b",
                "about a quarter of them", "about half of them", "nearly all of them")
                .usualMistake("That one frame shows nothing about motion sounds right, and would give a quarter. But the dot is blurred along its way: the line "
                    + "can be seen, the direction on it cannot."),
            Prediction.of("17.p2", "Convolution and recurrence learn the films of the left half. How many films of the right half do they get right?", "c",
                "nearly all of them", "about three quarters of them", "less than half of them")
                .usualMistake("\"A convolution shares its weights over space, so the network knows every position.\" The convolution does. But what comes "
                    + "behind it has a weight of its own for each place of the map, and those of the right half never learned anything."),
            Prediction.of("17.p3", "Two dots, and the largest number over time in place of the recurrence. How often is the first way named?", "b",
                "in nearly all films", "in about half of them", "in about a quarter of them")
                .usualMistake("The maximum over time forgets the order, but not what there was: it knows both ways, and must only guess which was the first."),
            Prediction.of("17.p4", "Who reads the most of the held-out digits, in the mean of five seeds?", "c",
                "convolution and recurrence", "a dense layer and recurrence", "the nearest neighbour")
                .usualMistake("The network that is built for pictures should win, one thinks. These pictures are small, and each digit fills its frame in the same "
                    + "way: there is no shifted position that one would have to be prepared for, and comparing pixels is hard to beat."));
    }
}
