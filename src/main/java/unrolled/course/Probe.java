package unrolled.course;

import java.util.function.Function;

/** Runs a learner's function on the inputs of an exercise. */
final class Probe {

    private Probe() { }

    static <F> View run(Class<F> type, Function<F, double[]> probe, Object answer) throws NotAnAnswer {
        if (!type.isInstance(answer)) {
            throw new NotAnAnswer("the answer is " + Words.wanted(type) + "; yours is " + Words.describe(answer) + ".");
        }
        double[] out;
        try {
            out = probe.apply(type.cast(answer));
        } catch (NullPointerException e) {
            if (thrownByProbe(e, probe)) {
                throw NotAnAnswer.blank();
            }
            throw e;
        }
        if (out == null || out.length == 0) {
            throw NotAnAnswer.blank();
        }
        return View.vector(out);
    }

    /** Whether it was the probe itself that stumbled, over a {@code null} that the learner's function returned. */
    private static boolean thrownByProbe(Throwable e, Function<?, ?> probe) {
        String host = probe.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(host);
    }
}
