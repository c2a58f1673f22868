package unrolled.course;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** All lessons that ask something, by number. Each stands in a package of its own, and its name in one list: a new one needs no other edit. */
public final class Lessons {

    /** How the first code cell of every notebook begins; imports that only this lesson needs may follow. */
    public static final String IMPORTS = """
        import java.util.function.*;
        import java.util.stream.*;
        import unrolled.math.*;
        import unrolled.layers.*;
        import unrolled.losses.*;
        import unrolled.optim.*;
        import unrolled.train.*;
        import unrolled.data.*;
        import unrolled.plot.*;
        import org.ejml.simple.SimpleMatrix;
        import static unrolled.notebook.Display.*;
        import static unrolled.course.Course.*;
        """.strip();

    private static final List<Lesson> ALL = new ArrayList<>();
    private static final List<String> PROBLEMS = new ArrayList<>();

    static {
        // The list is src/main/resources/META-INF/services/unrolled.course.Lesson.
        ServiceLoader.load(Lesson.class, Lessons.class.getClassLoader()).stream().forEach(Lessons::add);
        ALL.sort(Comparator.comparingInt(Lesson::number).thenComparing(Lesson::letter));
    }

    private Lessons() { }

    /** One lesson that cannot be built must not take the others with it. */
    private static void add(ServiceLoader.Provider<Lesson> lesson) {
        try {
            ALL.add(lesson.get());
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            PROBLEMS.add("A lesson could not be loaded: " + e);
        }
    }

    /** The lessons in order. */
    public static List<Lesson> all() {
        return List.copyOf(ALL);
    }

    /** What went wrong while the lessons were loaded; empty when nothing did. */
    static List<String> problems() {
        return List.copyOf(PROBLEMS);
    }

    /** The lesson whose exercises begin so: "6" or "6b". */
    static Optional<Lesson> lesson(String prefix) {
        return ALL.stream().filter(lesson -> lesson.prefix().equals(prefix)).findFirst();
    }

    static Optional<Exercise<?>> exercise(String id) {
        for (Lesson lesson : ALL) {
            for (Exercise<?> exercise : lesson.exercises()) {
                if (exercise.id().equals(id)) {
                    return Optional.of(exercise);
                }
            }
        }
        return Optional.empty();
    }

    static Optional<Prediction> prediction(String id) {
        return ALL.stream().flatMap(lesson -> lesson.predictions().stream()).filter(p -> p.id().equals(id)).findFirst();
    }
}
