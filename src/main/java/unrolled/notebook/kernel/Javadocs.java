package unrolled.notebook.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the library's sources say about a class or a method, by the signature that JShell writes. */
final class Javadocs {
    /** {@code Sequence Recurrent.forward(Sequence input)}, {@code Lstm(int D, int H)}, {@code unrolled.layers.Lstm}. */
    private static final Pattern SIGNATURE = Pattern.compile("(?:.* )?(?:([\\w.]+)\\.)?(\\w+)(?:<.*>)?(?:\\((.*)\\))?");
    private static final Path SOURCES = Path.of(System.getenv().getOrDefault("UNROLLED_HOME", "."), "src", "main", "java", "unrolled");

    private final Map<String, Map<String, String>> read = new HashMap<>();

    /** The comment above the declaration; empty if it is not the library's, or has none. */
    synchronized String of(String signature) {
        int open = signature.indexOf('(');
        String head = open < 0 ? signature : signature.substring(0, open);
        Matcher parts = SIGNATURE.matcher(head.replaceAll("<.*>", "") + (open < 0 ? "" : signature.substring(open)));
        if (!parts.matches()) {
            return "";
        }
        String owner = parts.group(1) == null ? "" : parts.group(1).replaceFirst(".*\\.", "");
        String name = parts.group(2);
        boolean constructor = open >= 0 && owner.isEmpty();
        String type = open < 0 || constructor ? name : owner;
        Map<String, String> comments = read.computeIfAbsent(type, this::comments);
        String key = open < 0 ? type : (constructor ? "<init>" : name) + "(" + names(parts.group(3)) + ")";
        return comments.getOrDefault(key, "");
    }

    /** The parameters' names: {@code x,y} of {@code double x, double[] y}. */
    private static String names(String parameters) {
        return Stream.of(parameters.replaceAll("<[^()]*>", "").split(",")).map(p -> p.strip().replaceFirst(".*\\s", "")).collect(Collectors.joining(","));
    }

    private Map<String, String> comments(String type) {
        try (Stream<Path> files = Files.isDirectory(SOURCES) ? Files.find(SOURCES, 3, (f, a) -> f.endsWith(type + ".java")) : Stream.empty()) {
            Optional<Path> file = files.findFirst();
            return file.isPresent() ? parse(file.get()) : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Map<String, String> parse(Path file) throws IOException {
        Map<String, String> comments = new HashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, d -> { }, List.of("-proc:none"), null, manager.getJavaFileObjects(file));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<Void, Void>() {
                    @Override public Void visitClass(ClassTree tree, Void none) {
                        put(tree.getSimpleName().toString());
                        return super.visitClass(tree, none);
                    }

                    @Override public Void visitMethod(MethodTree tree, Void none) {
                        put(tree.getName() + "(" + tree.getParameters().stream().map(VariableTree::getName).collect(Collectors.joining(",")) + ")");
                        return null;
                    }

                    private void put(String key) {
                        String comment = docs.getDocComment(getCurrentPath());
                        if (comment != null) {
                            comments.putIfAbsent(key, comment);
                        }
                    }
                }.scan(unit, null);
            }
        }
        return comments;
    }

    /** A comment as plain text. */
    static String text(String comment) {
        return comment.replaceAll("\\{@link #", "{@link ").replaceAll("\\{@(?:code|link|linkplain|literal|value)\\s+([^{}]*)}", "$1").replaceAll("(?i)<p>|<br>|</?pre>|<li>", "\n")
                .replaceAll("</?[a-zA-Z][^<>]*>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                .replaceAll("(?m)^@param\\s+(\\S+)\\s+", "$1: ").replaceAll("(?m)^@return\\s+", "returns ").replaceAll("(?m)^@throws\\s+", "throws ")
                .replaceAll("\n{3,}", "\n\n").strip();
    }
}
