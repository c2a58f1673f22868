package unrolled.layers;

/** Refuses sizes that no layer can have. */
final class Sizes {
    private Sizes() { }

    /** All at least 1, such as those of {@code check("Lstm", "D", 3, "H", 4)}; gives the first back. */
    static int check(String layer, Object... namesAndSizes) {
        for (int i = 1; i < namesAndSizes.length; i += 2) {
            if ((int) namesAndSizes[i] < 1) {
                throw new IllegalArgumentException(layer + ": " + namesAndSizes[i - 1] + " = " + namesAndSizes[i] + "; expected at least 1");
            }
        }
        return (int) namesAndSizes[1];
    }
}
