package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress survives restarts, crashes, broken files and other kernels. */
class ProgressFileTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve(".progress.json");
    }

    private Set<String> reloaded() {
        ProgressFile again = new ProgressFile(file());
        assertEquals(Optional.empty(), again.load());
        return again.done();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).filter(n -> !n.endsWith(".lock")).sorted().toList();
        }
    }

    @Test
    void survivesARestart() throws IOException {
        ProgressFile first = new ProgressFile(file());
        assertEquals(Optional.empty(), first.add("5.1"));
        assertEquals(Optional.empty(), first.add("5.2"));
        assertEquals(Set.of("5.1", "5.2"), reloaded());
        assertEquals(List.of(".progress.json"), names());
    }

    @Test
    void withoutAFileNothingIsDoneAndNothingIsWritten() throws IOException {
        assertEquals(Set.of(), reloaded());
        assertEquals(List.of(), names());
    }

    @Test
    void cutAtAnyByteItIsSetAsideWhole() throws IOException {
        new ProgressFile(file()).add("5.1");
        byte[] whole = Files.readAllBytes(file());
        int end = whole.length - 2; // without the last brace and the line end
        for (int length = 0; length <= end; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file(), part);
            ProgressFile progress = new ProgressFile(file());
            Optional<String> sentence = progress.add("5.2");
            String kept = ".progress.json.broken-" + (length + 1);
            assertTrue(sentence.isPresent() && sentence.get().contains(kept), "cut at " + length + ": " + sentence);
            assertArrayEquals(part, Files.readAllBytes(folder.resolve(kept)));
            assertEquals(Set.of("5.2"), reloaded());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "3", "{}", "{\"done\":{}}", "{\"course\":\"other\",\"done\":{}}",
        "{\"course\":\"unrolled\",\"done\":[]}",
        "{\"course\":\"unrolled\",\"done\":{}} and more", "\u0000\u0001\u0002", "\uFEFF{}", "[[[[[[[[[["})
    void aForeignFileIsSetAside(String content) throws IOException {
        Files.writeString(file(), content);
        ProgressFile progress = new ProgressFile(file());
        Optional<String> sentence = progress.load();
        assertTrue(sentence.isPresent() && sentence.get().contains(".progress.json.broken-1"), sentence::toString);
        assertEquals(content, Files.readString(folder.resolve(".progress.json.broken-1")));
        assertEquals(Optional.empty(), progress.add("5.1"));
        assertEquals(Set.of("5.1"), reloaded());
    }

    @Test
    void hugeAndDeepFilesAreSetAside() throws IOException {
        for (byte[] content : List.of(new byte[2_000_000], "[".repeat(500_000).getBytes(StandardCharsets.UTF_8))) {
            Files.write(file(), content);
            assertTrue(new ProgressFile(file()).load().isPresent());
        }
        assertEquals(List.of(".progress.json.broken-1", ".progress.json.broken-2"), names());
    }

    @Test
    void whatItDoesNotKnowItKeeps() throws IOException {
        Files.writeString(file(), "{\"course\":\"unrolled\",\"newer\":[1],\"done\":{\"99.1\":\"2030-01-01\"}}");
        new ProgressFile(file()).add("5.1");
        assertEquals(1, new ObjectMapper().readTree(file().toFile()).at("/newer/0").asInt());
        assertEquals("2030-01-01", new ObjectMapper().readTree(file().toFile()).at("/done/99.1").asText());
        assertEquals(Set.of("5.1", "99.1"), reloaded());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidOnce() throws IOException {
        Files.createDirectory(file()); // a folder where the file should be: fails for every user
        ProgressFile progress = new ProgressFile(file());
        Optional<String> sentence = progress.add("5.1");
        assertTrue(sentence.isPresent() && sentence.get().contains("the course goes on"), sentence::toString);
        assertEquals(Optional.empty(), progress.add("5.2"));
        assertEquals(Set.of("5.1", "5.2"), progress.done());
        Files.delete(file());
        assertEquals(Optional.empty(), progress.add("5.3"), "once the place can be written, all is saved");
        assertEquals(Set.of("5.1", "5.2", "5.3"), reloaded());
        assertEquals(List.of(".progress.json"), names());
    }

    @Test
    void aParentThatIsAFileIsSaidOnce() throws IOException {
        Files.writeString(file(), "x");
        ProgressFile progress = new ProgressFile(file().resolve("sub/.progress.json"));
        assertTrue(progress.add("5.1").isPresent());
        assertEquals(Set.of("5.1"), progress.done());
        assertEquals("x", Files.readString(file()));
    }

    @Test
    void aReadOnlyFolderIsSaidOnce() throws IOException {
        assertTrue(folder.toFile().setWritable(false));
        try {
            assumeFalse(Files.isWritable(folder), "the superuser writes everywhere");
            ProgressFile progress = new ProgressFile(file());
            assertTrue(progress.add("5.1").isPresent());
            assertEquals(Optional.empty(), progress.add("5.2"));
            assertEquals(Set.of("5.1", "5.2"), progress.done());
        } finally {
            assertTrue(folder.toFile().setWritable(true));
        }
    }

    @Test
    void aLockHeldForEverDoesNotHang() throws IOException {
        Path held = folder.resolve(".progress.json.lock");
        try (FileChannel lock = FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            ProgressFile progress = new ProgressFile(file(), 0.2);
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertTrue(progress.add("5.1").isPresent()));
            assertFalse(Files.exists(file()));
        }
    }

    /** Seconds to wait for the lock where six writers stand in line on a busy machine. */
    private static final double PATIENT = 120;

    /** One of two kernels, as a process of its own. */
    public static final class Kernel {
        private Kernel() { }

        /** File, first and last exercise. */
        public static void main(String[] args) {
            ProgressFile progress = new ProgressFile(Path.of(args[0]), PATIENT);
            for (int i = Integer.parseInt(args[1]); i <= Integer.parseInt(args[2]); i++) {
                progress.add("9." + i).ifPresent(System.out::println);
            }
        }
    }

    @Test
    void twoKernelsAndFourThreadsLoseNothing() throws Exception {
        List<Process> kernels = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            kernels.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Kernel.class.getName(), file().toString(), "" + (20 * k + 1), "" + (20 * k + 20))
                .inheritIO().start());
        }
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            int first = 40 + 15 * k;
            threads.add(new Thread(() -> {
                ProgressFile own = new ProgressFile(file(), PATIENT);
                for (int i = 1; i <= 15; i++) {
                    own.add("9." + (first + i));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Process kernel : kernels) {
            assertEquals(0, kernel.waitFor());
        }
        Set<String> all = new TreeSet<>();
        for (int i = 1; i <= 100; i++) {
            all.add("9." + i);
        }
        assertEquals(all, new TreeSet<>(reloaded()));
        assertEquals(List.of(".progress.json"), names());
    }

    @Test
    void theFileIsWhereTheCourseIs() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("course/notebooks/deep"));
        assertEquals(Path.of("named.json"), ProgressFile.place("named.json", "my", "home", inside));
        assertEquals(Path.of("mine", ".progress.json"), ProgressFile.place(" ", "mine", "home", inside));
        assertEquals(Path.of("home", "my", ".progress.json"), ProgressFile.place(" ", "", "home", inside));
        assertEquals(Path.of(System.getProperty("user.home"), ".unrolled-progress.json"), ProgressFile.place(null, null, null, inside));
        Files.createFile(folder.resolve("course/unrolled"));
        Files.createFile(folder.resolve("course/pom.xml"));
        assertEquals(folder.resolve("course/my/.progress.json"), ProgressFile.place(null, null, "", inside));
    }
}
