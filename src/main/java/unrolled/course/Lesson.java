package unrolled.course;

import java.util.List;

/** What a lesson asks its reader: exercises and predictions, in the order of the notebook. */
public interface Lesson {

    /** The lesson's number, that of its notebook. */
    int number();

    /** Its title, as in the notebook. */
    String title();

    /** Minutes to study it. */
    int minutes();

    /** Five to ten exercises, from warm-up to "break it", in the order of the notebook. */
    List<Exercise<?>> exercises();

    /** The predictions, in the order of the notebook. */
    List<Prediction> predictions();
}
