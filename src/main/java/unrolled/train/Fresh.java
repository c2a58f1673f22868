package unrolled.train;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** New examples in every minibatch, see {@link Batches#fresh}. */
final class Fresh extends Batches {
    private final int count;
    private final Function<RandomGenerator, Batch> draw;

    Fresh(int count, RandomGenerator random, Function<RandomGenerator, Batch> draw) {
        super(random);
        if (count < 1 || random == null || draw == null) {
            throw new IllegalArgumentException("Batches.fresh: count = " + count + ", random " + random + ", draw " + draw
                    + "; expected at least 1 minibatch, a generator, and what draws a minibatch from it");
        }
        this.count = count;
        this.draw = draw;
    }

    @Override public int count() {
        return count;
    }

    @Override public List<Batch> epoch() {
        return Stream.generate(() -> draw.apply(random())).limit(count).toList();
    }

    @Override public String toString() {
        return count + " fresh minibatches";
    }
}
