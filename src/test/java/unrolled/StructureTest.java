package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages depend downwards only, other people's libraries stay behind their fences, and layer files stay short. */
class StructureTest {
    private static final Path ROOT = Path.of("src/main/java/unrolled");
    /** Lowest first. */
    private static final List<String> ORDER = List.of("math", "layers", "losses", "optim", "train", "inspect", "data", "plot", "notebook", "course");
    /** A library, and the packages that may import it. */
    private static final Map<String, String> FENCES = Map.of(
            "jdk.incubator.vector", "math",
            "org.ejml", "math layers inspect notebook course",
            "tech.tablesaw.plotly", "plot",
            "tech.tablesaw", "data plot notebook course",
            "com.fasterxml.jackson", "train plot notebook course",
            "org.dflib", "notebook",
            "org.zeromq", "notebook",
            "org.objectweb", "notebook");
    private static final List<String> WILDCARDS = List.of("math", "layers", "losses", "optim", "train", "inspect", "data", "plot");
    private static final Pattern PUBLIC = Pattern.compile("(?m)^public (?:final |abstract |sealed )*(?:class|interface|record|enum) ");
    private static final Pattern NAME = Pattern.compile("\\b(unrolled\\.[a-z]+|jdk\\.incubator\\.vector|org\\.[a-z]+|tech\\.tablesaw(?:\\.[a-z]+)?"
            + "|com\\.fasterxml\\.jackson|io\\.[a-z]+)\\b");

    @Test void packagesDependDownwardsOnly() {
        for (Path file : sources()) {
            for (String used : usedNames(file)) {
                if (used.startsWith("unrolled.")) {
                    String target = used.substring("unrolled.".length());
                    assertTrue(ORDER.contains(target), file + " uses the unknown package " + used);
                    assertTrue(ORDER.indexOf(target) <= ORDER.indexOf(packageOf(file)), file + " depends upwards on " + used);
                }
            }
        }
    }

    @Test void librariesStayBehindTheirFences() {
        for (Path file : sources()) {
            for (String used : usedNames(file)) {
                if (!used.startsWith("unrolled.")) {
                    String allowed = FENCES.entrySet().stream().filter(f -> used.startsWith(f.getKey()))
                            .max(java.util.Comparator.comparingInt(f -> f.getKey().length())).map(Map.Entry::getValue).orElse("");
                    assertTrue(List.of(allowed.split(" ")).contains(packageOf(file)), file + " may not use " + used);
                }
            }
        }
    }

    @Test void onlyTheVectorKernelsImportTheVectorModule() {
        for (Path file : sources()) {
            assertEquals(file.getFileName().toString().startsWith("Vector"), read(file).contains("import jdk.incubator.vector"), file::toString);
        }
    }

    /** Lines of code: blank lines, comments and imports do not count. */
    @Test void layerFilesAreShort() {
        for (Path file : sources()) {
            if (packageOf(file).equals("layers")) {
                long lines = read(file).lines().map(String::trim)
                        .filter(line -> !line.isEmpty() && !line.startsWith("*") && !line.startsWith("/") && !line.startsWith("import")).count();
                assertTrue(lines <= 120, file + " has " + lines + " lines of code; split it");
            }
        }
    }

    /** What notebooks import with a wildcard: ours, and what a Java shell imports by itself. A name in two of them needs a line of its own. */
    @Test void noPublicNameIsAlsoOneOfJava() {
        Map<String, String> names = new TreeMap<>();
        for (String folder : List.of("java.base/java/lang", "java.base/java/io", "java.base/java/math", "java.base/java/net", "java.base/java/nio/file",
                "java.base/java/util", "java.base/java/util/concurrent", "java.base/java/util/function", "java.base/java/util/regex",
                "java.base/java/util/stream", "java.prefs/java/util/prefs")) {
            try (Stream<Path> files = Files.list(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/" + folder))) {
                files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".class") && !f.contains("$"))
                        .forEach(f -> names.put(f.replace(".class", ""), folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertTrue(names.containsKey("Stack") && names.containsKey("Preferences") && names.containsKey("Record"), "the names of Java are read");
        List<String> collisions = new ArrayList<>();
        int ours = 0;
        for (Path file : sources()) {
            if (WILDCARDS.contains(packageOf(file)) && PUBLIC.matcher(read(file)).find()) {
                String name = file.getFileName().toString().replace(".java", "");
                ours++;
                String other = names.put(name, packageOf(file));
                if (other != null) {
                    collisions.add(packageOf(file) + "." + name + " and " + other);
                }
            }
        }
        assertTrue(ours > 80, "found " + ours + " public types");
        assertEquals(List.of(), collisions);
    }

    /** The list above is what the notebooks import. */
    @Test void notebooksImportTheseWildcards() throws IOException {
        Pattern wildcard = Pattern.compile("import unrolled\\.([a-z]+)\\.\\*");
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ipynb")).toList()) {
                Matcher m = wildcard.matcher(read(file));
                while (m.find()) {
                    assertTrue(WILDCARDS.contains(m.group(1)), file + " imports unrolled." + m.group(1) + ".*");
                }
            }
        }
    }

    @Test void everyPackageSaysItsOneSentence() {
        for (String name : ORDER) {
            assertTrue(Files.exists(ROOT.resolve(name).resolve("package-info.java")), name);
        }
    }

    /** A lesson's package may use the machinery above it, but neither another lesson's nor is it used by the machinery; one list names them. */
    @Test void eachLessonStandsAlone() {
        Path course = ROOT.resolve("course");
        Pattern lesson = Pattern.compile("\\bunrolled\\.course\\.(lesson\\w+)\\b");
        TreeMap<String, String> classes = new TreeMap<>();
        for (Path file : sources()) {
            String own = file.startsWith(course) && !file.getParent().equals(course) ? file.getParent().getFileName().toString() : "";
            Matcher m = lesson.matcher(read(file));
            while (m.find()) {
                assertEquals(own, m.group(1), file + " names another lesson's package");
            }
            String name = file.getFileName().toString().replace(".java", "");
            if (name.matches("Lesson\\d.*")) {
                assertEquals("lesson" + name.substring("Lesson".length()), own, file::toString);
                classes.put("unrolled.course." + own + "." + name, own);
            }
        }
        List<String> listed = read(Path.of("src/main/resources/META-INF/services/unrolled.course.Lesson")).lines()
                .filter(line -> !line.startsWith("#")).toList();
        assertEquals(List.copyOf(classes.keySet()), listed);
        assertTrue(listed.size() > 12, "lessons are listed");
    }

    private static List<String> usedNames(Path file) {
        List<String> names = new ArrayList<>();
        for (String line : read(file).lines().filter(l -> !l.trim().startsWith("*") && !l.trim().startsWith("/")).toList()) {
            Matcher m = NAME.matcher(line.replaceAll("\"[^\"]*\"", ""));
            while (m.find()) {
                names.add(m.group(1));
            }
        }
        return names;
    }

    private static String packageOf(Path file) {
        return ROOT.relativize(file).getName(0).toString();
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".java") && !f.getParent().equals(ROOT)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
