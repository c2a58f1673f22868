import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Derives the kernels for single precision from those for double, so that no formula is written twice. The build runs it before it
 * compiles; what it writes lies under target/generated-sources and is not kept.
 *
 * <pre>java SinglePrecision.java SOURCES TARGET</pre>
 *
 * <p>A derived class has the name of its source with Single before it. Its numbers are floats: {@code double} becomes {@code float}, and
 * {@code DoubleVector} {@code FloatVector}; only what is marked as wide stays a double. What the two precisions do not share, such as the
 * place of the exponent's bits, stands in Doubles.java and in Singles.java.
 */
class SinglePrecision {
    private static final String[] CLASSES = {"Exp", "ScalarKernels", "VectorLoops", "VectorKernels", "VectorProduct"};

    /** Regular expressions, one after the other. */
    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("/\\*wide\\*/ double\\b", "<wide>");
        RULES.put("\\b(" + String.join("|", CLASSES) + ")\\b", "Single$1");
        RULES.put("\\bDoubles\\b", "Singles");
        RULES.put("\\bdouble\\b", "float");
        RULES.put("\\bDouble(Vector)?\\b", "Float$1");
        RULES.put("\\bdoubleToRawLongBits\\b", "floatToRawIntBits");
        RULES.put("\\blongBitsToDouble\\b", "intBitsToFloat");
        RULES.put("\\breinterpretAsLongs\\b", "reinterpretAsInts");
        RULES.put("\\breinterpretAsDoubles\\b", "reinterpretAsFloats");
        RULES.put("<wide>", "double");
    }

    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]), target = Path.of(args[1]);
        for (String name : CLASSES) {
            String text = Files.readString(sources.resolve("unrolled/math/" + name + ".java"));
            for (Map.Entry<String, String> rule : RULES.entrySet()) {
                text = text.replaceAll(rule.getKey(), rule.getValue());
            }
            Path file = target.resolve("unrolled/math/Single" + name + ".java");
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {          // else it need not be compiled again
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
        }
    }
}
