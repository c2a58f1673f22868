package unrolled.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import unrolled.InSingle;
import unrolled.math.Matrix;
import unrolled.math.Precision;
import unrolled.math.Sequence;

/**
 * A batch that is large enough to be shared out to several threads (see {@link unrolled.math.Shares}) gives for each of its sequences, to the last
 * bit, what the sequence gives alone: also where there is padding, dropout, truncation or a start, which are not shared out.
 */
class SharesTest {
    private static final int T = 12, B = 22, D = 9, H = 70;

    private static Map<String, Supplier<Recurrent>> cells() {
        Map<String, Supplier<Recurrent>> cells = new LinkedHashMap<>();
        cells.put("Elman", () -> new Elman(D, H, random()));
        cells.put("Elman, relu", () -> Elman.relu(D, H, random()));
        cells.put("Jordan", () -> new Jordan(D, H, H, random()));
        cells.put("Lstm", () -> new Lstm(D, H, random()));
        cells.put("Lstm, peepholes", () -> Lstm.peepholes(D, H, random()));
        cells.put("Lstm1997", () -> new Lstm1997(D, H, random()));
        cells.put("Gru", () -> new Gru(D, H, random()));
        cells.put("Gru, 2014", () -> Gru.of2014(D, H, random()));
        cells.put("Lstm, truncated", () -> new Lstm(D, H, random()).truncate(5));
        return cells;
    }

    private static SplittableRandom random() {
        return new SplittableRandom(3);
    }

    @TestFactory
    Stream<DynamicTest> eachSequenceAsAlone() {
        return Stream.of(Precision.values()).flatMap(precision -> Stream.of(false, true).flatMap(padded -> cells().entrySet().stream()
                .map(cell -> DynamicTest.dynamicTest(cell.getKey() + (padded ? ", padded, " : ", ") + precision, () ->
                        InSingle.run(precision, () -> check(cell.getValue(), padded))))));
    }

    private static void check(Supplier<Recurrent> make, boolean padded) {
        Recurrent whole = make.get();
        Sequence x = numbers(D, 1), dy = numbers(whole.outputs(), 2);
        if (padded) {
            int[] lengths = new int[B];
            for (int b = 0; b < B; b++) {
                lengths[b] = 1 + b % T;
            }
            x.lengths(lengths);
        }
        for (int pass = 0; pass < 2; pass++) {                   // the second one finds everything made
            whole.zeroGrad();
            whole.forward(x);
            whole.backward(dy);
        }
        Sequence y = whole.forward(x), dx = whole.backward(dy);
        for (int b = 0; b < B; b++) {
            Recurrent alone = make.get();
            int n = x.length(b);
            Sequence xb = new Sequence(n, 1, D), dyb = new Sequence(n, 1, whole.outputs());
            xb.all().set(x.one(b).rows(0, n));
            dyb.all().set(dy.one(b).rows(0, n));
            if (padded) {                                        // what the last state gets from the steps behind the end
                for (int t = n; t < T; t++) {
                    dyb.all().addToRow(n - 1, dy.one(b), t);
                }
            }
            assertEquals(0, alone.forward(xb).all().maxDifference(y.one(b).rows(0, n)), "output of sequence " + b);
            assertEquals(0, alone.backward(dyb).all().maxDifference(dx.one(b).rows(0, n)), padded ? Precision.current() == Precision.SINGLE ? 1e-5 : 1e-13 : 0, "dx of sequence " + b);
        }
    }

    /** With the mask of dropState, which has a row a sequence. */
    @Test void withDropout() {
        Recurrent cell = new Lstm(D, H, random()).dropState(0.5, random()), plain = new Lstm(D, H, random());
        cell.training(false);
        Sequence x = numbers(D, 1), dy = numbers(H, 2);
        assertEquals(0, cell.forward(x).all().maxDifference(plain.forward(x).all()));
        assertEquals(0, cell.backward(dy).all().maxDifference(plain.backward(dy).all()), 1e-12);   // sums in another order
    }

    /** An error in one share is the caller's, and the next pass is right again. */
    @Test void anErrorInOneShare() {
        boolean[] broken = {true};
        Elman cell = new Elman(D, H, random());
        Sequence x = numbers(D, 1);
        Matrix right = cell.forward(x).all().copy();
        Runnable work = () -> {
            if (broken[0]) {
                throw new IllegalStateException("on purpose");
            }
        };
        assertEquals("on purpose", assertThrows(IllegalStateException.class,
                () -> unrolled.math.Shares.compute(x, Long.MAX_VALUE, true, work)).getMessage());
        broken[0] = false;
        unrolled.math.Shares.compute(x, Long.MAX_VALUE, true, work);
        assertEquals(0, cell.forward(x).all().maxDifference(right));
    }

    private static Sequence numbers(int F, int seed) {
        Sequence s = new Sequence(T, B, F);
        Init.normal(1).fill(s.all(), new SplittableRandom(seed));
        return s;
    }
}
