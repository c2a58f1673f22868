package unrolled.course;

import java.util.Arrays;

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
        if (name == null || !name.matches("[A-D]")) {
            throw new IllegalArgumentException("there is no suspect " + name + "; expected \"A\", \"B\", \"C\" or \"D\"");
        }
        return new Suspect(name.charAt(0));
    }

    /** What this suspect takes for the gradient of L = (d - y)²/2 at inputs x, two of them. The arguments are not changed. */
    public double[] gradient(double[] p, double[] x, double d) {
        double[] h = new double[H];
        double y = p[B2];
        for (int j = 0; j < H; j++) {
            h[j] = Math.tanh(x[0] * p[j] + x[1] * p[3 + j] + p[6 + j]);
            y += h[j] * p[W2 + j];
        }
        double dy = y - d;
        double[] g = name == 'B' ? sum : new double[N];                     // B adds to what the last call left
        g[B2] += dy;
        for (int j = 0; j < H; j++) {
            g[W2 + j] += dy * h[j];
            double weight = name == 'D' ? p[W2 + j] - RATE * dy * h[j] : p[W2 + j];     // D has already updated W2
            double dh = name == 'A' ? (d - y) * weight : dy * weight;                   // A has the difference the wrong way round
            double dz = name == 'C' ? dh : dh * (1 - h[j] * h[j]);                      // C forgot the slope of tanh
            g[j] += dz * x[0];
            g[3 + j] += dz * x[1];
            g[6 + j] += dz;
        }
        return Arrays.copyOf(g, N);
    }

    @Override public String toString() {
        return "Suspect " + name;
    }
}
