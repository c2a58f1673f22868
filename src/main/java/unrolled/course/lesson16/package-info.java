/** What lesson 16 asks, and what it alone needs. */
package unrolled.course.lesson16;
