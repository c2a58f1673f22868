package unrolled.data;

/** The made-up tasks on which networks with memory have been tried since 1990. */
public final class Toys {
    private Toys() { }

    /** Is the number of ones so far odd? Asked at each of T steps. */
    public static Task parity(int T) {
        return new Parity(T);
    }

    /** Which of two words began the sentence, {@code gap} words ago? Asked at the last step. */
    public static Recall recall(int gap) {
        return new Recall(gap);
    }
}
