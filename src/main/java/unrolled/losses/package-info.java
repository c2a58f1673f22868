/** Losses: how far an output is from its target, as one number, and the gradient of that number. */
package unrolled.losses;
