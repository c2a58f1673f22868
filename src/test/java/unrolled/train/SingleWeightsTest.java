package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.InSingle;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Precision;

/** Weights of single precision as files: floats in half of the bytes, back to the bit, and a sentence where the precisions differ. */
class SingleWeightsTest {
    private static Layer net(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sequential.of(new Lstm(2, 3, random), new Dense(3, 2, random));
    }

    private static Layer single(long seed) {
        return InSingle.get(() -> net(seed));
    }

    /** Bits of floats, so that -0 is not 0. */
    private static void assertBits(Layer expected, Layer actual) {
        expected.named().forEach((name, p) -> {
            Matrix a = p.value, b = actual.param(name).value;
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.cols(); j++) {
                    assertEquals(Float.floatToIntBits((float) a.get(i, j)), Float.floatToIntBits((float) b.get(i, j)), name);
                }
            }
        });
    }

    @Test void theBytesAreFloats(@TempDir Path folder) throws IOException {
        Path once = folder.resolve("single.safetensors"), twice = folder.resolve("double.safetensors");
        Layer net = single(1);
        net.param("0.Wx").value.set(0, 0, -0.0).set(0, 1, Float.MIN_VALUE).set(0, 2, Float.MAX_VALUE).set(1, 0, Double.NaN).set(1, 1, 1e39);
        Weights.save(once, net);
        Weights.save(twice, net(1));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(once)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer wide = ByteBuffer.wrap(Files.readAllBytes(twice)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0), begin = 8 + length, at = 0;
        assertEquals(0, begin % 8, "the numbers are aligned");
        assertEquals(4 * net.size(), bytes.capacity() - begin);
        assertEquals(8 * net.size(), wide.capacity() - 8 - wide.getLong(0), "twice as many");
        JsonNode header = new ObjectMapper().readTree(bytes.array(), 8, length);
        for (Map.Entry<String, unrolled.layers.Param> tensor : net.named().entrySet()) {
            Matrix m = tensor.getValue().value;
            JsonNode node = header.get(tensor.getKey());
            assertEquals("F32", node.get("dtype").asText());
            assertEquals("[" + m.rows() + "," + m.cols() + "]", node.get("shape").toString());
            assertEquals("[" + at + "," + (at + 4 * m.rows() * m.cols()) + "]", node.get("data_offsets").toString());
            for (int i = 0; i < m.rows() * m.cols(); i++, at += 4) {
                assertEquals((float) m.get(i / m.cols(), i % m.cols()), bytes.getFloat(begin + at));
            }
        }
        Layer read = single(2);
        assertEquals(List.of(), Logged.sentences(() -> Weights.load(once, read)), "nothing to say of equal precisions");
        assertBits(net, read);
        Weights.read(once).tensors().values().forEach(m -> assertEquals(Precision.SINGLE, m.precision(), "whatever is in use"));
        InSingle.get(() -> Weights.read(twice).tensors()).values().forEach(m -> assertEquals(Precision.DOUBLE, m.precision()));
    }

    @Test void aFileMayHoldBoth(@TempDir Path folder) {
        Path file = folder.resolve("both");
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        tensors.put("a", Matrix.rowOf(1 / 3.0).in(Precision.SINGLE));           // four bytes, so that b begins at a multiple of four only
        tensors.put("b", Matrix.rowOf(1 / 3.0, 2));
        tensors.put("c", Matrix.columnOf(0.1, 0.2).in(Precision.SINGLE));
        Weights.write(file, tensors, Map.of());
        Map<String, Matrix> read = Weights.read(file).tensors();
        tensors.forEach((name, m) -> {
            assertEquals(m.precision(), read.get(name).precision(), name);
            assertEquals(0, m.maxDifference(read.get(name)), name);
        });
    }

    @Test void aFileOfTheOtherPrecisionIsReadWithASentence(@TempDir Path folder) {
        Path once = folder.resolve("once"), twice = folder.resolve("twice");
        Layer saved = net(1), savedOnce = single(2);
        Weights.save(twice, saved);
        Weights.save(once, savedOnce);
        Layer into = single(3), wide = net(3);
        assertEquals(List.of("The file " + twice + " holds double precision, and this network has single: each number was rounded to about 7 digits."),
                Logged.sentences(() -> Weights.load(twice, into)));
        assertEquals(List.of("The file " + once + " holds single precision, and this network has double: each number was taken as it is, with"
                + " its about 7 digits."),
                Logged.sentences(() -> Weights.load(once, wide)));
        saved.named().forEach((name, p) -> assertEquals(0, p.value.in(Precision.SINGLE).maxDifference(into.param(name).value), name));
        savedOnce.named().forEach((name, p) -> assertEquals(0, p.value.maxDifference(wide.param(name).value), name));
        into.params().forEach(p -> assertEquals(Precision.SINGLE, p.value.precision()));
        wide.params().forEach(p -> assertEquals(Precision.DOUBLE, p.value.precision()));
        Layer other = InSingle.get(() -> new Dense(2, 3, new SplittableRandom(1)));
        List<String> said = Logged.sentences(() -> assertThrows(IllegalArgumentException.class, () -> Weights.load(twice, other)));
        assertEquals(List.of(), said, "nothing is said of a file that is refused");
    }

    private static Layer torchNet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Layer net = Sequential.of(new Embedding(5, 4, random), new Lstm(4, 3, random), new Gru(3, 3, random),
                Bidirectional.of(new Elman(3, 2, random), new Elman(3, 2, random)), new Dense(4, 2, random));
        net.params().forEach(p -> Init.normal(1).fill(p.value, random));        // biases too
        return net;
    }

    @Test void pyTorchsLayoutComesBackToTheBit(@TempDir Path folder) {
        String[] modules = {"embed", "lstm", "gru", "both", "out"};
        Path once = folder.resolve("once"), twice = folder.resolve("twice");
        Layer net = InSingle.get(() -> torchNet(1)), read = InSingle.get(() -> torchNet(2)), rounded = InSingle.get(() -> torchNet(3));
        Layer wide = torchNet(4);
        Torch.save(once, net, modules);
        Torch.save(twice, wide, modules);
        Weights.read(once).tensors().forEach((name, m) -> assertEquals(Precision.SINGLE, m.precision(), name));
        assertEquals(List.of(), Logged.sentences(() -> Torch.load(once, read, modules)));
        assertBits(net, read);
        List<String> said = Logged.sentences(() -> Torch.load(twice, rounded, modules));
        assertTrue(said.size() == 1 && said.get(0).contains("holds double precision, and this network has single"), said.toString());
        wide.named().forEach((name, p) -> assertEquals(0, p.value.in(Precision.SINGLE).maxDifference(rounded.param(name).value), name));
        Layer back = torchNet(5);
        assertEquals(1, Logged.sentences(() -> Torch.load(once, back, modules)).size());
        net.named().forEach((name, p) -> assertEquals(0, p.value.maxDifference(back.param(name).value), name));
    }

    /** Files that PyTorch made: torch.safetensors holds one tensor of each type. */
    @Test void floatsOfPyTorchAreReadIntoBoth() {
        Map<String, Matrix> tensors = Weights.read(Path.of("src/test/golden/torch.safetensors")).tensors();
        assertEquals(Precision.SINGLE, tensors.get("b").precision());
        assertEquals(Precision.DOUBLE, tensors.get("W").precision());
        assertEquals(0, tensors.get("b").maxDifference(Matrix.rowOf(0.5, -2, 3)));
    }
}
