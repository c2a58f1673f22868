package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static unrolled.layers.RecurrentTest.near;
import static unrolled.layers.RecurrentTest.random;
import static unrolled.layers.RecurrentTest.says;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/** A network that goes on by itself: step by step as in one pass, drawn as it believes, and left as it was. */
class GeneratorTest {
    private static final int V = 5, H = 6;
    private static final int[] PROMPT = {3, 0, 4, 4, 1};

    private static Stream<DynamicTest> forEachNet(java.util.function.Consumer<Supplier<Sequential>> test) {
        List<Supplier<Sequential>> nets = List.of(
                () -> Sequential.of(new Embedding(V, 3, random(1)), new Lstm(3, H, random(2)), new Dense(H, V, Init.normal(1), random(3))),
                () -> Sequential.of(new Gru(V, H, random(1)), Sequential.of(new Dropout(0.5, random(4)), new Elman(H, H, random(2)).dropState(0.3, random(5))),
                        new Dense(H, V, Init.normal(1), random(3))),
                () -> Sequential.of(new Jordan(V, H, V, random(1)), new Dense(V, V, Init.normal(2), random(2))));
        return nets.stream().map(net -> DynamicTest.dynamicTest(net.get().toString(), () -> test.accept(net)));
    }

    private static Sequence prompt(Layer net, int[] symbols) {
        Sequence x = new Sequence(symbols.length, 1, net.inputs());
        for (int t = 0; t < symbols.length; t++) {
            x.at(t).set(Generator.inputs(new int[] {symbols[t]}, net.inputs()).at(0));
        }
        return x;
    }

    @TestFactory
    Stream<DynamicTest> stepByStepEqualsOnePass() {
        return forEachNet(make -> {
            for (double temperature : new double[] {1, 0.7}) {
                Sequential net = make.get();
                Sequence y = make.get().forward(prompt(net, PROMPT));
                Generator generator = new Generator(net, random(9)).temperature(temperature);
                for (int t = 0; t < PROMPT.length; t++) {
                    Matrix p = new Matrix(1, V).set(y.at(t)).scale(1 / temperature);
                    near(p.softmax(p), generator.read(PROMPT[t]), "probabilities after step " + t);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> withoutTemperatureEverySymbolIsTheLargestScoreOfOnePass() {
        return forEachNet(make -> {
            int[] drawn = new Generator(make.get(), random(9)).temperature(0).generate(PROMPT, 6);
            int[] all = java.util.Arrays.copyOf(PROMPT, PROMPT.length + 6);
            System.arraycopy(drawn, 0, all, PROMPT.length, 6);
            Sequential net = make.get();
            Sequence y = net.forward(prompt(net, all));
            for (int n = 0; n < 6; n++) {
                assertEquals(y.at(PROMPT.length - 1 + n).argMax(0), drawn[n], "symbol " + n);
            }
            assertArrayEquals(drawn, new Generator(net, random(10)).temperature(Double.MIN_VALUE).generate(PROMPT, 6), "almost without temperature");
        });
    }

    @TestFactory
    Stream<DynamicTest> theNetworkIsLeftAsItWas() {
        return forEachNet(make -> {
            Sequential net = make.get(), twin = make.get();
            for (Sequential s : List.of(net, twin)) {
                s.recurrent().forEach(cell -> cell.carry(true));
                s.forward(prompt(s, new int[] {1, 2, 3}));
            }
            net.training(true);
            int[] drawn = new Generator(net, random(9)).generate(PROMPT, 20);
            assertTrue(net.training(), "still training");
            net.training(false);
            near(twin.forward(prompt(twin, new int[] {4, 0})).all(), net.forward(prompt(net, new int[] {4, 0})).all(), "carried state");
            near(twin.forward(prompt(twin, new int[] {2})).all(), net.forward(prompt(net, new int[] {2})).all(), "and carried on");
            assertArrayEquals(drawn, new Generator(make.get(), random(9)).generate(PROMPT, 20), "its own carried state is not read either");
        });
    }

    @TestFactory
    Stream<DynamicTest> alsoWhenAReadFails() {
        return forEachNet(make -> {
            Sequential net = make.get(), twin = make.get();
            for (Sequential s : List.of(net, twin)) {
                s.recurrent().forEach(cell -> cell.carry(true));
                s.forward(prompt(s, new int[] {1, 2, 3}));
            }
            net.training(true);
            Generator generator = new Generator(net, random(9));
            Matrix W = net.params().get(net.params().size() - 1).value, kept = W.copy();
            says(() -> generator.read(V), "0 to 4");
            W.fill(Double.NaN);
            says(() -> generator.read(1), "NaN");
            W.set(kept);
            assertTrue(net.training(), "still training");
            net.training(false);
            near(twin.forward(prompt(twin, new int[] {4, 0})).all(), net.forward(prompt(net, new int[] {4, 0})).all(), "carried state");
        });
    }

    @TestFactory
    Stream<DynamicTest> drawsAsTheNetworkBelieves() {
        return forEachNet(make -> {
            Generator generator = new Generator(make.get(), random(9));
            Matrix p = generator.read(2);
            int n = 20000;
            int[] count = new int[V];
            for (int i = 0; i < n; i++) {
                count[generator.draw()]++;
            }
            for (int k = 0; k < V; k++) {
                double q = p.get(0, k);
                assertEquals(q, count[k] / (double) n, 4.5 * Math.sqrt(q * (1 - q) / n) + 1e-12, "symbol " + k);
            }
            near(new Matrix(1, V).fill(1.0 / V), generator.reset().temperature(1e15).read(2), "a high temperature makes all symbols alike");
        });
    }

    @TestFactory
    Stream<DynamicTest> sameSeedSameSymbolsAndEachSequenceBeginsAnew() {
        return forEachNet(make -> {
            Generator generator = new Generator(make.get(), random(9));
            int[] drawn = generator.generate(PROMPT, 30);
            assertArrayEquals(drawn, new Generator(make.get(), random(9)).generate(PROMPT, 30));
            Matrix p = generator.reset().read(1);
            generator.read(2);
            near(p, generator.reset().read(1), "after reset");
            assertTrue(generator.read(1).maxDifference(p) > 1e-9, "but not without");
            int[] greedy = generator.temperature(0).generate(PROMPT, 5);
            assertArrayEquals(greedy, generator.generate(PROMPT, 5), "generate begins anew by itself");
        });
    }

    @TestFactory
    Stream<DynamicTest> afterGeneratingTheLastSymbolIsReadOnlyWhenOneSaysSo() {
        return forEachNet(make -> {
            Generator generator = new Generator(make.get(), random(9)), twin = new Generator(make.get(), random(9));
            int[] drawn = generator.generate(PROMPT, 3);
            for (int symbol : PROMPT) {
                twin.read(symbol);
            }
            twin.read(drawn[0]);
            twin.read(drawn[1]);
            near(twin.read(drawn[2]), generator.read(drawn[2]), "one goes on from there");
        });
    }

    /** Draws are 53-bit numbers u; symbol k comes for Σ_{j<k} p_j <= u < Σ_{j<=k} p_j, and rounding at the upper end finds a symbol too. */
    @Test void everyDrawFindsItsSymbol() {
        Sequential net = Sequential.of(new Embedding(V, H, random(1)), new Dense(H, V, random(3)));
        double[] u = new double[1];
        Generator generator = new Generator(net, new java.util.random.RandomGenerator() {
            @Override public long nextLong() {
                throw new IllegalStateException("one draw a symbol");
            }

            @Override public double nextDouble() {
                return u[0];
            }
        });
        int missed = 0;
        for (int n = 0; n < 200; n++) {
            net.param("0.W").value.fill(0.01 * n);
            Matrix p = generator.reset().read(0);
            u[0] = 0;
            assertEquals(0, generator.draw());
            u[0] = p.get(0, 0);
            assertEquals(1, generator.draw(), "the next symbol begins where the first ends");
            u[0] = Math.nextDown(1.0);
            double sum = 0;
            for (int k = 0; k < V; k++) {
                sum += p.get(0, k);
            }
            missed += sum <= u[0] ? 1 : 0;
            assertEquals(sum <= u[0] ? p.argMax(0) : V - 1, generator.draw());
        }
        assertTrue(missed > 0, "the sum of the probabilities falls short of 1 by rounding now and then");
    }

    @Test void theColdestTemperatureIsTheLargestScore() {
        Sequential net = Sequential.of(new Gru(V, H, random(1)), new Dense(H, V, random(3)));
        Matrix largest = new Generator(net, random(1)).temperature(0).read(1);
        near(largest, new Generator(net, random(1)).temperature(Double.MIN_VALUE).read(1), "p");
    }

    @Test void misuseGetsASentence() {
        Sequential net = Sequential.of(new Gru(V, H, random(1)), new Dense(H, V, random(3)));
        says(() -> new Generator(Sequential.of(new Gru(V, H, random(1)), new Dense(H, 2, random(3))), random(1)), "takes 5 and gives 2");
        says(() -> new Generator(Activation.tanh(), random(1)), "takes 0");
        says(() -> new Generator(net, random(1)).temperature(-1), "0 or more");
        says(() -> new Generator(net, random(1)).temperature(Double.NaN), "0 or more");
        says(() -> new Generator(net, random(1)).generate(new int[0], 3), "at least one");
        says(() -> new Generator(net, random(1)).generate(new int[] {1}, -3), "-3");
        says(() -> new Generator(net, random(1)).read(V), "symbol 5", "0 to 4");
        says(() -> new Generator(net, random(1)).read(-1), "symbol -1");
        says(() -> new Generator(net, random(1)).draw(), "read(symbol)");
        Generator again = new Generator(net, random(1));
        again.read(1);
        says(() -> again.reset().draw(), "read(symbol)");
        for (Layer whole : List.of(Bidirectional.sum(new Gru(V, V, random(1)), new Gru(V, V, random(2))), new Tdnn(V, V, 2, random(1)),
                Conv.causal(V, V, 2, random(1)))) {
            says(() -> new Generator(Sequential.of(whole, new Dense(V, V, random(3))), random(1)), "one step at a time");
        }
        Sequential broken = Sequential.of(new Embedding(V, H, random(1)), new Dense(H, V, random(3)));
        broken.param("1.b").value.fill(Double.NaN);
        says(() -> new Generator(broken, random(1)).read(1), "NaN");
        says(() -> new Generator(broken, random(1)).read(V), "0 to 4");
    }
}
