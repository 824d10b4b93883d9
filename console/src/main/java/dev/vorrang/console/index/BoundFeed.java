package dev.vorrang.console.index;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A feed of a stream, with what reads its topics and keeps its records. Thread-safe. */
final class BoundFeed<V extends SpecificRecord, S extends SpecificRecord> {

    private final String stream;
    private final RecordFeed<V, S> feed;
    private final AvroBytes<V> bytes;
    private final Deserializer<V> deserializer;
    private final Optional<SourceBytes<V, S>> source;

    private record SourceBytes<V, S extends SpecificRecord>(
            RecordFeed.Source<V, S> source, AvroBytes<S> bytes, Deserializer<S> deserializer) {}

    BoundFeed(String stream, RecordFeed<V, S> feed, AvroSerdes serdes) {
        this.stream = stream;
        this.feed = feed;
        this.bytes = new AvroBytes<>(feed.topic().valueType());
        this.deserializer = serdes.valueSerde(feed.topic()).deserializer();
        this.source = feed.source()
                .map(each -> new SourceBytes<>(
                        each,
                        new AvroBytes<>(each.topic().valueType()),
                        serdes.valueSerde(each.topic()).deserializer()));
    }

    String stream() {
        return stream;
    }

    /** Simple name of the type of its records. */
    String type() {
        return feed.topic().valueType().getSimpleName();
    }

    String topic() {
        return feed.topic().name();
    }

    List<RecordFeed.Facet> facets() {
        return feed.facets();
    }

    /** What must be the same for what was kept to be read. */
    String format() {
        return stream + " " + topic() + " " + bytes.format()
                + source.map(each -> " " + each.source.topic().name() + " " + each.bytes.format())
                        .orElse("");
    }

    /** A record as it comes; its source is not known yet. */
    Scored<V, S> read(byte[] value) {
        V read = deserializer.deserialize(topic(), value);
        return new Scored<>(this, feed.id(read), read, Optional.empty());
    }

    /** A record as it was kept. */
    Scored<V, S> read(String id, byte[] kept, Optional<byte[]> keptSource) {
        return new Scored<>(this, id, bytes.read(kept), keptSource.map(each -> source.orElseThrow()
                .bytes
                .read(each)));
    }

    /**
     * A record of a feed.
     *
     * @param source what it was made from; empty if it is not known
     */
    record Scored<V extends SpecificRecord, S extends SpecificRecord>(
            BoundFeed<V, S> feed, String id, V value, Optional<S> source) {

        /** Where its source lies; empty if that is not shown, or in a topic that the feed does not know. */
        Optional<Position> position() {
            return feed.source.map(each -> each.source.position().apply(value)).filter(position -> position.getTopic()
                    .equals(feed.source.orElseThrow().source.topic().name()));
        }

        /** The same record with its source, as the topic has it. */
        Scored<V, S> withSource(byte[] message) {
            var reading = feed.source.orElseThrow();
            return new Scored<>(
                    feed,
                    id,
                    value,
                    Optional.of(reading.deserializer.deserialize(
                            reading.source.topic().name(), message)));
        }

        IndexEntry entry(Map<String, String> corrections) {
            return feed.feed.entry(value, source, corrections);
        }

        byte[] bytes() {
            return feed.bytes.write(value);
        }

        Optional<byte[]> sourceBytes() {
            return source.map(each -> feed.source.orElseThrow().bytes.write(each));
        }
    }
}
