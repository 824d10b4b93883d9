package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/** Shows what comes out of streams, as it comes. For one thread. */
public interface ScoreView extends AutoCloseable {

    /**
     * @param stream name of the stream
     * @param latency from where the record came in to here
     */
    void show(String stream, SpecificRecord output, Duration latency);

    /** A record that could not be scored. */
    void show(String stream, DeadLetter letter);

    /** Leaves what is worth keeping on the terminal. */
    @Override
    void close();
}
