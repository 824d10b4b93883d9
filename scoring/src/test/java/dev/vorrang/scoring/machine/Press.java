package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.Prediction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine of the tests, and all that is said of it. */
final class Press {

    static final String NAME = "press-5";
    private static final Position POSITION = new Position("machine.readings", 0, 0L);

    private final MachineProfile profile;
    private final List<MachineModel> models;
    private final IdPages pages = IdPages.inMemory();
    private MachineState state;
    final List<MachineScore> scores = new ArrayList<>();
    final List<MachineAlert> alerts = new ArrayList<>();

    Press(MachineSettings settings, MachineModel... models) {
        this(MachineProfile.of(settings), models);
    }

    Press(MachineProfile profile, MachineModel... models) {
        this.profile = profile;
        this.models = List.of(models);
        this.state = new MachineState(NAME, profile, this.models, pages);
    }

    static SensorReading reading(long time, Map<String, Double> values) {
        return builder(time, values).build();
    }

    static SensorReading.Builder builder(long time, Map<String, Double> values) {
        return SensorReading.newBuilder()
                .setId("at-" + time + values)
                .setMachine(NAME)
                .setTime(Instant.ofEpochMilli(time))
                .setValues(values)
                .setSource("test");
    }

    Press read(SensorReading reading) {
        state.accept(reading).ifPresent(this::conclude);
        return this;
    }

    Press read(long time, double load) {
        return read(reading(time, Map.of("load", load)));
    }

    /** Readings of an ordinary load. */
    Press calm(int from, int to) {
        for (int time = from; time < to; time++) {
            read(time, 10 + time % 3 * 0.1);
        }
        return this;
    }

    Optional<PendingStep> accept(SensorReading reading) {
        return state.accept(reading);
    }

    void conclude(PendingStep pending) {
        var outputs = new ArrayList<float[]>();
        var asked = new ArrayList<ModelRef>();
        for (int model = 0; model < pending.inputs().size(); model++) {
            var input = pending.inputs().get(model);
            if (input.isPresent()) {
                outputs.addAll(models.get(model).apply(List.of(input.get())));
                asked.add(models.get(model).reference());
            }
        }
        StepResult concluded =
                state.conclude(pending, new Prediction<List<float[]>>(outputs, asked), POSITION, Instant.EPOCH);
        scores.add(concluded.score());
        alerts.addAll(concluded.alerts());
    }

    void maintenance(long from, Long until) {
        state.maintenance(Optional.of(Maintenance.newBuilder()
                .setMachine(NAME)
                .setFrom(Instant.ofEpochMilli(from))
                .setUntil(until == null ? null : Instant.ofEpochMilli(until))
                .build()));
    }

    byte[] snapshot() {
        return state.snapshot();
    }

    void restart() throws IOException {
        restore(state.snapshot());
    }

    void restore(byte[] snapshot) throws IOException {
        state = MachineState.restore(snapshot, profile, models, pages);
    }

    MachineScore last() {
        return scores.get(scores.size() - 1);
    }
}
