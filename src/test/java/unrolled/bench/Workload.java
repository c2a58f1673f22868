package unrolled.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Precision;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;

/**
 * One training problem: a recurrent layer and a dense head with cross entropy at every step, D inputs and as many classes. Inputs are
 * normal, classes uniform: what is learned does not matter here, only how long it takes. The peers' scripts do the same.
 */
final class Workload {
    private final Layer net;
    private final List<Param> params;
    private final CrossEntropy loss = new CrossEntropy();
    private final Adam adam;
    private final Sequence x, d;

    Workload(String cell, int B, int T, int D, int H) {
        RandomGenerator random = new SplittableRandom(1);
        net = Sequential.of(cell(cell, D, H, random), new Dense(H, D, random));
        net.training(true).inputGradient(false);   // as in training: nobody reads the gradient of x, and PyTorch leaves it out, too
        params = net.params();
        adam = new Adam(params, 0.001);
        x = new Sequence(T, B, D);
        d = new Sequence(T, B, 1);
        for (int r = 0; r < T * B; r++) {
            for (int j = 0; j < D; j++) {
                x.all().set(r, j, random.nextGaussian());
            }
            d.all().set(r, 0, random.nextInt(D));
        }
    }

    /** Chooses the precision as the peers' scripts name it. */
    static void precision(String dtype) {
        switch (dtype) {
            case "f64" -> Precision.DOUBLE.use();
            case "f32" -> Precision.SINGLE.use();
            default -> throw new IllegalArgumentException("the precision is '" + dtype + "'; expected f64 or f32");
        }
    }

    static Layer cell(String name, int D, int H, RandomGenerator random) {
        return switch (name) {
            case "rnn" -> new Elman(D, H, random);
            case "lstm" -> new Lstm(D, H, random);
            case "gru" -> new Gru(D, H, random);
            default -> throw new IllegalArgumentException("the cell is '" + name + "'; expected rnn, lstm or gru");
        };
    }

    /** Forward, backward, clip by norm 5, Adam; the loss before the step. */
    double step() {
        double L = loss.forward(net.forward(x), d);
        net.zeroGrad();
        net.backward(loss.backward());
        Clip.norm(params, 5);
        adam.step();
        return L;
    }
}
