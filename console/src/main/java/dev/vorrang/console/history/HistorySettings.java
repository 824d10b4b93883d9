package dev.vorrang.console.history;

import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where a history lies and what it reads.
 *
 * @param folder its own; created if absent, and emptied if what is in it cannot be used
 * @param kafka settings of a Kafka client, by Kafka's names
 * @param topics that are read
 * @param serdes read the topics; closed by the caller, after the history
 * @param retention what is kept: of a machine readings of so much time
 * @param keeping at this interval what was read is kept on disk; after a crash it is read again from there
 */
public record HistorySettings(
        Path folder,
        Map<String, String> kafka,
        Topics topics,
        AvroSerdes serdes,
        Duration retention,
        Duration keeping) {

    public static final Duration DEFAULT_RETENTION = Duration.ofDays(14);
    public static final Duration MIN_RETENTION = Duration.ofHours(1);
    public static final Duration MAX_RETENTION = Duration.ofDays(3_660);

    public HistorySettings {
        Objects.requireNonNull(folder, "folder");
        kafka = Map.copyOf(kafka);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(serdes, "serdes");
        if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException("retention " + retention + ": allowed is 1 hour to 10 years");
        }
    }

    /** Kept on disk every five minutes. */
    public static HistorySettings of(
            Path folder, Map<String, String> kafka, Topics topics, AvroSerdes serdes, Duration retention) {
        return new HistorySettings(folder, kafka, topics, serdes, retention, Duration.ofMinutes(5));
    }
}
