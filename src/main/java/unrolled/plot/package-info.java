/** Figures: Tablesaw's Plotly traces behind a few short calls, and drawn networks. The only importer of Tablesaw's plots. */
package unrolled.plot;
