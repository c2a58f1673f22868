package unrolled.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One exercise: the right answer, the likely wrong ones by name, two hints and a solution. Immutable; each method returns a new one.
 *
 * <p>An answer of any kind is turned into numbers, compared with the right ones, then with those of each listed mistake in turn.
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
    private int roundedTo;
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
        Exercise<F> made = new Exercise<>(id, title, right, Map.of(), answer -> Probe.run(type, probe, answer));
        made.function = true;
        return made;
    }

    /**
     * Joins numbers, arrays, lists and matrices into one vector, row by row: for probes whose function returns a table. A {@code null}
     * becomes NaN.
     */
    public static double[] numbers(Object... parts) {
        return Arrays.stream(parts).map(Exercise::part).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] part(Object part) {
        try {
            return part == null ? new double[] {Double.NaN} : View.matrix(part).values();
        } catch (NotAnAnswer e) {
            if (e.blank) {
                return new double[] {Double.NaN};
            }
            throw new IllegalArgumentException(e.getMessage());
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

    /** An entry is right when it is within {@code tolerance · max(1, |right entry|)}. Without this call 1e-6. */
    public Exercise<A> tolerance(double value) {
        return with(e -> e.tolerance = value);
    }

    /** Accepts answers rounded to so many significant digits: within half a unit of that digit of each right entry. */
    public Exercise<A> rounded(int significantDigits) {
        return with(e -> e.roundedTo = significantDigits);
    }

    /** Names the inputs of the probe in order, so that a message can say "for x = 0.5 yours gives ...". */
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

    /** Reads an answer into numbers. */
    View view(Object answer) throws Exception {
        return reader.read(answer);
    }

    /** Whether entry {@code x} counts as {@code y}. */
    boolean close(double x, double y) {
        if (x == y || Double.isNaN(x) && Double.isNaN(y)) {   // a listed mistake may overflow at some inputs
            return true;
        }
        double unit = y == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(Math.abs(y))) + 1);
        double slack = Math.max(tolerance * Math.max(1, Math.abs(y)), roundedTo == 0 ? 0 : 0.5000001 * unit * Math.pow(10, -roundedTo));
        return Math.abs(x - y) <= slack;
    }

    boolean close(View x, View y) {
        if (!x.sameShape(y)) {
            return false;
        }
        for (int i = 0; i < x.values().length; i++) {
            if (!close(x.values()[i], y.values()[i])) {
                return false;
            }
        }
        return true;
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
        View expected = view(right);
        if (close(given, expected)) {
            return Verdict.passed("right.");
        }
        for (Mistake<A> mistake : mistakes) {
            if (close(given, view(mistake.answer()))) {
                return Verdict.wrong(mistake.message());
            }
        }
        return Verdict.wrong(options.isEmpty() ? new Diagnosis(this, given, expected).message()
            : "no, it is another one of " + Options.letters(options) + ".");
    }

    private static boolean isMissing(Object answer) {
        return answer == null || answer instanceof String text && (text.isBlank() || text.strip().equals("?"));
    }

    private String blankText() {
        return "not answered yet" + (options.isEmpty() ? "." : ": choose " + Options.letters(options) + ".");
    }
}
