package unrolled.course.lesson12;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.layers.Dense;
import unrolled.layers.Init;
import unrolled.layers.Param;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.losses.SquaredError;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.GradientCheck;

/**
 * An LSTM whose way back through one step is left open: the cell of {@code unrolled.layers.Lstm}, computed unit by unit, and a
 * {@link LstmBack} of somebody's own. A layer like any other, so that {@code GradientCheck} can judge what was written. Its gradients may
 * be wrong; that is what it is for.
 * Shapes: x [T,B,D]  h, c [T,B,H]  a [T,B,4H], columns i f g o;  Wx [D,4H]  Wh [H,4H]  b [1,4H].
 */
public final class OpenLstm extends Recurrent {
    private static final int GATES = 4, RESULTS = 5;
    private final int H;
    private final Param Wx, Wh, b;
    private final LstmBack back;
    private Sequence a, c, h, da, dc, dh;

    /** Random weights, and this way back. */
    public OpenLstm(int D, int H, LstmBack back, RandomGenerator random) {
        super(D, H);
        this.H = H;
        this.back = Null.refuse(back, "OpenLstm: back", "an LstmBack");
        Wx = new Param("Wx", D, GATES * H);
        Wh = new Param("Wh", H, GATES * H);
        b = new Param("b", 1, GATES * H);
        for (Param p : params()) {
            Init.normal(0.5).fill(p.value, Null.refuse(random, "OpenLstm: random", "a generator, such as new SplitMix(1)"));
        }
    }

    /** The gradient check of three such units behind a dense layer, on five steps of two sequences, with a target at every step. */
    public static GradientCheck judge(LstmBack back) {
        RandomGenerator random = new SplitMix(4);
        Sequential net = Sequential.of(new OpenLstm(2, 3, back, random), new Dense(3, 1, random));
        Sequence x = new Sequence(5, 2, 2), d = new Sequence(5, 2, 1);
        Init.normal(1).fill(x.all(), random);
        Init.normal(1).fill(d.all(), random);
        return GradientCheck.of(net, SquaredError.half(), x, d, null);
    }

    @Override protected void allocate() {
        a = new Sequence(T, B, GATES * H);
        da = new Sequence(T, B, GATES * H);
        c = new Sequence(T, B, H);
        dc = new Sequence(T, B, H);
        h = out;
        dh = dOut;
        state("h", h, dh);
        state("c", c, dc);
    }

    @Override protected void before() {
        a.all().dot(x.all(), Wx.value).addRow(b.value);                    // a = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        a.at(t).addDot(h.at(t - 1), Wh.value);                             // a_t += h_{t-1} Wh
        a.at(t).cols(0, 2 * H).sigmoid();                                  // i, f = σ(a_i), σ(a_f)
        a.at(t).cols(2 * H, 3 * H).tanh();                                 // g = tanh a_g
        a.at(t).cols(3 * H, GATES * H).sigmoid();                          // o = σ(a_o)
        for (int k = 0; k < B; k++) {
            for (int j = 0; j < H; j++) {
                double now = gate(1, t, k, j) * c.at(t - 1).get(k, j) + gate(0, t, k, j) * gate(2, t, k, j);
                c.at(t).set(k, j, now);                                    // c_t = f c_{t-1} + i g
                h.at(t).set(k, j, gate(3, t, k, j) * Math.tanh(now));      // h_t = o tanh c_t
            }
        }
    }

    private double gate(int number, int t, int k, int j) {
        return a.at(t).get(k, number * H + j);
    }

    @Override protected void beforeBack() {
        da.fill(0);
    }

    @Override protected void stepBack(int t) {
        for (int k = 0; k < B; k++) {
            for (int j = 0; j < H; j++) {
                double[] got = back.at(dh.at(t).get(k, j), dc.at(t).get(k, j), gate(0, t, k, j), gate(1, t, k, j), gate(2, t, k, j),
                    gate(3, t, k, j), c.at(t - 1).get(k, j), c.at(t).get(k, j));
                if (got != null && got.length != RESULTS) {
                    throw new IllegalArgumentException("LstmBack returned " + got.length + " numbers; expected " + RESULTS
                        + ": da_i, da_f, da_g, da_o, dc_{t-1}");
                }
                for (int n = 0; n < GATES; n++) {
                    da.at(t).set(k, n * H + j, got == null ? Double.NaN : got[n]);
                }
                dc.at(t - 1).set(k, j, got == null ? Double.NaN : got[GATES]);
            }
        }
        dh.at(t - 1).addDot(da.at(t), Wh.value.transposed());              // dh_{t-1} += da_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), da.all());                    // dWx += Σ_t x_tᵀ da_t
        Wh.grad.addDot(h.prev().transposed(), da.all());                   // dWh += Σ_t h_{t-1}ᵀ da_t
        b.grad.addRowsOf(da.all());                                        // db  += Σ_t da_t
        backToInput(dx, da, Wx);                                           // dx_t = da_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wx, Wh, b);
    }

    @Override public int multiplications() {
        return Wx.size() + Wh.size();
    }

    @Override public String toString() {
        return "OpenLstm(" + inputs() + " -> " + H + ")";
    }
}
