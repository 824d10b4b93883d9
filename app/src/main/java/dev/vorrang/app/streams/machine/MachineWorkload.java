package dev.vorrang.app.streams.machine;

import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.machine.model.GeneralAnomalyModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/** Readings of machines, each of which is not well now and then, and is silent for longer each time. */
public final class MachineWorkload extends Workload {

    private static final int FEWEST_MACHINES = 8;
    private static final int MOST_MACHINES = 200;
    private static final int READINGS_EACH = 1_000;
    private static final Instant FIRST = Instant.parse("2026-01-05T08:00:00Z");

    private static final int CYCLE = 240;
    private static final int ILL = 200;

    private static final int SILENCE_EVERY = 200;
    private static final int MAX_SILENCES = 8;
    private static final Duration FIRST_SILENCE = Duration.ofMinutes(20);

    private final Serializer<SensorReading> serializer;

    /** @param records that are sent in all */
    public MachineWorkload(Topics topics, AvroSerdes serdes, long seed, int records) {
        super(topics, serdes, seed, Math.max(FEWEST_MACHINES, Math.min(MOST_MACHINES, records / READINGS_EACH)));
        serializer = serdes.valueSerde(topics.machineReadings()).serializer();
    }

    @Override
    public Topic<SensorReading> input() {
        return topics().machineReadings();
    }

    @Override
    public Scores<MachineScore> scores() {
        return new Scores<>(topics().machineScored(), MachineScore::getId, score -> List.of(), Map.of());
    }

    @Override
    public List<Changes<?>> changes() {
        return List.of(new Changes<>(topics().machineAlerts(), MachineWorkload::changeOfAlert));
    }

    private static String changeOfAlert(MachineAlert alert) {
        Position position = alert.getPosition();
        return position.getPartition() + "@" + position.getOffset() + " " + alert.getKind() + " " + alert.getState()
                + " " + alert.getId();
    }

    @Override
    public Topic<DeadLetter> deadLetters() {
        return topics().machineDeadLetters();
    }

    @Override
    public List<Topic<?>> all() {
        return topics().machine();
    }

    @Override
    protected int minBeforeModel() {
        // Records that are no readings are no steps either.
        return 3 * GeneralAnomalyModel.WARM_UP;
    }

    @Override
    public String key(int number) {
        return "machine-" + keyOf(number);
    }

    @Override
    protected byte[] good(int number) {
        var random = random(number);
        int step = sequence(number);
        boolean ill = step % CYCLE > ILL;
        double swing = Math.sin(step / 9.0 + keyOf(number));
        var values = new HashMap<String, Double>();
        values.put("load", 40 + 3 * swing + random.nextGaussian());
        values.put("heat", 70 + 2 * swing + 0.5 * random.nextGaussian() + (ill ? 25 : 0));
        values.put("vibration", random.nextInt(25) == 0 ? null : 2 + 0.1 * random.nextGaussian() + (ill ? 4 : 0));
        if (poison(number).filter(Poison.CHOKES::equals).isPresent()) {
            values.put(Poison.MARK, 1.0);
        }
        var reading = SensorReading.newBuilder()
                .setId(id(number))
                .setMachine(key(number))
                .setTime(FIRST.plusSeconds(step).plus(silences(step)))
                .setValues(values)
                .setSource("crashtest:" + number)
                .build();
        return serializer.serialize(input().name(), reading);
    }

    /** Of all silences before a step, each of which is twice as long as the one before it: a machine's usual pauses are no silences. */
    private static Duration silences(int step) {
        int count = Math.min(MAX_SILENCES, step / SILENCE_EVERY);
        return FIRST_SILENCE.multipliedBy((1L << count) - 1);
    }
}
