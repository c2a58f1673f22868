/** Layers: each one short file with a forward pass and, under it, the backward pass that mirrors it. */
package unrolled.layers;
