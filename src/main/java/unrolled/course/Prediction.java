package unrolled.course;

import java.util.Map;

/**
 * "Predict before you run": a question to commit to before an experiment, and what to say after it.
 *
 * @param id       the lesson, dot, p, place: {@code "5.p1"}
 * @param question the question, in a sentence
 * @param right    the letter of the option that the lesson was written for; {@code outcome} compares it with what a run measured
 * @param options  letter to text
 * @param usual    the usual mistake, and why it is one
 */
public record Prediction(String id, String question, String right, Map<String, String> options, String usual) {

    /** A question whose options are lettered a, b, c ... in the order given; {@link #usualMistake} completes it. */
    public static Prediction of(String id, String question, String right, String... options) {
        return new Prediction(id, question, right, Options.lettered(options), "");
    }

    /** What most people predict, and why it turns out otherwise; shown by {@code outcome} whatever was predicted, if it came out as the lesson says. */
    public Prediction usualMistake(String text) {
        return new Prediction(id, question, right, options, text.strip());
    }
}
