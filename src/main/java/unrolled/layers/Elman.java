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
 * Shapes: x [T,B,D], h and z [T,B,H], Wx [D,H], Wh [H,H], b [1,H]. Source: Elman, "Finding structure in time", 1990.
 */
public final class Elman extends Recurrent {
    private final Param Wx, Wh, b;
    private final Packed Whp = new Packed(), WhT = new Packed();
    private final boolean relu;
    private Sequence z, h, hm, dz, dh, dhm;

    /** Φ = tanh; Xavier weights from the input, orthogonal ones from state to state, zero bias. */
    public Elman(int D, int H, RandomGenerator random) {
        this(D, H, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Φ = tanh; weights from these, zero bias. */
    public Elman(int D, int H, Init Wx, Init Wh, RandomGenerator random) {
        this(D, H, false, Wx, Wh, random);
    }

    /** Φ = max(z, 0); Xavier weights from the input, orthogonal ones from state to state, zero bias. */
    public static Elman relu(int D, int H, RandomGenerator random) {
        return new Elman(D, H, true, Init.xavier(), Init.orthogonal(1), random);
    }

    /** Φ = max(z, 0) if relu, else tanh; weights from these. */
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
        z = new Sequence(T, B, outputs());
        dz = new Sequence(T, B, outputs());
        state("h", h, dh);
    }

    @Override protected void before() {
        Whp.set(Wh.value);
        z.all().dot(x.all(), Wx.value).addRow(b.value);                    // z = x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        z.at(t).addDot(hm.at(t - 1), Whp);                                 // z_t += h_{t-1} Wh
        if (relu) {
            h.at(t).relu(z.at(t));                                         // h_t = max(z_t, 0)
        } else {
            h.at(t).tanh(z.at(t));                                         // h_t = tanh z_t
        }
    }

    @Override protected void beforeBack() {
        WhT.set(Wh.value.transposed());
    }

    @Override protected void stepBack(int t) {
        dz.at(t).set(dh.at(t));
        if (relu) {
            dz.at(t).timesReluSlope(h.at(t));                              // dz = dh where h > 0
        } else {
            dz.at(t).timesTanhSlope(h.at(t));                              // dz = dh ∘ (1 - h²)
        }
        dhm.at(t - 1).addDot(dz.at(t), WhT);                               // dh_{t-1} += dz_t Whᵀ
    }

    @Override protected void afterBack() {
        Wx.grad.addDot(x.all().transposed(), dz.all());                    // dWx += Σ_t x_tᵀ dz_t
        Wh.grad.addDot(hm.prev().transposed(), dz.all());                  // dWh += Σ_t h_{t-1}ᵀ dz_t
        b.grad.addRowsOf(dz.all());                                        // db  += Σ_t dz_t
        backToInput(dx, dz, Wx);                                           // dx_t = dz_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wx, Wh, b);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (z != null) {
            traces.put("z", z);
            traces.put("dz", dz);
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
