package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * The Elman network, the plain recurrent layer: h_t = Φ(x_t Wx + h_{t-1} Wh + b), with Φ = tanh or ReLU.
 * Shapes: x [T,B,D], h and a [T,B,H], Wx [D,H], Wh [H,H], b [1,H]. Source: Elman, "Finding structure in time", 1990.
 */
public final class Elman extends Recurrent implements RowsApart {
    private final Param Wx, Wh, b;
    private final Packed Whp = new Packed(), WhT = new Packed();
    private final boolean relu;
    private Sequence a, h, hm, da, dh, dhm;

    /** Φ = tanh; Xavier weights from the input, orthogonal ones from state to state, zero bias. */
    public Elman(int D, int H, RandomGenerator random) {
        this(D, H, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Φ = tanh; weights from these, zero bias. */
    public Elman(int D, int H, Init Wx, Init Wh, RandomGenerator random) {
        this(D, H, false, Wx, Wh, random);
    }

    /** Φ = max(a, 0); Xavier weights from the input, orthogonal ones from state to state, zero bias. */
    public static Elman relu(int D, int H, RandomGenerator random) {
        return new Elman(D, H, true, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Φ = max(a, 0) if relu, else tanh; weights from these. */
    public Elman(int D, int H, boolean relu, Init Wx, Init Wh, RandomGenerator random) {
        this(D, H, relu);
        Null.refuse(Wx, "Elman: Wx", "an Init").fill(this.Wx.value, random);
        Null.refuse(Wh, "Elman: Wh", "an Init").fill(this.Wh.value, random);
    }

    /** Φ = tanh; these weights Wx [D,H], Wh [H,H] and this bias b [1,H], copied. */
    public Elman(Matrix Wx, Matrix Wh, Matrix b) {
        this(Null.refuse(Wx, "Elman: Wx", "a matrix [D,H]").rows(), Wx.cols(), false);
        this.Wx.value.set(Wx);
        this.Wh.value.set(Null.refuse(Wh, "Elman: Wh", "a matrix [H,H]"));
        this.b.value.set(Null.refuse(b, "Elman: b", "a row [1,H]"));
    }

    private Elman(int D, int H, boolean relu) {
        super(D, H);
        this.relu = relu;
        Wx = new Param("Wx", D, H);
        Wh = new Param("Wh", H, H);
        b = new Param("b", 1, H);
    }

    /** Whether Φ is the ReLU, as in {@link #relu}. */
    public boolean rectifies() {
        return relu;
    }

    @Override protected void allocate() {
        h = out;
        dh = dOut;
        hm = read(h, dh);                                                  // h, or m ∘ h with dropState
        dhm = readGradient();
        a = new Sequence(T, B, outputs());
        da = new Sequence(T, B, outputs());
        state("h", h, dh);
    }

    @Override protected void before() {
        Whp.set(Wh.value);
        a.all().dot(x.all(), Wx.value).addRow(b.value);                    // a = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        a.at(t).addDot(hm.at(t - 1), Whp);                                 // a_t += h_{t-1} Wh
        if (relu) {
            h.at(t).relu(a.at(t));                                         // h_t = max(a_t, 0)
        } else {
            h.at(t).tanh(a.at(t));                                         // h_t = tanh a_t
        }
    }

    @Override protected void beforeBack() {
        WhT.set(Wh.value.transposed());
    }

    @Override protected void stepBack(int t) {
        da.at(t).set(dh.at(t));
        if (relu) {
            da.at(t).timesReluSlope(h.at(t));                              // da = dh where h > 0
        } else {
            da.at(t).timesTanhSlope(h.at(t));                              // da = dh ∘ (1 - h²)
        }
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
            traces.put("a", a);
            traces.put("da", da);
        }
        return traces;
    }

    @Override public int multiplications() {
        return Wx.size() + Wh.size();
    }

    @Override public String toString() {
        return "Elman(" + inputs() + " -> " + outputs() + (relu ? ", relu" : "") + ")";
    }
}
