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
 * @param gpus tell how busy they are
 * @param gpusThen what they told at its beginning
 */
record Stretch(long start, long cpu, long records, Gpus gpus, Gpus.Reading gpusThen) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS = 1e9;

    /** Begins now. */
    static Stretch from(long records, Gpus gpus) {
        return new Stretch(System.nanoTime(), SYSTEM.getProcessCpuTime(), records, gpus, gpus.reading());
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
                gpus.since(gpusThen),
                meter.bytesPerRecord(),
                Memory.heapPeakMib(),
                Memory.residentMib(),
                meter.sizes());
    }
}
