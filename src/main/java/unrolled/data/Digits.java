package unrolled.data;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import unrolled.math.Matrix;
import unrolled.math.Null;

/**
 * 1,797 handwritten digits, 8 x 8 grey values each: "Optical Recognition of Handwritten Digits", Alpaydin and Kaynak, UCI, 1998.
 *
 * @param x pixels row by row, scaled to 0 .. 1, [1797,64]
 * @param classes the digit of each, 0 to 9, [1797,1]
 */
public record Digits(Matrix x, Matrix classes) {
    private static final int PIXELS = 64;
    private static final double WHITE = 16;

    public Digits {
        Null.refuse(x, "Digits: x", "pixels [N,64]");
        Null.refuse(classes, "Digits: classes", "a digit each, [N,1]");
    }

    /** Reads {@code data/digits.csv.gz}. */
    public static Digits load() {
        byte[] bytes = DataFolder.open().bytes("digits.csv.gz");
        List<String> lines;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.US_ASCII))) {
            lines = in.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("data/digits.csv.gz cannot be unpacked: " + e.getMessage(), e);
        }
        Matrix x = new Matrix(lines.size(), PIXELS), classes = new Matrix(lines.size(), 1);
        for (int i = 0; i < lines.size(); i++) {
            String[] values = lines.get(i).split(",");
            for (int j = 0; j < PIXELS; j++) {
                x.set(i, j, Double.parseDouble(values[j]) / WHITE);
            }
            classes.set(i, 0, Double.parseDouble(values[PIXELS]));
        }
        return new Digits(x, classes);
    }
}
