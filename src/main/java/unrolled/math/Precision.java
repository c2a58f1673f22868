package unrolled.math;

/**
 * How exactly numbers are kept. Double precision has about 16 digits and is the course's own: gradient checks need it. Single has about
 * 7, up to 3.4e38, takes half of the memory and about half of the time; frameworks train with it by default. One line before the first
 * matrix chooses it, and everything else stays the same:
 *
 * <pre>Precision.SINGLE.use();</pre>
 *
 * <p>Every matrix keeps the precision in which it was made. {@link Matrix#set(Matrix)} copies from one into the other, and rounds;
 * other operations need equal ones. A single number that goes in or out, such as a loss, is a double in both.
 */
public enum Precision {
    DOUBLE("double", Double.MIN_NORMAL, 1e-300, 1e150), SINGLE("single", Float.MIN_NORMAL, 1e-30, 1e18);

    private static volatile Precision current = DOUBLE;

    private final String words;
    private final double least, tiny, longest;

    Precision(String words, double least, double tiny, double longest) {
        this.words = words;
        this.least = least;
        this.tiny = tiny;
        this.longest = longest;
    }

    /** Matrices that are made from now on, by every thread, have this precision. */
    public void use() {
        current = this;
    }

    /** The precision of a matrix that is made now. */
    public static Precision current() {
        return current;
    }

    /** The smallest number that has all its digits. */
    public double least() {
        return least;
    }

    /** What is computed from a number below this may have lost digits to underflow. */
    public double tiny() {
        return tiny;
    }

    /** The squares of a longer gradient, which optimizers remember, would leave the range of its numbers. */
    public double longest() {
        return longest;
    }

    /** What computes with it; made when it is needed first. */
    Arithmetic arithmetic() {
        return this == DOUBLE ? Doubly.ARITHMETIC : Singly.ARITHMETIC;
    }

    private static final class Doubly {
        static final Arithmetic ARITHMETIC = new Arithmetic(DOUBLE, KernelChoice.DOUBLE);
    }

    private static final class Singly {
        static final Arithmetic ARITHMETIC = new Arithmetic(SINGLE, KernelChoice.single());
    }

    @Override public String toString() {
        return words;
    }
}
