package unrolled.notebook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Gives a loaded class new code: its objects and its static variables stay as they are. The JVM offers this to agents only, so this
 * class is one. It becomes one after the start, because a JVM that starts with an agent starts more slowly, but before much is compiled:
 * at the first redefinition the JVM throws away all compiled code, see {@link #prepare}. The JVM must be started with {@code --add-exports java.instrument/sun.instrument=ALL-UNNAMED}; without that, nothing is redefined.
 */
public final class Redefiner {
    private static volatile Instrumentation instrumentation;

    private Redefiner() {
    }

    /** Called by the JVM. */
    public static void agentmain(String options, Instrumentation given) {
        instrumentation = given;
    }

    private static final class Nothing {
    }

    /**
     * Redefines a class that nobody uses. The JVM notes which compiled code depends on a class only from its first redefinition on, so at
     * that one it drops all code. Early this costs nothing; at the first cell that is run again, all would be slow for a while.
     */
    static void prepare() {
        String name = Nothing.class.getName().substring(Nothing.class.getPackageName().length() + 1) + ".class";
        try (InputStream code = Redefiner.class.getResourceAsStream(name)) {
            redefine(new ClassDefinition(Nothing.class, code.readAllBytes()));
        } catch (IOException e) {
            // then the first cell that is run again pays
        }
    }

    /** Whether the classes have their new code; if not, nothing has changed: new fields or methods cannot be given to a loaded class. */
    static boolean redefine(ClassDefinition... classes) {
        try {
            Instrumentation agent = agent();
            if (agent == null) {
                return false;
            }
            agent.redefineClasses(classes);
            return true;
        } catch (UnsupportedOperationException | UnmodifiableClassException | ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static synchronized Instrumentation agent() {
        if (instrumentation == null) {
            try {
                Path jar = Files.createTempFile("agent", ".jar");
                try {
                    write(jar);
                    // What the JVM itself calls for "java -jar" of a jar with such a manifest.
                    Class.forName("sun.instrument.InstrumentationImpl", false, null).getMethod("loadAgent", String.class).invoke(null, jar.toString());
                } finally {
                    Files.delete(jar);
                }
            } catch (ReflectiveOperationException | IOException | RuntimeException e) {
                return null;
            }
        }
        return instrumentation;
    }

    /** A jar that names this class, which lies on the class path already, and holds nothing else. */
    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Launcher-Agent-Class", Redefiner.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
