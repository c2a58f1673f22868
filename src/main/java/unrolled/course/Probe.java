package unrolled.course;

import java.util.List;
import java.util.function.Function;

/**
 * Runs a learner's function on the inputs of an exercise.
 *
 * @param type  what the function must be; a function of another functional type is adapted
 * @param tries runs it on a few inputs and returns the numbers that come out
 * @param right a right function, which shows what kind of result is expected
 */
record Probe<F>(Class<F> type, Function<F, double[]> tries, F right) {

    View run(Object answer) throws NotAnAnswer {
        Calls calls = new Calls();
        try {
            F function = new Functional(answer == right ? null : returns(), calls).as(type, answer);
            double[] out = tries.apply(function);
            if (out == null || out.length == 0) {
                throw NotAnAnswer.blank();
            }
            List<String> places = calls.places(out.length);
            return View.results(out, places);
        } catch (Functional.Refusal e) {
            throw e.answer;
        } catch (NullPointerException e) {
            if (thrownByProbe(e)) {
                throw NotAnAnswer.blank();
            }
            throw new Stumbled(e, calls.open());
        } catch (ClassCastException e) {
            if (thrownByProbe(e) && calls.result != null) {
                throw new NotAnAnswer("your function returns " + Words.describe(calls.result)
                    + ", and that is not what is asked for. Keep the left side of the line as it was given.");
            }
            throw new Stumbled(e, calls.open());
        } catch (NotAnAnswer e) {
            throw e;
        } catch (Throwable e) {
            throw new Stumbled(e, calls.open());
        }
    }

    /** The class of what the right function returns; null if it is not asked by a call. */
    private Class<?> returns() throws NotAnAnswer {
        if (Functional.method(type).isEmpty()) {
            return null;
        }
        Calls calls = new Calls();
        tries.apply(new Functional(null, calls).as(type, right));
        return calls.result == null ? null : calls.result.getClass();
    }

    /** Whether it was the probe itself that stumbled, over what the learner's function returned. */
    private boolean thrownByProbe(Throwable e) {
        String host = tries.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(host);
    }
}
