package dev.vorrang.app.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;

/** What a terminal shows of one stream. Bounded. Safe for use by many threads. */
public interface StreamView {

    /**
     * Takes an output of the stream.
     *
     * @param latency from where the record came in to here
     * @param now when it was seen
     */
    void add(SpecificRecord output, Duration latency, Instant now);

    /** Counts a record that went to the dead letters. */
    void addDeadLetter();

    /** Lines that tell of an output where there is no live table; none if it is not worth one. */
    List<String> lines(SpecificRecord output);

    /** Lines that tell of all outputs where there is no live table. */
    List<String> summary(Instant now);

    /** Lines that the whole table needs now; 0 while there is nothing to show. */
    int height();

    /**
     * Draws the table; of what does not fit, the least pressing is left out.
     *
     * @return at most height lines of at most width columns
     */
    List<AttributedString> draw(int width, int height, Instant now);
}
