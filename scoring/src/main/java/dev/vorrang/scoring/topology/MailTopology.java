package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Topic;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The flow of mails: {@code mail.received} to {@code mail.scored}, {@code mail.route.<queue>} and {@code mail.dead-letters}. Values
 * travel as bytes and are read and written in the processor, so that a record that cannot be read is kept as it is.
 */
public final class MailTopology {

    private static final String SOURCE = "mail-received";
    private static final String PROCESSOR = "score-mail";

    private MailTopology() {}

    /**
     * Builds the topology; does no I/O.
     *
     * @param patience of all that is tried again
     * @param hook makes holding records safe
     * @param watch looks after the calls of the model
     */
    public static Topology build(MailStream stream, Patience patience, CommitHook hook, CallWatch watch) {
        var shared = new MailProcessor.Shared(stream, patience, hook, watch);
        var topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE,
                new ClampedTimestamps(stream.clock()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                stream.topics().mailReceived().name());
        topology.addProcessor(PROCESSOR, supplier(shared, hook), SOURCE);
        addSink(topology, stream.topics().mailScored());
        addSink(topology, stream.topics().mailDeadLetters());
        stream.queues().forEach(queue -> addSink(topology, stream.topics().mailRoute(queue)));
        return topology;
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            MailProcessor.Shared shared, CommitHook hook) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new MailProcessor(shared);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(hook.store(), ThreadRepeats.store());
            }
        };
    }

    /** Sinks are named for their topics, which is how the processor finds them. */
    private static void addSink(Topology topology, Topic<?> topic) {
        topology.addSink(topic.name(), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
