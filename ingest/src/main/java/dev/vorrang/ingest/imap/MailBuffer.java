package dev.vorrang.ingest.imap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events between the readers of folders and whoever takes them, first in, first out, bounded by bytes: a reader waits while the
 * buffer is full. One event is taken in whatever its size, so that none waits for ever. Safe for use by many threads.
 */
final class MailBuffer {

    private record Entry(FolderEvent event, long bytes) {}

    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private MailboxRefusedException failure;

    MailBuffer(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an event, waiting for room.
     *
     * @return false if the buffer was closed and the event is not in it
     */
    boolean put(FolderEvent event, long size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && bytes > 0 && bytes + size > capacity) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            entries.add(new Entry(event, size));
            bytes += size;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event if there is room for it at once, or the buffer is closed and it makes no difference. */
    boolean offer(FolderEvent event, long size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!closed && bytes > 0 && bytes + size > capacity) {
                return false;
            }
            put(event, size);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is there, waiting for the first event.
     *
     * @return at most {@code most} events, none if none came in time or the buffer was closed
     * @throws MailboxRefusedException if a reader gave up, after all events before that were taken
     */
    List<FolderEvent> take(int most, Duration wait) throws InterruptedException, MailboxRefusedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (entries.isEmpty() && !closed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (entries.isEmpty() && failure != null) {
                throw new MailboxRefusedException(failure.getMessage(), failure);
            }
            var taken = new ArrayList<FolderEvent>(Math.min(most, entries.size()));
            while (taken.size() < most && !entries.isEmpty()) {
                var entry = entries.remove();
                bytes -= entry.bytes();
                taken.add(entry.event());
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A reader gave up for good. */
    void fail(MailboxRefusedException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every waiting thread go. Events that are still in here are dropped. */
    void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
