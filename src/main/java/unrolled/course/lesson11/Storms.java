package unrolled.course.lesson11;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unrolled.data.DataFolder;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Tracks of storms, a fix every six hours (nearly always): at each fix the wind, the pressure and the place go in, scaled, and the
 * class is what the wind does until the fourth fix after it, a day later: weaker, same or stronger. The last four fixes of a storm
 * have no answer and are left out.
 *
 * @param training storms before 2008, x [T,B,4] with lengths, d [T,B,1]
 * @param heldOut storms from 2008 on
 */
public record Storms(Batch training, Batch heldOut) {
    /** The classes by number. */
    public static final List<String> CLASSES = List.of("weaker", "same", "stronger");
    /** Numbers of a fix, D. */
    public static final int D = 4;
    private static final int DAY = 4, SPLIT = 2008;

    /** From the file of the folder {@code data/}. */
    public static Storms load() {
        Table table = DataFolder.table("atlantic_storms.csv");
        Map<String, List<double[]>> storms = new LinkedHashMap<>();
        Map<String, Integer> years = new LinkedHashMap<>();
        for (Row row : table) {
            String storm = row.getString("name") + row.getInt("year");
            years.put(storm, row.getInt("year"));
            storms.computeIfAbsent(storm, s -> new ArrayList<>()).add(new double[] {row.getInt("wind"), row.getInt("pressure"),
                row.getDouble("lat"), row.getDouble("long")});
        }
        storms.values().removeIf(fixes -> fixes.size() <= DAY);
        return new Storms(batch(storms, s -> years.get(s) < SPLIT), batch(storms, s -> years.get(s) >= SPLIT));
    }

    private static Batch batch(Map<String, List<double[]>> storms, Predicate<String> which) {
        List<double[][]> x = new ArrayList<>();
        List<int[]> d = new ArrayList<>();
        storms.forEach((name, fixes) -> {
            if (which.test(name)) {
                int n = fixes.size() - DAY;
                x.add(fixes.subList(0, n).stream().map(Storms::scaled).toArray(double[][]::new));
                d.add(IntStream.range(0, n).map(t -> (int) Math.signum(fixes.get(t + DAY)[0] - fixes.get(t)[0]) + 1).toArray());
            }
        });
        return Batch.of(Sequence.padded(x), Sequence.symbols(d));
    }

    /** Roughly mean 0 and deviation 1: knots, hectopascals, degrees north, degrees east. */
    private static double[] scaled(double[] fix) {
        return new double[] {(fix[0] - 55) / 26, (fix[1] - 992) / 19, (fix[2] - 25) / 10, (fix[3] + 64) / 20};
    }

    /** Share of held-out answers that are right if each is this class. */
    public double always(int k) {
        Sequence d = heldOut.d();
        int right = 0, all = 0;
        for (int b = 0; b < d.B; b++) {
            for (int t = 0; t < d.length(b); t++, all++) {
                right += d.at(t).get(b, 0) == k ? 1 : 0;
            }
        }
        return right / (double) all;
    }

    /** Share of held-out answers that are right if each is the class of what the wind did in the last day, or since the storm's beginning. */
    public double asBefore() {
        Sequence x = heldOut.x(), d = heldOut.d();
        int right = 0, all = 0;
        for (int b = 0; b < x.B; b++) {
            for (int t = 0; t < x.length(b); t++, all++) {
                double now = x.at(t).get(b, 0), then = x.at(Math.max(0, t - DAY)).get(b, 0);
                right += d.at(t).get(b, 0) == (t == 0 ? 2 : (int) Math.signum(now - then) + 1) ? 1 : 0;
            }
        }
        return right / (double) all;
    }
}
