package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.data.Task;
import unrolled.data.Toys;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Gru;
import unrolled.layers.Jordan;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.Param;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.losses.CrossEntropy;
import unrolled.math.SplitMix;
import unrolled.optim.Adam;
import unrolled.train.Batches;
import unrolled.train.Checksum;
import unrolled.train.History;
import unrolled.train.Trainer;

/**
 * Same seed, same bits: the checksums of everything a short training gives, written down once. This test runs with vector and with
 * scalar kernels, and on every JDK that the project supports, so these agree with each other, too.
 */
class RepeatTest {
    private static final int H = 7;
    private static final Task TASK = Toys.recall(5);

    private static final Map<String, String> EXPECTED = Map.of(
            "Elman", "2ae24e5329c9ae5c",
            "Jordan", "9c85fe39eb3be62f",
            "Tdnn", "3e1b28accbd1beec",
            "Lstm", "3e2faf298bee3e66",
            "Lstm peepholes", "1f77b7f3a1f2a961",
            "Lstm1997", "cb839684b88c55e4",
            "Gru", "21603d699fbb46c1",
            "Gru 2014", "e82cefa67dfbe0d1",
            "Bidirectional", "29f8999b269824ee");

    static Map<String, Function<RandomGenerator, Layer>> networks() {
        Map<String, Function<RandomGenerator, Layer>> networks = new LinkedHashMap<>();
        networks.put("Elman", r -> new Elman(TASK.D(), H, r));
        networks.put("Jordan", r -> new Jordan(TASK.D(), 9, H, r));
        networks.put("Tdnn", r -> new Tdnn(TASK.D(), H, 3, r));
        networks.put("Lstm", r -> new Lstm(TASK.D(), H, r));
        networks.put("Lstm peepholes", r -> Lstm.peepholes(TASK.D(), H, r));
        networks.put("Lstm1997", r -> new Lstm1997(TASK.D(), H, r));
        networks.put("Gru", r -> new Gru(TASK.D(), H, r));
        networks.put("Gru 2014", r -> Gru.of2014(TASK.D(), H, r));
        networks.put("Bidirectional", r -> Bidirectional.sum(new Elman(TASK.D(), H, r), (Recurrent) new Gru(TASK.D(), H, r)));
        return networks;
    }

    @TestFactory
    Stream<DynamicTest> sameSeedSameBits() {
        return networks().entrySet().stream().map(n -> DynamicTest.dynamicTest(n.getKey(),
                () -> assertEquals(EXPECTED.get(n.getKey()), checksum(n.getValue()))));
    }

    /** Of all weights and all losses of eight epochs. */
    static String checksum(Function<RandomGenerator, Layer> make) {
        SplitMix random = new SplitMix(20);
        Layer net = Sequential.of(make.apply(random), new Dense(H, TASK.K(), random));
        History history = new Trainer(net, new CrossEntropy(), new Adam(net.params(), 0.01)).epochs(8).clip(1)
                .heldOut(TASK.batch(16, random)).fit(new Batches(TASK.batch(40, random), 13, random));
        ByteBuffer bits = ByteBuffer.allocate(8 * (net.size() + 16));
        for (Param p : net.params()) {
            for (int i = 0; i < p.value.rows(); i++) {
                for (int j = 0; j < p.value.cols(); j++) {
                    bits.putDouble(p.value.get(i, j));
                }
            }
        }
        history.entries().forEach(e -> bits.putDouble(e.gradientNorm()).putDouble(e.heldOut()));
        return Checksum.sha256(bits.array()).substring(0, 16);
    }
}
