package unrolled.math;

import java.util.List;

/** Refuses an argument that is null, with a sentence that names it and says what was expected. */
public final class Null {
    private Null() { }

    /** Gives the argument back; {@link IllegalArgumentException} {@code "Dense: W is null; expected a matrix [D,K]"} if it is null. */
    public static <T> T refuse(T argument, String name, String expected) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " is null; expected " + expected);
        }
        return argument;
    }

    /** The same for a list and everything in it: {@code "Sequential.of: layers[1] is null; expected ..."}. */
    public static <T> List<T> refuseIn(List<T> arguments, String name, String expected) {
        refuse(arguments, name, expected);
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) == null) {
                refuse(null, name + "[" + i + "]", expected);
            }
        }
        return arguments;
    }

    /** The same for an array and everything in it. */
    public static <T> T[] refuseIn(T[] arguments, String name, String expected) {
        refuse(arguments, name, expected);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                refuse(null, name + "[" + i + "]", expected);
            }
        }
        return arguments;
    }
}
