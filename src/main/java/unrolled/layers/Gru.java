package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * The gated recurrent unit: a_t = x_t Wx + b plus h_{t-1} Wh in the columns r and z;  r, z = σ(a_r), σ(a_z);
 * q_t = h_{t-1} Whn + bq;  n = tanh(a_n + r ∘ q);  h_t = (1 - z) ∘ n + z ∘ h_{t-1}.
 * Here z is the update gate, the share of the state that is kept, as in Cho et al. and in PyTorch; others call 1 - z the update
 * gate. The sums before σ and tanh are called a; their gradients dar, daz and dan are the parts of da.
 * Shapes: x [T,B,D]  h, q [T,B,H]  a [T,B,3H], columns r z n;  Wx [D,3H]  Wh [H,3H]  b [1,3H]  bq [1,H].
 * Source: Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014; the reset gate behind the product, as
 * PyTorch and cuDNN have it. {@link #of2014} is the paper's: v_t = r ∘ h_{t-1};  n = tanh(a_n + v_t Whn).
 */
public final class Gru extends Recurrent implements RowsApart {
    private final int H;
    private final boolean resetBefore;
    private final Param Wx, Wh, Whrz, Whn, b, bq;
    private final Packed Whrzp = new Packed(), Whnp = new Packed(), WhrzT = new Packed(), WhnT = new Packed();
    private Sequence a, arz, r, z, n, q, h, hm;
    private Sequence da, darz, dar, daz, dan, dq, dh, dhm;

    /** Xavier weights from the input, orthogonal ones from state to state, zero biases. */
    public Gru(int D, int H, RandomGenerator random) {
        this(D, H, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Weights from these, each gate's as a matrix of its own; zero biases. */
    public Gru(int D, int H, Init Wx, Init Wh, RandomGenerator random) {
        this(D, H, false, Null.refuse(Wx, "Gru: Wx", "an Init"), Null.refuse(Wh, "Gru: Wh", "an Init"), random);
    }

    /** The cell of 2014, whose reset gate acts before the product; it has no bq. */
    public static Gru of2014(int D, int H, RandomGenerator random) {
        return new Gru(D, H, true, Init.xavier(), Init.orthogonal(1), random);
    }

    private Gru(int D, int H, boolean resetBefore, Init initWx, Init initWh, RandomGenerator random) {
        super(D, H);
        this.H = H;
        this.resetBefore = resetBefore;
        Wx = new Param("Wx", D, 3 * H);
        Wh = new Param("Wh", H, 3 * H);
        b = new Param("b", 1, 3 * H);
        bq = new Param("bq", 1, H);
        Init.gates(3, initWx).fill(Wx.value, random);
        Init.gates(3, initWh).fill(Wh.value, random);
        Whrz = Wh.cols(0, 2 * H);
        Whn = Wh.cols(2 * H, 3 * H);
    }

    /** Whether the reset gate acts before the product with Whn, as in {@link #of2014}. */
    public boolean resetsBefore() {
        return resetBefore;
    }

    /** Sets the bias of the update gate: the larger, the longer a fresh cell keeps its state. */
    public Gru updateBias(double bias) {
        b.value.cols(H, 2 * H).fill(bias);
        return this;
    }

    @Override protected void allocate() {
        a = new Sequence(T, B, 3 * H);
        da = new Sequence(T, B, 3 * H);
        q = new Sequence(T, B, H);
        dq = new Sequence(T, B, H);
        hm = read(h = out, dh = dOut);                                                  // h, or m ∘ h with dropState
        dhm = readGradient();
        arz = a.cols(0, 2 * H);
        r = a.cols(0, H);
        z = a.cols(H, 2 * H);
        n = a.cols(2 * H, 3 * H);
        darz = da.cols(0, 2 * H);
        dar = da.cols(0, H);
        daz = da.cols(H, 2 * H);
        dan = da.cols(2 * H, 3 * H);
        state("h", h, dh);
    }

    @Override protected void before() {
        Whrzp.set(Whrz.value);
        Whnp.set(Whn.value);
        a.all().dot(x.all(), Wx.value).addRow(b.value);                    // a = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        arz.at(t).addDot(hm.at(t - 1), Whrzp).sigmoid();                   // r, z = σ(a + h_{t-1} Wh)
        if (resetBefore) {
            q.at(t).times(r.at(t), hm.at(t - 1));                          // v = r ∘ h_{t-1}, kept in q
            n.at(t).addDot(q.at(t), Whnp).tanh();                          // n = tanh(a_n + v Whn)
        } else {
            q.at(t).dot(hm.at(t - 1), Whnp).addRow(bq.value);              // q = h_{t-1} Whn + bq
            n.at(t).addTimes(r.at(t), q.at(t)).tanh();                     // n = tanh(a_n + r ∘ q)
        }
        h.at(t).minus(h.at(t - 1), n.at(t)).times(z.at(t)).add(n.at(t));   // h_t = (1 - z) ∘ n + z ∘ h_{t-1}
    }

    @Override protected void beforeBack() {
        WhrzT.set(Whrz.value.transposed());
        WhnT.set(Whn.value.transposed());
    }

    @Override protected void stepBack(int t) {
        daz.at(t).minus(h.at(t - 1), n.at(t)).times(dh.at(t)).timesSigmoidSlope(z.at(t));  // daz = dh ∘ (h_{t-1} - n)  ∘ z(1-z)
        dh.at(t - 1).addTimes(dh.at(t), z.at(t));                                          // dh_{t-1} += dh ∘ z
        dan.at(t).times(dh.at(t), z.at(t));
        dan.at(t).minus(dh.at(t), dan.at(t)).timesTanhSlope(n.at(t));                      // dan = dh ∘ (1 - z)  ∘ (1-n²)
        if (resetBefore) {
            dq.at(t).dot(dan.at(t), WhnT);                                                 // dv = dan Whnᵀ
            dar.at(t).times(dq.at(t), hm.at(t - 1)).timesSigmoidSlope(r.at(t));            // dar = dv ∘ h_{t-1}  ∘ r(1-r)
            dhm.at(t - 1).addTimes(dq.at(t), r.at(t));                                     // dh_{t-1} += dv ∘ r
        } else {
            dq.at(t).times(dan.at(t), r.at(t));                                            // dq = dan ∘ r
            dar.at(t).times(dan.at(t), q.at(t)).timesSigmoidSlope(r.at(t));                // dar = dan ∘ q  ∘ r(1-r)
            dhm.at(t - 1).addDot(dq.at(t), WhnT);                                          // dh_{t-1} += dq Whnᵀ
        }
        dhm.at(t - 1).addDot(darz.at(t), WhrzT);                                           // dh_{t-1} += (dar daz) Whrzᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), da.all());                    // dWx += Σ_t x_tᵀ da_t
        Whrz.grad.addDot(hm.prev().transposed(), darz.all());              // dWh += Σ_t h_{t-1}ᵀ (dar daz)
        b.grad.addRowsOf(da.all());                                        // db  += Σ_t da_t
        if (resetBefore) {
            Whn.grad.addDot(q.all().transposed(), dan.all());              // dWhn += Σ_t v_tᵀ dan_t
        } else {
            Whn.grad.addDot(hm.prev().transposed(), dq.all());             // dWhn += Σ_t h_{t-1}ᵀ dq_t
            bq.grad.addRowsOf(dq.all());                                   // dbq += Σ_t dq_t
        }
        backToInput(dx, da, Wx);                                           // dx_t = da_t Wxᵀ
    }

    @Override public List<Param> params() {
        return resetBefore ? List.of(Wx, Wh, b) : List.of(Wx, Wh, b, bq);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (a != null) {
            traces.putAll(Map.of("r", r, "z", z, "n", n, "q", q, "dar", dar, "daz", daz, "dan", dan, "dq", dq));
        }
        return traces;
    }

    @Override public int multiplications() {
        return Wx.size() + Wh.size();
    }

    @Override public String toString() {
        return "Gru(" + inputs() + " -> " + H + (resetBefore ? ", 2014" : "") + ")";
    }
}
