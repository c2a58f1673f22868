package unrolled.math;

/** The same in single precision. */
class SingleAllocationTest extends AllocationTest {
    @Override Precision precision() {
        return Precision.SINGLE;
    }
}
