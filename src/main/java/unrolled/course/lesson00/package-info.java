/** What lesson 00 asks, and what it alone needs. */
package unrolled.course.lesson00;
