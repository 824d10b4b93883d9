package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The flow of any stream: its inputs to one processor, and from there to its outputs and dead letters. Values travel as bytes and are
 * read and written in the processor, so that a record that cannot be read is kept as it is.
 */
public final class ScoringTopology {

    private static final String PROCESSOR = "score";

    private ScoringTopology() {}

    /**
     * Builds the topology; does no I/O.
     *
     * @param retries of all that is tried again
     * @param hook makes holding records safe
     * @param watchdog watches the calls of the models
     */
    public static <V extends SpecificRecord, I, P> Topology build(
            StreamDefinition<V, I, P> stream, RetryPolicy retries, CommitHook hook, InferenceWatchdog watchdog) {
        var shared = new ScoringProcessor.Shared<>(stream, retries, hook, watchdog);
        var topology = new Topology();
        // Sinks are named for their topics, which is how the processor finds them.
        var sources = stream.topics().inputs().stream()
                .map(topic -> "read-" + topic.name())
                .toArray(String[]::new);
        for (Topic<?> topic : stream.topics().inputs()) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    "read-" + topic.name(),
                    new ClampedTimestamps(stream.environment().clock()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    topic.name());
        }
        topology.addProcessor(PROCESSOR, supplier(shared, stream, hook), sources);
        stream.topics().outputs().forEach(topic -> addSink(topology, topic));
        addSink(topology, stream.topics().deadLetters());
        stream.feeds().forEach(feed -> addFeed(topology, feed, shared, retries));
        return topology;
    }

    /** A part of its own, for its topic is keyed in another way; it meets the rest at the input. */
    private static <F extends SpecificRecord, V extends SpecificRecord> void addFeed(
            Topology topology, Feed<F, V> feed, ScoringProcessor.Shared<V, ?, ?> shared, RetryPolicy retries) {
        String name = feed.from().name();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read-" + name,
                new ClampedTimestamps(shared.environment().clock()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                name);
        topology.addProcessor("feed-" + name, () -> new FeedProcessor<>(feed, shared, retries), "read-" + name);
        for (Topic<?> topic : List.of(shared.topics().input(), shared.topics().deadLetters())) {
            topology.addSink(
                    FeedProcessor.sink(feed, topic),
                    topic.name(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    "feed-" + name);
        }
    }

    private static <V extends SpecificRecord, I, P> ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            ScoringProcessor.Shared<V, I, P> shared, StreamDefinition<V, I, P> stream, CommitHook hook) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new ScoringProcessor<>(shared);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                var stores = new HashSet<>(stream.stores());
                stores.add(hook.store());
                return stores;
            }
        };
    }

    private static void addSink(Topology topology, Topic<?> topic) {
        topology.addSink(topic.name(), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
