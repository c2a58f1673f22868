package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import unrolled.data.Series;
import unrolled.data.Tagged;
import unrolled.data.Task;
import unrolled.data.Text;
import unrolled.data.Toys;
import unrolled.data.Vocabulary;
import unrolled.data.Windows;
import unrolled.layers.Activation;
import unrolled.layers.Attention;
import unrolled.layers.Backwards;
import unrolled.layers.Bidirectional;
import unrolled.layers.Conv;
import unrolled.layers.Conv2d;
import unrolled.layers.Dense;
import unrolled.layers.Dropout;
import unrolled.layers.Elman;
import unrolled.layers.Embedding;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.Frame;
import unrolled.layers.Generator;
import unrolled.layers.Gru;
import unrolled.layers.Init;
import unrolled.layers.Jordan;
import unrolled.layers.LastStep;
import unrolled.layers.Layer;
import unrolled.layers.LearnedStart;
import unrolled.layers.Lstm;
import unrolled.layers.Lstm1997;
import unrolled.layers.MaxOverTime;
import unrolled.layers.MeanOverTime;
import unrolled.layers.Param;
import unrolled.layers.Pool2d;
import unrolled.layers.Recurrent;
import unrolled.layers.Sequential;
import unrolled.layers.Tdnn;
import unrolled.losses.BinaryCrossEntropy;
import unrolled.losses.CrossEntropy;
import unrolled.losses.Loss;
import unrolled.losses.SquaredError;
import unrolled.math.Kernels;
import unrolled.math.Matrix;
import unrolled.math.Packed;
import unrolled.math.Precision;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.optim.Adam;
import unrolled.optim.Optimizer;
import unrolled.optim.RmsProp;
import unrolled.optim.Schedule;
import unrolled.optim.Sgd;

import unrolled.train.Batch;
import unrolled.train.Batches;
import unrolled.train.Checkpoint;

import unrolled.train.History;
import unrolled.train.Listener;
import unrolled.train.Trainer;

/** Null in the place of every reference argument of every public entry, one at a time, gets a sentence that names the argument. */
class NullTest {
    private static final Path CLASSES = Path.of("target/classes/unrolled");
    private static final List<String> PACKAGES = List.of("math", "layers", "losses", "optim", "train", "data");
    /** Where null has a meaning, or where a check would cost what the loop is for: class.method.argument. */
    private static final Map<String, String> ALLOWED = new HashMap<>();

    static {
        for (String argument : List.of(
                "Dense.Dense.b no bias", "Sequence.lengths.lengths no padding", "EncoderDecoder.embed.source no layer", "EncoderDecoder.embed.target no layer",
                "Batch.Batch.mask every step counts", "Loss.forward.mask every step counts", "Accuracy.of.mask every step counts",
                "GradientCheck.of.mask every step counts", "Batches.Batches.random the order stays", "Batches.bucketed.random the order stays",
                "Dropout.Dropout.random none is needed where p = 0; refused where it is", "Dropout.perSequence.random as above",
                "Recurrent.dropState.random as above", "Null.refuse.argument it is what refuses null", "Null.refuseIn.arguments the same; the sentence is the caller's",
                "Row.Row.name made by a gradient check alone",
                "Precision.valueOf.name an enum's own method",
                "Null.refuse.name a part of the sentence", "Null.refuse.expected a part of the sentence", "Null.refuseIn.name a part of the sentence",
                "Null.refuseIn.expected a part of the sentence")) {
            ALLOWED.put(argument.substring(0, argument.indexOf(' ')), argument.substring(argument.indexOf(' ') + 1));
        }
    }

    @TempDir static Path folder;

    // ---- arguments and objects that are right ----

    private static final Sequence X = new Sequence(2, 1, 2);
    private static final Map<Class<?>, Supplier<?>> VALUES = new HashMap<>();

    private static <T> void value(Class<T> type, Supplier<? extends T> make) {
        VALUES.put(type, make);
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }

    private static Dense dense() {
        return new Dense(2, 2, random());
    }

    private static EncoderDecoder translator() {
        return new EncoderDecoder(new Gru(2, 2, random()), new Gru(2, 2, random()), dense());
    }

    static {
        value(int.class, () -> 1);
        value(long.class, () -> 1L);
        value(double.class, () -> 0.5);
        value(boolean.class, () -> true);
        value(int[].class, () -> new int[] {1, 1, 1, 1});
        value(double[].class, () -> new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        value(double[][].class, () -> new double[][] {{1, 2}});
        value(double[][][].class, () -> new double[][][] {{{1, 2}}});
        value(String[].class, () -> new String[] {"W"});
        value(byte[][].class, () -> new byte[][] {{1}});
        value(byte[].class, () -> new byte[] {1});
        value(String.class, () -> "W");
        value(Object.class, () -> "thing");
        value(Path.class, () -> folder.resolve("file"));
        value(List.class, List::of);
        value(Map.class, Map::of);
        value(Object[].class, () -> new Object[0]);
        value(Matrix.class, () -> new Matrix(1, 1));
        value(Matrix[].class, () -> new Matrix[0]);
        value(SimpleMatrix.class, () -> new SimpleMatrix(1, 1));
        value(Packed.class, () -> new Packed().set(new Matrix(1, 1)));
        value(Runnable.class, () -> (Runnable) () -> { });
        value(Precision.class, () -> Precision.DOUBLE);
        value(Sequence.class, () -> new Sequence(2, 1, 2));
        value(SplitMix.class, () -> new SplitMix(1));
        value(SplitMix[].class, () -> new SplitMix[0]);
        value(RandomGenerator.class, NullTest::random);
        value(Param.class, () -> new Param("W", 1, 1));
        value(Init.class, Init::xavier);
        value(Frame.class, () -> new Frame(1, 3, 3));
        value(Layer.class, NullTest::dense);
        value(Layer[].class, () -> new Layer[] {dense()});
        value(Recurrent.class, () -> new Elman(2, 2, random()));
        value(Activation.class, Activation::tanh);
        value(Attention.class, () -> Attention.dot(2));
        value(Backwards.class, () -> Backwards.of(new Elman(2, 2, random())));
        value(Bidirectional.class, () -> Bidirectional.of(new Elman(2, 2, random()), new Elman(2, 2, random())));
        value(Conv.class, () -> Conv.causal(2, 2, 1, random()));
        value(Conv2d.class, () -> Conv2d.same(new Frame(1, 1, 2), 1, 1, random()));
        value(Dense.class, NullTest::dense);
        value(Dropout.class, () -> new Dropout(0.5, random()));
        value(Elman.class, () -> new Elman(2, 2, random()));
        value(Embedding.class, () -> new Embedding(2, 2, random()));
        value(EncoderDecoder.class, NullTest::translator);
        value(Generator.class, () -> new Generator(dense(), random()));
        value(Gru.class, () -> new Gru(2, 2, random()));
        value(Jordan.class, () -> new Jordan(2, 2, 2, random()));
        value(LastStep.class, LastStep::new);
        value(LearnedStart.class, () -> LearnedStart.of(new Gru(2, 2, random())));
        value(Lstm.class, () -> new Lstm(2, 2, random()));
        value(Lstm1997.class, () -> new Lstm1997(2, 2, random()));
        value(MaxOverTime.class, MaxOverTime::new);
        value(MeanOverTime.class, MeanOverTime::new);
        value(Pool2d.class, () -> Pool2d.max(new Frame(1, 1, 2), 1));
        value(Sequential.class, () -> Sequential.of(dense()));
        value(Tdnn.class, () -> new Tdnn(2, 2, 1, random()));
        value(Loss.class, CrossEntropy::new);
        value(CrossEntropy.class, CrossEntropy::new);
        value(BinaryCrossEntropy.class, BinaryCrossEntropy::new);
        value(SquaredError.class, SquaredError::mean);
        value(Optimizer.class, () -> new Sgd(dense().params(), 0.1));
        value(Sgd.class, () -> new Sgd(dense().params(), 0.1));
        value(Adam.class, () -> new Adam(dense().params(), 0.1));
        value(RmsProp.class, () -> new RmsProp(dense().params(), 0.1));
        value(Schedule.class, Schedule::constant);
        value(Batch.class, () -> new Batch(X, X, null));
        value(Batches.class, () -> new Batches(new Batch(X, X, null), 1, null));
        value(Checkpoint.class, () -> Checkpoint.in(folder.resolve("c")));
        value(History.class, History::new);
        value(Listener.class, () -> (Listener) s -> { });
        value(Trainer.class, () -> {
            Dense net = dense();
            return new Trainer(net, SquaredError.mean(), new Sgd(net.params(), 0.1)).epochs(1);
        });
        value(Task.class, () -> Toys.parity(3));
        value(Text.class, () -> Text.of(List.of("a", "b", "a", "b"), 0.5, 1));
        value(unrolled.data.Recall.class, () -> Toys.recall(1));
        value(unrolled.data.RecallStream.class, () -> Toys.recallStream(1, 2));
        value(java.util.function.UnaryOperator.class, java.util.function.UnaryOperator::identity);
        value(unrolled.data.Adding.class, () -> Toys.adding(4));
        value(unrolled.data.TemporalOrder.class, () -> Toys.temporalOrder(100));
        value(unrolled.data.Counting.class, () -> Toys.counting(2));
        value(unrolled.data.Reber.class, Toys::reber);
        value(unrolled.data.Teddy.class, Toys::teddy);
        value(unrolled.data.MovingDots.class, () -> Toys.movingDots(3));
        value(Vocabulary.class, () -> Vocabulary.of(List.of("a"), 1));
        value(Tagged.class, () -> new Tagged(List.of(new Tagged.Sentence(List.of("a"), List.of("N")))));
        value(unrolled.data.Entities.Entity.class, () -> new unrolled.data.Entities.Entity(0, 1, "PER"));
        value(unrolled.data.NameList.class, () -> unrolled.data.NameList.of(new Tagged(List.of(new Tagged.Sentence(List.of("a"), List.of("B-PER"))))));
        value(java.util.function.Predicate.class, () -> (java.util.function.Predicate<Object>) o -> true);
        value(Windows.class, () -> Windows.of(new double[] {1, 2, 3}, 1));
        value(Windows.Scale.class, () -> new Windows.Scale(0, 1));
        value(Series.class, () -> Series.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 0.5, 1, 1, 1));
        value(Consumer.class, () -> (Consumer<Object>) o -> { });
        value(Function.class, () -> (Function<Object, Object>) o -> new Batch(X, X, null));
        value(ToDoubleBiFunction.class, () -> (ToDoubleBiFunction<Object, Object>) (a, b) -> 0);
    }

    // ---- the entries ----

    @TestFactory
    Stream<DynamicTest> everyReferenceArgument() {
        return classes().stream().map(type -> DynamicTest.dynamicTest(type.getName(), () -> {
            List<String> wrong = new ArrayList<>();
            for (Executable entry : entries(type)) {
                for (int i = 0; i < entry.getParameterCount(); i++) {
                    if (!entry.getParameterTypes()[i].isPrimitive()) {
                        String fault = fault(type, entry, i);
                        if (fault != null) {
                            wrong.add(fault);
                        }
                    }
                }
            }
            assertEquals("", String.join("\n", wrong));
        }));
    }

    /** Public constructors and methods that a program calls: its own, and what it inherits from classes that are not public. */
    private static List<Executable> entries(Class<?> type) {
        List<Executable> entries = new ArrayList<>();
        if (!Modifier.isAbstract(type.getModifiers())) {
            entries.addAll(Arrays.asList(type.getConstructors()));
        }
        for (Method m : type.getDeclaredMethods()) {
            if (Modifier.isPublic(m.getModifiers()) && !m.isBridge() && !m.isSynthetic() && !m.getName().equals("equals")
                    && !Modifier.isAbstract(m.getModifiers())) {
                entries.add(m);
            }
        }
        return entries;
    }

    private static String fault(Class<?> type, Executable entry, int i) throws ReflectiveOperationException {
        String name = name(type, entry) + "." + entry.getParameters()[i].getName();
        if (ALLOWED.containsKey(name)) {
            return null;
        }
        Object[] arguments = Arrays.stream(entry.getParameterTypes()).map(NullTest::argument).toArray();
        arguments[i] = null;
        try {
            if (entry instanceof Constructor<?> c) {
                c.newInstance(arguments);
            } else {
                Object target = Modifier.isStatic(entry.getModifiers()) ? null : target(type);
                ((Method) entry).setAccessible(true);
                ((Method) entry).invoke(target, arguments);
            }
            return name + " is taken without a word";
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            String message = String.valueOf(thrown.getMessage());
            boolean names = message.matches("(?s).*\\b" + entry.getParameters()[i].getName() + "\\b.*")
                    || references(entry) == 1 && message.matches("(?s).*\\b[a-z]+ is null.*");
            return thrown instanceof IllegalArgumentException && message.contains("null") && names && message.length() > 20 ? null
                    : name + ": " + thrown.getClass().getSimpleName() + ": " + message;
        }
    }

    private static long references(Executable entry) {
        return Arrays.stream(entry.getParameterTypes()).filter(t -> !t.isPrimitive()).count();
    }

    private static String name(Class<?> type, Executable entry) {
        return type.getSimpleName() + "." + (entry instanceof Constructor<?> ? type.getSimpleName() : entry.getName());
    }

    private static Object argument(Class<?> type) {
        Supplier<?> make = VALUES.get(type);
        if (make == null) {
            throw new AssertionError("NullTest needs a right value of " + type + "; add one to VALUES");
        }
        return make.get();
    }

    /** An object to call a method of; a network has done a forward pass, so that a backward pass is not refused for another reason. */
    private static Object target(Class<?> type) {
        Object target = argument(type);
        if (target instanceof EncoderDecoder net) {
            net.forward(X, X);
        } else if (target instanceof Attention attention) {
            attention.memory(X).forward(X);
        } else if (target instanceof Embedding embedding) {
            embedding.forward(new Sequence(2, 1, 1));
        } else if (target instanceof Layer layer) {
            layer.forward(X);
        }
        return target;
    }

    private static List<Class<?>> classes() {
        List<Class<?>> classes = new ArrayList<>();
        for (String folder : PACKAGES) {
            try (Stream<Path> files = Files.list(CLASSES.resolve(folder))) {
                for (String file : files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".class")).sorted().toList()) {
                    Class<?> type = Class.forName("unrolled." + folder + "." + file.replace(".class", ""), false, NullTest.class.getClassLoader());
                    boolean visible = Modifier.isPublic(type.getModifiers())
                            && (type.getDeclaringClass() == null || Modifier.isPublic(type.getDeclaringClass().getModifiers()));
                    if (visible && type != Kernels.class) {        // the loops themselves, behind Matrix, which checks
                        classes.add(type);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
        return classes;
    }

    /** Null inside of an array or a list is one too. */
    @Test void nullAmongMany() {
        Dense net = dense();
        Map<Runnable, String> cases = Map.of(
                () -> Sequential.of(net, null), "layers[1] is null",
                () -> new Sgd(Arrays.asList(net.params().get(0), null), 0.1), "params[1] is null",
                () -> new Elman(2, 2, random()).start((Matrix) null), "states[0] is null",
                () -> Sequential.of(new Lstm(2, 2, random())).start(new Matrix(1, 2), null), "states[1] is null",
                () -> Checkpoint.in(folder.resolve("c"), (SplitMix) null), "randoms[0] is null",
                () -> Vocabulary.of(Arrays.asList("a", null), 1), "training[1] is null",
                () -> new Tagged(Arrays.asList((Tagged.Sentence) null)), "sentences[0] is null",
                () -> new Tagged.Sentence(List.of("a"), Arrays.asList((String) null)), "tags[0] is null");
        cases.forEach((run, words) -> {
            String message = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, run::run).getMessage();
            assertTrue(message.contains(words), message);
        });
    }

    /** Every exception in the list above is one of an argument that exists, and really is taken or refused only where it is needed. */
    @Test void theListOfExceptionsIsTrue() {
        Set<String> arguments = new LinkedHashSet<>();
        for (Class<?> type : classes()) {
            for (Executable entry : entries(type)) {
                for (Parameter p : entry.getParameters()) {
                    arguments.add(name(type, entry) + "." + p.getName());
                }
            }
        }
        Set<String> gone = new TreeSet<>(ALLOWED.keySet());
        gone.removeAll(arguments);
        assertEquals(Set.of(), gone);
        assertTrue(arguments.size() > 400, "found " + arguments.size() + " arguments");
    }
}
