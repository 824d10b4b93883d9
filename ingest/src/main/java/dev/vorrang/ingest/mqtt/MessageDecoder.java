package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.reading.Decoded;
import java.time.Instant;
import java.util.List;

/** Makes readings of messages. For one thread. */
public interface MessageDecoder {

    /**
     * A message that is dealt with: when these are in safe hands, it may be acknowledged.
     *
     * @param decoded none if the message tells nothing
     */
    record Done(MqttMessage message, List<Decoded> decoded) {}

    /**
     * Reads a message. A bad one is no exception: it is refused.
     *
     * @return the messages that are dealt with now. This one is missing in it if it has to wait for others, and with it may come
     *     those that waited
     */
    List<Done> accept(MqttMessage message);

    /** The messages that waited for others long enough. */
    List<Done> expire(Instant now);
}
