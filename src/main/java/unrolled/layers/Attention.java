package unrolled.layers;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Attention: every step t looks back at all steps s of another sequence e, the {@link #memory}, and takes a weighted mean of them:
 * a_ts = softmax over s of score(h_t, e_s);  context_t = Σ_s a_ts e_s;  y_t = [h_t, context_t].
 * The score is h_t · e_s ({@link #dot}) or v · tanh(h_t Wq + e_s Wk) ({@link #additive}). Steps behind the end of a memory have a = 0.
 * Shapes: h [T,B,H] from a decoder, e [T',B,H] from an encoder with T' steps of its own, a [T,B,T'], y [T,B,2H].
 * {@link #traces} names a, for heat maps.
 * Sources: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and translate", 2015 (the additive
 * score); Luong, Pham and Manning, "Effective approaches to attention-based neural machine translation", 2015 (the dot score, and
 * attention behind the decoder cell, so that nothing here feeds back into it).
 */
public final class Attention extends Layer {
    private final int H;
    private final Score score;
    private Sequence e, de, h, dh, a, da, p, q, y;
    private Matrix ones;

    private Attention(int H, Score score) {
        this.H = Sizes.check("Attention", "H", H);
        this.score = score;
    }

    /** The score h_t · e_s, which learns nothing of its own. */
    public static Attention dot(int H) {
        return new Attention(H, new DotScore());
    }

    /** The score v · tanh(h_t Wq + e_s Wk), Xavier weights: Wq, Wk [H,H], v [H,1]. */
    public static Attention additive(int H, RandomGenerator random) {
        return new Attention(H, new AdditiveScore(H, random));
    }

    /** What every following forward pass looks at, e [T',B,H] with its lengths, copied. */
    public Attention memory(Sequence e) {
        if (Null.refuse(e, "Attention.memory: e", "a sequence [T',B,H]").F != H) {
            throw new IllegalArgumentException("memory of " + this + ": " + e.shape() + " has " + e.F
                    + " numbers per step; expected H = " + H);
        }
        this.e = e.copy();
        h = null;                                                // the next forward pass allocates anew
        return this;
    }

    @Override public Sequence forward(Sequence input) {
        checkInput(input);
        if (e == null || e.B != input.B) {
            throw new IllegalStateException("forward of " + this + ": the memory is " + (e == null ? "missing" : e.shape())
                    + "; call memory(e) with B = " + input.B + " sequences first");
        }
        if (h == null || !h.sameShape(input)) {
            allocate(input.T, input.B);
        }
        h.set(input);
        score.forward(h, e, a);                                                            // a_ts = score(h_t, e_s)
        y.lengthsOf(h).all().cols(0, H).set(h.all());                                      // y_t = [h_t,
        for (int b = 0; b < e.B; b++) {
            Matrix A = a.one(b).cols(0, e.length(b));
            A.softmax(A);                                                                  // a_t = softmax a_t
            if (e.length(b) < e.T) {
                a.one(b).cols(e.length(b), e.T).fill(0);
            }
            y.one(b).cols(H, 2 * H).dot(A, e.one(b).rows(0, e.length(b)));                 //        Σ_s a_ts e_s]
        }
        return y;
    }

    private void allocate(int T, int B) {
        h = new Sequence(T, B, H);
        dh = new Sequence(T, B, H);
        de = new Sequence(e.T, B, H);
        a = new Sequence(T, B, e.T);
        da = new Sequence(T, B, e.T);
        p = new Sequence(T, B, e.T);
        q = new Sequence(T, B, e.T);
        y = new Sequence(T, B, 2 * H);
        ones = new Matrix(e.T, e.T).fill(1);
    }

    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, h == null ? null : y);
        dh.all().set(dy.all().cols(0, H));                                                 // dh_t = first half of dy_t
        for (int b = 0; b < e.B; b++) {
            Matrix dcontext = dy.one(b).cols(H, 2 * H);
            da.one(b).dot(dcontext, e.one(b).transposed());                                // da_ts = dcontext_t · e_s
            de.one(b).dot(a.one(b).transposed(), dcontext);                                // de_s = Σ_t a_ts dcontext_t
        }
        p.all().times(a.all(), da.all());                                                  // p = a ∘ da
        q.all().dot(p.all(), ones);                                                        // q = Σ_s p, in every column
        da.all().minus(p.all(), q.all().times(a.all()));                                   // dscore = a ∘ da - a ∘ Σ_s a da
        score.backward(h, e, da, dh, de);
        return dh;
    }

    /** ∂L/∂e of the memory after a backward pass, [T',B,H]. */
    public Sequence memoryGradient() {
        if (h == null) {
            throw new IllegalStateException("memoryGradient of " + this + " before any backward; call forward(h) and backward(dy) first");
        }
        return de;
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return H;
    }

    @Override public int outputs() {
        return 2 * H;
    }

    @Override public List<Param> params() {
        return score.params();
    }

    @Override public Map<String, Sequence> traces() {
        return h == null ? Map.of() : Map.of("a", a);
    }

    /** Those of one step of h with one step of the memory. */
    @Override public int multiplications() {
        return size();
    }

    @Override public String toString() {
        return "Attention(" + score + ", " + H + ")";
    }
}
