package unrolled.course;

import java.util.List;
import java.util.Locale;

/** What a lesson asks its reader: exercises and predictions, in the order of the notebook. */
public interface Lesson {

    /** The lesson's number, that of its notebook. */
    int number();

    /** The letter of a lesson that continues another, such as "b"; empty for most. */
    default String letter() {
        return "";
    }

    /** How its notebook's name begins and how texts call it: "06", "06b". */
    default String name() {
        return String.format(Locale.ROOT, "%02d%s", number(), letter());
    }

    /** How the names of its exercises and predictions begin: "6", "6b". */
    default String prefix() {
        return number() + letter();
    }

    /** Its title, as in the notebook. */
    String title();

    /** Minutes to study it. */
    int minutes();

    /** Five to ten exercises, from warm-up to "break it", in the order of the notebook. */
    List<Exercise<?>> exercises();

    /** The predictions, in the order of the notebook. */
    List<Prediction> predictions();
}
