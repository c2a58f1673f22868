/** What lesson 06 asks, and what it alone needs. */
package unrolled.course.lesson06;
