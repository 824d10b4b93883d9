package dev.vorrang.ingest.opcua;

import dev.vorrang.ingest.reading.Decoded;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Readings between subscription and taker, first in, first out, bounded by number. While it is full the subscription waits, so
 * that no more is asked of the server, whose own queues fill and tell of what they drop. Safe for use by many threads.
 */
final class ReadingBuffer {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Decoded> entries = new ArrayDeque<>();
    private boolean closed;
    private OpcUaRefusedException failure;

    ReadingBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** Adds one, waiting for room; drops it if the buffer is closed. */
    void put(Decoded decoded) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && entries.size() >= capacity) {
                changed.await();
            }
            if (!closed) {
                entries.add(decoded);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is there, waiting for the first.
     *
     * @throws OpcUaRefusedException if the reader gave up, after all before that were taken
     */
    List<Decoded> take(int most, Duration wait) throws InterruptedException, OpcUaRefusedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (entries.isEmpty() && !closed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (entries.isEmpty() && failure != null) {
                throw new OpcUaRefusedException(failure.concern(), failure.getMessage(), failure);
            }
            var taken = new ArrayList<Decoded>(Math.min(most, entries.size()));
            while (taken.size() < most && !entries.isEmpty()) {
                taken.add(entries.remove());
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The reader gave up for good. */
    void fail(OpcUaRefusedException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every waiting thread go, and drops what is in it. */
    void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
