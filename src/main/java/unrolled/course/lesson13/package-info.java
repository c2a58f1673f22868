/** What lesson 13 asks, and what it alone needs. */
package unrolled.course.lesson13;
