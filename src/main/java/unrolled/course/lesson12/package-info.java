/** What lesson 12 asks, and what it alone needs. */
package unrolled.course.lesson12;
