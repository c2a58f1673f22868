package unrolled.inspect;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * The directions in which states differ most: principal components of hidden states h [T,B,H], by the singular value decomposition
 * h - mean = U S Vᵀ. The first columns of V are the directions; the square of each s over the sum of all is its share of the variance.
 * Padding is left out. Source: Pearson, "On lines and planes of closest fit to systems of points in space", 1901.
 */
public final class Pca {
    /** A few units of the last digit of numbers around 1. */
    private static final double ROUNDING = 8 * Math.ulp(1.0);

    private final Matrix mean, directions;
    private final double[] shares;

    private Pca(Matrix mean, Matrix directions, double[] shares) {
        this.mean = mean;
        this.directions = directions;
        this.shares = shares;
    }

    /**
     * The first n directions of all steps of all sequences; needs more than n states, n at most H, and finite numbers. Where all states
     * are equal there is no direction: the shares are 0.
     */
    public static Pca of(Sequence h, int n) {
        int count = 0, H = h.F;
        for (int b = 0; b < h.B; b++) {
            count += h.length(b);
        }
        if (n < 1 || n > H || count <= n) {
            throw new IllegalArgumentException("Pca: " + n + " directions of " + count + " states with " + H
                    + " numbers each; expected 1 to " + H + " directions, and more states than directions");
        }
        Matrix mean = new Matrix(1, H), states = new Matrix(count, H);
        int row = 0;
        for (int r = 0; r < h.T * h.B; r++) {
            if (r / h.B < h.length(r % h.B)) {
                states.copyRow(row++, h.all(), r);
            }
        }
        double largest = states.maxAbs();
        if (!Double.isFinite(largest)) {
            throw new IllegalArgumentException("Pca: the states " + h.shape() + " hold a number that is NaN or infinite; did the training"
                    + " of this network end well?");
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        scale(states, -exponent);                                       // squares of huge or tiny states would leave the range of doubles
        for (int pass = 0; pass < 2; pass++) {                          // the second takes away the rounding of the first
            Matrix shift = new Matrix(1, H).addRowsOf(states).scale(1.0 / count);
            states.addRow(shift.copy().scale(-1));
            mean.add(shift);
        }
        scale(mean, exponent);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(count, H, false, true, true);
        if (!svd.decompose(states.ejml().getDDRM())) {
            throw new IllegalArgumentException("Pca: the states cannot be decomposed; is one of them NaN or infinite?");
        }
        DMatrixRMaj V = svd.getV(null, false);
        double[] s = svd.getSingularValues();
        SingularOps_DDRM.descendingOrder(null, false, s, svd.numberOfSingularValues(), V, false);
        double total = 0;
        for (double value : s) {
            total += value * value;
        }
        if (total <= count * H * ROUNDING * ROUNDING) {                 // the states are equal but for their last digits
            total = 0;
        }
        Matrix directions = new Matrix(H, n);
        double[] shares = new double[n];
        for (int j = 0; j < n; j++) {
            shares[j] = total == 0 ? 0 : s[j] * s[j] / total;
            double sign = largestIsPositive(V, j) ? 1 : -1;             // V is known up to the sign of each column: take one for all
            for (int i = 0; i < H; i++) {
                directions.set(i, j, sign * V.get(i, j));
            }
        }
        return new Pca(mean, directions, shares);
    }

    private static void scale(Matrix m, int exponent) {
        for (int half : new int[] {exponent / 2, exponent - exponent / 2}) {       // 2^1074 itself is no double
            m.scale(Math.scalb(1.0, half));
        }
    }

    private static boolean largestIsPositive(DMatrixRMaj V, int j) {
        double largest = 0;
        for (int i = 0; i < V.numRows; i++) {
            largest = Math.abs(V.get(i, j)) > Math.abs(largest) ? V.get(i, j) : largest;
        }
        return largest >= 0;
    }

    /** States h [T,B,H] seen along the directions: [T,B,n]. */
    public Sequence project(Sequence h) {
        if (h.F != directions.rows()) {
            throw new IllegalArgumentException("project: the states " + h.shape() + " have " + h.F
                    + " numbers each, but these directions are of " + directions.rows());
        }
        Sequence p = new Sequence(h.T, h.B, directions.cols()).lengthsOf(h);
        Matrix shift = new Matrix(1, directions.cols()).dot(mean, directions).scale(-1);
        p.all().dot(h.all(), directions).addRow(shift);                 // (h - mean) V
        return p;
    }

    /** The directions, one a column, [H,n], each of length 1; of the two signs the one whose largest number is positive. */
    public Matrix directions() {
        return directions.copy();
    }

    /** The share of the variance along each direction, largest first. */
    public double[] shares() {
        return shares.clone();
    }
}
