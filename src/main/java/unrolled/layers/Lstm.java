package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * Long short-term memory: a_t = x_t Wx + h_{t-1} Wh + b;  i, f, o = σ(a_i), σ(a_f), σ(a_o);  g = tanh a_g;
 * c_t = f ∘ c_{t-1} + i ∘ g;  h_t = o ∘ tanh c_t.
 * Shapes: x [T,B,D]  h, c [T,B,H]  a [T,B,4H], columns i f g o;  Wx [D,4H]  Wh [H,4H]  b [1,4H].
 * Options: {@link #forgetBias}; {@link #peepholes}, in which the gates also see the cell. The first cell of all: {@link Lstm1997}.
 * Sources: Hochreiter and Schmidhuber, "Long short-term memory", 1997; forget gate: Gers, Schmidhuber and Cummins, "Learning to
 * forget", 2000; peepholes: Gers, Schraudolph and Schmidhuber, "Learning precise timing with LSTM recurrent networks", 2002.
 */
public final class Lstm extends Recurrent implements RowsApart {
    private final int H;
    private final Param Wx, Wh, b, p;
    private final Packed Whp = new Packed(), WhT = new Packed();
    private Sequence a, i, f, g, o, c, s, h, hm;
    private Sequence da, dai, daf, dag, dao, dc, dh, dhm;

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

    /** The gates also see the cell: a_i += p_i ∘ c_{t-1}, a_f += p_f ∘ c_{t-1}, a_o += p_o ∘ c_t; p [3,H], rows i f o, is zero at first. */
    public static Lstm peepholes(int D, int H, RandomGenerator random) {
        return new Lstm(D, H, true, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Sets the bias of the forget gate: the larger, the longer a fresh cell remembers. */
    public Lstm forgetBias(double bias) {
        b.value.cols(H, 2 * H).fill(bias);
        return this;
    }

    @Override protected void allocate() {
        a = new Sequence(T, B, 4 * H);
        da = new Sequence(T, B, 4 * H);
        i = a.cols(0, H);
        f = a.cols(H, 2 * H);
        g = a.cols(2 * H, 3 * H);
        o = a.cols(3 * H, 4 * H);
        dai = da.cols(0, H);
        daf = da.cols(H, 2 * H);
        dag = da.cols(2 * H, 3 * H);
        dao = da.cols(3 * H, 4 * H);
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
        a.all().dot(x.all(), Wx.value).addRow(b.value);                    // a = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        a.at(t).addDot(hm.at(t - 1), Whp);                                 // a_t += h_{t-1} Wh
        if (p != null) {
            i.at(t).addTimesRow(c.at(t - 1), p.value.row(0));              // a_i += p_i ∘ c_{t-1}
            f.at(t).addTimesRow(c.at(t - 1), p.value.row(1));              // a_f += p_f ∘ c_{t-1}
        }
        i.at(t).sigmoid();                                                 // i = σ(a_i)
        f.at(t).sigmoid();                                                 // f = σ(a_f)
        g.at(t).tanh();                                                    // g = tanh a_g
        c.at(t).sumOfTimes(f.at(t), c.at(t - 1), i.at(t), g.at(t));        // c_t = f ∘ c_{t-1} + i ∘ g
        if (p != null) {
            o.at(t).addTimesRow(c.at(t), p.value.row(2));                  // a_o += p_o ∘ c_t
        }
        o.at(t).sigmoid();                                                 // o = σ(a_o)
        s.at(t).tanh(c.at(t));                                             // s_t = tanh c_t
        h.at(t).times(o.at(t), s.at(t));                                   // h_t = o ∘ s_t
    }

    @Override protected void beforeBack() {
        WhT.set(Wh.value.transposed());
    }

    @Override protected void stepBack(int t) {
        dao.at(t).timesSigmoidSlope(dh.at(t), s.at(t), o.at(t));           // dao = dh ∘ s        ∘ o(1-o)
        dc.at(t).addTimesTanhSlope(dh.at(t), o.at(t), s.at(t));            // dc += dh ∘ o       ∘ (1-s²)
        if (p != null) {
            dc.at(t).addTimesRow(dao.at(t), p.value.row(2));               // dc += dao ∘ p_o
        }
        dai.at(t).timesSigmoidSlope(dc.at(t), g.at(t), i.at(t));           // dai = dc ∘ g        ∘ i(1-i)
        dag.at(t).timesTanhSlope(dc.at(t), i.at(t), g.at(t));              // dag = dc ∘ i        ∘ (1-g²)
        daf.at(t).timesSigmoidSlope(dc.at(t), c.at(t - 1), f.at(t));       // daf = dc ∘ c_{t-1}  ∘ f(1-f)
        dc.at(t - 1).times(dc.at(t), f.at(t));                             // dc_{t-1} = dc ∘ f
        if (p != null) {
            dc.at(t - 1).addTimesRow(dai.at(t), p.value.row(0));           // dc_{t-1} += dai ∘ p_i
            dc.at(t - 1).addTimesRow(daf.at(t), p.value.row(1));           // dc_{t-1} += daf ∘ p_f
        }
        dhm.at(t - 1).addDot(da.at(t), WhT);                               // dh_{t-1} += da_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), da.all());                    // dWx += Σ_t x_tᵀ da_t
        Wh.grad.addDot(hm.prev().transposed(), da.all());                  // dWh += Σ_t h_{t-1}ᵀ da_t
        b.grad.addRowsOf(da.all());                                        // db  += Σ_t da_t
        backToInput(dx, da, Wx);                                           // dx_t = da_t Wxᵀ
        if (p != null) {
            p.grad.row(0).addRowsOfTimes(dai.all(), c.prev());             // dp_i += Σ_t dai ∘ c_{t-1}
            p.grad.row(1).addRowsOfTimes(daf.all(), c.prev());             // dp_f += Σ_t daf ∘ c_{t-1}
            p.grad.row(2).addRowsOfTimes(dao.all(), c.all());              // dp_o += Σ_t dao ∘ c_t
        }
    }

    @Override public List<Param> params() {
        return p == null ? List.of(Wx, Wh, b) : List.of(Wx, Wh, b, p);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (a != null) {
            traces.putAll(Map.of("i", i, "f", f, "g", g, "o", o, "dai", dai, "daf", daf, "dag", dag, "dao", dao));
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
