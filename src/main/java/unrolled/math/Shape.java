package unrolled.math;

/** Checks of sizes and ranges, with the sentence that a wrong one deserves. */
final class Shape {
    private Shape() { }

    /** rows x cols as an array length. */
    static int size(int rows, int cols) {
        return size("matrix", "[" + rows + "," + cols + "]", rows, cols);
    }

    static int size(String what, String shape, int... sizes) {
        long size = 1;
        for (int s : sizes) {
            if (s < 1) {
                throw new IllegalArgumentException("a " + what + " " + shape + " cannot be made; every size must be at least 1");
            }
            size = Math.multiplyExact(size, (long) s);
            if (size > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a " + what + " " + shape + " has more numbers than one Java array holds (2^31); "
                        + "use a smaller batch or a shorter sequence");
            }
        }
        return (int) size;
    }

    static void range(String what, int from, int to, int size) {
        if (from < 0 || to > size || from >= to) {
            throw new IllegalArgumentException(what + "(" + from + "," + to + ") of " + size + ": expected 0 <= from < to <= " + size);
        }
    }
}
