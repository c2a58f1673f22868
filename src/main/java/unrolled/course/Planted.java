package unrolled.course;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import unrolled.math.Null;

/** What the laboratories have in common: programs with a planted bug, called by the letters from A on. */
public final class Planted {
    private Planted() { }

    /**
     * The letter that a learner asks for.
     *
     * @param kind what is called so: a suspect, a colleague
     * @param last the last letter there is, after A
     */
    public static char letter(String name, String kind, char last) {
        Null.refuse(kind, "letter: kind", "what is called so, such as \"suspect\"");
        if (name == null || !name.matches("[A-" + last + "]")) {
            String most = IntStream.range('A', last).mapToObj(c -> "\"" + (char) c + "\"").collect(Collectors.joining(", "));
            throw new IllegalArgumentException("there is no " + kind + " " + name + "; expected " + most + " or \"" + last + "\"");
        }
        return name.charAt(0);
    }
}
