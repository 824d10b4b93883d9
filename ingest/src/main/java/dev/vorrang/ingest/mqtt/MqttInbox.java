package dev.vorrang.ingest.mqtt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages between the connection and whoever takes them, first in, first out. It never lets the connection wait: messages that
 * are acknowledged are bounded by what the broker sends ahead, and of the others those beyond {@code capacity} are thrown away,
 * which an event tells. Safe for use by many threads.
 */
final class MqttInbox {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<MqttEvent> events = new ArrayDeque<>();
    /** The connection whose messages are taken. */
    private Object connection;

    private boolean overflowing;
    private boolean closed;
    private MqttRefusedException failure;

    MqttInbox(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes a message of the present connection. One of an earlier connection is dropped: the broker sends it again, and after messages
     * that came over the present connection it would be out of order.
     */
    void add(Object from, MqttMessage message) {
        lock.lock();
        try {
            if (closed || from != connection) {
                return;
            }
            if (!message.acknowledged() && events.size() >= capacity) {
                if (!overflowing) {
                    overflowing = true;
                    events.add(new MqttEvent.Overflowed());
                }
                return;
            }
            overflowing = false;
            events.add(new MqttEvent.Received(message));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A connection begins.
     *
     * @param resumed whether the session goes on: the broker sends again what was not acknowledged, so nobody need take it from here
     */
    void connected(Object begun, boolean resumed) {
        lock.lock();
        try {
            connection = begun;
            if (resumed) {
                events.removeIf(event -> event instanceof MqttEvent.Received received
                        && received.message().acknowledged());
            }
        } finally {
            lock.unlock();
        }
    }

    void lost() {
        lock.lock();
        try {
            events.add(new MqttEvent.SessionLost());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @see MqttReader#take */
    List<MqttEvent> take(int most, Duration wait) throws InterruptedException, MqttRefusedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (events.isEmpty() && !closed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (events.isEmpty() && failure != null) {
                throw new MqttRefusedException(failure.getMessage(), failure);
            }
            var taken = new ArrayList<MqttEvent>(Math.min(most, events.size()));
            while (taken.size() < most && !events.isEmpty()) {
                taken.add(events.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void fail(MqttRefusedException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting {@link #take} go. Messages still in here are dropped; they are not acknowledged. */
    void close() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
