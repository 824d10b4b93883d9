package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One task of a stream: reads a record, lets the stream's {@link TaskScorer} accept it, holds it until the batch of its stream thread
 * is scored, and sends on what came of it. A record that fails by its own fault goes to the dead letters; what fails for another
 * reason is thrown, and then nothing is committed.
 */
final class ScoringProcessor<V extends SpecificRecord, I, P>
        implements Processor<byte[], byte[], byte[], byte[]>, TaskContext<V, I, P> {

    private static final Runnable NOTHING = () -> {};

    private final Shared<V, I, P> shared;
    private final Map<String, TopicPartition> partitions = new HashMap<>();
    private ProcessorContext<byte[], byte[]> context;
    private CommitHook.Task hook;
    private ThreadBatch<I, P> batch;
    private PolledRecords.Pending polled;
    private TaskScorer<V, I, P> task;

    /** What all tasks of a topology share. */
    static final class Shared<V extends SpecificRecord, I, P> {

        private final StreamDefinition<V, I, P> stream;
        private final TopicSet<V> topics;
        private final CommitHook hook;
        private final OutputWriter<V> values;
        private final ModelCalls<I, P> calls;
        private final ThreadLocal<ThreadBatch<I, P>> batches;

        Shared(StreamDefinition<V, I, P> stream, RetryPolicy retries, CommitHook hook, InferenceWatchdog watchdog) {
            var environment = stream.environment();
            this.stream = stream;
            this.topics = stream.topics();
            this.hook = hook;
            this.values = new OutputWriter<>(topics, environment.serdes(), retries);
            this.calls = new ModelCalls<>(stream.models(), retries, watchdog, environment.metrics());
            this.batches = ThreadLocal.withInitial(
                    () -> new ThreadBatch<>(stream.batch(), environment.metrics(), retries, calls));
        }

        TopicSet<V> topics() {
            return topics;
        }

        StreamEnvironment environment() {
            return stream.environment();
        }

        /** All records that the thread has polled have come to their processors. */
        void pollComplete() {
            batches.get().pollComplete();
        }
    }

    ScoringProcessor(Shared<V, I, P> shared) {
        this.shared = shared;
    }

    /** Also called when a task goes on after it was closed: whatever was held then will be read again. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        batch = shared.batches.get();
        batch.discard(this);
        hook = shared.hook.attach(context, this::beforeCommit);
        polled = PolledRecords.ofThisThread();
        shared.topics
                .inputs()
                .forEach(topic -> partitions.put(topic.name(), new TopicPartition(topic.name(), partition())));
        task = shared.stream.task(this);
    }

    private void beforeCommit() {
        batch.beforeCommit();
        task.beforeCommit();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Instant arrived = now();
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        var position = new Position(metadata.topic(), metadata.partition(), metadata.offset());
        var info = new RecordInfo(position, record, arrived);
        if (metadata.topic().equals(shared.topics.input().name())) {
            shared.stream.environment().metrics().received();
            acceptRecord(info);
        } else {
            side(info);
        }
        if (polled.arrived(partitions.get(metadata.topic()), metadata.offset())) {
            batch.pollComplete();
        }
    }

    @Override
    public void close() {
        hook.detach();
        batch.discard(this);
        partitions.values().forEach(polled::forget);
    }

    private void acceptRecord(RecordInfo info) {
        orDeadLetter(info, Stage.DECODE, Optional.empty(), () -> accept(info))
                .flatMap(pending -> pending)
                .ifPresent(pending -> batch.add(new HeldRecord<>(this, hook.here(), info, pending), context));
    }

    private Optional<Pending<I, P>> accept(RecordInfo info) {
        byte[] value = info.record().value();
        if (value == null) {
            throw new WireFormatException("value is null: allowed is a "
                    + shared.topics.input().valueType().getSimpleName()
                    + "; a tombstone deletes no record of this topic");
        }
        return task.accept(shared.values.read(info.record().headers(), value), info);
    }

    private void side(RecordInfo info) {
        Topic<?> topic = shared.topics.sideInputs().stream()
                .filter(each -> each.name().equals(info.position().getTopic()))
                .findFirst()
                .orElseThrow();
        orDeadLetter(info, Stage.DECODE, Optional.empty(), () -> {
                    String key = info.key().orElseThrow(() -> new WireFormatException("key is null"));
                    byte[] value = info.record().value();
                    SpecificRecord read = value == null
                            ? null
                            : shared.values.read(topic, info.record().headers(), value);
                    return (Runnable) () -> task.side(topic, key, read);
                })
                .ifPresent(work -> {
                    batch.scoreNow();
                    orDeadLetter(info, Stage.FEATURES, Optional.empty(), () -> {
                        work.run();
                        return true;
                    });
                });
    }

    /**
     * Makes what is to be sent on of a record of this task; sends it to the dead letters if it failed, so that these keep the order of the
     * records. Called at the place of the record.
     *
     * @return sends it on; called there, too
     */
    Runnable conclude(HeldRecord<I, P> held, Outcome<Prediction<P>> outcome) {
        if (outcome instanceof Outcome.Scored<Prediction<P>> scored) {
            return conclude(held, scored.score());
        }
        var failed = (Outcome.Failed<Prediction<P>>) outcome;
        sendToDeadLetters(held.info(), Stage.MODEL, failed.cause(), failed.model());
        return NOTHING;
    }

    private Runnable conclude(HeldRecord<I, P> held, Prediction<P> prediction) {
        RecordInfo info = held.info();
        Instant now = now();
        var model = prediction.models().stream().findFirst();
        var emission =
                orDeadLetter(info, Stage.POLICY, model, () -> held.pending().complete(prediction, now));
        var outputs = emission.flatMap(
                each -> orDeadLetter(info, Stage.ROUTE, model, () -> shared.values.written(each.outputs())));
        return outputs.<Runnable>map(written -> () -> send(info, emission.get(), written, now))
                .orElse(NOTHING);
    }

    private void send(RecordInfo info, Emission emission, List<OutputWriter.Written> outputs, Instant scored) {
        outputs.forEach(output -> forward(info, output));
        shared.stream
                .environment()
                .metrics()
                .scored(
                        emission.measurements(),
                        emission.eventTime(),
                        Instant.ofEpochMilli(info.record().timestamp()),
                        info.arrived(),
                        scored);
    }

    /**
     * @param stage for the dead letter, unless the failure names another
     * @return what the work gives; empty if the record was sent to the dead letters
     */
    private <T> Optional<T> orDeadLetter(RecordInfo info, Stage stage, Optional<ModelRef> model, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RegistryUnavailableException | SchemaRejectedException | ModelFailingException | StreamsException e) {
            // Not the record's fault.
            throw e;
        } catch (RecordFailedException e) {
            sendToDeadLetters(info, e.stage(), e.getCause(), model);
        } catch (RuntimeException e) {
            sendToDeadLetters(info, stage, e, model);
        }
        return Optional.empty();
    }

    private void sendToDeadLetters(RecordInfo info, Stage stage, RuntimeException cause, Optional<ModelRef> model) {
        var letter = DeadLetters.of(info, stage, cause, model, now());
        forward(info, shared.values.written(letter, DeadLetters.key(info)));
        shared.stream.environment().metrics().deadLetter(stage);
    }

    private void forward(RecordInfo info, OutputWriter.Written output) {
        context.forward(new Record<>(output.key(), output.value(), info.record().timestamp()), output.topic());
    }

    private Instant now() {
        return shared.stream.environment().clock().instant();
    }

    @Override
    public int partition() {
        return context.taskId().partition();
    }

    @Override
    public <S extends StateStore> S store(String name) {
        return context.getStateStore(name);
    }

    @Override
    public void schedule(Duration period, Runnable work) {
        context.schedule(period, PunctuationType.WALL_CLOCK_TIME, now -> work.run());
    }

    @Override
    public void send(Emission emission) {
        long now = now().toEpochMilli();
        shared.values
                .written(emission.outputs())
                .forEach(output -> context.forward(new Record<>(output.key(), output.value(), now), output.topic()));
        emission.measurements().forEach(shared.stream.environment().metrics()::count);
    }

    @Override
    public void score(Iterator<Due<I, P>> due) {
        due.forEachRemaining(each -> {
            Instant now = now();
            var record = new Record<byte[], byte[]>(each.key(), null, now.toEpochMilli());
            batch.add(
                    new HeldRecord<>(this, hook.here(), new RecordInfo(each.position(), record, now), each.pending()),
                    context);
        });
        batch.scoreNow();
    }

    @Override
    public V read(byte[] value) {
        return shared.values.read(null, value);
    }

    @Override
    public List<Outcome<Prediction<P>>> predict(List<I> inputs) {
        return shared.calls.score(() -> "scoring " + inputs.size() + " records of a state anew", inputs);
    }
}
