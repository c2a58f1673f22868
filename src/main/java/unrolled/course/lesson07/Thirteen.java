package unrolled.course.lesson07;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.notebook.Display;
import unrolled.notebook.MatrixView;

/**
 * The 13 numbers of lesson 07's network in one row: W1 [2,3] row by row, b1 [3], W2 [3], b2. Helpers that compare two such rows.
 */
public final class Thirteen {
    private static final String[] NAMES = {"dW1_11", "dW1_12", "dW1_13", "dW1_21", "dW1_22", "dW1_23", "db1_1", "db1_2", "db1_3",
        "dW2_1", "dW2_2", "dW2_3", "db2"};

    private Thirteen() { }

    /** The names of the 13 gradients, in order. */
    public static String[] names() {
        return NAMES.clone();
    }

    /** The weights of a network of the library, parameter by parameter, row by row. */
    public static double[] weights(Layer net) {
        return row(net, param -> param.value);
    }

    /** Its gradients, in the order of {@link #weights}. */
    public static double[] gradients(Layer net) {
        return row(net, param -> param.grad);
    }

    private static double[] row(Layer net, Function<Param, Matrix> part) {
        return net.params().stream().map(part).flatMap(m -> Arrays.stream(m.toArray())).flatMapToDouble(Arrays::stream).toArray();
    }

    /** The largest |a_i - b_i|. */
    public static double largest(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
    }

    /** The ratio of 13 gradients to the true ones, in the shape of the weights; a ratio of 1 is white. */
    public static MatrixView ratios(String who, double[] theirs, double[] truth) {
        double[] r = IntStream.range(0, NAMES.length).mapToDouble(i -> Math.rint(theirs[i] / truth[i] * 1e6) / 1e6).toArray();
        double[][] shape = {Arrays.copyOfRange(r, 0, 3), Arrays.copyOfRange(r, 3, 6), Arrays.copyOfRange(r, 6, 9),
            Arrays.copyOfRange(r, 9, 12), {r[12]}};
        return Display.matrix(who + ": theirs / measured", shape).rows("dW1, from x1", "dW1, from x2", "db1", "dW2", "db2")
            .columns("unit 1", "unit 2", "unit 3").coloured(1);
    }

    /** A tanh layer with a planted bug: on the way back it hands dy on and leaves out the slope 1 - y². */
    public static Layer forgetfulTanh() {
        return new ForgetfulTanh();
    }

    private static final class ForgetfulTanh extends Layer {
        @Override public int inputs() {
            return 0;
        }

        @Override public int outputs() {
            return 0;
        }

        @Override public Sequence forward(Sequence x) {
            Sequence y = x.copy();
            y.all().tanh();
            return y;
        }

        @Override public Sequence backward(Sequence dy) {
            return dy;
        }
    }
}
