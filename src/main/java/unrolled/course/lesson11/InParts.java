package unrolled.course.lesson11;

import java.util.List;
import java.util.stream.IntStream;
import unrolled.layers.Layer;
import unrolled.losses.CrossEntropy;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Accuracy;
import unrolled.train.Batch;
import unrolled.train.Batches;

/** Measures a network in minibatches by length: the same numbers as in one block, without its memory. For targets without a mask. */
public final class InParts {
    private static final int SIZE = 64;

    private InParts() { }

    private static List<Batch> parts(Layer net, Batch batch) {
        Null.refuse(net, "InParts: net", "a network");
        if (Null.refuse(batch, "InParts: batch", "examples").mask() != null) {
            throw new IllegalArgumentException("InParts: the examples have a mask; expected none, since lengths say what counts");
        }
        return Batches.bucketed(batch, SIZE, null).epoch();
    }

    /** Share of the answers that are right, over the steps that exist. */
    public static double accuracy(Layer net, Batch batch) {
        double right = 0, all = 0;
        for (Batch part : parts(net, batch)) {
            int n = part.d().T == 1 ? part.x().B : IntStream.range(0, part.x().B).map(part.x()::length).sum();
            right += n * Accuracy.of(net.forward(part.x()), part.d(), null);
            all += n;
        }
        return right / all;
    }

    /** Cross entropy in nats, the mean over the steps that exist. */
    public static double loss(Layer net, Batch batch) {
        double sum = 0, all = 0;
        CrossEntropy loss = new CrossEntropy();
        for (Batch part : parts(net, batch)) {
            double mean = loss.forward(net.forward(part.x()), part.d());
            sum += loss.steps() * mean;
            all += loss.steps();
        }
        return sum / all;
    }

    /** Cross entropy at each of the first n steps, the mean over the sequences that are so long. */
    public static double[] lossByStep(Layer net, Batch batch, int n) {
        double[] sum = new double[n], all = new double[n];
        for (Batch part : parts(net, batch)) {
            Sequence y = net.forward(part.x());
            for (int t = 0; t < Math.min(n, y.T); t++) {
                Matrix p = new Matrix(y.B, y.F).softmax(y.at(t));
                for (int b = 0; b < y.B; b++) {
                    if (t < part.x().length(b)) {
                        sum[t] -= Math.log(p.get(b, (int) part.d().at(t).get(b, 0)));
                        all[t]++;
                    }
                }
            }
        }
        return IntStream.range(0, n).mapToDouble(t -> sum[t] / all[t]).toArray();
    }
}
