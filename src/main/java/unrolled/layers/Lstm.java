package unrolled.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Long short-term memory: z_t = x_t Wx + h_{t-1} Wh + b;  i, f, o = σ(z_i), σ(z_f), σ(z_o);  g = tanh z_g;
 * c_t = f ∘ c_{t-1} + i ∘ g;  h_t = o ∘ tanh c_t.
 * Shapes: x [T,B,D]  h, c [T,B,H]  z [T,B,4H], columns i f g o;  Wx [D,4H]  Wh [H,4H]  b [1,4H].
 * Sources: Hochreiter and Schmidhuber, "Long short-term memory", 1997; forget gate: Gers, Schmidhuber and Cummins, 2000.
 */
public final class Lstm extends Recurrent {
    private final int H;
    private final Param Wx, Wh, b;
    private final Matrix WhT;
    private Sequence z, i, f, g, o, c, s, h;
    private Sequence dz, di, df, dg, do_, dc, dh;

    /** Xavier weights from the input, orthogonal ones from state to state, zero bias but for the forget gate, which starts at 1. */
    public Lstm(int D, int H, RandomGenerator random) {
        super(D, H);
        this.H = H;
        Wx = new Param("Wx", D, 4 * H);
        Wh = new Param("Wh", H, 4 * H);
        b = new Param("b", 1, 4 * H);
        WhT = new Matrix(4 * H, H);
        for (int gate = 0; gate < 4; gate++) {
            Init.xavier().fill(Wx.value.cols(gate * H, (gate + 1) * H), random);
            Init.orthogonal(1).fill(Wh.value.cols(gate * H, (gate + 1) * H), random);
        }
        forgetBias(1);
    }

    /** Sets the bias of the forget gate: the larger, the longer a fresh cell remembers. */
    public Lstm forgetBias(double bias) {
        b.value.cols(H, 2 * H).fill(bias);
        return this;
    }

    @Override protected void allocate() {
        z = new Sequence(T, B, 4 * H);
        dz = new Sequence(T, B, 4 * H);
        c = new Sequence(T, B, H);
        dc = new Sequence(T, B, H);
        s = new Sequence(T, B, H);
        h = out;
        dh = dOut;
        i = z.cols(0, H);
        f = z.cols(H, 2 * H);
        g = z.cols(2 * H, 3 * H);
        o = z.cols(3 * H, 4 * H);
        di = dz.cols(0, H);
        df = dz.cols(H, 2 * H);
        dg = dz.cols(2 * H, 3 * H);
        do_ = dz.cols(3 * H, 4 * H);
        state("h", h, dh);
        state("c", c, dc);
    }

    @Override protected void before() {
        z.all().dot(x.all(), Wx.value).addRow(b.value);                    // z = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        z.at(t).addDot(h.at(t - 1), Wh.value);                             // z_t += h_{t-1} Wh
        i.at(t).sigmoid();                                                 // i = σ(z_i)
        f.at(t).sigmoid();                                                 // f = σ(z_f)
        g.at(t).tanh();                                                    // g = tanh z_g
        o.at(t).sigmoid();                                                 // o = σ(z_o)
        c.at(t).times(f.at(t), c.at(t - 1)).addTimes(i.at(t), g.at(t));    // c_t = f ∘ c_{t-1} + i ∘ g
        s.at(t).tanh(c.at(t));                                             // s_t = tanh c_t
        h.at(t).times(o.at(t), s.at(t));                                   // h_t = o ∘ s_t
    }

    @Override protected void beforeBack() {
        WhT.set(Wh.value.transposed());
    }

    @Override protected void stepBack(int t) {
        do_.at(t).times(dh.at(t), s.at(t)).timesSigmoidSlope(o.at(t));     // do = dh ∘ s        ∘ o(1-o)
        dc.at(t).addTimesTanhSlope(dh.at(t), o.at(t), s.at(t));            // dc += dh ∘ o       ∘ (1-s²)
        di.at(t).times(dc.at(t), g.at(t)).timesSigmoidSlope(i.at(t));      // di = dc ∘ g        ∘ i(1-i)
        dg.at(t).times(dc.at(t), i.at(t)).timesTanhSlope(g.at(t));         // dg = dc ∘ i        ∘ (1-g²)
        df.at(t).times(dc.at(t), c.at(t - 1)).timesSigmoidSlope(f.at(t));  // df = dc ∘ c_{t-1}  ∘ f(1-f)
        dc.at(t - 1).times(dc.at(t), f.at(t));                             // dc_{t-1} = dc ∘ f
        dh.at(t - 1).addDot(dz.at(t), WhT);                                // dh_{t-1} += dz_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), dz.all());                    // dWx += Σ_t x_tᵀ dz_t
        Wh.grad.addDot(h.prev().transposed(), dz.all());                   // dWh += Σ_t h_{t-1}ᵀ dz_t
        b.grad.addRowsOf(dz.all());                                        // db  += Σ_t dz_t
        dx.all().dot(dz.all(), Wx.value.transposed());                     // dx_t = dz_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wx, Wh, b);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (z != null) {
            traces.putAll(Map.of("i", i, "f", f, "g", g, "o", o, "di", di, "df", df, "dg", dg, "do", do_));
        }
        return traces;
    }

    @Override public String toString() {
        return "Lstm(" + inputs() + " -> " + H + ")";
    }
}
