/** What lesson 11 asks, and what it alone needs. */
package unrolled.course.lesson11;
