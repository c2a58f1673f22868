package unrolled.data;

import java.util.Arrays;
import unrolled.math.Matrix;
import unrolled.math.Null;

/**
 * A series cut into windows: n values in a row as input, the next one as target.
 *
 * @param x inputs, oldest value first, [N,n]
 * @param d the value after each window, [N,1]
 */
public record Windows(Matrix x, Matrix d) {
    public Windows {
        Null.refuse(x, "Windows: x", "inputs [N,n]");
        Null.refuse(d, "Windows: d", "targets [N,1]");
    }

    /** Every window of n values that has a value after it. */
    public static Windows of(double[] series, int n) {
        if (n < 1 || Null.refuse(series, "Windows.of: series", "numbers in order of time").length <= n) {
            throw new IllegalArgumentException("Windows.of: " + series.length + " values cannot be cut into windows of " + n
                    + " and the value after; expected 1 <= n < number of values");
        }
        Matrix x = new Matrix(series.length - n, n), d = new Matrix(series.length - n, 1);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < n; j++) {
                x.set(i, j, series[i + j]);
            }
            d.set(i, 0, series[i + n]);
        }
        return new Windows(x, d);
    }

    /** The windows from (inclusive) to (exclusive), in order of time, as views. */
    public Windows range(int from, int to) {
        return new Windows(x.rows(from, to), d.rows(from, to));
    }

    public int count() {
        return x.rows();
    }

    /** A scale that brings values to mean 0 and standard deviation 1. Fit it on training values only, or the future leaks in. */
    public record Scale(double mean, double deviation) {
        public static Scale fit(double[] training) {
            double mean = Arrays.stream(Null.refuse(training, "Scale.fit: training", "the values to train on")).average()
                    .orElseThrow(() -> new IllegalArgumentException("Scale.fit: no values; expected at least two"));
            double deviation = Math.sqrt(Arrays.stream(training).map(v -> (v - mean) * (v - mean)).average().orElse(0));
            if (!(deviation > 0)) {
                throw new IllegalArgumentException("Scale.fit: all " + training.length + " values are equal or not finite; "
                        + "there is nothing to scale");
            }
            return new Scale(mean, deviation);
        }

        public double[] apply(double[] values) {
            return Arrays.stream(Null.refuse(values, "Scale.apply: values", "values to scale")).map(v -> (v - mean) / deviation).toArray();
        }

        public double invert(double scaled) {
            return scaled * deviation + mean;
        }
    }
}
