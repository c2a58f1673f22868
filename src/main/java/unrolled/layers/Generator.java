package unrolled.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;

/**
 * Lets a network go on by itself, one symbol after another: p = softmax(y / temperature), a symbol drawn from p, and that symbol is the
 * next input. A low temperature prefers what is likely, 0 takes the largest score always, 1 draws as the network believes.
 *
 * <p>The network: an {@link Embedding} or one-hot inputs [1,1,V], then recurrent cells, at last scores [1,1,V]. It must be able to
 * run one step at a time: only recurrent cells may look at other steps. The generator keeps the states of its own sequence apart:
 * what the network carries between its own batches, and whether it is training, is afterwards as before. (A backward pass needs a forward
 * pass of its own again.) Without dropout, as in evaluation.
 *
 * <p>Errors: {@link IllegalArgumentException} for a symbol that does not exist or a temperature below 0;
 * {@link IllegalStateException} for a network that needs whole sequences, or that gives NaN.
 */
public final class Generator {
    private final Layer net;
    private final RandomGenerator random;
    private final List<List<Matrix>> states = new ArrayList<>();      // of each cell; empty: zeros
    private double temperature = 1;
    private Matrix p;

    /** Temperature 1; every draw comes from random. */
    public Generator(Layer net, RandomGenerator random) {
        Null.refuse(net, "Generator: net", "a network of one step");
        Null.refuse(random, "Generator: random", "a generator, such as new SplitMix(1)");
        if (net.inputs() == 0 || (net.inputs() > 1 && net.outputs() != net.inputs())) {
            throw new IllegalArgumentException("Generator: the network takes " + net.inputs() + " and gives " + net.outputs()
                    + " numbers per step; expected a symbol number or V one-hot numbers in, and V scores out");
        }
        net.checkStepwise();
        this.net = net;
        this.random = random;
        reset();
    }

    /** 0 or more. */
    public Generator temperature(double temperature) {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature: " + temperature + "; expected 0 or more, such as 0.8");
        }
        this.temperature = temperature;
        return this;
    }

    /** A new sequence begins: all states are zero. */
    public Generator reset() {
        states.clear();
        net.recurrent().forEach(cell -> states.add(List.of()));
        p = null;
        return this;
    }

    /** A new sequence: reads the prompt, at least one symbol, then draws so many symbols; gives those that were drawn. */
    public int[] generate(int[] prompt, int steps) {
        if (Null.refuse(prompt, "generate: prompt", "symbol numbers to begin with").length == 0 || steps < 0) {
            throw new IllegalArgumentException("generate: " + prompt.length + " symbols to begin with and " + steps
                    + " to draw; expected at least one to begin with");
        }
        reset();
        for (int symbol : prompt) {
            read(symbol);
        }
        int[] drawn = new int[steps];
        for (int n = 0; n < steps; n++) {
            drawn[n] = draw();
            if (n < steps - 1) {
                read(drawn[n]);
            }
        }
        return drawn;
    }

    /** One step with this symbol as the input: the probabilities of the next one, [1,V], at this temperature. */
    public Matrix read(int symbol) {
        List<Recurrent> cells = net.recurrent();
        List<List<Matrix>> before = cells.stream().map(Recurrent::carried).toList();
        boolean training = net.training();
        net.training(false);
        try {
            start(cells, states);
            Matrix y = net.forward(inputs(new int[] {symbol}, net.inputs())).at(0);
            p = probabilities(y, temperature);
            for (int n = 0; n < cells.size(); n++) {
                states.set(n, cells.get(n).end().stream().map(Matrix::copy).toList());
            }
        } finally {
            start(cells, before);
            net.training(training);
        }
        return p.copy();
    }

    private static void start(List<Recurrent> cells, List<List<Matrix>> states) {
        for (int n = 0; n < cells.size(); n++) {
            cells.get(n).start(states.get(n).toArray(new Matrix[0]));
        }
    }

    /** A symbol drawn from the probabilities after the last {@link #read}. */
    public int draw() {
        if (p == null) {
            throw new IllegalStateException("draw before any symbol was read; call read(symbol) or generate(prompt, steps) first");
        }
        double u = random.nextDouble(), sum = 0;
        int last = p.argMax(0);
        for (int k = 0; k < p.cols(); k++) {
            sum += p.get(0, k);
            if (u < sum) {
                return k;                                             // the first k with u < Σ_{j ≤ k} p_j
            }
        }
        return last;                                                  // the sum missed 1 by rounding
    }

    /** p = softmax(y / temperature); all on the largest score where the temperature is 0. */
    private static Matrix probabilities(Matrix y, double temperature) {
        if (!Double.isFinite(y.maxAbs())) {
            throw new IllegalStateException("the network gives scores that are NaN or infinite; did its training end well?");
        }
        Matrix p = new Matrix(1, y.cols());
        int best = y.argMax(0);
        if (temperature == 0) {
            return p.set(0, best, 1);
        }
        for (int k = 0; k < y.cols(); k++) {
            p.set(0, k, (y.get(0, k) - y.get(0, best)) / temperature);
        }
        return p.softmax(p);
    }

    /** One step [1,B,·] of symbols: their numbers if the width is 1, else one-hot rows. */
    static Sequence inputs(int[] symbols, int width) {
        Sequence x = new Sequence(1, symbols.length, width);
        for (int b = 0; b < symbols.length; b++) {
            if (symbols[b] < 0 || (width > 1 && symbols[b] >= width)) {
                throw new IllegalArgumentException("symbol " + symbols[b] + " does not exist; expected 0 to "
                        + (width > 1 ? width - 1 : "V - 1"));
            }
            x.at(0).set(b, width > 1 ? symbols[b] : 0, width > 1 ? 1 : symbols[b]);
        }
        return x;
    }
}
