import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Times DL4J's training steps. Arguments: cell (rnn, lstm), B, T, D, H, seconds to warm up, seconds to measure, f64 or f32. Prints one
 * line of JSON, milliseconds. DL4J clips each layer's gradient by itself, and stores sequences as [B,D,T].
 */
public final class Dl4jStep {
    public static void main(String[] args) {
        int B = Integer.parseInt(args[1]), T = Integer.parseInt(args[2]), D = Integer.parseInt(args[3]), H = Integer.parseInt(args[4]);
        DataType type = args[7].equals("f64") ? DataType.DOUBLE : DataType.FLOAT;
        Nd4j.setDefaultDataTypes(type, type);
        BaseRecurrentLayer.Builder<?> first = args[0].equals("lstm") ? new LSTM.Builder() : new SimpleRnn.Builder();
        first.nIn(D).nOut(H).activation(Activation.TANH);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(new Adam(0.001))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer).gradientNormalizationThreshold(5).list()
                .layer(first.build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).nIn(H).nOut(D).build()).build());
        net.init();
        Random random = new Random(1);
        INDArray x = Nd4j.randn(type, B, D, T), d = Nd4j.zeros(type, B, D, T);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                d.putScalar(b, random.nextInt(D), t, 1);
            }
        }
        run(net, x, d, Double.parseDouble(args[5]));
        double[] times = run(net, x, d, Double.parseDouble(args[6]));
        int n = times.length;
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "{\"median\": %.5f, \"low\": %.5f, \"high\": %.5f, \"steps\": %d}%n", times[n / 2], times[n / 4],
                times[n * 3 / 4], n);
    }

    private static double[] run(MultiLayerNetwork net, INDArray x, INDArray d, double seconds) {
        double[] times = new double[1 << 20];
        int count = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (count < times.length && (count < 5 || System.nanoTime() < end)) {
            long start = System.nanoTime();
            net.fit(x, d);
            times[count++] = (System.nanoTime() - start) / 1e6;
        }
        return Arrays.copyOf(times, count);
    }
}
