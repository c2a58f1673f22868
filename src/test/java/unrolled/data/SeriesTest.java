package unrolled.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import unrolled.train.Batch;

/** A series is cut in time: each target is the value so many steps later, and nothing of the held-out part reaches the training part. */
class SeriesTest {
    @Test void eachTargetIsTheValueAheadAndTheScaleUndoesIt() {
        double[] values = squares(40);
        for (int every : new int[] {1, 3, 7}) {
            Series series = Series.of(values, 0.5, 5, 2, every);
            int checked = check(series.training(), values, 0, 20, every, series.scale())
                    + check(series.heldOut(), values, 20, 40, every, series.scale());
            assertEquals(2 * 5 * ((20 - 5 - 2) / every + 1), checked);
        }
    }

    private static int check(Batch batch, double[] values, int from, int to, int every, Windows.Scale scale) {
        int checked = 0;
        for (int i = 0; i < batch.x().B; i++) {
            for (int t = 0; t < 5; t++, checked++) {
                int place = from + i * every + t;
                assertTrue(place + 2 < to, "nothing reaches over the cut");
                assertEquals(values[place], scale.invert(batch.x().at(t).get(i, 0)), 1e-9);
                assertEquals(values[place + 2], scale.invert(batch.d().at(t).get(i, 0)), 1e-9);
            }
        }
        assertTrue(from + (batch.x().B - 1) * every + 5 + 2 + every > to, "no start is left out");
        return checked;
    }

    @Test void nothingOfTheHeldOutPartReachesTheTrainingPartOrTheScale() {
        double[] values = squares(60);
        Series before = Series.of(values, 0.7, 6, 3, 1);
        for (int i = 42; i < 60; i++) {
            double[] changed = values.clone();
            changed[i] = -1e6;
            Series after = Series.of(changed, 0.7, 6, 3, 1);
            assertEquals(before.scale(), after.scale());
            assertEquals(0, before.training().x().all().maxDifference(after.training().x().all()));
            assertEquals(0, before.training().d().all().maxDifference(after.training().d().all()));
            assertTrue(before.heldOut().x().all().maxDifference(after.heldOut().x().all())
                    + before.heldOut().d().all().maxDifference(after.heldOut().d().all()) > 0, "value " + i + " is held out");
        }
        double[] changed = values.clone();
        changed[41] = -1e6;
        assertNotEquals(before.scale(), Series.of(changed, 0.7, 6, 3, 1).scale(), "the last training value does count");
    }

    @Test void badCutsAreRefused() {
        double[] values = squares(20);
        says(() -> Series.of(values, 1, 5, 1, 1), "share of 1.0");
        says(() -> Series.of(values, Double.NaN, 5, 1, 1), "share of NaN");
        says(() -> Series.of(values, 0.5, 0, 1, 1), "T = 0");
        says(() -> Series.of(values, 0.5, 5, 0, 1), "0 ahead");
        says(() -> Series.of(values, 0.5, 5, 1, 0), "every 0");
        says(() -> Series.of(values, 0.5, 10, 1, 1), "10 held out", "T + ahead = 11");
        assertEquals(1, Series.of(values, 0.5, 9, 1, 1).heldOut().x().B);
        values[15] = Double.NaN;
        says(() -> Series.of(values, 0.5, 5, 1, 1), "value 15", "NaN");
        values[3] = Double.NEGATIVE_INFINITY;
        says(() -> Series.of(values, 0.5, 5, 1, 1), "value 3", "-Infinity");
    }

    @Test void theSunspotsAreThere() {
        double[] values = DataFolder.table("sunspots_monthly.csv").doubleColumn("sunspots").asDoubleArray();
        assertEquals(3126, values.length);
        assertEquals(58, values[0]);
        Series series = Series.of(values, 0.8, 48, 12, 12);
        assertTrue(series.toString().startsWith("Series, x, d [T=48,B=204,F=1] to train on, [T=48,B=48,F=1] held out"), series::toString);
        assertTrue(series.training().x().B > 200 && series.heldOut().x().B > 40);
    }

    private static double[] squares(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * i;
        }
        return values;
    }

    private static void says(Runnable run, String... words) {
        String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
