package unrolled;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.LastStep;
import unrolled.layers.Layer;
import unrolled.layers.LearnedStart;
import unrolled.layers.Lstm;
import unrolled.layers.MaxOverTime;
import unrolled.layers.MeanOverTime;
import unrolled.layers.Sequential;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.train.GradientCheck;

/** Every layer with every loss: each parameter and each input against central differences, on the second pass. */
class GradientTest {
    private static final int T = 3, B = 4, D = 5, K = 3;

    @TestFactory
    Stream<DynamicTest> everyLayerWithEveryLoss() {
        return networks().stream().flatMap(net -> losses().stream().flatMap(loss -> Stream.of(false, true).map(masked ->
                DynamicTest.dynamicTest(net.get() + " / " + loss + (masked ? " / masked" : ""), () -> check(net.get(), loss, masked)))));
    }

    private static void check(Layer net, Loss loss, boolean masked) {
        SplittableRandom random = new SplittableRandom(7);
        Sequence x = new Sequence(T, B, D).lengths(3, 2, 3, 3);
        Init.normal(1).fill(x.all(), random);
        int steps = net.forward(x).T;                                // one where a layer makes one of all
        Sequence d = target(loss, random, steps), mask = masked ? new Sequence(steps, B, 1) : null;
        if (masked) {
            mask.at(0).fill(1);
            mask.at(0).set(2, 0, 0);
            mask.at(steps - 1).set(0, 0, 1);
        }
        GradientCheck check = GradientCheck.of(net, loss, x, d, mask);
        assertTrue(check.rows().size() >= net.size() + T * B * D, "every parameter and input is checked");
        assertTrue(check.worst() <= 1e-6, check::toString);
    }

    private static List<Supplier<Layer>> networks() {
        return List.of(
                () -> new Dense(D, K, new SplittableRandom(1)),
                () -> new Dense(matrix(2), null),
                () -> withHidden(Activation.tanh()), () -> withHidden(Activation.sigmoid()), () -> withHidden(Activation.relu()),
                () -> overTime(new LastStep(), D), () -> overTime(LastStep.bothEnds(2), D), () -> overTime(LastStep.ofBackwards(), D),
                () -> overTime(new MeanOverTime(), D), () -> overTime(new MaxOverTime(), D),
                () -> overTime(Backwards.of(new Gru(D, 3, Init.normal(1), Init.normal(1), new SplittableRandom(6))), 3),
                () -> overTime(started(LearnedStart.of(new Lstm(D, 3, Init.normal(1), Init.normal(1), new SplittableRandom(6)))), 3),
                () -> overTime(Bidirectional.of(Elman.relu(D, 3, new SplittableRandom(6)), new Gru(D, 2, Init.normal(1), Init.normal(1), new SplittableRandom(7))), 5),
                () -> Sequential.of(withHidden(Activation.tanh()), Activation.tanh(), new Dense(K, K, new SplittableRandom(4))));
    }

    /** From states other than zero, which would leave little gradient to the first step. */
    private static Layer started(LearnedStart layer) {
        Init.normal(1).fill(layer.param("start.h").value, new SplittableRandom(8));
        Init.normal(1).fill(layer.param("start.c").value, new SplittableRandom(9));
        return layer;
    }

    private static Layer overTime(Layer layer, int outputs) {
        return Sequential.of(layer, new Dense(outputs, K, Init.normal(1), new SplittableRandom(5)));
    }

    private static Layer withHidden(Layer activation) {
        SplittableRandom random = new SplittableRandom(3);
        return Sequential.of(new Dense(D, 6, random), activation, new Dense(6, K, Init.normal(1), random));
    }

    private static Matrix matrix(long seed) {
        Matrix W = new Matrix(D, K);
        Init.normal(1).fill(W, new SplittableRandom(seed));
        return W;
    }

    private static List<Loss> losses() {
        return List.of(SquaredError.half(), SquaredError.mean(), new CrossEntropy(), new BinaryCrossEntropy());
    }

    private static Sequence target(Loss loss, SplittableRandom random, int T) {
        if (loss instanceof CrossEntropy) {
            Sequence d = new Sequence(T, B, 1);
            for (int r = 0; r < T * B; r++) {
                d.all().set(r, 0, random.nextInt(K));
            }
            return d;
        }
        Sequence d = new Sequence(T, B, K);
        for (int r = 0; r < T * B; r++) {
            for (int k = 0; k < K; k++) {
                d.all().set(r, k, loss instanceof BinaryCrossEntropy ? random.nextInt(2) : random.nextDouble());
            }
        }
        return d;
    }
}
