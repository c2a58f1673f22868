package unrolled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Activation;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.Gru;
import unrolled.layers.Jordan;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.math.Sequence;
import unrolled.train.Torch;

/**
 * Models that PyTorch saved give PyTorch's outputs here; and what is written for PyTorch equals, byte for byte, files that PyTorch has
 * loaded ({@code python make_torch.py --check}, beside the files in {@code src/test/golden}).
 */
class TorchTest {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final double TOLERANCE = 1e-10;
    private static final int D = 3, H = 4, K = 2, V = 5;

    private static Layer net(String name, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (name) {
            case "lstm" -> Sequential.of(new Lstm(D, H, random), new Lstm(H, H, random), new Dense(H, K, random));
            case "gru" -> Sequential.of(new Gru(D, H, random), new Dense(H, K, random));
            case "rnn" -> Sequential.of(Bidirectional.of(new Elman(D, H, random), new Elman(D, H, random)), new Dense(2 * H, K, random));
            case "gru both" -> Sequential.of(Bidirectional.of(new Gru(D, H, random), new Gru(D, H, random)), new Dense(2 * H, K, random));
            case "embedding" -> Sequential.of(new Embedding(V, D, random), new Lstm(D, H, random), new Dense(H, K, random));
            default -> throw new AssertionError(name);
        };
    }

    private static String[] modules(String name) {
        return switch (name) {
            case "lstm" -> new String[] {"rnn", "rnn", "out"};
            case "embedding" -> new String[] {"embedding", "rnn", "out"};
            default -> new String[] {"rnn", "out"};
        };
    }

    @TestFactory
    Stream<DynamicTest> filesOfPyTorchGiveItsOutputsAndGoBack() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "torch"));       // to be copied beside the others after a change
        return Golden.elements(Golden.read("torch.json").get("cases")).map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> compare(c, folder)));
    }

    private static void compare(JsonNode c, Path folder) throws IOException {
        String name = c.get("name").asText();
        Layer net = net(name, 1);
        Torch.load(GOLDEN.resolve(c.get("file").asText()), net, modules(name));
        Sequence x = Golden.sequence(c.get("x")), y = Golden.sequence(c.get("y"));
        assertEquals(0, y.all().maxDifference(net.forward(x).all()), TOLERANCE);
        Path file = folder.resolve(c.get("written").asText());
        Torch.save(file, net, modules(name));
        assertArrayEquals(Files.readAllBytes(GOLDEN.resolve(c.get("written").asText())), Files.readAllBytes(file), "what PyTorch has loaded");
        Layer again = net(name, 2);
        Torch.load(file, again, modules(name));
        assertEquals(0, net.forward(x).all().maxDifference(again.forward(x).all()), "there and back to the bit");
    }

    @Test void refusals(@TempDir Path folder) {
        Layer net = net("lstm", 1), other = net("gru", 1);
        Path file = GOLDEN.resolve("torch-lstm.safetensors");
        says(() -> Torch.load(file, net, "rnn", "out"), "2 names", "3 layers");
        says(() -> Torch.load(file, net, "rnn", "rnn", "head"), "torch-lstm.safetensors", "no tensor 'head.weight'", "out.weight");
        String unknown = assertThrows(IllegalArgumentException.class, () -> Torch.load(file, net, "lstm", "lstm", "out")).getMessage();
        assertTrue(unknown.contains("no tensor 'lstm.weight_ih_l0'") && !unknown.contains("lstm.bias"), unknown);
        says(() -> Torch.load(file, other, "rnn", "out"), "'rnn.weight_ih_l0'", "[16,3]", "[12,3]");
        says(() -> Torch.load(file, net("embedding", 1), "rnn", "rnn", "out"), "Lstm(3 -> 4) cannot be", "behind Embedding", "recurrent ones");
        says(() -> Torch.save(folder.resolve("f"), Sequential.of(new Dense(2, 2, new SplittableRandom(1)), new Dense(2, 2, new SplittableRandom(1))), "a", "a"),
                "Dense(2 -> 2) cannot be", "module 'a'");
        SplittableRandom random = new SplittableRandom(1);
        for (Layer cell : new Layer[] {new Jordan(2, 3, 1, random), Gru.of2014(2, 3, random), Lstm.peepholes(2, 3, random),
                Bidirectional.sum(new Elman(2, 3, random), new Elman(2, 3, random))}) {
            says(() -> Torch.save(folder.resolve("f"), cell, ""), "no counterpart");
        }
        Layer untouched = net("gru", 1);
        assertEquals(0, untouched.param("0.Wx").value.maxDifference(other.param("0.Wx").value), "nothing was half-loaded");
    }

    /** What one module of PyTorch cannot be is refused with the reason, and no file is written. */
    @Test void layersThatAreNoModuleOfPyTorch(@TempDir Path folder) {
        SplittableRandom r = new SplittableRandom(1);
        Path file = folder.resolve("f");
        Lstm lstm = new Lstm(3, 4, r);
        Object[][] cases = {
            {Bidirectional.of(new Lstm(3, 4, r), new Gru(3, 4, r)), "two kinds or widths"},
            {Bidirectional.of(new Lstm(3, 4, r), new Lstm(3, 5, r)), "two kinds or widths"},
            {Bidirectional.of(new Elman(3, 4, r), Elman.relu(3, 4, r)), "two kinds or widths"},
            {Sequential.of(lstm, new Lstm(4, 5, r)), "one kind and width H"},
            {Sequential.of(new Lstm(3, 4, r), new Gru(4, 4, r)), "one kind and width H"},
            {Sequential.of(new Elman(3, 4, r), Elman.relu(4, 4, r)), "one kind and width H"},
            {Sequential.of(new Gru(3, 4, r), Bidirectional.of(new Gru(4, 4, r), new Gru(4, 4, r))), "in both directions, the other in one"},
            {Sequential.of(new Gru(3, 4, r), Activation.tanh(), new Gru(4, 4, r)), "nothing but a dropout, not [tanh]"},
            {Sequential.of(new Gru(3, 4, r), new Dense(4, 4, r)), "recurrent ones"},
            {Sequential.of(new Lstm(3, 4, r), Sequential.of(new Lstm(4, 5, r))), "Lstm(4 -> 5) cannot be the next layer of module 'm' behind Lstm(3 -> 4)"}};
        for (Object[] c : cases) {
            Layer net = (Layer) c[0];
            String[] modules = net instanceof Sequential ? new String[] {"m", "m"} : new String[] {"m"};
            says(() -> Torch.save(file, net, modules), (String) c[1]);
            says(() -> Torch.load(GOLDEN.resolve("torch-lstm.safetensors"), net, modules), (String) c[1]);
        }
        says(() -> Torch.save(file, Sequential.of(new Gru(3, 4, r), new Dense(4, 4, r), new Gru(4, 4, r)), "m", "out", "m"), "another module stands between");
        says(() -> Torch.save(file, new Tdnn(2, 2, 2, r), "m"), "Tdnn", "no counterpart", "Weights.save");
        assertFalse(Files.exists(file));
        Torch.save(file, Sequential.of(lstm, new Lstm(4, 5, r)), "first", "second");
        Torch.save(file, Sequential.of(new Gru(3, 4, r), new Dropout(0.5, r), new Gru(4, 4, r)), "m", "m");
    }

    @Test void aSequentialInAnotherIsOneRow(@TempDir Path folder) throws IOException {
        SplittableRandom r = new SplittableRandom(1), s = new SplittableRandom(1);
        Path flat = folder.resolve("flat"), nested = folder.resolve("nested");
        Torch.save(flat, Sequential.of(new Lstm(3, 4, r), new Lstm(4, 4, r), new Dense(4, 2, r)), "rnn", "rnn", "out");
        Torch.save(nested, Sequential.of(Sequential.of(new Lstm(3, 4, s), Sequential.of(new Lstm(4, 4, s))), new Dense(4, 2, s)), "rnn", "rnn", "out");
        assertArrayEquals(Files.readAllBytes(flat), Files.readAllBytes(nested));
    }

    @Test void anElmanNetworkOfAnotherFunctionIsRefused(@TempDir Path folder) {
        SplittableRandom r = new SplittableRandom(1);
        Path file = folder.resolve("f");
        Torch.save(file, new Elman(3, 4, r), "rnn");
        Torch.load(file, new Elman(3, 4, r), "rnn");
        says(() -> Torch.load(file, Elman.relu(3, 4, r), "rnn"), "with tanh as rnn", "has relu", "equations differ");
        Torch.save(file, Bidirectional.of(Elman.relu(3, 4, r), Elman.relu(3, 4, r)), "");
        says(() -> Torch.load(file, Bidirectional.of(new Elman(3, 4, r), new Elman(3, 4, r)), ""), "with relu", "has tanh");
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
