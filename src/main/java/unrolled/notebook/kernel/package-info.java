/** Makes the stop button of JupyterLab work in the default kernel, also for a reader's own endless loop. */
package unrolled.notebook.kernel;
