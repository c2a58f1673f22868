package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;

/** Weights come back to the bit, in bytes as the format has them. Damaged files are in {@link CorruptionTest}. */
class WeightsTest {
    private static Layer net(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sequential.of(new Lstm(2, 3, random), new Dense(3, 2, random));
    }

    private static boolean equal(Layer a, Layer b) {
        for (int i = 0; i < a.params().size(); i++) {
            if (a.params().get(i).value.maxDifference(b.params().get(i).value) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Equal names and shapes, but other equations: an Elman network of another Φ, or a cell with as many gates. */
    /** The likeliest wrong file of all is one that torch.save wrote; the second likeliest is one of the other of our two kinds. */
    @Test void theWrongKindOfFileIsNamed(@TempDir Path folder) throws java.io.IOException {
        Path zip = Files.write(folder.resolve("net.pt"), "PK\3\4 and so on, an archive".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        Layer net = new Dense(2, 3, new SplittableRandom(1));
        for (org.junit.jupiter.api.function.Executable load : new org.junit.jupiter.api.function.Executable[] {() -> Weights.load(zip, net), () -> Torch.load(zip, net, "")}) {
            String said = assertThrows(IllegalArgumentException.class, load).getMessage();
            assertTrue(said.contains("net.pt") && said.contains("torch.save") && said.contains("safetensors.torch.save_file"), said);
        }
        Path own = folder.resolve("own"), theirs = folder.resolve("theirs");
        Weights.save(own, net);
        Torch.save(theirs, net, "out");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Torch.load(own, net, "out")).getMessage().contains("Weights.load reads what Weights.save wrote"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Weights.load(theirs, net)).getMessage().contains("Torch.load what Torch.save"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Torch.save(theirs, Sequential.of(new Dense(2, 2, new SplittableRandom(1)), net), "out"))
                .getMessage().contains("have its name twice"));
    }

    @Test void weightsOfAnotherKindOfCellAreRefused(@TempDir Path folder) {
        Path file = folder.resolve("net.safetensors");
        SplittableRandom random = new SplittableRandom(1);
        Layer[][] pairs = {{new Elman(2, 3, random), Elman.relu(2, 3, random)}, {Gru.of2014(2, 3, random), new Lstm1997(2, 3, random)},
            {Sequential.of(new Dense(2, 2, random), Elman.relu(2, 3, random)), Sequential.of(new Dense(2, 2, random), new Elman(2, 3, random))},
            {Bidirectional.of(new Elman(2, 3, random), new Elman(2, 3, random)), Bidirectional.of(new Elman(2, 3, random), Elman.relu(2, 3, random))},
            {Backwards.of(new Elman(2, 3, random)), Backwards.of(Elman.relu(2, 3, random))}};
        for (Layer[] pair : pairs) {
            Weights.save(file, pair[0]);
            Weights.load(file, pair[0]);
            String message = assertThrows(IllegalArgumentException.class, () -> Weights.load(file, pair[1])).getMessage();
            assertTrue(message.contains("The shapes fit, but the equations differ."), message);
        }
        Weights.save(file, new Elman(2, 3, random));
        String other = assertThrows(IllegalArgumentException.class, () -> Weights.load(file, new Elman(2, 4, random))).getMessage();
        assertTrue(other.contains("[2,3], expected [2,4]. Is it of a network of another size or kind?") && !other.contains("?."), other);
    }

    @Test void olderFilesNameTheBiasOfAGruBn(@TempDir Path folder) {
        Layer saved = Sequential.of(new Gru(2, 3, new SplittableRandom(1)), new Dense(3, 1, new SplittableRandom(2)));
        Layer read = Sequential.of(new Gru(2, 3, new SplittableRandom(3)), new Dense(3, 1, new SplittableRandom(4)));
        saved.param("0.bq").value.fill(0.25);
        Map<String, Matrix> old = new LinkedHashMap<>();
        saved.named().forEach((name, p) -> old.put(name.replace("bq", "bn"), p.value));
        Weights.write(folder.resolve("old"), old, Map.of());
        Weights.load(folder.resolve("old"), read);
        saved.named().forEach((name, p) -> assertEquals(0, p.value.maxDifference(read.param(name).value), name));
        old.put("0.bq", saved.param("0.bq").value);
        Weights.write(folder.resolve("both"), old, Map.of());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Weights.load(folder.resolve("both"), read)).getMessage().contains("'0.bn'"));
    }

    @Test void aMissingFolderIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("not/here/net.safetensors");
        String message = assertThrows(java.io.UncheckedIOException.class, () -> Weights.save(file, net(1))).getMessage();
        assertTrue(message.contains("folder " + folder.resolve("not/here") + " does not exist") && !message.contains(".part"), message);
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

    /** Byte by byte as the format's description says: a length, a header of JSON, numbers side by side. */
    @Test void theBytesAreThoseOfTheFormat(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        for (int note = 0; note < 8; note++) {                       // headers of every length modulo eight
            Layer net = net(1);
            Map<String, Matrix> tensors = new LinkedHashMap<>();
            net.named().forEach((name, p) -> tensors.put(name, p.value));
            Weights.write(file, tensors, Map.of("note", "x".repeat(note)));
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = (int) bytes.getLong(0), begin = 8 + length, at = 0;
            assertEquals(0, begin % 8, "the numbers are aligned");
            assertEquals('{', bytes.get(8));
            JsonNode header = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(bytes.array(), 8, length);
            assertEquals(Set.of("note", "unrolled.sha256"), Set.copyOf(names(header.get("__metadata__"))));
            header.get("__metadata__").forEach(text -> assertTrue(text.isTextual()));
            List<String> expected = new ArrayList<>(List.of("__metadata__"));
            expected.addAll(net.named().keySet());
            assertEquals(expected, names(header));
            for (Map.Entry<String, Matrix> tensor : tensors.entrySet()) {
                JsonNode node = header.get(tensor.getKey());
                Matrix m = tensor.getValue();
                assertEquals(List.of("dtype", "shape", "data_offsets"), names(node));
                assertEquals("F64", node.get("dtype").asText());
                assertEquals("[" + m.rows() + "," + m.cols() + "]", node.get("shape").toString());
                assertEquals("[" + at + "," + (at + 8 * m.rows() * m.cols()) + "]", node.get("data_offsets").toString());
                for (int i = 0; i < m.rows() * m.cols(); i++, at += 8) {
                    assertEquals(m.get(i / m.cols(), i % m.cols()), bytes.getDouble(begin + at));
                }
            }
            assertEquals(bytes.capacity(), begin + at, "nothing behind the numbers");
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test void tensorsThatOverlapOrLeaveAGapAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.safetensors");
        for (String places : List.of("[0,8] [0,8]", "[0,8] [4,12]", "[0,8] [16,24]", "[8,16] [16,24]")) {
            String[] place = places.split(" ");
            byte[] json = ("{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":" + place[0] + "},\"b\":{\"dtype\":\"F64\",\"shape\":[1],"
                    + "\"data_offsets\":" + place[1] + "}}").getBytes(StandardCharsets.UTF_8);
            for (int size = 8; size <= 24; size += 4) {
                Files.write(file, ByteBuffer.allocate(8 + json.length + size).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array());
                says(() -> Weights.read(file), "net.safetensors");
            }
        }
    }

    @Test void aFileOfAnotherNetworkIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("net.safetensors");
        Weights.save(file, net(1));
        SplittableRandom random = new SplittableRandom(1);
        says(() -> Weights.load(file, new Dense(2, 3, random)), "no tensor 'W'", "0.Wx");
        says(() -> Weights.load(file, Sequential.of(new Lstm(2, 4, random), new Dense(4, 2, random))), "'0.Wx'", "[2,12]", "[2,16]");
        says(() -> Weights.load(file, Sequential.of(new Lstm(2, 3, random))), "'1.W'", "does not have");
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
