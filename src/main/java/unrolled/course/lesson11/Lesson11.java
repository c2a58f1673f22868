package unrolled.course.lesson11;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unrolled.course.Exercise;
import unrolled.course.Lesson;
import unrolled.course.Prediction;

/** Lesson 11: what shapes can input and output take? */
public final class Lesson11 implements Lesson {

    @Override public int number() {
        return 11;
    }

    @Override public String title() {
        return "Types of recurrent networks";
    }

    @Override public int minutes() {
        return 110;
    }

    // Three names of 4, 7 and 2 letters, 26 numbers a letter, five languages.

    private static final Exercise<?> KNOWN = Exercise.vector("11.1", "Know this already?", 7, 3, 26, 8, 1, 3, 5)
        .inputs("T in", "B in", "D", "places of padding", "T out", "B out", "K")
        .mistake(new double[] {7, 3, 26, 8, 7, 3, 5}, "the input is right. This output has an answer after each letter; asked is one answer for each name.")
        .mistake(new double[] {7, 3, 26, 13, 1, 3, 5}, "nearly: 13 are the letters that exist. Padding is what is missing to 7 in each row.")
        .mistake(new double[] {13, 3, 26, 8, 1, 3, 5}, "names of a batch stand side by side, not one after another: T is the length of the longest.")
        .mistake(new double[] {3, 7, 26, 8, 1, 3, 5}, "time stands first: [T,B,D]. T and B of the input are exchanged.")
        .mistake(new double[] {7, 3, 26, 8, 3, 1, 5}, "the input is right. Each of the three names has one answer: T is 1 and B is 3.")
        .mistake(new double[] {7, 3, 26, 8, 1, 1, 5}, "the input is right. B is the same on both sides: each name has its own answer.")
        .mistake(new double[] {7, 3, 26, 8, 1, 3, 1}, "nearly: the network gives one score for each of the five languages.")
        .mistake(new double[] {7, 3, 26, 8, 1, 5, 3}, "the input is right. The output is [T,B,K]: three names, and five scores for each.")
        .mistake(new double[] {7, 3, 1, 8, 1, 3, 5}, "nearly: a one-hot letter has 26 numbers.")
        .mistake(new double[] {3, 7, 26, 8, 3, 1, 5}, "time stands first, on both sides: [T,B,D] and [T,B,K].")
        .mistake(new double[] {13 / 3.0, 3, 26, 8, 1, 3, 5}, "T is a number of steps, that of the longest name, not a mean.")
        .mistake(new double[] {7, 3, 26, 5, 1, 3, 5}, "nearly: both short names are filled up, with 3 and with 5 places.")
        .mistake(new double[] {7, 3, 26, 21, 1, 3, 5}, "nearly: 21 are all places, 7 times 3. How many of them hold no letter?")
        .mistake(new double[] {7, 3, 26, 0, 1, 3, 5}, "nearly: the batch is as long as its longest name, so the two others are filled up.")
        .mistake(new double[] {7, 3, 26, 8, 1, 3, 26}, "nearly: 26 is D, the numbers of a letter. The answers have one score for each language.")
        .hints("The batch is as long as its longest name. Many-to-one: how many steps has the output?",
            "Input [7,3,26]; of the 21 places 4 + 7 + 2 hold a letter. Output: one step, three names, five scores.")
        .solution("double[] known = {7, 3, 26, 3 + 0 + 5, 1, 3, 5};", "The longest name gives T = 7; the two others are filled up with 3 and 5 places. One step of answers, for three names, with five scores.");

    // Ten words of at most 8 letters, the longest secret has 5.

    private static final Exercise<?> TWO = Exercise.vector("11.2", "Two lengths", 8, 10, 26, 6, 10, 28, 6, 10, 27)
        .inputs("source, T'", "source, B", "source, D", "target inputs, T", "target inputs, B", "target inputs, D", "scores, T", "scores, B", "scores, K")
        .mistake(new double[] {8, 10, 26, 5, 10, 28, 5, 10, 27}, "the end is written, too: five letters and the end are six steps.")
        .mistake(new double[] {8, 10, 26, 8, 10, 28, 8, 10, 27}, "the decoder has its own length. It writes at most five letters and the end.")
        .mistake(new double[] {8, 10, 26, 6, 10, 27, 6, 10, 28}, "the two last sizes are exchanged: the beginning is read and never written, the end is written and never read.")
        .mistake(new double[] {8, 10, 26, 6, 10, 26, 6, 10, 26}, "beside the 26 letters the decoder writes the end, and reads letters, the end's number and the beginning: 27 and 28.")
        .mistake(new double[] {8, 10, 26, 6, 10, 27, 6, 10, 27}, "the source and the scores are right. The decoder can read 28 symbols: the beginning has the number 27.")
        .mistake(new double[] {8, 10, 26, 6, 10, 28, 6, 10, 28}, "the source and the inputs are right. The beginning is never written: there are 27 scores.")
        .mistake(new double[] {8, 10, 26, 5, 10, 28, 6, 10, 27}, "the decoder reads once for each score: the beginning and five letters are six steps.")
        .mistake(new double[] {8, 10, 26, 6, 10, 28, 5, 10, 27}, "there is a score for each step that is read; the sixth one says the end.")
        .mistake(new double[] {8, 10, 26, 7, 10, 28, 7, 10, 27}, "the beginning is read and the end is written, at different steps: five letters and one more make six, not seven.")
        .mistake(new double[] {8, 10, 26, 9, 10, 28, 9, 10, 27}, "the decoder has its own length, whatever the source has: five letters and the end.")
        .mistake(new double[] {8, 10, 28, 6, 10, 28, 6, 10, 27}, "the source has letters only, 26; the beginning and the end are symbols of the decoder.")
        .mistake(new double[] {10, 8, 26, 10, 6, 28, 10, 6, 27}, "time stands first, then the batch.")
        .hints("The source has the length of its longest word. How many symbols are written for a secret of five letters?",
            "Source [8,10,26]. Read are the beginning and five letters, written five letters and the end: T = 6 both times.")
        .solution("double[] two = {8, 10, 26, 6, 10, 28, 6, 10, 27};", "Both the target inputs and the scores have six steps: read are the beginning and five letters, written five letters and the end.");

    private static final Exercise<?> TEACHER = Exercise.choice("11.3", "What does the decoder read?", "c",
            "t r h end", "h e a r t", "begin t r h", "begin, begin, begin, begin")
        .mistake("a", "this is what it shall write. If it reads it at the same step, it only has to copy: a leak.")
        .mistake("b", "this is what the encoder reads. The decoder has its state, and reads what has been written so far.")
        .mistake("d", "then it would not know which letters stand there already; in training it is told, one step late.")
        .hints("At each step it knows what was written *before* this step.", "Nothing was written before step 0; before step 1 the first letter was.")
        .solution("String reads = \"c\";", "The right symbols, one step late: nothing but the beginning before step 0, then t, r, h. The end is never read, since nothing comes after it.");

    // losses 0.9 0.3 0.6 and 1.8; two places of padding, where 2.4 and 3.0 were computed.

    private static final Exercise<?> MASKED = Exercise.number("11.4", "The mean over what exists", 0.9)
        .mistake(1.5, "this is the mean over all six places; the two losses at padding belong to no letter.")
        .mistake(0.6, "the sum is right, 3.6. It is the sum over four steps; you divided by six places.")
        .mistake(1.2, "this is the mean of the two sequences' means. So the single step of the second one weighs as much as three.")
        .mistake(3.6, "this is the sum; asked is the mean.")
        .mistake(1.8, "divide by the steps that exist, four, not by the number of sequences.")
        .mistake(9.0, "this is the sum over all six places; asked is the mean over the steps that exist.")
        .mistake(2.25, "the two losses at padding are in your sum, though not in the number that you divide by.")
        .hints("Which of the six losses belong to a step that exists?", "Three of the first sequence, one of the second: their sum by their number.")
        .solution("double masked = (0.9 + 0.3 + 0.6 + 1.8) / 4;", "Four steps exist. The losses that were computed at padding say nothing, and the places of padding are no steps to divide by.");

    // A loss for padded minibatches.

    private static final double[][][] LOSSES = {
        {{2, 1, 3, 6}}, {{2, 1, 3, 6}, {5, 7, 1, 4}}, {{0.5, 2.5, 8, 9}, {1, 4, 3, 2}, {7, 0, 0, 0}}, {{3, 11, 13}, {5, 17, 19}},
        {{1, Double.NaN, Double.NaN}, {2, 4, 9}},
    };
    private static final int[][] LENGTHS = {{4}, {4, 3}, {2, 4, 1}, {1, 1}, {1, 3}};

    private static double[] probe(MeanLoss loss) {
        return IntStream.range(0, LOSSES.length)
            .mapToDouble(n -> loss.of(Arrays.stream(LOSSES[n]).map(double[]::clone).toArray(double[][]::new), LENGTHS[n].clone())).toArray();
    }

    private static MeanLoss mean(int from, int more, boolean byPlaces) {
        return (losses, lengths) -> {
            double sum = 0;
            int steps = 0, places = 0;
            for (int b = 0; b < losses.length; b++) {
                places += losses[b].length;
                for (int t = from; t < Math.min(lengths[b] + more, losses[b].length); t++, steps++) {
                    sum += losses[b][t];
                }
            }
            return sum / (byPlaces ? places : steps);
        };
    }

    private static final Exercise<MeanLoss> WRITE = Exercise.function("11.5", "A loss that knows padding", MeanLoss.class, Lesson11::probe, mean(0, 0, false))
        .inputs("4 steps", "lengths 4 and 3", "lengths 2, 4 and 1", "lengths 1 and 1 of 3 places", "lengths 1 and 3, NaN at padding")
        .mistake(mean(0, 100, false), "padding is counted in: at step t of sequence b ask whether `t < lengths[b]`.")
        .mistake(mean(0, 0, true), "the sum is right. Divide it by the number of steps that exist, not by the number of all places.")
        .mistake((losses, lengths) -> IntStream.range(0, losses.length).mapToDouble(b -> Arrays.stream(losses[b], 0, lengths[b]).sum() / lengths[b]).average().orElse(0),
            "this is the mean of the sequences' means: a step of a short sequence weighs more than one of a long one. Sum over all steps first, then divide once.")
        .mistake((losses, lengths) -> IntStream.range(0, losses.length).mapToDouble(b -> Arrays.stream(losses[b], 0, lengths[b]).sum()).sum(), "this is the sum; divide it by the number of steps that exist.")
        .mistake((losses, lengths) -> IntStream.range(0, losses.length).mapToDouble(b -> Arrays.stream(losses[b], 0, lengths[b]).sum()).sum() / losses.length,
            "you divide by the number of sequences; a mean over steps divides by the number of steps.")
        .mistake((losses, lengths) -> Arrays.stream(losses[0], 0, lengths[0]).average().orElse(Double.NaN),
            "this is the mean of the first sequence alone; the loss is a mean over the steps of all.")
        .mistake((losses, lengths) -> Arrays.stream(losses).flatMapToDouble(own -> Arrays.stream(own, 0, lengths[0])).average().orElse(Double.NaN),
            "each sequence has its own length: `lengths[b]`, not that of the first.")
        .mistake((losses, lengths) -> IntStream.range(0, losses[0].length).filter(t -> IntStream.of(lengths).anyMatch(n -> t < n))
                .mapToDouble(t -> IntStream.range(0, losses.length).filter(b -> t < lengths[b]).mapToDouble(b -> losses[b][t]).average().orElseThrow()).average().orElseThrow(),
            "this is the mean of the means at each time: a late step, which few sequences have, weighs more than an early one. Sum over all steps first, then divide once.")
        .mistake(mean(1, 0, false), "the first step of each sequence is left out: a sequence of length n has the steps 0 to n - 1.")
        .mistake(mean(0, -1, false), "the last step of each sequence is left out: a sequence of length n has the steps 0 to n - 1.")
        .mistake(mean(0, 1, false), "one place of padding is counted in: a sequence of length n has the steps 0 to n - 1, so `t < lengths[b]`.")
        .mistake((losses, lengths) -> {
            double sum = 0, steps = 0;
            for (int b = 0; b < losses.length; b++) {
                for (int t = 0; t < losses[b].length; t++) {
                    sum += losses[b][t] * (t < lengths[b] ? 1 : 0);
                    steps += t < lengths[b] ? 1 : 0;
                }
            }
            return sum / steps;
        }, "nearly: NaN times 0 is NaN. A loss at padding may be anything, so leave it out instead of multiplying it by 0.")
        .hints("Two numbers grow in one loop: the sum of the losses, and how many there were.",
            "for each b, for each t below lengths[b]: sum += losses[b][t]; steps++. At the end sum / steps.")
        .solution("""
            MeanLoss loss = (losses, lengths) -> {
                double sum = 0;
                int steps = 0;
                for (int b = 0; b < losses.length; b++) {
                    for (int t = 0; t < lengths[b]; t++) {
                        sum += losses[b][t];
                        steps++;
                    }
                }
                return sum / steps;
            };
            """, "Only steps that exist are added, and only they are counted. Multiplying by a mask of zeros and ones gives the same, as long as no loss at padding is infinite or NaN.")
        .setup("import unrolled.course.lesson11.MeanLoss;");

    // Lengths 3, 10, 4, 9, 8, 2 in minibatches of two.

    private static final Exercise<?> BUCKETS = Exercise.vector("11.6", "Sort, then cut", 54, 42, 36).inputs("as they come", "sorted by length", "steps that exist")
        .mistake(new double[] {60, 60, 36}, "each minibatch is as long as its own longest sequence, not as the longest of all.")
        .mistake(new double[] {27, 21, 36}, "a minibatch has two sequences: its places are two times its longest.")
        .mistake(new double[] {18, 6, 36}, "these are the places of padding; asked are all places that are computed.")
        .mistake(new double[] {60, 42, 36}, "the second and the third are right. As they come, too, each minibatch is as long as its own longest sequence.")
        .mistake(new double[] {54, 42, 6}, "nearly: these are the places of padding after sorting. The third number is the sum of the lengths.")
        .mistake(new double[] {54, 42, 18}, "nearly: the third number is the sum of the lengths.")
        .mistake(new double[] {54, 36, 36}, "nearly: in a sorted minibatch of two the shorter one is still filled up, where its length differs.")
        .mistake(new double[] {54, 54, 36}, "sort the six lengths first, 2 3 4 8 9 10; then two and two come together.")
        .mistake(new double[] {42, 54, 36}, "the first two are exchanged: sorting makes fewer places, not more.")
        .hints("A minibatch computes B times the length of its longest sequence.", "As they come: 2 · 10 + 2 · 9 + 2 · 8. Sorted: 2 3, 4 8, 9 10.")
        .solution("double[] places = {2 * 10 + 2 * 9 + 2 * 8, 2 * 3 + 2 * 8 + 2 * 10, 3 + 10 + 4 + 9 + 8 + 2};", "Sorting brings similar lengths together: 6 places of padding in place of 18.");

    // 60 steps, 42 right; 40 places of padding, all counted as right. And how many places for 0.95?

    private static final Exercise<?> COUNTED = Exercise.vector("11.7", "Better by padding", 0.82, 300).inputs("accuracy", "places of padding")
        .mistake(new double[] {0.42, 300}, "the second is right. All 40 places of padding count as right answers here: (42 + 40) of 100.")
        .mistake(new double[] {0.7, 300}, "the second is right. 0.7 is the honest accuracy, 42 of 60; the program counts all 100 places.")
        .mistake(new double[] {0.82, 15}, "the first is right. Padding adds to both: (42 + p) right of 60 + p places.")
        .mistake(new double[] {0.82, 260}, "the first is right. For the second count all places of padding, not those beyond the 40.")
        .mistake(new double[] {0.82, 340}, "the first is right. The second number is that of all places of padding; the 40 are among them, not beside them.")
        .mistake(new double[] {0.82, 285}, "the first is right. 285 is 95 % of 300; which number has to be found so that (42 + p) / (60 + p) is 0.95?")
        .mistake(new double[] {0.82, 360}, "the first is right. 360 are all places; 60 of them are steps.")
        .mistake(new double[] {0.82, 57}, "the first is right. 57 of 60 would be 0.95, but padding makes the 60 grow, too.")
        .mistake(new double[] {82, 300}, "a share from 0 to 1 is asked, not a percentage.")
        .hints("Count right answers and places, both with padding.", "(42 + 40) / (60 + 40); then solve (42 + p) / (60 + p) = 0.95 for p.")
        .solution("double[] printed = {(42 + 40) / 100.0, (0.95 * 60 - 42) / (1 - 0.95)};", "(42 + p) / (60 + p) = 0.95 gives 0.05 p = 57 - 42. Nothing was learned for it: one long sequence in the batch is enough.");

    private static final String[] BUGS = {"padding is counted in", "divides by all places", "mean of the sequences' means", "the last step is left out",
        "the first place of padding is counted in"};

    private static final Exercise<?> SUSPECT_B = Exercise.choice("11.8", "Suspect B", "b", BUGS)
        .mistake("a", "then the loss at padding would change the number: compare the second and the third probe.")
        .mistake("c", "with one sequence there is only one mean, and it would be right. Here already the second probe is wrong.")
        .mistake("d", "then the first probe would be wrong, too: it has no padding, and its last step has the largest loss.")
        .mistake("e", "then the second and the third probe would differ: the first place of padding has the loss 0 or 9.")
        .hints("Which probes are right? What does their shape have in common?", "The ratio is 1/2 where half of the places are padding, whatever stands there.")
        .solution("String suspectB = \"b\";", "The ratio is the share of places that are steps: 4 of 8, 4 of 8, 5 of 8. The sum is right, the number to divide by is not.");

    private static final Exercise<?> SUSPECT_C = Exercise.choice("11.9", "Suspect C", "c", BUGS)
        .mistake("a", "then the third probe would be wrong: its padding has the loss 9.")
        .mistake("b", "then the second probe would be half of the right number.")
        .mistake("d", "then the first probe would be wrong: its last step has the largest loss.")
        .mistake("e", "then the third probe would be wrong: the first place of padding has the loss 9.")
        .hints("Only one probe is wrong. What is new in it?", "(2 + 1 + 3 + 6) / 4 = 3 is one mean, 8 the other.")
        .solution("String suspectC = \"c\";", "Each sequence alone is right, and so are equal lengths. With lengths 4 and 1 they take (3 + 8) / 2 = 5.5 in place of 20 / 5 = 4: a step of a short sequence weighs four times as much.");

    @Override public List<Exercise<?>> exercises() {
        return List.of(KNOWN, TWO, TEACHER, MASKED, WRITE, BUCKETS, COUNTED, SUSPECT_B, SUSPECT_C);
    }

    @Override public List<Prediction> predictions() {
        return List.of(
            Prediction.of("11.p1", "Both networks see the same four numbers at each fix, and have 16 units. How much does memory add, in the mean of five seeds?", "b",
                "less than 1 point, the fix says all", "between 1 and 10 points more are right", "more than 10 points more are right")
                .usualMistake("A fix has wind, pressure and place, but not where they come from: is the wind rising? Memory helps with that. But tomorrow's wind depends on "
                    + "much that stands in no track, so that memory helps a little, not very much."),
            Prediction.of("11.p2", "Which letter of a secret word is right least often?", "c",
                "the first one that is written", "none, all are right about equally often", "the last ones of a long word")
                .usualMistake("The first letter written was read last, so it is fresh. The fifth one lies ten steps and more back when it is written, and all other letters have passed over it."),
            Prediction.of("11.p3", "Networks that learn without lengths, all names padded to 60 places: what share of unseen names do they get right, in the mean of five seeds?", "c",
                "within 3 points of those that know the lengths", "clearly less, but 65 % or more are right", "below 65 %, not far from a guess (50 %)")
                .usualMistake("Overlooking zeros looks easy: they are always the same. But to learn it, the gradient has to come through all of them, and it fades on its way."),
            Prediction.of("11.p4", "Five networks whose honest accuracies lie within 10 points. When padding is counted in, how far apart are they?", "c",
                "within 10 points, all shifted alike", "between 10 and 20 points apart", "more than 20 points apart")
                .usualMistake("One expects that padding shifts all numbers alike. But at padding nothing was ever trained: what the network says there is chance, and it says it at four of five places."));
    }
}
