/** Training: minibatches, the loop, its history, and the check that a gradient is right. */
package unrolled.train;
