package unrolled.course;

import java.util.Arrays;
import unrolled.math.Matrix;

/**
 * A backward pass of the 2-3-1 network with one planted bug, for the laboratory of lesson 07: its numbers can be seen, its code is
 * found in the solutions. The 13 weights p are W1 row by row, b1, W2, b2; the gradient has the same order.
 */
public final class Suspect {
    private static final int H = 3, W2 = 9, B2 = 12, N = 13;
    private static final double RATE = 0.1;

    private final char name;
    private final double[] sum = new double[N];

    private Suspect(char name) {
        this.name = name;
    }

    /** Suspect "A", "B", "C" or "D". */
    public static Suspect named(String name) {
        return new Suspect(Planted.letter(name, "suspect", 'D'));
    }

    /** The same backward pass without a bug, to compare with. */
    public static Suspect honest() {
        return new Suspect('-');
    }

    /** What this suspect takes for the gradient of L = (target - y)²/2 at inputs x, two of them. The arguments are not changed. */
    public double[] gradient(double[] p, double[] x, double target) {
        return gradient(p, new double[][] {x}, new double[] {target}, RATE);
    }

    /**
     * What it takes for the gradient of the mean of L over the rows of x.
     *
     * @param x      [B,2]
     * @param target [B,1]
     * @param rate   the learning rate of the training around it; suspect D takes its step too early, with this rate
     */
    public double[] gradient(double[] p, Matrix x, Matrix target, double rate) {
        return gradient(p, x.toArray(), Arrays.stream(target.toArray()).mapToDouble(row -> row[0]).toArray(), rate);
    }

    private double[] gradient(double[] p, double[][] x, double[] target, double rate) {
        int B = x.length;
        double[] g = name == 'B' ? sum : new double[N];                     // B adds to what the last call left
        double[] dy = new double[B];
        double[][] h = new double[B][H];
        for (int b = 0; b < B; b++) {
            double y = p[B2];
            for (int j = 0; j < H; j++) {
                h[b][j] = Math.tanh(x[b][0] * p[j] + x[b][1] * p[3 + j] + p[6 + j]);
                y += h[b][j] * p[W2 + j];
            }
            dy[b] = (y - target[b]) / B;
        }
        double[] weight = Arrays.copyOfRange(p, W2, B2);
        for (int b = 0; b < B; b++) {
            g[B2] += dy[b];
            for (int j = 0; j < H; j++) {
                g[W2 + j] += dy[b] * h[b][j];
                weight[j] -= name == 'D' ? rate * dy[b] * h[b][j] : 0;      // D has already updated W2
            }
        }
        for (int b = 0; b < B; b++) {
            for (int j = 0; j < H; j++) {
                double dh = name == 'A' ? -dy[b] * weight[j] : dy[b] * weight[j];   // A has the difference the wrong way round
                double da = name == 'C' ? dh : dh * (1 - h[b][j] * h[b][j]);        // C forgot the slope of tanh
                g[j] += da * x[b][0];
                g[3 + j] += da * x[b][1];
                g[6 + j] += da;
            }
        }
        return g.clone();
    }

    /** In words what it does wrong; for after the exercises. */
    public String bug() {
        return switch (name) {
            case 'A' -> "wrong sign";
            case 'B' -> "no zeroGrad";
            case 'C' -> "no 1 - h²";
            case 'D' -> "updated W2";
            default -> "right";
        };
    }

    @Override public String toString() {
        return name == '-' ? "no suspect" : "Suspect " + name;
    }
}
