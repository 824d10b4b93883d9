package dev.vorrang.app.bench;

import com.sun.management.ThreadMXBean;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees the model's calls of one run. Safe for use by many threads. */
public final class CallMeter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Caller> callers = new ConcurrentHashMap<>();
    private final BatchSizes sizes = new BatchSizes();

    /** One thread's calls. */
    private static final class Caller {
        private long allocatedAtFirst = -1;
        private long allocatedAtLast;
        private long records;
    }

    /** The same function, seen. */
    public <I, O> BatchFunction<I, O> around(BatchFunction<I, O> model) {
        return inputs -> {
            var outputs = model.apply(inputs);
            note(inputs.size());
            return outputs;
        };
    }

    /** A call has ended. */
    void note(int size) {
        sizes.add(size);
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

    BatchSizes sizes() {
        return sizes;
    }

    /**
     * Bytes of the heap that the calling threads took for a record, from the end of the first call of each to that of its last; NaN
     * if there were no two.
     */
    double bytesPerRecord() {
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
