package unrolled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** Reads the golden values of {@code src/test/golden}. */
public final class Golden {
    private static final Map<String, JsonNode> FILES = new ConcurrentHashMap<>();

    private Golden() { }

    public static JsonNode read(String file) {
        return FILES.computeIfAbsent(file, name -> {
            try {
                return new ObjectMapper().readTree(Path.of("src/test/golden", name).toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list.stream();
    }

    public static Matrix matrix(JsonNode rows) {
        Matrix m = new Matrix(rows.size(), rows.get(0).size());
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.cols(); j++) {
                m.set(i, j, rows.get(i).get(j).asDouble());
            }
        }
        return m;
    }

    public static Sequence sequence(JsonNode steps) {
        Sequence s = new Sequence(steps.size(), steps.get(0).size(), steps.get(0).get(0).size());
        for (int t = 0; t < s.T; t++) {
            s.at(t).set(matrix(steps.get(t)));
        }
        return s;
    }
}
