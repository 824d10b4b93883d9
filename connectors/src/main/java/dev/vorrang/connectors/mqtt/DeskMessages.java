package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.avro.AvroToConnect;
import dev.vorrang.connectors.reading.RefusedPayload;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttMessage;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import dev.vorrang.schemas.desk.DeskEventJson;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.schemas.text.ForeignText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes desk events of messages, and dead letters of those that are none. A message that comes again gives an event with the same id, so
 * that it counts once. For one thread.
 */
final class DeskMessages {

    private static final Logger log = LoggerFactory.getLogger(DeskMessages.class);
    private static final String CHANNEL = "mqtt";

    private final AvroToConnect events = new AvroToConnect(DeskEvent.getClassSchema());
    private final AvroToConnect letters = new AvroToConnect(DeadLetter.getClassSchema());
    private final MqttBroker broker;
    private final Optional<AcknowledgeLink> links;
    private final boolean takesEvents;
    private final String topic;
    private final String deadLetters;
    private final Clock clock;

    private DeskMessages(
            MqttBroker broker,
            Optional<AcknowledgeLink> links,
            boolean takesEvents,
            String topic,
            String deadLetters,
            Clock clock) {
        this.broker = broker;
        this.links = links;
        this.takesEvents = takesEvents;
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    static DeskMessages of(DeskSourceConfig config, Clock clock) {
        return new DeskMessages(
                config.broker(),
                config.links(clock),
                config.takesEvents(),
                config.getString(DeskSettings.TOPIC),
                config.getString(DeskSettings.DEAD_LETTER_TOPIC),
                clock);
    }

    /**
     * The event, or the dead letter.
     *
     * @param partition what Connect keeps the offset by
     * @param offset where the source stands after this record
     * @return empty for an empty message, which removes a retained one and says nothing
     */
    Optional<SourceRecord> record(MqttMessage message, Map<String, ?> partition, Map<String, ?> offset) {
        if (message.payload().length == 0) {
            return Optional.empty();
        }
        try {
            DeskEvent event = event(message);
            return Optional.of(record(partition, offset, topic, event.getRecord(), events, event));
        } catch (RuntimeException e) {
            // Also what is a fault of this program: a message must not stop those behind it.
            String source = broker.url(message.topic());
            log.warn(
                    "{}: a message is no desk event and goes to {}: {}",
                    ForeignText.line(source),
                    deadLetters,
                    ForeignText.line(e.getMessage()));
            var letter = RefusedPayload.letter(
                    source, message.payload(), e.getClass().getSimpleName(), e.getMessage(), clock);
            return Optional.of(record(partition, offset, deadLetters, source, letters, letter));
        }
    }

    private SourceRecord record(
            Map<String, ?> partition,
            Map<String, ?> offset,
            String to,
            String key,
            AvroToConnect converter,
            Object value) {
        return new SourceRecord(
                partition,
                offset,
                to,
                null,
                Schema.STRING_SCHEMA,
                key,
                converter.schema(),
                converter.value(value),
                clock.millis());
    }

    private DeskEvent event(MqttMessage message) {
        var signed =
                links.flatMap(each -> DeskEventJson.signed(message.payload(), each, CHANNEL, message.receivedAt()));
        if (signed.isPresent()) {
            return signed.get();
        }
        if (!takesEvents) {
            throw new IllegalArgumentException("acknowledge is missing: allowed is the link of an action, as "
                    + DeskSettings.ACCEPT + " is " + DeskSettings.LINKS);
        }
        var who = message.topic()
                .substring(0, Math.min(DeskEvents.MAX_NAME, message.topic().length()));
        return DeskEventJson.read(
                message.payload(),
                new DeskEventJson.Absent(
                        id(message), DeskEventType.ACKNOWLEDGED.name(), who, CHANNEL, message.receivedAt()));
    }

    private static String id(MqttMessage message) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(message.topic().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return CHANNEL + "-" + HexFormat.of().formatHex(digest.digest(message.payload()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
