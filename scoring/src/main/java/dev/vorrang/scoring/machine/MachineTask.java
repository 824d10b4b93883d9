package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Output;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's machines: lets a machine's state take a reading, concludes its step when the models have scored it, and tells of machines
 * from which nothing comes. For one thread.
 */
final class MachineTask implements TaskScorer<SensorReading, List<Optional<ModelInput>>, List<float[]>> {

    private static final Logger LOG = LoggerFactory.getLogger(MachineTask.class);

    private final MachineStream stream;
    private final TaskContext<SensorReading, List<Optional<ModelInput>>, List<float[]>> context;
    private final MachineStates states;
    private final SilenceTimer silence;
    private final Topic<MachineScore> scores;
    private final Topic<MachineAlert> alerts;
    private final Topic<Maintenance> maintenance;
    private final Map<String, Topic<MachineAlert>> routes = new HashMap<>();

    MachineTask(MachineStream stream, TaskContext<SensorReading, List<Optional<ModelInput>>, List<float[]>> context) {
        this.stream = stream;
        this.context = context;
        this.states = new MachineStates(stream, context);
        this.silence = new SilenceTimer(context.store(MachineStates.STORE), now());
        this.scores = stream.names().machineScored();
        this.alerts = stream.names().machineAlerts();
        this.maintenance = stream.names().machineMaintenance();
        stream.routes()
                .names()
                .forEach(queue -> routes.put(queue, stream.names().machineRoute(queue)));
        context.schedule(SilenceTimer.PERIOD, this::tellSilence);
    }

    private Instant now() {
        return stream.environment().clock().instant();
    }

    @Override
    public Optional<Pending<List<Optional<ModelInput>>, List<float[]>>> accept(
            SensorReading reading, RecordInfo record) {
        String key = record.key()
                .orElseThrow(() -> new IllegalArgumentException("key is null: allowed is the name of the machine"));
        if (!reading.getMachine().equals(key)) {
            throw new IllegalArgumentException(
                    "key '" + key + "': allowed is the reading's machine, '" + reading.getMachine() + "'");
        }
        long offset = record.position().getOffset();
        CachedState of = states.of(key, offset);
        Optional<PendingStep> step = of.state().accept(reading);
        JournalEntry entry = states.taken(of, offset, record.record().value());
        silence.heard(key, of.state().silentAfter(), reading.getReceivedAt(), record.arrived());
        return step.map(pending -> new PendingReading(this, of.state(), entry, pending, record));
    }

    @Override
    public void side(Topic<?> topic, String machine, SpecificRecord value) {
        if (value instanceof Acceptance acceptance) {
            accept(machine, acceptance);
        } else if (topic.name().equals(maintenance.name())) {
            states.mark(machine, Optional.ofNullable((Maintenance) value));
            silence.restart(machine, now());
        }
    }

    private void accept(String machine, Acceptance acceptance) {
        CachedState of = states.of(machine);
        List<MachineAlert> cleared = of.state().accept(acceptance, lastReading(of));
        if (cleared.isEmpty()) {
            LOG.info("Machine '{}': no open alert is accepted by {}", machine, acceptance.getBy());
            return;
        }
        states.changed(of);
        cleared.forEach(alert -> send(machine, alert));
    }

    private Position lastReading(CachedState of) {
        return new Position(
                stream.topics().input().name(),
                context.partition(),
                of.journal().last());
    }

    /** Sends a change of an alert that no reading led to. */
    private void send(String machine, MachineAlert alert) {
        byte[] key = machine.getBytes(StandardCharsets.UTF_8);
        var outputs = new ArrayList<Output<?>>();
        var measurements = new ArrayList<Measurement>();
        add(alert, key, outputs, measurements);
        context.send(new Emission(alert.getTime(), outputs, measurements));
    }

    private void tellSilence() {
        Instant now = now();
        silence.due(now).forEach(machine -> tellSilence(machine, now));
    }

    private void tellSilence(String machine, Instant now) {
        CachedState of = states.of(machine);
        of.state().silence(lastReading(of)).ifPresent(raised -> {
            states.changed(of);
            send(machine, raised);
        });
        if (of.state().isSilent()) {
            silence.stop(machine);
        } else {
            silence.restart(machine, now);
        }
    }

    @Override
    public void beforeCommit() {
        states.write();
    }

    /**
     * A reading whose step waits for its batch.
     *
     * @param state of its machine
     * @param entry what the journal has of it
     */
    private record PendingReading(
            MachineTask task, MachineState state, JournalEntry entry, PendingStep step, RecordInfo record)
            implements Pending<List<Optional<ModelInput>>, List<float[]>> {

        @Override
        public List<Optional<ModelInput>> input() {
            return step.inputs();
        }

        @Override
        public Emission complete(Prediction<List<float[]>> prediction, Instant now) {
            entry.concluded(prediction);
            return task.emission(
                    state.conclude(step, prediction, record.position(), now),
                    record.record().key());
        }
    }

    private Emission emission(StepResult result, byte[] key) {
        var outputs = new ArrayList<Output<?>>(1 + result.alerts().size());
        var measurements = new ArrayList<Measurement>(1 + result.alerts().size());
        outputs.add(new Output<>(scores, key, result.score()));
        measurements.add(Measurement.one(
                Metric.MACHINE_SCORED, result.score().getStatus().name()));
        for (MachineAlert alert : result.alerts()) {
            add(alert, key, outputs, measurements);
        }
        return new Emission(result.score().getTime(), outputs, measurements);
    }

    private void add(MachineAlert alert, byte[] key, List<Output<?>> outputs, List<Measurement> measurements) {
        outputs.add(new Output<>(alerts, key, alert));
        measurements.add(Measurement.one(
                Metric.MACHINE_ALERTS, alert.getKind().name(), alert.getState().name()));
        for (String queue : stream.routes().queues(alert, false)) {
            outputs.add(new Output<>(routes.get(queue), key, alert));
            measurements.add(Measurement.one(Metric.ROUTED, queue));
        }
    }
}
