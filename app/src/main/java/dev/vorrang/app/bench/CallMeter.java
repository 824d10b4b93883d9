package dev.vorrang.app.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.scoring.batch.BatchFunction;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees the model's calls of one run. What came before the first call ended (starting, joining the group) does not count. Safe for use
 * by many threads.
 */
final class CallMeter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<Long, Caller> callers = new ConcurrentHashMap<>();
    private final BatchSizes sizes = new BatchSizes();
    private long firstEnded;
    private long cpuAtFirst;
    private long recordsOfFirst;

    /** One thread's calls. */
    private static final class Caller {
        private long allocatedAtFirst = -1;
        private long allocatedAtLast;
        private long records;
    }

    /** The same function, seen. */
    <I, O> BatchFunction<I, O> around(BatchFunction<I, O> model) {
        return inputs -> {
            var outputs = model.apply(inputs);
            note(inputs.size());
            return outputs;
        };
    }

    /** A call has ended. */
    void note(int size) {
        sizes.add(size);
        synchronized (this) {
            if (firstEnded == 0) {
                firstEnded = System.nanoTime();
                cpuAtFirst = cpuTime();
                recordsOfFirst = size;
            }
        }
        var thread = Thread.currentThread();
        Caller caller = callers.computeIfAbsent(thread.getId(), id -> new Caller());
        synchronized (caller) {
            caller.allocatedAtLast = THREADS.getThreadAllocatedBytes(thread.getId());
            if (caller.allocatedAtFirst < 0) {
                caller.allocatedAtFirst = caller.allocatedAtLast;
            } else {
                caller.records += size;
            }
        }
    }

    /** CPU time of this process, in nanoseconds. */
    static long cpuTime() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * What there was from the end of the first call until now.
     *
     * @param records of all calls, the first one too
     */
    synchronized Speed speed(long records) {
        double seconds = (System.nanoTime() - firstEnded) / 1e9;
        return new Speed(
                (records - recordsOfFirst) / seconds,
                (cpuTime() - cpuAtFirst) / 1e9 / seconds,
                bytesPerRecord(),
                Memory.heapPeakMib(),
                Memory.residentMib(),
                sizes);
    }

    BatchSizes sizes() {
        return sizes;
    }

    /** Of the calling threads, from the end of the first call of each to that of its last. */
    private double bytesPerRecord() {
        long bytes = 0;
        long records = 0;
        for (Caller caller : callers.values()) {
            synchronized (caller) {
                bytes += caller.allocatedAtLast - caller.allocatedAtFirst;
                records += caller.records;
            }
        }
        return records == 0 ? Double.NaN : (double) bytes / records;
    }
}
