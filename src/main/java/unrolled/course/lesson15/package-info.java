/** What lesson 15 asks, and what it alone needs. */
package unrolled.course.lesson15;
