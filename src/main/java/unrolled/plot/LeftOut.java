package unrolled.plot;

import java.util.ArrayList;
import java.util.List;

/** Counts the points of one series that cannot be drawn, by reason, and says so in a sentence that stands in the figure. */
final class LeftOut {
    private final String name;
    private final String what;
    private int total;
    private int missing;
    private int infinite;
    private int huge;
    private int notPositive;

    /** @param what the things counted, in the plural: points, bars, cells */
    LeftOut(String name, String what) {
        this.name = name;
        this.what = what;
    }

    /** One more point: each coordinate, and for each whether its axis is logarithmic. */
    LeftOut see(double x, boolean xLog, double y, boolean yLog) {
        total++;
        if (Double.isNaN(x) || Double.isNaN(y)) {
            missing++;
        } else if (Double.isInfinite(x) || Double.isInfinite(y)) {
            infinite++;
        } else if (!Values.canDraw(x) || !Values.canDraw(y)) {
            huge++;
        } else if (xLog && x <= 0 || yLog && y <= 0) {
            notPositive++;
        }
        return this;
    }

    LeftOut see(double value, boolean log) {
        return see(1, false, value, log);
    }

    /** Empty if everything is drawn. */
    String sentence() {
        List<String> reasons = new ArrayList<>();
        add(reasons, missing, "missing (NaN)");
        add(reasons, infinite, "infinite");
        add(reasons, huge, "too large to draw");
        add(reasons, notPositive, "not above 0, which a logarithmic axis does not have");
        int out = missing + infinite + huge + notPositive;
        String whose = name.isBlank() ? "" : " of “" + name + "”";
        return total == 0 ? "No " + what + whose + " to draw." : out == 0 ? ""
                : "Not drawn" + whose + ": " + out + " of " + total + " " + what + ", " + String.join("; ", reasons) + ".";
    }

    private void add(List<String> reasons, int count, String reason) {
        if (count > 0) {
            reasons.add((count == missing + infinite + huge + notPositive ? "" : count + " ") + reason);
        }
    }
}
