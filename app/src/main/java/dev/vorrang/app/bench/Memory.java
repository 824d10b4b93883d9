package dev.vorrang.app.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory of this process. */
final class Memory {

    private static final double MIB = 1 << 20;
    private static final double KIB_OF_MIB = 1 << 10;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private Memory() {}

    /** From here on {@link #heapPeakMib} counts anew. */
    static void resetHeapPeak() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Greatest use of the heap since the reset; a little too much, for each part of the heap has its peak at a time of its own. */
    static double heapPeakMib() {
        return heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB;
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Memory that the process has now; NaN where the system has no {@code /proc}. */
    static double residentMib() {
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_OF_MIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
