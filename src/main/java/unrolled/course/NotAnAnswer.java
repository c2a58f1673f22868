package unrolled.course;

/** An answer that cannot be turned into numbers; the message is the sentence for the learner. */
final class NotAnAnswer extends Exception {

    /** True when the answer is simply not there yet. */
    final boolean blank;

    NotAnAnswer(String message) {
        this(message, false);
    }

    NotAnAnswer(String message, boolean blank) {
        super(message, null, false, false);
        this.blank = blank;
    }

    static NotAnAnswer blank() {
        return new NotAnAnswer("", true);
    }
}
