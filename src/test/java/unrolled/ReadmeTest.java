package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unrolled.layers.Dense;
import unrolled.layers.LastStep;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.math.Sequence;
import unrolled.train.Torch;

/** What the library's page promises to whoever uses it in a program of their own. */
class ReadmeTest {
    private static final String SECTION = page();

    private static String page() {
        try {
            return Files.readString(Path.of("src/main/java/README.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String block(String language) {
        Matcher m = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(SECTION);
        assertTrue(m.find(), language);
        return m.group(1);
    }

    private static void compile(Path source, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        boolean right = compiler.getTask(errors, null, null, List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-processing"),
                null, compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source)).call();
        assertTrue(right && errors.toString().isEmpty(), errors::toString);
    }

    /** Sequences of 3 to 12 numbers; the class is whether the first is positive. */
    private static List<String> lines() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < 150; n++) {
            StringBuilder line = new StringBuilder();
            double first = random.nextDouble(-1, 1);
            line.append(first > 0 ? 1 : 0).append(',').append(first);
            for (int t = random.nextInt(2, 12); t > 0; t--) {
                line.append(',').append(String.format(Locale.ROOT, "%.3f", random.nextDouble(-1, 1)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test void theProgramRunsOnAFileOfSequencesAndLearns(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Classify.java"), block("java")), data = folder.resolve("sequences.csv"), net = folder.resolve("net.safetensors");
        Files.write(data, lines());
        compile(source, folder);
        String printed;
        PrintStream out = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            System.setOut(new PrintStream(bytes, true));
            loader.loadClass("Classify").getMethod("main", String[].class).invoke(null, (Object) new String[] {data.toString(), net.toString()});
            printed = bytes.toString();
        } finally {
            System.setOut(out);
        }
        Matcher accuracy = Pattern.compile("40 epochs .*, accuracy ([0-9.]+)").matcher(printed);
        assertTrue(accuracy.find() && Double.parseDouble(accuracy.group(1)) >= 0.9, printed);

        SplittableRandom random = new SplittableRandom(9);
        Layer loaded = Sequential.of(new Lstm(1, 16, random), new LastStep(), new Dense(16, 2, random));
        Torch.load(net, loaded, "rnn", "out");
        List<String> shuffled = lines();
        java.util.Collections.shuffle(shuffled, new java.util.Random(1));
        double[][] steps = java.util.Arrays.stream(shuffled.get(120).split(",")).skip(1).map(v -> new double[] {Double.parseDouble(v)}).toArray(double[][]::new);
        String scores = loaded.forward(Sequence.batchFirst(new double[][][] {steps})).at(0).toString();
        assertTrue(printed.contains("scores of the first held-out sequence: " + scores), printed);
    }

    /** Every piece of Java in the tables, as a statement behind the variables that it speaks of. */
    @Test void theTablesCompile(@TempDir Path folder) throws IOException {
        StringBuilder body = new StringBuilder();
        int count = 0;
        for (String line : SECTION.lines().filter(l -> l.startsWith("| ") || l.startsWith("  ") && l.contains("`new ")).toList()) {
            Matcher span = Pattern.compile("`([^`]+\\))`").matcher(line.startsWith("| ") ? line.substring(line.indexOf(" | ")) : line);
            while (span.find()) {
                body.append("        keep(() -> ").append(span.group(1)).append(");\n");
                count++;
            }
        }
        assertTrue(count > 50, "found " + count);
        Path source = Files.writeString(folder.resolve("Tables.java"), """
                import java.nio.file.*;
                import java.util.*;
                import unrolled.data.*;
                import unrolled.layers.*;
                import unrolled.losses.*;
                import unrolled.math.*;
                import unrolled.optim.*;
                import unrolled.train.*;

                class Tables {
                    interface Any { Object any() throws Exception; }
                    interface Nothing { void nothing() throws Exception; }
                    static void keep(Any any) { }
                    static void keep(Nothing nothing) { }

                    static void all(double[][][] array, List<double[][]> sequences, List<int[]> numbers, double[] values, int[] classes, Matrix matrix,
                                    Matrix targets, Matrix h0, Matrix c0, Sequence d, Sequence mask, Path file, Vocabulary words, Vocabulary tags, Batch batch,
                                    Batch sequence, Layer net, Recurrent cell, Loss loss, Optimizer optimizer, Trainer trainer, SplitMix random, double p,
                                    double rate, double b1, double b2, double e, double w, double m, double a, int rows, int cols, int T, int B, int D, int H,
                                    int K, int V, int steps, Tagged tagged, List<List<String>> found) {
                """ + body.toString().replace("First(x)", "First(array)").replace("Batch.of(x,", "Batch.of(d,").replace("Batch(x,", "Batch(d,") + "    }\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        assertTrue(compiler.getTask(errors, null, null, List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")), null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source)).call(), errors::toString);
    }

    @Test void theCoordinatesAreThoseOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher m = Pattern.compile("<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>").matcher(pom);
        assertTrue(m.find());
        Matcher named = Pattern.compile("<groupId>(.*?)</groupId><artifactId>(.*?)</artifactId><version>(.*?)</version>").matcher(block("xml"));
        assertTrue(named.find());
        for (int i = 1; i <= 3; i++) {
            assertEquals(m.group(i), named.group(i));
        }
        assertTrue(SECTION.contains("-cp \"target/" + m.group(2) + "-" + m.group(3) + ".jar:target/lib/*\""));
        assertTrue(pom.contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>"));
    }
}
