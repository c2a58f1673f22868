package unrolled.layers;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * a_ts = tanh(q_t + k_s) v, with q_t = h_t Wq and k_s = e_s Wk. Shapes: h, q [T,B,H]  e, k [T',B,H]  Wq, Wk [H,H]  v [H,1].
 * Source: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and translate", 2015.
 */
final class AdditiveScore implements Score {
    private final Param Wq, Wk, v;
    private Sequence q, k, u, dq, dk;            // u [T·B,T',H]: for each row of h all that it compares, u_s = tanh(q_t + k_s)
    private Matrix du;

    AdditiveScore(int H, RandomGenerator random) {
        Wq = new Param("Wq", H, H);
        Wk = new Param("Wk", H, H);
        v = new Param("v", H, 1);
        for (Param W : params()) {
            Init.xavier().fill(W.value, random);
        }
    }

    @Override public void forward(Sequence h, Sequence e, Sequence a) {
        if (q == null || !q.sameShape(h) || !k.sameShape(e)) {
            q = new Sequence(h.T, h.B, h.F);
            dq = new Sequence(h.T, h.B, h.F);
            k = new Sequence(e.T, e.B, e.F);
            dk = new Sequence(e.T, e.B, e.F);
            u = new Sequence(h.T * h.B, e.T, e.F);
            du = new Matrix(e.T, e.F);
        }
        q.all().dot(h.all(), Wq.value);                                            // q = h Wq, all steps at once
        k.all().dot(e.all(), Wk.value);                                            // k = e Wk
        for (int r = 0; r < h.T * h.B; r++) {
            u.at(r).set(k.one(r % h.B)).addRow(q.all().row(r)).tanh();             // u_s = tanh(q_t + k_s)
            a.all().row(r).transposed().dot(u.at(r), v.value);                     // a_ts = u_s v
        }
    }

    @Override public void backward(Sequence h, Sequence e, Sequence da, Sequence dh, Sequence de) {
        dq.fill(0);
        dk.fill(0);
        for (int r = 0; r < h.T * h.B; r++) {
            Matrix das = da.all().row(r).transposed();
            v.grad.addDot(u.at(r).transposed(), das);                              // dv += Σ_s u_sᵀ da_ts
            du.dot(das, v.value.transposed()).timesTanhSlope(u.at(r));             // du = da vᵀ  ∘ (1 - u²)
            dq.all().row(r).addRowsOf(du);                                         // dq_t = Σ_s du_s
            dk.one(r % h.B).add(du);                                               // dk_s += du_s
        }
        Wq.grad.addDot(h.all().transposed(), dq.all());                            // dWq += Σ_t h_tᵀ dq_t
        Wk.grad.addDot(e.all().transposed(), dk.all());                            // dWk += Σ_s e_sᵀ dk_s
        dh.all().addDot(dq.all(), Wq.value.transposed());                          // dh += dq Wqᵀ
        de.all().addDot(dk.all(), Wk.value.transposed());                          // de += dk Wkᵀ
    }

    @Override public List<Param> params() {
        return List.of(Wq, Wk, v);
    }

    @Override public String toString() {
        return "additive";
    }
}
