package unrolled.course.lesson17;

import java.util.Arrays;
import unrolled.course.Planted;
import unrolled.plot.Graphic;
import unrolled.plot.GridChart;
import unrolled.plot.Plots;

/**
 * A convolution of one 3 x 3 filter over a 5 x 5 picture, with one planted bug, for the laboratory of lesson 17. All have the filter and
 * the bias of its section 2.
 */
public final class ConvSuspect {
    private static final int k = 3;
    private static final double[][] W = {{1, 0, -1}, {2, 1, 0}, {0, -1, 1}};
    private static final double b = 0.5;

    private final char name;

    private ConvSuspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B" or "C". */
    public static ConvSuspect named(String name) {
        return new ConvSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** The same without a bug. */
    public static ConvSuspect honest() {
        return new ConvSuspect('-');
    }

    /** What this suspect takes for the map of a picture, which is not changed. */
    public double[][] map(double[][] x) {
        double[][] y = new double[x.length - k + 1][x[0].length - k + 1];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                y[i][j] = name == 'A' ? 0 : b;
                for (int r = 0; r < k; r++) {
                    for (int s = 0; s < k; s++) {
                        double w = switch (name) {
                            case 'B' -> W[k - 1 - r][k - 1 - s];                        // B turns the filter by half a circle
                            case 'C' -> W[s][r];                                        // C exchanges rows and columns
                            default -> W[r][s];
                        };
                        y[i][j] += w * x[i + r][j + s] + (name == 'A' ? b : 0);         // A adds the bias for every weight
                    }
                }
            }
        }
        return y;
    }

    /** Three probes, this suspect's map of each: darkness, light everywhere, and a single light in the middle. */
    public Graphic probes() {
        double[][] dark = new double[5][5], light = new double[5][5], one = new double[5][5];
        for (double[] row : light) {
            Arrays.fill(row, 1);
        }
        one[2][2] = 1;
        return Plots.compare(chart("darkness", dark), chart("light everywhere", light), chart("one light in the middle", one)
            .caption(this + ": its map of three pictures"));
    }

    private GridChart chart(String title, double[][] x) {
        return Plots.heatmap(title, "column", "row", 0, map(x)).diverging().numbers();
    }

    @Override public String toString() {
        return name == '-' ? "no suspect" : "Suspect " + name;
    }
}
