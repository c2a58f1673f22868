package unrolled.course.lesson12;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;
import unrolled.data.Counting;
import unrolled.layers.Lstm;
import unrolled.layers.Param;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Lesson 12: how can a network keep something? */
public final class Lesson12 implements Lesson {

    @Override public int number() {
        return 12;
    }

    @Override public String title() {
        return "LSTM";
    }

    @Override public int minutes() {
        return 125;
    }

    private static double sigma(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    // c_{t-1} = 1.5, f = 0.8, i = 0.5, g = -0.4, o = 0.6; dh_t = 1 is all that arrives: c, h, dc_{t-1}.

    private static double[] known(double c, double squashed, double slope, double f) {
        return new double[] {c, 0.6 * squashed, 0.6 * slope * f};
    }

    private static double[] knownWith(double c) {
        return known(c, Math.tanh(c), 1 - Math.pow(Math.tanh(c), 2), 0.8);
    }

    private static final double T1 = Math.tanh(1), SLOPE1 = 1 - T1 * T1;

    private static final Exercise<?> KNOWN = Exercise.vector("12.1", "Know this already?", knownWith(1)).rounded(4)
        .inputs("c_t", "h_t", "dc_{t-1}")
        .mistake(known(1, 1, 1, 0.8), "c_t is right. But it is shown through a tanh: h_t = o · tanh c_t, and the way back has its slope.")
        .mistake(known(1, 1, SLOPE1, 0.8), "the tanh of the output is missing: h_t = o · tanh c_t.")
        .mistake(known(1, T1, 1, 0.8), "c_t and h_t are right. On the way back from h_t to c_t the slope 1 - tanh² c_t is missing.")
        .mistake(known(1, T1, 0, 0.8), "c_t and h_t are right. The slope is 1 - tanh² c_t; you squared c_t itself.")
        .mistake(known(1, T1, SLOPE1, 1), "c_t and h_t are right. From c_t to c_{t-1} the gradient meets the forget gate, 0.8.")
        .mistake(known(1, T1, SLOPE1, 0.2), "c_t and h_t are right. On the conveyor stands f, the share that is kept, not 1 - f.")
        .mistake(known(1, T1, SLOPE1 / 0.6, 0.8), "c_t and h_t are right. From h_t to c_t the gradient passes the output gate, 0.6.")
        .mistake(new double[] {1, 0.6 * T1, 0.8}, "c_t and h_t are right. Before the gradient is at c_t it has to pass the output gate and the tanh.")
        .mistake(new double[] {1, 0.6 * Math.tanh(1.5), 0.6 * SLOPE1 * 0.8}, "h_t shows the new cell, c_t, not the old one.")
        .mistake(knownWith(1.4), "the candidate is negative: i · g = 0.5 · (-0.4) = -0.2.")
        .mistake(knownWith(0.1), "f is the share that is kept, not the share that is lost: f · c_{t-1} = 0.8 · 1.5.")
        .mistake(knownWith(0.8), "the input gate is missing: i · g, not g, is added.")
        .mistake(knownWith(1.3), "the forget gate is missing: f · c_{t-1} = 0.8 · 1.5.")
        .mistake(knownWith(0.43), "i and f are exchanged: f belongs to the old cell, i to the candidate.")
        .mistake(known(1, T1, SLOPE1 * 0.16, 1), "c_t and h_t are right. On the conveyor stands f itself; f(1 - f) is for the way to its sum.")
        .mistake(known(1, T1, SLOPE1, 0.5), "c_t and h_t are right. From c_t to c_{t-1} the gradient meets what multiplied c_{t-1}: the forget gate, not the input gate.")
        .mistake(known(1, T1, 1 - Math.pow(0.6 * T1, 2), 0.8), "c_t and h_t are right. The slope is 1 - tanh² c_t; you squared h_t, in which the output gate is, too.")
        .mistake(known(1, T1, T1 * (1 - T1), 0.8), "c_t and h_t are right. y(1 - y) is the slope of the sigmoid; the cell is shown through a tanh: 1 - tanh² c_t.")
        .mistake(new double[] {1, 0.6 * T1, SLOPE1}, "c_t and h_t are right. The slope of the tanh is one factor of three: o and f are missing.")
        .mistake(new double[] {1, 0.6 * sigma(1), 0.6 * SLOPE1 * 0.8}, "c_t and dc_{t-1} are right. The cell is shown through tanh, not through σ: h_t = o · tanh c_t.")
        .hints("c_t = f · c_{t-1} + i · g and h_t = o · tanh c_t. Back: from h_t to c_t, then along the conveyor to c_{t-1}.",
            "c_t = 0.8 · 1.5 + 0.5 · (-0.4). dc_t = 1 · o · (1 - tanh² c_t), and dc_{t-1} = dc_t · f.")
        .solution("double[] known = {1.0, 0.6 * Math.tanh(1), 1 * 0.6 * (1 - Math.pow(Math.tanh(1), 2)) * 0.8};",
            "c_t = 1.2 - 0.2. It is shown through tanh and the output gate. Back the same way, and then along the conveyor: times f, nothing else.");

    // c_{t-1} = -1.2, i = 0.25, f = 0.75, g = 0.8, o = 0.6.

    private static final double USED = 0.6 * Math.tanh(-0.7);

    private static final Exercise<?> NAMES = Exercise.vector("12.2", "Learn, forget, remember, use", 0.2, -0.9, -0.7, USED).rounded(4)
        .inputs("learn", "forget", "remember", "use")
        .mistake(new double[] {0.8, -0.9, -0.1, 0.6 * Math.tanh(-0.1)}, "learn is the candidate times the input gate, 0.25 · 0.8. Here g stands alone.")
        .mistake(new double[] {0.25, 0.75, -0.7, 0.6}, "these are gates. Each of the four names stands for a product (or a sum) that is made with a gate.")
        .mistake(new double[] {0.25, 0.75, -0.7, USED}, "remember and use are right. Learn and forget are products made with the gates: i · g and f · c_{t-1}.")
        .mistake(new double[] {0.2, -0.9, -0.7, -0.42}, "three are right. Use shows the cell through a tanh: 0.6 · tanh(-0.7).")
        .mistake(new double[] {0.2, -0.9, -0.7, Math.tanh(-0.7)}, "three are right. Use has the output gate in it: 0.6 · tanh(-0.7).")
        .mistake(new double[] {0.2, -0.3, -0.1, 0.6 * Math.tanh(-0.1)}, "f = 0.75 is the share that is *kept*: forget gives 0.75 · (-1.2), not 0.25 · (-1.2).")
        .mistake(new double[] {0.2, -0.3, -0.7, USED}, "what the name forget stands for is the part that is kept: 0.75 · (-1.2). The rest, a quarter, is what is lost.")
        .mistake(new double[] {0.2, 0.9, 1.1, 0.6 * Math.tanh(1.1)}, "the old cell is -1.2; its sign was lost.")
        .mistake(new double[] {0.6, -0.3, 0.3, 0.6 * Math.tanh(0.3)}, "i and f are exchanged: learn is made with i, forget with f.")
        .mistake(new double[] {0.2, -0.9, -1.1, 0.6 * Math.tanh(-1.1)}, "learn and forget are right; remember is their sum: -0.9 + 0.2.")
        .mistake(new double[] {0.48, -0.9, -0.42, 0.6 * Math.tanh(-0.42)}, "learn lets the new *in*: it is made with the input gate, 0.25, not with the output gate.")
        .mistake(new double[] {0.2, -0.9, -0.7, Math.tanh(-0.42)}, "three are right. The tanh comes first, then the output gate: 0.6 · tanh(-0.7), not tanh(0.6 · (-0.7)).")
        .mistake(new double[] {0.2, -0.9, -0.7, 0.6 * sigma(-0.7)}, "three are right. The cell is shown through tanh, not through σ.")
        .mistake(new double[] {0.2, -0.9, -0.7, 0.6 * Math.tanh(-1.2)}, "three are right. Use shows the *new* cell, which is remember, -0.7.")
        .mistake(new double[] {0.2, -0.9, -0.7, -USED}, "three are right. tanh keeps the sign: use is negative, as the cell is.")
        .mistake(new double[] {0.2, -0.9, -0.9, 0.6 * Math.tanh(-0.9)}, "learn and forget are right; remember is the sum of both.")
        .mistake(new double[] {0.2, -0.9, -0.18, 0.6 * Math.tanh(-0.18)}, "learn and forget are right; remember is their sum, not their product.")
        .hints("Two products, their sum, and what is shown of the sum.", "learn = 0.25 · 0.8, forget = 0.75 · (-1.2), remember is their sum, use = 0.6 · tanh of it.")
        .solution("double[] four = {0.25 * 0.8, 0.75 * -1.2, 0.25 * 0.8 + 0.75 * -1.2, 0.6 * Math.tanh(0.25 * 0.8 + 0.75 * -1.2)};",
            "Learn 0.2, forget -0.9 (what is left of the old), remember -0.7, use 0.6 · tanh(-0.7). Remember is c_t, and use is h_t.");

    // The one-unit cell of the notebook, in the order i f g o.
    private static final double[] w = {0.5, -0.4, 1.2, 0.8};
    private static final double[] u = {0.3, 0.6, -0.7, -0.5};
    private static final double[] b = {0.1, 1.2, -0.1, 0.2};

    private static double sum(int k, double x, double h) {
        return x * w[k] + h * u[k] + b[k];
    }

    /** i, f, g, o, c, h of a step. */
    private static double[] step(double x, double h, double c) {
        return finish(sigma(sum(0, x, h)), sigma(sum(1, x, h)), Math.tanh(sum(2, x, h)), sigma(sum(3, x, h)), c);
    }

    private static double[] finish(double i, double f, double g, double o, double c) {
        double now = f * c + i * g;
        return new double[] {i, f, g, o, now, o * Math.tanh(now)};
    }

    private static final double[] first = step(1.0, 0, 0);
    private static final double[] second = step(-0.5, first[5], first[4]);
    private static final double h1 = second[5], c1 = second[4];
    private static final double[] third = step(0.8, h1, c1);

    private static double[] thirdWith(int entry, double value) {
        double[] s = third.clone();
        s[entry] = value;
        return s;
    }

    private static double[] withCell(double c) {
        return new double[] {third[0], third[1], third[2], third[3], c, third[3] * Math.tanh(c)};
    }

    private static double[] withoutBias() {
        return finish(sigma(0.8 * w[0] + h1 * u[0]), sigma(0.8 * w[1] + h1 * u[1]), Math.tanh(0.8 * w[2] + h1 * u[2]), sigma(0.8 * w[3] + h1 * u[3]), c1);
    }

    private static double[] fromCell() {
        return finish(sigma(sum(0, 0.8, c1)), sigma(sum(1, 0.8, c1)), Math.tanh(sum(2, 0.8, c1)), sigma(sum(3, 0.8, c1)), c1);
    }

    private static final Exercise<?> THIRD = Exercise.vector("12.3", "The third step", third).rounded(4).tolerance(1e-4)
        .inputs("i2", "f2", "g2", "o2", "c2", "h2")
        .mistake(step(0.8, h1, h1), "the four gates are right. In c2 stands the old *cell* c1, not the old output h1: two things are handed on.")
        .mistake(fromCell(), "the gates read the old output h1, not the cell c1.")
        .mistake(step(0.8, first[5], first[4]), "you used h0 and c0; step 2 begins with h1 and c1.")
        .mistake(step(0.8, 0, 0), "the memory is missing: step 2 begins with h1 and c1, not with 0.")
        .mistake(step(0.8, h1, 0), "the gates are right. c2 has no part of c1: f2 · c1 is missing.")
        .mistake(step(0.8, h1, first[4]), "the gates are right. In c2 stands c0; step 2 begins with c1.")
        .mistake(withoutBias(), "the biases are missing: 0.1, 1.2, -0.1 and 0.2.")
        .mistake(finish(third[1], third[0], third[2], third[3], c1), "i and f are exchanged: the first of the four weights is that of i.")
        .mistake(finish(third[0], third[1], sum(2, 0.8, h1), third[3], c1), "the candidate needs its tanh.")
        .mistake(finish(third[0], third[1], sigma(sum(2, 0.8, h1)), third[3], c1), "the candidate is no gate: it has tanh, not σ.")
        .mistake(thirdWith(5, third[3] * third[4]), "nearly: h2 = o2 · tanh c2; the tanh is missing.")
        .mistake(thirdWith(5, Math.tanh(third[4])), "nearly: h2 = o2 · tanh c2; the output gate is missing.")
        .mistake(finish(third[0], 1 - third[1], third[2], third[3], c1), "f is the share that is kept; you used 1 - f.")
        .mistake(step(-0.5, h1, c1), "you used the input of step 1, -0.5. That of step 2 is 0.8.")
        .mistake(step(-0.8, h1, c1), "the input is 0.8, not -0.8.")
        .mistake(step(0.8, first[5], c1), "the gates of step 2 read h1; you gave them h0.")
        .mistake(step(0.8, 0, c1), "the gates read the old output, too: the part with h1 is missing in all four sums.")
        .mistake(finish(sum(0, 0.8, h1), sum(1, 0.8, h1), sum(2, 0.8, h1), sum(3, 0.8, h1), c1), "these are the sums. The gates need their σ, the candidate its tanh.")
        .mistake(withCell(c1 + third[0] * third[2]), "the gates are right. In c2 the forget gate is missing: f2 · c1, not c1.")
        .mistake(withCell(third[1] * c1 + third[2]), "the gates are right. In c2 the input gate is missing: i2 · g2, not g2.")
        .mistake(withCell(third[0] * c1 + third[1] * third[2]), "the gates are right. In c2 they are exchanged: f2 belongs to c1, i2 to g2.")
        .mistake(thirdWith(5, third[3] * Math.tanh(c1)), "five are right. h2 shows the new cell, c2, not c1.")
        .hints("The lines of step 1 with x = 0.8, and h1, c1 in place of h0, c0.",
            "i2 = sigma(0.8 * 0.5 + h1 * 0.3 + 0.1); f2, g2 and o2 in the same way; then c2 = f2 * c1 + i2 * g2.")
        .solution("""
            double i2 = sigma(0.8 * 0.5 + h1 * 0.3 + 0.1), f2 = sigma(0.8 * -0.4 + h1 * 0.6 + 1.2);
            double g2 = Math.tanh(0.8 * 1.2 + h1 * -0.7 + -0.1), o2 = sigma(0.8 * 0.8 + h1 * -0.5 + 0.2);
            double c2 = f2 * c1 + i2 * g2;
            double[] step2 = {i2, f2, g2, o2, c2, o2 * Math.tanh(c2)};
            """, "Four numbers from x and h1, then the cell, then what is shown of it. Two numbers go on to the next step: c2 and h2.")
        .setup("""
            double sigma(double a) { return 1 / (1 + Math.exp(-a)); }
            double c0 = sigma(0.6) * Math.tanh(1.1), h0 = sigma(1.0) * Math.tanh(c0);
            double i1 = sigma(-0.15 + h0 * 0.3), f1 = sigma(1.4 + h0 * 0.6), g1 = Math.tanh(-0.7 - h0 * 0.7), o1 = sigma(-0.2 - h0 * 0.5);
            double c1 = f1 * c0 + i1 * g1, h1 = o1 * Math.tanh(c1);
            """);

    // The way back, with the slips that are named.

    private static LstmBack back(String... slips) {
        List<String> with = List.of(slips);
        return (dh, dc, i, f, g, o, before, c) -> {
            double s = Math.tanh(c);
            double slope = with.contains("no slope of c") ? 1 : with.contains("slope of c itself") ? 1 - c * c
                : with.contains("slope of before") ? 1 - Math.pow(Math.tanh(before), 2) : with.contains("slope of h") ? 1 - o * o * s * s : 1 - s * s;
            double own = dh * (with.contains("no output gate") ? 1 : o) * slope;
            double all = with.contains("own only") ? own : with.contains("conveyor only") ? dc : with.contains("difference") ? own - dc
                : own + dc * (with.contains("f too early") ? f : 1);
            double dao = dh * (with.contains("c for s") ? c : with.contains("no s") ? 1 : with.contains("slope for s") ? slope : s) * sigmoidSlope(o, with);
            if (with.contains("dao of dc")) {
                dao = all * s * sigmoidSlope(o, with);
            }
            double dai = all * (with.contains("i for g") ? i : g) * sigmoidSlope(i, with);
            double daf = all * (with.contains("c for before") ? c : with.contains("tanh before") ? Math.tanh(before) : before) * sigmoidSlope(f, with);
            double dag = all * (with.contains("g for i") ? g : i) * (with.contains("no tanh slope") ? 1 : with.contains("sigmoid for g") ? g * (1 - g) : 1 - g * g);
            double left = (with.contains("conveyor cut") ? own : with.contains("left of dc") ? dc : all) * (with.contains("no f") ? 1 : with.contains("1 - f") ? 1 - f : f);
            return with.contains("order i f o g") ? new double[] {dai, daf, dao, dag, left} : new double[] {dai, daf, dag, dao, left};
        };
    }

    private static double sigmoidSlope(double y, List<String> with) {
        return with.contains("no sigmoid slope") ? 1 : with.contains("tanh for gates") ? 1 - y * y : y * (1 - y);
    }

    // dh, dc, i, f, g, o, before; c is made of them.
    private static final double[][] STEPS = {{-0.6, 0.25, 0.3, 0.9, 0.7, 0.6, -1.5}, {0.4, -0.8, 0.75, 0.2, -0.5, 0.35, 2.5}, {1, 0, 0.5, 0.6, 0.25, 0.8, 0},
        {0, 1, 0.1, 0.95, -0.9, 0.15, 0.4}};

    private static double[] triedBack(LstmBack f) {
        Object[] parts = new Object[STEPS.length];
        for (int n = 0; n < STEPS.length; n++) {
            double[] s = STEPS[n];
            parts[n] = f.at(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[3] * s[6] + s[2] * s[4]);
        }
        return Exercise.numbers(parts);
    }

    private static String[] backNames() {
        String[] names = new String[5 * STEPS.length], entries = {"da_i", "da_f", "da_g", "da_o", "dc_{t-1}"};
        for (int n = 0; n < names.length; n++) {
            double[] s = STEPS[n / 5];
            names[n] = entries[n % 5] + " at dh = " + s[0] + ", dc = " + s[1] + ", before = " + s[6];
        }
        return names;
    }

    private static final Exercise<?> BACK = Exercise.function("12.4", "The way back", LstmBack.class, Lesson12::triedBack, back())
        .inputs(backNames())
        .mistake(back("own only"), "what arrived along the conveyor, dc, is lost: the whole gradient of c_t is dc + dh · o · (1 - tanh² c).")
        .mistake(back("conveyor only"), "the cell is also seen by its own output: add dh · o · (1 - tanh² c) to dc.")
        .mistake(back("difference"), "the two parts of the gradient of c_t are added: dc + dh · o · (1 - tanh² c).")
        .mistake(back("conveyor cut"), "the sums are right. dc_{t-1} must be made from the whole gradient of c_t, with what arrived from later.")
        .mistake(back("left of dc"), "the sums are right. dc_{t-1} must be made from the whole gradient of c_t, with what came through h_t.")
        .mistake(back("no f"), "the sums are right. On the conveyor the gradient meets the forget gate: dc_{t-1} = (whole dc) · f.")
        .mistake(back("no slope of c"), "from h_t to c_t leads a tanh: its slope 1 - tanh² c is missing.")
        .mistake(back("slope of c itself"), "the slope of the tanh behind the cell is 1 - tanh² c, not 1 - c².")
        .mistake(back("no output gate"), "from h_t to c_t the gradient passes the output gate: dh · o · (1 - tanh² c).")
        .mistake(back("c for s"), "da_o: the output gate multiplies tanh c, so the factor is tanh c, not c.")
        .mistake(back("dao of dc"), "da_o: the output gate stands behind the cell. Its gradient is made from dh, not from the gradient of c_t.")
        .mistake(back("i for g"), "da_i: the input gate multiplies g, so the factor is g.")
        .mistake(back("c for before"), "da_f: the forget gate multiplied the *old* cell, `before`, not c.")
        .mistake(back("no sigmoid slope"), "the gates are sigmoids: the slopes i(1 - i), f(1 - f), o(1 - o) are missing.")
        .mistake(back("tanh for gates"), "1 - y² is the slope of tanh. The gates are sigmoids: i(1 - i), f(1 - f), o(1 - o).")
        .mistake(back("no tanh slope"), "the candidate is a tanh: in da_g the slope 1 - g² is missing.")
        .mistake(back("sigmoid for g"), "the candidate is a tanh: its slope is 1 - g², not g(1 - g).")
        .mistake(back("no sigmoid slope", "no tanh slope"), "these are the gradients of i, f, g, o themselves. One factor more, the slope of each activation, leads to their sums.")
        .mistake(back("order i f o g"), "the numbers are right, but da_g and da_o have changed places. The order is i f g o.")
        .mistake(back("f too early"), "dc has come to c_t already: f_t does not stand on its way. f belongs to the way on, to c_{t-1}.")
        .mistake(back("f too early", "no f"), "dc has come to c_t already, so f is no factor of it. The *whole* gradient of c_t, times f, goes on to c_{t-1}.")
        .mistake(back("1 - f"), "the sums are right. On the conveyor stands f, the share that is kept, not 1 - f.")
        .mistake(back("slope of before"), "h_t shows the new cell: the slope is 1 - tanh² c, not that of `before`.")
        .mistake(back("slope of h"), "the slope is 1 - tanh² c; you squared h, in which the output gate is, too.")
        .mistake(back("no output gate", "no slope of c"), "from h_t to c_t the gradient passes the output gate and the tanh: dh · o · (1 - tanh² c).")
        .mistake(back("no s"), "da_o: the output gate multiplied tanh c; this factor is missing.")
        .mistake(back("slope for s"), "da_o: the output gate multiplied tanh c, so the factor is tanh c. The slope of the tanh belongs to the way to c_t.")
        .mistake(back("tanh before"), "da_f: the forget gate multiplied the old cell itself. The tanh stands only where the cell is shown.")
        .mistake(back("g for i"), "da_g: what multiplied the candidate is the input gate, so the factor is i.")
        .hints("First the whole gradient of c_t: `double dct = dc + dh * o * (1 - Math.tanh(c) * Math.tanh(c));`. Then each of i, f, g gets dct times what it multiplies.",
            "da_i = dct * g * i * (1 - i), da_f = dct * before * f * (1 - f), da_g = dct * i * (1 - g * g), da_o = dh * tanh c * o * (1 - o), dc_{t-1} = dct * f.")
        .setup("import unrolled.course.*;")
        .solution("""
            LstmBack mine = (dh, dc, i, f, g, o, before, c) -> {
                double s = Math.tanh(c), dct = dc + dh * o * (1 - s * s);
                return new double[] {dct * g * i * (1 - i), dct * before * f * (1 - f), dct * i * (1 - g * g),
                    dh * s * o * (1 - o), dct * f};
            };
            """, "Two gradients meet at the cell: what its own output sends, and what the conveyor brings. Each gate gets that, times its partner in the product, times its slope.");

    private static final double HALF = Math.pow(0.5, 1.0 / 20);

    private static final Exercise<?> BIAS = Exercise.number("12.5", "A bias for twenty steps", Math.log(HALF / (1 - HALF))).rounded(3).tolerance(2e-3)
        .mistake(HALF, "that is the forget gate. Asked is the bias behind it: σ(b) = 0.9659.")
        .mistake(-Math.log(HALF / (1 - HALF)), "the size is right. With this sign the gate stands near 0, where it forgets.")
        .mistake(Math.log(0.975 / 0.025), "0.5 / 20 takes the same amount at each step. A gate takes the same *share*: f to the power of 20 is 0.5.")
        .mistake(0, "a bias of 0 keeps half over *one* step.")
        .mistake(3, "near: a bias of 3 keeps 0.953 a step, which is 38 % after 20 steps. Solve σ(b) = f exactly.")
        .mistake(Math.log(19), "f = 0.95 loses 5 % of what is there at each step, not of what was there at first: 0.95 to the power of 20 is 36 %.")
        .mistake(-Math.log(Math.expm1(0.05)), "this keeps 1/e, 37 %, over twenty steps. Asked is one half.")
        .mistake(40, "σ(40) is 1: such a cell keeps all, for ever. Asked is one half after twenty steps.")
        .mistake(1 - HALF, "that is 1 - f, what is lost at one step. Asked is the bias behind the gate.")
        .mistake(0.5 * Math.log((1 + HALF) / (1 - HALF)), "that is the inverse of tanh. The gate is a sigmoid: b = ln(f / (1 - f)).")
        .mistake(Math.log(Math.pow(0.5, 20) / (1 - Math.pow(0.5, 20))), "upside down: the *twentieth root* of one half is kept at each step, `Math.pow(0.5, 1.0 / 20)`.")
        .mistake(-Math.log(0.975 / 0.025), "f is the share that is kept, and the same *share* at each step: f to the power of 20 is 0.5.")
        .mistake(Math.log(HALF), "the inverse of the sigmoid is ln(f / (1 - f)); the part 1 - f is missing.")
        .mistake(sigma(HALF), "you have put the gate through the sigmoid once more. Go the other way: which b has σ(b) = 0.9659?")
        .mistake(HALF / (1 - HALF), "the logarithm is missing: b = ln(f / (1 - f)).")
        .mistake(Math.log10(HALF / (1 - HALF)), "that is the logarithm to base 10. The sigmoid has e in it: `Math.log`.")
        .mistake(Math.log(Math.pow(0.5, 0.1) / (1 - Math.pow(0.5, 0.1))), "that is for 10 steps. Here it is 20.")
        .hints("First the gate: f to the power of 20 is 0.5. Then the bias: σ(b) = f.", "f = Math.pow(0.5, 1.0 / 20) = 0.9659. And σ(b) = f means b = ln(f / (1 - f)).")
        .solution("double f = Math.pow(0.5, 1.0 / 20), forgetBias = Math.log(f / (1 - f));",
            "f = 0.9659, and σ(3.34) = 0.9659. So a bias of about 3 gives a memory of about twenty steps before any training.");

    // A clock: bias of the forget gate, and its peephole.

    @SuppressWarnings("unchecked")
    private static final Class<Supplier<double[]>> TWO = (Class<Supplier<double[]>>) (Class<?>) Supplier.class;
    private static final int CLOCK_STEPS = 10_000;

    /** Of a cell that gains 0.1 a step: steps to the first emptying and between the last two (0: never), and the cell after 10 and 11 steps. */
    private static double[] strikes(double[] clock) {
        if (clock.length != 2) {
            throw new IllegalArgumentException("two numbers are asked for, b and p; yours are " + clock.length);
        }
        double c = 0, tenth = 0, eleventh = 0;
        int since = 0, first = 0, last = 0;
        for (int t = 0; t < CLOCK_STEPS; t++) {
            double next = sigma(clock[0] + clock[1] * c) * c + 0.1;
            tenth = t == 9 ? next : tenth;
            eleventh = t == 10 ? next : eleventh;
            if (next < 0.5 * c) {                                // the cell has been emptied
                first = first == 0 ? since : first;
                last = since;
                since = 0;
            }
            since++;
            c = next;
        }
        return Double.isNaN(clock[0] + clock[1]) ? new double[] {Double.NaN} : new double[] {first, last, tenths(tenth), tenths(eleventh)};
    }

    private static double tenths(double c) {
        return Math.rint(10 * c) / 10;
    }

    private static Supplier<double[]> two(double bias, double peephole) {
        return () -> new double[] {bias, peephole};
    }

    private static final String GENTLE = "the place may be right, but the gate falls too gently: the cell leaks before it is full, or is not emptied at once. "
        + "Make b and p larger, both by the same factor.";

    private static final Exercise<?> CLOCK = Exercise.function("12.6", "Set the clock", TWO, f -> strikes(f.get()), two(950, -1000))
        .inputs("the steps to the first emptying (0: never)", "the steps between the last two of 10,000 steps (0: never)", "the cell after 10 steps", "the cell after 11 steps")
        .mistake(two(95, -100), "it begins well, but it does not keep time: at each step near the turning point a little leaks, and it adds up. Make b and p ten times larger.")
        .mistake(two(550, -1000), "it is emptied after 6 steps, as the clock of the text. It shall be emptied after 10.")
        .mistake(two(450, -1000), "it is emptied after 5 steps. How full is the cell after ten?")
        .mistake(two(1050, -1000), "one step too late: it is emptied after 11 steps. The gate at step t reads the cell of step t-1.")
        .mistake(two(850, -1000), "one step too early: it is emptied after 9 steps. After how many steps has the cell reached b / |p|?")
        .mistake(two(-95, 100), "the cell is emptied at every step. The gate turns at c = b / |p|: a cell below that must be kept (b positive), one above it forgotten (p negative), and 0.1 is still far below.")
        .mistake(two(95, 100), "it is never emptied: the gate must *fall* when the cell is full. What sign must p have, and where does b + p c change its sign?")
        .mistake(two(105, -100), "one step too late: it is emptied after 11 steps. The gate at step t reads the cell of step t-1. And make both numbers larger: a little leaks.")
        .mistake(two(100, -100), "b / |p| is exactly 1.0, the value after ten steps: there the gate stands half open. Put it between 0.9 and 1.0.")
        .mistake(two(90, -100), "b / |p| is exactly 0.9, the value after nine steps: there the gate stands half open. Put it between 0.9 and 1.0.")
        .mistake(two(9.5, -10), GENTLE + " Yours holds 0.8 after ten steps and 0.8 after eleven.")
        .mistake(two(0.95, -1), GENTLE + " Yours holds 0.3 after ten steps and 0.3 after eleven.")
        .mistake(two(19, -20), GENTLE + " Yours holds 0.8 after ten steps and 0.9 after eleven.")
        .mistake(two(28.5, -30), GENTLE + " Yours holds 0.9 after ten steps and 0.9 after eleven.")
        .mistake(two(47.5, -50), GENTLE + " Yours holds 0.9 after ten steps and 0.8 after eleven.")
        .mistake(two(40, -40), GENTLE + " Yours holds 1.0 after ten steps and 0.7 after eleven.")
        .mistake(two(0, 0), "the gate stands near one half, and the cell loses half at each step: b and p must be large.")
        .mistake(two(1000, -1000), "b / |p| is exactly 1.0, the value after ten steps: there the gate stands half open. Put it in the middle between 0.9 and 1.0.")
        .mistake(two(900, -1000), "b / |p| is exactly 0.9, the value after nine steps: there the gate stands half open. Put it in the middle between 0.9 and 1.0.")
        .mistake(two(950, -100), "it comes too late: the gate turns at c = b / |p|, which is far above 1.0. How full is the cell after ten steps?")
        .mistake(two(1000, -100), "it comes too late: the gate turns at c = b / |p|, which is 10. How full is the cell after ten steps?")
        .hints("The gate turns where b + p c = 0, at c = b / |p|. The cell holds 0.1 after one step, 1.0 after ten.",
            "It must still keep at c = 0.9, and forget at c = 1.0: put b / |p| between them, and make both large.")
        .solution("double[] clock = {950, -1000};", "The gate turns at c = 0.95: it keeps at 0.9 and forgets at 1.0, the value after ten steps. The factor 1000 makes it steep: at 100 a little leaks at each beat, and after a while the clock is wrong.");

    // A one-unit counter over the symbols of Counting: c is the number of a's minus that of b's.

    /** With the rows of these symbols in place of those of a and b. */
    private static Lstm counterAt(int up, int down) {
        Lstm cell = counter(40, 40, 0, 0, 0);
        cell.param("Wx").value.set(up, 2, 20).set(down, 2, -20);
        return cell;
    }

    private static Lstm counter(double i, double f, double g, double a, double second) {
        Lstm cell = new Lstm(Counting.symbols().size(), 1, new SplittableRandom(1));
        for (Param p : cell.params()) {
            p.value.fill(0);
        }
        cell.param("b").value.set(Matrix.rowOf(i, f, g, 40));
        cell.param("Wx").value.set(1, 2, a).set(2, 2, second);
        return cell;
    }

    private static final List<String> READ = List.of("S", "Sa", "Saaa", "Saaab", "Saaabb", "Saaabbb", "S" + "a".repeat(10), "S" + "a".repeat(10) + "b".repeat(4),
        "S" + "a".repeat(500), "S" + "a".repeat(500) + "b".repeat(499), "S" + "a".repeat(500) + "b".repeat(500));

    private static double[] counted(Lstm cell) {
        int D = Counting.symbols().size();
        if (cell.inputs() != D || cell.outputs() != 1) {
            throw new IllegalArgumentException("this is a " + cell + "; expected one input for each of the " + D + " symbols and one unit: empty()");
        }
        return READ.stream().mapToDouble(text -> {
            Sequence x = new Sequence(text.length(), 1, D);
            for (int t = 0; t < text.length(); t++) {
                x.at(t).set(0, Counting.symbols().indexOf(text.substring(t, t + 1)), 1);
            }
            cell.reset();
            cell.forward(x);
            double c = cell.traces().get("c").at(text.length() - 1).get(0, 0);
            return Math.abs(c - Math.rint(c)) < 0.01 ? Math.rint(c) : c;
        }).toArray();
    }

    @SuppressWarnings("unchecked")
    private static final Class<Supplier<Lstm>> LSTM = (Class<Supplier<Lstm>>) (Class<?>) Supplier.class;

    private static String[] readNames() {
        return READ.stream().map(text -> text.length() <= 8 ? "c after " + text : "c after S, " + text.chars().filter(k -> k == 'a').count()
            + " a and " + text.chars().filter(k -> k == 'b').count() + " b").toArray(String[]::new);
    }

    private static final Exercise<?> COUNTER = Exercise.<Supplier<Lstm>>function("12.7", "A counter by hand", LSTM, make -> counted(make.get()),
            () -> counter(40, 40, 0, 20, -20))
        .inputs(readNames())
        .mistake(() -> counter(40, 40, 0, 20, 0), "it counts up, but b does not count down: the candidate of b must be -1.")
        .mistake(() -> counter(40, 40, 0, 20, 20), "b counts up, too. Its candidate must be -1.")
        .mistake(() -> counter(40, 40, 0, -20, 20), "up and down are exchanged: a must add, b take away.")
        .mistake(() -> counter(40, 40, 0, 1, -1), "one a adds tanh 1 = 0.76. For a full 1 the weight to the candidate must be large.")
        .mistake(() -> counter(0, 40, 0, 20, -20), "one a adds one half: with a bias of 0 the input gate is σ(0) = 0.5. Open it.")
        .mistake(() -> counter(40, 0, 0, 20, -20), "it forgets half at every step: with a bias of 0 the forget gate is σ(0) = 0.5. It must keep everything.")
        .mistake(() -> counter(40, -40, 0, 20, -20), "the forget gate stands at 0: each step begins with an empty cell. Which sign keeps?")
        .mistake(() -> counter(-40, 40, 0, 20, -20), "the cell stays at 0: nothing gets in. Is the input gate open, and have a and b their weights to the candidate, column 2 of `Wx`?")
        .mistake(() -> counter(40, 40, 20, 20, -20), "S is counted, too, since the candidate has a bias. Only a and b may have a candidate.")
        .mistake(() -> counter(40, 3, 0, 20, -20), "it leaks: σ(3) = 0.95, so 5 % of the count is lost at each step. A counter needs f = 1.")
        .mistake(() -> counter(40, 5, 0, 20, -20), "it leaks a little: σ(5) = 0.993. Over 500 letters nothing is left of the first. A counter needs f = 1: take 40.")
        .mistake(() -> counter(3, 40, 0, 20, -20), "one a adds σ(3) = 0.95. Open the input gate wide: a bias of 40.")
        .mistake(() -> counterAt(0, 1), "S counts up and a counts down. The rows of `Wx` are S, a, b, E: a is row 1, b is row 2.")
        .mistake(() -> counterAt(2, 3), "b counts up, and a does nothing. The rows of `Wx` are S, a, b, E: a is row 1, b is row 2.")
        .mistake(() -> counter(1, 1, 0, 1, -1), "with biases of 1 the gates stand at σ(1) = 0.73, and tanh 1 is 0.76. A counter needs gates at 1 and a candidate of 1 and -1: take large numbers.")
        .mistake(() -> counter(0, 0, 0, 20, -20), "the weights are right. With biases of 0 both gates stand at one half; open them.")
        .mistake(() -> counter(40, 40, 0, 2, -2), "nearly: one a adds tanh 2 = 0.96. Take a larger weight.")
        .mistake(() -> counter(10, 10, 0, 10, -10), "nearly: σ(10) is 0.99995, and over 500 letters that is seen. Take 40.")
        .mistake(() -> counter(0, 40, 40, 20, -20), "the columns are i, f, g, o: a bias went to the candidate that belongs to the input gate.")
        .hints("Biases: input gate and forget gate wide open. Then two weights: from a and from b to the candidate, column 2.",
            "`cell.param(\"b\").value.set(0, 0, 40).set(0, 1, 40);` and in `Wx`: row 1 (a), column 2: 20; row 2 (b), column 2: -20.")
        .solution("""
            Supplier<Lstm> counter = () -> {
                Lstm cell = empty();
                cell.param("b").value.set(0, 0, 40).set(0, 1, 40);
                cell.param("Wx").value.set(1, 2, 20).set(2, 2, -20);
                return cell;
            };
            """, "i = f = 1, and the candidate is +1 at a, -1 at b, 0 at S: c_t = c_{t-1} + 1 or - 1. The cell is an adder, and σ(40) is 1 in a double.")
        .setup("""
            import java.util.SplittableRandom;
            import unrolled.layers.*;
            Lstm empty() {
                Lstm cell = new Lstm(4, 1, new SplittableRandom(1));
                for (Param p : cell.params()) { p.value.fill(0); }
                return cell;
            }
            """);

    private static double[] sizes(SizeFormula f) {
        return new double[] {f.of(1, 1, 1, 1), f.of(1, 10, 16, 2), f.of(40, 10, 16, 2), f.of(7, 3, 5, 4)};
    }

    private static final Exercise<?> SIZE = Exercise.function("12.8", "How many parameters?", SizeFormula.class, Lesson12::sizes,
            (T, D, H, K) -> 4 * H * (D + H + 1))
        .inputs("T = D = H = K = 1", "T = 1, D = 10, H = 16, K = 2", "T = 40, D = 10, H = 16, K = 2", "T = 7, D = 3, H = 5, K = 4")
        .mistake((T, D, H, K) -> 4 * H * (D + H), "the biases are missing: each of the four sums of each unit has one.")
        .mistake((T, D, H, K) -> 3 * H * (D + H + 1), "you counted three: the gates. The candidate has weights and a bias, too.")
        .mistake((T, D, H, K) -> H * (D + H + 1), "this is the plain cell. An LSTM has four such sums a unit.")
        .mistake((T, D, H, K) -> T * 4 * H * (D + H + 1), "the weights are shared by all steps; T is not used.")
        .mistake((T, D, H, K) -> T * 4 * H * (D + H), "these are the multiplications of T steps. Asked are the parameters: without T, and with the biases.")
        .mistake((T, D, H, K) -> 4 * H * (D + H + 1) + H * K + K, "there is no output layer here: leave K out.")
        .mistake((T, D, H, K) -> 4 * H * (D + H + 2), "that is PyTorch's count, with two biases a sum. Ours has one.")
        .mistake((T, D, H, K) -> 4 * (D + H + 1), "each of the H units has its four sums.")
        .mistake((T, D, H, K) -> 4 * H * (D + H) + 4, "there is a bias for each sum of each unit: 4 H of them.")
        .mistake((T, D, H, K) -> 4 * H * (D + H) + H, "there is a bias for each of the four sums of each unit: 4 H of them.")
        .mistake((T, D, H, K) -> 4 * H * (D + H + 1) + 3 * H, "you counted the peepholes, too. The cell in question has none.")
        .mistake((T, D, H, K) -> 4 * H * D * H + 4 * H, "the weights from the input and from the state are added, D + H, not multiplied.")
        .mistake((T, D, H, K) -> 4 * (D * H + H), "each sum also reads the H old outputs: H · H weights more.")
        .mistake((T, D, H, K) -> 4 * (D * H + H) + H * H, "each of the *four* sums reads the old outputs: 4 H · H weights.")
        .mistake((T, D, H, K) -> 5 * H * (D + H + 1), "the cell is no fifth sum: it is made of the gates, without weights.")
        .mistake((T, D, H, K) -> 4 * H * (D + 2 * H + 1), "the gates read x and the old h. Without peepholes they do not read the cell.")
        .mistake((T, D, H, K) -> 4 * H * (D + H + 1) + 2 * H, "h and c are states, computed anew; they are no parameters.")
        .mistake((T, D, H, K) -> 4 * H * (D + H + 1) + H * K, "the weights of an output layer, H · K, are not asked: leave K out.")
        .mistake((T, D, H, K) -> 4 * H * (D + H) + 1, "one bias for all is too few: each sum of each unit has its own, 4 H of them.")
        .hints("One sum of one unit has D + H weights and a bias.", "Four sums for each of H units.")
        .solution("SizeFormula parameters = (T, D, H, K) -> 4 * H * (D + H + 1);", "Wx is [D, 4H], Wh is [H, 4H], b is [1, 4H]: four plain cells side by side.");

    // The letters of the bugs are not those of the suspects.
    private static final String[] BUGS = {"the weights of i and f are exchanged", "the candidate has σ in place of tanh", "h = o c, without tanh",
        "the cell begins empty at each step", "f and 1 - f are exchanged"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("12.9", "Suspect B", "a", BUGS)
        .mistake("b", "a sigmoid is never negative, so with an empty cell c would never be. Look at x = -3.")
        .mistake("c", "then every c would be right. Suspect B's are not.")
        .mistake("d", "then the probes with an empty cell would be right. Suspect B fails them.")
        .mistake("e", "with an empty cell the forget gate has nothing to multiply, so c would be right there. Suspect B fails already there.")
        .hints("With an empty cell c = i · g. The sign is right. Which factor is it?", "Divide: theirs / right at x = 1 is the same number as f / i there.")
        .solution("String suspectB = \"a\";", "With an empty cell they have f · g in place of i · g; with x = 0 and c = 2 they have i · 2 + f · g. This happens when weights "
            + "are copied from a program whose gates stand in another order.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("12.10", "Suspect C", "d", BUGS)
        .mistake("a", "then the probes with an empty cell would be wrong: f · g in place of i · g. Suspect C passes them.")
        .mistake("b", "then the probes with an empty cell would be wrong. Suspect C passes them.")
        .mistake("c", "then every c would be right. Suspect C's third is not.")
        .mistake("e", "then c in the third probe would be (1 - f) · 2 + i · g, which is positive here: about 0.41. Suspect C's is negative.")
        .hints("It passes both probes with an empty cell. What is different in the third?", "Compute i · g for x = 0, h = 0: σ(0.1) · tanh(-0.1). Where have you seen this number?")
        .solution("String suspectC = \"d\";", "The third c is i · g alone. Somebody hands on h and forgets that an LSTM has two states. In training on short pieces it is easily overlooked: "
            + "the first step of each sequence is right.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, NAMES, THIRD, BACK, BIAS, CLOCK, COUNTER, SIZE, SUSPECT_B, SUSPECT_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("12.p1", "The forget gates of all units are held at 1, at every step. How many answers of the six networks stay right?", "c",
                "about half of them, as by guessing", "about three quarters of them", "nearly all of them")
                .usualMistake("\"Without its forget gate it must break\" is what one expects of a part with so important a name. But nothing has to be forgotten in this task. "
                    + "What the gate is for, one sees only where something must be dropped: section 7."),
            Prediction.of("12.p2", "The forget bias starts at 0. With how many of ten seeds has the LSTM learned to bridge 40 words after 100 updates?", "c",
                "with eight or more", "with three to seven", "with at most two")
                .usualMistake("An LSTM is said to cure the vanishing gradient, so one expects that it does. But at a bias of 0 each step keeps half of the cell, and of the gradient on the conveyor: "
                    + "after 40 steps nothing of it is left. The cell can keep; it has to begin by keeping."),
            Prediction.of("12.p3", "Trained on four sentences in a row, the LSTM of 1997 reads 200 in a row. How many of the last 100 answers are right, over five seeds?", "b",
                "all of them, for it forgets nothing", "clearly fewer than of the first four", "about half of them, as by guessing")
                .usualMistake("A cell that loses nothing sounds like the better memory. But a memory that cannot drop the old sentence must shout over it with the new one, again and again, until tanh is flat."),
            Prediction.of("12.p4", "What is the reach of the LSTM, in the middle one of five seeds?", "b",
                "at most 12: it knows the strings that it has practised", "between 13 and 60: it counts on, but not for ever",
                "above 60: it has understood what counting is")
                .usualMistake("\"It has learned the ten strings by heart\" and \"it has learned to count\" are the two usual answers. It counts, but with weights that are only nearly right: each letter "
                    + "adds a little too much or too little, and the errors add up."));
    }
}
