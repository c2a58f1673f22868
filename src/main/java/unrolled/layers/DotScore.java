package unrolled.layers;

import java.util.List;
import unrolled.math.Sequence;

/** a_ts = h_t · e_s. Source: Luong, Pham and Manning, "Effective approaches to attention-based neural machine translation", 2015. */
final class DotScore implements Score {
    @Override public void forward(Sequence h, Sequence e, Sequence a) {
        for (int b = 0; b < h.B; b++) {
            a.one(b).dot(h.one(b), e.one(b).transposed());             // a = h eᵀ
        }
    }

    @Override public void backward(Sequence h, Sequence e, Sequence da, Sequence dh, Sequence de) {
        for (int b = 0; b < h.B; b++) {
            dh.one(b).addDot(da.one(b), e.one(b));                     // dh += da e
            de.one(b).addDot(da.one(b).transposed(), h.one(b));        // de += daᵀ h
        }
    }

    @Override public List<Param> params() {
        return List.of();
    }

    @Override public String toString() {
        return "dot";
    }
}
