package unrolled.course.lesson08;


/** The two units of lesson 08 that compute running parity, h = (OR, AND), at gain 10. */
final class ParityUnits {
    static final double[][] P = {{5, 5}, {-5, -5}};
    static final double[] THRESHOLDS = {-5, -15};

    private ParityUnits() { }

    /** h_t from x_t and h_{t-1}. */
    static double[] step(double x, double[] h) {
        double[] next = new double[2];
        for (int j = 0; j < 2; j++) {
            next[j] = Math.tanh(10 * x + h[0] * P[0][j] + h[1] * P[1][j] + THRESHOLDS[j]);
        }
        return next;
    }

    /** The outputs of a run, with the bugs of exercise 8.9 switched on or off. */
    static double[] run(double[] bits, boolean transposed, boolean inPlace, boolean lost) {
        double[] y = new double[bits.length], h = {0, 0};
        for (int t = 0; t < bits.length; t++) {
            double[] before = lost ? new double[2] : h.clone();
            double[] next = new double[2];
            for (int j = 0; j < 2; j++) {
                double fromOr = transposed ? P[j][0] : P[0][j], fromAnd = transposed ? P[j][1] : P[1][j];
                next[j] = Math.tanh(10 * bits[t] + before[0] * fromOr + before[1] * fromAnd + THRESHOLDS[j]);
                if (inPlace) {
                    before[j] = next[j];
                }
            }
            h = next;
            y[t] = h[0] - h[1] - 1;
        }
        return y;
    }
}
