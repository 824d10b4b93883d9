package dev.vorrang.console.index;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * How the records of a topic are found and shown. Pure and thread-safe.
 *
 * @param <V> type of the records
 * @param <S> type of what they were made from
 */
public interface RecordFeed<V extends SpecificRecord, S extends SpecificRecord> {

    /** Where the records are read. */
    Topic<V> topic();

    /** Where what they were made from is read; empty if it is not shown. */
    default Optional<Source<V, S>> source() {
        return Optional.empty();
    }

    /** By what the records can be filtered. */
    List<Facet> facets();

    /** Id of a record, 1 to 500 characters. Of several with the same id the last is shown. */
    String id(V value);

    /**
     * What is found and shown of a record.
     *
     * @param source what it was made from; empty if its topic has it no more
     * @param corrections what people said is right, by field; any text
     */
    IndexEntry entry(V value, Optional<S> source, Map<String, String> corrections);

    /**
     * Where a record was made from.
     *
     * @param position where the source of a record lies in the topic
     */
    record Source<V, S extends SpecificRecord>(Topic<S> topic, Function<V, Position> position) {}

    /**
     * Something that records can be filtered by.
     *
     * @param counted whether lists tell how many records each value has; for what has few values
     */
    record Facet(String name, boolean counted) {

        /** Its values are counted. */
        public static Facet counted(String name) {
            return new Facet(name, true);
        }

        /** It has too many values to count them. */
        public static Facet uncounted(String name) {
            return new Facet(name, false);
        }
    }
}
