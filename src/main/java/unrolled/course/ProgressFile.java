package unrolled.course;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import unrolled.train.AtomicFile;

/**
 * Remembers which exercises are done, in a small JSON file that survives kernel restarts:
 * {@code {"course": "unrolled", "done": {"5.1": "2026-01-31"}}}.
 *
 * <p>It is written to a temporary file and moved, so that a crash never leaves half a file. Writers take a lock and read the file
 * again first, so that two kernels lose nothing of each other's. A file that cannot be read is set aside under another name. When
 * nothing can be written, the course goes on and says so once.
 */
final class ProgressFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String NAME = ".progress.json";
    private static final long LARGEST = 1_000_000;
    private static final int LOCK_WAIT_SECONDS = 3;
    private static ProgressFile standard;

    private final Path file;
    private final double lockWaitSeconds;
    private final Set<String> done = new TreeSet<>();
    private boolean complained;

    ProgressFile(Path file) {
        this(file, LOCK_WAIT_SECONDS);
    }

    ProgressFile(Path file, double lockWaitSeconds) {
        this.file = file.toAbsolutePath();
        this.lockWaitSeconds = lockWaitSeconds;
    }

    /** The file of this learner. */
    static synchronized ProgressFile standard() {
        if (standard == null) {
            standard = new ProgressFile(place(System.getenv("UNROLLED_PROGRESS"), System.getenv("UNROLLED_MY"), System.getenv("UNROLLED_HOME"), Path.of("")));
        }
        return standard;
    }

    /**
     * The named file; else in the learner's folder: the named one, or {@code my} in the course's folder, which is named or found upwards from
     * {@code here}; else in the user's home.
     */
    static Path place(String named, String my, String home, Path here) {
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        if (my != null && !my.isBlank()) {
            return Path.of(my, NAME);
        }
        if (home != null && !home.isBlank()) {
            return Path.of(home, "my", NAME);
        }
        for (Path folder = here.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("unrolled")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder.resolve("my").resolve(NAME);
            }
        }
        return Path.of(System.getProperty("user.home", "."), ".unrolled-progress.json");
    }

    /** The exercises known to be done. */
    synchronized Set<String> done() {
        return Set.copyOf(done);
    }

    /** Reads the file; returns a sentence for the learner when something is wrong with it. */
    synchronized Optional<String> load() {
        return Files.exists(file) ? locked(false) : Optional.empty();
    }

    /** Notes an exercise as done and saves; returns a sentence for the learner when something went wrong. */
    synchronized Optional<String> add(String id) {
        done.add(id);
        return locked(true);
    }

    /** Reads what other kernels saved and adds it to what is known here; then saves the sum if asked to. */
    private Optional<String> locked(boolean save) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(sibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                 FileLock lock = lock(channel)) {
                Optional<String> notice = Optional.empty();
                ObjectNode tree = read();
                if (tree == null) {
                    notice = Optional.of("The file " + file + " could not be understood; it is kept as " + setAside().getFileName()
                        + ", and a new one begins.");
                    tree = JsonNodeFactory.instance.objectNode();
                }
                tree.withObject("/done").fieldNames().forEachRemaining(done::add);
                if (save) {
                    write(tree);
                }
                return notice;
            }
        } catch (IOException | RuntimeException e) {
            return complainOnce(e);
        }
    }

    private Optional<String> complainOnce(Exception e) {
        if (complained) {
            return Optional.empty();
        }
        complained = true;
        return Optional.of("Your progress cannot be kept in " + file + " (" + e.getClass().getSimpleName()
            + "); the course goes on, and counts until the kernel stops.");
    }

    /** Waits for another kernel, but not for ever. */
    private FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + (long) (lockWaitSeconds * 1e9);
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() > end) {
                throw new IOException("another kernel holds the lock on " + file);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IOException("stopped while waiting for the lock on " + file, e);
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another thread of this kernel
        }
    }

    /** The file as it stands: empty when there is none, null when it is not one of ours. */
    private ObjectNode read() throws IOException {
        if (!Files.exists(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        if (Files.size(file) > LARGEST) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            boolean ours = tree instanceof ObjectNode && "unrolled".equals(tree.path("course").asText()) && tree.path("done").isObject();
            return ours ? (ObjectNode) tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Everything else in the file stays as it is. */
    private void write(ObjectNode tree) throws IOException {
        tree.put("course", "unrolled");
        ObjectNode dates = tree.withObject("/done");
        for (String id : done) {
            if (!dates.has(id)) {
                dates.put(id, LocalDate.now().toString());
            }
        }
        AtomicFile.write(file, (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Path setAside() throws IOException {
        int n = 1;
        while (Files.exists(sibling(".broken-" + n))) {
            n++;
        }
        return Files.move(file, sibling(".broken-" + n));
    }

    private Path sibling(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
