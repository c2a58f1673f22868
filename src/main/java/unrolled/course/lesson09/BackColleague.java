package unrolled.course.lesson09;

import unrolled.course.Planted;

/**
 * A way back through an Elman cell with one planted bug, for the laboratory of lesson 09: its gradients can be seen, its bug is found
 * by tests. Colleague A keeps the last share of a step only, B takes the state after the step for the one before it, C writes the
 * message of the next step over the error of its own step.
 */
public final class BackColleague implements StepBack {
    private final char name;

    private BackColleague(char name) {
        this.name = name;
    }

    /** Colleague "A", "B" or "C". */
    public static BackColleague named(String name) {
        return new BackColleague(Planted.letter(name, "colleague", 'C'));
    }

    @Override public void at(int t, OpenElman cell) {
        cell.da.at(t).set(cell.dh.at(t)).timesTanhSlope(cell.h.at(t));
        if (name == 'C') {
            cell.dh.at(t - 1).fill(0);                                     // the error of step t-1 itself is lost
        }
        cell.dh.at(t - 1).addDot(cell.da.at(t), cell.Wh.transposed());
        if (name == 'A') {
            cell.dWh.fill(0);                                              // = in place of +=
        }
        cell.dWh.addDot(cell.h.at(name == 'B' ? t : t - 1).transposed(), cell.da.at(t));
        cell.dWx.addDot(cell.x.at(t).transposed(), cell.da.at(t));
        cell.db.addRowsOf(cell.da.at(t));
    }

    @Override public String toString() {
        return "Colleague " + name;
    }
}
