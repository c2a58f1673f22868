/** What lesson 01 asks, and what it alone needs. */
package unrolled.course.lesson01;
