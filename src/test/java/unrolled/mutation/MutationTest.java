package unrolled.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Breaks every line of every layer, loss and optimizer in every small way ({@link Mutations}) and asks the other tests whether they notice. A mutant
 * that no test catches must stand in {@code equivalent.txt} with the reason why it computes the same; one that stands there must
 * really survive.
 */
class MutationTest {
    private static final Path MAIN = Path.of("src/main/java/unrolled");
    private static final List<String> PACKAGES = List.of("layers", "losses", "optim");
    private static final Path TESTS = Path.of("src/test/java/unrolled");
    private static final Path EQUIVALENT = TESTS.resolve("mutation/equivalent.txt");
    /** No computation in them, or only drawing numbers, or only refusing. */
    private static final Set<String> LEFT_OUT = Set.of("package-info", "Param", "Init", "Sizes");

    @TestFactory
    Stream<DynamicTest> everyMutantIsCaught() {
        return sources().stream().map(source -> DynamicTest.dynamicTest(name(source), () -> everyMutantIsCaught(source)));
    }

    @Test void theJudgeFindsNothingWrongWithTheOriginal() {
        Path source = MAIN.resolve("layers/Lstm.java");
        MutantLoader loader = MutantLoader.of(new Mutant("Lstm", 1, "nothing", "", "", read(source))).orElseThrow();
        assertNull(Judge.verdict(loader, "Lstm", testClasses(source)));
    }

    private static void everyMutantIsCaught(Path source) {
        List<Mutant> mutants = Mutations.of(source);
        Set<String> known = new LinkedHashSet<>(equivalent());
        Set<String> survivors = new ConcurrentSkipListSet<>(), stale = new TreeSet<>();
        AtomicInteger made = new AtomicInteger(), caught = new AtomicInteger();
        List<String> tests = testClasses(source);
        mutants.parallelStream().forEach(mutant -> {
            Optional<MutantLoader> loader = MutantLoader.of(mutant);
            if (loader.isPresent()) {
                made.incrementAndGet();
                if (Judge.verdict(loader.get(), mutant.file(), tests) != null) {
                    caught.incrementAndGet();
                } else {
                    survivors.add(mutant.id() + (known.contains(mutant.id()) ? "" : "      (" + mutant + ")"));
                }
            }
        });
        System.out.println("Mutants of " + name(source) + ": " + made + " made, " + caught + " caught, " + survivors.size() + " known to change nothing");
        known.stream().filter(id -> id.startsWith(name(source) + ":") && !survivors.contains(id)).forEach(stale::add);
        survivors.removeAll(known);
        assertEquals("", String.join("\n", survivors), "mutants that no test caught");
        assertTrue(stale.isEmpty(), "listed in equivalent.txt, but caught or gone: " + stale);
    }

    /** Lines of the list: a comment (#) gives the reason of the lines below it. */
    private static List<String> equivalent() {
        return read(EQUIVALENT).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    /** The tests that may catch a mutant: golden values first, then gradients, then those of its package. */
    private static List<String> testClasses(Path source) {
        String folder = source.getParent().getFileName().toString();
        List<String> classes = new ArrayList<>();
        for (String pattern : List.of("GoldenTest.java", "GradientTest.java")) {
            list(TESTS).filter(f -> f.toString().endsWith(pattern)).filter(f -> !switches(f)).map(f -> "unrolled." + name(f)).forEach(classes::add);
        }
        list(TESTS.resolve(folder)).filter(f -> f.toString().endsWith("Test.java")).filter(f -> !switches(f))
                .map(f -> "unrolled." + folder + "." + name(f)).forEach(classes::add);
        return classes;
    }

    /** The precision is that of the whole process, in which other mutants are judged at the same time. */
    private static boolean switches(Path test) {
        return read(test).contains("InSingle");
    }

    private static List<Path> sources() {
        List<String> only = List.of(System.getProperty("unrolled.mutants", "").split(","));          // while you work: -Dunrolled.mutants=Gru,Lstm
        return PACKAGES.stream().flatMap(folder -> list(MAIN.resolve(folder))).filter(f -> !LEFT_OUT.contains(name(f)))
                .filter(f -> only.contains("") || only.contains(name(f))).toList();
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
