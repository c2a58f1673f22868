package unrolled.data;

/** The made-up tasks on which networks with memory have been tried since 1967. */
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

    /** As {@link #recall}, so many sentences in a row, without a pause between them. Asked at the last word of each. */
    public static RecallStream recallStream(int gap, int sentences) {
        return new RecallStream(gap, sentences);
    }

    /** Which bit came {@code back} steps ago? Asked at each of T steps that has one. */
    public static Task echo(int T, int back) {
        return new Echo(T, back);
    }

    /** Which bit comes next, where every third is the exclusive or of the two before? Asked at each of T steps. */
    public static Task elmanXor(int T) {
        return new ElmanXor(T);
    }

    /** What is the sum of the two marked numbers among T? Asked at the last step; a value, not a class. */
    public static Adding adding(int T) {
        return new Adding(T);
    }

    /** Which {@code count} symbols came, in their order? Asked {@code gap} steps later. */
    public static Task copying(int count, int gap) {
        return new Copying(count, gap);
    }

    /** Which two signs came, X or Y, in this order? Asked at the last of T steps. */
    public static TemporalOrder temporalOrder(int T) {
        return new TemporalOrder(T);
    }

    /** Which symbols may come next in aⁿ bⁿ, n up to {@code most}? Asked at every step; sets, not classes. */
    public static Counting counting(int most) {
        return new Counting(most);
    }

    /** Which symbols may come next in a string of the Reber grammar? Asked at every step; sets, not classes. */
    public static Reber reber() {
        return new Reber(false);
    }

    /** As {@link #reber}, inside a pair of equal symbols that must be kept. */
    public static Reber embeddedReber() {
        return new Reber(true);
    }

    /** Is Teddy a name? Asked at that word, before the answer can be known. */
    public static Teddy teddy() {
        return new Teddy();
    }

    /** Which way does the dot move in a film of T frames? Asked at the last. */
    public static MovingDots movingDots(int T) {
        return new MovingDots(T);
    }
}
