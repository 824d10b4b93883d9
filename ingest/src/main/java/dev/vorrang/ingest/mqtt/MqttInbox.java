package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.connection.HandoverQueue;
import java.time.Duration;
import java.util.List;

/**
 * Messages between the connection and whoever takes them, first in, first out. It never lets the connection wait: messages that
 * are acknowledged are bounded by what the broker sends ahead, and of the others those beyond {@code capacity} are thrown away,
 * which an event tells. Safe for use by many threads.
 */
final class MqttInbox {

    private final HandoverQueue<MqttEvent, MqttRefusedException> events;
    /** The connection whose messages are taken. */
    private Object connection;

    private boolean overflowing;

    MqttInbox(int capacity) {
        events = new HandoverQueue<>(capacity);
    }

    /**
     * Takes a message of the present connection. One of an earlier connection is dropped: the broker sends it again, and after messages
     * that came over the present connection it would be out of order.
     */
    synchronized void add(Object from, MqttMessage message) {
        if (from != connection) {
            return;
        }
        var received = new MqttEvent.Received(message);
        if (message.acknowledged()) {
            events.force(received, 1);
            overflowing = false;
        } else if (events.offer(received, 1)) {
            overflowing = false;
        } else if (!overflowing) {
            overflowing = true;
            events.force(new MqttEvent.Overflowed(), 1);
        }
    }

    /**
     * A connection begins.
     *
     * @param resumed whether the session goes on: the broker sends again what was not acknowledged, so nobody need take it from here
     */
    synchronized void connected(Object begun, boolean resumed) {
        connection = begun;
        if (resumed) {
            events.removeIf(event -> event instanceof MqttEvent.Received received
                    && received.message().acknowledged());
        }
    }

    void lost() {
        events.force(new MqttEvent.SessionLost(), 1);
    }

    /** @see MqttReader#take */
    List<MqttEvent> take(int max, Duration wait) throws InterruptedException, MqttRefusedException {
        return events.take(max, wait);
    }

    void fail(MqttRefusedException cause) {
        events.fail(cause);
    }

    /** Lets a waiting {@link #take} go. Messages still in here are dropped; they are not acknowledged. */
    void close() {
        events.close();
    }
}
