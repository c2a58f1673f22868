package unrolled.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import unrolled.math.Matrix;
import unrolled.math.Precision;
import unrolled.math.Sequence;

/** Losses at numbers that can be checked by hand, at extreme scores, with masks, and their refusals. */
class LossTest {
    /** A mask at the last step of all leaves out every shorter sequence: refused. Ones at padding beside others do no harm. */
    @Test void aSequenceThatItsMaskHasOnlyBehindItsEndIsRefused() {
        Sequence y = new Sequence(4, 2, 2).lengths(2, 4), d = new Sequence(4, 2, 1), last = new Sequence(4, 2, 1), all = new Sequence(4, 2, 1);
        last.at(3).fill(1);
        all.all().fill(1);
        for (Loss loss : new Loss[] {new CrossEntropy(), new BinaryCrossEntropy(), SquaredError.mean()}) {
            Sequence target = loss instanceof CrossEntropy ? d : new Sequence(4, 2, 2);
            String message = assertThrows(IllegalArgumentException.class, () -> loss.forward(y, target, last)).getMessage();
            assertTrue(message.contains("sequence 0") && message.contains("2 of 4 steps") && message.contains("LastStep"), message);
            loss.forward(y, target, all);
            assertEquals(6, loss.steps());
            last.at(3).set(0, 0, 0);
            loss.forward(y, target, last);
            assertEquals(1, loss.steps(), "left out on purpose");
            last.at(3).set(0, 0, 1);
        }
        String message = assertThrows(IllegalArgumentException.class, () -> unrolled.train.Accuracy.of(y, d, last)).getMessage();
        assertTrue(message.contains("sequence 0") && message.contains("LastStep"), message);
        assertEquals(1, unrolled.train.Accuracy.of(y, d, all));
    }

    /** One loss, used in both precisions one after the other. */
    @Test void theGradientHasThePrecisionOfTheOutput() {
        SquaredError loss = SquaredError.half();
        for (Precision precision : new Precision[] {Precision.DOUBLE, Precision.SINGLE, Precision.DOUBLE}) {
            Matrix y = Matrix.rowOf(1.5, 2).in(precision), d = Matrix.rowOf(1, 4).in(precision);
            assertEquals(2.125, loss.forward(y, d));
            assertEquals(precision, loss.backward().precision());
        }
    }

    @Test void halfSquaredErrorByHand() {
        SquaredError loss = SquaredError.half();
        assertEquals(0.5 * (0.25 + 4), loss.forward(Matrix.rowOf(1.5, 2), Matrix.rowOf(1, 4)), 1e-15);
        assertEquals(0, loss.backward().at(0).maxDifference(Matrix.rowOf(0.5, -2)));
    }

    @Test void crossEntropyOfEqualScoresIsTheLogarithmOfTheirNumber() {
        assertEquals(Math.log(4), new CrossEntropy().forward(Matrix.rowOf(3, 3, 3, 3), Matrix.rowOf(2)), 1e-15);
    }

    @Test void extremeScoresStayFinite() {
        CrossEntropy loss = new CrossEntropy();
        assertEquals(2000, loss.forward(Matrix.rowOf(1000, -1000), Matrix.rowOf(1)), 1e-9);
        assertEquals(0, loss.forward(Matrix.rowOf(1000, -1000), Matrix.rowOf(0)), 1e-15);
        assertEquals(0, loss.backward().at(0).maxAbs(), 1e-15);
        BinaryCrossEntropy binary = new BinaryCrossEntropy();
        assertEquals(800, binary.forward(Matrix.rowOf(800), Matrix.rowOf(0)), 1e-9);
        assertEquals(800, binary.forward(Matrix.rowOf(-800), Matrix.rowOf(1)), 1e-9);
        assertEquals(-1, binary.backward().at(0).get(0, 0), 1e-15);
    }

    @Test void aClassNumberAndItsOneHotRowAgree() {
        Matrix y = Matrix.of(new double[][] {{1, 2, 3}, {0, -1, 4}});
        CrossEntropy a = new CrossEntropy(), b = new CrossEntropy();
        assertEquals(a.forward(y, Matrix.columnOf(2, 0)), b.forward(y, Matrix.of(new double[][] {{0, 0, 1}, {1, 0, 0}})), 1e-15);
        assertEquals(0, a.backward().all().maxDifference(b.backward().all()), 1e-15);
    }

    @Test void maskedStepsChangeNothing() {
        for (Loss loss : List.of(SquaredError.half(), SquaredError.mean(), new BinaryCrossEntropy())) {
            Sequence y = new Sequence(2, 1, 2), d = new Sequence(2, 1, 2), mask = new Sequence(2, 1, 1);
            y.at(0).set(Matrix.rowOf(0.3, 0.9));
            y.at(1).fill(77);
            mask.at(0).fill(1);
            assertEquals(loss.forward(y.at(0), d.at(0)), loss.forward(y, d, mask), 1e-15, loss.toString());
            assertEquals(1, loss.steps());
            assertEquals(0, loss.backward().at(1).maxAbs());
            assertTrue(loss.backward().at(0).maxAbs() > 0);
        }
    }

    @Test void argumentsStayAsTheyWere() {
        Matrix y = Matrix.rowOf(1, 2), d = Matrix.rowOf(1, 0);
        for (Loss loss : List.of(SquaredError.half(), SquaredError.mean(), new BinaryCrossEntropy(), new CrossEntropy())) {
            loss.forward(y, d);
            loss.backward();
        }
        assertEquals(0, y.maxDifference(Matrix.rowOf(1, 2)) + d.maxDifference(Matrix.rowOf(1, 0)));
    }

    @Test void refusals() {
        refuses(() -> SquaredError.half().forward(Matrix.rowOf(1, 2), Matrix.rowOf(1)), "[T=1,B=1,F=1]", "[T=1,B=1,F=2]");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1, 2), Matrix.rowOf(2)), "class number 0 to 1", "2.0");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1, 2), Matrix.rowOf(0.5)), "class number", "0.5");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1, 2), Matrix.rowOf(Double.NaN)), "class number", "NaN");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1), Matrix.rowOf(0)), "BinaryCrossEntropy");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1, 2), Matrix.rowOf(1, 2)), "probability", "2.0");
        refuses(() -> new CrossEntropy().forward(Matrix.rowOf(1, 2, 3), Matrix.rowOf(0, 1)), "class numbers [T=1,B=1,F=1]", "[T=1,B=1,F=3]");
        refuses(() -> new BinaryCrossEntropy().forward(Matrix.rowOf(1), Matrix.rowOf(-1)), "between 0 (no) and 1 (yes)");
        Sequence y = new Sequence(2, 1, 1);
        refuses(() -> SquaredError.half().forward(y, y, new Sequence(2, 1, 1)), "hides every step");
        refuses(() -> SquaredError.half().forward(y, y, new Sequence(1, 1, 1)), "[T=2,B=1,F=1]");
        Sequence half = new Sequence(2, 1, 1);
        half.at(1).fill(0.5);
        refuses(() -> SquaredError.half().forward(y, y, half), "zeros and ones", "step 1");
        assertThrows(IllegalStateException.class, () -> new CrossEntropy().backward());
    }

    private static void refuses(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
