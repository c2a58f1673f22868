/** What lesson 05 asks, and what it alone needs. */
package unrolled.course.lesson05;
