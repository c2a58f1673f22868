package unrolled.layers;

/**
 * The sizes of a small image that lies in the numbers of one step: channel after channel, in each row after row, so that the number
 * of channel c, row i, column j is (c · height + i) · width + j. PyTorch calls this order [C,H,W].
 *
 * @param channels such as 1 for grey, 3 for red, green and blue, or the features that a {@link Conv2d} found
 * @param height rows
 * @param width columns
 */
public record Frame(int channels, int height, int width) {
    public Frame {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Frame: " + channels + " channels of " + height + " x " + width
                    + "; expected at least 1 of each. Is a window larger than its frame?");
        }
    }

    /** How many numbers. */
    public int size() {
        return channels * height * width;
    }

    /** Where the number of a channel, row and column lies; -1 outside of the frame. */
    int at(int channel, int row, int column) {
        return row < 0 || row >= height || column < 0 || column >= width ? -1 : (channel * height + row) * width + column;
    }

    @Override public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
