package dev.vorrang.app.crash;

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
 * in its order, and what it says is compared with what was said under faults. For one thread.
 */
final class FaultFreeRun {

    /** Put before the names of its topics. */
    static final String PREFIX = "fault-free.";

    private static final int MOST_EXAMPLES = 5;
    /** Where the record stands that was scored, and when it was scored. */
    private static final Set<String> LEFT_OUT = Set.of("position", "scoredAt");
    /** Scores that are in memory at the same time; for more, the topics are read again. */
    private static final int PART = 150_000;

    private final Workload faulty;
    private final Workload faultFree;
    private final TopicScan scan;
    private final List<String> examples = new ArrayList<>();
    private int compared;
    private int different;

    /**
     * What came of the comparison.
     *
     * @param compared outputs under faults
     * @param different those that say something else than without faults, and alerts that only one of them has
     * @param examples some of these, for people
     */
    record Comparison(int compared, int different, List<String> examples) {}

    /** @param faultFree as {@code faulty}, with the prefix */
    FaultFreeRun(Workload faulty, Workload faultFree, TopicScan scan) {
        this.faulty = faulty;
        this.faultFree = faultFree;
        this.scan = scan;
    }

    /** Copies the input. */
    void copy(String bootstrapServers) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            scan.each(
                    faulty.input().name(),
                    record -> producer.send(new ProducerRecord<>(
                            faultFree.input().name(),
                            record.partition(),
                            record.key(),
                            record.value(),
                            record.headers())));
            producer.flush();
        }
    }

    /** @param records that were sent under faults */
    Comparison compare(int records) {
        for (int from = 0; from < records; from += PART) {
            compareScores(faulty.scores(), from);
        }
        var changes = faulty.changes();
        for (int i = 0; i < changes.size(); i++) {
            compareChanges(changes.get(i), faultFree.changes().get(i).topic().name());
        }
        return new Comparison(compared, different, List.copyOf(examples));
    }

    private <V extends SpecificRecord> void compareScores(Workload.Scores<V> scores, int from) {
        compareAll(
                scores.topic(),
                faultFree.scores().topic().name(),
                score -> score.get(0).toString(),
                in(from),
                true);
    }

    private <V extends SpecificRecord> void compareChanges(Workload.Changes<V> changes, String inFaultFree) {
        compareAll(changes.topic(), inFaultFree, changes.name(), any -> true, false);
    }

    private static <V extends SpecificRecord> Predicate<V> in(int first) {
        return value -> {
            int number = Workload.number(value);
            return number >= first && number < first + PART;
        };
    }

    private <V extends SpecificRecord> void compareAll(
            Topic<V> inFaulty, String inFaultFree, Function<V, String> name, Predicate<V> wanted, boolean lossIsKnown) {
        var deserializer = faulty.serdes().valueSerde(inFaulty).deserializer();
        var expected = new HashMap<String, byte[]>();
        scan.each(inFaultFree, record -> {
            V value = deserializer.deserialize(inFaultFree, record.value());
            if (wanted.test(value)) {
                expected.put(name.apply(value), record.value());
            }
        });
        var missing = new HashSet<>(expected.keySet());
        scan.each(inFaulty.name(), record -> {
            V value = deserializer.deserialize(inFaulty.name(), record.value());
            if (wanted.test(value)) {
                byte[] bytes = expected.get(name.apply(value));
                missing.remove(name.apply(value));
                check(value, bytes == null ? null : deserializer.deserialize(inFaultFree, bytes));
            }
        });
        if (!lossIsKnown) {
            different += missing.size();
            missing.stream().limit(MOST_EXAMPLES).forEach(each -> example("only without faults: " + each));
        }
    }

    private void check(SpecificRecord inFaulty, SpecificRecord inFaultFree) {
        compared++;
        if (inFaultFree == null) {
            different++;
            example("only under faults: " + AvroJson.line(inFaulty));
            return;
        }
        var differences = differences(inFaulty, inFaultFree);
        if (!differences.isEmpty()) {
            different++;
            example(inFaulty.get(0) + " differs: " + String.join("; ", differences));
        }
    }

    private static List<String> differences(SpecificRecord inFaulty, SpecificRecord inFaultFree) {
        return inFaulty.getSchema().getFields().stream()
                .filter(field -> !LEFT_OUT.contains(field.name()))
                .filter(field -> !Objects.equals(inFaulty.get(field.pos()), inFaultFree.get(field.pos())))
                .map(field -> field.name() + " " + inFaulty.get(field.pos()) + ", without faults "
                        + inFaultFree.get(field.pos()))
                .toList();
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }
}
