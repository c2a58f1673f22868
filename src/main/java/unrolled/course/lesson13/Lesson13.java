package unrolled.course.lesson13;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Multiplications;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;
import unrolled.course.Suspect;
import unrolled.data.Recall;
import unrolled.layers.Gru;
import unrolled.layers.Param;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Lesson 13: can it be simpler? */
public final class Lesson13 implements Lesson {

    @Override public int number() {
        return 13;
    }

    @Override public String title() {
        return "GRU";
    }

    @Override public int minutes() {
        return 125;
    }

    // The one-unit cell of the notebook, in the order r, z, n.
    private static final double[] w = {0.5, -0.6, 1.2};
    private static final double[] u = {-0.8, 0.4, 0.9};
    private static final double[] b = {0.2, 1.0, -0.1};

    private static double sigma(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    private static double sum(int gate, double x, double h) {
        return x * w[gate] + h * u[gate] + b[gate];
    }

    /** r, z, n, h of a step. */
    private static double[] step(double x, double h) {
        double r = sigma(sum(0, x, h)), z = sigma(sum(1, x, h)), n = Math.tanh(x * w[2] + r * h * u[2] + b[2]);
        return new double[] {r, z, n, (1 - z) * n + z * h};
    }

    private static final double h0 = step(1.0, 0)[3];
    private static final double[] second = step(-0.5, h0);
    private static final double n1 = second[2], h1 = second[3];
    private static final double[] third = step(0.8, h1);

    private static double[] mixed(double[] s, double n, double z, double h) {
        return new double[] {s[0], s[1], n, (1 - z) * n + z * h};
    }

    private static final String ONE_UNIT = """
        double[] w = {0.5, -0.6, 1.2}, u = {-0.8, 0.4, 0.9}, b = {0.2, 1.0, -0.1};
        double sigma(double a) { return 1 / (1 + Math.exp(-a)); }
        double h0 = (1 - sigma(0.4)) * Math.tanh(1.1);
        double r1 = sigma(-0.05 - 0.8 * h0), z1 = sigma(1.3 + 0.4 * h0), n1 = Math.tanh(-0.7 + r1 * (h0 * 0.9));
        double h1 = (1 - z1) * n1 + z1 * h0;
        """;

    private static final Exercise<?> MIX = Exercise.number("13.1", "Mix the memory", 0.5)
        .mistake(-0.1, "this is 0.75 of the candidate and 0.25 of the memory. Here z is the share that is kept.")
        .mistake(0.6, "this is z · h alone; the candidate's part, (1 - z) · n, is missing.")
        .mistake(0.7, "either the candidate lost its sign (it is -0.4 and pulls the memory down), or the memory is counted whole: "
            + "its share is 0.75.")
        .mistake(0.2, "either a mean with equal shares, or the candidate is counted whole. The shares are 0.25 and 0.75.")
        .mistake(0.4, "no share is used: this is the plain sum, or the candidate without its sign. Mix both: (1 - z) · n + z · h.")
        .mistake(-0.4, "this is the candidate alone, as at z = 0. Here z is 0.75: three quarters of the memory stay.")
        .mistake(0.8, "this is the memory alone, as at z = 1. Here z is 0.75: a quarter comes from the candidate.")
        .mistake(0.1, "here both shares seem to be 0.25. The memory's is z, the candidate's 1 - z.")
        .mistake(-0.7, "the sign: the memory's part is +0.6, the candidate's is -0.1.")
        .mistake(0.3, "the memory and the candidate are weighed by z and 1 - z; here both shares seem to be 0.75.")
        .hints("Two products and a sum: the share of the new times the candidate, the share of the old times the memory.",
            "(1 - 0.75) · (-0.4) + 0.75 · 0.8")
        .solution("double mixed = (1 - 0.75) * -0.4 + 0.75 * 0.8;", "A quarter of the candidate, -0.1, and three quarters of the memory, 0.6.");

    private static final Exercise<?> CORNER = Exercise.choice("13.2", "The plain cell inside", "c",
            "z = 1, r = 1", "z = 0, r = 0", "z = 0, r = 1", "z = 1, r = 0")
        .mistake("a", "at z = 1 the new memory is the old one, whatever the input is. A plain cell always takes the new.")
        .mistake("b", "z = 0 is right. But at r = 0 the candidate does not see the past, so nothing would be recurrent.")
        .mistake("d", "at z = 1 the memory stays as it is, and the candidate is never used.")
        .hints("The plain cell has no share of the old memory outside its tanh. What must z be?",
            "Inside the tanh it sees the whole past. What must r be?")
        .solution("String corner = \"c\";", "At z = 0 only the candidate is left, and at r = 1 it is tanh(x w + h u + b): the plain cell.");

    private static double[] withoutBiases() {
        double r = sigma(0.8 * w[0] + h1 * u[0]), z = sigma(0.8 * w[1] + h1 * u[1]), n = Math.tanh(0.8 * w[2] + r * h1 * u[2]);
        return new double[] {r, z, n, (1 - z) * n + z * h1};
    }

    private static final Exercise<?> THIRD = Exercise.vector("13.3", "The third step", third).rounded(4).tolerance(1e-4)
        .mistake(mixed(third, third[2], 1 - third[1], h1), "r, z and n are right. In the mixture z belongs to the old memory and 1 - z to n.")
        .mistake(mixed(third, Math.tanh(sum(2, 0.8, h1)), third[1], h1), "the gates are right. In the candidate the reset gate is missing "
            + "before h · u.")
        .mistake(mixed(third, Math.tanh(third[0] * sum(2, 0.8, h1)), third[1], h1), "the reset gate multiplies only the past, not the "
            + "input and not the bias.")
        .mistake(mixed(third, 0.8 * w[2] + third[0] * h1 * u[2] + b[2], third[1], h1), "the candidate needs its tanh.")
        .mistake(step(0.8, h0), "you used the memory h0 of step 0; step 2 begins with h1.")
        .mistake(step(0.8, 0), "the memory is missing: step 2 begins with h1, not with 0.")
        .mistake(step(0.8, n1), "you handed on the candidate n1. What is handed on is the memory h1.")
        .mistake(mixed(third, Math.tanh(0.8 * w[2] + third[0] * h1 + b[2]), third[1], h1), "the gates are right. In the candidate h1 has no weight: "
            + "it is r · (h1 · u_n).")
        .mistake(mixed(third, Math.tanh(0.8 * w[2] + third[1] * h1 * u[2] + b[2]), third[1], h1), "the gates are right. In the candidate stands z "
            + "in place of r.")
        .mistake(withoutBiases(), "the biases are missing: 0.2, 1.0 and -0.1.")
        .hints("The same four lines as in step 1, with x = 0.8 in place of -0.5 and h1 in place of h1.",
            "r2 = sigma(0.8 * 0.5 + h1 * -0.8 + 0.2); the other three in the same way.")
        .solution("""
            double r2 = sigma(0.8 * 0.5 + h1 * -0.8 + 0.2);
            double z2 = sigma(0.8 * -0.6 + h1 * 0.4 + 1.0);
            double n2 = Math.tanh(0.8 * 1.2 + r2 * (h1 * 0.9) + -0.1);
            double[] step2 = {r2, z2, n2, (1 - z2) * n2 + z2 * h1};
            """, "Gates first, then the candidate, then the mixture. Each step is the same computation with a new x and the last h.")
        .setup(ONE_UNIT);

    private static double[] tanh(double... a) {
        return new double[] {Math.tanh(a[0]), Math.tanh(a[1])};
    }

    private static final Exercise<?> OF_2014 = Exercise.vector("13.4", "The candidate of 2014", tanh(0.4 - 0.438, -0.1 - 0.327)).rounded(4)
        .mistake(tanh(0.4 - 0.108, -0.1 - 0.552), "this is the other convention: you multiplied first and reset after. In 2014 it is (r ∘ h) W.")
        .mistake(new double[] {-0.038, -0.427}, "the sums are right; the tanh is missing.")
        .mistake(new double[] {0.292, -0.652}, "this is the other convention, and the tanh is missing. In 2014 it is (r ∘ h) W.")
        .mistake(new double[] {-0.438, -0.327}, "this is (r ∘ h) W. The sum from the input is still to be added, and then comes the tanh.")
        .mistake(tanh(0.4 - 0.36, -0.1 - 0.69), "the reset gate is missing: each number of h is first multiplied by its r.")
        .mistake(tanh(-0.438, -0.327), "the sum from the input, (0.4, -0.1), is missing.")
        .mistake(tanh(0.4 + 0.15 * 0.6 + 0.48 * 0.9, -0.1 + 0.15 * 1.1 - 0.48 * 0.4), "the matrix is turned over: a row times W takes the "
            + "columns of W.")
        .mistake(tanh(0.3 * 0.4 - 0.438, 0.8 * -0.1 - 0.327), "the reset gate must not touch the sum from the input.")
        .hints("First v = r ∘ h, two numbers. Then v times W: each column of W gives one number.",
            "v = (0.15, -0.48). The first sum is 0.4 + 0.15 · 0.6 - 0.48 · 1.1.")
        .solution("""
            double[] v = {0.3 * 0.5, 0.8 * -0.6};
            double[] candidate = {Math.tanh(0.4 + v[0] * 0.6 + v[1] * 1.1), Math.tanh(-0.1 + v[0] * -0.9 + v[1] * 0.4)};
            """, "Reset first, v = (0.15, -0.48); then the product, (-0.438, -0.327); then the input, then tanh.");

    private static final Exercise<?> TRANSLATE = Exercise.vector("13.5", "Translate the update gate", -0.8, 0.5, 3)
        .mistake(new double[] {0.8, -0.5, -3}, "these are the weights as they stood. Their gate is the share of the new, ours the share kept.")
        .mistake(new double[] {0.8, -0.5, 3}, "the bias is turned, the two weights are not: σ(-a) needs the sign of all of a.")
        .mistake(new double[] {-0.8, 0.5, -3}, "the weights are turned, the bias is not: σ(-a) needs the sign of all of a.")
        .mistake(new double[] {-0.8, -0.5, 3}, "one sign is not turned: -(-0.5) is +0.5. σ(-a) needs the sign of all of a.")
        .mistake(new double[] {0.8, 0.5, 3}, "one sign is not turned, that of 0.8. σ(-a) needs the sign of all of a.")
        .mistake(new double[] {0.2, 1.5, 4}, "1 minus is for the gate, not for its weights: 1 - σ(a) = σ(-a).")
        .hints("We need z = 1 - U = 1 - σ(a). Which a' gives σ(a') = 1 - σ(a)?", "a' = -a: turn every sign.")
        .solution("double[] translated = {-0.8, 0.5, 3};", "z = 1 - σ(a) = σ(-a), and -a = -0.8 x + 0.5 h + 3. So a bias of -3 there is a bias of "
            + "3 here.");

    // A one-unit GRU over the words of Recall whose only weights are those of the word "fish".

    private static Gru fish(double bias, double gate, double store) {
        Gru gru = new Gru(Recall.words().size(), 1, new SplittableRandom(1));
        for (Param p : gru.params()) {
            p.value.fill(0);
        }
        gru.updateBias(bias);
        int word = Recall.words().indexOf("fish");
        gru.param("Wx").value.set(word, 1, gate).set(word, 2, store);
        return gru;
    }

    /** Right for fish, but these words change the memory, too: they store tanh of the number before them. */
    private static Gru also(Object... storesAndWords) {
        Gru gru = fish(40, -80, 20);
        for (int i = 0; i < storesAndWords.length; i += 2) {
            int row = Recall.words().indexOf(storesAndWords[i + 1]);
            gru.param("Wx").value.set(row, 1, -80).set(row, 2, ((Number) storesAndWords[i]).doubleValue());
        }
        return gru;
    }

    // Alone, each of cat and cats; then all other words without fish, and all after it: none may store, none may clear.
    private static final List<String> READ = List.of("cat which ate the fish and bread quietly", "cats", "fish", "the fish the fish the fish",
        "which already ate the bread and quietly", "cat", "fish" + " which".repeat(10_000),
        "fish cat cats which already ate the bread and quietly");

    /** The memory after each sentence, and after "fish" when it was 0.5 before, in tenths: close is close enough. */
    private static double[] memories(Gru gru) {
        if (gru.inputs() != Recall.words().size() || gru.outputs() != 1) {
            throw new IllegalArgumentException("this is a " + gru + "; expected one input for each of the " + Recall.words().size()
                + " words and one unit: zeros(Recall.words().size(), 1)");
        }
        double[] after = new double[READ.size() + 1];
        for (int i = 0; i < READ.size(); i++) {
            after[i] = memory(gru, READ.get(i));
        }
        gru.start(Matrix.rowOf(0.5));
        after[READ.size()] = memory(gru, "fish");
        gru.reset();
        return after;
    }

    private static double memory(Gru gru, String sentence) {
        String[] words = sentence.split(" ");
        Sequence x = new Sequence(words.length, 1, Recall.words().size());
        for (int t = 0; t < words.length; t++) {
            x.at(t).set(0, Recall.words().indexOf(words[t]), 1);
        }
        return Math.rint(10 * gru.forward(x).at(words.length - 1).get(0, 0)) / 10;
    }

    @SuppressWarnings("unchecked")
    private static Class<Supplier<Gru>> supplier() {
        return (Class<Supplier<Gru>>) (Class<?>) Supplier.class;
    }

    private static final Exercise<?> FISH = Exercise.<Supplier<Gru>>function("13.6", "Has the fish been eaten?", supplier(),
            make -> memories(make.get()), () -> fish(40, -80, 20))
        .inputs("\"cat which ate the fish and bread quietly\"", "\"cats\"", "\"fish\"", "\"the fish the fish the fish\"",
            "\"which already ate the bread and quietly\"", "\"cat\"", "\"fish\" and 10,000 times \"which\"",
            "\"fish cat cats which already ate the bread and quietly\"", "\"fish\", with 0.5 in the memory")
        .mistake(() -> fish(40, 0, 20), "the update gate keeps at fish, too, so nothing is stored. Give fish a weight of -80 to the "
            + "update gate, column 1; +80 would keep even more.")
        .mistake(() -> fish(40, -80, 0), "the memory is replaced, but by 0: the candidate of fish needs a weight, column 2.")
        .mistake(() -> fish(40, -80, -20), "the memory becomes -1: the candidate's weight must be positive.")
        .mistake(() -> fish(40, -80, 1), "a weight of 1 stores tanh 1, about 0.76. For a full 1 the candidate's weight must be large.")
        .mistake(() -> fish(-40, -80, 20), "it knows fish, and forgets it at the next word: every word replaces the memory. Which sign of the "
            + "bias (and of the weights) means keep, when z is the share kept?")
        .mistake(() -> also(20, "cat", -20, "cats"), "right for fish, but cat and cats are still stored, as in `ideal`. Only fish may "
            + "change the memory.")
        .mistake(() -> also(0, "cat"), "right for fish, but another word after it clears the memory. Only fish may change it.")
        .mistake(() -> also(20, "cat"), "right for fish, but cat is stored, too. Only fish may change the memory.")
        .mistake(() -> also(20, "cats"), "right for fish, but cats is stored, too. Only fish may change the memory.")
        .mistake(() -> fish(0, -80, 20), "it forgets fish word by word: at a bias of 0 half of the memory is lost at each step.")
        .mistake(() -> fish(40, -40, 20), "half of the 1 arrives: 40 - 40 = 0, and σ(0) is one half. The gate must come to 0, practically.")
        .hints("It is the GRU `ideal` with a single order. Start from `zeros(Recall.words().size(), 1)`.",
            "`order(gru, Recall.words(), \"fish\", 20);` replaces the memory at fish and stores tanh 20 = 1.")
        .solution("""
            Supplier<Gru> fishMemory = () -> {
                Gru gru = zeros(Recall.words().size(), 1);
                order(gru, Recall.words(), "fish", 20);
                return gru;
            };
            """, "The bias of 40 keeps (z = 1). At fish 40 - 80 makes z = 0, and the candidate tanh 20 = 1 is stored.")
        .setup("""
            void order(Gru gru, List<String> words, String word, double store) {
                gru.param("Wx").value.set(words.indexOf(word), 1, -80).set(words.indexOf(word), 2, store);
            }
            Gru zeros(int D, int H) {
                Gru gru = new Gru(D, H, new SplittableRandom(1));
                for (Param p : gru.params()) { p.value.fill(0); }
                return gru.updateBias(40);
            }
            """);

    // A step with h_{t-1} = 0.5, r = 0.6, z = 0.8, n = -0.3, u_n = 0.9, dh = -0.66.

    private static double[] back(double sign, double gateSlope, double tanhSlope, double share, double seen, double resetSlope) {
        double dan = sign * -0.66 * share * tanhSlope;
        return new double[] {dan, sign * -0.66 * (0.5 + 0.3) * gateSlope, dan * seen * resetSlope};
    }

    private static final double[] BACK_RIGHT = back(1, 0.16, 0.91, 0.2, 0.45, 0.24);

    private static final Exercise<?> BACK = Exercise.vector("13.7", "Back through one step", BACK_RIGHT).rounded(4)
        .inputs("da_n", "da_z", "da_r")
        .mistake(back(-1, 0.16, 0.91, 0.2, 0.45, 0.24), "all three signs are turned: dh is -0.66, and it is a factor of each.")
        .mistake(back(1, 0.16, 1, 0.2, 0.45, 0.24), "the slope of tanh, 1 - n², is missing in da_n (and so in da_r).")
        .mistake(back(1, 0.16, 1.3, 0.2, 0.45, 0.24), "the slope of tanh is 1 - n², not 1 - n.")
        .mistake(back(1, 1, 0.91, 0.2, 0.45, 0.24), "the slope of the sigmoid, z(1 - z), is missing in da_z.")
        .mistake(back(1, 0.36, 0.91, 0.2, 0.45, 0.24), "in da_z: 1 - z² is the form of tanh's slope. The sigmoid has z(1 - z).")
        .mistake(back(1, 0.16, 0.91, 0.2, 0.45, 1), "in da_r the slope of the sigmoid, r(1 - r), is missing.")
        .mistake(back(1, 0.16, 0.91, 0.2, 0.45, 0.64), "in da_r: 1 - r² is the form of tanh's slope. The sigmoid has r(1 - r).")
        .mistake(back(1, 0.16, 0.09, 0.2, 0.45, 0.24), "the slope of tanh is 1 - n², not n².")
        .mistake(back(1, 0.24, 0.91, 0.2, 0.45, 0.24), "da_z needs the slope at z, z(1 - z); yours has that at r.")
        .mistake(back(1, 0.16, 0.91 * 0.6, 0.2, 0.45, 0.24), "r stands inside the candidate's sum, so it is no factor of da_n.")
        .mistake(back(1, 0.16, 0.91, 0.8, 0.45, 0.24), "the candidate's share in h_t is 1 - z, not z.")
        .mistake(back(1, 0.16, 0.91, 0.2, 0.9, 0.24), "in da_r: r stands beside h_{t-1} · u_n, so the factor is 0.5 · 0.9, not u_n alone.")
        .mistake(back(1, 0.16, 0.91, 0.2, 0.5, 0.24), "in da_r: r stands beside h_{t-1} · u_n, so the factor is 0.5 · 0.9, not h_{t-1} alone.")
        .mistake(new double[] {BACK_RIGHT[0], -BACK_RIGHT[1], BACK_RIGHT[2]}, "the sign of da_z: more z means more of h_{t-1} and less of n, so "
            + "the factor is h_{t-1} - n.")
        .mistake(new double[] {BACK_RIGHT[0], -0.66 * (0.5 - 0.3) * 0.16, BACK_RIGHT[2]}, "da_z: n is -0.3, so h_{t-1} - n is 0.5 + 0.3.")
        .mistake(new double[] {-0.66 * 0.2, -0.66 * 0.8, -0.66 * 0.2 * 0.45}, "these are the gradients of n, z and r themselves. One factor "
            + "more, the slope of each activation, leads to the sums.")
        .hints("Put the numbers into the three formulas of this section, with h_{t-1} for h_0 and this step's n, z, r.",
            "da_n = -0.66 · (1 - 0.8) · (1 - 0.09); and da_r begins with da_n.")
        .solution("""
            double dan = -0.66 * (1 - 0.8) * (1 - 0.3 * 0.3);
            double[] back = {dan, -0.66 * (0.5 + 0.3) * 0.8 * 0.2, dan * (0.5 * 0.9) * 0.6 * 0.4};
            """, "Each gradient is what arrives at h_t, times how h_t depends on n, z or r, times the slope of the activation.");

    private static double[] counts(SizeFormula f) {
        return new double[] {f.of(1, 1, 1, 1), f.of(1, 10, 16, 2), f.of(40, 10, 16, 2), f.of(7, 3, 5, 4)};
    }

    private static final Exercise<?> WORK = Exercise.function("13.8", "Multiplications of a GRU", SizeFormula.class, Lesson13::counts,
            (T, D, H, K) -> T * 3 * H * (D + H))
        .inputs("T = D = H = K = 1", "T = 1, D = 10, H = 16, K = 2", "T = 40, D = 10, H = 16, K = 2", "T = 7, D = 3, H = 5, K = 4")
        .mistake((T, D, H, K) -> 3 * H * (D + H), "right for one step; there are T of them.")
        .mistake((T, D, H, K) -> 3 * H * (D + H) + 4 * H, "this is the number of weights and biases: each weight is used at each of the "
            + "T steps, a bias multiplies nothing.")
        .mistake((T, D, H, K) -> 2 * T * 3 * H * (D + H), "you counted the additions, too. Only multiplications are asked for.")
        .mistake((T, D, H, K) -> T * H * (D + 3 * H), "Wx, too, has three parts: r, z and n.")
        .mistake((T, D, H, K) -> T * (3 * H * D + H * H), "Wh, too, has three parts: r, z and n.")
        .mistake((T, D, H, K) -> T * H * (D + H), "this is the plain cell. A GRU does it three times: r, z and n.")
        .mistake((T, D, H, K) -> T * 4 * H * (D + H), "this is the LSTM, which has four. A GRU has three: r, z and n.")
        .mistake((T, D, H, K) -> T * 2 * H * (D + H), "there are three sums, not two: both gates, and the candidate too.")
        .mistake((T, D, H, K) -> T * 3 * (D + H), "each of the H units needs D + H multiplications for each of its three sums.")
        .mistake((T, D, H, K) -> T * (3 * H * (D + H) + H * K), "there is no output layer here: leave H · K out.")
        .mistake((T, D, H, K) -> T * (3 * H * (D + H) + 3 * H), "you counted the products of gates and states, or the biases, as well. The "
            + "question is about products with Wx and Wh only.")
        .mistake((T, D, H, K) -> T * (3 * H * (D + H) + 4 * H), "you counted the biases as well. The question is about products with Wx and Wh only.")
        .mistake((T, D, H, K) -> T * 3 * H * D * H, "the products with Wx and with Wh are added, D + H, not multiplied.")
        .hints("One sum of one unit takes D + H multiplications.", "Three sums for each of H units, at each of T steps.")
        .solution("SizeFormula work = (T, D, H, K) -> T * 3 * H * (D + H);",
            "Wx is [D, 3H] and Wh is [H, 3H]: 3H(D + H) multiplications at each of T steps.");

    // The letters of the bugs are not those of the suspects.
    private static final String[] BUGS = {"z and 1-z are swapped", "the reset gate multiplies the whole sum", "the sigmoid of the gates is missing",
        "the candidate has no tanh", "the reset gate acts before the product"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("13.9", "Suspect B", "e", BUGS)
        .mistake("a", "then the probes with an empty memory would be wrong. Suspect B passes them.")
        .mistake("b", "then the input would be weakened too, and the probes with an empty memory would be wrong.")
        .mistake("c", "then every probe would be wrong, since the gates would be no shares at all.")
        .mistake("d", "then the large input would go wrong. Suspect B passes that probe.")
        .hints("It passes both probes with an empty memory. So the bug is in what is done with the memory.",
            "Which bug of the list changes nothing when h = 0?")
        .solution("String suspectB = \"e\";", "Only a full memory shows it: r ∘ (h W) and (r ∘ h) W are both 0 for h = 0. With one unit, "
            + "no probe at all could find it.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("13.10", "Suspect C", "b", BUGS)
        .mistake("a", "then an empty memory would give the ratio z/(1 - z), which is above 1 in both units here. Suspect C's are below 1.")
        .mistake("c", "then no probe at all would be right. Unit 0 passes the third.")
        .mistake("d", "then the ratio for x = 5 would be far above 1, as that of suspect A. Here it is at most 1.")
        .mistake("e", "then both probes with an empty memory would be right. Suspect C fails the first.")
        .hints("An empty memory and a small input already give a wrong state. And in the third probe x is 0.",
            "In the third probe unit 0 has no input and no bias: only the past is left. What may r multiply there?")
        .solution("String suspectC = \"b\";", "r weakens the input and the bias, too. With x = 0 and b_n = 0 there is nothing but the past to "
            + "multiply, so unit 0 passes; unit 1, with its bias of 0.2, does not.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(MIX, CORNER, THIRD, OF_2014, TRANSLATE, FISH, BACK, WORK, SUSPECT_B, SUSPECT_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("13.p1", "A plain unit with self-weight 2 begins at 0.3 and gets no input. Where is it after 50 steps?", "c",
                "near 0, and from a start of 0.6 it would end near 0 as well", "near 0.3, and from a start of 0.6 it would end near 0.6",
                "near 0.96, and from a start of 0.6 it would end near 0.96 as well")
                .usualMistake("Many expect that a plain cell forgets, always. With a self-weight between 0 and 1 it does. Above 1 it becomes a switch: "
                    + "it runs to one of two values and stays there. It keeps the sign, and loses the value."),
            Prediction.of("13.p2", "The GRU whose update bias starts at 0: with how many of three seeds has it learned to bridge 40 words "
                + "after 100 updates?", "c", "with all three", "with one or two", "with none")
                .usualMistake("The usual mistake is to think that gates alone cure the vanishing gradient. At a bias of 0 each gate keeps about half, so "
                    + "about half of the memory is replaced at every step, and the gradient of the first word is lost on its way."),
            Prediction.of("13.p3", "How will the trained update gates z, the share kept, look while the network reads our sentence?", "b",
                "clean bits: about 0 at the subject, about 1 at the words after it",
                "no bits: above 0.5 at the subject, a little below 1 at the words after it",
                "no story: about 0.5 at the subject, about 0.5 at the words after it")
                .usualMistake("The table with clean bits is so often shown that one expects to find it. But the loss asks only for the right verb at "
                    + "the end. Nothing in it asks for clean bits on the way."),
            Prediction.of("13.p4", "What happens to the answers when the unit of our table gets the memory of another sentence at step 20, for one "
                + "step?", "c", "about half of them stay right, as by guessing", "about three quarters of them stay right",
                "nearly all of them stay right")
                .usualMistake("A unit that shows the answer so clearly seems to be the place where it is kept. But to show an "
                    + "answer is not to be the only one who knows it: the others know it, too, and restore the unit."));
    }
}
