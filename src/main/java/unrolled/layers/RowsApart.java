package unrolled.layers;

/**
 * A cell whose {@code step} and {@code stepBack} compute each sequence of the batch apart from the others and touch states and signals
 * through {@code at(t)} alone: then several threads can take a share of the batch each, see {@link unrolled.math.Shares}.
 */
interface RowsApart { }
