/** What lesson 02 asks, and what it alone needs. */
package unrolled.course.lesson02;
