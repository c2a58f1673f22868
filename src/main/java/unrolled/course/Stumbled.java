package unrolled.course;

/** A learner's function stopped with an exception (the cause) when it was called with an input. */
final class Stumbled extends RuntimeException {

    /** The input in plain words; empty if nobody knows it. */
    final String input;

    Stumbled(Throwable cause, String input) {
        super(null, cause, false, false);
        this.input = input;
    }
}
