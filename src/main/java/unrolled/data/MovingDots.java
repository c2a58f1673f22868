package unrolled.data;

import java.util.List;
import java.util.random.RandomGenerator;
import unrolled.math.Null;
import unrolled.math.Sequence;
import unrolled.train.Batch;

/**
 * Films of T frames, 8 x 8 pixels: a dot, blurred over two pixels along its way, moves by one pixel a frame to the left, to the
 * right, up or down (classes 0 to 3), and comes in again at the other side. Where it begins and which way it moves is drawn with
 * equal chances. Asked at the last frame: which way? Blind, 1/4 is chance. One frame shows along which line it moves, but not
 * which way: limit 1/2 for T = 1. Two frames show all: limit 1.
 * Shapes: x [T,B,64] pixels 0 or 1 row by row, d [T,B,1], a mask that is 1 at the last step only, K = 4.
 */
public record MovingDots(int T) implements Task {
    /** Rows, and columns, of a frame. */
    public static final int SIDE = 8;
    private static final List<String> WAYS = List.of("left", "right", "up", "down");

    public MovingDots {
        if (T < 1) {
            throw new IllegalArgumentException("moving dots: T = " + T + " frames; expected at least 1");
        }
    }

    /** The ways by class. */
    public static List<String> ways() {
        return WAYS;
    }

    @Override public Batch batch(int B, RandomGenerator random) {
        Null.refuse(random, "batch: random", "a generator, such as new SplitMix(1)");
        Sequence x = new Sequence(T, B, D()), d = new Sequence(T, B, 1), mask = new Sequence(T, B, 1);
        for (int b = 0; b < B; b++) {
            int way = random.nextInt(WAYS.size()), line = random.nextInt(SIDE), start = random.nextInt(SIDE);
            boolean across = way < 2;                            // left or right: along a row; up or down: along a column
            int step = way % 2 == 0 ? -1 : 1;
            for (int t = 0; t < T; t++) {
                for (int blur = 0; blur < 2; blur++) {
                    int place = Math.floorMod(start + step * t + blur, SIDE);
                    x.at(t).set(b, across ? line * SIDE + place : place * SIDE + line, 1);
                }
            }
            d.at(T - 1).set(b, 0, way);
            mask.at(T - 1).set(b, 0, 1);
        }
        return new Batch(x, d, mask);
    }

    @Override public int D() {
        return SIDE * SIDE;
    }

    @Override public int K() {
        return WAYS.size();
    }

    @Override public double chance() {
        return 0.25;
    }

    @Override public double limit() {
        return T == 1 ? 0.5 : 1;
    }

    @Override public String source() {
        return "moving shapes as a test of memory: Srivastava, Mansimov and Salakhutdinov, Unsupervised learning of video "
                + "representations using LSTMs, 2015; this film is our own";
    }
}
