package unrolled.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product D += A B on vector registers.
 *
 * <p>The work is cut so that the processor's multiply-add units never wait. Innermost, a <b>tile</b> of D of 4 rows x 3 vectors is
 * kept in 12 registers while k runs: each step loads 3 vectors of B and 4 numbers of A, and uses each of them several times. 12
 * sums that do not wait for each other cover the 4 cycles that a multiply-add takes, on two units; with the 3 vectors of B and one
 * number of A they fill the 16 registers of AVX2 exactly. A tile reads B from a <b>panel</b>: the columns it needs, copied next to
 * each other once for all rows of A, since columns of a wide matrix lie a power of two apart, where caches are at their worst.
 * <b>Blocks</b> of k keep a panel in the first-level cache, blocks of rows keep A in the second.
 *
 * <p>Every number of D is summed over k = 0, 1, 2, ... with one rounding per step, whatever the tile it falls into, so that the
 * product of a part is the part of the product to the last bit.
 */
final class VectorProduct {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    /** Columns of a panel; rows of a tile. */
    private static final int WIDE = 3 * L, TALL = 4;
    /** Steps of k in a block: a panel of DEPTH x WIDE numbers takes 24 KB. Rows in a block. */
    private static final int DEPTH = 1024 / L, HIGH = 128;

    /** Working memory of one thread, so that a product allocates nothing. */
    private static final class Scratch {
        final double[] panel = new double[DEPTH * WIDE];
        final double[] tile = new double[2 * TALL * WIDE];
        double[] block;                                 // rows of a transposed A, made when first needed

        double[] block() {
            if (block == null) {
                block = new double[HIGH * DEPTH];
            }
            return block;
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorProduct() { }

    /** See {@link Kernels#addDot}. */
    static void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                       double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        if (n == 1 && dRow == 1 && aRow == 1) {         // one column of contiguous numbers: Dᵀ += Bᵀ Aᵀ is one row of them
            row(d, dAt, b, bAt, bRow, a, aAt, aCol, m, k);
        } else if (bCol == 1 && (m < TALL || k < 4)) {  // too little to do with a panel to be worth its copy
            for (int i = 0; i < m; i++) {
                row(d, dAt + i * dRow, a, aAt + i * aRow, aCol, b, bAt, bRow, n, k);
            }
        } else {
            blocks(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k);
        }
    }

    // ---- one row of D: it stays in the first-level cache while the rows of B stream past, four at a time ----

    private static void row(double[] d, int dAt, double[] a, int aAt, int aCol, double[] b, int bAt, int bRow, int n, int k) {
        int l = 0;
        for (; l + 4 <= k; l += 4) {
            int at = aAt + l * aCol;
            addRows(d, dAt, a[at], a[at + aCol], a[at + 2 * aCol], a[at + 3 * aCol], b, bAt + l * bRow, bRow, n);
        }
        for (; l < k; l++) {
            addRow(d, dAt, a[aAt + l * aCol], b, bAt + l * bRow, n);
        }
    }

    private static void addRows(double[] d, int dAt, double a0, double a1, double a2, double a3,
                                double[] b, int b0, int bRow, int n) {
        int b1 = b0 + bRow, b2 = b1 + bRow, b3 = b2 + bRow, j = 0;
        DoubleVector v0 = DoubleVector.broadcast(S, a0), v1 = DoubleVector.broadcast(S, a1);
        DoubleVector v2 = DoubleVector.broadcast(S, a2), v3 = DoubleVector.broadcast(S, a3);
        for (; j <= n - L; j += L) {
            DoubleVector c = v0.fma(DoubleVector.fromArray(S, b, b0 + j), DoubleVector.fromArray(S, d, dAt + j));
            c = v1.fma(DoubleVector.fromArray(S, b, b1 + j), c);
            c = v2.fma(DoubleVector.fromArray(S, b, b2 + j), c);
            v3.fma(DoubleVector.fromArray(S, b, b3 + j), c).intoArray(d, dAt + j);
        }
        for (; j < n; j++) {
            double c = Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], d[dAt + j]));
            d[dAt + j] = Math.fma(a3, b[b3 + j], Math.fma(a2, b[b2 + j], c));
        }
    }

    private static void addRow(double[] d, int dAt, double a, double[] b, int bAt, int n) {
        int j = 0;
        DoubleVector v = DoubleVector.broadcast(S, a);
        for (; j <= n - L; j += L) {
            v.fma(DoubleVector.fromArray(S, b, bAt + j), DoubleVector.fromArray(S, d, dAt + j)).intoArray(d, dAt + j);
        }
        for (; j < n; j++) {
            d[dAt + j] = Math.fma(a, b[bAt + j], d[dAt + j]);
        }
    }

    // ---- many rows: blocks, panels, tiles ----

    private static void blocks(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                               double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        Scratch s = SCRATCH.get();
        for (int top = 0; top < m; top += HIGH) {
            int rows = Math.min(HIGH, m - top);
            for (int first = 0; first < k; first += DEPTH) {
                int depth = Math.min(DEPTH, k - first);
                double[] block = a;
                int blockAt = aAt + top * aRow + first * aCol, blockRow = aRow;
                if (aCol != 1) {
                    block = s.block();
                    copyBlock(block, a, blockAt, aRow, aCol, rows, depth);
                    blockAt = 0;
                    blockRow = depth;
                }
                for (int left = 0; left < n; left += WIDE) {
                    int cols = Math.min(WIDE, n - left), vectors = (cols + L - 1) / L;
                    copyPanel(s.panel, vectors * L, b, bAt + first * bRow + left * bCol, bRow, bCol, depth, cols);
                    tiles(d, dAt + top * dRow + left, dRow, block, blockAt, blockRow, s, vectors, rows, cols, depth);
                }
            }
        }
    }

    /** A part of a transposed A, row by row. */
    private static void copyBlock(double[] block, double[] a, int aAt, int aRow, int aCol, int rows, int depth) {
        int side = 8;
        for (int i0 = 0; i0 < rows; i0 += side) {
            int i1 = Math.min(i0 + side, rows);
            for (int l = 0; l < depth; l++) {
                int from = aAt + l * aCol;
                for (int i = i0; i < i1; i++) {
                    block[i * depth + l] = a[from + i * aRow];
                }
            }
        }
    }

    /** Columns of B next to each other, filled up with zeros to whole vectors. */
    private static void copyPanel(double[] panel, int wide, double[] b, int bAt, int bRow, int bCol, int depth, int cols) {
        if (bCol == 1 && cols == WIDE) {
            for (int l = 0, to = 0, from = bAt; l < depth; l++, to += WIDE, from += bRow) {
                DoubleVector.fromArray(S, b, from).intoArray(panel, to);
                DoubleVector.fromArray(S, b, from + L).intoArray(panel, to + L);
                DoubleVector.fromArray(S, b, from + 2 * L).intoArray(panel, to + 2 * L);
            }
            return;
        }
        for (int l = 0; l < depth; l++) {
            int to = l * wide, from = bAt + l * bRow;
            for (int j = 0; j < cols; j++) {
                panel[to + j] = b[from + j * bCol];
            }
            for (int j = cols; j < wide; j++) {
                panel[to + j] = 0;
            }
        }
    }

    /** One panel's columns of D, tile by tile; a tile over the edge of D is computed in a copy. */
    private static void tiles(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, Scratch s, int vectors,
                              int rows, int cols, int depth) {
        int tall = vectors == 1 ? 2 * TALL : TALL;
        for (int i = 0; i < rows; i += tall) {
            int inside = Math.min(tall, rows - i), at = dAt + i * dRow;
            if (inside == tall && cols == vectors * L) {
                tile(vectors, d, at, dRow, a, aAt + i * aRow, aRow, inside, s.panel, depth);
                continue;
            }
            for (int r = 0; r < inside; r++) {
                System.arraycopy(d, at + r * dRow, s.tile, r * WIDE, cols);
            }
            tile(vectors, s.tile, 0, WIDE, a, aAt + i * aRow, aRow, inside, s.panel, depth);
            for (int r = 0; r < inside; r++) {
                System.arraycopy(s.tile, r * WIDE, d, at + r * dRow, cols);
            }
        }
    }

    private static void tile(int vectors, double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int rows,
                             double[] panel, int depth) {
        switch (vectors) {
            case 1 -> tile8x1(d, dAt, dRow, a, aAt, aRow, rows, panel, depth);
            case 2 -> tile4x2(d, dAt, dRow, a, aAt, aRow, rows, panel, depth);
            default -> tile4x3(d, dAt, dRow, a, aAt, aRow, rows, panel, depth);
        }
    }

    /** Rows of A that do not exist read an existing one; what they give falls outside D. */
    private static void tile4x3(double[] d, int d0, int dRow, double[] a, int a0, int aRow, int rows, double[] panel, int depth) {
        int a1 = a0 + (rows > 1 ? aRow : 0), a2 = a1 + (rows > 2 ? aRow : 0), a3 = a2 + (rows > 3 ? aRow : 0);
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c02 = DoubleVector.fromArray(S, d, d0 + 2 * L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c12 = DoubleVector.fromArray(S, d, d1 + 2 * L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c22 = DoubleVector.fromArray(S, d, d2 + 2 * L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        DoubleVector c32 = DoubleVector.fromArray(S, d, d3 + 2 * L);
        for (int l = 0; l < depth; l++) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, l * 3 * L), b1 = DoubleVector.fromArray(S, panel, l * 3 * L + L);
            DoubleVector b2 = DoubleVector.fromArray(S, panel, l * 3 * L + 2 * L), v = DoubleVector.broadcast(S, a[a0 + l]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            c02 = v.fma(b2, c02);
            v = DoubleVector.broadcast(S, a[a1 + l]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            c12 = v.fma(b2, c12);
            v = DoubleVector.broadcast(S, a[a2 + l]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            c22 = v.fma(b2, c22);
            v = DoubleVector.broadcast(S, a[a3 + l]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            c32 = v.fma(b2, c32);
        }
        c00.intoArray(d, d0);
        c01.intoArray(d, d0 + L);
        c02.intoArray(d, d0 + 2 * L);
        c10.intoArray(d, d1);
        c11.intoArray(d, d1 + L);
        c12.intoArray(d, d1 + 2 * L);
        c20.intoArray(d, d2);
        c21.intoArray(d, d2 + L);
        c22.intoArray(d, d2 + 2 * L);
        c30.intoArray(d, d3);
        c31.intoArray(d, d3 + L);
        c32.intoArray(d, d3 + 2 * L);
    }

    private static void tile4x2(double[] d, int d0, int dRow, double[] a, int a0, int aRow, int rows, double[] panel, int depth) {
        int a1 = a0 + (rows > 1 ? aRow : 0), a2 = a1 + (rows > 2 ? aRow : 0), a3 = a2 + (rows > 3 ? aRow : 0);
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        for (int l = 0; l < depth; l++) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, l * 2 * L), b1 = DoubleVector.fromArray(S, panel, l * 2 * L + L);
            DoubleVector v = DoubleVector.broadcast(S, a[a0 + l]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = DoubleVector.broadcast(S, a[a1 + l]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = DoubleVector.broadcast(S, a[a2 + l]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = DoubleVector.broadcast(S, a[a3 + l]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
        }
        c00.intoArray(d, d0);
        c01.intoArray(d, d0 + L);
        c10.intoArray(d, d1);
        c11.intoArray(d, d1 + L);
        c20.intoArray(d, d2);
        c21.intoArray(d, d2 + L);
        c30.intoArray(d, d3);
        c31.intoArray(d, d3 + L);
    }

    private static void tile8x1(double[] d, int d0, int dRow, double[] a, int a0, int aRow, int rows, double[] panel, int depth) {
        int a1 = a0 + (rows > 1 ? aRow : 0), a2 = a1 + (rows > 2 ? aRow : 0), a3 = a2 + (rows > 3 ? aRow : 0);
        int a4 = a3 + (rows > 4 ? aRow : 0), a5 = a4 + (rows > 5 ? aRow : 0), a6 = a5 + (rows > 6 ? aRow : 0);
        int a7 = a6 + (rows > 7 ? aRow : 0);
        DoubleVector c0 = DoubleVector.fromArray(S, d, d0), c1 = DoubleVector.fromArray(S, d, d0 + dRow);
        DoubleVector c2 = DoubleVector.fromArray(S, d, d0 + 2 * dRow), c3 = DoubleVector.fromArray(S, d, d0 + 3 * dRow);
        DoubleVector c4 = DoubleVector.fromArray(S, d, d0 + 4 * dRow), c5 = DoubleVector.fromArray(S, d, d0 + 5 * dRow);
        DoubleVector c6 = DoubleVector.fromArray(S, d, d0 + 6 * dRow), c7 = DoubleVector.fromArray(S, d, d0 + 7 * dRow);
        for (int l = 0; l < depth; l++) {
            DoubleVector b = DoubleVector.fromArray(S, panel, l * L);
            c0 = DoubleVector.broadcast(S, a[a0 + l]).fma(b, c0);
            c1 = DoubleVector.broadcast(S, a[a1 + l]).fma(b, c1);
            c2 = DoubleVector.broadcast(S, a[a2 + l]).fma(b, c2);
            c3 = DoubleVector.broadcast(S, a[a3 + l]).fma(b, c3);
            c4 = DoubleVector.broadcast(S, a[a4 + l]).fma(b, c4);
            c5 = DoubleVector.broadcast(S, a[a5 + l]).fma(b, c5);
            c6 = DoubleVector.broadcast(S, a[a6 + l]).fma(b, c6);
            c7 = DoubleVector.broadcast(S, a[a7 + l]).fma(b, c7);
        }
        c0.intoArray(d, d0);
        c1.intoArray(d, d0 + dRow);
        c2.intoArray(d, d0 + 2 * dRow);
        c3.intoArray(d, d0 + 3 * dRow);
        c4.intoArray(d, d0 + 4 * dRow);
        c5.intoArray(d, d0 + 5 * dRow);
        c6.intoArray(d, d0 + 6 * dRow);
        c7.intoArray(d, d0 + 7 * dRow);
    }
}
