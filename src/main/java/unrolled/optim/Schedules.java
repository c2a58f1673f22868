package unrolled.optim;

/** The schedules by name: each can say what it is, so that a saved training run knows its own. */
final class Schedules {
    private Schedules() { }

    enum Constant implements Schedule {
        ONE;

        @Override public double factor(long n) {
            return 1;
        }

        @Override public String toString() {
            return "constant";
        }
    }

    record Step(int every, double gamma) implements Schedule {
        Step {
            atLeastOne("step", every);
            share("step", gamma);
        }

        @Override public double factor(long n) {
            return StrictMath.pow(gamma, n / every);
        }

        @Override public String toString() {
            return "times " + gamma + " every " + every + " steps";
        }
    }

    record Exponential(double gamma) implements Schedule {
        Exponential {
            share("exponential", gamma);
        }

        @Override public double factor(long n) {
            return StrictMath.pow(gamma, n);
        }

        @Override public String toString() {
            return "times " + gamma + " every step";
        }
    }

    record Cosine(long steps) implements Schedule {
        Cosine {
            atLeastOne("cosine", steps);
        }

        @Override public double factor(long n) {
            return (1 + StrictMath.cos(Math.PI * Math.min(n, steps) / steps)) / 2;
        }

        @Override public String toString() {
            return "cosine over " + steps + " steps";
        }
    }

    record WarmUp(int steps, Schedule then) implements Schedule {
        WarmUp {
            atLeastOne("warmUp", steps);
        }

        @Override public double factor(long n) {
            return n < steps ? (n + 1.0) / (steps + 1.0) : then.factor(n - steps);
        }

        @Override public String toString() {
            return "warm-up of " + steps + " steps, then " + then;
        }
    }

    private static void atLeastOne(String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("Schedule." + name + ": " + steps + " steps; expected at least 1");
        }
    }

    private static void share(String name, double gamma) {
        if (!(gamma > 0 && gamma <= 1)) {
            throw new IllegalArgumentException("Schedule." + name + ": the factor is " + gamma + "; expected 0 < factor <= 1, such as 0.5");
        }
    }
}
