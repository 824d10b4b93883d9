package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.Pause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is known of one machine: takes its readings, and concludes a step when the models have scored it. What comes out follows
 * from the readings, the maintenance and the models' outputs alone, so a state that is restored, or made anew out of the same
 * inputs, goes on as if nothing had been. For one thread.
 */
public final class MachineState {

    private static final Logger LOG = LoggerFactory.getLogger(MachineState.class);
    private static final int LONGEST_NAME = 200;
    /** Version 1 knew no wrong clocks, version 2 no judgement. */
    private static final int VERSION = 4;

    private final String machine;
    private final MachineProfile profile;
    private final List<MachineModel> models;
    private final List<ModelRef> references;
    private final Intake intake;
    private final Alerts alerts;
    private final JudgeTrack judged;
    private final ModelMemories memories;

    private Optional<Maintenance> maintenance = Optional.empty();

    /**
     * @param machine name, 1 to 200 characters
     * @param models models in service; their memories are this state's, the models are not closed here
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public MachineState(String machine, MachineSettings settings, List<MachineModel> models) {
        this(machine, MachineProfile.of(settings), models, IdPages.inMemory());
    }

    /**
     * @param machine name, 1 to 200 characters
     * @param profile what holds for the machine
     * @param models models in service; their memories are this state's, the models are not closed here
     * @param pages keep the ids of the machine's earlier readings
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public MachineState(String machine, MachineProfile profile, List<MachineModel> models, IdPages pages) {
        if (machine.isEmpty() || machine.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "machine: a name of " + machine.length() + " characters, allowed are 1 to " + LONGEST_NAME);
        }
        this.machine = machine;
        this.profile = profile;
        this.models = List.copyOf(models);
        this.references = models.stream().map(MachineModel::reference).toList();
        this.intake = new Intake(profile.settings().intake(), pages);
        this.alerts = new Alerts(machine, profile.type(), profile.settings().alerts());
        this.judged = new JudgeTrack(machine, profile.normal());
        this.memories = new ModelMemories(this.models, profile.models());
    }

    /**
     * Takes a reading.
     *
     * @return the step that it closed; also for a reading that came too late. Empty if it came before, or its step is open still
     * @throws IllegalArgumentException if it is another machine's, or cannot be one; nothing has changed then
     */
    public Optional<PendingStep> accept(SensorReading reading) {
        if (!reading.getMachine().equals(machine)) {
            throw new IllegalArgumentException(
                    "machine '" + reading.getMachine() + "': allowed is the key of its record, '" + machine + "'");
        }
        Optional<Instant> receivedAt = Optional.ofNullable(reading.getReceivedAt());
        Intake.Taken taken = intake.take(reading);
        if (taken instanceof Intake.Taken.Closed closed) {
            memories.turn(closed.past(), intake.mayRestore());
            Judgement judgement = judged.take(closed.step(), closed.past(), intake.mayRestore(), pause());
            return Optional.of(new PendingStep(
                    closed.step(),
                    Optional.empty(),
                    references,
                    memories.current(),
                    memories.observe(closed.step()),
                    intake.stuck(),
                    intake.wrongTimes(),
                    judged.steps(),
                    judgement,
                    receivedAt));
        }
        if (taken instanceof Intake.Taken.Unscored unscored) {
            long time = reading.getTime().toEpochMilli();
            var step = new Step(reading.getId(), time, List.of(), new double[0], List.of(unscored.note()));
            return Optional.of(new PendingStep(
                    step,
                    Optional.of(unscored.status()),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    intake.wrongTimes(),
                    judged.steps(),
                    Judgement.NONE,
                    receivedAt));
        }
        return Optional.empty();
    }

    /**
     * Concludes a step; steps are concluded in the order in which they were accepted.
     *
     * @param prediction output of each model that had an input, in their order
     * @param position of the reading that closed the step
     * @throws IllegalStateException if an output is no score
     */
    public StepResult conclude(
            PendingStep pending, Prediction<List<float[]>> prediction, Position position, Instant scoredAt) {
        boolean inMaintenance = inMaintenance(pending.step().time());
        var findings = new ArrayList<Finding>();
        var outputs = prediction.value().iterator();
        for (int model = 0; model < pending.inputs().size(); model++) {
            if (pending.inputs().get(model).isPresent()) {
                findings.add(pending.memories().get(model).absorb(outputs.next()));
            }
        }
        MachineScore score = score(pending, findings, prediction.models(), inMaintenance, position, scoredAt);
        var changes = new ArrayList<MachineAlert>();
        judged.tell(pending.judged()).forEach(change -> changes.add(alerts.judged(change, inMaintenance, position)));
        changes.addAll(alerts.step(pending, findings, inMaintenance, position));
        return new StepResult(score, findings, changes);
    }

    /**
     * How long after its last step the machine counts as silent, if nothing comes; empty while too little is known of it, while it need
     * not send, or if that was told.
     */
    public Optional<Duration> silentAfter() {
        return judged.silentAfter(pause());
    }

    /** Whether the machine counts as silent, and that was told. */
    boolean isSilent() {
        return judged.isSilent();
    }

    /**
     * Takes notice that nothing has come for {@link #silentAfter}. What comes out is what the next reading would lead to; only that it
     * comes earlier depends on a clock.
     *
     * @param position of the last reading
     * @return the alert; empty if it was raised already, or while the machine need not send
     */
    public Optional<MachineAlert> silence(Position position) {
        return judged.silence(pause()).map(change -> alerts.judged(change, false, position));
    }

    /**
     * Takes what is open as normal: alerts are cleared, and the machine is judged by its new state. No step may be pending.
     *
     * @param position of the last reading
     * @return the changes of alerts, none if no alert is open that the acceptance is about
     */
    public List<MachineAlert> accept(Acceptance acceptance, Position position) {
        var changes = new ArrayList<MachineAlert>();
        judged.accept(intake.sensors(), change -> alerts.isAbout(acceptance, change))
                .forEach(change -> changes.add(alerts.accepted(change, acceptance, position)));
        changes.addAll(alerts.accept(acceptance, intake.time(), position));
        return changes;
    }

    /** Marks the machine as in maintenance; empty ends that. */
    public void maintenance(Optional<Maintenance> mark) {
        maintenance = mark;
    }

    private Pause pause() {
        return maintenance
                .map(mark -> new Pause(
                        mark.getFrom().toEpochMilli(),
                        mark.getUntil() == null
                                ? Long.MAX_VALUE
                                : mark.getUntil().toEpochMilli()))
                .orElse(Pause.NONE);
    }

    private boolean inMaintenance(long time) {
        return pause().covers(time);
    }

    private MachineScore score(
            PendingStep pending,
            List<Finding> findings,
            List<ModelRef> references,
            boolean inMaintenance,
            Position position,
            Instant scoredAt) {
        var score = MachineScore.newBuilder()
                .setId(pending.step().id())
                .setMachine(machine)
                .setTime(Instant.ofEpochMilli(pending.step().time()))
                .setStatus(status(pending, findings))
                .setMaintenance(inMaintenance)
                .setNotes(pending.step().notes())
                .setModels(references)
                .setPosition(position)
                .setReceivedAt(pending.receivedAt().orElse(null))
                .setScoredAt(scoredAt);
        AnomalyScore.of(pending.judgement(), pending.step().sensors(), anomaly(findings))
                .ifPresent(anomaly ->
                        score.setAnomaly(anomaly.value()).setSensors(map(anomaly.sensors(), anomaly.shares())));
        for (Finding finding : findings) {
            if (finding instanceof Finding.Fault fault) {
                score.setFault(map(fault.labels(), fault.probabilities()));
            } else if (finding instanceof Finding.RemainingLife life) {
                score.setRul(life.expected()).setRulQuantiles(Alerts.quantiles(life));
            }
        }
        return score.build();
    }

    /** What the last of the models that know anomalies says. */
    private static Optional<Finding.Anomaly> anomaly(List<Finding> findings) {
        return findings.stream()
                .filter(Finding.Anomaly.class::isInstance)
                .map(Finding.Anomaly.class::cast)
                .reduce((first, last) -> last);
    }

    private MachineStatus status(PendingStep pending, List<Finding> findings) {
        if (pending.unscored().isPresent()) {
            return pending.unscored().get();
        }
        return findings.isEmpty() && memories.any() ? MachineStatus.WARMING_UP : MachineStatus.SCORED;
    }

    private static Map<String, Float> map(List<String> names, float[] values) {
        var map = new LinkedHashMap<String, Float>(values.length * 2);
        for (int i = 0; i < values.length; i++) {
            map.put(names.get(i), values[i]);
        }
        return map;
    }

    /** All of it, while no step is pending. */
    public byte[] snapshot() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeUTF(machine);
            out.writeLong(period());
            intake.write(out);
            alerts.write(out);
            writeMaintenance(out);
            memories.write(out);
            judged.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("state of machine '" + machine + "'", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Becomes what {@link #snapshot} gave, also that of an earlier version. The memory of a model that was not in service then starts anew.
     *
     * @throws IOException if that is damaged, of another version, or was taken with another resampling period
     */
    public static MachineState restore(
            byte[] snapshot, MachineProfile profile, List<MachineModel> models, IdPages pages) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(snapshot));
        int version = in.readInt();
        if (version < 1 || version > VERSION) {
            throw new IOException("state has version " + version + ", allowed is 1 to " + VERSION);
        }
        var state = new MachineState(name(in), profile, models, pages);
        long period = in.readLong();
        long now = state.period();
        if (period != now) {
            throw new IOException("state was made with a period of " + period + " ms, the settings say " + now + " ms");
        }
        state.intake.read(in, version);
        state.alerts.read(in, version);
        state.readMaintenance(in);
        state.memories.read(in, version > 1);
        if (version > 2) {
            state.judged.read(in);
        } else {
            LOG.info(
                    "State of machine '{}' is of version {}, without a judgement: its alerts come from the model until enough is known",
                    state.machine,
                    version);
        }
        return state;
    }

    private long period() {
        return profile.settings().intake().period().map(Duration::toMillis).orElse(0L);
    }

    private static String name(DataInputStream in) throws IOException {
        String name = in.readUTF();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IOException("damaged state: name of " + name.length() + " characters");
        }
        return name;
    }

    private void writeMaintenance(DataOutputStream out) throws IOException {
        out.writeBoolean(maintenance.isPresent());
        if (maintenance.isPresent()) {
            byte[] mark = Maintenance.getEncoder().encode(maintenance.get()).array();
            out.writeInt(mark.length);
            out.write(mark);
        }
    }

    private void readMaintenance(DataInputStream in) throws IOException {
        if (in.readBoolean()) {
            byte[] mark = in.readNBytes(StateChecks.check(in.readInt(), 1 << 20, "bytes of the maintenance"));
            try {
                maintenance = Optional.of(Maintenance.getDecoder().decode(mark));
            } catch (AvroRuntimeException e) {
                throw new IOException("damaged state: " + e.getMessage(), e);
            }
        }
    }

    public String machine() {
        return machine;
    }
}
