package unrolled.course;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Prints the solutions of all exercises as one JSON object, {@code {"5.1": "code", ...}}, for runs with the solutions filled in. */
public final class Solutions {

    private Solutions() { }

    static String json() throws JsonProcessingException {
        Map<String, String> code = new TreeMap<>();
        Lessons.all().forEach(lesson -> lesson.exercises().forEach(exercise -> code.put(exercise.id(), exercise.code())));
        return new ObjectMapper().writeValueAsString(code);
    }

    /** Prints to standard output. */
    public static void main(String[] args) throws JsonProcessingException {
        System.out.println(json());
    }
}
