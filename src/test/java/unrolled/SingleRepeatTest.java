package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Same seed, same bits in single precision: the trainings of {@link RepeatTest}, whose notes on kernels and JDKs hold here too. */
class SingleRepeatTest {
    private static final Map<String, String> EXPECTED = Map.of(
            "Elman", "b890cd978876e2bc",
            "Jordan", "219fa54f96eb502a",
            "Tdnn", "b7fc60eadaef0b4e",
            "Lstm", "63400c103c1791b3",
            "Lstm peepholes", "a3a9271ba77aa732",
            "Lstm1997", "2d446d44e10dea03",
            "Gru", "832062995fd77223",
            "Gru 2014", "9a4a692faa53618a",
            "Bidirectional", "d2da457e6ce67a11");

    @TestFactory
    Stream<DynamicTest> sameSeedSameBits() {
        return RepeatTest.networks().entrySet().stream().map(n -> DynamicTest.dynamicTest(n.getKey(),
                () -> assertEquals(EXPECTED.get(n.getKey()), InSingle.get(() -> RepeatTest.checksum(n.getValue())))));
    }

    @Test void singleIsNotDouble() {
        RepeatTest.networks().forEach((name, make) -> assertNotEquals(RepeatTest.checksum(make), EXPECTED.get(name), name));
    }
}
