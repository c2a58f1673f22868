package unrolled.course;

/** What a check says about an answer: how it stands, and the sentence for the learner. */
record Verdict(State state, String message) {

    /** The mark is the first character of the plain text of every check; headless runs count it. */
    enum State {
        PASSED("✓"), BLANK("○"), WRONG("✗");

        final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    static Verdict passed(String message) {
        return new Verdict(State.PASSED, message);
    }

    static Verdict blank(String message) {
        return new Verdict(State.BLANK, message);
    }

    static Verdict wrong(String message) {
        return new Verdict(State.WRONG, message);
    }
}
