package unrolled.course.lesson05;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import unrolled.data.Digits;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Init;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.optim.Sgd;
import unrolled.train.Accuracy;
import unrolled.train.Batch;
import unrolled.train.Batches;
import unrolled.train.Trainer;

/** Towers of dense layers, as the experiments of lesson 05 build them: D inputs, some hidden layers of H units each, K outputs. */
public final class Towers {
    private static final int TRAINING = 1000, CHOOSING = 1400;

    private Towers() { }

    /**
     * Dense(D,H) Φ, then (depth - 1) times Dense(H,H) Φ, then Dense(H,K) without an activation; zero biases.
     *
     * @param start how the first matrix starts; the others start as {@link Init#xavier()}
     * @throws IllegalArgumentException if a size or the depth is not positive
     */
    public static Sequential of(int D, int H, int K, int depth, Supplier<Layer> phi, Init start, long seed) {
        if (depth < 1) {
            throw new IllegalArgumentException("A tower needs at least one hidden layer; depth is " + depth + ".");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Layer> parts = new ArrayList<>(List.of(new Dense(D, H, start, random), phi.get()));
        for (int l = 1; l < depth; l++) {
            parts.addAll(List.of(new Dense(H, H, random), phi.get()));
        }
        parts.add(new Dense(H, K, random));
        return Sequential.of(parts.toArray(new Layer[0]));
    }

    /** The usual start, with every weight times {@code gain}. */
    public static Sequential of(int D, int H, int K, int depth, Supplier<Layer> phi, double gain, long seed) {
        Sequential net = of(D, H, K, depth, phi, Init.xavier(), seed);
        for (Param p : net.params()) {
            p.value.scale(gain);
        }
        return net;
    }

    /** How many units of the net's first layer have a sum of 0 or less for every row of x [B,D]. */
    public static int dead(Sequential net, Matrix x) {
        Matrix a = net.layer(0).forward(x);
        return (int) IntStream.range(0, a.cols()).filter(j -> IntStream.range(0, a.rows()).allMatch(i -> a.get(i, j) <= 0)).count();
    }

    /** The size ‖dx‖ / ‖dy‖ of what arrives at the inputs when noise dy is sent back from the outputs; 100 inputs of noise. */
    public static double arrives(Sequential net, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(100, net.inputs()), dy = new Matrix(100, net.outputs());
        Init.normal(1).fill(x, random);
        Init.normal(1).fill(dy, random);
        net.forward(x);
        return net.backward(Sequence.of(dy)).all().norm() / dy.norm();
    }

    /**
     * A tower of 16 tanh units learns the digits 0 to 9 from the first 1,000 images in 20 epochs of plain descent. Under
     * {@link CrossEntropy} its outputs are scores of a softmax, under any other loss ten sigmoids with targets 0 and 1.
     *
     * @return the share that is right, of the next 400 images (for choosing) and of the last 397 (for judging)
     */
    public static double[] digits(Loss loss, double rate, long seed) {
        Digits digits = Digits.load();
        Matrix x = digits.x(), classes = digits.classes();
        Matrix oneHot = new Matrix(x.rows(), 10);
        for (int i = 0; i < x.rows(); i++) {
            oneHot.set(i, (int) classes.get(i, 0), 1);
        }
        Sequential body = of(x.cols(), 16, 10, 1, Activation::tanh, Init.xavier(), seed);
        // the cross entropies have softmax and sigmoid inside
        Sequential net = loss instanceof SquaredError ? Sequential.of(body, Activation.sigmoid()) : body;
        Matrix targets = (loss instanceof CrossEntropy ? classes : oneHot).rows(0, TRAINING);
        Batches batches = new Batches(Batch.of(x.rows(0, TRAINING), targets), 32, new SplittableRandom(seed));
        new Trainer(net, loss, new Sgd(net.params(), rate)).epochs(20).fit(batches);
        Matrix y = net.forward(x);
        return new double[] {Accuracy.of(y.rows(TRAINING, CHOOSING), classes.rows(TRAINING, CHOOSING)),
            Accuracy.of(y.rows(CHOOSING, x.rows()), classes.rows(CHOOSING, x.rows()))};
    }
}
