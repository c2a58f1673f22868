package unrolled.course.lesson14;

/**
 * What may be chosen for each cell and each task.
 *
 * @param rate learning rate of Adam
 * @param keep whether the cell begins by keeping, see {@link Kind#cell}
 */
public record Setting(double rate, boolean keep) {
    public Setting {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("Setting: a learning rate of " + rate + "; expected a positive number such as 0.01");
        }
    }

    @Override public String toString() {
        return rate + (keep ? ", keeps" : ", loose");
    }
}
