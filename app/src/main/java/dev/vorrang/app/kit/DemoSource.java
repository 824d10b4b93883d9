package dev.vorrang.app.kit;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the demo has of one stream: a server of its own, to which records come over time. Owns what it starts. Safe for use by many
 * threads; {@link #run} is called once, by one.
 */
public interface DemoSource extends AutoCloseable {

    /** Where its server can be reached. */
    String address();

    /** Where people may look as well; may be empty. */
    default String hint() {
        return "";
    }

    /**
     * The connector that reads it.
     *
     * @param registry settings of the registry's client, by Confluent's names
     */
    Source connector(Topics names, Map<String, String> registry);

    /** Writes what no connector brings. Safe for use by many threads. */
    interface Writer {

        /**
         * Sends a record.
         *
         * @param topic which scoring must read
         */
        <V extends SpecificRecord> void send(Topic<V> topic, String key, V value);
    }

    /** Takes what writes records that no connector brings, such as stocks. Called once, before {@link #run}. */
    default void connect(Topics names, Writer writer) {}

    /** Scores that come of all records that {@link #run} lets come, where it ends by itself. */
    int scores();

    /**
     * Lets the records come.
     *
     * @param once return when everything worth seeing has come
     * @param enough waits as long as told, and tells whether to send no more
     */
    void run(boolean once, Predicate<Duration> enough);

    /** Whether an output was shown before, or comes of what was there before {@link #run}, so that it does not count. */
    default boolean isRepeated(SpecificRecord output) {
        return false;
    }

    /** When the record of an output came; empty if that is not known. Asked once for each. */
    Optional<Instant> cameAt(SpecificRecord output);

    @Override
    void close();
}
