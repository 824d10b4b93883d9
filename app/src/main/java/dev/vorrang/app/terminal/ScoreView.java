package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import java.time.Duration;

/** Shows scores as they come. For one thread. */
public interface ScoreView extends AutoCloseable {

    /**
     * @param latency from the mailbox to here
     */
    void show(MailScore score, Duration latency);

    /**
     * @param latency from the reading to here
     */
    void show(MachineScore score, Duration latency);

    /** What has become of a machine's alert. */
    void show(MachineAlert alert);

    /** A record that could not be scored. */
    void show(DeadLetter letter);

    /** Leaves what is worth keeping on the terminal. */
    @Override
    void close();
}
