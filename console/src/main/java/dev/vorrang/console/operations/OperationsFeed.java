package dev.vorrang.console.operations;

import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.console.operations.OperatedStream.Facts;
import dev.vorrang.console.view.OperationsView.DeadLetterView;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Counts in memory what the topics tell of operations: of scored records the last hour, of dead letters all that there are. Of these the
 * newest are known one by one. Read anew at each start: dead letters are few, and their topics retain them for a week. Thread-safe.
 */
final class OperationsFeed implements TopicFollower.Keeper {

    /** Dead letters that are known one by one. */
    static final int MAX_LETTERS = 5_000;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private final Map<String, String> kafka;
    private final Map<String, Scored<?>> scored = new LinkedHashMap<>();
    private final DeadLetterReader reader;
    private final Set<String> letterTopics = new HashSet<>();
    private final Clock clock;
    private final Map<String, StreamCounts> counts = new LinkedHashMap<>();
    private final TreeSet<DeadLetterView> letters = new TreeSet<>(Comparator.comparing(LetterPlace::of));
    private final Map<String, Long> letterCounts = new HashMap<>();

    /** The scored records of a stream. */
    private record Scored<V extends SpecificRecord>(OperatedStream<V> stream, Deserializer<V> deserializer) {

        static <V extends SpecificRecord> Scored<V> of(OperatedStream<V> stream, AvroSerdes serdes) {
            return new Scored<>(stream, serdes.valueSerde(stream.scored()).deserializer());
        }

        Facts facts(byte[] value) {
            return stream.facts().apply(deserializer.deserialize(stream.scored().name(), value));
        }
    }

    OperationsFeed(OperationsSettings settings, Clock clock) {
        this.kafka = settings.kafka();
        this.clock = clock;
        var topics = new LinkedHashMap<String, Topic<DeadLetter>>();
        for (OperatedStream<?> stream : settings.streams()) {
            scored.put(stream.scored().name(), Scored.of(stream, settings.serdes()));
            topics.put(stream.name(), stream.deadLetters());
            counts.put(stream.name(), new StreamCounts());
        }
        topics.put(DeadLetterReader.ACTIONS, settings.topics().actionsUndecided());
        topics.values().forEach(topic -> letterTopics.add(topic.name()));
        letterTopics.add(settings.topics().actionsDeadLetters().name());
        reader = new DeadLetterReader(topics, settings.topics().actionsDeadLetters(), settings.serdes());
    }

    DeadLetterReader reader() {
        return reader;
    }

    @Override
    public Set<String> topics() {
        var all = new HashSet<>(letterTopics);
        all.addAll(scored.keySet());
        return all;
    }

    @Override
    public Map<String, String> open() {
        // Waits for the broker, so not under the lock: people ask meanwhile.
        Map<String, String> positions = anHourAgo();
        clear();
        return positions;
    }

    private synchronized void clear() {
        counts.replaceAll((stream, before) -> new StreamCounts());
        letters.clear();
        letterCounts.clear();
    }

    /** Of scored records nothing older is shown. */
    private Map<String, String> anHourAgo() {
        var positions = new HashMap<String, String>();
        var client = new HashMap<String, Object>(kafka);
        client.put("default.api.timeout.ms", Math.toIntExact(ANSWER.toMillis()));
        client.put("request.timeout.ms", Math.toIntExact(ANSWER.toMillis()));
        try (var admin = Admin.create(client)) {
            OffsetSpec then = OffsetSpec.forTimestamp(
                    clock.instant().minus(Duration.ofHours(1)).toEpochMilli());
            for (String topic : scored.keySet()) {
                Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
                Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
                partitions(admin, topic).forEach(partition -> {
                    asked.put(partition, then);
                    ends.put(partition, OffsetSpec.latest());
                });
                // The ends first: what comes between the two answers is after them.
                var last = admin.listOffsets(ends).all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
                var found = admin.listOffsets(asked).all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
                // Without a record since then there is no offset.
                found.forEach((partition, at) -> positions.put(
                        TopicFollower.position(partition),
                        Long.toString(at.offset() < 0 ? last.get(partition).offset() : at.offset())));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the broker gives no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return positions;
    }

    private static List<TopicPartition> partitions(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic)
                    .partitions()
                    .stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Scored<?> of = scored.get(record.topic());
        if (of != null) {
            counts.get(of.stream().name()).add(of.facts(record.value()), clock.instant());
        } else {
            add(reader.read(record, false, false));
        }
    }

    private void add(DeadLetterView letter) {
        letterCounts.merge(letter.stream(), 1L, Long::sum);
        letters.add(letter);
        if (letters.size() > MAX_LETTERS) {
            letters.pollLast();
        }
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void keep(Map<String, String> positions) {
        // Memory alone.
    }

    @Override
    public void forget() {
        clear();
    }

    /** How a stream does. */
    record Counted(
            List<Long> perMinute,
            Map<String, Double> latencyMillis,
            Map<ModelRef, Long> models,
            Optional<Double> abstained,
            long deadLetters) {}

    synchronized Counted counted(String stream) {
        StreamCounts of = counts.get(stream);
        Instant now = clock.instant();
        return new Counted(
                of.perMinute(now),
                of.latencyMillis(),
                of.models(now),
                of.abstainedShare(),
                letterCounts.getOrDefault(stream, 0L));
    }

    /** Dead letters of a stream or of all. */
    synchronized long letterCount(Optional<String> stream) {
        return stream.map(name -> letterCounts.getOrDefault(name, 0L)).orElseGet(() -> letterCounts.values().stream()
                .mapToLong(Long::longValue)
                .sum());
    }

    /** Dead letters that are known one by one, the newest first, without their bytes. */
    synchronized List<DeadLetterView> letters(Optional<String> stream) {
        return letters.stream()
                .filter(letter -> stream.isEmpty() || letter.stream().equals(stream.get()))
                .toList();
    }

    /** Names of what has dead letters: the streams, and the actions. */
    Set<String> streams() {
        var names = new TreeSet<>(counts.keySet());
        names.add(DeadLetterReader.ACTIONS);
        return names;
    }
}
