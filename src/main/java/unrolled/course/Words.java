package unrolled.course;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers and objects in plain words. */
final class Words {

    private static final int LONGEST = 40;

    private Words() { }

    /** A number as a learner would write it: up to 6 significant digits. */
    static String digits(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e9) {
            return String.valueOf((long) x);
        }
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return String.valueOf(x);
        }
        double size = Math.abs(x);
        return size >= 1e-4 && size < 1e7 ? new BigDecimal(x, new MathContext(6)).stripTrailingZeros().toPlainString()
            : String.format(Locale.ROOT, "%.5e", x);
    }

    /** An object in plain words, without calling any of its own methods. */
    static String describe(Object answer) {
        if (answer == null) {
            return "nothing (null)";
        }
        Class<?> type = answer.getClass();
        if (answer instanceof String s) {
            return "the text \"" + cut(s) + "\"";
        }
        if (answer instanceof Integer || answer instanceof Double || answer instanceof Long || answer instanceof Float) {
            return "the number " + digits(((Number) answer).doubleValue());
        }
        if (answer instanceof Character || answer instanceof Boolean) {
            return "the value " + answer;
        }
        if (answer instanceof Collection<?>) {
            return "a collection (" + type.getSimpleName() + ")";
        }
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
            String does = Stream.of(type.getInterfaces()).map(Class::getSimpleName).collect(Collectors.joining(" and "));
            return does.isEmpty() ? "an object of a class without a name" : "a function (" + does + ")";
        }
        return (type.isArray() ? "an array, " : "an object of type ") + type.getSimpleName();
    }

    /** What a probe gave to a learner's function, in plain words: "0.5", "(3, 4)", "{1, 2}". */
    static String input(Object... args) {
        String text = Stream.of(args).map(Words::one).collect(Collectors.joining(", "));
        return args.length == 1 ? text : "(" + text + ")";
    }

    private static String one(Object arg) {
        if (arg instanceof Number n) {
            return digits(n.doubleValue());
        }
        if (arg != null && arg.getClass().isArray()) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < Array.getLength(arg) && text.length() < LONGEST; i++) {
                text.append(i == 0 ? "" : ", ").append(one(Array.get(arg, i)));
            }
            return cut(text.toString()) + "}";
        }
        return arg instanceof String s ? "\"" + cut(s) + "\"" : describe(arg);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** What an answer must be: a function, or an object of a class that implements an interface of ours. */
    static String wanted(Class<?> type) {
        return type == SizeFormula.class ? "a formula, (T, D, H, K) -> ... (SizeFormula)"
            : type.getPackageName().equals("java.util.function") ? "a function (" + type.getSimpleName() + ")"
            : "an object of a class that implements " + type.getSimpleName();
    }
}
