package unrolled.inspect;

import java.util.List;
import java.util.Map;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Recurrent;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Backpropagation through time as an account book. The weights Wh are used at every step k, and the loss looks at every step t;
 * so dWh = Σ_t Σ_{k ≤ t} of the part that went from the loss of step t back to the use at step k: h_{k-1}ᵀ da_k, where da_k comes
 * from dy_t alone. This book holds every part. Truncation to blocks of steps removes the parts whose k and t lie in different blocks.
 * Source: Werbos, "Backpropagation through time: what it does and how to do it", 1990.
 */
public final class GradientLedger {
    private final int T;
    private final Matrix[][] parts;         // [t][k], each of the shape of Wh; null where k > t

    private GradientLedger(int T) {
        this.T = T;
        this.parts = new Matrix[T][T];
    }

    /**
     * The book of one pass of an Elman, LSTM or GRU cell over x [T,B,D], with dy = ∂L/∂h [T,B,H]: one forward and T backward passes.
     * The gradients of the cell's parameters are zero afterwards.
     */
    public static GradientLedger of(Recurrent cell, Sequence x, Sequence dy) {
        List<String> blocks = blocks(cell);
        GradientLedger ledger = new GradientLedger(x.T);
        cell.forward(x);
        Sequence alone = new Sequence(dy.T, dy.B, dy.F);
        for (int t = 0; t < x.T; t++) {
            alone.fill(0).at(t).set(dy.at(t));
            cell.backward(alone);
            for (int k = 0; k <= t; k++) {
                ledger.parts[t][k] = part(cell, blocks, k);
            }
        }
        cell.zeroGrad();
        return ledger;
    }

    /** Names of the gradients that reach the columns of h_{t-1} Wh, left to right. */
    private static List<String> blocks(Recurrent cell) {
        if (cell instanceof Elman) {
            return List.of("da");
        } else if (cell instanceof Lstm) {
            return List.of("dai", "daf", "dag", "dao");
        } else if (cell instanceof Lstm1997) {
            return List.of("dai", "dag", "dao");
        } else if (cell instanceof Gru gru) {
            return List.of("dar", "daz", gru.resetsBefore() ? "dan" : "dq");
        }
        throw new IllegalArgumentException("GradientLedger: " + cell + " has no weights Wh from h to h;"
                + " expected an Elman, Lstm, Lstm1997 or Gru");
    }

    /** h_{k-1}ᵀ da_k, block by block. */
    private static Matrix part(Recurrent cell, List<String> blocks, int k) {
        Map<String, Sequence> traces = cell.traces();
        Matrix h = traces.get("h").at(k - 1);
        int H = h.cols();
        Matrix part = new Matrix(H, H * blocks.size());
        for (int n = 0; n < blocks.size(); n++) {
            boolean resets = blocks.get(n).equals("dan");               // there the cell of 2014 reads v_k = r ∘ h_{k-1}, kept in q
            part.cols(n * H, (n + 1) * H).dot((resets ? traces.get("q").at(k) : h).transposed(), traces.get(blocks.get(n)).at(k));
        }
        return part;
    }

    /** The part of dWh that went from the loss of step t to the use of Wh at step k; zeros where k &gt; t. Shape of Wh. */
    public Matrix part(int t, int k) {
        step(t);
        step(k);
        return parts[t][k] == null ? new Matrix(parts[0][0].rows(), parts[0][0].cols()) : parts[t][k].copy();
    }

    /** Σ_t Σ_k of all parts: the gradient dWh of backpropagation through time. */
    public Matrix sum() {
        Matrix sum = new Matrix(parts[0][0].rows(), parts[0][0].cols());
        for (int t = 0; t < T; t++) {
            for (int k = 0; k <= t; k++) {
                sum.add(parts[t][k]);
            }
        }
        return sum;
    }

    /** The sizes √Σ part² as a picture: [T,T], row t of the loss, column k of the use. */
    public Matrix norms() {
        return map((t, k) -> parts[t][k].norm());
    }

    /** One weight Wh_ij (counted from 0) as a picture with signs: [T,T], row t, column k. Its sum is dWh_ij. */
    public Matrix weight(int i, int j) {
        return map((t, k) -> parts[t][k].get(i, j));
    }

    private interface Entry {
        double of(int t, int k);
    }

    private Matrix map(Entry entry) {
        Matrix picture = new Matrix(T, T);
        for (int t = 0; t < T; t++) {
            for (int k = 0; k <= t; k++) {
                picture.set(t, k, entry.of(t, k));
            }
        }
        return picture;
    }

    private void step(int t) {
        if (t < 0 || t >= T) {
            throw new IllegalArgumentException("GradientLedger: there is no step " + t + "; steps go from 0 to " + (T - 1));
        }
    }
}
