package unrolled.math;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The fused multiply-add a b + c with one rounding. Where the processor has no such instruction (or an emulator does not pass it
 * on) Java computes it with big decimals, a thousand times slower; there, multiplication and addition round one after the other.
 */
final class Fused {
    /** Whether the processor's instruction is used. */
    static final boolean AVAILABLE = available();

    private Fused() { }

    private static boolean available() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
        } catch (RuntimeException | LinkageError e) {   // a JVM that does not tell: nearly every processor since 2013 has it
            return true;
        }
    }

    static double multiplyAdd(double a, double b, double c) {
        return AVAILABLE ? Math.fma(a, b, c) : a * b + c;
    }

    static float multiplyAdd(float a, float b, float c) {
        return AVAILABLE ? Math.fma(a, b, c) : a * b + c;
    }
}
