package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * Long short-term memory: z_t = x_t Wx + h_{t-1} Wh + b;  i, f, o = σ(z_i), σ(z_f), σ(z_o);  g = tanh z_g;
 * c_t = f ∘ c_{t-1} + i ∘ g;  h_t = o ∘ tanh c_t.
 * Shapes: x [T,B,D]  h, c [T,B,H]  z [T,B,4H], columns i f g o;  Wx [D,4H]  Wh [H,4H]  b [1,4H].
 * Options: {@link #forgetBias}; {@link #peepholes}, in which the gates also see the cell. The first cell of all: {@link Lstm1997}.
 * Sources: Hochreiter and Schmidhuber, "Long short-term memory", 1997; forget gate: Gers, Schmidhuber and Cummins, "Learning to
 * forget", 2000; peepholes: Gers, Schraudolph and Schmidhuber, "Learning precise timing with LSTM recurrent networks", 2002.
 */
public final class Lstm extends Recurrent {
    private final int H;
    private final Param Wx, Wh, b, p;
    private final Packed Whp = new Packed(), WhT = new Packed();
    private Sequence z, i, f, g, o, c, s, h, hm;
    private Sequence dz, di, df, dg, do_, dc, dh, dhm;

    /** Xavier weights from the input, orthogonal ones from state to state, zero bias but for the forget gate, which starts at 1. */
    public Lstm(int D, int H, RandomGenerator random) {
        this(D, H, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Weights from these, each gate's as a matrix of its own; zero bias but for the forget gate, which starts at 1. */
    public Lstm(int D, int H, Init Wx, Init Wh, RandomGenerator random) {
        this(D, H, false, Null.refuse(Wx, "Lstm: Wx", "an Init"), Null.refuse(Wh, "Lstm: Wh", "an Init"), random);
    }

    private Lstm(int D, int H, boolean peeps, Init initWx, Init initWh, RandomGenerator random) {
        super(D, H);
        this.H = H;
        Wx = new Param("Wx", D, 4 * H);
        Wh = new Param("Wh", H, 4 * H);
        b = new Param("b", 1, 4 * H);
        p = peeps ? new Param("p", 3, H) : null;
        Init.gates(4, initWx).fill(Wx.value, random);
        Init.gates(4, initWh).fill(Wh.value, random);
        forgetBias(1);
    }

    /** The gates also see the cell: z_i += p_i ∘ c_{t-1}, z_f += p_f ∘ c_{t-1}, z_o += p_o ∘ c_t; p [3,H], rows i f o, is zero at first. */
    public static Lstm peepholes(int D, int H, RandomGenerator random) {
        return new Lstm(D, H, true, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Sets the bias of the forget gate: the larger, the longer a fresh cell remembers. */
    public Lstm forgetBias(double bias) {
        b.value.cols(H, 2 * H).fill(bias);
        return this;
    }

    @Override protected void allocate() {
        z = new Sequence(T, B, 4 * H);
        dz = new Sequence(T, B, 4 * H);
        i = z.cols(0, H);
        f = z.cols(H, 2 * H);
        g = z.cols(2 * H, 3 * H);
        o = z.cols(3 * H, 4 * H);
        di = dz.cols(0, H);
        df = dz.cols(H, 2 * H);
        dg = dz.cols(2 * H, 3 * H);
        do_ = dz.cols(3 * H, 4 * H);
        c = new Sequence(T, B, H);
        dc = new Sequence(T, B, H);
        s = new Sequence(T, B, H);
        h = out;
        dh = dOut;
        hm = read(h, dh);                                                  // h, or m ∘ h with dropState
        dhm = readGradient();
        state("h", h, dh);
        state("c", c, dc);
    }

    @Override protected void before() {
        Whp.set(Wh.value);
        z.all().dot(x.all(), Wx.value).addRow(b.value);                    // z = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        z.at(t).addDot(hm.at(t - 1), Whp);                                 // z_t += h_{t-1} Wh
        if (p != null) {
            i.at(t).addTimesRow(c.at(t - 1), p.value.row(0));              // z_i += p_i ∘ c_{t-1}
            f.at(t).addTimesRow(c.at(t - 1), p.value.row(1));              // z_f += p_f ∘ c_{t-1}
        }
        i.at(t).sigmoid();                                                 // i = σ(z_i)
        f.at(t).sigmoid();                                                 // f = σ(z_f)
        g.at(t).tanh();                                                    // g = tanh z_g
        c.at(t).sumOfTimes(f.at(t), c.at(t - 1), i.at(t), g.at(t));        // c_t = f ∘ c_{t-1} + i ∘ g
        if (p != null) {
            o.at(t).addTimesRow(c.at(t), p.value.row(2));                  // z_o += p_o ∘ c_t
        }
        o.at(t).sigmoid();                                                 // o = σ(z_o)
        s.at(t).tanh(c.at(t));                                             // s_t = tanh c_t
        h.at(t).times(o.at(t), s.at(t));                                   // h_t = o ∘ s_t
    }

    @Override protected void beforeBack() {
        WhT.set(Wh.value.transposed());
    }

    @Override protected void stepBack(int t) {
        do_.at(t).timesSigmoidSlope(dh.at(t), s.at(t), o.at(t));           // do = dh ∘ s        ∘ o(1-o)
        dc.at(t).addTimesTanhSlope(dh.at(t), o.at(t), s.at(t));            // dc += dh ∘ o       ∘ (1-s²)
        if (p != null) {
            dc.at(t).addTimesRow(do_.at(t), p.value.row(2));               // dc += do ∘ p_o
        }
        di.at(t).timesSigmoidSlope(dc.at(t), g.at(t), i.at(t));            // di = dc ∘ g        ∘ i(1-i)
        dg.at(t).timesTanhSlope(dc.at(t), i.at(t), g.at(t));               // dg = dc ∘ i        ∘ (1-g²)
        df.at(t).timesSigmoidSlope(dc.at(t), c.at(t - 1), f.at(t));        // df = dc ∘ c_{t-1}  ∘ f(1-f)
        dc.at(t - 1).times(dc.at(t), f.at(t));                             // dc_{t-1} = dc ∘ f
        if (p != null) {
            dc.at(t - 1).addTimesRow(di.at(t), p.value.row(0));            // dc_{t-1} += di ∘ p_i
            dc.at(t - 1).addTimesRow(df.at(t), p.value.row(1));            // dc_{t-1} += df ∘ p_f
        }
        dhm.at(t - 1).addDot(dz.at(t), WhT);                               // dh_{t-1} += dz_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), dz.all());                    // dWx += Σ_t x_tᵀ dz_t
        Wh.grad.addDot(hm.prev().transposed(), dz.all());                  // dWh += Σ_t h_{t-1}ᵀ dz_t
        b.grad.addRowsOf(dz.all());                                        // db  += Σ_t dz_t
        backToInput(dx, dz, Wx);                                           // dx_t = dz_t Wxᵀ
        if (p != null) {
            p.grad.row(0).addRowsOfTimes(di.all(), c.prev());              // dp_i += Σ_t di ∘ c_{t-1}
            p.grad.row(1).addRowsOfTimes(df.all(), c.prev());              // dp_f += Σ_t df ∘ c_{t-1}
            p.grad.row(2).addRowsOfTimes(do_.all(), c.all());              // dp_o += Σ_t do ∘ c_t
        }
    }

    @Override public List<Param> params() {
        return p == null ? List.of(Wx, Wh, b) : List.of(Wx, Wh, b, p);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (z != null) {
            traces.putAll(Map.of("i", i, "f", f, "g", g, "o", o, "di", di, "df", df, "dg", dg, "do", do_));
        }
        return traces;
    }

    @Override public int multiplications() {
        return Wx.size() + Wh.size() + (p == null ? 0 : p.size());
    }

    @Override public String toString() {
        return "Lstm(" + inputs() + " -> " + H + (p != null ? ", peepholes" : "") + ")";
    }
}
