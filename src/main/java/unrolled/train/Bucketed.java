package unrolled.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Minibatches of sequences of similar length, see {@link Batches#bucketed}. */
final class Bucketed extends Batches {
    Bucketed(Batch examples, int B, RandomGenerator random) {
        super(examples, B, random);
    }

    @Override public List<Batch> epoch() {
        int[] order = Arrays.stream(order()).boxed()
                .sorted(Comparator.comparingInt(all.x()::length))         // stable: equal lengths stay mixed
                .mapToInt(Integer::intValue).toArray();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            int to = Math.min(from + size, order.length);
            batches.add(all.pick(order, from, to, all.x().length(order[to - 1])));
        }
        for (int i = batches.size() - 1; i > 0 && random() != null; i--) {
            Collections.swap(batches, i, random().nextInt(i + 1));
        }
        return batches;
    }

    @Override String kind() {
        return super.kind() + " by length";
    }
}
