package dev.vorrang.app.crash;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts what came of the records that were sent, as a reader of committed records sees it. For one thread. */
final class Verifier {

    private static final int MOST_EXAMPLES = 8;

    private final Workload load;
    private final int sent;
    private final TopicScan scan;
    private final boolean once;
    private final BitSet scored = new BitSet();
    private final BitSet deadLettered = new BitSet();
    private final Map<String, BitSet> queued = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int duplicated;
    private int disordered;
    private int rightLetters;
    private int wrongLetters;
    private int inputDamaged;

    /**
     * @param sent number of records that were sent
     * @param once whether a record that is scored twice is worth an example
     */
    Verifier(Workload load, int sent, TopicScan scan, boolean once) {
        this.load = load;
        this.sent = sent;
        this.scan = scan;
        this.once = once;
    }

    Counts count() {
        readInput();
        readScores(load.scores());
        readDeadLetters();
        readQueues(load.scores());
        int poison = 0;
        int poisonScored = 0;
        for (int number = 0; number < sent; number++) {
            boolean bad = load.poison(number).isPresent();
            poison += bad ? 1 : 0;
            if (bad && scored.get(number)) {
                poisonScored++;
                example("scored: " + describe(number));
            }
            if (!scored.get(number) && !deadLettered.get(number)) {
                lost++;
                example("lost: " + describe(number));
            }
        }
        return new Counts(
                sent,
                poison,
                scored.cardinality(),
                lost,
                duplicated,
                disordered,
                rightLetters,
                wrongLetters,
                poisonScored,
                inputDamaged,
                examples);
    }

    private void readInput() {
        var seen = new BitSet();
        scan.each(load.input().name(), record -> {
            int number = ByteBuffer.wrap(
                            record.headers().lastHeader(Workload.HEADER).value())
                    .getInt();
            if (seen.get(number)) {
                inputDamaged++;
                example("twice in the input: " + describe(number));
            }
            seen.set(number);
        });
        inputDamaged += sent - seen.cardinality();
    }

    private <V extends SpecificRecord> void readScores(Workload.Scores<V> scores) {
        scores.routes().keySet().forEach(queue -> queued.put(queue, new BitSet()));
        readOnce(
                scores.topic(),
                score -> {
                    int number = Workload.number(score);
                    scores.queues().apply(score).forEach(queue -> queued.get(queue)
                            .set(number));
                    return number;
                },
                scored);
    }

    private <V extends SpecificRecord> void readQueues(Workload.Scores<V> scores) {
        scores.routes().forEach((queue, topic) -> readQueue(queue, topic));
    }

    /** Each record once, and those of a key in their order. */
    private <V extends SpecificRecord> void readOnce(Topic<V> topic, ToIntFunction<V> numberOf, BitSet seen) {
        var deserializer = load.serdes().valueSerde(topic).deserializer();
        var last = new HashMap<String, Integer>();
        scan.each(topic.name(), record -> {
            int number = numberOf.applyAsInt(deserializer.deserialize(topic.name(), record.value()));
            if (seen.get(number)) {
                repeated(record, number);
                return;
            }
            seen.set(number);
            int before = last.getOrDefault(key(record), -1);
            if (number < before) {
                disordered++;
                example("after " + describe(before) + " in " + where(record) + ": " + describe(number));
            }
            last.put(key(record), Math.max(number, before));
        });
    }

    private <V extends SpecificRecord> void readQueue(String queue, Topic<V> topic) {
        var seen = new BitSet();
        readOnce(topic, Workload::number, seen);
        var missing = (BitSet) queued.get(queue).clone();
        missing.andNot(seen);
        missing.stream().forEach(number -> example("not in queue " + queue + ": " + describe(number)));
        lost += missing.cardinality();
        seen.andNot(queued.get(queue));
        seen.stream().forEach(number -> example("without a score in queue " + queue + ": " + describe(number)));
        duplicated += seen.cardinality();
    }

    private void readDeadLetters() {
        Topic<DeadLetter> topic = load.deadLetters();
        var deserializer = load.serdes().valueSerde(topic).deserializer();
        scan.each(topic.name(), record -> {
            DeadLetter letter = deserializer.deserialize(topic.name(), record.value());
            int number = letter.getHeaders().get(Workload.HEADER).getInt();
            if (deadLettered.get(number)) {
                repeated(record, number);
                return;
            }
            deadLettered.set(number);
            var poison = load.poison(number);
            boolean explained =
                    !letter.getCause().isBlank() && !letter.getMessage().isBlank();
            if (poison.isPresent() && poison.get().stage() == letter.getStage() && explained) {
                rightLetters++;
            } else {
                wrongLetters++;
                example("dead letter of " + describe(number) + " at stage " + letter.getStage() + ": "
                        + letter.getMessage());
            }
        });
    }

    private void repeated(ConsumerRecord<byte[], byte[]> record, int number) {
        duplicated++;
        if (once) {
            example("twice in " + where(record) + ": " + describe(number));
        }
    }

    private String describe(int number) {
        return "record " + number + " of " + load.key(number)
                + load.poison(number).map(poison -> " (poison " + poison + ")").orElse("");
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
