package dev.vorrang.app.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.vorrang.app.bench.BenchFigures.Speed;
import java.lang.management.ManagementFactory;

/**
 * A stretch of time that is measured, by its beginning.
 *
 * @param start its beginning, by {@link System#nanoTime}
 * @param cpu CPU time of the process at its beginning, in nanoseconds
 * @param records that were done by then
 */
record Stretch(long start, long cpu, long records) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS = 1e9;

    /** Begins now. */
    static Stretch from(long records) {
        return new Stretch(System.nanoTime(), SYSTEM.getProcessCpuTime(), records);
    }

    double seconds() {
        return (System.nanoTime() - start) / NANOS;
    }

    /** CPU time that the process took since. */
    double cpuSeconds() {
        return (SYSTEM.getProcessCpuTime() - cpu) / NANOS;
    }

    /**
     * What there was until now.
     *
     * @param done records that are done by now, those before the stretch too
     * @param meter saw the calls
     */
    Speed speed(long done, CallMeter meter) {
        double seconds = seconds();
        return new Speed(
                (done - records) / seconds,
                cpuSeconds() / seconds,
                meter.bytesPerRecord(),
                Memory.heapPeakMib(),
                Memory.residentMib(),
                meter.sizes());
    }
}
