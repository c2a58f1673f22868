package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * The first LSTM, without a forget gate: a_t = x_t Wx + h_{t-1} Wh + b;  i, o = σ(a_i), σ(a_o);  g = tanh a_g;
 * c_t = c_{t-1} + i ∘ g;  h_t = o ∘ tanh c_t. The cell adds up and never fades: what it keeps, it keeps for ever.
 * Shapes: x [T,B,D]  h, c [T,B,H]  a [T,B,3H], columns i g o;  Wx [D,3H]  Wh [H,3H]  b [1,3H].
 * Source: Hochreiter and Schmidhuber, "Long short-term memory", 1997, whose squashing functions had other ranges, and whose gradient
 * was cut at the gates where ours is whole.
 */
public final class Lstm1997 extends Recurrent implements RowsApart {
    private final int H;
    private final Param Wx, Wh, b;
    private final Packed Whp = new Packed(), WhT = new Packed();
    private Sequence a, i, g, o, c, s, h, hm;
    private Sequence da, dai, dag, dao, dc, dh, dhm;

    /** Xavier weights from the input, orthogonal ones from state to state, zero bias. */
    public Lstm1997(int D, int H, RandomGenerator random) {
        this(D, H, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Weights from these, each gate's as a matrix of its own; zero bias. */
    public Lstm1997(int D, int H, Init Wx, Init Wh, RandomGenerator random) {
        super(D, H);
        this.H = H;
        this.Wx = new Param("Wx", D, 3 * H);
        this.Wh = new Param("Wh", H, 3 * H);
        b = new Param("b", 1, 3 * H);
        Init.gates(3, Null.refuse(Wx, "Lstm1997: Wx", "an Init")).fill(this.Wx.value, random);
        Init.gates(3, Null.refuse(Wh, "Lstm1997: Wh", "an Init")).fill(this.Wh.value, random);
    }

    @Override protected void allocate() {
        a = new Sequence(T, B, 3 * H);
        da = new Sequence(T, B, 3 * H);
        i = a.cols(0, H);
        g = a.cols(H, 2 * H);
        o = a.cols(2 * H, 3 * H);
        dai = da.cols(0, H);
        dag = da.cols(H, 2 * H);
        dao = da.cols(2 * H, 3 * H);
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
        i.at(t).sigmoid();                                                 // i = σ(a_i)
        g.at(t).tanh();                                                    // g = tanh a_g
        c.at(t).set(c.at(t - 1)).addTimes(i.at(t), g.at(t));               // c_t = c_{t-1} + i ∘ g
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
        dai.at(t).timesSigmoidSlope(dc.at(t), g.at(t), i.at(t));           // dai = dc ∘ g        ∘ i(1-i)
        dag.at(t).timesTanhSlope(dc.at(t), i.at(t), g.at(t));              // dag = dc ∘ i        ∘ (1-g²)
        dc.at(t - 1).set(dc.at(t));                                        // dc_{t-1} = dc
        dhm.at(t - 1).addDot(da.at(t), WhT);                               // dh_{t-1} += da_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), da.all());                    // dWx += Σ_t x_tᵀ da_t
        Wh.grad.addDot(hm.prev().transposed(), da.all());                  // dWh += Σ_t h_{t-1}ᵀ da_t
        b.grad.addRowsOf(da.all());                                        // db  += Σ_t da_t
        backToInput(dx, da, Wx);                                           // dx_t = da_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wx, Wh, b);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (a != null) {
            traces.putAll(Map.of("i", i, "g", g, "o", o, "dai", dai, "dag", dag, "dao", dao));
        }
        return traces;
    }

    @Override public int multiplications() {
        return Wx.size() + Wh.size();
    }

    @Override public String toString() {
        return "Lstm1997(" + inputs() + " -> " + H + ")";
    }
}
