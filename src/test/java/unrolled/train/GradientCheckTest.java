package unrolled.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import unrolled.layers.Activation;
import unrolled.layers.Attention;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Param;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** A gradient check calls no right gradient wrong: it checks what can be checked, and says what cannot, and why. */
class GradientCheckTest {
    private static final int T = 4, B = 3, D = 2, H = 3, K = 2;

    private static SplittableRandom random() {
        return new SplittableRandom(11);
    }

    private static Sequence normal(int T, int B, int F, long seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), new SplittableRandom(seed));
        return s;
    }

    private static Sequence symbols(int T, int B, int V) {
        Sequence s = new Sequence(T, B, 1);
        SplittableRandom random = new SplittableRandom(4);
        for (int r = 0; r < T * B; r++) {
            s.all().set(r, 0, random.nextInt(V));
        }
        return s;
    }

    private static GradientCheck check(Layer net) {
        return GradientCheck.of(net, SquaredError.half(), normal(T, B, net.inputs(), 1), normal(T, B, net.outputs(), 2), null);
    }

    private static GradientCheck passes(Layer net) {
        GradientCheck check = check(net);
        assertTrue(check.passed(), check::toString);
        assertEquals(net.size() + T * B * net.inputs(), check.rows().size(), check::notChecked);
        assertEquals("", check.notChecked());
        return check;
    }

    private static void refused(Runnable check, String... words) {
        String message = assertThrows(IllegalArgumentException.class, check::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test void dropoutsKeepTheirMaskWhileTheyAreChecked() {
        SplittableRandom r = random();
        List<Layer> nets = List.of(
                Sequential.of(new Dense(D, H, r), new Dropout(0.5, r), new Dense(H, K, r)),
                Sequential.of(new Elman(D, H, r), Dropout.perSequence(0.5, r), new Dense(H, K, r)),
                Sequential.of(new Gru(D, H, r).dropState(0.4, r), new Dense(H, K, r)),
                Sequential.of(new Lstm(D, H, r).dropState(0.4, r), new Dropout(0.3, r), new Dense(H, K, r)),
                Bidirectional.of(new Gru(D, H, r).dropState(0.4, r), new Elman(D, H, r).dropState(0.2, r)));
        for (Layer net : nets) {
            net.training(true);
            passes(net);
            assertTrue(net.training() && !net.keepsDraws(), "the network is left as it was");
            Matrix one = net.forward(normal(T, B, D, 1)).all().copy();
            assertTrue(one.maxDifference(net.forward(normal(T, B, D, 1)).all()) > 0, "masks are drawn anew again");
        }
    }

    @Test void aWrongGradientBehindADropoutIsStillWrong() {
        SplittableRandom r = random();
        Layer net = Sequential.of(new Dense(D, H, r), new Dropout(0.5, r), new Twisted(H));
        net.training(true);
        assertFalse(check(net).passed());
        assertFalse(check(Sequential.of(new Elman(D, H, r).carry(true), new Twisted(H))).passed());
    }

    /** y = w ∘ x with a gradient of w that is 0.1 % too large. */
    private static final class Twisted extends Layer {
        private final Param w;
        private Sequence x, y, dx;

        Twisted(int F) {
            w = new Param("w", 1, F);
            w.value.fill(0.7);
        }

        @Override public Sequence forward(Sequence input) {
            x = input.copy();
            y = new Sequence(x.T, x.B, x.F);
            dx = new Sequence(x.T, x.B, x.F);
            for (int i = 0; i < x.T * x.B; i++) {
                y.all().rows(i, i + 1).times(x.all().rows(i, i + 1), w.value);
            }
            return y;
        }

        @Override public Sequence backward(Sequence dy) {
            for (int i = 0; i < x.T * x.B; i++) {
                w.grad.add(new Matrix(1, x.F).times(x.all().rows(i, i + 1), dy.all().rows(i, i + 1)).scale(1.001));
                dx.all().rows(i, i + 1).times(dy.all().rows(i, i + 1), w.value);
            }
            return dx;
        }

        @Override public List<Param> params() {
            return List.of(w);
        }

        @Override public int inputs() {
            return w.value.cols();
        }

        @Override public int outputs() {
            return w.value.cols();
        }
    }

    @Test void carriedStatesBeginEachPassAsTheFirst() {
        SplittableRandom r = random();
        for (Recurrent cell : List.of(new Elman(D, H, r), new Gru(D, H, r), new Lstm(D, H, r))) {
            cell.carry(true);
            cell.forward(normal(T, B, D, 3));
            List<Matrix> before = cell.carried();
            passes(Sequential.of(cell, new Dense(H, K, r)));
            for (int i = 0; i < before.size(); i++) {
                assertEquals(0, before.get(i).maxDifference(cell.carried().get(i)), "the state is where it was");
            }
            cell.reset();
            passes(cell);
            assertEquals(List.of(), cell.carried());
        }
    }

    @Test void anEmbeddingIsCheckedWithoutItsSymbols() {
        SplittableRandom r = random();
        Layer net = Sequential.of(Sequential.of(new Embedding(5, D, r)), new Gru(D, H, r).carry(true), new Dense(H, 5, r));
        GradientCheck check = GradientCheck.of(net, new CrossEntropy(), symbols(T, B, 5), symbols(T, B, 5), null);
        assertTrue(check.passed(), check::toString);
        assertEquals(net.size(), check.rows().size());
        assertEquals("not checked: dx: inputs that the network refuses when they are moved by a little, as it does symbol numbers (12 numbers)",
                check.notChecked());
        assertTrue(check.toString().contains("Every gradient that was checked is right"), check::toString);
    }

    @Test void anEncoderDecoderWithEmbeddingsAttentionAndDropoutIsChecked() {
        SplittableRandom r = random();
        EncoderDecoder net = new EncoderDecoder(new Gru(D, H, r).dropState(0.3, r), new Gru(D, H, r), new Dense(2 * H, 4, r))
                .embed(new Embedding(4, D, r), Sequential.of(new Embedding(4, D, r), new Dropout(0.4, r))).attend(Attention.dot(H));
        net.training(true);
        Sequence x = EncoderDecoder.join(symbols(T, B, 4), symbols(3, B, 4)), d = EncoderDecoder.fill(symbols(3, B, 4), x);
        GradientCheck check = GradientCheck.of(net, new CrossEntropy(), x, d, null);
        assertTrue(check.passed(), check::toString);
        assertTrue(check.rows().stream().filter(row -> !row.name().equals("x")).count() == net.size(), check::toString);
    }

    @Test void inputsThatBackwardLeavesOutAreTold() {
        SplittableRandom r = random();
        Layer net = Sequential.of(new Elman(D, H, r), new Dense(H, K, r)).inputGradient(false);
        GradientCheck check = check(net);
        assertTrue(check.passed(), check::toString);
        assertEquals(net.size(), check.rows().size());
        assertEquals("not checked: dx: backward leaves ∂L/∂x out, as inputGradient(false) asks (24 numbers)", check.notChecked());
        Layer nothing = new Layer() {
            @Override public Sequence forward(Sequence x) {
                return x.copy();
            }

            @Override public Sequence backward(Sequence dy) {
                return null;
            }

            @Override public int inputs() {
                return K;
            }

            @Override public int outputs() {
                return K;
            }
        };
        refused(() -> check(nothing), "nothing to check", "no parameters");
    }

    @Test void aLayerWithoutParametersIsCheckedByItsInputs() {
        GradientCheck check = GradientCheck.of(Activation.tanh(), SquaredError.half(), normal(1, B, K, 1), normal(1, B, K, 2), null);
        assertTrue(check.passed() && check.rows().size() == B * K, check::toString);
    }

    @Test void truncatedGradientsAreRefused() {
        Recurrent cell = new Elman(D, H, random()).truncate(2);
        refused(() -> check(cell), "Elman", "every 2 steps", "on purpose");
        passes(new Elman(D, H, random()).truncate(T));
    }

    @Test void aLossThatIsNoNumberIsRefusedWithItsPlace() {
        Dense net = new Dense(D, K, random());
        net.param("b").value.set(0, 1, Double.NaN);
        refused(() -> check(net), "the loss is NaN", "the parameters b");
        Sequence x = normal(T, B, D, 1);
        x.at(1).set(0, 0, Double.POSITIVE_INFINITY);
        refused(() -> GradientCheck.of(new Dense(D, K, random()), SquaredError.half(), x, normal(T, B, K, 2), null), "the inputs");
        Dense huge = new Dense(D, K, random());
        huge.param("W").value.fill(1e200);
        refused(() -> check(huge), "something overflows");
    }

    @Test void aLayerThatDrawsInAWayOfItsOwnIsRefused() {
        SplittableRandom r = random();
        Layer noisy = new Through() {
            private Sequence y;

            @Override public Sequence forward(Sequence x) {
                y = x.copy();
                y.all().set(0, 0, r.nextDouble());
                return y;
            }
        };
        refused(() -> check(Sequential.of(new Dense(D, K, random()), noisy)), "two equal passes", "draws at random");
    }

    @Test void cornersAreToldAndPlacesBesideThemChecked() {
        Dense first = new Dense(1, 2, random()), last = new Dense(2, 1, random());
        first.param("W").value.set(Matrix.of(new double[][] {{1, -0.6}}));
        Layer net = Sequential.of(first, Activation.relu(), last);
        Sequence x = new Sequence(1, 3, 1), d = normal(1, 3, 1, 3);
        x.at(0).set(Matrix.columnOf(0, 0.5, -0.7));                              // z = 0 at the first: both units stand on their corner
        GradientCheck check = GradientCheck.of(net, SquaredError.half(), x, d, null);
        assertTrue(check.passed(), check::toString);
        assertTrue(check.notChecked().contains("d0.b: corners") && check.notChecked().contains("dx: corners"), check::notChecked);
        assertTrue(check.rows().stream().anyMatch(row -> row.name().equals("0.W")), check::toString);
        x.at(0).set(0, 0, 3e-6);                                                 // beside the corner, nearer than 1e-5
        GradientCheck beside = GradientCheck.of(net, SquaredError.half(), x, d, null);
        assertTrue(beside.passed(), beside::toString);
        assertEquals("", beside.notChecked());
    }

    @Test void hugeAndTinyWeightsAreMovedByTheirOwnMeasure() {
        for (double scale : new double[] {1e-12, 1e-6, 1e6, 1e12}) {
            Dense net = new Dense(D, K, random());
            net.param("W").value.scale(scale);
            Sequence x = normal(T, B, D, 1), d = normal(T, B, K, 2);
            x.all().scale(1 / scale);
            GradientCheck check = GradientCheck.of(Sequential.of(net, Activation.tanh()), SquaredError.half(), x, d, null);
            assertTrue(check.passed(), () -> scale + "\n" + check);
        }
    }

    @Test void slopesLostInTheRoundingOfTheLossAreTold() {
        Dense net = new Dense(D, 2, random());
        net.param("W").value.cols(1, 2).scale(1e-9);
        Sequence d = normal(T, B, 2, 2);
        d.all().cols(0, 1).scale(1e9);                                           // L is about 1e18, its last digit 128
        GradientCheck check = GradientCheck.of(net, SquaredError.half(), normal(T, B, D, 1), d, null);
        assertTrue(check.passed(), check::toString);
        GradientCheck lost = GradientCheck.of(Sequential.of(new Dense(D, 2, random()), Activation.tanh()), SquaredError.half(),
                normal(T, B, D, 1), huge(), null);
        assertTrue(lost.passed(), lost::toString);
    }

    private static Sequence huge() {
        Sequence d = normal(T, B, 2, 2);
        d.all().scale(1e6);
        return d;
    }

    @Test void valuesStayEvenWhenAPassFails() {
        Dense net = new Dense(D, K, random());
        Matrix before = net.param("W").value.copy();
        int[] calls = {0};
        Layer fails = Sequential.of(net, new Through() {
            @Override public Sequence forward(Sequence x) {
                if (++calls[0] > 6) {
                    throw new IllegalStateException("no more");
                }
                return x.copy();
            }
        });
        assertThrows(IllegalStateException.class, () -> check(fails));
        assertEquals(0, before.maxDifference(net.param("W").value));
    }

    @Test void maskedAndPaddedStepsAreCheckedAsTheyCount() {
        SplittableRandom r = random();
        Sequence x = normal(T, B, D, 1).lengths(4, 1, 3), mask = new Sequence(T, B, 1);
        mask.at(0).fill(1);
        mask.at(3).fill(1);
        for (Loss loss : List.of(SquaredError.half(), SquaredError.mean())) {
            Layer net = Sequential.of(new Lstm(D, H, r).carry(true), new Dropout(0.5, r), new Dense(H, K, r)).training(true);
            GradientCheck check = GradientCheck.of(net, loss, x, normal(T, B, K, 2), mask);
            assertTrue(check.passed(), check::toString);
        }
    }
}
