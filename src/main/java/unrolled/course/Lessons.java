package unrolled.course;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All lessons that ask something, by number. */
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
        // Part I - before recurrence
        add(Lesson00::new);
        add(Lesson01::new);
        add(Lesson02::new);
        add(Lesson03::new);
        add(Lesson04::new);
        add(Lesson05::new);
        // Part II - learning
        add(Lesson06::new);
        add(Lesson06b::new);
        add(Lesson07::new);
        // Part III - recurrent networks
        add(Lesson08::new);
        add(Lesson09::new);
        add(Lesson10::new);
        add(Lesson13::new);
        ALL.sort(Comparator.comparingInt(Lesson::number).thenComparing(Lesson::letter));
    }

    private Lessons() { }

    /** One lesson that cannot be built must not take the others with it. */
    private static void add(Supplier<Lesson> lesson) {
        try {
            ALL.add(lesson.get());
        } catch (RuntimeException | LinkageError e) {
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
