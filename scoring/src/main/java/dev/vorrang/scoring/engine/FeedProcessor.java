package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import dev.vorrang.schemas.serde.WireFormatException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** One task of a {@link Feed}: what cannot be read or taken goes to the dead letters of the stream that it feeds. */
final class FeedProcessor<F extends SpecificRecord, V extends SpecificRecord>
        implements Processor<byte[], byte[], byte[], byte[]> {

    private final Feed<F, V> feed;
    private final ScoringProcessor.Shared<V, ?, ?> shared;
    private final Topic<V> input;
    private final OutputWriter<F> values;
    private ProcessorContext<byte[], byte[]> context;
    private PolledRecords.Pending polled;
    private TopicPartition partition;

    FeedProcessor(Feed<F, V> feed, ScoringProcessor.Shared<V, ?, ?> shared, RetryPolicy retries) {
        this.feed = feed;
        this.shared = shared;
        this.input = shared.topics().input();
        var topics = new TopicSet<>(
                feed.from(), List.of(), List.of(input), shared.topics().deadLetters());
        this.values = new OutputWriter<>(topics, shared.environment().serdes(), retries);
    }

    /** Where a topic's records go out, beside what the stream sends there. */
    static String sink(Feed<?, ?> feed, Topic<?> topic) {
        return "feed-" + feed.from().name() + "-" + topic.name();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        polled = PolledRecords.ofThisThread();
        partition = new TopicPartition(feed.from().name(), context.taskId().partition());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        try {
            if (record.value() == null) {
                throw new WireFormatException(
                        "value is null: allowed is a " + feed.from().valueType().getSimpleName());
            }
            F value = values.read(record.headers(), record.value());
            values.written(List.copyOf(feed.inputs(value, input))).forEach(output -> forward(record, output, input));
        } catch (RegistryUnavailableException | SchemaRejectedException | StreamsException e) {
            // Not the record's fault.
            throw e;
        } catch (RuntimeException e) {
            sendToDeadLetters(record, metadata, e);
        }
        if (polled.arrived(partition, metadata.offset())) {
            shared.pollComplete();
        }
    }

    private void sendToDeadLetters(Record<byte[], byte[]> record, RecordMetadata metadata, RuntimeException cause) {
        Instant now = shared.environment().clock().instant();
        var info = new RecordInfo(new Position(metadata.topic(), metadata.partition(), metadata.offset()), record, now);
        DeadLetter letter = DeadLetters.of(info, Stage.DECODE, cause, Optional.empty(), now);
        forward(
                record,
                values.written(letter, DeadLetters.key(info)),
                shared.topics().deadLetters());
        shared.environment().metrics().deadLetter(Stage.DECODE);
    }

    private void forward(Record<byte[], byte[]> record, OutputWriter.Written output, Topic<?> topic) {
        context.forward(new Record<>(output.key(), output.value(), record.timestamp()), sink(feed, topic));
    }

    @Override
    public void close() {
        polled.forget(partition);
    }
}
