/** What lesson 07 asks, and what it alone needs. */
package unrolled.course.lesson07;
