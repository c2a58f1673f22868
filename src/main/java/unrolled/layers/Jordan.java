package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Packed;
import unrolled.math.Sequence;

/**
 * The Jordan network, whose memory is its last output: h_t = tanh(x_t Wx + y_{t-1} Wy + b), y_t = tanh(h_t Wo + bo).
 * Shapes: x [T,B,D], h [T,B,H], y [T,B,K], Wx [D,H], Wy [K,H], b [1,H], Wo [H,K], bo [1,K].
 * Source: Jordan, "Serial order: a parallel distributed processing approach", 1986 (without its decaying context units).
 */
public final class Jordan extends Recurrent {
    private final int H;
    private final Param Wx, Wy, b, Wo, bo;
    private final Packed Wyp = new Packed(), Wop = new Packed(), WyT = new Packed(), WoT = new Packed();
    private Sequence h, y, ym, da, dy, dym;

    /** Xavier weights, zero biases. */
    public Jordan(int D, int H, int K, RandomGenerator random) {
        super(Sizes.check("Jordan", "D", D, "H", H, "K", K), K);
        this.H = H;
        Wx = new Param("Wx", D, H);
        Wy = new Param("Wy", K, H);
        b = new Param("b", 1, H);
        Wo = new Param("Wo", H, K);
        bo = new Param("bo", 1, K);
        for (Param W : List.of(Wx, Wy, Wo)) {
            Init.xavier().fill(W.value, random);
        }
    }

    @Override protected void allocate() {
        h = new Sequence(T, B, H);
        da = new Sequence(T, B, H);
        y = out;
        dy = dOut;
        ym = read(y, dy);                                                  // y, or m ∘ y with dropState
        dym = readGradient();
        state("y", y, dy);
    }

    @Override protected void before() {
        Wyp.set(Wy.value);
        Wop.set(Wo.value);
        h.all().dot(x.all(), Wx.value).addRow(b.value);                    // x Wx + b, all steps at once
    }

    @Override protected void step(int t) {
        h.at(t).addDot(ym.at(t - 1), Wyp).tanh();                          // h_t = tanh(x_t Wx + b + y_{t-1} Wy)
        y.at(t).dot(h.at(t), Wop).addRow(bo.value).tanh();                 // y_t = tanh(h_t Wo + bo)
    }

    @Override protected void beforeBack() {
        WyT.set(Wy.value.transposed());
        WoT.set(Wo.value.transposed());
    }

    @Override protected void stepBack(int t) {
        dy.at(t).timesTanhSlope(y.at(t));                                  // dy becomes that of the sum: dy ∘ (1 - y²)
        da.at(t).dot(dy.at(t), WoT).timesTanhSlope(h.at(t));               // da = (dy Woᵀ) ∘ (1 - h²), that of the sum
        dym.at(t - 1).addDot(da.at(t), WyT);                               // dy_{t-1} += da_t Wyᵀ
    }

    @Override protected void afterBack() {
        Wo.grad.addDot(h.all().transposed(), dy.all());                    // dWo += Σ_t h_tᵀ dy_t
        bo.grad.addRowsOf(dy.all());                                       // dbo += Σ_t dy_t
        Wx.grad.addDot(x.all().transposed(), da.all());                    // dWx += Σ_t x_tᵀ da_t
        Wy.grad.addDot(ym.prev().transposed(), da.all());                  // dWy += Σ_t y_{t-1}ᵀ da_t
        b.grad.addRowsOf(da.all());                                        // db  += Σ_t da_t
        backToInput(dx, da, Wx);                                           // dx_t = da_t Wxᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wx, Wy, b, Wo, bo);
    }

    @Override public Map<String, Sequence> traces() {
        Map<String, Sequence> traces = super.traces();
        if (h != null) {
            traces.put("h", h);
            traces.put("da", da);
        }
        return traces;
    }

    @Override public int multiplications() {
        return Wx.size() + Wy.size() + Wo.size();
    }

    @Override public String toString() {
        return "Jordan(" + inputs() + " -> " + H + " -> " + outputs() + ")";
    }
}
