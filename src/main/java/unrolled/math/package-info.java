/** Matrices, sequences and the loops under them: everything that computes. */
package unrolled.math;
