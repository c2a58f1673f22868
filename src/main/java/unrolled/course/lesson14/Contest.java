package unrolled.course.lesson14;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import unrolled.data.Task;
import unrolled.layers.Sequential;
import unrolled.math.Null;
import unrolled.optim.Adam;
import unrolled.train.Batch;
import unrolled.train.Batches;
import unrolled.train.Trainer;

/**
 * A task on which cells are compared. A network trains on minibatches of {@value #MINIBATCH} fresh examples, with Adam and gradients of a
 * length of at most 1. After every {@value #EVERY} updates it is asked {@value #EXAM} other fresh examples; it has learned the task when
 * it has answered {@value #GOAL} of them in two such exams in a row.
 *
 * @param name what the tables call it
 * @param task what is learned
 * @param most after so many updates it has failed
 */
public record Contest(String name, Task task, int most) {
    /** What {@link #updates} says of a network that has not learned the task: more than any number of updates. */
    public static final int NEVER = Integer.MAX_VALUE;
    static final int MINIBATCH = 16, EVERY = 20, EXAM = 100;
    static final double GOAL = 0.95;

    public Contest {
        Null.refuse(name, "Contest: name", "a word");
        Null.refuse(task, "Contest: task", "a Task, such as Toys.recall(60)");
        if (most < 2 * EVERY) {
            throw new IllegalArgumentException("Contest: at most " + most + " updates; expected room for two exams, " + 2 * EVERY + " or more");
        }
    }

    private record Run(Contest contest, Kind kind, int H, Setting setting, int seed) { }

    private static final Map<Run, Integer> KNOWN = new ConcurrentHashMap<>();

    /**
     * How many updates such a network needs until it has learned the task, or {@link #NEVER}. Same seed, same number: a run of this
     * contest that was made before is not made again.
     */
    public int updates(Kind kind, int H, Setting setting, int seed) {
        Null.refuse(kind, "updates: kind", "a Kind, such as Kind.GRU");
        Null.refuse(setting, "updates: setting", "a Setting, such as new Setting(0.01, true)");
        Run run = new Run(this, kind, H, setting, seed);
        Integer known = KNOWN.get(run);
        int updates = known != null ? known : train(kind, H, setting, seed);
        if (!Thread.currentThread().isInterrupted()) {
            KNOWN.put(run, updates);
        }
        return updates;
    }

    int train(Kind kind, int H, Setting setting, int seed) {
        Sequential net = kind.network(task.D(), H, task.K(), setting.keep(), new SplittableRandom(seed));
        SplittableRandom draws = new SplittableRandom(1000 + seed), exams = new SplittableRandom(2000 + seed);
        Trainer trainer = new Trainer(net, task.loss(), new Adam(net.params(), setting.rate())).clip(1).epochs(EVERY);
        int passed = 0;
        for (int n = EVERY; n <= most && !Thread.currentThread().isInterrupted(); n += EVERY) {
            trainer.fit(Batches.fresh(1, draws, draw -> task.batch(MINIBATCH, draw)));
            Batch exam = task.batch(EXAM, exams);
            passed = task.score(net.forward(exam.x()), exam) >= GOAL ? passed + 1 : 0;
            if (passed == 2) {
                return n;
            }
        }
        return NEVER;
    }

    /** The same for the seeds from (inclusive) to (inclusive), two at a time, in the order of the seeds. */
    public int[] updates(Kind kind, int H, Setting setting, int from, int to) {
        return IntStream.rangeClosed(from, to).parallel().map(seed -> updates(kind, H, setting, seed)).toArray();
    }

    /** The middle of these numbers, sorted: of an even count the larger of the two in the middle. */
    public static int middle(int... updates) {
        int[] sorted = updates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A number of updates as tables show it: a dash for never. */
    public static String text(int updates) {
        return updates == NEVER ? "–" : Integer.toString(updates);
    }
}
