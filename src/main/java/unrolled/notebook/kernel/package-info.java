/** The Java kernel: runs the cells of a notebook with JShell, and speaks with Jupyter. */
package unrolled.notebook.kernel;
