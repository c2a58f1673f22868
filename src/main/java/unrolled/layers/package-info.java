/**
 * Layers: each one short file with a forward pass and, under it, the backward pass that mirrors it. A layer serves one thread at a
 * time, see {@link unrolled.layers.Layer}.
 */
package unrolled.layers;
