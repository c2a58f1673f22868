package unrolled.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import unrolled.math.Kernels;

/** What this JVM is: one line of JSON that stands beside every measurement. */
public final class Facts {
    private Facts() { }

    public static void main(String[] args) {
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
        System.out.printf("{\"jdk\": \"%s %s\", \"feature\": \"%d\", \"kernels\": \"%s\", \"collectors\": \"%s\", \"flags\": \"%s\"}%n",
                System.getProperty("java.vendor"), Runtime.version(), Runtime.version().feature(), Kernels.get().name(), collectors,
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()).replace("\\", "/").replace("\"", "'"));
    }
}
