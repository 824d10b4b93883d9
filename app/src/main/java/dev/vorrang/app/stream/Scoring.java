package dev.vorrang.app.stream;

import dev.vorrang.scoring.engine.Health;
import dev.vorrang.scoring.engine.ScoringStreams;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that is scored, and its models. Owns both, and closes both. */
public final class Scoring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final String name;
    private final ScoringStreams streams;
    private final List<? extends AutoCloseable> models;

    private Scoring(String name, ScoringStreams streams, List<? extends AutoCloseable> models) {
        this.name = name;
        this.streams = streams;
        this.models = models;
    }

    /** Starts a stream, and returns when the topics are there and records are scored. */
    static Scoring start(ScoringStreams streams, String name, List<? extends AutoCloseable> models) {
        var scoring = new Scoring(name, streams, models);
        try {
            scoring.streams.start();
            return scoring;
        } catch (RuntimeException e) {
            scoring.close();
            throw e;
        }
    }

    /** Name of the stream. */
    public String name() {
        return name;
    }

    /** How the stream is doing now. */
    public Health health() {
        return streams.health();
    }

    /** Scores and commits what was read, and closes the models. */
    @Override
    public void close() {
        // A thread that does not end in time may be inside a model: better that it stays open until the program ends.
        if (!streams.close(CLOSE_LIMIT)) {
            LOG.warn(
                    "Scoring of {} did not end within {}; what it had not committed is scored again next time",
                    name,
                    CLOSE_LIMIT);
            return;
        }
        for (AutoCloseable model : models) {
            try {
                model.close();
            } catch (Exception e) {
                LOG.warn("A model of {} did not close", name, e);
            }
        }
    }
}
