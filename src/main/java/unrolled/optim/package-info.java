/** Optimizers and schedules: how a parameter moves, seeing nothing but its value and its gradient. */
package unrolled.optim;
