package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static unrolled.layers.RecurrentTest.gradient;
import static unrolled.layers.RecurrentTest.input;
import static unrolled.layers.RecurrentTest.near;
import static unrolled.layers.RecurrentTest.part;
import static unrolled.layers.RecurrentTest.random;
import static unrolled.layers.RecurrentTest.says;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.losses.SquaredError;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.GradientCheck;

/** Dropout of numbers and of a cell's state: right gradients under a mask, right means, and nothing at all in evaluation. */
class DropoutTest {
    private static final int T = 6, B = 3, D = 4, H = 5;

    /** A layer whose every forward pass draws the same masks. */
    private static final class SameDraws extends Layer {
        private final Layer layer;
        private final SplitMix random;

        SameDraws(Layer layer, SplitMix random) {
            this.layer = layer.training(true);
            this.random = random;
        }

        @Override public Sequence forward(Sequence x) {
            random.state(77);
            return layer.forward(x);
        }

        @Override public Sequence backward(Sequence dy) {
            return layer.backward(dy);
        }

        @Override public List<Param> params() {
            return layer.params();
        }

        @Override public java.util.Map<String, Param> named() {
            return layer.named();
        }

        @Override public int inputs() {
            return layer.inputs();
        }

        @Override public int outputs() {
            return layer.outputs();
        }
    }

    private static Stream<DynamicTest> forEachCell(java.util.function.BiConsumer<Recurrent, Recurrent> test) {
        return RecurrentTest.cells().entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () ->
                test.accept(c.getValue().get(), c.getValue().get())));
    }

    @Test void gradientsUnderAMask() {
        for (int[] lengths : new int[][] {null, {6, 2, 4}}) {
            for (boolean perSequence : new boolean[] {false, true}) {
                SplitMix random = new SplitMix(0);
                Layer dropout = perSequence ? Dropout.perSequence(0.4, random) : new Dropout(0.4, random);
                Layer net = Sequential.of(new Dense(D, H, random(1)), dropout, new Dense(H, 2, random(2)));
                Sequence d = new Sequence(T, B, 2).fill(0.3);
                GradientCheck check = GradientCheck.of(new SameDraws(net, random), SquaredError.half(), input(4).lengths(lengths), d, null);
                assertTrue(check.worst() <= 1e-6, check::toString);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfACellWithDroppedState() {
        return forEachCell((cell, twin) -> {
            for (int[] lengths : new int[][] {null, {6, 2, 4}}) {
                SplitMix random = new SplitMix(0);
                Layer net = Sequential.of(cell.dropState(0.4, random), new Dense(H, 2, random(3)));
                Sequence d = new Sequence(T, B, 2).fill(0.3);
                GradientCheck check = GradientCheck.of(new SameDraws(net, random), SquaredError.half(), input(4).lengths(lengths), d, null);
                assertTrue(check.worst() <= 1e-6, check::toString);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientOfTheInitialStateWithDroppedState() {
        return forEachCell((cell, twin) -> {
            SplitMix random = new SplitMix(0);
            Layer net = new SameDraws(cell.dropState(0.4, random), random);
            Sequence x = input(5), d = new Sequence(T, B, H).fill(0.2);
            SquaredError loss = SquaredError.half();
            net.forward(x);
            Matrix[] start = cell.end().stream().map(s -> new Matrix(s.rows(), s.cols())).toArray(Matrix[]::new);
            for (Matrix s : start) {
                Init.normal(0.5).fill(s, random(6));
            }
            for (int pass = 0; pass < 2; pass++) {
                cell.start(start);
                loss.forward(net.forward(x), d);
                cell.backward(loss.backward());
            }
            List<Matrix> gradients = cell.startGradient().stream().map(Matrix::copy).toList();
            for (int n = 0; n < start.length; n++) {
                for (int i = 0; i < B; i++) {
                    for (int j = 0; j < H; j++) {
                        double w = start[n].get(i, j), e = 1e-5;
                        start[n].set(i, j, w + e);
                        cell.start(start);
                        double above = loss.forward(net.forward(x), d);
                        start[n].set(i, j, w - e);
                        cell.start(start);
                        double below = loss.forward(net.forward(x), d);
                        start[n].set(i, j, w);
                        assertEquals((above - below) / (2 * e), gradients.get(n).get(i, j), 1e-9, "state " + n + " [" + i + "," + j + "]");
                    }
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> withOneMaskOneRunEqualsTwoAndTruncationEqualsBlocks() {
        return forEachCell((whole, parts) -> {
            SplitMix first = new SplitMix(0), second = new SplitMix(0);
            Layer one = new SameDraws(whole.dropState(0.4, first).truncate(2), first);
            Layer blocks = new SameDraws(parts.dropState(0.4, second).carry(true), second);
            Sequence x = input(10), dy = gradient(11);
            Sequence y = one.forward(x), dx = one.backward(dy);
            for (int block = 0; block < 3; block++) {
                near(part(y, block * 2, 2).all(), blocks.forward(part(x, block * 2, 2)).all(), "y of block " + block);
                near(part(dx, block * 2, 2).all(), blocks.backward(part(dy, block * 2, 2)).all(), "dx of block " + block);
            }
            for (Param p : whole.params()) {
                near(p.grad, parts.param(p.name).grad, "d" + p.name);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> paddedEqualsUnpaddedUnderAMask() {
        return forEachCell((padded, plain) -> {
            int n = 4;
            Layer long_ = new SameDraws(padded.dropState(0.4, new SplitMix(77)), new SplitMix(0));
            Layer short_ = new SameDraws(plain.dropState(0.4, new SplitMix(77)), new SplitMix(0));
            Sequence x = input(12).lengths(n, n, n), dy = gradient(13);
            x.at(n).fill(77);
            for (int t = n; t < T; t++) {
                dy.at(t).fill(0);
            }
            near(short_.forward(part(x, 0, n)).all(), part(long_.forward(x), 0, n).all(), "y");
            for (int s = 0; s < plain.end().size(); s++) {
                near(plain.end().get(s), padded.end().get(s), "end state " + s);
            }
            near(short_.backward(part(dy, 0, n)).all(), part(long_.backward(dy), 0, n).all(), "dx");
            for (Param p : plain.params()) {
                near(p.grad, padded.param(p.name).grad, "d" + p.name);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> evaluationAndProbabilityZeroAreTheCellItself() {
        return forEachCell((plain, cell) -> {
            Sequence x = input(14), dy = gradient(15), y = plain.forward(x).copy();
            Matrix dx = plain.backward(dy).all().copy();
            assertTrue(cell.dropState(0.4, new SplitMix(1)).training(true).forward(x).all().maxDifference(y.all()) > 1e-3, "training differs");
            cell.training(false);
            assertEquals(0, cell.forward(x).all().maxDifference(y.all()), "evaluation");
            near(dx, cell.backward(dy).all(), "evaluation, back");
            cell.dropState(0, new SplitMix(1)).training(true);
            assertEquals(0, cell.forward(x).all().maxDifference(y.all()), "p = 0");
            near(dx, cell.backward(dy).all(), "p = 0, back");
        });
    }

    /** As a gradient check needs it: the mask of the last pass again, and no draw. */
    @TestFactory
    Stream<DynamicTest> masksCanBeKept() {
        SplitMix r = new SplitMix(5);
        return Stream.of(new Dropout(0.5, r), Dropout.perSequence(0.5, r), new Elman(D, H, random(2)).dropState(0.5, r),
                new Lstm(D, H, random(2)).dropState(0.5, r), new Gru(D, H, random(2)).dropState(0.5, r)).map(layer -> DynamicTest.dynamicTest(layer.toString(), () -> {
                    Layer net = Sequential.of(layer);
                    Sequence x = numbers(B);
                    Matrix free = net.forward(x).all().copy();
                    net.keepDraws(true).training(true);
                    Matrix first = net.forward(x).all().copy();
                    assertTrue(first.maxDifference(free) > 0, "the mask of an evaluation is none to keep");
                    long state = r.state();
                    near(first, net.forward(x).all(), "kept");
                    assertEquals(state, r.state(), "no draw");
                    net.training(false);
                    near(free, net.forward(x).all(), "evaluation");
                    net.training(true);
                    Matrix second = net.forward(x).all().copy();
                    assertTrue(second.maxDifference(free) > 0);
                    net.keepDraws(false);
                    assertTrue(net.forward(x).all().maxDifference(second) > 0, "drawn anew");
                    net.keepDraws(true);
                    state = r.state();
                    net.forward(numbers(B + 1));
                    assertTrue(state != r.state(), "a batch of another size needs a mask of its own");
                }));
    }

    private static Sequence numbers(int B) {
        Sequence x = new Sequence(T, B, D);
        Init.normal(1).fill(x.all(), random(3));
        return x;
    }

    @Test void identityInEvaluationAndWithProbabilityZero() {
        Sequence x = input(16).lengths(6, 2, 4);
        for (Dropout layer : List.of(new Dropout(0.5, random(1)), Dropout.perSequence(0.5, random(1)))) {
            assertEquals(0, layer.forward(x).all().maxDifference(x.all()), layer.toString());
            assertEquals(0, layer.backward(x).all().maxDifference(x.all()), layer.toString());
            assertTrue(layer.training(true).forward(x).all().maxDifference(x.all()) > 0, "training differs");
            assertEquals(2, layer.forward(x).length(1));
        }
        assertEquals(0, new Dropout(0, random(1)).training(true).forward(x).all().maxDifference(x.all()));
    }

    @Test void aboutTheShareIsDroppedAndTheMeanStays() {
        int n = 40000;
        double p = 0.3;
        Matrix y = new Dropout(p, random(5)).training(true).forward(new Matrix(1, n).fill(1));
        int dropped = 0;
        for (int j = 0; j < n; j++) {
            assertTrue(y.get(0, j) == 0 || Math.abs(y.get(0, j) - 1 / (1 - p)) < 1e-15);
            dropped += y.get(0, j) == 0 ? 1 : 0;
        }
        assertEquals(p, dropped / (double) n, 4 * Math.sqrt(p * (1 - p) / n), "four standard deviations");
        assertEquals(1, y.sum() / n, 4 * Math.sqrt(p / (1 - p) / n), "four standard deviations");
    }

    @Test void oneMaskASequenceOrOneAStep() {
        Sequence ones = new Sequence(T, B, 50).fill(1);
        Sequence same = Dropout.perSequence(0.5, random(2)).training(true).forward(ones);
        Sequence fresh = new Dropout(0.5, random(2)).training(true).forward(ones);
        for (int t = 1; t < T; t++) {
            assertEquals(0, same.at(t).maxDifference(same.at(0)), "step " + t);
            assertTrue(fresh.at(t).maxDifference(fresh.at(0)) > 0, "step " + t);
        }
        assertTrue(same.at(0).row(0).maxDifference(same.at(0).row(1)) > 0, "each sequence has a mask of its own");
    }

    @Test void theStateOfTheGeneratorIsTheStateOfTheMasks() {
        SplitMix random = new SplitMix(3);
        Layer net = Sequential.of(new Dropout(0.5, random), new Lstm(D, H, random(1)).dropState(0.5, random)).training(true);
        Sequence x = input(17);
        net.forward(x);
        long state = random.state();
        Matrix y = net.forward(x).all().copy();
        random.state(state);
        assertEquals(0, net.forward(x).all().maxDifference(y), "the same masks again");
        assertTrue(net.forward(x).all().maxDifference(y) > 0, "and others in the next pass");
        long before = random.state();
        net.training(false).forward(x);
        new Dropout(0, random).training(true).forward(x);
        assertEquals(before, random.state(), "no draws in evaluation, nor where nothing is dropped");
    }

    @Test void argumentsStayAsTheyWereAndAreNotKept() {
        Layer layer = new Dropout(0.5, random(1)).training(true);
        Sequence x = input(18), original = x.copy(), dy = new Sequence(T, B, D).fill(1);
        Matrix y = layer.forward(x).all().copy();
        near(original.all(), x.all(), "x");
        x.fill(Double.NaN);
        near(y, layer.backward(dy).all().times(original.all()), "y = x dx for dy = 1");
        near(new Matrix(T * B, D).fill(1), dy.all(), "dy");
    }

    @Test void misuseGetsASentence() {
        Recurrent changed = new Elman(D, H, random(1));
        changed.forward(input(1));
        says(() -> changed.dropState(0.5, random(1)).end(), "before any forward");
        says(() -> changed.backward(new Sequence(T, B, H)), "before any forward");
        for (double p : new double[] {-0.1, 1, Double.NaN}) {
            says(() -> new Dropout(p, random(1)), "p = " + p, "from 0 to below 1");
            says(() -> new Lstm(D, H, random(1)).dropState(p, random(1)), "dropState", "p = " + p);
        }
        says(() -> new Dropout(0.5, null), "Dropout", "generator");
        says(() -> Dropout.perSequence(0.5, null), "Dropout", "generator");
        says(() -> new Lstm(D, H, random(1)).dropState(0.5, null), "dropState", "generator");
        assertEquals("Dropout(0.0)", new Dropout(0, null).toString(), "nothing to draw");
        says(() -> new Dropout(0.5, random(1)).backward(input(1)), "before any forward");
        Recurrent lstm = new Lstm(D, H, random(1));
        lstm.forward(input(1));
        says(() -> lstm.dropState(0.5, random(1)).backward(gradient(1)), "before any forward");
        says(() -> new Forgetful().dropState(0.5, random(1)).forward(input(1)), "does not read its state by read(h, dh)");
    }

    /** A cell that knows nothing of dropped states. */
    private static final class Forgetful extends Recurrent {
        Forgetful() {
            super(D, H);
        }

        @Override protected void allocate() {
            state("h", out, dOut);
        }

        @Override protected void before() { }

        @Override protected void step(int t) { }

        @Override protected void beforeBack() { }

        @Override protected void stepBack(int t) { }

        @Override protected void afterBack() { }
    }
}
