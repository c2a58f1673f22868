/** What a notebook shows: figures, tables, matrices, progress; the same under every Java kernel, and as text outside of one. */
package unrolled.notebook;
