package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.Origin;
import dev.vorrang.ingest.reading.PayloadDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages that each tell all by themselves: the topic names the machine, and the sensor, where the payload does not. A retained
 * message is of some time before the subscription: its readings are flagged {@code historical}.
 */
public final class TopicMessageDecoder implements MessageDecoder {

    private static final String HISTORICAL = "historical";

    private final MqttBroker broker;
    private final Optional<TopicTemplate> template;
    private final PayloadDecoder payloads;

    /** @param template empty: the payload tells machine and sensors */
    public TopicMessageDecoder(MqttBroker broker, Optional<TopicTemplate> template, PayloadDecoder payloads) {
        this.broker = broker;
        this.template = template;
        this.payloads = payloads;
    }

    @Override
    public List<Done> accept(MqttMessage message) {
        String source = broker.url(message.topic());
        Optional<TopicTemplate.Names> names = template.isEmpty()
                ? Optional.of(new TopicTemplate.Names(Optional.empty(), Optional.empty()))
                : template.get().match(message.topic());
        if (names.isEmpty()) {
            String why = "topic '" + message.topic() + "': does not fit the template '" + template.get() + "'";
            return done(message, List.of(new Decoded.Refused(source, message.payload(), "BadTopic", why)));
        }
        var origin = new Origin(source, names.get().machine(), names.get().sensor(), message.receivedAt());
        List<Decoded> decoded = payloads.decode(message.payload(), origin);
        return done(
                message,
                message.retained()
                        ? decoded.stream().map(TopicMessageDecoder::old).toList()
                        : decoded);
    }

    private static Decoded old(Decoded decoded) {
        return decoded instanceof Decoded.Accepted accepted ? accepted.flagged(HISTORICAL) : decoded;
    }

    private static List<Done> done(MqttMessage message, List<Decoded> decoded) {
        return List.of(new Done(message, decoded));
    }

    @Override
    public List<Done> expire(Instant now) {
        return List.of();
    }
}
