/** Training: minibatches, the loop, its history and checkpoints, files of weights, and the check that a gradient is right. */
package unrolled.train;
