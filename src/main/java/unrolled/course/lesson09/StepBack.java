package unrolled.course.lesson09;


/**
 * One step of backpropagation through time in an Elman cell, as learners write it: the mirror of its step forward. It works on the
 * arrays of the cell. When it is called for step t, dh_t is complete and everything of step t+1 is done.
 */
@FunctionalInterface
public interface StepBack {
    /**
     * da_t = dh_t ∘ (1 - h_t²), then dh_{t-1} += da_t Whᵀ, dWx += x_tᵀ da_t, dWh += h_{t-1}ᵀ da_t, db += da_t.
     *
     * @param t    the step
     * @param cell its arrays
     */
    void at(int t, OpenElman cell);
}
