package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Stack;
import unrolled.math.Matrix;

/** Weights come back to the bit; a damaged file is refused or harmless; a refused one leaves the network as it was. */
class WeightsTest {
    private static Layer net(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stack.of(new Lstm(2, 3, random), new Dense(3, 2, random));
    }

    private static boolean equal(Layer a, Layer b) {
        for (int i = 0; i < a.params().size(); i++) {
            if (a.params().get(i).value.maxDifference(b.params().get(i).value) != 0) {
                return false;
            }
        }
        return true;
    }

    @Test void weightsComeBackToTheBit(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        Layer saved = net(1), loaded = net(2);
        saved.param("0.Wx").value.set(0, 0, -0.0).set(0, 1, Double.MIN_VALUE);
        Weights.save(file, saved);
        Weights.load(file, loaded);
        assertTrue(equal(saved, loaded));
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(loaded.param("0.Wx").value.get(0, 0)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing else is left in the folder");
        }
    }

    @Test void aFileCutAnywhereIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        Weights.save(file, net(1));
        byte[] whole = Files.readAllBytes(file);
        Layer target = net(2);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            String message = assertThrows(IllegalArgumentException.class, () -> Weights.load(file, target)).getMessage();
            assertTrue(message.contains("net.safetensors"), message);
        }
        assertTrue(equal(target, net(2)), "nothing was half-loaded");
    }

    @Test void aFlippedBitIsRefusedOrHarmless(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        Weights.save(file, net(1));
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int n = 0; n < 1000; n++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            Layer target = net(2);
            try {
                Weights.load(file, target);
                assertTrue(equal(target, net(1)), "a damaged file was loaded wrongly");
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("net.safetensors"), e.getMessage());
                assertTrue(equal(target, net(2)), "nothing was half-loaded");
                refused++;
            }
        }
        assertTrue(refused > 900, refused + " of 1000 refused");
    }

    @Test void aFileOfAnotherNetworkIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("net.safetensors");
        Weights.save(file, net(1));
        SplittableRandom random = new SplittableRandom(1);
        says(() -> Weights.load(file, new Dense(2, 3, random)), "no tensor 'W'", "0.Wx");
        says(() -> Weights.load(file, Stack.of(new Lstm(2, 4, random), new Dense(4, 2, random))), "'0.Wx'", "[2,12]", "[2,16]");
        says(() -> Weights.load(file, Stack.of(new Lstm(2, 3, random))), "'1.W'", "does not have");
        says(() -> Weights.load(folder.resolve("none"), net(1)), "does not exist");
    }

    /** Made by {@code safetensors.torch.save_file({"b": float32 [0.5, -2, 3], "W": float64 [[1, 2], [3, 4]]})}. */
    @Test void aFileOfPyTorchIsRead() {
        Weights.Content content = Weights.read(Path.of("src/test/golden/torch.safetensors"));
        assertEquals(0, content.tensors().get("b").maxDifference(Matrix.rowOf(0.5, -2, 3)));
        assertEquals(0, content.tensors().get("W").maxDifference(Matrix.of(new double[][] {{1, 2}, {3, 4}})));
    }

    @Test void textsComeBack(@TempDir Path folder) {
        Path file = folder.resolve("x");
        Map<String, Matrix> tensors = new LinkedHashMap<>(Map.of("ü", Matrix.rowOf(1)));
        Weights.write(file, tensors, Map.of("note", "α \"quoted\""));
        assertEquals(Map.of("note", "α \"quoted\""), Weights.read(file).metadata());
        assertEquals(1, Weights.read(file).tensors().get("ü").get(0, 0));
    }

    @Test void anUnwritablePlaceIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("missing/net.safetensors");
        assertTrue(assertThrows(java.io.UncheckedIOException.class, () -> Weights.save(file, net(1))).getMessage().contains("cannot be written"));
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
