package dev.vorrang.ingest.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Elements between the threads of a reader and the one who takes them, first in, first out, bounded by their total weight: while
 * there is no room {@link #put} waits and {@link #offer} refuses. An empty queue takes one element whatever its weight, so that
 * none waits for ever. Safe for use by many threads.
 *
 * @param <T> the elements
 * @param <E> why a reader gave up for good
 */
public final class HandoverQueue<T, E extends Exception> {

    private record Entry<T>(T element, long weight) {}

    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
    private long weight;
    private boolean closed;
    private E failure;

    /** @param capacity largest total weight, at least 1, in the unit of the elements' weights */
    public HandoverQueue(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an element, waiting for room.
     *
     * @return false if the queue was closed and the element is not in it
     */
    public boolean put(T element, long size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!hasRoom(size)) {
                changed.await();
            }
            append(element, size);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an element if there is room for it at once, or the queue is closed and it makes no difference. */
    public boolean offer(T element, long size) {
        lock.lock();
        try {
            boolean hasRoom = hasRoom(size);
            if (hasRoom) {
                append(element, size);
            }
            return hasRoom;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an element even where there is no room: for what is bounded elsewhere. */
    public void force(T element, long size) {
        lock.lock();
        try {
            append(element, size);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long size) {
        return closed || weight == 0 || weight + size <= capacity;
    }

    private void append(T element, long size) {
        if (!closed) {
            entries.add(new Entry<>(element, size));
            weight += size;
            changed.signalAll();
        }
    }

    /** Drops the elements that match. */
    public void removeIf(Predicate<T> dropped) {
        lock.lock();
        try {
            entries.removeIf(entry -> dropped.test(entry.element()));
            weight = entries.stream().mapToLong(Entry::weight).sum();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is there, waiting for the first element.
     *
     * @param max most elements to take, at least 1
     * @param wait longest wait
     * @return none if none came in time or the queue was closed
     * @throws E if a reader gave up, after all elements before that were taken
     */
    public List<T> take(int max, Duration wait) throws InterruptedException, E {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (entries.isEmpty() && !closed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (entries.isEmpty() && failure != null) {
                throw failure;
            }
            var taken = new ArrayList<T>(Math.min(max, entries.size()));
            while (taken.size() < max && !entries.isEmpty()) {
                var entry = entries.remove();
                weight -= entry.weight();
                taken.add(entry.element());
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A reader gave up for good. */
    public void fail(E cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every waiting thread go. Elements that are still in here are dropped. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            weight = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
