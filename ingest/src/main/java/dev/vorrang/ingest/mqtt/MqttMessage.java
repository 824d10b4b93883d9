package dev.vorrang.ingest.mqtt;

import java.time.Instant;

/**
 * A message as it came.
 *
 * @param payload its bytes; not to be changed
 * @param retained it was sent before the subscription began, nobody says when
 * @param acknowledged whether the broker waits for an acknowledgement and sends the message again without one
 * @param acknowledgement see {@link #acknowledge()}
 */
public record MqttMessage(
        String topic,
        byte[] payload,
        boolean retained,
        boolean acknowledged,
        Instant receivedAt,
        Runnable acknowledgement) {

    /**
     * Says to the broker that it need not send the message again. Does nothing if the connection that it came over has ended: the
     * broker sends it again then. Safe for use by any thread.
     */
    public void acknowledge() {
        acknowledgement.run();
    }
}
