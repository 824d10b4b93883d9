package dev.vorrang.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.machine.MachineKit;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Scores after crashes against scores without. */
class FaultFreeRunTest {

    private static final Topics FAULTY = new Topics("");
    private static final Topics FAULT_FREE = new Topics(FaultFreeRun.PREFIX);

    private final AvroSerdes serdes =
            new AvroSerdes(ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://fault-free")));
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    @Test
    void shouldTakeTheSameForTheSameWhereverAndWheneverItWasSaid() {
        add(FAULTY.machineScored(), score(1, 0.25, FAULTY, 1_000));
        add(FAULTY.machineScored(), score(1, 0.25, FAULTY, 1_500));
        add(FAULT_FREE.machineScored(), score(1, 0.25, FAULT_FREE, 2_000));

        assertThat(compare()).isEqualTo(new FaultFreeRun.Comparison(2, 0, List.of()));
    }

    @Test
    void shouldFindAScoreThatDiffersInItsLastDigits() {
        add(FAULTY.machineScored(), score(1, 0.25, FAULTY, 1_000));
        add(FAULT_FREE.machineScored(), score(1, 0.2501, FAULT_FREE, 1_000));

        assertThat(compare().different()).isEqualTo(1);
        assertThat(compare().examples()).singleElement().asString().contains("0.25", "0.2501");
    }

    @Test
    void shouldFindAlertsThatOnlyOneOfThemHas() {
        add(FAULTY.machineAlerts(), alert(1, AlertState.RAISED, FAULTY));
        add(FAULT_FREE.machineAlerts(), alert(1, AlertState.RAISED, FAULT_FREE));
        add(FAULTY.machineAlerts(), alert(2, AlertState.CLEARED, FAULTY));
        add(FAULT_FREE.machineAlerts(), alert(3, AlertState.CLEARED, FAULT_FREE));

        assertThat(compare().different()).isEqualTo(2);
    }

    private FaultFreeRun.Comparison compare() {
        return new FaultFreeRun(
                        new MachineKit().workload(FAULTY, serdes, 1, 100),
                        new MachineKit().workload(FAULT_FREE, serdes, 1, 100),
                        this::scan)
                .compare(100);
    }

    private void scan(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        topics.getOrDefault(topic, List.of()).forEach(records);
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, V value) {
        byte[] bytes = serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        var records = topics.computeIfAbsent(topic.name(), any -> new ArrayList<>());
        records.add(new ConsumerRecord<>(topic.name(), 0, records.size(), new byte[1], bytes));
    }

    private static MachineScore score(int number, double anomaly, Topics in, long scoredAt) {
        return MachineScore.newBuilder()
                .setId(Workload.id(number))
                .setMachine("machine-1")
                .setTime(Instant.EPOCH)
                .setAnomaly(anomaly)
                .setPosition(new Position(in.machineReadings().name(), 0, (long) number))
                .setScoredAt(Instant.ofEpochMilli(scoredAt))
                .build();
    }

    private static MachineAlert alert(int number, AlertState state, Topics in) {
        return MachineAlert.newBuilder()
                .setId("alert")
                .setMachine("machine-1")
                .setKind(AlertKind.ANOMALY)
                .setState(state)
                .setStart(Instant.EPOCH)
                .setTime(Instant.EPOCH)
                .setPeak(1)
                .setPeakTime(Instant.EPOCH)
                .setPosition(new Position(in.machineReadings().name(), 0, (long) number))
                .build();
    }
}
