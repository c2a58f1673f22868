package unrolled.math;

import static unrolled.math.VectorKernels.fma;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product D += A B on vector registers.
 *
 * <p>The work is cut so that the processor's multiply-add units never wait. Innermost, a <b>tile</b> of D of 4 rows x 2 vectors
 * is kept in 8 registers while k runs: each step loads 2 vectors of B and 4 numbers of A and uses each of them several times. 8
 * sums that do not wait for each other are just enough for two units that each take 4 cycles per multiply-add. Larger tiles (4 x 3,
 * 6 x 2) have more to spare on paper, but fill the 16 registers of AVX2 to the last, and then the compiler, which likes to load
 * early, keeps sums in memory: measured at half the speed, while this tile reaches the speed of the registers alone. The last
 * columns of D, if they fit into one vector, are a tile of 8 rows x 1 vector.
 *
 * <p>A tile reads B from a <b>panel</b> and A from a <b>group</b>: copies of the 2 vectors' columns, or of the 4 rows, in the order
 * of their use. So any strides of A and B cost the same, the compiler can prove every index right before the loop, and columns of
 * B do not fall into the same few places of a cache, as they do when rows lie a power of two apart. <b>Blocks</b> of k keep a panel
 * in the first-level cache, blocks of rows keep the groups in the second.
 *
 * <p>Every number of D is summed over k = 0, 1, 2, ... with one rounding per step, whatever the tile it falls into, so that the
 * product of a part is the part of the product to the last bit.
 */
final class VectorProduct {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    /** Rows of a tile, columns of a panel. */
    private static final int TALL = 4, WIDE = 2 * L;
    /** Steps of k in a block, so that a panel takes 16 KB; rows in a block. */
    private static final int DEPTH = 1024 / L, HIGH = 128;
    /** Columns that are copied at once, along the rows of B; the distance of their panels, which is no power of two. */
    private static final int STRIP = 4 * WIDE, PITCH = DEPTH * WIDE + WIDE;

    /** Working memory of one thread, so that a product allocates nothing. The narrow tile reads 4 rows past the last one. */
    private static final class Scratch {
        final double[] panels = new double[STRIP / WIDE * PITCH], block = new double[(HIGH + TALL) * DEPTH];
        final double[] tile = new double[2 * TALL * WIDE];
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorProduct() { }

    /** See {@link Kernels#addDot}. */
    static void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                       double[] b, int bAt, int bRow, int bCol, int m, int n, int k) {
        if (n == 1 && dRow == 1 && aRow == 1) {         // one column of contiguous numbers: Dᵀ += Bᵀ Aᵀ is one row of them
            row(d, dAt, b, bAt, bRow, a, aAt, aCol, m, k);
        } else if (n == 1) {
            column(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, m, k);
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
            DoubleVector c = fma(v0, DoubleVector.fromArray(S, b, b0 + j), DoubleVector.fromArray(S, d, dAt + j));
            c = fma(v1, DoubleVector.fromArray(S, b, b1 + j), c);
            c = fma(v2, DoubleVector.fromArray(S, b, b2 + j), c);
            fma(v3, DoubleVector.fromArray(S, b, b3 + j), c).intoArray(d, dAt + j);
        }
        for (; j < n; j++) {
            double c = Fused.multiplyAdd(a1, b[b1 + j], Fused.multiplyAdd(a0, b[b0 + j], d[dAt + j]));
            d[dAt + j] = Fused.multiplyAdd(a3, b[b3 + j], Fused.multiplyAdd(a2, b[b2 + j], c));
        }
    }

    private static void addRow(double[] d, int dAt, double a, double[] b, int bAt, int n) {
        int j = 0;
        DoubleVector v = DoubleVector.broadcast(S, a);
        for (; j <= n - L; j += L) {
            fma(v, DoubleVector.fromArray(S, b, bAt + j), DoubleVector.fromArray(S, d, dAt + j)).intoArray(d, dAt + j);
        }
        for (; j < n; j++) {
            d[dAt + j] = Fused.multiplyAdd(a, b[bAt + j], d[dAt + j]);
        }
    }

    // ---- one column of D: eight sums at a time, since each of their steps must wait for the one before ----

    private static void column(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                               double[] b, int bAt, int bRow, int m, int k) {
        int i = 0;
        for (; i <= m - 8; i += 8) {
            int to = dAt + i * dRow, at = aAt + i * aRow;
            double c0 = d[to], c1 = d[to + dRow], c2 = d[to + 2 * dRow], c3 = d[to + 3 * dRow];
            double c4 = d[to + 4 * dRow], c5 = d[to + 5 * dRow], c6 = d[to + 6 * dRow], c7 = d[to + 7 * dRow];
            for (int l = 0, p = bAt; l < k; l++, p += bRow, at += aCol) {
                double v = b[p];
                c0 = Fused.multiplyAdd(a[at], v, c0);
                c1 = Fused.multiplyAdd(a[at + aRow], v, c1);
                c2 = Fused.multiplyAdd(a[at + 2 * aRow], v, c2);
                c3 = Fused.multiplyAdd(a[at + 3 * aRow], v, c3);
                c4 = Fused.multiplyAdd(a[at + 4 * aRow], v, c4);
                c5 = Fused.multiplyAdd(a[at + 5 * aRow], v, c5);
                c6 = Fused.multiplyAdd(a[at + 6 * aRow], v, c6);
                c7 = Fused.multiplyAdd(a[at + 7 * aRow], v, c7);
            }
            d[to] = c0;
            d[to + dRow] = c1;
            d[to + 2 * dRow] = c2;
            d[to + 3 * dRow] = c3;
            d[to + 4 * dRow] = c4;
            d[to + 5 * dRow] = c5;
            d[to + 6 * dRow] = c6;
            d[to + 7 * dRow] = c7;
        }
        for (; i < m; i++) {
            double c = d[dAt + i * dRow];
            for (int l = 0; l < k; l++) {
                c = Fused.multiplyAdd(a[aAt + i * aRow + l * aCol], b[bAt + l * bRow], c);
            }
            d[dAt + i * dRow] = c;
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
                for (int i = 0; i < rows; i += TALL) {
                    copyGroup(s.block, i * depth, a, aAt + (top + i) * aRow + first * aCol, aRow, aCol, Math.min(TALL, rows - i), depth);
                }
                for (int left = 0; left < n; left += STRIP) {
                    int cols = Math.min(STRIP, n - left);
                    copyPanels(s.panels, b, bAt + first * bRow + left * bCol, bRow, bCol, depth, cols);
                    for (int j = 0; j < cols; j += WIDE) {
                        tiles(d, dAt + top * dRow + left + j, dRow, s, j / WIDE * PITCH, rows, Math.min(WIDE, cols - j), depth);
                    }
                }
            }
        }
    }

    /** Up to TALL rows of A, column by column, filled up with rows of zeros. */
    private static void copyGroup(double[] block, int at, double[] a, int a0, int aRow, int aCol, int rows, int depth) {
        if (rows < TALL) {
            Arrays.fill(block, at, at + TALL * depth, 0);
            for (int i = 0; i < rows; i++) {
                for (int l = 0; l < depth; l++) {
                    block[at + TALL * l + i] = a[a0 + i * aRow + l * aCol];
                }
            }
            return;
        }
        int a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        if (aCol == 1) {                               // a loop of its own, in which the compiler can leave out the index checks
            for (int l = 0; l < depth; l++) {
                block[at + TALL * l] = a[a0 + l];
                block[at + TALL * l + 1] = a[a1 + l];
                block[at + TALL * l + 2] = a[a2 + l];
                block[at + TALL * l + 3] = a[a3 + l];
            }
            return;
        }
        for (int l = 0, from = 0; l < depth; l++, from += aCol) {
            block[at + TALL * l] = a[a0 + from];
            block[at + TALL * l + 1] = a[a1 + from];
            block[at + TALL * l + 2] = a[a2 + from];
            block[at + TALL * l + 3] = a[a3 + from];
        }
    }

    /** Up to STRIP columns of B as panels; the last one is filled up with zeros to one or two vectors. */
    private static void copyPanels(double[] panels, double[] b, int bAt, int bRow, int bCol, int depth, int cols) {
        if (bCol == 1 && cols == STRIP) {
            copyStrip(panels, b, bAt, bRow, depth);
            return;
        }
        for (int j = 0, at = 0; j < cols; j += WIDE, at += PITCH) {
            copyPanel(panels, at, b, bAt + j * bCol, bRow, bCol, depth, Math.min(WIDE, cols - j));
        }
    }

    private static void copyStrip(double[] panels, double[] b, int bAt, int bRow, int depth) {
        for (int l = 0, from = bAt; l < depth; l++, from += bRow) {
            DoubleVector.fromArray(S, b, from).intoArray(panels, l * WIDE);
            DoubleVector.fromArray(S, b, from + L).intoArray(panels, l * WIDE + L);
            DoubleVector.fromArray(S, b, from + 2 * L).intoArray(panels, l * WIDE + PITCH);
            DoubleVector.fromArray(S, b, from + 3 * L).intoArray(panels, l * WIDE + PITCH + L);
            DoubleVector.fromArray(S, b, from + 4 * L).intoArray(panels, l * WIDE + 2 * PITCH);
            DoubleVector.fromArray(S, b, from + 5 * L).intoArray(panels, l * WIDE + 2 * PITCH + L);
            DoubleVector.fromArray(S, b, from + 6 * L).intoArray(panels, l * WIDE + 3 * PITCH);
            DoubleVector.fromArray(S, b, from + 7 * L).intoArray(panels, l * WIDE + 3 * PITCH + L);
        }
    }

    private static void copyPanel(double[] panels, int at, double[] b, int bAt, int bRow, int bCol, int depth, int cols) {
        int wide = cols <= L ? L : WIDE;
        if (bCol == 1 && cols == WIDE) {
            for (int l = 0, from = bAt; l < depth; l++, from += bRow) {
                DoubleVector.fromArray(S, b, from).intoArray(panels, at + l * WIDE);
                DoubleVector.fromArray(S, b, from + L).intoArray(panels, at + l * WIDE + L);
            }
            return;
        }
        if (cols < wide) {
            Arrays.fill(panels, at, at + depth * wide, 0);
        }
        if (bCol == 1) {
            for (int l = 0; l < depth; l++) {
                for (int j = 0, to = at + l * wide, from = bAt + l * bRow; j < cols; j++) {
                    panels[to + j] = b[from + j];
                }
            }
            return;
        }
        for (int j = 0; j < cols; j++) {               // a transposed B: along its contiguous columns
            for (int l = 0, from = bAt + j * bCol; l < depth; l++, from += bRow) {
                panels[at + l * wide + j] = b[from];
            }
        }
    }

    /** One panel's columns of D, tile by tile; a tile over the edge of D is computed in a copy. */
    private static void tiles(double[] d, int dAt, int dRow, Scratch s, int panelAt, int rows, int cols, int depth) {
        boolean narrow = cols <= L;
        int tall = narrow ? 2 * TALL : TALL, wide = narrow ? L : WIDE;
        for (int i = 0; i < rows; i += tall) {
            int inside = Math.min(tall, rows - i), at = dAt + i * dRow;
            if (inside == tall && cols == wide) {
                tile(narrow, d, at, dRow, s.block, i * depth, s.panels, panelAt, depth);
                continue;
            }
            for (int r = 0; r < inside; r++) {
                System.arraycopy(d, at + r * dRow, s.tile, r * WIDE, cols);
            }
            tile(narrow, s.tile, 0, WIDE, s.block, i * depth, s.panels, panelAt, depth);
            for (int r = 0; r < inside; r++) {
                System.arraycopy(s.tile, r * WIDE, d, at + r * dRow, cols);
            }
        }
    }

    private static void tile(boolean narrow, double[] d, int dAt, int dRow, double[] block, int at, double[] panels, int p, int depth) {
        if (narrow) {
            tile8x1(d, dAt, dRow, block, at, panels, p, depth);
        } else {
            tile4x2(d, dAt, dRow, block, at, panels, p, depth);
        }
    }

    private static void tile4x2(double[] d, int d0, int dRow, double[] block, int at, double[] panels, int p, int depth) {
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        for (int l = 0; l < depth; l++) {
            DoubleVector b0 = DoubleVector.fromArray(S, panels, p + l * WIDE), b1 = DoubleVector.fromArray(S, panels, p + l * WIDE + L);
            DoubleVector v = DoubleVector.broadcast(S, block[at + TALL * l]);
            c00 = fma(v, b0, c00);
            c01 = fma(v, b1, c01);
            v = DoubleVector.broadcast(S, block[at + TALL * l + 1]);
            c10 = fma(v, b0, c10);
            c11 = fma(v, b1, c11);
            v = DoubleVector.broadcast(S, block[at + TALL * l + 2]);
            c20 = fma(v, b0, c20);
            c21 = fma(v, b1, c21);
            v = DoubleVector.broadcast(S, block[at + TALL * l + 3]);
            c30 = fma(v, b0, c30);
            c31 = fma(v, b1, c31);
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

    private static void tile8x1(double[] d, int d0, int dRow, double[] block, int at, double[] panels, int p, int depth) {
        int next = at + TALL * depth;
        DoubleVector c0 = DoubleVector.fromArray(S, d, d0), c1 = DoubleVector.fromArray(S, d, d0 + dRow);
        DoubleVector c2 = DoubleVector.fromArray(S, d, d0 + 2 * dRow), c3 = DoubleVector.fromArray(S, d, d0 + 3 * dRow);
        DoubleVector c4 = DoubleVector.fromArray(S, d, d0 + 4 * dRow), c5 = DoubleVector.fromArray(S, d, d0 + 5 * dRow);
        DoubleVector c6 = DoubleVector.fromArray(S, d, d0 + 6 * dRow), c7 = DoubleVector.fromArray(S, d, d0 + 7 * dRow);
        for (int l = 0; l < depth; l++) {
            DoubleVector b = DoubleVector.fromArray(S, panels, p + l * L);
            c0 = fma(b, DoubleVector.broadcast(S, block[at + TALL * l]), c0);
            c1 = fma(b, DoubleVector.broadcast(S, block[at + TALL * l + 1]), c1);
            c2 = fma(b, DoubleVector.broadcast(S, block[at + TALL * l + 2]), c2);
            c3 = fma(b, DoubleVector.broadcast(S, block[at + TALL * l + 3]), c3);
            c4 = fma(b, DoubleVector.broadcast(S, block[next + TALL * l]), c4);
            c5 = fma(b, DoubleVector.broadcast(S, block[next + TALL * l + 1]), c5);
            c6 = fma(b, DoubleVector.broadcast(S, block[next + TALL * l + 2]), c6);
            c7 = fma(b, DoubleVector.broadcast(S, block[next + TALL * l + 3]), c7);
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
