package dev.vorrang.app.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.stream.ClusterAccess;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Writes what the demos have beside what connectors read. Safe for use by many threads. */
final class DemoWriter implements DemoSource.Writer, AutoCloseable {

    private final ClusterAccess cluster;
    private final Map<Topic<?>, TopicWriter<?>> writers = new HashMap<>();

    /** @param cluster stays the caller's to close */
    DemoWriter(ClusterAccess cluster) {
        this.cluster = cluster;
    }

    @Override
    public synchronized <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        @SuppressWarnings("unchecked") // The writer of a topic takes what the topic has.
        var writer = (TopicWriter<V>) writers.computeIfAbsent(topic, any -> TopicWriter.open(cluster, topic));
        writer.send(key, value);
    }

    @Override
    public synchronized void close() {
        writers.values().forEach(TopicWriter::close);
        writers.clear();
    }
}
