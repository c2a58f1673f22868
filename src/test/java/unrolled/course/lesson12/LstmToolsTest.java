package unrolled.course.lesson12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import unrolled.data.Toys;
import unrolled.layers.Dense;
import unrolled.layers.Init;
import unrolled.layers.Lstm;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.Batch;

/** What lesson 12 looks into an LSTM with. */
class LstmToolsTest {
    private static final LstmBack RIGHT = (dh, dc, i, f, g, o, before, c) -> {
        double s = Math.tanh(c), all = dc + dh * o * (1 - s * s);
        return new double[] {all * g * i * (1 - i), all * before * f * (1 - f), all * i * (1 - g * g), dh * s * o * (1 - o), all * f};
    };

    @Test void theGradientCheckJudgesAWayBack() {
        assertTrue(OpenLstm.judge(RIGHT).passed());
        assertFalse(OpenLstm.judge((dh, dc, i, f, g, o, before, c) -> RIGHT.at(dh, 0, i, f, g, o, before, c)).passed());     // the conveyor is cut
        assertTrue(Double.isNaN(OpenLstm.judge((dh, dc, i, f, g, o, before, c) -> null).worst()));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> OpenLstm.judge((dh, dc, i, f, g, o, before, c) -> new double[4]))
            .getMessage().contains("4 numbers"));
    }

    @Test void theOpenCellIsTheLibrarys() {
        OpenLstm open = new OpenLstm(2, 3, RIGHT, new SplitMix(1));
        Lstm lstm = new Lstm(2, 3, new SplitMix(2));
        for (String name : List.of("Wx", "Wh", "b")) {
            lstm.param(name).value.set(open.param(name).value);
        }
        Sequence x = new Sequence(6, 4, 2), dy = new Sequence(6, 4, 3);
        Init.normal(1).fill(x.all(), new SplitMix(3));
        Init.normal(1).fill(dy.all(), new SplitMix(4));
        assertEquals(0, open.forward(x).all().maxDifference(lstm.forward(x).all()), 1e-14);
        assertEquals(0, open.backward(dy).all().maxDifference(lstm.backward(dy).all()), 1e-13);
        for (String name : List.of("Wx", "Wh", "b")) {
            assertEquals(0, open.param(name).grad.maxDifference(lstm.param(name).grad), 1e-12, name);
        }
    }

    @Test void aHeldGateStandsStillAndNothingElseIsChanged() {
        Lstm cell = new Lstm(10, 4, new SplitMix(5));
        Matrix Wx = cell.param("Wx").value.copy();
        Batch batch = Toys.recall(6).batch(3, new SplitMix(6));
        for (int f : new int[] {0, 1}) {
            Lstm held = ForgetGate.held(cell, f);
            held.forward(batch.x());
            cell.forward(batch.x());
            assertEquals(f, held.traces().get("f").all().sum() / 84, 1e-15);
            for (String gate : List.of("i", "g", "o")) {                    // at the first step nothing has come back yet
                assertEquals(0, held.traces().get(gate).at(0).maxDifference(cell.traces().get(gate).at(0)), 0, gate);
            }
        }
        assertEquals(0, Wx.maxDifference(cell.param("Wx").value));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ForgetGate.held(cell, 2)).getMessage().contains("f = 2"));
    }

    @Test void answersWithNothingHeldAreThoseOfTheNetwork() {
        Lstm cell = new Lstm(10, 4, new SplitMix(7));
        Sequential net = Sequential.of(cell, new Dense(4, 2, new SplitMix(8)));
        Batch exam = Toys.recall(6).batch(5, new SplitMix(9));
        Matrix whole = net.forward(exam.x()).at(6).copy();
        assertEquals(0, whole.maxDifference(ForgetGate.answers(net, exam, 0, 99, 99)), 1e-14);
        assertEquals(0, whole.maxDifference(ForgetGate.answers(net, exam, 0, 0, 0)), 1e-14);       // the cell is empty there
        assertNotEquals(0, whole.maxDifference(ForgetGate.answers(net, exam, 0, 3, 3)), 1e-6);
        assertEquals(0, whole.maxDifference(net.forward(exam.x()).at(6)), 0);                       // and it reads on as before
        Sequential held = Sequential.of(ForgetGate.held(cell, 1), net.layer(1));
        assertEquals(0, held.forward(exam.x()).at(6).maxDifference(ForgetGate.answers(net, exam, 1, 0, 6)), 1e-14);
        assertThrows(IllegalArgumentException.class, () -> ForgetGate.answers(Sequential.of(new Dense(10, 2, new SplitMix(1))), exam, 0, 0, 0));
    }

    /** Classes 0 1 1 0 with differences of scores -1 2 -3 -3: pairs (1, 0) are 2 > -1, 2 > -3, -3 < -1, -3 = -3. */
    @Test void judgedWithAndWithoutAThreshold() {
        Sequence d = new Sequence(1, 4, 1);
        d.at(0).set(1, 0, 1).set(2, 0, 1);
        Batch exam = new Batch(new Sequence(1, 4, 1), d, null);
        Matrix y = Matrix.of(new double[][] {{1, 0}, {0, 2}, {3, 0}, {3, 0}});
        assertEquals(new Judged(0.75, 0.25, 2.5 / 4), Judged.of(y, exam));
        y.addRow(Matrix.rowOf(0, 100));                                       // shifted scores: the pairs stay in order
        assertEquals(new Judged(0.5, 1, 2.5 / 4), Judged.of(y, exam));
    }

    @Test void eachSuspectFailsItsOwnProbes() {
        Lstm one = new Lstm(1, 1, new SplitMix(1));
        one.param("Wx").value.set(Matrix.rowOf(0.5, -0.4, 1.2, 0.8));
        one.param("Wh").value.set(Matrix.rowOf(0.3, 0.6, -0.7, -0.5));
        one.param("b").value.set(Matrix.rowOf(0.1, 1.2, -0.1, 0.2));
        double[][] probes = {{1, 0, 0}, {-3, 0, 0}, {0, 0, 2}};
        boolean[][] cellRight = {{true, true, true}, {false, false, false}, {true, true, false}};
        for (int s = 0; s < 3; s++) {
            LstmSuspect suspect = LstmSuspect.named("ABC".substring(s, s + 1));
            for (int p = 0; p < 3; p++) {
                one.start(Matrix.rowOf(probes[p][1]), Matrix.rowOf(probes[p][2]));
                double h = one.forward(Matrix.rowOf(probes[p][0])).get(0, 0), c = one.end().get(1).get(0, 0);
                double[] theirs = suspect.step(probes[p][0], probes[p][1], probes[p][2]);
                assertEquals(cellRight[s][p], Math.abs(theirs[1] - c) < 1e-12, suspect + ", probe " + p);
                assertEquals(s == 2 && p < 2, Math.abs(theirs[0] - h) < 1e-12, suspect + ", probe " + p);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> LstmSuspect.named("D"));
        assertArrayEquals(LstmSuspect.named("C").step(1, 0.2, 0), LstmSuspect.named("C").step(1, 0.2, 5), 0);
    }
}
