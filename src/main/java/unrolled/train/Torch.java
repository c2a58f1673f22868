package unrolled.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import unrolled.layers.Bidirectional;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.Gru;
import unrolled.layers.Layer;
import unrolled.layers.Lstm;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.math.Matrix;
import unrolled.math.Null;

/**
 * Weights under the names and in the layout of PyTorch, both ways: the file that {@code safetensors.torch.save_file(model.state_dict(),
 * file)} writes and {@code model.load_state_dict(safetensors.torch.load_file(file))} reads.
 *
 * <p>The counterparts: {@link Lstm} nn.LSTM, {@link Gru} nn.GRU, {@link Elman} nn.RNN, {@link Bidirectional} of two of them the same with
 * bidirectional=True, {@link Dense} nn.Linear, {@link Embedding} nn.Embedding. PyTorch keeps weights transposed, and two biases where one
 * does: b = bias_ih + bias_hh, but for the n of a GRU, where bias_hh is our bq. Saved files have zeros for the second; loaded ones may
 * have none at all (bias=False). A file does not say whether an nn.RNN is one of tanh or ReLU, unless we wrote it: then loading it into
 * the other is refused; with a file of PyTorch it is up to you. Numbers are of type F64, or F32 in single precision;
 * {@code load_state_dict} converts them to the type of its model, and so do we.
 */
public final class Torch {
    private static final String NONLINEARITY = "unrolled.nonlinearity.";
    /** The tensors of a file by name: views of ours or, for biases, copies that are put into ours afterwards. */
    private final Map<String, Matrix> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>(Map.of("format", "pt"));
    private final Set<String> rows = new HashSet<>(), mayBeMissing = new HashSet<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    private Torch() { }

    /**
     * Reads the parameters of the network. Modules are the names that the PyTorch model has for each layer that learns, in our order;
     * recurrent layers one after another that are one module of several layers there have its name twice or more:
     * {@code Torch.load(file, Sequential.of(lstm, lstm2, dense), "rnn", "rnn", "out")}. For a single layer without a name: "".
     * The file must hold exactly these tensors; nothing changes if it does not.
     */
    public static void load(Path file, Layer net, String... modules) {
        Null.refuse(file, "Torch: file", "the path of a file");
        Torch torch = of(net, modules);
        Weights.Content content = Weights.read(file);
        content.metadata().forEach((name, text) -> {
            if (name.startsWith(NONLINEARITY) && !text.equals(torch.texts.getOrDefault(name, text))) {
                throw Weights.bad(file, "holds the weights of an Elman network with " + text + " as " + name.substring(NONLINEARITY.length())
                        + ", but this one has " + torch.texts.get(name) + ". The shapes fit, but the equations differ");
            }
        });
        Map<String, Matrix> found = content.tensors(), expected = new LinkedHashMap<>(torch.tensors);
        torch.mayBeMissing.stream().filter(name -> !found.containsKey(name)).forEach(name -> expected.remove(name).fill(0));
        Weights.copy(file, found, expected);
        torch.afterwards.forEach(Runnable::run);
    }

    /** Writes the parameters of the network; modules as in {@link #load}. */
    public static void save(Path file, Layer net, String... modules) {
        Null.refuse(file, "Torch: file", "the path of a file");
        Torch torch = of(net, modules);
        Weights.write(file, torch.tensors, torch.texts, torch.rows);
    }

    private static Torch of(Layer net, String... modules) {
        List<Layer> all = flat(Null.refuse(net, "Torch: net", "a network")).toList(), layers = all.stream().filter(layer -> !layer.params().isEmpty()).toList();
        if (Null.refuseIn(modules, "Torch: modules", "names of modules").length != layers.size()) {
            throw new IllegalArgumentException("Torch: got " + modules.length + " names of modules for " + layers.size()
                    + " layers that learn, " + layers + "; expected one each"
                    + " (layers that are one module of PyTorch, num_layers=2, have its name twice)");
        }
        TorchModules.check(all, layers, modules);
        Torch torch = new Torch();
        Map<String, Integer> depth = new HashMap<>();
        for (int i = 0; i < modules.length; i++) {
            torch.add(modules[i].isEmpty() ? "" : modules[i] + ".", layers.get(i), "_l" + (depth.merge(modules[i], 1, Integer::sum) - 1));
        }
        return torch;
    }

    /** The layers of a Sequential in one row, also of one inside another. */
    private static Stream<Layer> flat(Layer net) {
        return net instanceof Sequential row ? row.layers().stream().flatMap(Torch::flat) : Stream.of(net);
    }

    private void add(String module, Layer layer, String depth) {
        if (layer instanceof Dense) {
            put(module + "weight", layer.param("W").value.transposed());
            if (layer.params().size() > 1) {
                rows.add(put(module + "bias", layer.param("b").value));
            }
        } else if (layer instanceof Embedding) {
            put(module + "weight", layer.param("W").value);
        } else if (layer instanceof Bidirectional both && both.outputs() > both.recurrent().get(0).outputs()) {
            cell(module, both.recurrent().get(0), depth);
            cell(module, both.recurrent().get(1), depth + "_reverse");
        } else {
            cell(module, layer, depth);
        }
    }

    private void cell(String module, Layer cell, String ending) {
        boolean gru = cell instanceof Gru;
        TorchModules.kind(cell);                                         // refuses what is none of PyTorch's
        if (cell instanceof Elman elman) {
            texts.put(NONLINEARITY + module + ending.substring(1), elman.rectifies() ? "relu" : "tanh");
        }
        put(module + "weight_ih" + ending, cell.param("Wx").value.transposed());
        put(module + "weight_hh" + ending, cell.param("Wh").value.transposed());
        Matrix b = cell.param("b").value, first = b.copy(), second = new Matrix(b.precision(), 1, b.cols());
        Recurrent recurrent = (Recurrent) cell;
        int n = gru ? 2 * recurrent.outputs() : b.cols();                // where the n of a GRU begins
        if (gru) {
            second.cols(n, b.cols()).set(cell.param("bq").value);
        }
        for (String name : List.of(put(module + "bias_ih" + ending, first), put(module + "bias_hh" + ending, second))) {
            rows.add(name);
            mayBeMissing.add(name);
        }
        afterwards.add(() -> {
            b.set(first);
            b.cols(0, n).add(second.cols(0, n));
            if (gru) {
                cell.param("bq").value.set(second.cols(n, b.cols()));
            }
        });
    }

    private String put(String name, Matrix tensor) {
        if (tensors.put(name, tensor) != null) {
            throw new IllegalArgumentException("Torch: two layers would be '" + name + "' in the file; give their modules different names");
        }
        return name;
    }
}
