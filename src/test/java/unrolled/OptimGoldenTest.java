package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import unrolled.layers.Activation;
import unrolled.layers.Dense;
import unrolled.layers.Layer;
import unrolled.layers.Param;
import unrolled.layers.Sequential;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Sequence;
import unrolled.optim.Adam;
import unrolled.optim.Clip;
import unrolled.optim.Optimizer;
import unrolled.optim.RmsProp;
import unrolled.optim.Schedule;
import unrolled.optim.Sgd;

/** Optimizers, weight decay, clipping and schedules equal PyTorch in double precision, see {@code src/test/golden/make_optim.py}. */
class OptimGoldenTest {
    private static final double TOLERANCE = 1e-10;

    @TestFactory
    Stream<DynamicTest> tenTrainingLosses() {
        return Golden.elements(Golden.read("optim.json").get("trainings")).map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> train(c)));
    }

    private void train(JsonNode c) {
        JsonNode layers = c.get("layers");
        Layer net = Sequential.of(dense(layers.get(0)), Activation.tanh(), dense(layers.get(1)));
        Sequence x = Golden.sequence(c.get("x")), d = Golden.sequence(c.get("d"));
        String name = c.get("name").asText();
        Optimizer optimizer = optimizer(name, net.params());
        Loss loss = SquaredError.mean();
        for (int n = 0; n < 10; n++) {
            assertEquals(c.get("losses").get(n).asDouble(), loss.forward(net.forward(x), d), TOLERANCE, "loss of step " + n);
            net.zeroGrad();
            net.backward(loss.backward());
            if (name.contains("clip value")) {
                Clip.value(net.params(), 0.1);
            }
            optimizer.step();
        }
        for (int i = 0; i < net.params().size(); i++) {
            assertEquals(0, Golden.matrix(c.get("end").get(i)).maxDifference(net.params().get(i).value), TOLERANCE, "parameter " + i);
        }
    }

    private static Dense dense(JsonNode layer) {
        return new Dense(Golden.matrix(layer.get("W")), Golden.matrix(layer.get("b")));
    }

    private static Optimizer optimizer(String name, List<Param> params) {
        Optimizer optimizer = switch (name.split(",")[0]) {
            case "rmsprop" -> new RmsProp(params, 0.02);
            case "adam" -> new Adam(params, 0.05);
            case "adam options" -> new Adam(params, 0.05, 0.7, 0.9, 0.01);
            case "rmsprop options" -> new RmsProp(params, 0.02, 0.8, 0.01);
            case "momentum" -> new Sgd(params, 0.1, 0.9);
            case "sgd" -> new Sgd(params, 0.3);
            default -> throw new AssertionError(name);
        };
        optimizer.weightDecay(name.endsWith("weight decay") ? 0.1 : 0);
        return optimizer.schedule(switch (name.substring(name.indexOf(',') + 1).strip()) {
            case "step" -> Schedule.step(3, 0.5);
            case "exponential" -> Schedule.exponential(0.8);
            case "cosine" -> Schedule.cosine(10);
            case "warm-up" -> Schedule.constant().warmUp(4);
            case "warm-up and cosine" -> Schedule.cosine(6).warmUp(4);
            default -> Schedule.constant();
        });
    }
}
