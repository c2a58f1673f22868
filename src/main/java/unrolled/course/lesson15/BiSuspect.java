package unrolled.course.lesson15;

import java.util.SplittableRandom;
import unrolled.course.Planted;
import unrolled.inspect.Influence;
import unrolled.layers.Elman;
import unrolled.layers.Init;
import unrolled.math.Matrix;
import unrolled.math.Sequence;

/**
 * Bidirectional layers of one unit for each direction, for the laboratory of lesson 15, each with one planted bug: the learner sees
 * which input reaches which half of which output, and must tell which bug it is.
 */
public final class BiSuspect {
    private static final int T = 6;

    private final char name;
    private final Elman forth = new Elman(1, 1, new SplittableRandom(1)), back = new Elman(1, 1, new SplittableRandom(2));

    private BiSuspect(char name) {
        this.name = name;
        for (Elman cell : new Elman[] {forth, back}) {
            cell.param("Wx").value.fill(0.8);
            cell.param("Wh").value.fill(0.9);
        }
    }

    /** Suspect "A", "B" or "C". */
    public static BiSuspect named(String name) {
        return new BiSuspect(Planted.letter(name, "suspect", 'C'));
    }

    /** What this suspect gives for x [T,1,1]: y [T,1,2], the half that goes forth, then the half that comes back. */
    public Sequence forward(Sequence x) {
        Sequence h = forth.forward(x).copy(), b = new Sequence(x.T, 1, 1);
        Sequence turned = new Sequence(x.T, 1, 1).reverse(x);
        switch (name) {
            case 'A' -> b.set(back.forward(turned));                       // A forgot to turn the answers round again
            case 'B' -> {                                                  // B lets back go on from the last state of forth
                back.start(Matrix.rowOf(h.at(x.T - 1).get(0, 0)));
                b.reverse(back.forward(turned));
                back.reset();
            }
            default -> b.set(back.forward(x));                             // C lets both read from the first step to the last
        }
        Sequence y = new Sequence(x.T, 1, 2);
        y.all().cols(0, 1).set(h.all());
        y.all().cols(1, 2).set(b.all());
        return y;
    }

    /** The influence of each input on each output's half: 0 for the half that goes forth, 1 for the one that comes back. */
    public double[][] reaches(int half) {
        Sequence x = new Sequence(T, 1, 1);
        Init.normal(0.3).fill(x.all(), new SplittableRandom(3));
        return Influence.of(in -> forward(in).cols(half, half + 1).copy(), x, 0.1);
    }

    @Override public String toString() {
        return "Suspect " + name;
    }
}
