package unrolled.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import unrolled.layers.Activation;
import unrolled.math.Matrix;

class SlopesTest {

    @Test void slopesAreTheKnownOnes() {
        double h = Math.tanh(0.5);
        assertEquals(1 - h * h, Slopes.of(Activation.tanh()).applyAsDouble(0.5), 1e-12);
        assertEquals(0.25, Slopes.of(Activation.sigmoid()).applyAsDouble(0), 1e-12);
        assertArrayEquals(new double[] {0, 0, 1}, Slopes.of(Activation.relu(), Matrix.rowOf(-1, 0, 2)).toArray()[0]);
    }

    @Test void proofComparesWithTheNumericalSlope() {
        assertEquals(12, Slopes.numerical(a -> a * a * a, 2), 1e-6);
        Object[] row = Slopes.proof("slope", a -> 2 * a + 1, a -> a * a, 3);   // off by one
        assertEquals("slope", row[0]);
        assertEquals(7.0, row[1]);
        assertEquals(1, (double) row[3], 1e-6);
    }

    @Test void productShrinksAndLeavesOutZeros() {
        double[] relu = Slopes.product(Activation.relu(), 40, 5);
        assertEquals(0.5, relu[0], 0.01);
        assertTrue(relu.length < 40 && relu[relu.length - 1] > 0);
        double[] sigmoid = Slopes.product(Activation.sigmoid(), 3, 5);
        assertTrue(sigmoid.length == 3 && sigmoid[2] < 1 / 64.0 && sigmoid[0] < 0.25);
    }
}
