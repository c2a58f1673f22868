package unrolled.inspect;

import java.util.function.UnaryOperator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Which input step reaches which output step, found by trying: the numbers of x_s are moved a little, and y_t is watched. What a
 * network cannot see stays exactly the same. A reader of the past gives a triangle, a reader of the whole sequence a full
 * square, and a forecast that uses what it should forecast is caught by an entry above the diagonal.
 */
public final class Influence {
    private Influence() { }

    /**
     * The largest change of any number of y_t, in all sequences of the batch, when {@code by} is added to every number of x_s: row t,
     * column s, [T,T]. Exactly 0 where nothing changed.
     *
     * @param net a whole network, such as {@code layer::forward}
     * @param x the inputs around which is tried; not changed
     * @param by how far each number is moved
     */
    public static double[][] of(UnaryOperator<Sequence> net, Sequence x, double by) {
        Null.refuse(net, "Influence: net", "a network, such as layer::forward");
        Null.refuse(x, "Influence: x", "inputs [T,B,D]");
        if (by == 0 || !Double.isFinite(by)) {
            throw new IllegalArgumentException("Influence: the inputs are moved by " + by + "; expected a finite number that is not 0, such as 0.001");
        }
        Sequence before = output(net, x.copy());
        double[][] influence = new double[before.T][x.T];
        for (int s = 0; s < x.T; s++) {
            Sequence moved = x.copy();
            for (int b = 0; b < x.B; b++) {
                for (int j = 0; j < x.F; j++) {
                    moved.at(s).set(b, j, x.at(s).get(b, j) + by);
                }
            }
            Sequence after = output(net, moved);
            if (!after.sameShape(before)) {
                throw new IllegalArgumentException("Influence: the network gave " + before.shape() + ", then " + after.shape()
                        + " for inputs of the same shape; expected the same each time");
            }
            for (int t = 0; t < before.T; t++) {
                influence[t][s] = change(before.at(t), after.at(t));
            }
        }
        return influence;
    }

    private static Sequence output(UnaryOperator<Sequence> net, Sequence x) {
        return Null.refuse(net.apply(x), "Influence: what the network returns", "outputs [T,B,K]").copy();
    }

    private static double change(Matrix before, Matrix after) {
        double most = 0;
        for (int b = 0; b < before.rows(); b++) {
            for (int j = 0; j < before.cols(); j++) {
                most = Math.max(most, Math.abs(after.get(b, j) - before.get(b, j)));
            }
        }
        return most;
    }
}
