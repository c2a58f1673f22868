/** What lesson 10 asks, and what it alone needs. */
package unrolled.course.lesson10;
