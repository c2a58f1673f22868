package unrolled.layers;

import unrolled.math.Sequence;
import unrolled.math.Shares;

/** The time loop of a {@link Recurrent} cell, and its mirror: by one thread, or in shares of the batch by several. */
final class TimeLoop {
    private final Recurrent cell;
    private final Runnable steps = this::steps, stepsBack = this::stepsBack;
    private Sequence dy;                                     // of the backward pass under way

    TimeLoop(Recurrent cell) {
        this.cell = cell;
    }

    void run() {
        Shares.compute(cell.out, work(), rowsApart(), steps);
    }

    void runBack(Sequence dy) {
        this.dy = dy;
        Shares.compute(cell.dOut, work(), rowsApart(), stepsBack);
    }

    private void steps() {
        States states = cell.states;
        for (int t = 0; t < cell.T; t++) {
            states.dropout.apply(t);
            cell.step(t);
            states.padding.hold(cell.x, t);
        }
    }

    private void stepsBack() {
        States states = cell.states;
        for (int t = cell.T - 1; t >= 0; t--) {
            states.padding.take(cell.x, t);
            cell.stepBack(t);
            states.dropout.applyBack(t);
            if (t % states.truncate == 0 && t > 0) {
                states.cut(t - 1, cell.dOut, dy);
            }
            states.padding.give(cell.x, t);                  // behind the cut: nothing is cut in padding
        }
    }

    /** Whether nothing but step(t) happens in the loop, and that row by row. */
    private boolean rowsApart() {
        return cell instanceof RowsApart && !cell.x.hasLengths() && !cell.states.dropout.drops() && cell.states.truncate >= cell.T;
    }

    private long work() {
        return (long) cell.multiplications() * cell.T * cell.B;
    }
}
