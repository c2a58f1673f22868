/** What lesson 08 asks, and what it alone needs. */
package unrolled.course.lesson08;
