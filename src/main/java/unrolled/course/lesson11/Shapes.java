package unrolled.course.lesson11;

import unrolled.layers.Sequential;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/** The shape trace of a network: what goes in, and what comes out of each layer. */
public final class Shapes {
    private Shapes() { }

    /** One real call, a row for each layer. */
    public static Rows of(Sequential net, Sequence x) {
        Null.refuse(net, "Shapes.of: net", "a Sequential");
        Rows rows = Display.table("layer", "its output").row("(input)", Null.refuse(x, "Shapes.of: x", "an input").shape());
        Sequence y = x;
        for (int n = 0; n < net.layers().size(); n++) {
            y = net.layer(n).forward(y);
            rows.row(net.layer(n).toString(), y.shape());
        }
        return rows;
    }

    /** The same sequences with so many more steps of zeros at the end; as they know their lengths, or (not masked) as if all steps were real. */
    public static Sequence padded(Sequence x, int more, boolean masked) {
        Sequence longer = new Sequence(Null.refuse(x, "Shapes.padded: x", "sequences").T + more, x.B, x.F);
        int[] lengths = new int[x.B];
        for (int b = 0; b < x.B; b++) {
            lengths[b] = x.length(b) + (masked ? 0 : more);
            for (int t = 0; t < x.length(b); t++) {
                longer.at(t).copyRow(b, x.at(t), b);
            }
        }
        return longer.lengths(lengths);
    }
}
