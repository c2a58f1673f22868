package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** The files that ship are whole and what they claim to be; a damaged one is refused by name; windows and scales do not leak. */
class DataTest {
    private static final String FILE = "gpl/eu_stock_markets.csv";

    @Test void everyListedFileMatchesItsChecksumAndEveryFileIsListed() throws IOException {
        Path data = Path.of("data");
        String sums = Files.readString(data.resolve("SHA256SUMS"));
        for (String line : sums.lines().toList()) {
            assertTrue(DataFolder.open().bytes(line.substring(66)).length > 0);
        }
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = data.relativize(file).toString();
                boolean text = name.startsWith("LICENSES/") || name.matches("README.md|SHA256SUMS|gpl/COPYING");
                assertTrue(text || sums.contains("  " + name), name + " has no checksum");
            }
        }
    }

    @Test void theSharePricesAreThere() {
        Table table = DataFolder.table(FILE);
        assertEquals(1860, table.rowCount());
        assertEquals(1628.75, table.doubleColumn("DAX").get(0));
    }

    @Test void theDigitsAreThere() {
        Digits digits = Digits.load();
        assertEquals(1797, digits.x().rows());
        assertEquals(64, digits.x().cols());
        assertEquals(1, digits.x().maxAbs());
        assertEquals(9, digits.classes().maxAbs());
    }

    @Test void aFileCutAnywhereIsRefusedByName(@TempDir Path folder) throws IOException {
        byte[] whole = copy(folder);
        for (int length = 0; length < whole.length; length += 997) {
            Files.write(folder.resolve(FILE), Arrays.copyOf(whole, length));
            String message = assertThrows(IllegalStateException.class, () -> new DataFolder(folder).csv(FILE)).getMessage();
            assertTrue(message.contains(FILE) && message.contains(length + " bytes") && message.contains("git checkout"), message);
        }
        whole[1000] ^= 1;
        Files.write(folder.resolve(FILE), whole);
        assertThrows(IllegalStateException.class, () -> new DataFolder(folder).csv(FILE));
    }

    @Test void aMissingFileIsNamed(@TempDir Path folder) throws IOException {
        copy(folder);
        Files.delete(folder.resolve(FILE));
        assertTrue(assertThrows(IllegalStateException.class, () -> new DataFolder(folder).csv(FILE)).getMessage().contains("missing"));
        assertTrue(assertThrows(IllegalStateException.class, () -> new DataFolder(folder).csv("nothing.csv")).getMessage()
                .contains("not listed"));
        Files.delete(folder.resolve("SHA256SUMS"));
        assertTrue(assertThrows(IllegalStateException.class, () -> new DataFolder(folder).csv(FILE)).getMessage()
                .contains("SHA256SUMS is missing"));
    }

    private static byte[] copy(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("gpl"));
        Files.copy(Path.of("data/SHA256SUMS"), folder.resolve("SHA256SUMS"));
        Files.copy(Path.of("data", FILE), folder.resolve(FILE));
        return Files.readAllBytes(folder.resolve(FILE));
    }

    @Test void windowsPairEachRunWithWhatFollows() {
        Windows windows = Windows.of(new double[] {1, 2, 3, 4, 5}, 3);
        assertEquals(2, windows.count());
        assertEquals(0, windows.x().maxDifference(unrolled.math.Matrix.of(new double[][] {{1, 2, 3}, {2, 3, 4}})));
        assertEquals(0, windows.target().maxDifference(unrolled.math.Matrix.columnOf(4, 5)));
        assertEquals(5, windows.range(1, 2).target().get(0, 0));
        says(() -> Windows.of(new double[] {1, 2, 3}, 3), "3 values", "windows of 3");
        says(() -> Windows.of(new double[0], 0), "0 values");
    }

    @Test void aScaleIsFittedOnWhatItIsGivenAndCanBeUndone() {
        Windows.Scale scale = Windows.Scale.fit(new double[] {2, 4, 6});
        assertEquals(4, scale.mean());
        assertEquals(100, scale.invert(scale.apply(new double[] {100})[0]), 1e-12);
        says(() -> Windows.Scale.fit(new double[] {3, 3}), "equal");
        says(() -> Windows.Scale.fit(new double[0]), "no values");
        says(() -> Windows.Scale.fit(new double[] {1, Double.NaN}), "value 1 (counted from 0) of 2 is NaN");
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
