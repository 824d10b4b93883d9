package dev.vorrang.app.crash;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.serde.AvroJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the same records give where nothing happens to the program: it scores a copy of the input, each record on its partition and
 * in its order, and what it says is compared with what was said in the storm. For one thread.
 */
final class CalmRun {

    /** Put before the names of its topics. */
    static final String PREFIX = "calm.";

    private static final int MOST_EXAMPLES = 5;
    /** Where the record stands that was scored, and when it was scored. */
    private static final Set<String> LEFT_OUT = Set.of("position", "scoredAt");
    /** Scores that are in memory at the same time; for more, the topics are read again. */
    private static final int PART = 150_000;

    private final Load storm;
    private final Load calm;
    private final TopicScan scan;
    private final List<String> examples = new ArrayList<>();
    private int compared;
    private int different;

    /**
     * What came of the comparison.
     *
     * @param compared scores and alerts of the storm
     * @param different those that say something else than in the calm, and alerts that only one of them has
     * @param examples some of these, for people
     */
    record Comparison(int compared, int different, List<String> examples) {}

    /** @param calm as {@code storm}, with the prefix */
    CalmRun(Load storm, Load calm, TopicScan scan) {
        this.storm = storm;
        this.calm = calm;
        this.scan = scan;
    }

    /** Copies the input. */
    void copy(String bootstrapServers) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            scan.each(
                    storm.input().name(),
                    record -> producer.send(new ProducerRecord<>(
                            calm.input().name(), record.partition(), record.key(), record.value(), record.headers())));
            producer.flush();
        }
    }

    /** @param records that were sent in the storm */
    Comparison compare(int records) {
        for (int from = 0; from < records; from += PART) {
            int first = from;
            if (storm instanceof MailLoad) {
                Function<MailScore, String> id = MailScore::getId;
                compareAll(storm.topics().mailScored(), calm.topics().mailScored(), id, in(first, id), true);
            } else {
                Function<MachineScore, String> id = MachineScore::getId;
                compareAll(storm.topics().machineScored(), calm.topics().machineScored(), id, in(first, id), true);
            }
        }
        if (storm instanceof MachineLoad) {
            compareAll(
                    storm.topics().machineAlerts(),
                    calm.topics().machineAlerts(),
                    CalmRun::changeOfAlert,
                    any -> true,
                    false);
        }
        return new Comparison(compared, different, List.copyOf(examples));
    }

    private static <V> Predicate<V> in(int first, Function<V, String> id) {
        return value -> {
            int number = Load.number(id.apply(value));
            return number >= first && number < first + PART;
        };
    }

    private static String changeOfAlert(MachineAlert alert) {
        Position position = alert.getPosition();
        return position.getPartition() + "@" + position.getOffset() + " " + alert.getKind() + " " + alert.getState();
    }

    private <V extends SpecificRecord> void compareAll(
            Topic<V> inStorm, Topic<V> inCalm, Function<V, String> name, Predicate<V> wanted, boolean lossIsKnown) {
        var deserializer = storm.serdes().valueSerde(inStorm).deserializer();
        var expected = new HashMap<String, byte[]>();
        scan.each(inCalm.name(), record -> {
            V value = deserializer.deserialize(inCalm.name(), record.value());
            if (wanted.test(value)) {
                expected.put(name.apply(value), record.value());
            }
        });
        var missing = new HashSet<>(expected.keySet());
        scan.each(inStorm.name(), record -> {
            V value = deserializer.deserialize(inStorm.name(), record.value());
            if (wanted.test(value)) {
                byte[] bytes = expected.get(name.apply(value));
                missing.remove(name.apply(value));
                check(value, bytes == null ? null : deserializer.deserialize(inCalm.name(), bytes));
            }
        });
        if (!lossIsKnown) {
            different += missing.size();
            missing.stream().limit(MOST_EXAMPLES).forEach(each -> example("only in the calm: " + each));
        }
    }

    private void check(SpecificRecord inStorm, SpecificRecord inCalm) {
        compared++;
        if (inCalm == null) {
            different++;
            example("only in the storm: " + AvroJson.line(inStorm));
            return;
        }
        var differences = differences(inStorm, inCalm);
        if (!differences.isEmpty()) {
            different++;
            example(inStorm.get(0) + " differs: " + String.join("; ", differences));
        }
    }

    private static List<String> differences(SpecificRecord inStorm, SpecificRecord inCalm) {
        return inStorm.getSchema().getFields().stream()
                .filter(field -> !LEFT_OUT.contains(field.name()))
                .filter(field -> !Objects.equals(inStorm.get(field.pos()), inCalm.get(field.pos())))
                .map(field ->
                        field.name() + " " + inStorm.get(field.pos()) + ", in the calm " + inCalm.get(field.pos()))
                .toList();
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }
}
