package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.scoring.batch.BatchScorer;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One task's part of the mail stream: reads a mail, counts it in its thread, holds it until the batch of its stream thread is
 * scored, and sends on what came of it. A record that fails by its own fault goes to the dead letters; what fails for another
 * reason is thrown, and then nothing is committed.
 */
final class MailProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final Shared shared;
    private final MailStream stream;
    private ProcessorContext<byte[], byte[]> context;
    private CommitHook.Task hook;
    private ThreadBatch<MailText, MailPrediction> batch;
    private PolledRecords.Pending polled;
    private TopicPartition partition;
    private ThreadRepeats repeats;

    /** What all tasks of a topology share. */
    static final class Shared {

        private final MailStream stream;
        private final CommitHook hook;
        private final MailOutputs outputs;
        private final ThreadLocal<ThreadBatch<MailText, MailPrediction>> batches;

        Shared(MailStream stream, Patience patience, CommitHook hook, CallWatch watch) {
            this.stream = stream;
            this.hook = hook;
            this.outputs = new MailOutputs(stream, patience);
            var scorer = new BatchScorer<>(
                    stream.model(), new MailText("", ""), stream.batch().failureLimit());
            this.batches = ThreadLocal.withInitial(
                    () -> new ThreadBatch<>("mails", stream.batch(), stream.metrics(), patience, watch, scorer::score));
        }
    }

    MailProcessor(Shared shared) {
        this.shared = shared;
        this.stream = shared.stream;
    }

    /** Also called when a task goes on after it was closed: whatever was held then will be read again. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        batch = shared.batches.get();
        batch.discard(this);
        hook = shared.hook.attach(context, batch::beforeCommit);
        polled = PolledRecords.ofThisThread();
        partition = new TopicPartition(
                stream.topics().mailReceived().name(), context.taskId().partition());
        repeats = new ThreadRepeats(context.getStateStore(ThreadRepeats.STORE), stream.threadWindow(), stream.clock());
        context.schedule(stream.threadWindow().dividedBy(24), PunctuationType.WALL_CLOCK_TIME, now -> repeats.expire());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        stream.metrics().received();
        Instant arrived = stream.clock().instant();
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        var source = new Source(new Position(metadata.topic(), metadata.partition(), metadata.offset()), record);
        read(source).ifPresent(mail -> hold(source, mail, arrived));
        if (polled.arrived(partition, metadata.offset())) {
            batch.pollComplete();
        }
    }

    @Override
    public void close() {
        hook.detach();
        batch.discard(this);
        polled.forget(partition);
    }

    private Optional<EmailMessage> read(Source source) {
        Record<byte[], byte[]> record = source.record();
        try {
            if (record.value() == null) {
                throw new WireFormatException(
                        "value is null: allowed is an EmailMessage; mails are not deleted by tombstones");
            }
            return Optional.of(shared.outputs.read(source.position().getTopic(), record.headers(), record.value()));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            bury(source, Stage.DECODE, e, Optional.empty());
            return Optional.empty();
        }
    }

    private void hold(Source source, EmailMessage mail, Instant arrived) {
        // The mail's own time; that of its record is when the broker took it.
        int others = repeats.note(
                mail.getThread(),
                mail.getId(),
                mail.getMessageId(),
                mail.getReceivedAt().toEpochMilli());
        var text = new MailText(mail.getSubject(), mail.getText());
        batch.add(new HeldMail(this, hook.here(), source, mail, text, others, arrived), context);
    }

    /** Sends on what came of a mail of this task. Called at the place of the mail. */
    void conclude(HeldMail held, Outcome<MailPrediction> outcome) {
        if (outcome instanceof Outcome.Scored<MailPrediction> scored) {
            send(held, scored.score());
        } else if (outcome instanceof Outcome.Failed<MailPrediction> failed) {
            bury(held.source(), Stage.MODEL, failed.cause(), model());
        }
    }

    private void send(HeldMail held, MailPrediction prediction) {
        Instant now = stream.clock().instant();
        MailScore score;
        try {
            score = stream.assessment()
                    .assess(
                            held.mail(),
                            prediction,
                            held.repeats(),
                            held.source().position(),
                            now);
        } catch (RuntimeException e) {
            bury(held.source(), Stage.POLICY, e, model());
            return;
        }
        List<MailOutputs.Output> outputs;
        try {
            outputs = shared.outputs.of(score);
        } catch (RegistryUnavailableException | SchemaRejectedException e) {
            throw e;
        } catch (RuntimeException e) {
            bury(held.source(), Stage.ROUTE, e, model());
            return;
        }
        outputs.forEach(output -> forward(held.source(), output));
        stream.metrics()
                .scored(score, Instant.ofEpochMilli(held.source().record().timestamp()), held.arrived(), now);
    }

    private void bury(Source source, Stage stage, RuntimeException cause, Optional<ModelRef> model) {
        var letter = DeadLetters.of(source, stage, cause, model, stream.clock().instant());
        forward(source, shared.outputs.of(letter, DeadLetters.key(source)));
        stream.metrics().deadLetter(stage);
    }

    private void forward(Source source, MailOutputs.Output output) {
        context.forward(
                new Record<>(output.key(), output.value(), source.record().timestamp()), output.topic());
    }

    private Optional<ModelRef> model() {
        return Optional.of(stream.modelRef());
    }
}
