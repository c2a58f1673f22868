/** The exercises of each lesson, checked in the notebook: answers, named mistakes, hints, solutions, progress, predictions, claims. */
package unrolled.course;
