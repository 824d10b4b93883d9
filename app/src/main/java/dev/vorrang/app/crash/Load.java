package dev.vorrang.app.crash;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that are sent. A record follows from its number alone, so that what came of it can be checked without keeping it.
 * Numbers grow within a key. About one in a hundred is poison.
 */
abstract sealed class Load permits MailLoad, MachineLoad {

    /** Name of the header that has the number of a record, poison or not. */
    static final String HEADER = "crashtest-number";

    private static final int ONE_IN = 100;

    private final Topics topics;
    private final AvroSerdes serdes;
    private final long seed;
    private final int keys;

    Load(Topics topics, AvroSerdes serdes, long seed, int keys) {
        this.topics = topics;
        this.serdes = serdes;
        this.seed = seed;
        this.keys = keys;
    }

    /** The topic that takes the records. */
    abstract Topic<?> input();

    /** The topic that has one record for each that is good. */
    abstract Topic<? extends SpecificRecord> scored();

    abstract Topic<DeadLetter> deadLetters();

    /** All topics of the stream. */
    abstract List<Topic<?>> all();

    /** Numbers below this may not choke the model, for it is not asked yet. */
    abstract int fewestBeforeModel();

    /** The value of a record, as if it were good. */
    abstract byte[] good(int number);

    abstract String key(int number);

    final Topics topics() {
        return topics;
    }

    final AvroSerdes serdes() {
        return serdes;
    }

    /** Random numbers of a record. */
    final Random random(long number) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        random.nextInt();
        return random;
    }

    /** Number of the key of a record. */
    final int keyOf(int number) {
        return number % keys;
    }

    /** How many records of its key come before a record. */
    final int sequence(int number) {
        return number / keys;
    }

    final Optional<Poison> poison(int number) {
        var random = random(-1L - number);
        if (random.nextInt(ONE_IN) != 0) {
            return Optional.empty();
        }
        var poison = Poison.values()[random.nextInt(Poison.values().length)];
        boolean tooEarly = poison == Poison.CHOKES && sequence(number) < fewestBeforeModel();
        return Optional.of(tooEarly ? Poison.RUBBISH : poison);
    }

    /** Null for poison without a value. */
    final byte[] value(int number) {
        byte[] good = good(number);
        var poison = poison(number);
        return poison.isPresent() ? poison.get().spoil(good) : good;
    }

    static String id(int number) {
        return "%09d".formatted(number);
    }

    static int number(String id) {
        return Integer.parseInt(id);
    }
}
