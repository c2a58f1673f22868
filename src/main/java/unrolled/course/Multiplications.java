package unrolled.course;

/** Counts the multiplications of a pass by making them: the reference for the formulas of learners. */
public final class Multiplications {

    private long count;

    private Multiplications() { }

    /** x W with zeros for values: only the number of multiplications matters. */
    private double[] product(double[] x, double[][] W) {
        double[] z = new double[W[0].length];
        for (int j = 0; j < z.length; j++) {
            for (int i = 0; i < x.length; i++) {
                z[j] += x[i] * W[i][j];
                count++;
            }
        }
        return z;
    }

    /** One pass through layers of these sizes. */
    public static double feedforward(double... sizes) {
        Multiplications counter = new Multiplications();
        double[] signal = new double[(int) sizes[0]];
        for (int l = 1; l < sizes.length; l++) {
            signal = counter.product(signal, new double[(int) sizes[l - 1]][(int) sizes[l]]);
        }
        return counter.count;
    }

    /** T steps of h_t = tanh(x_t Wx + h_{t-1} Wh + b), y_t = h_t Wy + by. */
    public static double recurrent(double T, double D, double H, double K) {
        Multiplications counter = new Multiplications();
        double[] h = new double[(int) H];
        for (int t = 0; t < T; t++) {
            counter.product(new double[(int) D], new double[(int) D][(int) H]);
            h = counter.product(h, new double[(int) H][(int) H]);
            counter.product(h, new double[(int) H][(int) K]);
        }
        return counter.count;
    }
}
