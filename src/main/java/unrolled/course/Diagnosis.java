package unrolled.course;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Says what may be wrong with an answer that fits none of the exercise's listed mistakes. */
final class Diagnosis {

    private final Exercise<?> exercise;
    private final View given;
    private final View right;

    Diagnosis(Exercise<?> exercise, View given, View right) {
        this.exercise = exercise;
        this.given = given;
        this.right = right;
    }

    String message() {
        if (!given.sameShape(right)) {
            return shape();
        }
        double[] x = given.values();
        int bad = IntStream.range(0, x.length).filter(i -> !Double.isFinite(x[i]) && !exercise.close(given, right, i)).findFirst().orElse(-1);
        if (bad >= 0) {
            return Double.isNaN(x[bad])
                ? at(bad) + verb() + "NaN, not a number: is it still blank, or is there a 0/0 or the logarithm of a negative number?"
                : at(bad) + verb() + "an infinite value: is there a division by zero, or a power that grows without bound?";
        }
        boolean counts = whole(right.values());             // where things are counted, guesses about factors and rounding mislead
        if (Arrays.stream(x).allMatch(v -> v == 0)) {
            return (x.length == 1 ? "yours is 0" : "all your values are 0") + ". Was the computation left out"
                + (counts ? "?" : ", or was an integer divided by an integer (1/2 is 0 in Java)?");
        }
        if (exercise.isFunction() && isConstant(x) && !isConstant(right.values())) {
            return "yours gives " + Words.digits(x[0]) + " whatever its input is. Does it use its own input, or a variable of the notebook?";
        }
        if (!counts) {
            String guess = guess(x);
            if (!guess.isEmpty()) {
                return guess;
            }
        } else if (!right.isLine() && right.rows() == right.cols() && exercise.close(given.transposed(), right)) {
            return TRANSPOSED;
        }
        boolean places = tellsPlaces(right.values());
        if (places && exercise.close(sorted(given), sorted(right))) {
            return "these are the right values in the wrong order" + (byColumns() ? ", column by column: write them row by row." : ".");
        }
        if (places && x.length > 3 && (shifted(x, right.values(), 1) || shifted(x, right.values(), -1))) {
            return "these are the right values, but one place too " + (shifted(x, right.values(), 1) ? "early" : "late")
                + ": where does yours begin?";
        }
        if (counts && x.length == 1 && !whole(x)) {
            return "yours is " + Words.digits(x[0]) + ", and the answer is a whole number.";
        }
        if (!counts && nearly()) {
            return "very close, but not equal: they agree in three digits. Is a rounded number, or an approximation, on the way?";
        }
        return firstWrong();
    }

    private static final String TRANSPOSED = "these are the right numbers, but rows and columns are exchanged: is it transposed?";

    /** What may have happened to numbers that are measured, not counted; empty if nothing fits. */
    private String guess(double[] x) {
        if (matches(v -> -v)) {
            return "the size is right, the sign is not: was a minus lost, or is a difference the wrong way round?";
        }
        if (!given.isLine() && given.rows() == given.cols() && exercise.close(given.transposed(), right)) {
            return TRANSPOSED;
        }
        if (matches(v -> v / 2)) {
            return "yours is twice the right answer: where does a factor 2 come from, or a factor 1/2 get lost?";
        }
        if (matches(v -> v * 2)) {
            return "yours is half the right answer: where does a factor 1/2 come from, or a factor 2 get lost?";
        }
        if (matches(v -> v / 100)) {
            return "yours is a hundred times the right answer: is it in percent?";
        }
        if (roundedTooMuch()) {
            return "close: it looks right but rounded too much. Keep all digits: let the code compute, and round only what you print.";
        }
        if (whole(x) && IntStream.range(0, x.length).allMatch(i -> Math.abs(x[i] - right.values()[i]) < 1)) {
            return (x.length == 1 ? "yours is " + Words.digits(x[0]) + ", a whole number" : "all your values are whole numbers")
                + ", and the right answer is not. Was an integer divided by an integer (1/2 is 0 in Java)?";
        }
        return "";
    }

    private static boolean whole(double[] x) {
        return Arrays.stream(x).allMatch(v -> v == Math.rint(v));
    }

    /** Whether a value says by itself where it belongs: among zeros and ones nobody can tell whether they are exchanged, shifted or wrong. */
    private static boolean tellsPlaces(double[] x) {
        return x.length > 1 && 2 * Arrays.stream(x).distinct().count() > x.length;
    }

    private static boolean isConstant(double[] x) {
        return x.length > 1 && Arrays.stream(x).allMatch(v -> v == x[0]);
    }

    private boolean byColumns() {
        View turned = right.transposed();
        return !right.isLine() && exercise.close(new View(right.rows(), right.cols(), false, turned.values()), given);
    }

    /** Whether x[i] is y[i + places] wherever both exist, and the y differ. */
    private boolean shifted(double[] x, double[] y, int places) {
        int from = Math.max(0, -places), to = Math.min(x.length, y.length - places);
        View a = View.vector(Arrays.copyOfRange(x, from, to)), b = View.vector(Arrays.copyOfRange(y, from + places, to + places));
        return !isConstant(b.values()) && exercise.close(a, b);
    }

    private String shape() {
        if (exercise.isFunction()) {
            return "your function gives " + given.values().length + " numbers where " + right.values().length + " are expected: "
                + "has its result the right shape?";
        }
        String shapes = "yours is " + given.shape() + ", expected " + right.shape();
        boolean turned = given.rows() == right.cols() && given.cols() == right.rows();
        if (turned && exercise.close(given.transposed(), right)) {
            return shapes + ": these are the right numbers, transposed.";
        }
        if (right.flat() && !given.isLine()) {
            return right.values().length + (right.values().length == 1 ? " number is" : " numbers are") + " asked for; yours is a table of "
                + given.values().length + " numbers.";
        }
        if (given.flat() || right.flat()) {
            return shapes + ". How many numbers are asked for?";
        }
        return shapes + (turned ? ": is it transposed?" : ". Follow the sizes through the product: [n,m] times [m,k] is [n,k].");
    }

    private boolean matches(DoubleUnaryOperator change) {
        double[] changed = Arrays.stream(given.values()).map(change).toArray();
        return exercise.close(new View(given.rows(), given.cols(), given.flat(), changed), right);
    }

    /** Whether every entry is the right one, rounded, and at least one of them to two digits or more. */
    private boolean roundedTooMuch() {
        double[] x = given.values();
        double[] y = right.values();
        return IntStream.range(0, x.length).allMatch(i -> exercise.close(given, right, i) || isRounded(x[i], y[i], 1))
            && IntStream.range(0, x.length).anyMatch(i -> isRounded(x[i], y[i], 10));
    }

    private static boolean isRounded(double x, double y, double leastUnits) {
        for (int decimals = 0; decimals <= 8; decimals++) {
            double unit = Math.pow(10, -decimals);
            if (Math.abs(x / unit - Math.rint(x / unit)) < 1e-6 && Math.abs(x) >= leastUnits * unit * 0.999999 && Math.abs(x - y) <= 0.5001 * unit) {
                return true;
            }
        }
        return false;
    }

    private boolean nearly() {
        double[] x = given.values();
        double[] y = right.values();
        return IntStream.range(0, x.length).allMatch(i -> exercise.close(given, right, i) || Math.abs(x[i] - y[i]) < 1e-3 * Math.abs(y[i]));
    }

    private static View sorted(View view) {
        return View.vector(Arrays.stream(view.values()).sorted().toArray());
    }

    private String firstWrong() {
        double[] x = given.values();
        double[] y = right.values();
        int[] wrong = IntStream.range(0, x.length).filter(i -> !exercise.close(given, right, i)).toArray();
        int first = wrong[0];
        if (exercise.isFunction()) {
            return at(first) + "yours gives " + Words.digits(x[first]) + ", expected " + Words.digits(y[first]) + "." + score(wrong.length);
        }
        return x.length == 1 ? "yours is " + Words.digits(x[0]) + ", and that is not it yet. hint(\"" + exercise.id() + "\") helps."
            : at(first) + "is " + Words.digits(x[first]) + ", and that is not it yet." + score(wrong.length);
    }

    private String verb() {
        return exercise.isFunction() ? "yours gives " : "is ";
    }

    private String score(int wrong) {
        int all = right.values().length;
        return wrong == all ? "" : " " + (all - wrong) + " of " + all + " values are right.";
    }

    /** Where entry {@code i} is, as the beginning of a sentence. */
    private String at(int i) {
        int inputs = exercise.inputs().size(), values = right.values().length;
        if (!exercise.isFunction()) {
            return values == 1 ? "yours " : inputs == values ? exercise.inputs().get(i) + ": yours " : right.label(i) + " of yours ";
        }
        int each = inputs == 0 ? 0 : values / inputs;
        if (each > 0 && each * inputs == values) {
            return "for " + exercise.inputs().get(i / each) + (each > 1 ? ", value " + i % each + ", " : " ");
        }
        return given.places() != null ? "for " + given.places().get(i) + " " : "value " + i + " ";
    }
}
