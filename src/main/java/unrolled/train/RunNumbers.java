package unrolled.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import unrolled.math.SplitMix;

/** The single numbers of a training run as texts, and back to the bit. */
final class RunNumbers {
    private RunNumbers() { }

    static Map<String, String> write(Run run) {
        Map<String, String> n = new LinkedHashMap<>();
        n.put("rate", Double.toString(run.optimizer.rate()));
        n.put("optimizer steps", Long.toString(run.optimizer.steps()));
        n.put("epoch", Integer.toString(run.epoch));
        n.put("minibatch", Integer.toString(run.minibatch));
        n.put("counted", Integer.toString(run.counted));
        n.put("loss sum", Double.toString(run.lossSum));
        n.put("norm sum", Double.toString(run.normSum));
        n.put("steps", Long.toString(run.steps));
        n.put("seconds", Double.toString(run.seconds));
        n.put("seconds before", Double.toString(run.secondsBefore));
        n.put("best loss", Double.toString(run.early.best));
        n.put("best epoch", Integer.toString(run.early.bestEpoch));
        n.put("measured epoch", Integer.toString(run.early.epoch));
        n.put("generators", Integer.toString(run.randoms.size()));
        for (int i = 0; i < run.randoms.size(); i++) {
            SplitMix random = run.randoms.get(i);
            n.put("generator " + i + " at start", Long.toString(run.minibatch == 0 ? random.state() : run.atStart[i]));
            n.put("generator " + i + " now", Long.toString(random.state()));
        }
        return n;
    }

    /** Reads every number, or throws and changes nothing; what is returned puts them into the run. */
    static Runnable read(Path file, Map<String, String> texts, Run run) {
        int generators = (int) whole(file, texts, "generators");
        if (generators != run.randoms.size()) {
            throw Weights.bad(file, "is of a run that drew from " + generators + " generators, but now there are " + run.randoms.size()
                    + ". Name the same ones in Checkpoint.in");
        }
        long[] atStart = new long[generators], now = new long[generators];
        for (int i = 0; i < generators; i++) {
            atStart[i] = whole(file, texts, "generator " + i + " at start");
            now[i] = whole(file, texts, "generator " + i + " now");
        }
        double rate = number(file, texts, "rate"), lossSum = number(file, texts, "loss sum"), normSum = number(file, texts, "norm sum"),
                seconds = number(file, texts, "seconds"), before = number(file, texts, "seconds before"),
                best = number(file, texts, "best loss");
        long optimizerSteps = whole(file, texts, "optimizer steps"), steps = whole(file, texts, "steps");
        int epoch = (int) whole(file, texts, "epoch"), minibatch = (int) whole(file, texts, "minibatch"),
                counted = texts.containsKey("counted") ? (int) whole(file, texts, "counted") : minibatch,    // older files: all count
                bestEpoch = (int) whole(file, texts, "best epoch"), measured = (int) whole(file, texts, "measured epoch");
        return () -> {
            run.optimizer.rate(rate);
            run.optimizer.steps(optimizerSteps);
            run.epoch = epoch;
            run.minibatch = minibatch;
            run.counted = counted;
            run.lossSum = lossSum;
            run.normSum = normSum;
            run.steps = steps;
            run.seconds = seconds;
            run.secondsBefore = before;
            run.early.best = best;
            run.early.bestEpoch = bestEpoch;
            run.early.epoch = measured;
            run.atStart = atStart;
            run.goOn = minibatch == 0 ? null : now;              // null: the next epoch draws its order first
            run.states(now);
        };
    }

    static long whole(Path file, Map<String, String> texts, String name) {
        try {
            return Long.parseLong(text(file, texts, name));
        } catch (NumberFormatException e) {
            throw Weights.bad(file, "says '" + name + "' is '" + texts.get(name) + "', which is no whole number. It is damaged");
        }
    }

    private static double number(Path file, Map<String, String> texts, String name) {
        try {
            return Double.parseDouble(text(file, texts, name));
        } catch (NumberFormatException e) {
            throw Weights.bad(file, "says '" + name + "' is '" + texts.get(name) + "', which is no number. It is damaged");
        }
    }

    private static String text(Path file, Map<String, String> texts, String name) {
        String text = texts.get(name);
        if (text == null) {
            throw Weights.bad(file, "does not say '" + name + "'. It is damaged, or of another version");
        }
        return text;
    }
}
