package unrolled.course;

import java.util.ArrayList;
import java.util.List;

/** With which inputs a probe called a learner's function, so that a message can name the one at which it fails. */
final class Calls {

    /** A probe of more calls is not written down. */
    private static final int MOST = 10_000;

    private final List<String> inputs = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private boolean known = true;
    /** The last result. */
    Object result;

    void begin(Object[] args) {
        known &= inputs.size() < MOST && args.length > 0;
        if (known) {
            inputs.add(Words.input(args));                          // now, as the function may change an array
        }
    }

    void end(Object result) {
        this.result = result;
        if (known) {
            sizes.add(size(result));
        }
    }

    private static int size(Object result) {
        return result instanceof Number || result == null ? 1 : result instanceof double[] a ? a.length : result instanceof double[][] rows
            ? rows.length == 0 ? 0 : rows.length * (rows[0] == null ? 1 : rows[0].length) : -1;
    }

    /** The input of the call that did not come back; empty if there is none, or it has no inputs. */
    String open() {
        return inputs.size() > sizes.size() ? inputs.get(inputs.size() - 1) : "";
    }

    /** Where each of so many numbers comes from; null if that is not known, since the probe made something else of the results. */
    List<String> places(int numbers) {
        List<String> places = new ArrayList<>();
        for (int i = 0; known && i < sizes.size(); i++) {
            known = sizes.get(i) >= 0;
            for (int j = 0; j < sizes.get(i) && places.size() <= numbers; j++) {
                places.add("the input " + inputs.get(i) + (sizes.get(i) > 1 ? ", value " + j + "," : ""));
            }
        }
        return known && places.size() == numbers ? places : null;
    }
}
