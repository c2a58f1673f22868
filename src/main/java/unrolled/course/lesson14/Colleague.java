package unrolled.course.lesson14;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import unrolled.data.Toys;
import unrolled.notebook.Display;
import unrolled.notebook.Rows;

/**
 * A comparison of two cells that went wrong, for the laboratory of lesson 14: the learner reads what was tried and what was reported, and must
 * tell what is unfair. All numbers are measured when they are asked for.
 */
public final class Colleague {
    private static final int SEEDS = 6;
    private static final Contest RECALL = new Contest("recall", Toys.recall(60), 300);

    private final char name;

    private Colleague(char name) {
        this.name = name;
    }

    /** Colleague "A", "B" or "C". */
    public static Colleague named(String name) {
        if (name == null || !name.matches("[A-C]")) {
            throw new IllegalArgumentException("there is no colleague " + name + "; expected \"A\", \"B\" or \"C\"");
        }
        return new Colleague(name.charAt(0));
    }

    /** What was done, line by line. */
    public Rows diary() {
        Rows rows = Display.table("cell", "units", "rates tried", "rate used", "updates, one number a run", "reported");
        for (Line line : lines()) {
            rows.row(line.kind, line.units, line.tried, line.rate, Arrays.stream(line.updates).mapToObj(Contest::text).collect(Collectors.joining(" ")),
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

    private record Line(Kind kind, int units, String tried, double rate, int[] updates, String reported) { }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        switch (name) {
            case 'A' -> {
                Contest counting = new Contest("counting", Toys.counting(10), 600);
                lines.add(line(counting, Kind.PLAIN, 8, 0.03, true, "0.003, 0.01, 0.03", "runs that learned"));
                lines.add(line(counting, Kind.LSTM, 8, 0.03, true, "0.003, 0.01, 0.03", "runs that learned"));
            }
            case 'B' -> {
                lines.add(line(RECALL, Kind.GRU, units(RECALL, Kind.GRU), 0.03, true, "0.003, 0.01, 0.03", "runs that learned"));
                lines.add(line(RECALL, Kind.LSTM, units(RECALL, Kind.LSTM), 0.03, true, "0.03", "runs that learned"));
            }
            default -> {
                lines.add(line(RECALL, Kind.PLAIN, units(RECALL, Kind.PLAIN), 0.03, true, "0.003, 0.01, 0.03", "fewest"));
                lines.add(line(RECALL, Kind.GRU, units(RECALL, Kind.GRU), 0.03, true, "0.003, 0.01, 0.03", "fewest"));
            }
        }
        return lines;
    }

    private static int units(Contest contest, Kind kind) {
        return kind.units(contest.task().D(), contest.task().K(), 600);
    }

    private static Line line(Contest contest, Kind kind, int H, double rate, boolean keep, String tried, String how) {
        int[] updates = contest.updates(kind, H, new Setting(rate, keep), 1, SEEDS);
        String reported = switch (how) {
            case "fewest" -> Contest.text(Arrays.stream(updates).min().getAsInt());
            default -> Arrays.stream(updates).filter(n -> n != Contest.NEVER).count() + " of " + updates.length;
        };
        return new Line(kind, H, tried, rate, updates, reported);
    }

    @Override public String toString() {
        return "Colleague " + name;
    }
}
