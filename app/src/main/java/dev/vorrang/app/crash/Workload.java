package dev.vorrang.app.crash;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that are sent. A record follows from its number alone, so that what came of it can be checked without keeping it.
 * Numbers grow within a key. About one in a hundred is poison.
 */
public final class Workload {

    /** Name of the header that has the number of a record, poison or not. */
    public static final String HEADER = "crashtest-number";

    private static final int ONE_IN = 100;

    private final TopicSet<?> topics;
    private final AvroSerdes serdes;
    private final long seed;
    private final Records<?> records;
    private final IntFunction<byte[]> good;

    /** Makes the records of a stream. */
    @FunctionalInterface
    public interface Factory {

        /** @param records that are sent in all */
        Workload of(Topics topics, AvroSerdes serdes, long seed, int records);
    }

    /**
     * The records of one stream and what comes of them. Immutable.
     *
     * @param <V> type of the records
     */
    public interface Records<V extends SpecificRecord> {

        /** How many keys there are; they take turns. */
        int keys();

        /** A key by its number, from 0. */
        default String key(int number) {
            return "key-" + number;
        }

        /** A record as it is if it is good, or if it is for the model to choke on; the same for the same draft. */
        V record(Draft draft);

        /** The output that has one record for each that is good: the first one, unless there are routes. */
        default Scores<?> scores(TopicSet<?> topics) {
            return Scores.of(topics.outputs().get(0));
        }

        /** What else comes of the records, in the same order for each prefix of the topics. */
        default List<Changes<?>> changes() {
            return List.of();
        }

        /** Records of a key before the model is asked; these may not choke it. */
        default int minBeforeModel() {
            return 0;
        }
    }

    /**
     * A record to be made.
     *
     * @param id of the record; its score must have it as its first field
     * @param number of the record
     * @param key of the record
     * @param keyNumber number of the key
     * @param sequence how many records of its key come before it
     * @param random random numbers of the record
     * @param chokes whether the model is to choke on it
     */
    public record Draft(
            String id, int number, String key, int keyNumber, int sequence, Random random, boolean chokes) {}

    /**
     * The output that has one record for each that is good.
     *
     * @param topic whose records have the id of the input as their first field
     * @param queues that a record names
     * @param routes topic of each queue
     * @param <V> type of the records
     */
    public record Scores<V extends SpecificRecord>(
            Topic<V> topic, Function<V, List<String>> queues, Map<String, Topic<V>> routes) {

        /** Scores that go nowhere else. */
        static <V extends SpecificRecord> Scores<V> of(Topic<V> topic) {
            return new Scores<>(topic, any -> List.of(), Map.of());
        }
    }

    /**
     * An output that has records now and then.
     *
     * @param name of a record, the same in each run
     * @param <V> type of the records
     */
    public record Changes<V extends SpecificRecord>(Topic<V> topic, Function<V, String> name) {}

    private Workload(TopicSet<?> topics, AvroSerdes serdes, long seed, Records<?> records, IntFunction<byte[]> good) {
        this.topics = topics;
        this.serdes = serdes;
        this.seed = seed;
        this.records = records;
        this.good = good;
    }

    /** @param seed of all that is random */
    public static <V extends SpecificRecord> Workload of(
            TopicSet<V> topics, AvroSerdes serdes, long seed, Records<V> records) {
        var serializer = serdes.valueSerde(topics.input()).serializer();
        String input = topics.input().name();
        return new Workload(
                topics,
                serdes,
                seed,
                records,
                number -> serializer.serialize(input, records.record(draft(seed, number, records))));
    }

    private static Draft draft(long seed, int number, Records<?> records) {
        int key = number % records.keys();
        return new Draft(
                id(number),
                number,
                records.key(key),
                key,
                number / records.keys(),
                random(seed, number),
                poison(seed, number, records).filter(Poison.CHOKES::equals).isPresent());
    }

    /** The topic that takes the records. */
    Topic<?> input() {
        return topics.input();
    }

    Scores<?> scores() {
        return records.scores(topics);
    }

    List<Changes<?>> changes() {
        return records.changes();
    }

    Topic<DeadLetter> deadLetters() {
        return topics.deadLetters();
    }

    /** All topics of the stream. */
    List<Topic<?>> all() {
        return topics.all();
    }

    AvroSerdes serdes() {
        return serdes;
    }

    String key(int number) {
        return records.key(number % records.keys());
    }

    Optional<Poison> poison(int number) {
        return poison(seed, number, records);
    }

    private static Random random(long seed, long number) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        random.nextInt();
        return random;
    }

    private static Optional<Poison> poison(long seed, int number, Records<?> records) {
        var random = random(seed, -1L - number);
        if (random.nextInt(ONE_IN) != 0) {
            return Optional.empty();
        }
        var poison = Poison.values()[random.nextInt(Poison.values().length)];
        boolean tooEarly = poison == Poison.CHOKES && number / records.keys() < records.minBeforeModel();
        return Optional.of(tooEarly ? Poison.RUBBISH : poison);
    }

    /** Null for poison without a value. */
    byte[] value(int number) {
        byte[] value = good.apply(number);
        var poison = poison(number);
        return poison.isPresent() ? poison.get().spoil(value) : value;
    }

    static String id(int number) {
        return "%09d".formatted(number);
    }

    /** Number of a record, from its score. */
    static int number(SpecificRecord score) {
        return Integer.parseInt(score.get(0).toString());
    }
}
