package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A second way into a stream: makes records of its input out of those of another topic, which may have other keys and another number of
 * partitions. Exactly once, as the stream itself. Keeps nothing, and is safe for use by many threads.
 *
 * @param <F> type of the other topic's records
 * @param <V> type of the stream's records
 */
public interface Feed<F extends SpecificRecord, V extends SpecificRecord> {

    Topic<F> from();

    /**
     * What a record says to the stream.
     *
     * @param input of the stream
     * @return records for the input, none or more; the same for the same record
     * @throws RuntimeException if it cannot be taken: it goes to the dead letters of the stream
     */
    List<Output<V>> inputs(F value, Topic<V> input);
}
