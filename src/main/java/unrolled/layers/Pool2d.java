package unrolled.layers;

import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Makes the {@link Frame} of every step smaller: each square of k x k pixels of a channel becomes one number, their largest or their
 * mean. Pixels at the right and lower edge that fill no whole square are left out.
 * Shapes: x [T,B,channels·height·width], y [T,B,channels·(height/k)·(width/k)]. Of equal largest numbers the first gets the gradient.
 * Errors: {@link IllegalArgumentException} for an input of another size than its frame, or a square larger than the frame.
 * Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
 */
public final class Pool2d extends Layer {
    private final Frame in, out;
    private final int k;
    private final boolean max;
    private Sequence y, dx;
    private int[] best;                         // which number of x became number j of row r of y, at r · outputs + j

    private Pool2d(Frame in, int k, boolean max) {
        if (k < 1) {
            throw new IllegalArgumentException("Pool2d: squares of " + k + " x " + k + " pixels; expected at least 1 x 1");
        }
        this.in = Null.refuse(in, "Pool2d: in", "the frame of a step");
        this.k = k;
        this.max = max;
        out = new Frame(in.channels(), in.height() / k, in.width() / k);
    }

    /** The largest number of each k x k square. */
    public static Pool2d max(Frame in, int k) {
        return new Pool2d(in, k, true);
    }

    /** The mean of each k x k square. */
    public static Pool2d mean(Frame in, int k) {
        return new Pool2d(in, k, false);
    }

    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        if (y == null || y.T != x.T || y.B != x.B) {
            y = new Sequence(x.T, x.B, out.size());
            dx = new Sequence(x.T, x.B, in.size());
            best = new int[x.T * x.B * out.size()];
        }
        y.lengthsOf(x);
        for (int r = 0; r < x.T * x.B; r++) {
            for (int j = 0; j < out.size(); j++) {
                double largest = x.all().get(r, from(j, 0)), sum = largest;
                best[r * out.size() + j] = from(j, 0);
                for (int m = 1; m < k * k; m++) {
                    double value = x.all().get(r, from(j, m));
                    sum += value;                                            // Σ over the square
                    if (value > largest || Double.isNaN(value)) {
                        largest = value;                                     // max over the square; NaN stays
                        best[r * out.size() + j] = from(j, m);
                    }
                }
                y.all().set(r, j, max ? largest : sum / (k * k));
            }
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        dx.fill(0);
        for (int r = 0; r < y.T * y.B; r++) {
            for (int j = 0; j < out.size(); j++) {
                double d = dy.all().get(r, j);
                if (max) {
                    add(r, best[r * out.size() + j], d);                     // dx_best += dy
                }
                for (int m = 0; !max && m < k * k; m++) {
                    add(r, from(j, m), d / (k * k));                         // dx += dy / k²
                }
            }
        }
        return dx;
    }

    private void add(int r, int at, double d) {
        dx.all().set(r, at, dx.all().get(r, at) + d);
    }

    /** Where the square of output j has its m-th number. */
    private int from(int j, int m) {
        int column = j % out.width(), row = j / out.width() % out.height(), channel = j / (out.width() * out.height());
        return in.at(channel, row * k + m / k, column * k + m % k);
    }

    /** The frame that comes out, for the next layer. */
    public Frame frame() {
        return out;
    }

    @Override public int inputs() {
        return in.size();
    }

    @Override public int outputs() {
        return out.size();
    }

    @Override public String toString() {
        return (max ? "max" : "mean") + " of " + k + "x" + k + " (" + in + " -> " + out + ")";
    }
}
