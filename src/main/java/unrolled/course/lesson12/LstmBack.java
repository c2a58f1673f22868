package unrolled.course.lesson12;

/**
 * One step of one unit of an LSTM on the way back, as learners write it: c = f · before + i · g and h = o · tanh c, where i, f, o are
 * sigmoids and g is a tanh of their sums.
 */
@FunctionalInterface
public interface LstmBack {
    /**
     * The gradients of the four sums and of the old cell: da_i, da_f, da_g, da_o, dc_{t-1}.
     *
     * @param dh     gradient of h_t, complete
     * @param dc     what has come to c_t along the conveyor, from step t+1
     * @param i      input gate; f forget gate; g candidate; o output gate
     * @param before the old cell, c_{t-1}
     * @param c      the new cell, c_t
     */
    double[] at(double dh, double dc, double i, double f, double g, double o, double before, double c);
}
