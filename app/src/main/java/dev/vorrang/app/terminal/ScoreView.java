package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MailScore;
import java.time.Duration;

/** Shows scores as they come. For one thread. */
public interface ScoreView extends AutoCloseable {

    /**
     * @param latency from the mailbox to here
     */
    void show(MailScore score, Duration latency);

    /** A record that could not be scored. */
    void show(DeadLetter letter);

    /** Leaves what is worth keeping on the terminal. */
    @Override
    void close();
}
