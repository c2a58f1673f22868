package unrolled.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import unrolled.layers.Layer;
import unrolled.layers.Recurrent;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Precision;

/**
 * Matrices in a file of the safetensors format, which PyTorch reads and writes too: eight bytes with the length of a JSON header,
 * the header (name, type, shape and place of each tensor), then the numbers. Source: the format's description in the repository
 * huggingface/safetensors.
 *
 * <p>Our files also hold a checksum, so that a damaged one is refused; files of others are read without. A file is written under
 * another name first and then moved: it is there as a whole or not at all. Errors: {@link IllegalArgumentException} naming the file,
 * the tensor, what was expected and found; nothing is changed then.
 */
public final class Weights {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__", CHECKSUM = "unrolled.sha256", LAYER = "unrolled.layer.";
    private static final int MAX_HEADER = 100_000_000;       // the format's own limit

    private Weights() { }

    /** Writes every parameter of the network, by its name in {@link Layer#named}. */
    public static void save(Path file, Layer net) {
        Map<String, String> texts = new LinkedHashMap<>();
        layers(Null.refuse(net, "Weights.save: net", "a network")).forEach((name, layer) -> texts.put(LAYER + name, layer));
        write(file, values(net), texts);
    }

    /** Reads every parameter of the network; the file must hold exactly these, of these shapes, and of layers of the same kind. */
    public static void load(Path file, Layer net) {
        Null.refuse(net, "Weights.load: net", "a network");
        Content content = read(file);
        check(file, renamed(content.tensors, values(net)), values(net));
        layers(net).forEach((name, layer) -> {
            String saved = content.metadata.getOrDefault(LAYER + name, layer);
            if (!saved.equals(layer)) {
                throw bad(file, "holds the weights of " + saved + ", but this network has " + layer
                        + " in its place. The shapes fit, but the equations differ");
            }
        });
        copy(file, content.tensors, values(net));
    }

    /** Tensors by the names of today: in older files the bias bq of a GRU is called bn. */
    private static Map<String, Matrix> renamed(Map<String, Matrix> tensors, Map<String, Matrix> to) {
        Map<String, Matrix> renamed = new LinkedHashMap<>();
        tensors.forEach((name, m) -> {
            String now = name.replaceFirst("(^|\\.)bn$", "$1bq");
            renamed.put(to.containsKey(now) && !tensors.containsKey(now) ? now : name, m);
        });
        return renamed;
    }

    private static Map<String, Matrix> values(Layer net) {
        Map<String, Matrix> values = new LinkedHashMap<>();
        net.named().forEach((name, p) -> values.put(name, p.value));
        return values;
    }

    /** The layers of cells as they print themselves, by the number of the cell: two may have equal shapes and different equations. */
    private static Map<String, String> layers(Layer net) {
        Map<String, String> layers = new LinkedHashMap<>();
        for (Recurrent cell : net.recurrent()) {
            layers.put(String.valueOf(layers.size()), cell.toString().replaceAll("@[0-9a-f]+$", ""));   // which differs every time
        }
        return layers;
    }

    /** Copies tensors into matrices of the same names and shapes: all, or none and an error. */
    static void copy(Path file, Map<String, Matrix> tensors, Map<String, Matrix> to) {
        Map<String, Matrix> renamed = renamed(tensors, to);
        check(file, renamed, to);
        to.forEach((name, m) -> m.set(renamed.get(name)));
        tell(file, renamed, to);
    }

    /** Says it where the file and the network have numbers of another precision. */
    private static void tell(Path file, Map<String, Matrix> from, Map<String, Matrix> to) {
        for (Precision precision : Precision.values()) {
            long other = to.entrySet().stream().filter(m -> m.getValue().precision() == precision && from.get(m.getKey()).precision() != precision).count();
            if (other > 0) {
                Listener.standard().say("The file " + file + " holds " + (precision == Precision.SINGLE ? "double precision, and this network has single: each"
                        + " number was rounded to about 7 digits." : "single precision, and this network has double: each number was taken as it is, with its about 7 digits."));
            }
        }
    }

    private static void check(Path file, Map<String, Matrix> tensors, Map<String, Matrix> to) {
        to.forEach((name, m) -> {
            Matrix tensor = tensors.get(name);
            if (tensor == null) {
                throw bad(file, "has no tensor '" + name + "'; it holds " + tensors.keySet() + ". Is it of another network?"
                        + " Weights.load reads what Weights.save wrote, Torch.load what Torch.save or PyTorch wrote");
            }
            if (!tensor.shape().equals(m.shape())) {
                throw bad(file, "holds '" + name + "' with shape " + tensor.shape() + ", expected " + m.shape()
                        + ". Is it of a network of another size or kind?");
            }
        });
        tensors.keySet().stream().filter(name -> !to.containsKey(name)).findFirst().ifPresent(name -> {
            throw bad(file, "holds '" + name + "', which this network does not have; it has " + to.keySet());
        });
    }

    /**
     * What a file holds.
     *
     * @param tensors matrices by name; a tensor with one dimension is a row
     * @param metadata texts by name
     */
    public record Content(Map<String, Matrix> tensors, Map<String, String> metadata) {
        public Content {
            Null.refuse(tensors, "Content: tensors", "matrices by name");
            Null.refuse(metadata, "Content: metadata", "texts by name");
        }
    }

    /** Writes matrices [rows,cols] as tensors of doubles (F64) or, those in single precision, of floats (F32), and texts as metadata. */
    public static void write(Path file, Map<String, Matrix> tensors, Map<String, String> metadata) {
        write(file, tensors, metadata, Set.of());
    }

    /** The same, with the tensors of these names as rows: with one dimension. */
    static void write(Path file, Map<String, Matrix> tensors, Map<String, String> metadata, Set<String> rows) {
        Null.refuse(file, "Weights: file", "the path of a file");
        Null.refuse(tensors, "Weights.write: tensors", "matrices by name");
        Null.refuse(metadata, "Weights.write: metadata", "texts by name; Map.of() for none");
        ObjectNode header = JSON.createObjectNode();
        ObjectNode texts = header.putObject(METADATA);
        metadata.forEach(texts::put);
        int size = tensors.values().stream().mapToInt(m -> m.rows() * m.cols() * width(m.precision())).reduce(0, Math::addExact);
        ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Matrix> t : tensors.entrySet()) {
            Matrix m = t.getValue();
            int begin = data.position();
            for (int i = 0; i < m.rows(); i++) {
                for (int j = 0; j < m.cols(); j++) {
                    put(data, m, i, j);
                }
            }
            ObjectNode tensor = header.putObject(t.getKey());
            ArrayNode shape = tensor.put("dtype", m.precision() == Precision.SINGLE ? "F32" : "F64").putArray("shape");
            if (!rows.contains(t.getKey())) {
                shape.add(m.rows());
            }
            shape.add(m.cols());
            tensor.putArray("data_offsets").add(begin).add(data.position());
        }
        texts.put(CHECKSUM, checksum(header, data.array()));
        byte[] json = (header.toString() + " ".repeat(7)).getBytes(StandardCharsets.UTF_8);
        int length = json.length - json.length % 8;             // the numbers begin at a multiple of eight
        ByteBuffer whole = ByteBuffer.allocate(8 + length + size).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(length).put(json, 0, length).put(data.array());
        try {
            AtomicFile.write(file, whole.array());
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written: its folder " + e.getFile() + " does not exist; make it first", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written (" + e + "); the one before it, if any, is unchanged", e);
        }
    }

    /** Bytes of a number. */
    private static int width(Precision precision) {
        return precision == Precision.SINGLE ? Float.BYTES : Double.BYTES;
    }

    private static void put(ByteBuffer data, Matrix m, int i, int j) {
        if (m.precision() == Precision.SINGLE) {
            data.putFloat((float) m.get(i, j));
        } else {
            data.putDouble(m.get(i, j));
        }
    }

    /** Reads a file of ours, or of PyTorch: tensors of doubles or floats, kept as such, with one or two dimensions. */
    public static Content read(Path file) {
        Null.refuse(file, "Weights: file", "the path of a file");
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw bad(file, "does not exist");
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length < 8) {
            throw bad(file, "has " + bytes.length + " bytes; a safetensors file has at least 8. Was it cut off?");
        }
        if (bytes[0] == 'P' && bytes[1] == 'K') {
            throw bad(file, "is a ZIP archive, as torch.save writes it; expected a safetensors file: in Python,"
                    + " safetensors.torch.save_file(model.state_dict(), file) writes one");
        }
        ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = whole.getLong();
        if (length < 2 || length > MAX_HEADER || length > bytes.length - 8) {
            throw bad(file, "says that its header has " + length + " bytes, but " + (bytes.length - 8)
                    + " follow. It is cut off, damaged, or no safetensors file");
        }
        return parse(file, header(file, bytes, (int) length), java.util.Arrays.copyOfRange(bytes, 8 + (int) length, bytes.length));
    }

    private static JsonNode header(Path file, byte[] bytes, int length) {
        try {
            JsonNode header = JSON.reader().with(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readTree(bytes, 8, length);
            if (header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw bad(file, "has a header that is no JSON (" + e.getOriginalMessage() + "). It is damaged, or no safetensors file");
        } catch (IOException e) {
            throw bad(file, "has a header that cannot be read (" + e.getMessage() + ")");
        }
        throw bad(file, "has a header that is no JSON object. It is damaged, or no safetensors file");
    }

    private static Content parse(Path file, JsonNode header, byte[] data) {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        TreeMap<Long, Long> places = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : (Iterable<Map.Entry<String, JsonNode>>) header::fields) {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue().fields().forEachRemaining(text -> metadata.put(text.getKey(), text.getValue().asText()));
            } else {
                Matrix m = tensor(file, entry.getKey(), entry.getValue(), numbers);
                tensors.put(entry.getKey(), m);
                places.put(entry.getValue().get("data_offsets").get(0).asLong(), entry.getValue().get("data_offsets").get(1).asLong());
            }
        }
        long covered = 0;
        for (Map.Entry<Long, Long> place : places.entrySet()) {
            covered = place.getKey() == covered ? place.getValue() : -1;           // side by side, without a gap
        }
        if (covered != data.length || places.size() != tensors.size()) {
            throw bad(file, "holds " + data.length + " bytes of numbers, which its tensors do not fill one after the other. It is cut off or"
                    + " damaged");
        }
        String expected = metadata.remove(CHECKSUM);
        if (expected != null && !expected.equals(checksum(header, data))) {
            throw bad(file, "does not match its checksum: it is damaged");
        }
        return new Content(tensors, metadata);
    }

    private static Matrix tensor(Path file, String name, JsonNode node, ByteBuffer numbers) {
        JsonNode shape = node.path("shape"), offsets = node.path("data_offsets");
        Precision precision = precision(file, name, node);
        int width = width(precision);
        boolean whole = shape.isArray() && offsets.size() == 2 && offsets.get(0).isIntegralNumber() && offsets.get(1).isIntegralNumber();
        for (JsonNode n : shape) {
            whole &= n.isInt() && n.asInt() > 0;
        }
        if (!whole || shape.size() < 1 || shape.size() > 2) {
            throw bad(file, "describes '" + name + "' with shape " + shape + " and place " + offsets
                    + "; expected one or two positive sizes and two offsets");
        }
        int rows = shape.size() == 2 ? shape.get(0).asInt() : 1, cols = shape.get(shape.size() - 1).asInt();
        long begin = offsets.get(0).asLong(), end = offsets.get(1).asLong();
        if (begin < 0 || end > numbers.capacity() || end - begin != (long) rows * cols * width) {
            throw bad(file, "places '" + name + "' " + shape + " at bytes " + begin + " to " + end + " of " + numbers.capacity()
                    + ", which does not fit. It is cut off or damaged");
        }
        Matrix m = new Matrix(precision, rows, cols);
        for (int i = 0, at = (int) begin; i < rows; i++) {
            for (int j = 0; j < cols; j++, at += width) {
                m.set(i, j, precision == Precision.SINGLE ? numbers.getFloat(at) : numbers.getDouble(at));
            }
        }
        return m;
    }

    private static Precision precision(Path file, String name, JsonNode node) {
        return switch (node.path("dtype").asText()) {
            case "F64" -> Precision.DOUBLE;
            case "F32" -> Precision.SINGLE;
            default -> throw bad(file, "holds '" + name + "' as " + node.path("dtype") + "; expected numbers of type F64 or F32");
        };
    }

    /** Of everything that has a meaning: names, types, shapes, places, texts and numbers, in the order of names. */
    private static String checksum(JsonNode header, byte[] data) {
        Map<String, String> parts = new TreeMap<>();
        header.fields().forEachRemaining(entry -> {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue().fields().forEachRemaining(text -> {
                    if (!text.getKey().equals(CHECKSUM)) {
                        parts.put(METADATA + text.getKey(), text.getValue().toString());
                    }
                });
            } else {
                parts.put(entry.getKey(), entry.getValue().toString());
            }
        });
        return Checksum.sha256(parts.toString().getBytes(StandardCharsets.UTF_8), data);
    }

    static IllegalArgumentException bad(Path file, String what) {
        return new IllegalArgumentException("the file " + file + " " + what + (what.endsWith("?") ? "" : "."));
    }
}
