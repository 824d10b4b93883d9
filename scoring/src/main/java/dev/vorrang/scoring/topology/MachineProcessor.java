package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.scoring.batch.ModelFailingException;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.Concluded;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.PendingStep;
import dev.vorrang.scoring.machine.StepScorer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One task's part of the machine stream: lets a machine's state take a reading, holds its step until the batch of the stream thread is
 * scored, and sends on what came of it. A record that fails by its own fault goes to the dead letters; what fails for another reason
 * is thrown, and then nothing is committed.
 */
final class MachineProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final Shared shared;
    private final MachineStream stream;
    private ProcessorContext<byte[], byte[]> context;
    private CommitHook.Task hook;
    private ThreadBatch<List<Optional<ModelInput>>, Prediction<List<float[]>>> batch;
    private PolledRecords.Pending polled;
    private MachineStates states;

    /** What all tasks of a topology share. */
    static final class Shared {

        private final MachineStream stream;
        private final CommitHook hook;
        private final Patience patience;
        private final CallWatch watch;
        private final StepScorer scorer;
        private final TopicValues<SensorReading> readings;
        private final TopicValues<Maintenance> maintenance;
        private final TopicValues<MachineScore> scores;
        private final TopicValues<MachineAlert> alerts;
        private final TopicValues<DeadLetter> deadLetters;
        private final ThreadLocal<ThreadBatch<List<Optional<ModelInput>>, Prediction<List<float[]>>>> batches;

        Shared(MachineStream stream, Patience patience, CommitHook hook, CallWatch watch) {
            this.stream = stream;
            this.hook = hook;
            this.patience = patience;
            this.watch = watch;
            var topics = stream.topics();
            readings = new TopicValues<>(topics.machineReadings(), stream.serdes(), patience);
            maintenance = new TopicValues<>(topics.machineMaintenance(), stream.serdes(), patience);
            scores = new TopicValues<>(topics.machineScored(), stream.serdes(), patience);
            alerts = new TopicValues<>(topics.machineAlerts(), stream.serdes(), patience);
            deadLetters = new TopicValues<>(topics.machineDeadLetters(), stream.serdes(), patience);
            scorer = new StepScorer(stream.machineModels(), stream.batch().failureLimit());
            batches = ThreadLocal.withInitial(
                    () -> new ThreadBatch<>("steps", stream.batch(), stream.metrics(), patience, watch, scorer::score));
        }

        /** Scores steps outside of any batch. */
        private List<Outcome<Prediction<List<float[]>>>> again(List<List<Optional<ModelInput>>> steps) {
            return patience.retry(
                    "scoring steps of a machine's journal anew",
                    ModelFailingException.class::isInstance,
                    () -> watch.watch(() -> "scoring steps of a machine's journal anew", () -> scorer.score(steps)));
        }
    }

    MachineProcessor(Shared shared) {
        this.shared = shared;
        this.stream = shared.stream;
    }

    /** Also called when a task goes on after it was closed: whatever was held then will be read again. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        batch = shared.batches.get();
        batch.discard(this);
        hook = shared.hook.attach(context, this::beforeCommit);
        polled = PolledRecords.ofThisThread();
        states = new MachineStates(
                stream,
                context.getStateStore(MachineStates.STORE),
                shared.readings::read,
                shared::again,
                context.taskId().partition());
    }

    private void beforeCommit() {
        batch.beforeCommit();
        states.write();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Instant arrived = stream.clock().instant();
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        var source = new Source(new Position(metadata.topic(), metadata.partition(), metadata.offset()), record);
        if (metadata.topic().equals(stream.topics().machineMaintenance().name())) {
            mark(source);
        } else {
            stream.metrics().received();
            take(source, arrived);
        }
        if (polled.arrived(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset())) {
            batch.pollComplete();
        }
    }

    @Override
    public void close() {
        hook.detach();
        batch.discard(this);
        int partition = context.taskId().partition();
        polled.forget(new TopicPartition(stream.input().name(), partition));
        polled.forget(new TopicPartition(stream.topics().machineMaintenance().name(), partition));
    }

    private void mark(Source source) {
        String machine;
        Optional<Maintenance> mark;
        try {
            machine = machine(source);
            byte[] value = source.record().value();
            mark = value == null ? Optional.empty() : Optional.of(shared.maintenance.read(value));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            bury(source, Stage.DECODE, e, Optional.empty());
            return;
        }
        // What came before the mark is concluded without it.
        batch.scoreNow();
        states.mark(machine, mark);
    }

    private void take(Source source, Instant arrived) {
        SensorReading reading;
        MachineStates.Hot of;
        Optional<PendingStep> pending;
        byte[] value = source.record().value();
        long offset = source.position().getOffset();
        try {
            if (value == null) {
                throw new WireFormatException(
                        "value is null: allowed is a SensorReading; readings are not deleted by tombstones");
            }
            reading = shared.readings.read(value);
            if (!reading.getMachine().equals(machine(source))) {
                throw new IllegalArgumentException("key '" + machine(source) + "': allowed is the reading's machine, '"
                        + reading.getMachine() + "'");
            }
            of = states.of(reading.getMachine(), offset);
            pending = of.state().accept(reading);
        } catch (RegistryUnavailableException | ModelFailingException e) {
            throw e;
        } catch (RuntimeException e) {
            bury(source, Stage.DECODE, e, Optional.empty());
            return;
        }
        JournalEntry entry = states.taken(of, offset, value);
        MachineStates.Hot owner = of;
        pending.ifPresent(
                step -> batch.add(new HeldReading(this, hook.here(), source, owner, entry, step, arrived), context));
    }

    private static String machine(Source source) {
        byte[] key = source.record().key();
        if (key == null) {
            throw new WireFormatException("key is null: allowed is the name of the machine");
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Sends on what came of a step of this task. Called at the place of its reading. */
    void conclude(HeldReading held, Outcome<Prediction<List<float[]>>> outcome) {
        if (outcome instanceof Outcome.Failed<Prediction<List<float[]>>> failed) {
            bury(held.source(), Stage.MODEL, failed.cause(), model());
            return;
        }
        var prediction = ((Outcome.Scored<Prediction<List<float[]>>>) outcome).score();
        held.entry().concluded(prediction);
        Instant now = stream.clock().instant();
        Concluded concluded;
        try {
            concluded = held.of()
                    .state()
                    .conclude(held.pending(), prediction.value(), held.source().position(), now);
        } catch (IllegalStateException e) {
            bury(held.source(), Stage.MODEL, e, model());
            return;
        }
        byte[] key = held.source().record().key();
        send(held.source(), shared.scores, key, concluded.score());
        concluded.alerts().forEach(alert -> send(held.source(), shared.alerts, key, alert));
        stream.metrics()
                .scored(concluded, Instant.ofEpochMilli(held.source().record().timestamp()), held.arrived(), now);
    }

    private void bury(Source source, Stage stage, RuntimeException cause, Optional<ModelRef> model) {
        var letter = DeadLetters.of(source, stage, cause, model, stream.clock().instant());
        send(source, shared.deadLetters, DeadLetters.key(source), letter);
        stream.metrics().deadLetter(stage);
    }

    private <V extends SpecificRecord> void send(Source source, TopicValues<V> to, byte[] key, V value) {
        context.forward(new Record<>(key, to.written(value), source.record().timestamp()), to.topic());
    }

    private Optional<ModelRef> model() {
        return stream.models().stream().findFirst();
    }
}
