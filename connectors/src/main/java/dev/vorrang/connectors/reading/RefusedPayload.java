package dev.vorrang.connectors.reading;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import java.nio.ByteBuffer;
import java.time.Clock;

/** Makes dead letters of payloads that a source cannot read. */
public final class RefusedPayload {

    /** More would not fit into a record; the message then says how much there was. */
    static final int MAX_PAYLOAD = 1024 * 1024;

    /** A payload stands at no place in Kafka. */
    private static final int NOWHERE = -1;

    private RefusedPayload() {}

    /**
     * @param source where it came from
     * @param cause name of what went wrong
     * @param message what went wrong, in words
     */
    public static DeadLetter letter(String source, byte[] payload, String cause, String message, Clock clock) {
        int length = payload.length;
        return DeadLetter.newBuilder()
                .setPosition(new Position(source, NOWHERE, (long) NOWHERE))
                .setStage(Stage.DECODE)
                .setCause(cause)
                .setMessage(length > MAX_PAYLOAD ? message + " (" + length + " bytes, the rest is cut)" : message)
                .setValue(ByteBuffer.wrap(payload, 0, Math.min(length, MAX_PAYLOAD))
                        .slice())
                .setRecordTime(clock.instant())
                .setFailedAt(clock.instant())
                .build();
    }
}
