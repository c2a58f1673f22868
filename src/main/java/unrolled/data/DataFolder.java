package unrolled.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import unrolled.math.Null;
import unrolled.train.Checksum;

/**
 * The folder {@code data/} of the course. A file is read only if its SHA-256 checksum is the one in {@code data/SHA256SUMS}: a
 * missing, truncated or edited file gives an {@link IllegalStateException} that names the file and the remedy.
 */
public final class DataFolder {
    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder of this course: {@code data} under UNROLLED_HOME, else under the first folder upwards that has one. */
    public static DataFolder open() {
        String home = System.getenv("UNROLLED_HOME");
        if (home != null) {
            return new DataFolder(Path.of(home, "data"));
        }
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve("data/SHA256SUMS"))) {
                return new DataFolder(p.resolve("data"));
            }
        }
        throw new IllegalStateException("no folder data/ with SHA256SUMS in " + Path.of("").toAbsolutePath()
                + " or above it; start JupyterLab with ./unrolled lab, or set UNROLLED_HOME to the folder of the course");
    }

    /** A CSV file with a header line, as a table. */
    public static Table table(String name) {
        return open().csv(Null.refuse(name, "DataFolder.table: name", "the name of a file in data/"));
    }

    Table csv(String name) {
        return Table.read().usingOptions(CsvReadOptions.builder(new ByteArrayInputStream(bytes(name))).tableName(name));
    }

    /** The bytes of a file, after its checksum was compared. */
    byte[] bytes(String name) {
        Path file = folder.resolve(name);
        String expected = checksums().get(name);
        if (expected == null) {
            throw new IllegalStateException("data/" + name + " is not listed in data/SHA256SUMS; the files there are "
                    + checksums().keySet().stream().sorted().toList());
        }
        byte[] bytes = read(file, "data/" + name);
        if (!Checksum.sha256(bytes).equals(expected)) {
            throw new IllegalStateException("data/" + name + " (" + bytes.length + " bytes) is not the file that ships with this "
                    + "course: it was cut off or edited. Restore it with: git checkout -- data/" + name);
        }
        return bytes;
    }

    private Map<String, String> checksums() {
        Map<String, String> sums = new HashMap<>();
        String list = new String(read(folder.resolve("SHA256SUMS"), "data/SHA256SUMS"), java.nio.charset.StandardCharsets.UTF_8);
        for (String line : list.lines().toList()) {
            String[] parts = line.split("\\s+\\*?", 2);
            if (parts.length == 2) {
                sums.put(parts[1], parts[0]);
            }
        }
        return sums;
    }

    private static byte[] read(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(name + " is missing. Restore it with: git checkout -- " + name);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
