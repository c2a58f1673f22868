package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Attention;
import unrolled.layers.Dense;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Gru;
import unrolled.losses.CrossEntropy;
import unrolled.math.Sequence;
import unrolled.optim.Adam;

/** An encoder-decoder in the ordinary minibatches and trainer, and in a file: it learns to write words of different lengths backwards. */
class EncoderDecoderTrainingTest {
    private static final int V = 6, END = 0, START = 1, LONGEST = 4;     // letters are 2 to 5

    private static EncoderDecoder translator(String score) {
        SplittableRandom random = new SplittableRandom(20);
        boolean none = score.equals("no attention");
        EncoderDecoder net = new EncoderDecoder(new Gru(8, 24, random), new Gru(8, 24, random), new Dense(none ? 24 : 48, V, random))
                .embed(new Embedding(V, 8, random), new Embedding(V, 8, random));
        return none ? net : net.attend(score.equals("dot") ? Attention.dot(24) : Attention.additive(24, random));
    }

    /** Every word of 2 to 4 letters. */
    private static int[][] words() {
        return IntStream.rangeClosed(2, LONGEST).boxed().flatMap(n ->
                IntStream.range(0, (int) Math.pow(4, n)).mapToObj(code -> {
                    int[] word = new int[n];
                    for (int i = 0, c = code; i < n; i++, c /= 4) {
                        word[i] = 2 + c % 4;
                    }
                    return word;
                })).toArray(int[][]::new);
    }

    private static Sequence symbols(int[][] words, int before, int after, boolean backwards) {
        int[] lengths = new int[words.length];
        Sequence s = new Sequence(LONGEST + (before >= 0 || after >= 0 ? 1 : 0), words.length, 1);
        for (int b = 0; b < words.length; b++) {
            int n = words[b].length, t = 0;
            if (before >= 0) {
                s.at(t++).set(b, 0, before);
            }
            for (int i = 0; i < n; i++) {
                s.at(t++).set(b, 0, words[b][backwards ? n - 1 - i : i]);
            }
            if (after >= 0) {
                s.at(t++).set(b, 0, after);
            }
            lengths[b] = t;
        }
        return s.lengths(lengths);
    }

    private static Batch examples() {
        int[][] words = words();
        Sequence source = symbols(words, -1, -1, false), inputs = symbols(words, START, -1, true), d = symbols(words, -1, END, true);
        Sequence x = EncoderDecoder.join(source, inputs);
        return new Batch(x, EncoderDecoder.fill(d, x), null);
    }

    /** The steps that count are the target's, whatever the lengths of the inputs are. */
    @Test void heldOutMinibatchesGiveTheMeanOverTheTargetsSteps() {
        double[] losses = new double[3];
        int n = 0;
        for (Batches heldOut : List.of(new Batches(examples(), 400, null), new Batches(examples(), 5, null),
                Batches.bucketed(examples(), 5, null))) {
            EncoderDecoder net = translator("dot");
            losses[n++] = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.01)).epochs(1).heldOut(heldOut)
                    .fit(new Batches(examples(), 100, null)).last().heldOut();
        }
        assertEquals(losses[0], losses[1], 1e-12);
        assertEquals(losses[0], losses[2], 1e-12);
    }

    @Test void bucketsOfJoinedInputsAreAsShortAsTheirWords() {
        List<Batch> batches = Batches.bucketed(examples(), 16, null).epoch();
        assertEquals(3, batches.get(0).x().T, "two letters, and the sign before or after them");
        assertEquals(LONGEST + 1, batches.get(batches.size() - 1).x().T);
    }

    @TestFactory
    Stream<DynamicTest> learnsToWriteWordsBackwards(@TempDir Path folder) {
        return Stream.of("no attention", "dot", "additive").map(score -> DynamicTest.dynamicTest(score, () -> {
            int[][] words = words();
            EncoderDecoder net = translator(score);
            Sequence source = symbols(words, -1, -1, false);
            Trainer trainer = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.01)).epochs(25).clip(5);
            History history = trainer.fit(new Batches(examples(), 32, new SplittableRandom(21)));
            assertTrue(history.last().loss() < 0.1, () -> "loss " + history.last().loss());
            int[][] written = net.generate(source, START, LONGEST + 3, END);
            int right = 0;
            for (int b = 0; b < words.length; b++) {
                int[] backwards = new int[words[b].length];
                for (int i = 0; i < backwards.length; i++) {
                    backwards[i] = words[b][backwards.length - 1 - i];
                }
                right += Arrays.equals(backwards, written[b]) ? 1 : 0;
            }
            assertTrue(right >= 0.9 * words.length, right + " of " + words.length + " words");

            Path file = folder.resolve("net.safetensors");
            Weights.save(file, net);
            EncoderDecoder loaded = translator(score);
            loaded.params().forEach(p -> p.value.fill(0));
            Weights.load(file, loaded);
            assertArrayEquals(written, loaded.generate(source, START, LONGEST + 3, END), "the same from a file");
        }));
    }
}
