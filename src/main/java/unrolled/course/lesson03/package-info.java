/** What lesson 03 asks, and what it alone needs. */
package unrolled.course.lesson03;
