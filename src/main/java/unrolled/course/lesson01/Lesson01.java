package unrolled.course.lesson01;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import unrolled.course.Cell;
import unrolled.course.Cells;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;
import unrolled.course.SizeFormula;
import java.util.stream.IntStream;

/** Lesson 01: why can a feedforward network not read? */
public final class Lesson01 implements Lesson {

    @Override public int number() {
        return 1;
    }

    @Override public String title() {
        return "Memory";
    }

    @Override public int minutes() {
        return 100;
    }

    private static final Exercise<?> KNOWN = Exercise.choice("1.1", "Know this already?", "c",
            "Is this word the same as the word before it?", "Has the word \"not\" come in this sentence?",
            "Does this word begin with a capital letter?", "Is this the tenth word of the sentence?")
        .mistake("a", "for that it must know the word before. It sees the present word only.")
        .mistake("b", "\"not\" may have come earlier, and the network has not kept it. It sees the present word only.")
        .mistake("d", "for that it must count the words before. It sees the present word only.")
        .hints("Cover all words but one. Which question can you still answer?", "Three of the four questions speak of other words.")
        .solution("String withoutMemory = \"c\";", "The capital letter is in the present word. The other three need something that has been "
            + "before: a word, or a number of words.");

    private static final Exercise<?> CEILING = Exercise.number("1.2", "The ceiling", 62 / 80.0).rounded(4)
        .mistake(42 / 80.0, "this is the network that always says \"positive\". It may answer differently at good and at bad.")
        .mistake(38 / 80.0, "this is the network that always says \"negative\". It may answer differently at good and at bad.")
        .mistake(36 / 48.0, "these are the sentences with good alone. Those with bad count, too.")
        .mistake(26 / 32.0, "these are the sentences with bad alone. Those with good count, too.")
        .mistake((36 / 48.0 + 26 / 32.0) / 2, "the mean of two shares: but good comes more often than bad. Count sentences: how many of 80?")
        .mistake(18 / 80.0, "this is the share of wrong answers.")
        .mistake(62, "62 sentences are right. Which share of all sentences is that?")
        .mistake(1, "for 80 of 80 it would have to answer good in two ways. It sees the same input each time.")
        .mistake(36 / 80.0, "the right answers at bad are missing.")
        .mistake(26 / 80.0, "the right answers at good are missing.")
        .mistake(48 / 80.0, "this is how often good comes. How many of its sentences are answered rightly, and how many with bad?")
        .mistake(36 / 48.0 * 26 / 32, "do not multiply the two shares: no sentence must be right twice. Count sentences: how many of 80?")
        .mistake(36 / 48.0 + 26 / 32.0, "a share cannot be above 1, and the two shares are of different groups. Count sentences: how many of 80?")
        .hints("At good there is one answer for all 48 sentences. Which one is right more often?",
            "\"Positive\" at good is right 36 times, \"negative\" at bad 26 times. Of how many sentences?")
        .solution("double ceiling = (36 + 26) / 80.0;", "One answer for good (36 of 48 are right), one for bad (26 of 32): 62 of 80, "
            + "0.775. More training does not help: the input does not say more.");

    private static final Exercise<?> WASTE = Exercise.number("1.3", "Padding by hand", 17 / 48.0).rounded(4)
        .mistake(31 / 48.0, "this is the useful share. Asked is the wasted one.")
        .mistake(17 / 31.0, "the wasted ones divided by the useful ones. Divide by all.")
        .mistake(17, "17 places are padding. Which share of all places is that?")
        .mistake(48, "48 places are computed. How many of them are padding, and which share is that?")
        .mistake(31, "31 places hold words. How many hold padding, and which share is that?")
        .mistake(8 / 12.0, "this is the shortest sentence alone.")
        .mistake(17 / 12.0, "a share cannot be above 1. The padding of all four sentences is divided by the places of all four.")
        .mistake(17 / 4.0, "this is the mean number of padded places. Which share of the 12 is it?")
        .mistake(17 / 36.0, "the longest sentence is computed, too: it counts among all, with nothing wasted.")
        .hints("How many places are computed for four sentences, all of them padded to 12?",
            "48 places, and 4 + 6 + 9 + 12 = 31 of them hold words.")
        .solution("double wasted4 = (48 - 31) / 48.0;", "Each sentence costs 12 places, 48 together; 31 hold words. 17/48 = 0.3542.");

    private static final double[][] SIZES = {{1, 3, 4, 1}, {10, 3, 4, 2}, {40, 4, 8, 1}, {7, 5, 2, 6}, {100, 20, 16, 3}};

    private static final Exercise<?> SIZE = Exercise.function("1.5", "Numbers to learn", SizeFormula.class,
            f -> Arrays.stream(SIZES).mapToDouble(s -> f.of(s[0], s[1], s[2], s[3])).toArray(),
            (T, D, H, K) -> T * D * H + H + H * K + K)
        .inputs("T = 1, D = 3, H = 4, K = 1", "T = 10, D = 3, H = 4, K = 2", "T = 40, D = 4, H = 8, K = 1", "T = 7, D = 5, H = 2, K = 6",
            "T = 100, D = 20, H = 16, K = 3")
        .mistake((T, D, H, K) -> D * H + H + H * K + K, "this network sees one step. It shall see all T steps at once: how many inputs are that?")
        .mistake((T, D, H, K) -> T * D * H + H * K, "these are the weights. Each unit has a bias, too.")
        .mistake((T, D, H, K) -> T * (D * H + H) + H * K + K, "the biases do not grow with T: each of the H units has one.")
        .mistake((T, D, H, K) -> T * (D * H + H + H * K + K), "this is a network of its own for each step. Here one hidden layer reads all steps.")
        .mistake((T, D, H, K) -> T * D * H + H, "the output layer is missing: it has H inputs and K units.")
        .mistake((T, D, H, K) -> T * D * H + H + H * K, "the biases of the K outputs are missing.")
        .mistake((T, D, H, K) -> T * D * H + H * K + K, "the biases of the H hidden units are missing.")
        .mistake((T, D, H, K) -> T * D * H + H + T * H * K + K, "the output layer reads the H hidden units, once, whatever T is.")
        .mistake((T, D, H, K) -> (T + D) * H + H + H * K + K, "T steps of D numbers each are T times D inputs, not T plus D.")
        .mistake((T, D, H, K) -> T * D * H + H + T * (H * K + K), "the output layer reads the H hidden units once: neither its weights nor its "
            + "biases grow with T.")
        .mistake((T, D, H, K) -> D * H + H * H + H + H * K + K, "this is a recurrent network, with weights from memory to memory. Asked is the "
            + "feedforward one, which reads all T steps at once.")
        .mistake((T, D, H, K) -> T * D * H + 1 + H * K + 1, "one bias for each layer? Each unit has one of its own.")
        .mistake((T, D, H, K) -> T * D * H + T * D + H + H * K + K, "the inputs are no units: they have no biases.")
        .mistake((T, D, H, K) -> T * D * K + K, "the hidden layer is missing: the inputs lead to H units, and these to K.")
        .mistake((T, D, H, K) -> T * D + H + H * K + K, "each input has a weight to each hidden unit.")
        .hints("A layer with n inputs and m units has n·m weights and m biases. How many inputs has the first layer?",
            "First layer: T·D inputs, H units. Second layer: H inputs, K units.")
        .setup("import unrolled.course.SizeFormula;")
        .solution("SizeFormula numbers = (T, D, H, K) -> T * D * H + H + H * K + K;",
            "T·D·H weights and H biases in the first layer, H·K weights and K biases in the second. Only the first part grows with T.");

    private static final Exercise<?> WORSE = Exercise.choice("1.4", "Worse than chance", "b",
            "It has never seen a letter a or b at place 11.", "At place 11 it knows only the second letter of a pair.",
            "Its weights at place 11 have kept their random start.", "It was trained too long, and forgets the later places.")
        .mistake("a", "it has: a pair that begins at place 10 ends at place 11. What did an a at place 11 mean there?")
        .mistake("c", "a random start gives about half of the answers right, as at place 12 and later. Here nearly none is.")
        .mistake("d", "later places are never trained, so nothing there can be forgotten. Look at the pair that begins at place 10: where does it end?")
        .hints("In training a pair may begin at place 10. Where does its second letter stand?",
            "ab at 10 and 11: the b is at place 11. ba: the a is at place 11. Now a new pair begins at place 11.")
        .solution("String worse = \"b\";", "In training an a at place 11 was always the end of ba. In the test an a at place 11 is the "
            + "beginning of ab. What the network has learned there is turned round.");

    /** Sequences for a memory, with a reset before each. */
    private static final double[][] SEEN = {{0, 0, 1, 0, 0}, {0, 0, 0}, {1, 1, 0, 1}, {0}, {1, 0}};

    /** The zeros after sequence i. Two sequences, one that ends in a 1 and one that ends in a 0, stand for ever; who keeps all inputs has time. */
    private static int silence(int i) {
        return i < 2 ? 10_000 : 3;
    }

    private static double[] read(double[][] sequences, Cell cell) {
        cell.reset();
        cell.step(1);                                       // a memory that outlives a reset is found out at once
        return IntStream.range(0, sequences.length).boxed().flatMapToDouble(i -> {
            cell.reset();
            double[] answers = Arrays.copyOf(Arrays.stream(sequences[i]).map(cell::step).toArray(), sequences[i].length + 1);
            double last = answers[answers.length - 2];
            for (int t = 0; t < silence(i); t++) {
                last = cell.step(0);                        // a memory that fades is found out
            }
            answers[answers.length - 1] = last;
            return Arrays.stream(answers);
        }).toArray();
    }

    private static String[] places(double[][] sequences) {
        return IntStream.range(0, sequences.length).boxed().flatMap(i -> IntStream.rangeClosed(0, sequences[i].length).mapToObj(t ->
            "the inputs " + Arrays.toString(Arrays.stream(sequences[i]).mapToInt(x -> (int) x).toArray())
                + (t < sequences[i].length ? ", step " + t : " and " + silence(i) + " zeros more"))).toArray(String[]::new);
    }

    /** Answers with what it knew before this step. */
    private static Cell late(DoubleBinaryOperator next) {
        return new Cell() {
            private double h;

            @Override public double step(double x) {
                double before = h;
                h = next.applyAsDouble(x, h);
                return before;
            }

            @Override public void reset() {
                h = 0;
            }
        };
    }

    /** Keeps what {@code next} makes of x and h, and answers with what {@code says} makes of x and the new h. */
    private static Cell saying(DoubleBinaryOperator next, DoubleBinaryOperator says) {
        Cell keeps = Cells.of(next, true, true);
        return new Cell() {
            @Override public double step(double x) {
                return says.applyAsDouble(x, keeps.step(x));
            }

            @Override public void reset() {
                keeps.reset();
            }
        };
    }

    /** Answers with the input of the step before. */
    private static Cell lastInput() {
        return late((x, h) -> x);
    }

    private static double seen(double x, double h) {
        return x == 1 || h == 1 ? 1 : 0;
    }

    private static final Exercise<?> SMALLEST = Exercise.function("1.6", "The smallest memory", Cell.class,
            cell -> read(SEEN, cell), Cells.of(Lesson01::seen, true, true))
        .inputs(places(SEEN))
        .mistake(Cells.of((x, h) -> x, true, true), "this answers for the present input only. Keep a field, h, that outlives the call.")
        .mistake(Cells.of((x, h) -> x + h, true, true), "this counts how often the letter has come. Asked is whether: 1, not 2 or 3.")
        .mistake(late(Lesson01::seen), "you answer with the old memory. First take in the input, then answer.")
        .mistake(lastInput(), "you answer with the input of the step before. Keep h at 1 for good, once the letter has come.")
        .mistake(Cells.of((x, h) -> x == 1 ? 1 - h : h, true, true), "the second time the letter comes, your memory goes back to 0. It must stay 1.")
        .mistake(Cells.of((x, h) -> Math.max(x, 0.9 * h), true, true), "your memory fades from step to step. It must stay exactly 1.")
        .mistake(Cells.of((x, h) -> (x + h) / 2, true, true), "a mean of old and new fades from step to step. The memory must stay exactly 1.")
        .mistake(Cells.of((x, h) -> x == 1 ? 0 : 1, true, true), "this answers for the present input only, and turned round.")
        .mistake(Cells.of((x, h) -> 1, true, true), "this is always 1, also before the letter has come. Does h begin with 0, and does `reset` set it back to 0?")
        .mistake(Cells.of((x, h) -> x * h, true, true), "this is always 0: the 1 never gets into h. (If you multiply x by h, the product "
            + "stays 0, as h begins with 0.)")
        .hints("The class needs a field, `double h = 0;`, that outlives the call of `step`.",
            "`if (x == 1) h = 1;` and then `return h;`. And what must `reset` do?")
        .setup("import unrolled.course.Cell;")
        .solution("""
            class Seen implements Cell {
                double h = 0;
                public double step(double x) {
                    if (x == 1) h = 1;
                    return h;
                }
                public void reset() { h = 0; }
            }
            """, "The field h lives as long as the object. A 1 switches it on, nothing switches it off but `reset`. `h = Math.max(h, x)` "
            + "does the same.");

    private static final double[][] SENTENCES = {{0, 1, 0, -1, 0, 1, 1, 0}, {1, -1, -1, 0}, {-1, 0, 1}, {0, 1}, {0, -1, 1, 0, 0, -1}};

    private static double sentence(double x, double h) {
        return x == 1 ? 1 : x == -1 ? 0 : h;
    }

    private static final Cell STOPS_LATE = new Cell() {
        private double h;

        @Override public double step(double x) {
            double answer = x == 1 ? 1 : h;
            h = sentence(x, h);
            return answer;
        }

        @Override public void reset() {
            h = 0;
        }
    };

    private static final Exercise<?> STOP = Exercise.function("1.7", "A memory that forgets in time", Cell.class,
            cell -> read(SENTENCES, cell), Cells.of(Lesson01::sentence, true, true))
        .inputs(places(SENTENCES))
        .mistake(Cells.of(Lesson01::seen, true, true), "the full stop does nothing yet: at the input -1 the memory goes back to 0.")
        .mistake(Cells.of((x, h) -> x, true, true), "this hands the input on. At the input 0 the memory stays what it was, and it is never -1.")
        .mistake(Cells.of((x, h) -> x == 1 ? 1 : 0, true, true), "this is the present input only. At the input 0 the memory stays what it was.")
        .mistake(Cells.of((x, h) -> x + h, true, true), "sums go below 0 and above 1. The memory is 0 or 1.")
        .mistake(Cells.of((x, h) -> x != 0 ? x : h, true, true), "at a full stop you store -1. The memory is 0 or 1: store 0.")
        .mistake(Cells.of(Lesson01::sentence, false, true), "the memory leaks: `reset` must set h to 0, too.")
        .mistake(late(Lesson01::sentence), "you answer with the old memory. First take in the input, then answer.")
        .mistake(Cells.of((x, h) -> x == -1 ? 1 : x == 1 ? 0 : h, true, true), "1 and -1 are exchanged: the letter is 1, the full stop -1.")
        .mistake(saying(Lesson01::seen, (x, h) -> x == -1 ? 0 : h), "at the full stop you answer 0, but h is still 1, and comes back after it. "
            + "Set h itself to 0.")
        .mistake(STOPS_LATE, "the full stop itself is answered with the old memory. First set h to 0, then answer.")
        .mistake(Cells.of((x, h) -> x == -1 ? 0 : h + x, true, true), "this counts the letters of the sentence. Asked is whether one has come: 1, "
            + "not 2.")
        .mistake(Cells.of((x, h) -> x == 1 ? 1 - h : x == -1 ? 0 : h, true, true), "the second letter of a sentence sets your memory back to 0. "
            + "It must stay 1 until the full stop.")
        .mistake(Cells.of((x, h) -> x == 0 ? h : 1, true, true), "a full stop sets your memory to 1. It must set it to 0.")
        .hints("Three cases: the letter (1), the full stop (-1), anything else (0). What is h after each?",
            "`if (x == 1) h = 1; if (x == -1) h = 0;` and at 0 nothing happens to h.")
        .setup("import unrolled.course.Cell;")
        .solution("""
            class InSentence implements Cell {
                double h = 0;
                public double step(double x) {
                    if (x == 1) h = 1;
                    if (x == -1) h = 0;
                    return h;
                }
                public void reset() { h = 0; }
            }
            """, "Write, forget, keep: three cases, one number. The cell of lesson 13 learns when to do which.");

    private static final Exercise<?> TEST = Exercise.choice("1.8", "Is there a memory?", "d",
            "Feed it two different letters, each after the same text.", "Feed it the same text twice, with a reset between.",
            "Look at its answers on many texts: all must be right.", "Feed it the same letter, after two different texts.")
        .mistake("a", "a network without memory answers two letters differently as well.")
        .mistake("b", "the answers agree with and without a memory: the second reading begins anew.")
        .mistake("c", "if the answer lies in the present letter, a network without memory is right on all texts, too.")
        .hints("What would a network without memory do in each of the four?", "Only the past may differ; the present must be the same.")
        .solution("String test = \"d\";", "With the present letter the same, only the past can make a difference. If the answers differ, "
            + "something of the past was kept. If they agree, try other texts before you give up.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, CEILING, WASTE, WORSE, SIZE, SMALLEST, STOP, TEST);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("1.p1", "In which share of the pairs have sentence and translation equally many words?", "a",
                "in less than 40 %", "in 40 to 70 %", "in more than 70 %")
                .usualMistake("The two sentences say the same, so equal lengths are tempting. But each language has its own small words."),
            Prediction.of("1.p2", "Which share of the multiplications goes to padding?", "c",
                "less than 30 %", "from 30 to 60 %", "more than 60 %")
                .usualMistake("All reviews pay for the longest one, and the longest one is rare. What counts is the mean length, not the longest."),
            Prediction.of("1.p3", "At a text of 100 words: which network multiplies more?", "b",
                "the feedforward network", "the recurrent network", "they differ by under 10 %")
                .usualMistake("Sharing weights saves numbers to learn, not multiplications: the same weights are used at each step anew, and "
                    + "reading the memory costs extra. It saves work where texts are much shorter than the full width."),
            Prediction.of("1.p4", "Trained on places 1 to 10: how many answers of the feedforward network are right at places 12 to 30?", "c",
                "90 % or more", "from 60 to 90 %", "less than 60 %")
                .usualMistake("To us ab is ab wherever it stands. To this network an a at place 12 is another input than an a at place 3, with "
                    + "weights of its own, and these have never been trained."));
    }
}
