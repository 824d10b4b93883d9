package dev.vorrang.console.index;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.text.ForeignText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes what topics bring. What cannot be read is counted, logged and left out. For one thread. */
final class IncomingReader {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingReader.class);
    /** Of many unreadable records the first are logged one by one, then every such one. */
    private static final int LOGGED = 100;

    private final Map<String, BoundFeed<?, ?>> feeds;
    private final Set<String> streams = new HashSet<>();
    private final Topic<DeskEvent> deskEvents;
    private final Deserializer<DeskEvent> events;
    private final AtomicLong unreadable;

    /** @param unreadable counts what is left out */
    IncomingReader(List<BoundFeed<?, ?>> feeds, Topic<DeskEvent> deskEvents, AvroSerdes serdes, AtomicLong unreadable) {
        this.feeds = feeds.stream().collect(Collectors.toUnmodifiableMap(BoundFeed::topic, Function.identity()));
        feeds.forEach(each -> streams.add(each.stream()));
        this.deskEvents = deskEvents;
        this.events = serdes.valueSerde(deskEvents).deserializer();
        this.unreadable = unreadable;
    }

    Collection<String> topics() {
        var topics = new ArrayList<>(feeds.keySet());
        topics.add(deskEvents.name());
        return topics;
    }

    /** @throws RegistryUnavailableException if the registry gives no answer; may be tried again */
    List<Incoming> read(List<ConsumerRecord<byte[], byte[]>> records, SourceReader sources) {
        var incoming = new ArrayList<Incoming>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            // A record without value deletes in compacted topics, and says nothing here.
            if (record.value() != null) {
                read(record, incoming);
            }
        }
        return withSources(incoming, sources);
    }

    private void read(ConsumerRecord<byte[], byte[]> record, List<Incoming> incoming) {
        try {
            if (record.topic().equals(deskEvents.name())) {
                DeskEvent event = events.deserialize(record.topic(), record.value());
                DeskEvents.check(event);
                if (streams.contains(event.getStream())) {
                    incoming.add(new Incoming.Desk(event));
                }
            } else {
                BoundFeed.Scored<?, ?> scored = feeds.get(record.topic()).read(record.value());
                checkId(scored.id());
                incoming.add(new Incoming.Score(scored));
            }
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            leaveOut(record.topic() + "-" + record.partition() + "@" + record.offset(), e);
        }
    }

    private static void checkId(String id) {
        if (id.isEmpty() || id.length() > DeskEvents.MAX_NAME) {
            throw new IllegalArgumentException(
                    "id of " + id.length() + " characters: allowed are 1 to " + DeskEvents.MAX_NAME);
        }
    }

    private List<Incoming> withSources(List<Incoming> incoming, SourceReader sources) {
        var positions = new HashSet<Position>();
        incoming.forEach(each -> {
            if (each instanceof Incoming.Score score) {
                score.scored().position().ifPresent(positions::add);
            }
        });
        if (positions.isEmpty()) {
            return incoming;
        }
        Map<Position, byte[]> found = sources.read(positions);
        return incoming.stream()
                .map(each -> each instanceof Incoming.Score score ? withSource(score, found) : each)
                .toList();
    }

    private Incoming withSource(Incoming.Score score, Map<Position, byte[]> found) {
        byte[] source = score.scored().position().map(found::get).orElse(null);
        if (source == null) {
            return score;
        }
        try {
            return new Incoming.Score(score.scored().withSource(source));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            leaveOut("source of " + score.scored().id(), e);
            return score;
        }
    }

    /** Counts and logs what cannot be shown. */
    void leaveOut(String what, RuntimeException cause) {
        long count = unreadable.incrementAndGet();
        if (count <= LOGGED || count % LOGGED == 0) {
            LOG.warn(
                    "{} cannot be shown: {} (number {})",
                    ForeignText.line(what),
                    ForeignText.line(String.valueOf(cause)),
                    count);
        }
    }
}
