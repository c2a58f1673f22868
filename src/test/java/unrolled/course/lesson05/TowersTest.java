package unrolled.course.lesson05;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Init;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Matrix;

class TowersTest {

    @Test void sizesAreThoseAskedFor() {
        Sequential net = Towers.of(1, 11, 1, 3, Activation::tanh, Init.xavier(), 1);
        assertEquals(1 * 11 + 11 + 2 * (11 * 11 + 11) + 11 + 1,
            net.params().stream().mapToInt(p -> p.value.rows() * p.value.cols()).sum());
        assertThrows(IllegalArgumentException.class, () -> Towers.of(1, 2, 1, 0, Activation::tanh, Init.xavier(), 1));
    }

    @Test void gainScalesEveryWeight() {
        Sequential once = Towers.of(3, 4, 2, 2, Activation::tanh, 1, 7), thrice = Towers.of(3, 4, 2, 2, Activation::tanh, 3, 7);
        for (int k = 0; k < once.params().size(); k++) {
            Param small = once.params().get(k), large = thrice.params().get(k);
            assertEquals(3 * small.value.get(0, 0), large.value.get(0, 0), 1e-12);
        }
    }

    @Test void unitIsDeadWhenNoRowReachesIt() {
        // sums x + 1, -x - 1 and x for x = 0 and 2: the second is never above 0
        Sequential net = Sequential.of(new Dense(Matrix.rowOf(1, -1, 1), Matrix.rowOf(1, -1, 0)), Activation.relu());
        assertEquals(1, Towers.dead(net, Matrix.columnOf(0, 2)));
        assertEquals(2, Towers.dead(net, Matrix.columnOf(0, -0.5)));
    }

    @Test void turningKeepsSizeAndScalingScalesIt() {
        double[][] turn = {{0, 2}, {-2, 0}};
        assertEquals(2, Towers.arrives(Sequential.of(new Dense(Matrix.of(turn), Matrix.rowOf(0, 0))), 3), 1e-9);
    }

    @Test void digitsAreLearnedAndRepeatable() {
        double[] share = Towers.digits(new CrossEntropy(), 0.1, 1);
        assertTrue(share[0] > 0.8 && share[1] > 0.8 && share[0] <= 1 && share[1] <= 1);
        assertArrayEquals(share, Towers.digits(new CrossEntropy(), 0.1, 1));
    }
}
