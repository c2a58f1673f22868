package unrolled.math;

/**
 * The right factor B [k,n] of many products A B, in the order in which the kernels read it: weights that meet a state at every time
 * step are put into this order once a pass, not once a step. {@link Matrix#addDot(Matrix, Packed)} gives the same bits as the product
 * with B itself.
 *
 * <p>After B has changed, {@link #set} must be called again; until then products may see old numbers.
 */
public final class Packed {
    private Matrix plain, copy;
    private Object[] panels;
    private volatile boolean ordered;

    /** Takes b as it is now. */
    public Packed set(Matrix b) {
        if (b == null) {
            throw new IllegalArgumentException("Packed.set: the matrix is null; make it before it is used");
        }
        if (b.contiguousRows()) {
            plain = b;
        } else {
            if (copy == null || copy.rows() != b.rows() || copy.cols() != b.cols() || copy.precision() != b.precision()) {
                copy = new Matrix(b.precision(), b.rows(), b.cols());
            }
            plain = copy.set(b);
        }
        ordered = false;
        return this;
    }

    /** B with contiguous rows. */
    Matrix plain() {
        if (plain == null) {
            throw new IllegalStateException("a product with a packed matrix before any set(b); set it to the matrix to multiply with");
        }
        return plain;
    }

    /** B as the kernels want it for a product with so many rows; null if that is the plain matrix. */
    Object[] panels(int rows) {
        if (rows < VectorProduct.LOW) {                // too little to do with each number to be worth another order
            return null;
        }
        if (!ordered) {
            order();
        }
        return panels;
    }

    /** By one thread of those that compute shares of a batch. */
    private synchronized void order() {
        if (!ordered) {
            panels = plain.pack(panels);
            ordered = true;
        }
    }
}
