package dev.vorrang.app.streams.machine;

import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.crash.Workload.Draft;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.machine.model.GeneralAnomalyModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Readings of machines, each of which is not well now and then, and is silent for longer each time. */
final class MachineWorkload implements Workload.Records<SensorReading> {

    private static final int FEWEST_MACHINES = 8;
    private static final int MOST_MACHINES = 200;
    private static final int READINGS_EACH = 1_000;
    private static final Instant FIRST = Instant.parse("2026-01-05T08:00:00Z");

    private static final int CYCLE = 240;
    private static final int ILL = 200;

    private static final int SILENCE_EVERY = 200;
    private static final int MAX_SILENCES = 8;
    private static final Duration FIRST_SILENCE = Duration.ofMinutes(20);

    private final Topics topics;
    private final int machines;

    /** @param records that are sent in all */
    MachineWorkload(Topics topics, int records) {
        this.topics = topics;
        machines = Math.max(FEWEST_MACHINES, Math.min(MOST_MACHINES, records / READINGS_EACH));
    }

    @Override
    public int keys() {
        return machines;
    }

    @Override
    public String key(int number) {
        return "machine-" + number;
    }

    @Override
    public List<Workload.Changes<?>> changes() {
        return List.of(new Workload.Changes<>(topics.machineAlerts(), MachineWorkload::changeOfAlert));
    }

    private static String changeOfAlert(MachineAlert alert) {
        Position position = alert.getPosition();
        return position.getPartition() + "@" + position.getOffset() + " " + alert.getKind() + " " + alert.getState()
                + " " + alert.getId();
    }

    @Override
    public int minBeforeModel() {
        // Records that are no readings are no steps either.
        return 3 * GeneralAnomalyModel.WARM_UP;
    }

    @Override
    public SensorReading record(Draft draft) {
        var random = draft.random();
        int step = draft.sequence();
        boolean ill = step % CYCLE > ILL;
        double swing = Math.sin(step / 9.0 + draft.keyNumber());
        var values = new HashMap<String, Double>();
        values.put("load", 40 + 3 * swing + random.nextGaussian());
        values.put("heat", 70 + 2 * swing + 0.5 * random.nextGaussian() + (ill ? 25 : 0));
        values.put("vibration", random.nextInt(25) == 0 ? null : 2 + 0.1 * random.nextGaussian() + (ill ? 4 : 0));
        if (draft.chokes()) {
            values.put(Poison.MARK, 1.0);
        }
        return SensorReading.newBuilder()
                .setId(draft.id())
                .setMachine(draft.key())
                .setTime(FIRST.plusSeconds(step).plus(silences(step)))
                .setValues(values)
                .setSource("crashtest:" + draft.number())
                .build();
    }

    /** Of all silences before a step, each of which is twice as long as the one before it: a machine's usual pauses are no silences. */
    private static Duration silences(int step) {
        int count = Math.min(MAX_SILENCES, step / SILENCE_EVERY);
        return FIRST_SILENCE.multipliedBy((1L << count) - 1);
    }
}
