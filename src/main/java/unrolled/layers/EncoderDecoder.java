package unrolled.layers;

import java.util.Arrays;
import java.util.List;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Reads one sequence and writes another, of its own length: the encoder reads the source, its end state is where the decoder starts,
 * and the head turns each of the decoder's outputs into scores. In training the decoder's inputs are the right symbols, each one step
 * late (teacher forcing); in {@link #generate} they are its own.
 * Shapes: source [T',B,D] and target inputs [T,B,·], both with lengths; scores y [T,B,K].
 *
 * <p>Both inputs pass through one door: {@link #forward(Sequence)} takes what {@link #join} made, so that minibatches, the trainer and
 * the gradient check need to know nothing about them. Its output has as many steps as the longer of the two; {@link #fill} gives
 * targets as many, and by the output's lengths steps behind a target's end never count.
 *
 * <p>Options: {@link #embed} puts layers before encoder and decoder; {@link #attend} lets the head see the source's steps too.
 * Sources: Sutskever, Vinyals and Le, "Sequence to sequence learning with neural networks", 2014; Cho et al., "Learning phrase
 * representations using RNN encoder-decoder", 2014.
 */
public final class EncoderDecoder extends Composite {
    private final Layer encoder, decoder, head;
    private Layer source, target;
    private Attention attention;
    private Sequence e, scores, y, dSource;

    /**
     * Cells, or networks of cells, whose states are the same, in number, name and width; the head reads H numbers a step, 2H with
     * attention, and gives K scores.
     */
    public EncoderDecoder(Layer encoder, Layer decoder, Layer head) {
        this.encoder = Null.refuse(encoder, "EncoderDecoder: encoder", "a recurrent layer");
        this.decoder = Null.refuse(decoder, "EncoderDecoder: decoder", "a recurrent layer");
        this.head = Null.refuse(head, "EncoderDecoder: head", "a layer, such as a Dense");
        CellStates.same(encoder, decoder);
        decoder.checkStepwise();
        name();
    }

    /** Layers before the encoder and before the decoder, such as embeddings; null means none. */
    public EncoderDecoder embed(Layer source, Layer target) {
        this.source = source;
        this.target = target;
        return name();
    }

    /** The head sees [h_t, context_t], where the context comes from the encoder's outputs; see {@link Attention}. */
    public EncoderDecoder attend(Attention attention) {
        this.attention = Null.refuse(attention, "attend: attention", "an Attention, such as Attention.dot(H); leave the call out for none");
        return name();
    }

    private EncoderDecoder name() {
        List<String> names = List.of("source", "encoder", "target", "decoder", "attention", "head");
        List<Layer> layers = Arrays.asList(source, encoder, target, decoder, attention, head);
        parts.clear();
        for (int n = 0; n < names.size(); n++) {
            part(names.get(n), layers.get(n));
        }
        return this;
    }

    /** Source and target inputs side by side, the input of {@link #forward(Sequence)}: a {@code Batch} of both. */
    public static Sequence join(Sequence source, Sequence targetInputs) {
        return Pairs.join(source, targetInputs);
    }

    /** Targets [T,B,·] with zeros behind their last step, so that they have as many steps as the joined input x. */
    public static Sequence fill(Sequence d, Sequence x) {
        return Pairs.fill(d, x);
    }

    /** Scores for an input made by {@link #join}. */
    @Override public Sequence forward(Sequence x) {
        checkInput(x);
        int D = Pairs.inputs(source, encoder), n = x.F - 2;
        forward(Pairs.part(x, 0, D, n), Pairs.part(x, D, n, n + 1));
        return y = Pairs.resize(scores, x.T).lengthsOf(scores);
    }

    /** Scores [T,B,K] for a source [T',B,D] and target inputs [T,B,·]. */
    public Sequence forward(Sequence source, Sequence targetInputs) {
        Pairs.check(source, targetInputs);
        encode(source);
        return y = decode(encoder.end(), targetInputs);
    }

    private void encode(Sequence x) {
        y = dSource = null;                                                        // until both passes are done again
        e = encoder.forward(source == null ? x : source.forward(x));
        if (attention != null) {
            attention.memory(e);
        }
    }

    private Sequence decode(List<Matrix> state, Sequence x) {
        decoder.start(state.toArray(new Matrix[0]));
        Sequence h = decoder.forward(target == null ? x : target.forward(x));
        scores = head.forward(attention == null ? h : attention.forward(h));
        return scores;
    }

    /** ∂L/∂x, side by side like x; after a forward pass of two arguments that of the target inputs, and {@link #sourceGradient}. */
    @Override public Sequence backward(Sequence dy) {
        checkGradient(dy, y);
        Sequence d = needed(head, head.backward(y == scores ? dy : Pairs.resize(dy, scores.T)));
        Sequence dx = decoder.backward(attention == null ? d : attention.backward(d));
        Sequence dTarget = target == null ? dx : target.backward(needed(decoder, dx));
        Sequence de = attention == null ? new Sequence(e.T, e.B, e.F) : attention.memoryGradient();
        dSource = encoder.backward(de, decoder.startGradient());                  // from every step, and from the decoder's start
        dSource = source == null ? dSource : source.backward(needed(encoder, dSource));
        return !inputGradient() ? null : y == scores ? dTarget : Pairs.beside(dSource, dTarget, y.T);
    }

    @Override public EncoderDecoder inputGradient(boolean needed) {
        super.inputGradient(needed);
        (source == null ? encoder : source).inputGradient(needed);
        (target == null ? decoder : target).inputGradient(needed);
        return this;
    }

    /** ∂L/∂source after a backward pass, [T',B,D]. */
    public Sequence sourceGradient() {
        if (dSource == null) {
            throw new IllegalStateException("sourceGradient before any backward; call forward(source, targetInputs) and backward(dy) first");
        }
        return dSource;
    }

    /**
     * Writes without a teacher: begins with the symbol first; then the symbol with the largest score is the next step's input, until it
     * is the symbol end, or for so many steps. Gives what each of the B sequences wrote before its end. A forward pass of its own, in
     * evaluation or training as the network is; no backward pass belongs to it.
     */
    public int[][] generate(Sequence source, int first, int steps, int end) {
        Null.refuse(source, "generate: source", "a sequence [T',B,D]");
        Sizes.check("generate", "steps", steps);
        encode(source);
        List<Matrix> state = encoder.end();
        int[][] written = new int[source.B][0];
        int[] symbols = new int[source.B];
        Arrays.fill(symbols, first);
        for (int n = 0; n < steps; n++) {
            Matrix p = decode(state, Generator.inputs(symbols, Pairs.inputs(target, decoder))).at(0);
            state = decoder.end();
            for (int b = 0; b < source.B; b++) {
                symbols[b] = p.argMax(b);
                if (written[b].length == n && symbols[b] != end) {
                    written[b] = Arrays.copyOf(written[b], n + 1);
                    written[b][n] = symbols[b];
                }
            }
        }
        return written;
    }

    @Override void checkStepwise() {
        throw needsWholeSequences();
    }

    @Override public int inputs() {
        return Pairs.inputs(source, encoder) + Pairs.inputs(target, decoder) + 2;
    }

    @Override public int outputs() {
        return head.outputs();
    }

    /** One line a part. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder("EncoderDecoder, " + size() + " parameters");
        parts.forEach((part, layer) -> text.append("\n  ").append(part).append("  ").append(layer));
        return text.toString();
    }
}
