package unrolled;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Init;
import unrolled.layers.Layer;
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
        Sequence x = new Sequence(T, B, D), d = target(loss, random);
        Init.normal(1).fill(x.all(), random);
        Sequence mask = masked ? new Sequence(T, B, 1) : null;
        if (masked) {
            mask.at(0).fill(1);
            mask.at(2).set(1, 0, 1);
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
                () -> Sequential.of(withHidden(Activation.tanh()), Activation.tanh(), new Dense(K, K, new SplittableRandom(4))));
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

    private static Sequence target(Loss loss, SplittableRandom random) {
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
