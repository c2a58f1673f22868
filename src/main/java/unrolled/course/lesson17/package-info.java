/** What lesson 17 asks, and what it alone needs. */
package unrolled.course.lesson17;
