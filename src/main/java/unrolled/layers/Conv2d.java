package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Convolution over the {@link Frame} of every step, the same weights on every window of k x k pixels: with p the window's numbers as
 * a row, y = p W + b at each of its places. "Valid": only where the whole window fits, so that the frame shrinks by k-1. "Same": the
 * frame keeps its height and width, and there are zeros around it; k is odd then.
 * Shapes: x [T,B,channels·height·width], y [T,B,K·height·width], both channel after channel; W [channels·k·k,K], rows by channel, row
 * and column of the window; b [1,K]. Frames beyond the end of a sequence are convolved too; nothing passes from frame to frame.
 * Errors: {@link IllegalArgumentException} for an input of another size than its frame, or a window that does not fit.
 * Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
 */
public final class Conv2d extends Layer {
    private final Frame in, out;
    private final int k, places;
    private final int[] from;                   // where window place n has its m-th number in x, at n · C k k + m; -1: a zero
    private final Param W, b;
    private Sequence x, y, dx;
    private Matrix p, yp, dp, dyp;              // [T·B·places, channels·k·k] and [T·B·places, K]

    private Conv2d(Frame in, int K, int k, int border, RandomGenerator random) {
        this.in = Null.refuse(in, "Conv2d: in", "the frame of a step");
        this.k = k;
        if (k < 1) {
            throw new IllegalArgumentException("Conv2d: a window of " + k + " x " + k + " pixels; expected at least 1 x 1");
        }
        out = new Frame(K, in.height() - k + 1 + 2 * border, in.width() - k + 1 + 2 * border);
        places = out.height() * out.width();
        W = new Param("W", in.channels() * k * k, K);
        b = new Param("b", 1, K);
        Init.xavier().fill(W.value, random);
        int size = W.value.rows();
        from = new int[places * size];
        for (int n = 0; n < places; n++) {
            for (int m = 0; m < size; m++) {
                int row = n / out.width() + m / k % k - border, column = n % out.width() + m % k - border;
                from[n * size + m] = in.at(m / (k * k), row, column);
            }
        }
    }

    /** K features of k x k windows inside the frame; Xavier weights, zero bias. */
    public static Conv2d valid(Frame in, int K, int k, RandomGenerator random) {
        return new Conv2d(in, K, k, 0, random);
    }

    /** K features of k x k windows around every pixel, k odd; Xavier weights, zero bias. */
    public static Conv2d same(Frame in, int K, int k, RandomGenerator random) {
        if (k % 2 == 0) {
            throw new IllegalArgumentException("Conv2d.same: a window of " + k + " x " + k + " pixels has no middle; expected an odd k");
        }
        return new Conv2d(in, K, k, k / 2, random);
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        int rows = input.T * input.B * places;
        if (x == null || x.T != input.T || x.B != input.B) {
            x = new Sequence(input.T, input.B, in.size());
            dx = new Sequence(input.T, input.B, in.size());
            y = new Sequence(input.T, input.B, out.size());
            p = new Matrix(rows, W.value.rows());
            dp = new Matrix(rows, W.value.rows());
            yp = new Matrix(rows, out.channels());
            dyp = new Matrix(rows, out.channels());
        }
        x.set(input);
        y.lengthsOf(input);
        for (int r = 0; r < rows; r++) {
            for (int m = 0; m < p.cols(); m++) {
                int at = from[r % places * p.cols() + m];
                p.set(r, m, at < 0 ? 0 : x.all().get(r / places, at));       // the numbers of each window, a row
            }
        }
        yp.dot(p, W.value).addRow(b.value);                                  // yp = p W + b
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < yp.cols(); c++) {
                y.all().set(r / places, c * places + r % places, yp.get(r, c));  // y = yp, channel after channel
            }
        }
        return y;
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        for (int r = 0; r < dyp.rows(); r++) {
            for (int c = 0; c < dyp.cols(); c++) {
                dyp.set(r, c, dy.all().get(r / places, c * places + r % places));  // dyp = dy
            }
        }
        W.grad.addDot(p.transposed(), dyp);                                  // dW += pᵀ dyp
        b.grad.addRowsOf(dyp);                                               // db += Σ dyp
        if (!inputGradient()) {
            return null;
        }
        dp.dot(dyp, W.value.transposed());                                   // dp = dyp Wᵀ
        dx.fill(0);
        for (int r = 0; r < dp.rows(); r++) {
            for (int m = 0; m < dp.cols(); m++) {
                int at = from[r % places * p.cols() + m];
                if (at >= 0) {
                    dx.all().set(r / places, at, dx.all().get(r / places, at) + dp.get(r, m));   // dx += dp, to where it came from
                }
            }
        }
        return dx;
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

    @Override public List<Param> params() {
        return List.of(W, b);
    }

    @Override public int multiplications() {
        return W.size() * places;
    }

    @Override public String toString() {
        return "Conv2d(" + in + " -> " + out + ", window " + k + "x" + k + ")";
    }
}
