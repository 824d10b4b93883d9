package dev.vorrang.app.crash;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that are sent. A record follows from its number alone, so that what came of it can be checked without keeping it.
 * Numbers grow within a key. About one in a hundred is poison.
 */
public abstract class Workload {

    /** Name of the header that has the number of a record, poison or not. */
    public static final String HEADER = "crashtest-number";

    private static final int ONE_IN = 100;

    private final Topics topics;
    private final AvroSerdes serdes;
    private final long seed;
    private final int keys;

    /** Makes the records of a stream. */
    @FunctionalInterface
    public interface Factory {

        /** @param records that are sent in all */
        Workload of(Topics topics, AvroSerdes serdes, long seed, int records);
    }

    /**
     * The output that has one record for each that is good.
     *
     * @param topic whose records have the number of the input in their ids
     * @param id of a record
     * @param queues that a record names
     * @param routes topic of each queue
     * @param <V> type of the records
     */
    public record Scores<V extends SpecificRecord>(
            Topic<V> topic, Function<V, String> id, Function<V, List<String>> queues, Map<String, Topic<V>> routes) {}

    /**
     * An output that has records now and then.
     *
     * @param name of a record, the same in each run
     * @param <V> type of the records
     */
    public record Changes<V extends SpecificRecord>(Topic<V> topic, Function<V, String> name) {}

    protected Workload(Topics topics, AvroSerdes serdes, long seed, int keys) {
        this.topics = topics;
        this.serdes = serdes;
        this.seed = seed;
        this.keys = keys;
    }

    /** The topic that takes the records. */
    public abstract Topic<?> input();

    public abstract Scores<?> scores();

    /** What else comes of the records, in the same order for each prefix of the topics. */
    public List<Changes<?>> changes() {
        return List.of();
    }

    public abstract Topic<DeadLetter> deadLetters();

    /** All topics of the stream. */
    public abstract List<Topic<?>> all();

    /** Numbers below this may not choke the model, for it is not asked yet. */
    protected abstract int minBeforeModel();

    /** The value of a record, as if it were good. */
    protected abstract byte[] good(int number);

    public abstract String key(int number);

    protected final Topics topics() {
        return topics;
    }

    final AvroSerdes serdes() {
        return serdes;
    }

    /** Random numbers of a record. */
    protected final Random random(long number) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        random.nextInt();
        return random;
    }

    /** Number of the key of a record. */
    protected final int keyOf(int number) {
        return number % keys;
    }

    /** How many records of its key come before a record. */
    protected final int sequence(int number) {
        return number / keys;
    }

    public final Optional<Poison> poison(int number) {
        var random = random(-1L - number);
        if (random.nextInt(ONE_IN) != 0) {
            return Optional.empty();
        }
        var poison = Poison.values()[random.nextInt(Poison.values().length)];
        boolean tooEarly = poison == Poison.CHOKES && sequence(number) < minBeforeModel();
        return Optional.of(tooEarly ? Poison.RUBBISH : poison);
    }

    /** Null for poison without a value. */
    final byte[] value(int number) {
        byte[] good = good(number);
        var poison = poison(number);
        return poison.isPresent() ? poison.get().spoil(good) : good;
    }

    public static String id(int number) {
        return "%09d".formatted(number);
    }

    static int number(String id) {
        return Integer.parseInt(id);
    }
}
