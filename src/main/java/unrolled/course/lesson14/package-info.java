/** Lesson 14: exercises, and what it compares cells with. */
package unrolled.course.lesson14;
