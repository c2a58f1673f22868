package unrolled.course.lesson15;

import java.util.random.RandomGenerator;
import unrolled.data.Task;
import unrolled.data.Teddy;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * The sentences of {@link Teddy}, each asked at the word Teddy, with three questions: is Teddy a name; is it a name and does a woman
 * speak; is exactly one of these two true. The second and the third need a word before Teddy and a word after it.
 */
public enum TeddyQuestion implements Task {
    /** Is Teddy a name? */
    NAME(0.5, 0.5),
    /** Is Teddy a name, and does a woman speak? */
    BOTH(0.75, 0.75),
    /** Is exactly one true: Teddy is a name, a woman speaks? */
    ONE_OF_TWO(0.5, 0.5);

    private static final Teddy TEDDY = new Teddy();
    private static final int SHE = 1;
    private final double chance, limit;

    TeddyQuestion(double chance, double limit) {
        this.chance = chance;
        this.limit = limit;
    }

    private int answer(boolean name, boolean she) {
        return switch (this) {
            case NAME -> name;
            case BOTH -> name && she;
            case ONE_OF_TWO -> name != she;
        } ? 1 : 0;
    }

    private Batch asked(Batch batch) {
        Sequence d = batch.d().copy();
        for (int b = 0; b < d.B; b++) {
            boolean name = batch.d().at(Teddy.ASKED).get(b, 0) == 1, she = batch.x().at(0).get(b, SHE) == 1;
            d.at(Teddy.ASKED).set(b, 0, answer(name, she));
        }
        return new Batch(batch.x(), d, batch.mask());
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        return asked(TEDDY.batch(B, random));
    }

    /** Each of the eight sentences of {@link Teddy#all} once, [9,8,15]. */
    public Batch all() {
        return asked(TEDDY.all());
    }

    /** The share of the eight sentences that these outputs answer rightly. */
    public double share(Sequence y) {
        return score(Null.refuse(y, "share: y", "outputs for all()"), all());
    }

    @Override public int D() {
        return TEDDY.D();
    }

    @Override public int K() {
        return 2;
    }

    @Override public double chance() {
        return chance;
    }

    @Override public double limit() {
        return limit;
    }

    @Override public double limitWithFuture() {
        return 1;
    }

    @Override public String source() {
        return TEDDY.source();
    }
}
