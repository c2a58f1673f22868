package unrolled.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product D += A B, or D = A B, on vector registers.
 *
 * <p>The work is cut so that the processor's multiply-add units never wait. Innermost, a <b>tile</b> of D of 5 rows x 2 vectors
 * is kept in 10 registers while k runs: each step loads 2 vectors of B and 5 numbers of A and uses each of them several times. Two
 * units that take 4 cycles per multiply-add need 8 sums that do not wait for each other, and some to spare. Tiles of 4 rows make up
 * the heights that fives do not. With 6 rows the compiler runs out of 16 registers, and sums go through memory; where registers have
 * 512 bits, there are 32 of them, and tiles of 6 rows save a few percent of an LSTM's step (beyond that a method has too many operations).
 *
 * <p>A tile reads B from a <b>panel</b> and A from a <b>group</b>: copies of the 2 vectors' columns, or of the rows, in the order
 * of their use, each in an array of its own and with the same distance from step to step; in a group the rows of several tiles stand side
 * by side. So any strides of A and B cost the same, the loop's counter is the index into both, which leaves next to nothing to compute
 * beside the products (22 instructions for 10 of them), and columns of B do not fall into the same few places of a cache, as they do when
 * rows lie a power of two apart. <b>Blocks</b> of k keep a panel in the first-level cache, blocks of rows keep the groups and their part of D
 * in the second, blocks of columns the panels of some blocks of k in the second or third. A matrix that meets many others can be copied to
 * panels once, see {@link Packed}.
 *
 * <p>Every number of D is summed over k = 0, 1, 2, ... with one rounding per step, whatever the tile it falls into, so that the
 * product of a part is the part of the product to the last bit.
 */
final class VectorProduct {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    /** The most rows of a tile. */
    private static final int TALL = L * S.elementSize() == 512 ? 6 : 5;
    /** Rows of the lowest tile, which are also the least that are worth a panel. */
    static final int LOW = 4;
    /** Columns of a tile. */
    static final int WIDE = 2 * L;
    /** The distance of one step of k from the next, in panels as in groups, so that one index serves both. */
    private static final int PITCH = Math.max(WIDE, 8);
    /** The most steps of k in a block, so that a panel takes 16 KB; rows, of tiles that are all as tall as can be, and columns in a block. */
    private static final int DEPTH = 16 * 1024 * Byte.SIZE / S.elementSize() / PITCH, HIGH = 16 * TALL, BROAD = 512;
    /** Panels of the same columns, one for each block of k, are kept as far as there are no more than these: 1 MB. */
    private static final int KEPT = 64;

    /** Tiles whose rows of A stand side by side in a group. */
    private static final int TILES = PITCH / TALL;

    /** Working memory of one thread, so that a product allocates nothing. */
    private static final class Scratch {
        final double[][] groups = new double[HIGH / LOW / TILES + 1][DEPTH * PITCH];
        final double[] tile = new double[TALL * WIDE];
        double[][] panels = {};

        double[][] panels(int many) {
            if (panels.length < many) {
                panels = new double[many][DEPTH * PITCH];
            }
            return panels;
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorProduct() { }

    /** See {@link Kernels#addDot}. */
    static void addDot(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                       double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
        boolean rows = bCol == 1 && (m < LOW || k < 4);     // too little to do with a panel to be worth its copy
        if (n > 1 && !rows) {
            blocks(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, bCol, m, n, k, anew);
            return;
        }
        if (anew) {
            clear(d, dAt, dRow, m, n);
        }
        if (n == 1 && dRow == 1 && aRow == 1) {         // one column of contiguous numbers: Dᵀ += Bᵀ Aᵀ is one row of them
            row(d, dAt, b, bAt, bRow, a, aAt, aCol, m, k);
        } else if (n == 1) {
            column(d, dAt, dRow, a, aAt, aRow, aCol, b, bAt, bRow, m, k);
        } else {
            for (int i = 0; i < m; i++) {
                row(d, dAt + i * dRow, a, aAt + i * aRow, aCol, b, bAt, bRow, n, k);
            }
        }
    }

    private static void clear(double[] d, int dAt, int dRow, int m, int n) {
        for (int i = 0, at = dAt; i < m; i++, at += dRow) {
            Arrays.fill(d, at, at + n, 0);
        }
    }

    // ---- one row of D: it stays in the first-level cache while the rows of B stream past, eight at a time ----

    private static void row(double[] d, int dAt, double[] a, int aAt, int aCol, double[] b, int bAt, int bRow, int n, int k) {
        int l = 0, at = aAt;
        for (; l + 8 <= k; l += 8, at += 8 * aCol) {
            addRows(d, dAt, a, at, aCol, b, bAt + l * bRow, bRow, n);
        }
        for (; l < k; l++, at += aCol) {
            addRow(d, dAt, a[at], b, bAt + l * bRow, n);
        }
    }

    private static void addRows(double[] d, int dAt, double[] a, int aAt, int aCol, double[] b, int b0, int bRow, int n) {
        double a0 = a[aAt], a1 = a[aAt + aCol], a2 = a[aAt + 2 * aCol], a3 = a[aAt + 3 * aCol];
        double a4 = a[aAt + 4 * aCol], a5 = a[aAt + 5 * aCol], a6 = a[aAt + 6 * aCol], a7 = a[aAt + 7 * aCol];
        int b1 = b0 + bRow, b2 = b1 + bRow, b3 = b2 + bRow, b4 = b3 + bRow, b5 = b4 + bRow, b6 = b5 + bRow, b7 = b6 + bRow, j = 0;
        DoubleVector v0 = DoubleVector.broadcast(S, a0), v1 = DoubleVector.broadcast(S, a1);
        DoubleVector v2 = DoubleVector.broadcast(S, a2), v3 = DoubleVector.broadcast(S, a3);
        DoubleVector v4 = DoubleVector.broadcast(S, a4), v5 = DoubleVector.broadcast(S, a5);
        DoubleVector v6 = DoubleVector.broadcast(S, a6), v7 = DoubleVector.broadcast(S, a7);
        for (; j <= n - L; j += L) {
            DoubleVector c = v0.fma(DoubleVector.fromArray(S, b, b0 + j), DoubleVector.fromArray(S, d, dAt + j));
            c = v1.fma(DoubleVector.fromArray(S, b, b1 + j), c);
            c = v2.fma(DoubleVector.fromArray(S, b, b2 + j), c);
            c = v3.fma(DoubleVector.fromArray(S, b, b3 + j), c);
            c = v4.fma(DoubleVector.fromArray(S, b, b4 + j), c);
            c = v5.fma(DoubleVector.fromArray(S, b, b5 + j), c);
            c = v6.fma(DoubleVector.fromArray(S, b, b6 + j), c);
            v7.fma(DoubleVector.fromArray(S, b, b7 + j), c).intoArray(d, dAt + j);
        }
        ScalarKernels.addRows(d, dAt + j, a0, a1, a2, a3, b, b0 + j, bRow, n - j);
        ScalarKernels.addRows(d, dAt + j, a4, a5, a6, a7, b, b4 + j, bRow, n - j);
    }

    private static void addRow(double[] d, int dAt, double a, double[] b, int bAt, int n) {
        int j = 0;
        DoubleVector v = DoubleVector.broadcast(S, a);
        for (; j <= n - L; j += L) {
            v.fma(DoubleVector.fromArray(S, b, bAt + j), DoubleVector.fromArray(S, d, dAt + j)).intoArray(d, dAt + j);
        }
        ScalarKernels.addRow(d, dAt + j, a, b, bAt + j, 1, n - j);
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
                               double[] b, int bAt, int bRow, int bCol, int m, int n, int k, boolean anew) {
        int depth = depth(k), broad = Math.min(n, BROAD), blocks = Math.max(1, KEPT / panels(broad));
        int deep = Math.min(k, depth * blocks);
        double[][] panels = SCRATCH.get().panels(Math.min(blocks, (k + depth - 1) / depth) * panels(broad));
        for (int left = 0; left < n; left += broad) {
            int cols = Math.min(broad, n - left);
            for (int first = 0; first < k; first += deep) {
                int steps = Math.min(deep, k - first), from = bAt + first * bRow + left * bCol;
                copyBlocks(panels, b, from, bRow, bCol, steps, cols, depth);
                addBlocks(d, dAt + left, dRow, a, aAt + first * aCol, aRow, aCol, panels, 0, panels(cols), m, cols, steps, depth,
                        anew && first == 0);
            }
        }
    }

    /** See {@link Kernels#pack}: block by block of k, each from left to right. */
    static double[][] pack(double[][] old, double[] b, int bAt, int bRow, int bCol, int k, int n) {
        int depth = depth(k), many = (k + depth - 1) / depth * panels(n);
        boolean fits = old != null && old.length == many && old[0].length == depth * PITCH;
        double[][] panels = fits ? old : new double[many][depth * PITCH];
        copyBlocks(panels, b, bAt, bRow, bCol, k, n, depth);
        return panels;
    }

    private static void copyBlocks(double[][] panels, double[] b, int bAt, int bRow, int bCol, int k, int n, int depth) {
        for (int first = 0, at = 0; first < k; first += depth, at += panels(n)) {
            copyPanels(panels, at, b, bAt + first * bRow, bRow, bCol, Math.min(depth, k - first), n);
        }
    }

    /** {@link #addDot} with the columns left .. left + cols of a packed B [k,n]; left is a multiple of {@link #WIDE}. */
    static void addDotPacked(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                             double[][] panels, int left, int cols, int m, int n, int k, boolean anew) {
        addBlocks(d, dAt, dRow, a, aAt, aRow, aCol, panels, left / WIDE, panels(n), m, cols, k, depth(k), anew);
    }

    /** Blocks of k of equal depth. */
    private static int depth(int k) {
        int blocks = (k + DEPTH - 1) / DEPTH;
        return (k + blocks - 1) / blocks;
    }

    /** How many panels so many columns make up. */
    private static int panels(int n) {
        return (n + WIDE - 1) / WIDE;
    }

    /** With B in panels, so many of them for each block of k. A block of rows of D, zero or not, meets all of them while it is in a cache. */
    private static void addBlocks(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                  double[][] panels, int panel, int many, int m, int n, int k, int depth, boolean anew) {
        for (int top = 0; top < m; top += HIGH) {
            int rows = Math.min(HIGH, m - top), to = dAt + top * dRow, from = aAt + top * aRow;
            if (anew) {
                clear(d, to, dRow, rows, n);
            }
            for (int first = 0, p = panel; first < k; first += depth, p += many) {
                addBlock(d, to, dRow, a, from + first * aCol, aRow, aCol, panels, p, rows, n, Math.min(depth, k - first));
            }
        }
    }

    private static void addBlock(double[] d, int dAt, int dRow, double[] a, int aAt, int aRow, int aCol,
                                 double[][] panels, int panel, int rows, int n, int depth) {
        Scratch s = SCRATCH.get();
        for (int i = 0, g = 0; i < rows; g++) {
            i = copyGroup(s.groups[g], a, aAt, aRow, aCol, i, g * TILES, rows, depth);
        }
        for (int j = 0, p = panel; j < n; j += WIDE, p++) {
            tiles(d, dAt + j, dRow, s, panels[p], rows, Math.min(WIDE, n - j), depth);
        }
    }

    /** The rows of tile g: as even as can be, with as few tiles as can be; the last may reach past the edge. */
    private static int height(int rows, int g) {
        int tiles = (rows + TALL - 1) / TALL, low = rows / tiles;
        return Math.max(LOW, g < rows - tiles * low ? low + 1 : low);
    }

    /** The rows of A, from row first on, that the tiles of a group read, from the given tile on; returns the row behind them. */
    private static int copyGroup(double[] group, double[] a, int aAt, int aRow, int aCol, int first, int tile, int rows, int depth) {
        int i = first;
        for (int t = tile; t < tile + TILES && i < rows; t++) {
            int tall = height(rows, t);
            if (aRow != 1) {
                copyTile(group, i - first, a, aAt + i * aRow, aRow, aCol, tall, Math.min(tall, rows - i), depth);
            }
            i += tall;
        }
        if (aRow == 1) {                               // a transposed A: its rows lie side by side
            copyNeighbours(group, a, aAt + first, aCol, Math.min(i, rows) - first, depth);
        }
        return i;
    }

    /** Vectors of rows, and with them whatever stands behind. */
    private static void copyNeighbours(double[] group, double[] a, int a0, int aCol, int rows, int depth) {
        int whole = Math.max(0, Math.min(depth, Math.floorDiv(a.length - PITCH - a0, aCol) + 1));
        for (int v = 0; v < rows; v += L) {
            copyVectors(group, v, a, a0 + v, aCol, whole);
        }
        copyRows(group, 0, a, a0, 1, aCol, rows, whole, depth);
    }

    private static void copyVectors(double[] group, int to, double[] a, int from, int aCol, int depth) {
        for (int l = 0; l < depth; l++, from += aCol) {
            DoubleVector.fromArray(S, a, from).intoArray(group, l * PITCH + to);
        }
    }

    /** The rows of A of one tile, column by column; of rows that are not there, any numbers. */
    private static void copyTile(double[] group, int to, double[] a, int a0, int aRow, int aCol, int tall, int rows, int depth) {
        if (rows < tall || aCol != 1) {
            copyRows(group, to, a, a0, aRow, aCol, rows, 0, depth);
        } else {
            copyLines(group, to, a, a0, aRow, tall, depth);
        }
    }

    /** Two rows at a time; an odd last one twice, since the place beside it is free. */
    private static void copyLines(double[] group, int to, double[] a, int a0, int aRow, int tall, int depth) {
        int i = 0;
        for (; i < tall - 1; i += 2) {
            copyTwoLines(group, to + i, a, a0 + i * aRow, aRow, depth);
        }
        if (i < tall) {
            copyTwoLines(group, to + i, a, a0 + i * aRow, 0, depth);
        }
    }

    private static void copyTwoLines(double[] group, int to, double[] a, int a0, int aRow, int depth) {
        for (int l = 0, end = Math.min(depth, DEPTH), a1 = a0 + aRow; l < end; l++) {
            group[to + l * PITCH] = a[a0 + l];
            group[to + l * PITCH + 1] = a[a1 + l];
        }
    }

    private static void copyRows(double[] group, int at, double[] a, int aAt, int aRow, int aCol, int rows, int first, int depth) {
        for (int l = first; l < depth; l++) {
            for (int i = 0, to = at + l * PITCH, from = aAt + l * aCol; i < rows; i++) {
                group[to + i] = a[from + i * aRow];
            }
        }
    }

    /** Columns of B as panels; the last one is filled up with zeros. */
    private static void copyPanels(double[][] panels, int at, double[] b, int bAt, int bRow, int bCol, int depth, int cols) {
        int j = 0, p = at;
        for (; bCol == 1 && j <= cols - 4 * WIDE; j += 4 * WIDE, p += 4) {
            copyFourPanels(panels[p], panels[p + 1], panels[p + 2], panels[p + 3], b, bAt + j, bRow, depth);
        }
        for (; j < cols; j += WIDE, p++) {
            copyPanel(panels[p], b, bAt + j * bCol, bRow, bCol, depth, Math.min(WIDE, cols - j));
        }
    }

    /** Along the rows of B, which the processor fetches ahead. */
    private static void copyFourPanels(double[] p0, double[] p1, double[] p2, double[] p3, double[] b, int bAt, int bRow, int depth) {
        for (int l = 0, from = bAt; l < depth; l++, from += bRow) {
            DoubleVector.fromArray(S, b, from).intoArray(p0, l * PITCH);
            DoubleVector.fromArray(S, b, from + L).intoArray(p0, l * PITCH + L);
            DoubleVector.fromArray(S, b, from + 2 * L).intoArray(p1, l * PITCH);
            DoubleVector.fromArray(S, b, from + 3 * L).intoArray(p1, l * PITCH + L);
            DoubleVector.fromArray(S, b, from + 4 * L).intoArray(p2, l * PITCH);
            DoubleVector.fromArray(S, b, from + 5 * L).intoArray(p2, l * PITCH + L);
            DoubleVector.fromArray(S, b, from + 6 * L).intoArray(p3, l * PITCH);
            DoubleVector.fromArray(S, b, from + 7 * L).intoArray(p3, l * PITCH + L);
        }
    }

    private static void copyPanel(double[] panel, double[] b, int bAt, int bRow, int bCol, int depth, int cols) {
        if (bCol == 1 && cols == WIDE) {
            for (int l = 0, from = bAt; l < depth; l++, from += bRow) {
                DoubleVector.fromArray(S, b, from).intoArray(panel, l * PITCH);
                DoubleVector.fromArray(S, b, from + L).intoArray(panel, l * PITCH + L);
            }
            return;
        }
        if (cols < WIDE) {
            Arrays.fill(panel, 0, depth * PITCH, 0);
        }
        for (int j = 0; j < cols; j++) {               // a transposed B: along its contiguous columns
            for (int l = 0, from = bAt + j * bCol; l < depth; l++, from += bRow) {
                panel[l * PITCH + j] = b[from];
            }
        }
    }

    /** One panel's columns of D, tile by tile; a tile over the edge of D is computed in a copy. */
    private static void tiles(double[] d, int dAt, int dRow, Scratch s, double[] panel,
                              int rows, int cols, int depth) {
        for (int i = 0, g = 0, first = 0; i < rows; g++) {
            if (g % TILES == 0) {
                first = i;
            }
            double[] group = s.groups[g / TILES];
            int tall = height(rows, g), inside = Math.min(tall, rows - i), to = dAt + i * dRow;
            if (inside == tall && cols == WIDE) {
                tile(tall, d, to, dRow, group, i - first, panel, depth);
            } else {
                for (int r = 0; r < inside; r++) {
                    System.arraycopy(d, to + r * dRow, s.tile, r * WIDE, cols);
                }
                tile(tall, s.tile, 0, WIDE, group, i - first, panel, depth);
                for (int r = 0; r < inside; r++) {
                    System.arraycopy(s.tile, r * WIDE, d, to + r * dRow, cols);
                }
            }
            i += tall;
        }
    }

    /**
     * So many rows of one panel's columns of D; the rows of A begin at this place of the group. To the tiles the place is a remainder and the
     * end a minimum, although both are small: the compiler then knows it, has no index to check and no pause to plan, and keeps all it needs
     * in registers (else one of two processes is 10 to 20 percent slower). The odd number that the loop never meets keeps JDK 25 from
     * running eight steps in one turn, in which each sum would take its eight products one after the other (6 to 9 percent slower).
     */
    private static void tile(int tall, double[] d, int dAt, int dRow, double[] group, int at, double[] panel, int depth) {
        if (tall == 6) {
            tile6x2(d, dAt, dRow, group, at, panel, depth);
        } else if (tall == 5) {
            tile5x2(d, dAt, dRow, group, at, panel, depth);
        } else {
            tile4x2(d, dAt, dRow, group, at, panel, depth);
        }
    }

    private static void tile6x2(double[] d, int d0, int dRow, double[] group, int at, double[] panel, int depth) {
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow, d4 = d3 + dRow, d5 = d4 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        DoubleVector c40 = DoubleVector.fromArray(S, d, d4), c41 = DoubleVector.fromArray(S, d, d4 + L);
        DoubleVector c50 = DoubleVector.fromArray(S, d, d5), c51 = DoubleVector.fromArray(S, d, d5 + L);
        int first = at & PITCH - 1, end = Math.min(depth * PITCH, DEPTH * PITCH), never = depth | 1;
        for (int l = 0; l < end && l != never; l += PITCH) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, l), b1 = DoubleVector.fromArray(S, panel, l + L);
            DoubleVector v = DoubleVector.broadcast(S, group[first + l]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = DoubleVector.broadcast(S, group[first + l + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = DoubleVector.broadcast(S, group[first + l + 2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = DoubleVector.broadcast(S, group[first + l + 3]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = DoubleVector.broadcast(S, group[first + l + 4]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            v = DoubleVector.broadcast(S, group[first + l + 5]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
        }
        c00.intoArray(d, d0);
        c01.intoArray(d, d0 + L);
        c10.intoArray(d, d1);
        c11.intoArray(d, d1 + L);
        c20.intoArray(d, d2);
        c21.intoArray(d, d2 + L);
        c30.intoArray(d, d3);
        c31.intoArray(d, d3 + L);
        c40.intoArray(d, d4);
        c41.intoArray(d, d4 + L);
        c50.intoArray(d, d5);
        c51.intoArray(d, d5 + L);
    }

    private static void tile5x2(double[] d, int d0, int dRow, double[] group, int at, double[] panel, int depth) {
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow, d4 = d3 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        DoubleVector c40 = DoubleVector.fromArray(S, d, d4), c41 = DoubleVector.fromArray(S, d, d4 + L);
        int first = at & PITCH - 1, end = Math.min(depth * PITCH, DEPTH * PITCH), never = depth | 1;
        for (int l = 0; l < end && l != never; l += PITCH) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, l), b1 = DoubleVector.fromArray(S, panel, l + L);
            DoubleVector v = DoubleVector.broadcast(S, group[first + l]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = DoubleVector.broadcast(S, group[first + l + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = DoubleVector.broadcast(S, group[first + l + 2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = DoubleVector.broadcast(S, group[first + l + 3]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = DoubleVector.broadcast(S, group[first + l + 4]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
        }
        c00.intoArray(d, d0);
        c01.intoArray(d, d0 + L);
        c10.intoArray(d, d1);
        c11.intoArray(d, d1 + L);
        c20.intoArray(d, d2);
        c21.intoArray(d, d2 + L);
        c30.intoArray(d, d3);
        c31.intoArray(d, d3 + L);
        c40.intoArray(d, d4);
        c41.intoArray(d, d4 + L);
    }

    private static void tile4x2(double[] d, int d0, int dRow, double[] group, int at, double[] panel, int depth) {
        int d1 = d0 + dRow, d2 = d1 + dRow, d3 = d2 + dRow;
        DoubleVector c00 = DoubleVector.fromArray(S, d, d0), c01 = DoubleVector.fromArray(S, d, d0 + L);
        DoubleVector c10 = DoubleVector.fromArray(S, d, d1), c11 = DoubleVector.fromArray(S, d, d1 + L);
        DoubleVector c20 = DoubleVector.fromArray(S, d, d2), c21 = DoubleVector.fromArray(S, d, d2 + L);
        DoubleVector c30 = DoubleVector.fromArray(S, d, d3), c31 = DoubleVector.fromArray(S, d, d3 + L);
        int first = at & PITCH - 1, end = Math.min(depth * PITCH, DEPTH * PITCH), never = depth | 1;
        for (int l = 0; l < end && l != never; l += PITCH) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, l), b1 = DoubleVector.fromArray(S, panel, l + L);
            DoubleVector v = DoubleVector.broadcast(S, group[first + l]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = DoubleVector.broadcast(S, group[first + l + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = DoubleVector.broadcast(S, group[first + l + 2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = DoubleVector.broadcast(S, group[first + l + 3]);
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
}
