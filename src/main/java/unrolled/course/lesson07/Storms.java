package unrolled.course.lesson07;

import java.util.Arrays;
import java.util.function.Function;
import org.ejml.simple.SimpleMatrix;
import tech.tablesaw.api.Table;
import unrolled.data.DataFolder;
import unrolled.data.Windows;
import unrolled.layers.Layer;
import unrolled.math.Matrix;

/**
 * The storms of lesson 07: wind and latitude [B,2] and the pressure [B,1] of every record, scaled to mean 0 and standard deviation 1
 * with the scale of the training years; its rivals by least squares; errors in hPa.
 */
public final class Storms {
    /** Records before 2005. */
    public final Matrix xTrain, targetTrain;
    /** Records from 2005 on. */
    public final Matrix xTest, targetTest;
    /** Wind (knots) and pressure (hPa) of every 25th record from 2005 on, to draw. */
    public final double[] someWind, somePressure;
    private final Windows.Scale wind, lat, pressure;

    private Storms(Table table) {
        Function<String, double[]> column = name -> table.numberColumn(name).asDoubleArray();
        int cut = (int) Arrays.stream(column.apply("year")).filter(year -> year < 2005).count();
        double[] w = column.apply("wind"), l = column.apply("lat"), p = column.apply("pressure");
        int N = w.length;
        wind = Windows.Scale.fit(Arrays.copyOf(w, cut));
        lat = Windows.Scale.fit(Arrays.copyOf(l, cut));
        pressure = Windows.Scale.fit(Arrays.copyOf(p, cut));
        Matrix x = new Matrix(N, 2), target = Matrix.columnOf(pressure.apply(p));
        x.cols(0, 1).set(Matrix.columnOf(wind.apply(w)));
        x.cols(1, 2).set(Matrix.columnOf(lat.apply(l)));
        xTrain = x.rows(0, cut);
        targetTrain = target.rows(0, cut);
        xTest = x.rows(cut, N);
        targetTest = target.rows(cut, N);
        int[] some = java.util.stream.IntStream.range(0, (N - cut) / 25).map(i -> cut + 25 * i).toArray();
        someWind = Arrays.stream(some).mapToDouble(i -> w[i]).toArray();
        somePressure = Arrays.stream(some).mapToDouble(i -> p[i]).toArray();
    }

    /** Splits and scales a table that is ordered by year, with columns year, lat, wind, pressure. */
    public static Storms of(Table table) {
        return new Storms(table);
    }

    /** Root of the mean squared error of scaled outputs y, in hPa. */
    public double rmse(Matrix y, Matrix target) {
        double squares = new Matrix(y.rows(), 1).minus(y, target).sumOfSquares();
        return Math.sqrt(squares / y.rows()) * pressure.deviation();
    }

    /** Half the mean squared error in scaled units, the loss of a training, as RMSE in hPa. */
    public double[] hPa(double[] losses) {
        return Arrays.stream(losses).map(v -> Math.sqrt(2 * v) * pressure.deviation()).toArray();
    }

    /** The first {@code count} of 1, x1, x2, x1², x2², x1·x2 for each row: 1 is the mean, 3 the straight line, 6 the parabola. */
    private static SimpleMatrix features(Matrix x, int count) {
        SimpleMatrix f = new SimpleMatrix(x.rows(), count);
        for (int i = 0; i < x.rows(); i++) {
            double u = x.get(i, 0), v = x.get(i, 1);
            double[] row = {1, u, v, u * u, v * v, u * v};
            for (int j = 0; j < count; j++) {
                f.set(i, j, row[j]);
            }
        }
        return f;
    }

    private SimpleMatrix fit(int count) {
        return features(xTrain, count).solve(targetTrain.ejml());
    }

    /** RMSE in hPa on the training records and on the held-out ones of least squares with 1, 3 or 6 numbers. */
    public double[] rival(int count) {
        SimpleMatrix c = fit(count);
        return new double[] {rmse(Matrix.of(features(xTrain, count).mult(c)), targetTrain),
            rmse(Matrix.of(features(xTest, count).mult(c)), targetTest)};
    }

    private Matrix scaled(double knots, double degrees) {
        return Matrix.rowOf((knots - wind.mean()) / wind.deviation(), (degrees - lat.mean()) / lat.deviation());
    }

    /** The straight line's pressure in hPa. */
    public double line(double knots, double degrees) {
        return pressure.invert(features(scaled(knots, degrees), 3).mult(fit(3)).get(0, 0));
    }

    /** A network's pressure in hPa. */
    public double pressure(Layer net, double knots, double degrees) {
        return pressure.invert(net.forward(scaled(knots, degrees)).get(0, 0));
    }
}
