/** Data: the files that ship with the course, checked before use, and how they become inputs and targets. */
package unrolled.data;
