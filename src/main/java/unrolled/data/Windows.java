package unrolled.data;

import java.util.Arrays;
import unrolled.math.Matrix;
import unrolled.math.Null;

/**
 * A series cut into windows: n values in a row as input, the next one as target.
 *
 * @param x inputs, oldest value first, [N,n]
 * @param target the value after each window, [N,1]
 */
public record Windows(Matrix x, Matrix target) {
    public Windows {
        Null.refuse(x, "Windows: x", "inputs [N,n]");
        Null.refuse(target, "Windows: target", "targets [N,1]");
    }

    /** Every window of n values that has a value after it. */
    public static Windows of(double[] series, int n) {
        if (n < 1 || Null.refuse(series, "Windows.of: series", "numbers in order of time").length <= n) {
            throw new IllegalArgumentException("Windows.of: " + series.length + " values cannot be cut into windows of " + n
                    + " and the value after; expected 1 <= n < number of values");
        }
        Matrix x = new Matrix(series.length - n, n), target = new Matrix(series.length - n, 1);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < n; j++) {
                x.set(i, j, series[i + j]);
            }
            target.set(i, 0, series[i + n]);
        }
        return new Windows(x, target);
    }

    /** The windows from (inclusive) to (exclusive), in order of time, as views. */
    public Windows range(int from, int to) {
        return new Windows(x.rows(from, to), target.rows(from, to));
    }

    public int count() {
        return x.rows();
    }

    /**
     * A scale that brings values to mean 0 and standard deviation 1. Fit it on training values only, or the future leaks in.
     *
     * @param mean a finite number
     * @param deviation a positive, finite number
     */
    public record Scale(double mean, double deviation) {
        /** Values whose whole range is not more than so many units of the last digit are equal but for their rounding. */
        private static final int DIGITS = 16;

        public Scale {
            if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Scale: mean " + mean + " and deviation " + deviation
                        + "; expected a finite mean, and a positive, finite deviation");
            }
        }

        /**
         * Mean and standard deviation of the values, of any size that a double can have. Errors: {@link IllegalArgumentException} for no
         * values, one that is not finite, or values that are all equal (or differ in their last digits only): then there is nothing to
         * scale.
         */
        public static Scale fit(double[] training) {
            if (Null.refuse(training, "Scale.fit: training", "the values to train on").length == 0) {
                throw new IllegalArgumentException("Scale.fit: no values; expected at least two");
            }
            double low = training[0], high = training[0];
            for (int i = 0; i < training.length; i++) {
                if (!Double.isFinite(training[i])) {
                    throw new IllegalArgumentException("Scale.fit: value " + i + " (counted from 0) of " + training.length + " is "
                            + training[i] + "; expected finite numbers: fill such gaps first, or leave them out");
                }
                low = Math.min(low, training[i]);
                high = Math.max(high, training[i]);
            }
            double size = Math.max(Math.abs(low), Math.abs(high));
            if (high - low <= DIGITS * Math.ulp(size)) {
                throw new IllegalArgumentException("Scale.fit: all " + training.length + " values are equal"
                        + (high > low ? " but for their last digits, " + low + " to " + high : ", " + low)
                        + "; there is nothing to scale: leave this series out, or take training values that differ");
            }
            int exponent = Math.max(Math.getExponent(size), Double.MIN_EXPONENT);
            double[] scaled = Arrays.stream(training).map(v -> Math.scalb(v, -exponent)).toArray();      // squares stay in range
            double mean = Arrays.stream(scaled).average().orElse(0);
            double deviation = Math.sqrt(Arrays.stream(scaled).map(v -> (v - mean) * (v - mean)).average().orElse(0));
            return new Scale(Math.scalb(mean, exponent), Math.scalb(deviation, exponent));
        }

        public double[] apply(double[] values) {
            return Arrays.stream(Null.refuse(values, "Scale.apply: values", "values to scale")).map(this::apply).toArray();
        }

        private double apply(double v) {
            double difference = v - mean;
            return Double.isInfinite(difference) ? (v / 2 - mean / 2) / (deviation / 2) : difference / deviation;
        }

        public double invert(double scaled) {
            return scaled * deviation + mean;
        }
    }
}
