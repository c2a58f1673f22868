package unrolled.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;

/**
 * One exercise: the right answer, the likely wrong ones by name, two hints and a solution. Immutable; each method returns a new one.
 *
 * <p>An answer of any kind is turned into numbers and compared with the right ones and with those of each listed mistake. An entry x
 * counts as y, the entry of the right answer or of a mistake, when
 * <ul>
 *   <li>it is within the {@link #tolerance}, and within a hundredth of y (so that 0.0000 is not 1e-6);</li>
 *   <li>or the exercise says {@link #rounded}, and it is within half a unit of that digit of y;</li>
 *   <li>or it is written with at least four decimals and is y rounded to them, and y is not below 0.001 in size: of smaller numbers four
 *   decimals would leave less than two digits, so that four digits are asked for. Not for functions, which compute.</li>
 * </ul>
 * NaN and the infinite numbers count as themselves only. An answer that fits several is the nearest of them: rounding lets no mistake
 * pass that is listed. Numbers may come in any container, a function may be of any functional type, and a table may be written as one
 * row of numbers: see {@link View}, {@link Unpack} and {@link Functional}. A right function must be right twice.
 *
 * <p>In a notebook an exercise is one code cell of this form. The first line names it; the answer lines hold a blank; a line that
 * starts with {@code check("} ends it. The solution's code replaces all lines between the first line and the check line.
 * <pre>
 * // Exercise 5.1: The first hidden unit
 * double h1 = Double.NaN; // your answer
 * check("5.1", h1);
 * </pre>
 * A blank is {@code null}, NaN (all entries, for a matrix), {@code "?"} or {@code ""} for a choice, and a function or method that
 * returns NaN or {@code null} wherever it is tried.
 *
 * <p>All texts are plain text: code stands between backticks, an empty line starts a paragraph.
 *
 * @param <A> the type in which answers and mistakes are written down
 */
public final class Exercise<A> implements Cloneable {

    /** How to read an answer; it may run the learner's code. */
    interface Reader {
        View read(Object answer) throws Exception;
    }

    private final String id;
    private final String title;
    private final Reader reader;
    private final A right;
    private final Map<String, String> options;
    private boolean function;
    private List<String> inputs = List.of();
    private double tolerance = 1e-6;
    private boolean wide;
    private int roundedTo;
    private Class<?> type;
    private List<Mistake<A>> mistakes = List.of();
    private List<String> hints = List.of();
    private String setup = "";
    private String code = "";
    private String explanation = "";

    /** A wrong answer and what to say about it. */
    record Mistake<A>(A answer, String message) { }

    private Exercise(String id, String title, A right, Map<String, String> options, Reader reader) {
        this.id = id;
        this.title = title;
        this.right = right;
        this.options = options;
        this.reader = reader;
    }

    /** The answer is one number; {@code int}, {@code double}, any {@link Number}, or a table of one entry. */
    public static Exercise<Object> number(String id, String title, double right) {
        return new Exercise<>(id, title, right, Map.of(), View::number);
    }

    /**
     * The answer is a table of numbers {@code [rows,cols]}: arrays of any number type, lists, EJML's or our own matrix.
     * When the right table has one row or one column, a plain vector is accepted too.
     */
    public static Exercise<Object> matrix(String id, String title, double[][] right) {
        return new Exercise<>(id, title, right, Map.of(), View::matrix);
    }

    /** The answer is a vector: a plain array or list, or a matrix of one row or one column. */
    public static Exercise<Object> vector(String id, String title, double... right) {
        return new Exercise<>(id, title, right.clone(), Map.of(), View::matrix);
    }

    /**
     * The answer is one letter; the options are lettered a, b, c ... in the order given. Capitals and spaces do not matter.
     *
     * @param right the letter of the right option
     */
    public static Exercise<Object> choice(String id, String title, String right, String... options) {
        Map<String, String> lettered = Options.lettered(options);
        return new Exercise<>(id, title, right, lettered, answer -> View.number(Options.index(lettered, answer)));
    }

    /**
     * The answer is a function, or an object of a small class of the learner's that implements {@code type}.
     *
     * @param type  what the learner's function must be: {@code DoubleUnaryOperator.class}, or an interface of ours
     * @param probe runs it on a few inputs and returns the numbers that come out; see {@link #numbers}
     * @param right a right function
     */
    public static <F> Exercise<F> function(String id, String title, Class<F> type, Function<F, double[]> probe, F right) {
        Probe<F> run = new Probe<>(type, probe, right);
        Exercise<F> made = new Exercise<>(id, title, right, Map.of(), run::run);
        made.function = true;
        made.type = type;
        return made;
    }

    /**
     * Joins numbers, arrays, lists and matrices into one vector, row by row: for probes whose function returns a table. A {@code null}
     * becomes NaN.
     */
    public static double[] numbers(Object... parts) {
        return Arrays.stream(parts).map(Exercise::part).flatMapToDouble(Arrays::stream).toArray();
    }

    /** For a probe to throw: what it was given is no answer, and the sentence says what one is. */
    public static RuntimeException refusal(String sentence) {
        return new Functional.Refusal(new NotAnAnswer(sentence));
    }

    private static double[] part(Object part) {
        try {
            return part == null ? new double[] {Double.NaN} : View.matrix(part).values();
        } catch (NotAnAnswer e) {
            if (e.blank) {
                return new double[] {Double.NaN};
            }
            throw new Functional.Refusal(new NotAnAnswer(e.getMessage().replaceFirst("^the answer is", "what your function returns is")));
        }
    }

    private Exercise<A> with(Consumer<Exercise<A>> change) {
        try {
            @SuppressWarnings("unchecked")
            Exercise<A> copy = (Exercise<A>) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * An entry is right when it is within {@code tolerance · max(1, |right entry|)}. Without this call 1e-6, and at most a hundredth of
     * the entry.
     */
    public Exercise<A> tolerance(double value) {
        return with(e -> {
            e.tolerance = value;
            e.wide = true;
        });
    }

    /** Accepts answers rounded to so many significant digits: within half a unit of that digit of each right entry. */
    public Exercise<A> rounded(int significantDigits) {
        return with(e -> e.roundedTo = significantDigits);
    }

    /**
     * Names the inputs of the probe in order, so that a message can say "for x = 0.5 yours gives ..."; without it the inputs are
     * described as far as the calls show them. For a vector: names its entries, "dW1_11", in order.
     */
    public Exercise<A> inputs(String... names) {
        return with(e -> e.inputs = List.of(names));
    }

    /** A likely wrong answer, given as an example, and a message that names the mistake and what to think about. */
    public Exercise<A> mistake(A wrong, String message) {
        return with(e -> e.mistakes = append(mistakes, new Mistake<>(wrong, message.strip())));
    }

    /** Two hints: the first points the way, the second almost gives it away. */
    public Exercise<A> hints(String first, String second) {
        return with(e -> e.hints = List.of(first.strip(), second.strip()));
    }

    /** The Java lines that replace the answer lines of the cell, and why they are right. */
    public Exercise<A> solution(String javaCode, String why) {
        return with(e -> {
            e.code = javaCode.strip();
            e.explanation = why.strip();
        });
    }

    /** Java lines the solution builds on, for the test that runs it outside its notebook; leave out when the notebook must have run. */
    public Exercise<A> setup(String javaCode) {
        return with(e -> e.setup = javaCode.strip());
    }

    private static <E> List<E> append(List<E> list, E last) {
        List<E> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    /** The exercise's name, {@code "5.1"}: lesson, dot, place in the lesson. */
    public String id() {
        return id;
    }

    /** A few words: what it is about. */
    public String title() {
        return title;
    }

    /** The two hints. */
    public List<String> hints() {
        return hints;
    }

    /** The lines that replace the answer lines of the cell. */
    public String code() {
        return code;
    }

    /** Why the solution is right. */
    public String explanation() {
        return explanation;
    }

    A right() {
        return right;
    }

    List<Mistake<A>> mistakes() {
        return mistakes;
    }

    Map<String, String> options() {
        return options;
    }

    String setup() {
        return setup;
    }

    List<String> inputs() {
        return inputs;
    }

    boolean isFunction() {
        return function;
    }

    /** What a function must be; null for other exercises. */
    Class<?> type() {
        return type;
    }

    double tolerance() {
        return tolerance;
    }

    int roundedTo() {
        return roundedTo;
    }

    /** Reads an answer into numbers. */
    View view(Object answer) throws Exception {
        return reader.read(answer);
    }

    /** Below this share of the largest entry a number is the rounding error of a zero. */
    private static final double ZERO = 1e-13;
    /** Four decimals are enough for numbers from this size on: two digits are left. */
    private static final double FOUR_DECIMALS = 1e-3;

    /** Whether entry {@code x} counts as {@code y}; the largest entry beside y is of this size. */
    private boolean close(double x, double y, double size) {
        if (x == y || Double.isNaN(x) && Double.isNaN(y)) {   // a listed mistake may overflow at some inputs
            return true;
        }
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            return false;
        }
        double off = Math.abs(x - y), slack = tolerance * Math.max(1, Math.abs(y));
        boolean zero = Math.abs(y) <= ZERO * Math.max(1, size);
        return off <= (zero || wide ? slack : Math.min(slack, Math.abs(y) / 100)) || !zero && isRounded(x, y, off);
    }

    private boolean isRounded(double x, double y, double off) {
        int order = (int) Math.floor(Math.log10(Math.abs(y)));          // of the first digit of y
        if (roundedTo > 0 && off <= 0.5000001 * Math.pow(10, order + 1 - roundedTo)) {
            return true;
        }
        int least = Math.abs(y) >= FOUR_DECIMALS ? 4 : 3 - order;
        for (int decimals = least; !function && decimals < least + 8; decimals++) {
            double unit = Math.pow(10, -decimals), units = x / unit;
            if (Math.abs(units - Math.rint(units)) < 1e-3 && off <= 0.5000001 * unit) {
                return true;
            }
        }
        return false;
    }

    boolean close(View x, View y) {
        return x.sameShape(y) && IntStream.range(0, x.values().length).allMatch(i -> close(x, y, i));
    }

    /** Whether entry i of x counts as that of y. */
    boolean close(View x, View y, int i) {
        double size = Arrays.stream(y.values()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        return close(x.values()[i], y.values()[i], size);
    }

    /** How far two answers of one shape are from each other. */
    private static double distance(View x, View y) {
        double sum = 0;
        for (int i = 0; i < x.values().length; i++) {
            double a = x.values()[i], b = y.values()[i];
            sum += a == b || Double.isNaN(a) && Double.isNaN(b) ? 0 : Math.abs(a - b);
        }
        return sum;
    }

    /** Judges an answer. Never throws and never takes longer than about 10 seconds, whatever the answer is or does. */
    Verdict judge(Object answer) {
        return Guard.within(Guard.SECONDS, () -> decide(answer));
    }

    private Verdict decide(Object answer) throws Exception {
        View given;
        try {
            given = isMissing(answer) ? null : view(answer);
        } catch (NotAnAnswer e) {
            return e.blank ? Verdict.blank(blankText()) : Verdict.wrong(e.getMessage());
        }
        if (given == null || given.isBlank()) {
            return Verdict.blank(blankText());
        }
        View expected = view(right), read = given.as(expected);
        boolean passes = close(read, expected);
        Optional<Mistake<A>> mistake = nearest(given, passes ? distance(read, expected) : Double.POSITIVE_INFINITY);
        if (mistake.isPresent()) {
            return Verdict.wrong(mistake.get().message());
        }
        if (!passes) {
            return Verdict.wrong(options.isEmpty() ? new Diagnosis(this, read, expected).message()
                : "no, it is another one of " + Options.letters(options) + ".");
        }
        if (function && !(answer instanceof BaseStream) && !close(view(answer), expected)) {
            return Verdict.wrong("it is right at first, but not when it is tried once more: does it keep something from one call to the next?");
        }
        return Verdict.passed(given.sameShape(expected) ? "right."
            : "right: these are the numbers, row by row. Yours is " + given.shape() + "; written as asked it is " + expected.shape() + ".");
    }

    /** The listed mistake that the answer fits best, if it is nearer than this; the first of equals. */
    private Optional<Mistake<A>> nearest(View given, double than) throws Exception {
        Mistake<A> found = null;
        double least = than;
        for (Mistake<A> mistake : mistakes) {
            View wrong = view(mistake.answer()), read = given.as(wrong);
            if (close(read, wrong) && (distance(read, wrong) < least || found == null && than == Double.POSITIVE_INFINITY)) {
                found = mistake;
                least = distance(read, wrong);
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean isMissing(Object answer) {
        return answer == null || answer instanceof String text && (text.isBlank() || text.strip().equals("?"));
    }

    private String blankText() {
        return "not answered yet" + (options.isEmpty() ? "." : ": choose " + Options.letters(options) + ".");
    }
}
