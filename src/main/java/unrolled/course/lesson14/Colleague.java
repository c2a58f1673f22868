package unrolled.course.lesson14;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import unrolled.course.Planted;
import unrolled.data.Toys;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * A comparison of two cells that went wrong, for the laboratory of lesson 14: the learner reads what was tried and what was reported, and must
 * tell what is unfair. All numbers are measured when they are asked for.
 */
public final class Colleague {
    private static final int SEEDS = 6;
    private static final double RATE = 0.03;
    private static final String ALL = "0.003, 0.01, 0.03";
    private static final Contest RECALL = new Contest("recall", Toys.recall(60), 300);

    private final char name;

    private Colleague(char name) {
        this.name = name;
    }

    /** Colleague "A", "B" or "C". */
    public static Colleague named(String name) {
        return new Colleague(Planted.letter(name, "colleague", 'C'));
    }

    /** What was done, line by line. */
    public Rows diary() {
        Rows rows = Display.table("cell", "units", "rates tried", "rate used", "updates, one number a run", "reported");
        for (Line line : lines()) {
            rows.row(line.kind, line.units, line.tried, RATE, Arrays.stream(line.updates).mapToObj(Contest::text).collect(Collectors.joining(" ")),
                line.reported);
        }
        return rows.caption("Colleague " + name + ": “" + says() + "”");
    }

    /** The sentence that was published. */
    public String says() {
        return switch (name) {
            case 'A' -> "The LSTM learns to count in every run, the plain cell does not, with as many units.";
            case 'B' -> "To recall a word over 60 others, the GRU is more reliable than the LSTM, at the same learning rate.";
            default -> "To recall a word over 60 others, the plain cell is as quick as the GRU.";
        };
    }

    private record Line(Kind kind, int units, String tried, int[] updates, String reported) { }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        switch (name) {
            case 'A' -> {
                Contest counting = new Contest("counting", Toys.counting(10), 600);
                lines.add(line(counting, Kind.PLAIN, 8, ALL, false));
                lines.add(line(counting, Kind.LSTM, 8, ALL, false));
            }
            case 'B' -> {
                lines.add(line(RECALL, Kind.GRU, units(RECALL, Kind.GRU), ALL, false));
                lines.add(line(RECALL, Kind.LSTM, units(RECALL, Kind.LSTM), "0.03", false));
            }
            default -> {
                lines.add(line(RECALL, Kind.PLAIN, units(RECALL, Kind.PLAIN), ALL, true));
                lines.add(line(RECALL, Kind.GRU, units(RECALL, Kind.GRU), ALL, true));
            }
        }
        return lines;
    }

    private static int units(Contest contest, Kind kind) {
        return kind.units(contest.task().D(), contest.task().K(), 600);
    }

    private static Line line(Contest contest, Kind kind, int H, String tried, boolean bestOnly) {
        int[] updates = contest.updates(kind, H, new Setting(RATE, true), 1, SEEDS);
        String reported = bestOnly ? Contest.text(Arrays.stream(updates).min().getAsInt())
            : Arrays.stream(updates).filter(n -> n != Contest.NEVER).count() + " of " + updates.length;
        return new Line(kind, H, tried, updates, reported);
    }

    @Override public String toString() {
        return "Colleague " + name;
    }
}
