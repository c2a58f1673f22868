package unrolled.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The project as it would be with one mutant in it: its class is compiled from the changed source, and every class above
 * {@code unrolled.math}, the tests too, is loaded anew so that it meets the mutant.
 */
final class MutantLoader extends ClassLoader {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final ThreadLocal<StandardJavaFileManager> FILES =
            ThreadLocal.withInitial(() -> COMPILER.getStandardFileManager(d -> { }, null, null));
    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    private static final Map<String, byte[]> ORIGINALS = new ConcurrentHashMap<>();

    private final Map<String, byte[]> mutated;

    private MutantLoader(Map<String, byte[]> mutated) {
        super(MutantLoader.class.getClassLoader());
        this.mutated = mutated;
    }

    /** Empty if the mutant is no Java. */
    static Optional<MutantLoader> of(Mutant mutant) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager collect = new ForwardingJavaFileManager<JavaFileManager>(FILES.get()) {
            @Override public JavaFileObject getJavaFileForOutput(Location where, String name, JavaFileObject.Kind kind, javax.tools.FileObject from) {
                return new SimpleJavaFileObject(URI.create("mutant:///" + name + ".class"), kind) {
                    @Override public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        JavaFileObject source = new SimpleJavaFileObject(URI.create("mutant:///" + mutant.file() + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreErrors) {
                return mutant.source();
            }
        };
        if (!COMPILER.getTask(null, collect, d -> { }, OPTIONS, null, List.of(source)).call()) {
            return Optional.empty();
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
        return Optional.of(new MutantLoader(bytes));
    }

    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("unrolled.") || name.startsWith("unrolled.math.") || name.startsWith("unrolled.mutation.")
                || name.equals("unrolled.Golden")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] original(String name) throws ClassNotFoundException {
        byte[] known = ORIGINALS.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] read = in.readAllBytes();
            ORIGINALS.put(name, read);
            return read;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
