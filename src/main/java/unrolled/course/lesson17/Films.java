package unrolled.course.lesson17;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import unrolled.data.MovingDots;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.plot.Graphic;
import unrolled.plot.GridChart;

import unrolled.plot.Plots;
import unrolled.train.Batch;

/**
 * The films of {@link MovingDots}, all of them instead of drawn ones: 4 ways, 8 lines and 8 starts make 256, whatever their length. A
 * frame has 8 x 8 pixels, 0 or 1, row by row; a film is one sequence, and its target the way of its dot, 0 to 3.
 */
public final class Films {
    private static final int SIDE = MovingDots.SIDE, WAYS = MovingDots.ways().size(), PIXELS = SIDE * SIDE;

    /** A film: which way, along which row or column, and where on it the first pixel begins. */
    private record Film(int way, int line, int start) {
        /** Where a lit pixel of frame t lies on its line, not yet brought back into the picture; blur is 0 or 1. */
        int place(int t, int blur) {
            return start + (way % 2 == 0 ? -t : t) + blur;
        }

        int pixel(int t, int blur) {
            int place = Math.floorMod(place(t, blur), SIDE);
            return way < 2 ? line * SIDE + place : place * SIDE + line;
        }

        /** Whether the dot stays in these columns, to excluded, and never comes in again at the other side. */
        boolean within(int T, int from, int to) {
            for (int t = 0; t < T; t++) {
                for (int blur = 0; blur < 2; blur++) {
                    int place = place(t, blur), column = way < 2 ? place : line;
                    if (place < 0 || place >= SIDE || column < from || column >= to) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private Films() { }

    private static List<Film> list() {
        List<Film> films = new ArrayList<>();
        for (int way = 0; way < WAYS; way++) {
            for (int line = 0; line < SIDE; line++) {
                for (int start = 0; start < SIDE; start++) {
                    films.add(new Film(way, line, start));
                }
            }
        }
        return films;
    }

    private static Batch batch(int T, List<Film> films) {
        Sequence x = new Sequence(T, films.size(), PIXELS);
        int[] d = new int[films.size()];
        for (int b = 0; b < d.length; b++) {
            d[b] = films.get(b).way();
            show(films.get(b), x, 0, T, b);
        }
        return Batch.of(x, d);
    }

    private static void show(Film film, Sequence x, int at, int T, int b) {
        for (int t = 0; t < T; t++) {
            x.at(at + t).set(b, film.pixel(t, 0), 1).set(b, film.pixel(t, 1), 1);
        }
    }

    /** All 256 films of T frames: x [T,256,64], d [1,256,1]. */
    public static Batch all(int T) {
        return batch(T, list());
    }

    /**
     * The films whose dot stays in the columns from, from+1 .. to-1 of the picture and never leaves it: of two frames there are 80 in
     * each half.
     */
    public static Batch within(int T, int from, int to) {
        List<Film> films = list().stream().filter(film -> film.within(T, from, to)).toList();
        if (films.isEmpty()) {
            throw new IllegalArgumentException("no film of " + T + " frames stays in the columns " + from + " to " + (to - 1)
                + "; expected at least " + (T + 1) + " columns of 0 to " + (SIDE - 1));
        }
        return batch(T, films);
    }

    /** Two frames in each step, the older first: step t has the frames t and t+1, [T-1,B,128]: a window of two frames. */
    public static Batch pairs(Batch films) {
        Sequence x = Null.refuse(films, "pairs: films", "such as Films.all(2)").x();
        if (x.T < 2) {
            throw new IllegalArgumentException("pairs: films of " + x.T + " frame; expected at least 2");
        }
        Sequence pairs = new Sequence(x.T - 1, x.B, 2 * x.F);
        for (int t = 0; t < pairs.T; t++) {
            pairs.at(t).cols(0, x.F).set(x.at(t));
            pairs.at(t).cols(x.F, 2 * x.F).set(x.at(t + 1));
        }
        return new Batch(pairs, films.d(), films.mask());
    }

    /**
     * B films with two dots, one after the other, in windows of two frames: step 0 has both frames of the first dot, step 1 those of
     * the second, which goes another way. The target is the way of the first: x [2,B,128], d [1,B,1]. A reader that knows both ways,
     * but not their order, is right in half of them; one that knows the second alone in a third.
     */
    public static Batch oneAfterAnother(int B, RandomGenerator random) {
        Null.refuse(random, "oneAfterAnother: random", "a generator, such as new SplittableRandom(1)");
        Batch all = pairs(all(2));
        Sequence x = new Sequence(2, B, 2 * PIXELS);
        int[] d = new int[B];
        for (int b = 0; b < B; b++) {
            int first = random.nextInt(all.x().B), second = first;
            while (way(all, second) == way(all, first)) {
                second = random.nextInt(all.x().B);
            }
            x.at(0).copyRow(b, all.x().at(0), first);
            x.at(1).copyRow(b, all.x().at(0), second);
            d[b] = way(all, first);
        }
        return Batch.of(x, d);
    }

    private static int way(Batch films, int b) {
        return (int) films.d().at(0).get(b, 0);
    }

    /** A picture or map as rows and columns: numbers from..from+height·width-1 of row b. */
    public static double[][] picture(Matrix m, int b, int from, int height, int width) {
        double[][] rows = new double[height][width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                rows[i][j] = m.get(b, from + i * width + j);
            }
        }
        return rows;
    }

    /** Film b of a batch, to be played: a picture a frame. */
    public static Graphic play(String title, Batch films, int b) {
        Map<String, GridChart> frames = new LinkedHashMap<>();
        Sequence x = Null.refuse(films, "play: films", "such as Films.all(6)").x();
        for (int t = 0; t < x.T; t++) {
            frames.put("t = " + t, Plots.heatmap(title, "column", "row", 0, picture(x.at(t), b, 0, SIDE, SIDE)).sequential().between(0, 1)
                .colours("light"));
        }
        return Plots.frames(frames);
    }
}
