/** What lesson 09 asks, and what it alone needs. */
package unrolled.course.lesson09;
