/** What lesson 04 asks, and what it alone needs. */
package unrolled.course.lesson04;
