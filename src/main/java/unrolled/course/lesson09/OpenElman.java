package unrolled.course.lesson09;

import java.util.List;
import unrolled.layers.Param;
import unrolled.layers.Recurrent;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * An Elman cell whose way back is left open: h_t = tanh(x_t Wx + h_{t-1} Wh + b), and a {@link StepBack} of somebody's own. A layer like
 * any other, so that {@code GradientCheck} can judge what was written. Its gradients may be wrong; that is what it is for.
 * Shapes: x [T,B,D], h, a and their gradients [T,B,H], Wx [D,H], Wh [H,H], b [1,H].
 */
public final class OpenElman extends Recurrent {
    /** Weights, with the gradients that {@link StepBack} adds to. */
    public final Matrix Wx, Wh, b, dWx, dWh, db;
    /** Inputs [T,B,D]; states and sums [T,B,H] with their gradients. Step -1 holds the start. */
    public Sequence x, h, a, dh, da;
    private final Param pWx, pWh, pb;
    private final StepBack back;

    /** These weights, copied, and this way back. */
    public OpenElman(Matrix Wx, Matrix Wh, Matrix b, StepBack back) {
        super(Null.refuse(Wx, "OpenElman: Wx", "a matrix [D,H]").rows(), Wx.cols());
        this.back = Null.refuse(back, "OpenElman: back", "a StepBack");
        pWx = new Param("Wx", Wx.rows(), Wx.cols());
        pWh = new Param("Wh", Wx.cols(), Wx.cols());
        pb = new Param("b", 1, Wx.cols());
        this.Wx = pWx.value.set(Wx);
        this.Wh = pWh.value.set(Null.refuse(Wh, "OpenElman: Wh", "a matrix [H,H]"));
        this.b = pb.value.set(Null.refuse(b, "OpenElman: b", "a row [1,H]"));
        dWx = pWx.grad;
        dWh = pWh.grad;
        db = pb.grad;
    }

    @Override protected void allocate() {
        x = super.x;
        h = out;
        dh = dOut;
        a = new Sequence(T, B, outputs());
        da = new Sequence(T, B, outputs());
        state("h", h, dh);
    }

    @Override protected void before() {
        a.all().dot(x.all(), Wx).addRow(b);                                // a = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        a.at(t).addDot(h.at(t - 1), Wh);                                   // a_t += h_{t-1} Wh
        h.at(t).tanh(a.at(t));                                             // h_t = tanh a_t
    }

    @Override protected void beforeBack() {
        da.fill(0);
    }

    @Override protected void stepBack(int t) {
        back.at(t, this);
    }

    @Override protected void afterBack() {
        backToInput(dx, da, pWx);                                          // dx_t = da_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(pWx, pWh, pb);
    }

    @Override public int multiplications() {
        return Wx.rows() * Wx.cols() + Wh.rows() * Wh.cols();
    }

    @Override public String toString() {
        return "OpenElman(" + inputs() + " -> " + outputs() + ")";
    }
}
