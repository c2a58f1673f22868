package unrolled.course;

/** A recurrent cell with one input and one unit, as learners write it: one call a step, and the state kept between the calls. */
public interface Cell {
    /** Reads x_t and returns h_t, which is remembered for the next call. */
    double step(double x);

    /** A new sequence begins: h_{-1} = 0. */
    void reset();
}
