/** Data: the files that ship with the course, checked before use, made-up tasks, and how both become inputs and targets. */
package unrolled.data;
