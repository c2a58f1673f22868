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
import java.util.stream.Collectors;
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
        List<Path> sources = sources();
        // All files in one stream: no processor waits for the last mutant of a file.
        List<Judged> judged = sources.stream().flatMap(source -> Mutations.of(source).stream().map(mutant -> new Judged(source, mutant, false))).toList()
                .parallelStream().flatMap(each -> each.judge().stream()).toList();
        return sources.stream().map(source -> DynamicTest.dynamicTest(name(source),
                () -> everyMutantIsCaught(source, judged.stream().filter(j -> j.source.equals(source)).toList())));
    }

    private record Judged(Path source, Mutant mutant, boolean caught) {
        /** Empty if the mutant is no Java. */
        Optional<Judged> judge() {
            return MutantLoader.of(mutant).map(loader -> new Judged(source, mutant, Judge.verdict(loader, mutant.file(), testClasses(source)) != null));
        }
    }

    @Test void theJudgeFindsNothingWrongWithTheOriginal() {
        Path source = MAIN.resolve("layers/Lstm.java");
        MutantLoader loader = MutantLoader.of(new Mutant("Lstm", 1, "nothing", "", "", read(source))).orElseThrow();
        assertNull(Judge.verdict(loader, "Lstm", testClasses(source)));
    }

    private static void everyMutantIsCaught(Path source, List<Judged> judged) {
        Set<String> known = new LinkedHashSet<>(equivalent());
        Set<String> survivors = judged.stream().filter(j -> !j.caught).map(j -> j.mutant.id()).collect(Collectors.toCollection(TreeSet::new));
        System.out.println("Mutants of " + name(source) + ": " + judged.size() + " made, " + judged.stream().filter(Judged::caught).count() + " caught, "
                + survivors.size() + " known to change nothing");
        List<String> stale = known.stream().filter(id -> id.startsWith(name(source) + ":") && !survivors.contains(id)).toList();
        assertEquals("", judged.stream().filter(j -> !j.caught && !known.contains(j.mutant.id())).map(j -> j.mutant.id() + "      (" + j.mutant + ")")
                .collect(Collectors.joining("\n")), "mutants that no test caught");
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
