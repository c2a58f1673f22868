package unrolled.data;

import java.util.Arrays;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * A series of measurements cut into sequences, each step with the value {@code ahead} steps later as its target:
 * x_t = v_{s+t}, d_t = v_{s+t+ahead}, both scaled, for starts s. The earlier part of the series is for training, the later one is
 * held out; no sequence or target reaches over the cut, and the scale is fitted on the earlier part alone.
 *
 * @param training sequences of the earlier part, x, d [T,B,1]
 * @param heldOut sequences of the later part
 * @param scale how values were scaled; {@link Windows.Scale#invert} undoes it
 */
public record Series(Batch training, Batch heldOut, Windows.Scale scale) {
    public Series {
        Null.refuse(training, "Series: training", "sequences of the earlier part");
        Null.refuse(heldOut, "Series: heldOut", "sequences of the later part");
        Null.refuse(scale, "Series: scale", "how values were scaled");
    }

    /**
     * The first {@code share} of the values (0.8: four fifths) for training; sequences of T steps that start every {@code every}
     * values, with targets {@code ahead} steps later.
     */
    public static Series of(double[] values, double share, int T, int ahead, int every) {
        int cut = (int) Math.round(Null.refuse(values, "Series.of: values", "numbers in order of time").length * share);
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("Series.of: a share of " + share + " for training; expected one between 0 and 1");
        }
        if (T < 1 || ahead < 1 || every < 1) {
            throw new IllegalArgumentException("Series.of: T = " + T + " steps, " + ahead + " ahead, a start every " + every
                    + " values; expected at least 1 each");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("Series.of: value " + i + " (counted from 0) of " + values.length + " is " + values[i]
                        + "; expected finite numbers: fill such gaps first, or cut the series there");
            }
        }
        double[] earlier = Arrays.copyOfRange(values, 0, cut), later = Arrays.copyOfRange(values, cut, values.length);
        if (Math.min(earlier.length, later.length) < T + ahead) {
            throw new IllegalArgumentException("Series.of: " + earlier.length + " values to train on and " + later.length
                    + " held out; each part needs at least T + ahead = " + (T + ahead) + " of them: take a shorter T or another share");
        }
        Windows.Scale scale = Windows.Scale.fit(earlier);
        return new Series(sequences(scale.apply(earlier), T, ahead, every), sequences(scale.apply(later), T, ahead, every), scale);
    }

    private static Batch sequences(double[] values, int T, int ahead, int every) {
        int B = (values.length - T - ahead) / every + 1;
        Sequence x = new Sequence(T, B, 1), d = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                x.at(t).set(b, 0, values[b * every + t]);
                d.at(t).set(b, 0, values[b * every + t + ahead]);
            }
        }
        return new Batch(x, d, null);
    }

    @Override public String toString() {
        return "Series, x, d " + training.x().shape() + " to train on, " + heldOut.x().shape() + " held out; " + scale;
    }
}
