package unrolled.layers;

import java.util.random.RandomGenerator;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.data.DMatrixRMaj;
import unrolled.math.Matrix;
import unrolled.math.Null;
import unrolled.math.Precision;

/** How a weight matrix W [D,K] is filled before training. Every draw comes from the given generator: same seed, same bits. */
@FunctionalInterface
public interface Init {
    void fill(Matrix W, RandomGenerator random);

    /**
     * Uniform in ±√(6 / (D + K)), which keeps the size of signals and gradients about equal from layer to layer.
     * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
     */
    static Init xavier() {
        return (W, random) -> uniform(Math.sqrt(6.0 / (checked(W, random).rows() + W.cols()))).fill(W, random);
    }

    /** Uniform in ±limit. */
    static Init uniform(double limit) {
        return (W, random) -> each(checked(W, random), () -> (2 * random.nextDouble() - 1) * limit);
    }

    /** Normal with mean 0 and this standard deviation. */
    static Init normal(double deviation) {
        return (W, random) -> each(checked(W, random), () -> gaussian(random) * deviation);
    }

    /** Zeros. */
    static Init zeros() {
        return (W, random) -> Null.refuse(W, "Init: W", "a matrix to fill").fill(0);
    }

    /**
     * gain times a matrix with orthonormal rows or columns (whichever are fewer): Q of the QR decomposition of a normal matrix,
     * signs fixed by R's diagonal. Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning
     * in deep linear neural networks", 2014.
     */
    static Init orthogonal(double gain) {
        return (W, random) -> {
            int n = Math.max(checked(W, random).rows(), W.cols()), k = Math.min(W.rows(), W.cols());
            Matrix normal = new Matrix(Precision.DOUBLE, n, k);         // whatever that of W
            normal(1).fill(normal, random);
            var qr = DecompositionFactory_DDRM.qr(n, k);
            qr.decompose(new DMatrixRMaj(normal.toArray()));
            DMatrixRMaj Q = qr.getQ(null, true), R = qr.getR(null, true);
            Matrix tall = W.rows() == n ? W : W.transposed();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < k; j++) {
                    tall.set(i, j, gain * Math.signum(R.get(j, j)) * Q.get(i, j));
                }
            }
        };
    }

    /** The same init for each of so many gates side by side, as if each were a matrix of its own. */
    static Init gates(int count, Init init) {
        Null.refuse(init, "Init.gates: init", "an Init, such as Init.xavier()");
        return (W, random) -> {
            if (count < 1 || checked(W, random).cols() % count != 0) {
                throw new IllegalArgumentException("Init.gates: " + W.shape() + " cannot be cut into " + count + " gates of equal width");
            }
            int H = W.cols() / count;
            for (int gate = 0; gate < count; gate++) {
                init.fill(W.cols(gate * H, (gate + 1) * H), random);
            }
        };
    }

    private static Matrix checked(Matrix W, RandomGenerator random) {
        Null.refuse(random, "Init: random", "a generator, such as new SplitMix(1)");
        return Null.refuse(W, "Init: W", "a matrix to fill");
    }

    private static void each(Matrix W, java.util.function.DoubleSupplier draw) {
        for (int i = 0; i < W.rows(); i++) {
            for (int j = 0; j < W.cols(); j++) {
                W.set(i, j, draw.getAsDouble());
            }
        }
    }

    /**
     * A normal draw by the polar method (Marsaglia and Bray, 1964) with strict functions: {@code nextGaussian} differs between
     * Java versions.
     */
    private static double gaussian(RandomGenerator random) {
        double u, s;
        do {
            u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    }
}
