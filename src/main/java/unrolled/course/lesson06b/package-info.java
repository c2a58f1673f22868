/** What lesson 06b asks, and what it alone needs. */
package unrolled.course.lesson06b;
