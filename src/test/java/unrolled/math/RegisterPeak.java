package unrolled.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Twelve independent multiply-add chains in registers: what the machine could do if memory cost nothing. */
final class RegisterPeak {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    static final double FLOPS_PER_STEP = 24.0 * S.length();

    private RegisterPeak() { }

    static double run(int steps) {
        DoubleVector x = DoubleVector.broadcast(S, 0.999), y = DoubleVector.broadcast(S, 0.001);
        DoubleVector c0 = y, c1 = y, c2 = y, c3 = y, c4 = y, c5 = y, c6 = y, c7 = y, c8 = y, c9 = y, c10 = y, c11 = y;
        for (int i = 0; i < steps; i++) {
            c0 = c0.fma(x, y);
            c1 = c1.fma(x, y);
            c2 = c2.fma(x, y);
            c3 = c3.fma(x, y);
            c4 = c4.fma(x, y);
            c5 = c5.fma(x, y);
            c6 = c6.fma(x, y);
            c7 = c7.fma(x, y);
            c8 = c8.fma(x, y);
            c9 = c9.fma(x, y);
            c10 = c10.fma(x, y);
            c11 = c11.fma(x, y);
        }
        return c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
    }
}
